import {
  Binary,
  BSONRegExp,
  BSONSymbol,
  Code,
  DBRef,
  Decimal128,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
  UUID,
} from 'bson';
import { plainName } from './field-names.ts';
import { encodeNumber } from './number-encoding.ts';

/** A BSON document in memory: numbers keep their BSON type (`Int32`, `Long`, `Double`, `Decimal128`). */
export type Document = Record<string, unknown>;

/** Canonical order of BSON types. Source: MongoDB manual, Comparison/Sort Order; `canonicalizeBSONType`. */
export const RANK = {
  minKey: 1,
  undefined: 2,
  null: 5,
  number: 10,
  string: 15,
  object: 20,
  array: 25,
  binary: 30,
  objectId: 35,
  boolean: 40,
  date: 45,
  timestamp: 47,
  regex: 50,
  dbPointer: 55,
  code: 60,
  maxKey: 127,
} as const;

/** What an empty array leaves in an index or a sort key: MongoDB's `undefined`, below null. */
export const EMPTY_ARRAY = Symbol('empty array');

const RANK_BY_PROTOTYPE = new Map<unknown, number>([
  [Object.prototype, RANK.object],
  [null, RANK.object],
  [Array.prototype, RANK.array],
  [Int32.prototype, RANK.number],
  [Double.prototype, RANK.number],
  [Long.prototype, RANK.number],
  [Decimal128.prototype, RANK.number],
  [BSONSymbol.prototype, RANK.string],
  [DBRef.prototype, RANK.object],
  [Binary.prototype, RANK.binary],
  [UUID.prototype, RANK.binary],
  [Uint8Array.prototype, RANK.binary],
  [Buffer.prototype, RANK.binary],
  [ObjectId.prototype, RANK.objectId],
  [Date.prototype, RANK.date],
  [Timestamp.prototype, RANK.timestamp],
  [BSONRegExp.prototype, RANK.regex],
  [RegExp.prototype, RANK.regex],
  [Code.prototype, RANK.code],
  [MinKey.prototype, RANK.minKey],
  [MaxKey.prototype, RANK.maxKey],
]);

/** Rank of a value in MongoDB's order of types; missing counts as null. */
export function typeRank(value: unknown): number {
  switch (typeof value) {
    case 'string':
      return RANK.string;
    case 'number':
    case 'bigint':
      return RANK.number;
    case 'boolean':
      return RANK.boolean;
    case 'undefined':
      return RANK.null;
    case 'symbol':
      return RANK.undefined;
    default:
      if (value === null) return RANK.null;
      return RANK_BY_PROTOTYPE.get(Object.getPrototypeOf(value)) ?? RANK.object;
  }
}

