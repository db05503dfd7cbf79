import { BSONError, calculateObjectSize, deserialize, ObjectId, serialize } from 'bson';
import { CommandError } from './errors.ts';
import { heldName, isDigit, plainName } from './field-names.ts';
import type { Document } from './values.ts';
import { isDocument, setField } from './values.ts';

/** One element of a BSON document, by its place in the document's bytes. */
export type RawElement = {
  readonly type: number;
  readonly name: string;
  /** Where the type byte stands. */
  readonly start: number;
  readonly valueStart: number;
  /** First byte after the value. */
  readonly end: number;
};

/** Largest document that MongoDB stores: 16 MiB. */
export const DOCUMENT_BYTES_MAX = 16 * 1024 * 1024;
/** MongoDB refuses deeper nesting; it also bounds our recursion. */
const DEPTH_MAX = 200;
const TYPE_DOCUMENT = 0x03;
const TYPE_ARRAY = 0x04;
const TYPE_REGEX = 0x0b;
const TYPE_TIMESTAMP = 0x11;
const FIXED_SIZES: Readonly<Record<number, number>> = {
  0x01: 8, 0x06: 0, 0x07: 12, 0x08: 1, 0x09: 8, 0x0a: 0, 0x10: 4, 0x11: 8, 0x12: 8, 0x13: 16, 0xff: 0, 0x7f: 0,
}; // prettier-ignore
const VARIES = -1;
/** By type byte; a table without holes, for every document is walked over. */
const SIZE_BY_TYPE = Int8Array.from({ length: 256 }, (_, type) => FIXED_SIZES[type] ?? VARIES);

/** The bytes are not BSON: the peer is broken, its connection is closed. */
export class MalformedBytes extends Error {}

/** Elements of the document at `offset`, in order. @throws MalformedBytes */
export function* rawElements(bytes: Buffer, offset = 0): Generator<RawElement> {
  const end = documentEnd(bytes, offset) - 1;
  let at = offset + 4;
  while (at < end) {
    const type = bytes.readUInt8(at);
    const nameEnd = nameEndOf(bytes, at + 1, end);
    const valueStart = nameEnd + 1;
    const valueEnd = valueStart + valueSize(bytes, type, valueStart, end);
    if (valueEnd > end) throw new MalformedBytes('a value does not fit into its document');
    yield { type, name: bytes.toString('utf8', at + 1, nameEnd), start: at, valueStart, end: valueEnd };
    at = valueEnd;
  }
}

/** Where the zero after a name stands. Names are short: a loop is faster than a search outside of JavaScript. */
function nameEndOf(bytes: Buffer, start: number, end: number): number {
  for (let at = start; at < end; at++) if (bytes[at] === 0) return at;
  throw new MalformedBytes('an element name does not end');
}

/** First byte after the document at `offset`. @throws MalformedBytes */
export function documentEnd(bytes: Buffer, offset: number): number {
  if (offset + 5 > bytes.length) throw new MalformedBytes('a document is shorter than five bytes');
  const end = offset + bytes.readInt32LE(offset);
  if (end < offset + 5 || end > bytes.length || bytes[end - 1] !== 0) {
    throw new MalformedBytes('a document does not end where it says');
  }
  return end;
}

function valueSize(bytes: Buffer, type: number, at: number, end: number): number {
  const fixed = SIZE_BY_TYPE[type] ?? VARIES;
  if (fixed !== VARIES) return fixed;
  if (type === TYPE_REGEX) {
    const patternEnd = bytes.indexOf(0, at);
    const optionsEnd = patternEnd === -1 ? -1 : bytes.indexOf(0, patternEnd + 1);
    if (optionsEnd === -1) throw new MalformedBytes('a regular expression does not end');
    return optionsEnd + 1 - at;
  }
  if (at + 4 > end) throw new MalformedBytes('a length is cut off');
  const length = bytes.readInt32LE(at);
  if (length < 0) throw new MalformedBytes('a length is negative');
  switch (type) {
    case 0x02:
    case 0x0d:
    case 0x0e:
      return stringSize(bytes, at, end);
    case TYPE_DOCUMENT:
    case TYPE_ARRAY:
      return documentEnd(bytes, at) - at;
    case 0x05:
      return 5 + length;
    case 0x0c:
      return stringSize(bytes, at, end) + 12;
    case 0x0f:
      return codeSize(bytes, at, end);
    default:
      throw new MalformedBytes(`there is no BSON type ${type}`);
  }
}

