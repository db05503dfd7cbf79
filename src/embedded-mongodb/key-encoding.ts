import type { ObjectId, Timestamp } from 'bson';
import { DBRef } from 'bson';
import { plainName } from './field-names.ts';
import { encodeNumber } from './number-encoding.ts';
import type { Document } from './values.ts';
import { binaryParts, codeText, dbRefDocument, RANK, regexParts, typeRank } from './values.ts';

/** Ends an object or an array: below every type rank, so that the shorter one sorts first. */
const END = 0x00;
/** A zero byte inside a string is written 00 FF, its end 00 01, so a prefix sorts before what continues it. */
const ZERO_ESCAPED = Buffer.from([0x00, 0xff]);
const STRING_END = Buffer.from([0x00, 0x01]);
/** Dates are signed 64-bit milliseconds; the bias makes their order unsigned. */
const DATE_BIAS = 1n << 63n;

/** 1 for ascending, -1 for descending. */
export type Direction = 1 | -1;

/**
 * Bytes whose order under memcmp is MongoDB's order of the values; no encoding is a prefix of another.
 * Equal values of different numeric types give equal bytes. It only goes one way: values are never read back.
 */
export function encodeValue(value: unknown, direction: Direction = 1): Buffer {
  const parts: Buffer[] = [];
  pushValue(parts, value);
  const bytes = parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts);
  return direction === 1 ? bytes : inverted(bytes);
}

/** The key of a compound index: each value in its field's direction. */
export function encodeKey(values: readonly unknown[], directions: readonly Direction[]): Buffer {
  if (values.length === 1) return encodeValue(values[0], directions[0]);
  return Buffer.concat(values.map((value, index) => encodeValue(value, directions[index])));
}

/** Every bit flipped: the same bytes in the opposite order. */
export function inverted(bytes: Uint8Array): Buffer {
  const flipped = Buffer.alloc(bytes.length);
  for (let index = 0; index < bytes.length; index++) flipped[index] = (bytes[index] as number) ^ 0xff;
  return flipped;
}

/** The first key after all those that begin with `prefix`; null when there is none. */
export function keyAfterPrefix(prefix: Uint8Array): Buffer | null {
  for (let length = prefix.length; length > 0; length--) {
    const last = prefix[length - 1] as number;
    if (last === 0xff) continue;
    const next = Buffer.from(prefix.subarray(0, length));
    next[length - 1] = last + 1;
    return next;
  }
  return null;
}

/** Encoding of a string's beginning, without its end: what all strings that begin so share. */
export function encodeStringPrefix(prefix: string): Buffer {
  return Buffer.concat([Buffer.from([RANK.string]), escapedBytes(prefix)]);
}

function pushValue(parts: Buffer[], value: unknown): void {
  const rank = typeRank(value);
  switch (rank) {
    case RANK.number:
      parts.push(Buffer.from([rank]), encodeNumber(value));
      return;
    case RANK.string:
      parts.push(Buffer.from([rank]), escapedBytes(String(value)), STRING_END);
      return;
    case RANK.code:
      parts.push(Buffer.from([rank]), escapedBytes(codeText(value)), STRING_END);
      return;
    case RANK.object:
      pushDocument(parts, value instanceof DBRef ? dbRefDocument(value) : (value as Document));
      return;
    case RANK.array:
      parts.push(Buffer.from([rank]));
      for (const element of value as unknown[]) pushValue(parts, element);
      parts.push(Buffer.from([END]));
      return;
    default:
      parts.push(encodeScalar(rank, value));
  }
}

/** Field by field: type, name, value, the order in which MongoDB compares documents. */
function pushDocument(parts: Buffer[], document: Document): void {
  parts.push(Buffer.from([RANK.object]));
  for (const [name, value] of Object.entries(document)) {
    parts.push(Buffer.from([typeRank(value)]), escapedBytes(plainName(name)), STRING_END);
    pushValue(parts, value);
  }
  parts.push(Buffer.from([END]));
}

function encodeScalar(rank: number, value: unknown): Buffer {
  switch (rank) {
    case RANK.binary:
      return encodeBinary(value);
    case RANK.objectId:
      return Buffer.concat([Buffer.from([rank]), (value as ObjectId).id]);
    case RANK.boolean:
      return Buffer.from([rank, value === true ? 1 : 0]);
    case RANK.date:
      return ranked(rank, BigInt.asUintN(64, BigInt((value as Date).getTime()) + DATE_BIAS));
    case RANK.timestamp:
      return ranked(rank, BigInt.asUintN(64, (value as Timestamp).toBigInt()));
    case RANK.regex: {
      const { pattern, options } = regexParts(value);
      const parts = [
        Buffer.from([rank]),
        escapedBytes(pattern),
        STRING_END,
        escapedBytes(options),
        STRING_END,
      ];
      return Buffer.concat(parts);
    }
    default:
      return Buffer.from([rank]);
  }
}

/** Length, subtype, bytes: a shorter binary sorts first. */
function encodeBinary(value: unknown): Buffer {
  const { subtype, bytes } = binaryParts(value);
  const head = Buffer.alloc(6);
  head.writeUInt8(RANK.binary, 0);
  head.writeUInt32BE(bytes.length, 1);
  head.writeUInt8(subtype, 5);
  return Buffer.concat([head, bytes]);
}

function ranked(rank: number, unsigned: bigint): Buffer {
  const bytes = Buffer.alloc(9);
  bytes.writeUInt8(rank, 0);
  bytes.writeBigUInt64BE(unsigned, 1);
  return bytes;
}

function escapedBytes(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8');
  if (!bytes.includes(0)) return bytes;
  const parts: Buffer[] = [];
  let start = 0;
  for (let at = bytes.indexOf(0); at !== -1; at = bytes.indexOf(0, start)) {
    parts.push(bytes.subarray(start, at), ZERO_ESCAPED);
    start = at + 1;
  }
  return Buffer.concat([...parts, bytes.subarray(start)]);
}
