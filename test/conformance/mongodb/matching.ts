import { Binary, Decimal128, Double, Int32, Long, ObjectId } from 'mongodb';
import type { Document } from 'mongodb';

/**
 * Whether an actual value is what a test of the unified test format expects.
 * Source: MongoDB specifications, unified test format §Evaluating Matches
 */

/** What `$$matchesEntity` and `$$sessionLsid` refer to. */
export type EntityValues = { valueOf(id: string): unknown; lsidOf(id: string): unknown };

type Place = { readonly path: string; readonly isRoot: boolean; readonly entities: EntityValues };

const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  double: (value) => typeof value === 'number' || value instanceof Double,
  string: (value) => typeof value === 'string',
  object: isPlainDocument,
  array: Array.isArray,
  binData: (value) => value instanceof Binary || value instanceof Uint8Array,
  objectId: (value) => value instanceof ObjectId,
  bool: (value) => typeof value === 'boolean',
  date: (value) => value instanceof Date,
  null: (value) => value === null,
  int: (value) => value instanceof Int32 || (typeof value === 'number' && Number.isInteger(value)),
  long: (value) =>
    value instanceof Long ||
    typeof value === 'bigint' ||
    (typeof value === 'number' && Number.isInteger(value)),
  decimal: (value) => value instanceof Decimal128,
  number: (value) => asNumber(value) !== null,
};

function isPlainDocument(value: unknown): value is Document {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !('_bsontype' in value);
}

function asNumber(value: unknown): number | null {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof Int32 || value instanceof Double) return value.value;
  return value instanceof Long ? value.toNumber() : null;
}

function fail(path: string, expected: unknown, actual: unknown): never {
  throw new Error(`${path}: expected ${show(expected)}, found ${show(actual)}`);
}

function show(value: unknown): string {
  return value === undefined
    ? 'nothing'
    : JSON.stringify(value, (_key, part: unknown) => (typeof part === 'bigint' ? `${part}n` : part));
}

/**
 * Extra fields of the actual value are let pass at the root only.
 * @throws Error naming the place that differs
 */
export function expectMatch(actual: unknown, expected: unknown, entities: EntityValues, path = '$'): void {
  match(actual, expected, { path, isRoot: true, entities });
}

function match(actual: unknown, expected: unknown, place: Place): void {
  if (isPlainDocument(expected)) {
    const [operator] = Object.keys(expected);
    if (operator?.startsWith('$$') === true) matchOperator(actual, [operator, expected[operator]], place);
    else matchDocument(actual, expected, place);
  } else if (Array.isArray(expected)) matchArray(actual, expected, place);
  else matchScalar(actual, expected, place.path);
}

function matchDocument(found: unknown, expected: Document, { path, isRoot, entities }: Place): void {
  // The driver keeps sorts and index keys in maps, whose order is their meaning.
  const actual: unknown = found instanceof Map ? Object.fromEntries(found) : found;
  if (!isPlainDocument(actual)) fail(path, expected, actual);
  for (const [name, value] of Object.entries(expected)) {
    match(actual[name], value, { path: `${path}.${name}`, isRoot: false, entities });
  }
  if (isRoot) return;
  const extra = Object.keys(actual).find((name) => actual[name] !== undefined && !(name in expected));
  if (extra !== undefined) fail(`${path}.${extra}`, undefined, actual[extra]);
}

function matchArray(actual: unknown, expected: readonly unknown[], { path, isRoot, entities }: Place): void {
  if (!Array.isArray(actual) || actual.length !== expected.length) fail(path, expected, actual);
  expected.forEach((value, index) => {
    match(actual[index], value, { path: `${path}[${index}]`, isRoot, entities });
  });
}

function matchScalar(actual: unknown, expected: unknown, path: string): void {
  const number = asNumber(expected);
  if (number !== null) {
    if (asNumber(actual) !== number) fail(path, expected, actual);
  } else if (typeof expected === 'object' && expected !== null) {
    if (show(actual) !== show(expected)) fail(path, expected, actual);
  } else if (actual !== expected) fail(path, expected, actual);
}

function matchOperator(actual: unknown, [operator, operand]: readonly [string, unknown], place: Place): void {
  const { path, entities } = place;
  switch (operator) {
    case '$$exists':
      if ((actual !== undefined) !== operand) fail(path, operand === true ? 'a value' : undefined, actual);
      return;
    case '$$unsetOrMatches':
      if (actual !== undefined && actual !== null) match(actual, operand, place);
      return;
    case '$$type': {
      const names = Array.isArray(operand) ? (operand as string[]) : [String(operand)];
      if (!names.some((name) => TYPES[name]?.(actual) === true)) fail(path, names, actual);
      return;
    }
    case '$$matchesEntity':
      match(actual, entities.valueOf(String(operand)), place);
      return;
    case '$$matchesHexBytes':
      if (!(actual instanceof Uint8Array) || Buffer.from(actual).toString('hex') !== operand) {
        fail(path, operand, actual);
      }
      return;
    case '$$sessionLsid':
      match(actual, entities.lsidOf(String(operand)), place);
      return;
    default:
      throw new Error(`${path}: the runner does not know ${operator}`);
  }
}
