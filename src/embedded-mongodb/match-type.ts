import {
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
} from 'bson';
import { CommandError } from './errors.ts';
import { isDocument, isNumeric, RANK, toDouble, typeRank } from './values.ts';

/** Aliases of BSON types with their numbers. Source: BSON specification 1.1 and MongoDB manual, `$type`. */
const TYPE_NUMBERS: Readonly<Record<string, number>> = {
  double: 1, string: 2, object: 3, array: 4, binData: 5, undefined: 6, objectId: 7, bool: 8, date: 9, null: 10,
  regex: 11, dbPointer: 12, javascript: 13, symbol: 14, javascriptWithScope: 15, int: 16, timestamp: 17, long: 18,
  decimal: 19, minKey: -1, maxKey: 127,
}; // prettier-ignore

/** Number of a value's BSON type; null where the field is missing. */
export function typeNumber(value: unknown): number | null {
  if (value === undefined) return null;
  if (typeof value === 'number') return Number.isInteger(value) && Math.abs(value) <= 0x7fffffff ? 16 : 1;
  if (value instanceof Int32) return 16;
  if (value instanceof Double) return 1;
  if (value instanceof Timestamp) return 17;
  if (value instanceof Long || typeof value === 'bigint') return 18;
  if (value instanceof Decimal128) return 19;
  if (value instanceof BSONSymbol) return 14;
  if (value instanceof MinKey) return -1;
  if (value instanceof MaxKey) return 127;
  if (value instanceof Code) return value.scope === undefined || value.scope === null ? 13 : 15;
  if (value instanceof BSONRegExp || value instanceof RegExp) return 11;
  if (value instanceof ObjectId) return 7;
  if (value instanceof Date) return 9;
  if (isDocument(value) || value instanceof DBRef) return 3;
  return typeNumberByRank(typeRank(value));
}

function typeNumberByRank(rank: number): number {
  switch (rank) {
    case RANK.string:
      return 2;
    case RANK.array:
      return 4;
    case RANK.binary:
      return 5;
    case RANK.boolean:
      return 8;
    default:
      return 10;
  }
}

/** Name of a value's BSON type as MongoDB's messages say it. */
export function typeName(value: unknown): string {
  const number = typeNumber(value);
  return Object.entries(TYPE_NUMBERS).find(([, known]) => known === number)?.[0] ?? 'missing';
}

/** Test of `$type`: a name, a number, or a list of them. */
export function typeTest(operand: unknown): (value: unknown) => boolean {
  const wanted = new Set((Array.isArray(operand) ? operand : [operand]).flatMap(typeNumbers));
  return (value) => {
    const number = typeNumber(value);
    return number !== null && wanted.has(number);
  };
}

function typeNumbers(name: unknown): number[] {
  return name === 'number' ? [1, 16, 18, 19] : [typeNumberOf(name)];
}

/** The number of a type given by its name or number. @throws CommandError 2 */
export function typeNumberOf(name: unknown): number {
  const isName = typeof name === 'string' && Object.hasOwn(TYPE_NUMBERS, name);
  const number = isName ? TYPE_NUMBERS[name] : isNumeric(name) ? toDouble(name) : undefined;
  if (number === undefined) throw new CommandError('BadValue', `Unknown type name alias: ${String(name)}`);
  if (typeof name !== 'string' && !Object.values(TYPE_NUMBERS).includes(number)) {
    throw new CommandError('BadValue', `Invalid numerical type code: ${number}`);
  }
  return number;
}