/** A string's length counts its closing zero. @throws MalformedBytes */
function stringSize(bytes: Buffer, at: number, end: number): number {
  const size = at + 4 > end ? 0 : 4 + bytes.readInt32LE(at);
  if (size < 5 || at + size > end || bytes[at + size - 1] !== 0) {
    throw new MalformedBytes('a string does not end where it says');
  }
  return size;
}

/** Code with its scope: the length of both, a string, a document. @throws MalformedBytes */
function codeSize(bytes: Buffer, at: number, end: number): number {
  const scope = at + 4 + stringSize(bytes, at + 4, end);
  const size = documentEnd(bytes, scope) - at;
  if (bytes.readInt32LE(at) !== size) throw new MalformedBytes('code does not end where it says');
  checkBson(bytes, scope);
  return size;
}

/** Our reader takes no regular expression with other options: stored, it would fail whatever reads its document. */
function checkRegexOptions(bytes: Buffer, at: number, end: number): void {
  const options = bytes.toString('utf8', bytes.indexOf(0, at) + 1, end - 1);
  if (/[^imlsux]/.test(options)) throw new CommandError(51108, `invalid flag in regex options: ${options}`);
}

/**
 * Fails on bytes that are not BSON throughout, that nest deeper than MongoDB allows, or that hold a regular expression
 * with options that there are not. @throws MalformedBytes, CommandError 15, 51108
 */
export function checkBson(bytes: Buffer, offset = 0, depth = 1): void {
  if (depth > DEPTH_MAX) {
    throw new CommandError('Overflow', `BSONObj exceeded maximum nested object depth: ${DEPTH_MAX}`);
  }
  const end = documentEnd(bytes, offset) - 1;
  for (let at = offset + 4; at < end;) {
    const type = bytes[at] as number;
    const valueStart = nameEndOf(bytes, at + 1, end) + 1;
    const valueEnd = valueStart + valueSize(bytes, type, valueStart, end);
    if (valueEnd > end) throw new MalformedBytes('a value does not fit into its document');
    if (type === TYPE_DOCUMENT || type === TYPE_ARRAY) checkBson(bytes, valueStart, depth + 1);
    else if (type === TYPE_REGEX) checkRegexOptions(bytes, valueStart, valueEnd);
    at = valueEnd;
  }
}

/** The documents of a BSON array of documents, as bytes. */
export function rawDocuments(bytes: Buffer, offset: number): Buffer[] {
  const documents: Buffer[] = [];
  for (const element of rawElements(bytes, offset)) {
    if (element.type !== TYPE_DOCUMENT)
      throw new CommandError('TypeMismatch', 'an array of documents is expected');
    documents.push(bytes.subarray(element.valueStart, element.end));
  }
  return documents;
}

const DECODING = {
  promoteValues: false, promoteLongs: false, promoteBuffers: false, bsonRegExp: true, validation: { utf8: false },
} as const; // prettier-ignore

/** Bytes to values, each number with its BSON type. The bytes were checked when they came. */
export function decodeDocument(bytes: Uint8Array): Document {
  const buffer = Buffer.isBuffer(bytes)
    ? bytes
    : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return hasNumberedField(buffer, 0, false) ? decodeInOrder(buffer, 0) : deserialize(bytes, DECODING);
}

/** Whether a field of the document, or of one in it, begins as a whole number does. Places in an array are none. */
function hasNumberedField(bytes: Buffer, offset: number, isArray: boolean): boolean {
  const end = offset + bytes.readInt32LE(offset) - 1;
  for (let at = offset + 4; at < end;) {
    const type = bytes[at] as number;
    if (!isArray && isDigit(bytes[at + 1] as number)) return true;
    const valueStart = nameEndOf(bytes, at + 1, end) + 1;
    const isNested = type === TYPE_DOCUMENT || type === TYPE_ARRAY;
    if (isNested && hasNumberedField(bytes, valueStart, type === TYPE_ARRAY)) return true;
    at = valueStart + valueSize(bytes, type, valueStart, end);
  }
  return false;
}

/** Field by field, each under the name that keeps its place. */
function decodeInOrder(bytes: Buffer, offset: number): Document {
  const document: Document = {};
  for (const element of rawElements(bytes, offset)) {
    setField(document, heldName(element.name), decodeElement(bytes, element));
  }
  return document;
}