/** True for a BSON document (not an array, not one of bson's value classes). */
export function isDocument(value: unknown): value is Document {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Field `key` of a document; bson turns `{$ref,$id}` into DBRef, which is a document all the same. */
export function fieldOf(value: unknown, key: string): unknown {
  if (isDocument(value)) return Object.hasOwn(value, key) ? value[key] : undefined;
  return value instanceof DBRef ? dbRefDocument(value)[key] : undefined;
}

/** True where a path may go on into named fields. */
export function hasFields(value: unknown): value is Document {
  return isDocument(value) || value instanceof DBRef;
}

/** The plain document that a DBRef stands for. */
export function dbRefDocument(ref: DBRef): Document {
  const head: Document = { $ref: ref.collection, $id: ref.oid };
  if (ref.db !== undefined) head['$db'] = ref.db;
  return { ...head, ...(ref.fields as Document) };
}

/** Sets an own field; never reaches the prototype, whatever the key. */
export function setField(target: Document, key: string, value: unknown): void {
  if (key !== '__proto__') {
    target[key] = value;
    return;
  }
  Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
}

/** The number as JavaScript holds it: exact for int32 and double, bigint for a long beyond 2^53, null for decimals. */
export function plainNumber(value: unknown): number | bigint | null {
  if (typeof value === 'number' || typeof value === 'bigint') return value;
  if (value instanceof Int32 || value instanceof Double) return value.value;
  if (value instanceof Timestamp) return null;
  if (value instanceof Long) {
    const number = value.toNumber();
    return Number.isSafeInteger(number) ? number : value.toBigInt();
  }
  return null;
}

/** True for any of BSON's four numeric types. */
export function isNumeric(value: unknown): boolean {
  return typeRank(value) === RANK.number;
}

/** The number as a double, rounded where it must be; NaN for what is not a number. */
export function toDouble(value: unknown): number {
  const plain = plainNumber(value);
  if (plain !== null) return Number(plain);
  return value instanceof Decimal128 ? Number(value.toString()) : Number.NaN;
}

/** Compares by value across int32, long, double and decimal128; NaN equals itself and precedes every number. */
export function compareNumbers(left: unknown, right: unknown): number {
  const a = plainNumber(left);
  const b = plainNumber(right);
  if (a === null || b === null) return Buffer.compare(encodeNumber(left), encodeNumber(right));
  if (Number.isNaN(a)) return Number.isNaN(b) ? 0 : -1;
  if (Number.isNaN(b)) return 1;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Strings compare by their UTF-8 bytes, which is by code point, not by UTF-16 unit. */
export function compareStrings(left: string, right: string): number {
  if (left === right) return 0;
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index++) {
    const a = left.charCodeAt(index);
    const b = right.charCodeAt(index);
    if (a === b) continue;
    // A surrogate stands for a code point above every other unit.
    const aHigh = a >= 0xd800 && a <= 0xdfff;
    const bHigh = b >= 0xd800 && b <= 0xdfff;
    if (aHigh !== bHigh) return aHigh ? 1 : -1;
    return a < b ? -1 : 1;
  }
  return left.length < right.length ? -1 : 1;
}

/** Order of two texts in a language; null for that of their bytes. */
export type TextOrder = ((left: string, right: string) => number) | null;

/** Order of two BSON values as MongoDB sorts them, texts wherever they are by `order`. @returns negative, 0 or positive */
export function compareValues(left: unknown, right: unknown, order: TextOrder = null): number {
  const rank = typeRank(left);
  const difference = rank - typeRank(right);
  if (difference !== 0) return difference;
  switch (rank) {
    case RANK.number:
      return compareNumbers(left, right);
    case RANK.string:
      return (order ?? compareStrings)(String(left), String(right));
    case RANK.object:
      return compareDocuments(left, right, order);
    case RANK.array:
      return compareArrays(left as unknown[], right as unknown[], order);
    case RANK.binary:
      return compareBinary(binaryParts(left), binaryParts(right));
    case RANK.objectId:
      return Buffer.compare((left as ObjectId).id, (right as ObjectId).id);
    case RANK.boolean:
      return Number(left) - Number(right);
    case RANK.date:
      return (left as Date).getTime() - (right as Date).getTime();
    case RANK.timestamp:
      return (left as Timestamp).compare(right as Timestamp);
    case RANK.regex:
      return compareRegex(regexParts(left), regexParts(right));
    case RANK.code:
      return compareStrings(codeText(left), codeText(right));
    default:
      return 0;
  }
}

/** Same value by MongoDB's comparison: 1 equals 1.0, field order matters. */
export function valuesEqual(left: unknown, right: unknown): boolean {
  return compareValues(left, right) === 0;
}

function compareDocuments(left: unknown, right: unknown, order: TextOrder): number {
  const a = left instanceof DBRef ? dbRefDocument(left) : (left as Document);
  const b = right instanceof DBRef ? dbRefDocument(right) : (right as Document);
  const aKeys = Object.keys(a);
  const bKeys = Object.keys(b);
  const length = Math.min(aKeys.length, bKeys.length);
  for (let index = 0; index < length; index++) {
    const aKey = aKeys[index] as string;
    const bKey = bKeys[index] as string;
    const byType = typeRank(a[aKey]) - typeRank(b[bKey]);
    if (byType !== 0) return byType;
    const byName = aKey === bKey ? 0 : compareStrings(plainName(aKey), plainName(bKey));
    if (byName !== 0) return byName;
    const byValue = compareValues(a[aKey], b[bKey], order);
    if (byValue !== 0) return byValue;
  }
  return aKeys.length - bKeys.length;
}

function compareArrays(left: readonly unknown[], right: readonly unknown[], by: TextOrder): number {
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index++) {
    const order = compareValues(left[index], right[index], by);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

/** Subtype and bytes of any value that BSON writes as binary. */
export function binaryParts(value: unknown): { readonly subtype: number; readonly bytes: Uint8Array } {
  if (value instanceof Binary) return { subtype: value.sub_type, bytes: value.value() };
  return { subtype: 0, bytes: value as Uint8Array };
}

function compareBinary(left: ReturnType<typeof binaryParts>, right: ReturnType<typeof binaryParts>): number {
  if (left.bytes.length !== right.bytes.length) return left.bytes.length - right.bytes.length;
  return left.subtype - right.subtype || Buffer.compare(left.bytes, right.bytes);
}

/** Pattern and flags of a stored or queried regular expression. */
export function regexParts(value: unknown): { readonly pattern: string; readonly options: string } {
  if (value instanceof BSONRegExp) return { pattern: value.pattern, options: value.options };
  const regex = value as RegExp;
  return { pattern: regex.source, options: regex.flags };
}

function compareRegex(left: ReturnType<typeof regexParts>, right: ReturnType<typeof regexParts>): number {
  return compareStrings(left.pattern, right.pattern) || compareStrings(left.options, right.options);
}

/** Source text of a Code value. */
export function codeText(value: unknown): string {
  const { code } = value as Code;
  return typeof code === 'string' ? code : String(code);
}