function decodeElement(bytes: Buffer, { type, name, start, valueStart, end }: RawElement): unknown {
  if (type === TYPE_DOCUMENT) return decodeInOrder(bytes, valueStart);
  if (type === TYPE_ARRAY)
    return Array.from(rawElements(bytes, valueStart), (one) => decodeElement(bytes, one));
  return deserialize(joined([bytes.subarray(start, end)]), DECODING)[name];
}

/** Decodes no more of a document than the fields of these names; null stands for all of it. */
export function fieldDecoder(names: ReadonlySet<string> | null): (bytes: Buffer) => Document {
  if (names === null) return decodeDocument;
  const wanted = [...names].map((name) => Buffer.from(plainName(name), 'utf8'));
  return (bytes) => decodeDocument(withFields(bytes, wanted));
}

/** The document with these fields only. The bytes were checked when they came. */
function withFields(bytes: Buffer, names: readonly Buffer[]): Buffer {
  const kept = Buffer.allocUnsafe(bytes.length);
  const end = bytes.length - 1;
  let length = 4;
  for (let at = 4; at < end;) {
    const nameEnd = nameEndOf(bytes, at + 1, end);
    const valueEnd = nameEnd + 1 + valueSize(bytes, bytes[at] as number, nameEnd + 1, end);
    if (isAnyOf(names, bytes, { start: at + 1, end: nameEnd })) {
      length += bytes.copy(kept, length, at, valueEnd);
    }
    at = valueEnd;
  }
  kept[length++] = 0;
  kept.writeInt32LE(length, 0);
  return kept.subarray(0, length);
}

function isAnyOf(
  names: readonly Buffer[],
  bytes: Buffer,
  { start, end }: { readonly start: number; readonly end: number },
): boolean {
  return names.some((name) => {
    if (name.length !== end - start) return false;
    for (let at = 0; at < name.length; at++) if (name[at] !== bytes[start + at]) return false;
    return true;
  });
}

/** Values to bytes. @throws CommandError 10334 when the document is too large */
export function encodeDocument(document: Document): Buffer {
  return checkSize(bytesOf(document));
}

/** Values to bytes; more than `serialize` has room for, which is a little beyond 16 MiB, are as many zeros. */
export function bytesOf(document: Document): Buffer {
  try {
    return Buffer.from(serialize(document, { ignoreUndefined: true }));
  } catch (error) {
    const size = calculateObjectSize(document, { ignoreUndefined: true });
    if (size > DOCUMENT_BYTES_MAX) return Buffer.alloc(size);
    // A name with a NUL in it: that of a field whose place is kept.
    if (error instanceof BSONError)
      return Buffer.from(serialize(inOrder(document), { ignoreUndefined: true }));
    throw error;
  }
}

/** Documents as maps, which keep the places of all names. */
function inOrder(document: Document): Map<string, unknown> {
  return new Map(Object.keys(document).map((name) => [plainName(name), valueInOrder(document[name])]));
}

function valueInOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(valueInOrder);
  return isDocument(value) ? inOrder(value) : value;
}

/** What a write made of a document, and MongoDB's code and words where it is too large. */
const TOO_LARGE = {
  update: { code: 17419, message: `Resulting document after update is larger than ${DOCUMENT_BYTES_MAX}` },
  upsert: { code: 17420, message: `Document to upsert is larger than ${DOCUMENT_BYTES_MAX}` },
} as const;

/** A document that an update made, as bytes with `_id` first. @throws CommandError 17419, 17420, 15 */
export function encodeUpdated(document: Document, kind: keyof typeof TOO_LARGE): Buffer {
  const bytes = bytesOf(document);
  if (bytes.length > DOCUMENT_BYTES_MAX) {
    throw new CommandError(TOO_LARGE[kind].code, TOO_LARGE[kind].message);
  }
  refuseDepth(bytes);
  return withIdFirst(bytes);
}

/** Bytes that a document's envelope in a message may have beyond the largest document. */
const ENVELOPE_BYTES = 16 * 1024;

/** A document that a client sent to be stored. @throws CommandError 2 or 10334 when it is too large, 15 */
export function checkInserted(bytes: Buffer): void {
  if (bytes.length > DOCUMENT_BYTES_MAX && bytes.length <= DOCUMENT_BYTES_MAX + ENVELOPE_BYTES) {
    const sizes = `size in bytes: ${bytes.length}, max size: ${DOCUMENT_BYTES_MAX}`;
    throw new CommandError('BadValue', `object to insert too large. ${sizes}`);
  }
  refuseDepth(checkSize(bytes));
}

/** Levels that a stored document may have; those above it are kept for what commands put around it. */
const STORED_DEPTH_MAX = 180;
/** A level has a length, a type, an end of its name and an end: fewer bytes cannot be too deep. */
const LEVEL_BYTES_MIN = 7;

/** @throws CommandError 15 */
function refuseDepth(bytes: Buffer): void {
  if (bytes.length < STORED_DEPTH_MAX * LEVEL_BYTES_MIN || isWithin(bytes, 0, STORED_DEPTH_MAX)) return;
  const message = `cannot insert document because it exceeds ${STORED_DEPTH_MAX} levels of nesting`;
  throw new CommandError('Overflow', message);
}

function isWithin(bytes: Buffer, offset: number, levels: number): boolean {
  if (levels === 0) return false;
  const end = documentEnd(bytes, offset) - 1;
  for (let at = offset + 4; at < end;) {
    const type = bytes[at] as number;
    const valueStart = nameEndOf(bytes, at + 1, end) + 1;
    const isNested = type === TYPE_DOCUMENT || type === TYPE_ARRAY;
    if (isNested && !isWithin(bytes, valueStart, levels - 1)) return false;
    at = valueStart + valueSize(bytes, type, valueStart, end);
  }
  return true;
}

/** The bytes themselves, or MongoDB's error for those too many. */
export function checkSize(bytes: Buffer): Buffer {
  if (bytes.length <= DOCUMENT_BYTES_MAX) return bytes;
  const message = `BSONObj size: ${bytes.length} (0x${bytes.length.toString(16).toUpperCase()}) is invalid. Size must be between 0 and ${DOCUMENT_BYTES_MAX}(16MB)`;
  throw new CommandError('BSONObjectTooLarge', message);
}

/** Whether a field at the top of a document, `_id` apart, is a timestamp of nothing. */
export function hasEmptyTimestamp(bytes: Buffer): boolean {
  const end = bytes.length - 1;
  for (let at = 4; at < end;) {
    const type = bytes[at] as number;
    const valueStart = nameEndOf(bytes, at + 1, end) + 1;
    const isEmpty = type === TYPE_TIMESTAMP && bytes.readBigInt64LE(valueStart) === 0n;
    if (isEmpty && bytes.toString('latin1', at + 1, valueStart) !== '_id\0') return true;
    at = valueStart + valueSize(bytes, type, valueStart, end);
  }
  return false;
}

/** A document as it is stored: `_id` first, made here when the client sent none; everything else byte for byte. */
export function withIdFirst(bytes: Buffer): Buffer {
  let position = 0;
  for (const element of rawElements(bytes)) {
    if (element.name === '_id') return position === 0 ? bytes : movedFirst(bytes, element);
    position++;
  }
  const id = serialize({ _id: new ObjectId() });
  return joined([Buffer.from(id).subarray(4, -1), bytes.subarray(4, -1)]);
}

function movedFirst(bytes: Buffer, id: RawElement): Buffer {
  const before = bytes.subarray(4, id.start);
  return joined([bytes.subarray(id.start, id.end), before, bytes.subarray(id.end, -1)]);
}

function joined(elements: readonly Uint8Array[]): Buffer {
  const length = elements.reduce((sum, part) => sum + part.length, 5);
  const head = Buffer.alloc(4);
  head.writeInt32LE(length, 0);
  return Buffer.concat([head, ...elements, Buffer.alloc(1)], length);
}

/** A BSON array element named `name`, of documents that are bytes already. */
function rawArrayElement(name: string, documents: readonly Uint8Array[]): Buffer {
  const parts: Uint8Array[] = [];
  documents.forEach((document, index) => {
    parts.push(Buffer.from(`\u0003${index}\0`, 'latin1'), document);
  });
  return Buffer.concat([Buffer.from(`\u0004${name}\0`, 'utf8'), joined(parts)]);
}

/** The answer of a command that opens or continues a cursor; the batch is copied, not decoded. */
export function encodeCursorReply(
  cursor: { readonly id: unknown; readonly ns: string; readonly field: 'firstBatch' | 'nextBatch' },
  batch: readonly Uint8Array[],
  rest: Document,
): Buffer {
  const head = Buffer.from(serialize({ id: cursor.id, ns: cursor.ns }));
  const inner = joined([rawArrayElement(cursor.field, batch), head.subarray(4, -1)]);
  const element = Buffer.concat([Buffer.from('\u0003cursor\0', 'latin1'), inner]);
  return joined([element, Buffer.from(serialize(rest)).subarray(4, -1)]);
}
