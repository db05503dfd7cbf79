import { arrayIndex, splitPath } from './paths.ts';
import type { KeyRange, Leaf } from './ranges.ts';
import { KEYS_END, pointRange } from './ranges.ts';
import type { Document } from './values.ts';
import { isDocument, RANK, typeRank } from './values.ts';

/** The value of an expression that reads no document; null where it reads one, or has none. */
export type ConstantOf = (expression: unknown) => { readonly value: unknown } | null;

const KEYS_START = Buffer.from([RANK.minKey]);

/** The same comparison with its sides exchanged. */
const MIRRORED: ReadonlyMap<string, string> = new Map([
  ['$eq', '$eq'],
  ['$gt', '$lt'],
  ['$gte', '$lte'],
  ['$lt', '$gt'],
  ['$lte', '$gte'],
]);

/**
 * What the `$expr` of a filter says of single fields: `{ $eq: ['$product', '$$id'] }` bounds `product`, as do the
 * other comparisons of a field with a value that no document changes, and `$and` of them.
 * Source: server, db/matcher/rewrite_expr.h
 */
export function expressionLeaves(filter: Document, constantOf: ConstantOf): Leaf[] {
  return Object.entries(filter).flatMap(([key, operand]) => {
    if (key === '$expr') return leavesOf(operand, constantOf);
    if (key !== '$and' || !Array.isArray(operand)) return [];
    return operand.filter(isDocument).flatMap((part) => expressionLeaves(part, constantOf));
  });
}

function leavesOf(expression: unknown, constantOf: ConstantOf): Leaf[] {
  if (!isDocument(expression)) return [];
  const [[operator = '', operand] = []] = Object.entries(expression);
  if (!Array.isArray(operand)) return [];
  if (operator === '$and') return operand.flatMap((part: unknown) => leavesOf(part, constantOf));
  const mirrored = MIRRORED.get(operator);
  if (mirrored === undefined || operand.length !== 2) return [];
  const [left, right] = operand as readonly unknown[];
  const compared = (side: unknown, by: string, other: unknown): Leaf[] => {
    const path = fieldPath(side);
    const constant = path === null ? null : constantOf(other);
    return path === null || constant === null ? [] : comparisonLeaves(path, by, constant.value);
  };
  return [...compared(left, operator, right), ...compared(right, mirrored, left)];
}

function comparisonLeaves(path: string, operator: string, value: unknown): Leaf[] {
  // A list is compared as a whole, and stands in an index by its elements.
  if (value === undefined || Array.isArray(value) || typeRank(value) === RANK.undefined) return [];
  const ranges = rangesOf(operator, value);
  // `$a.b` is a list where `a` is one, also an empty one, of which a sparse index has no entry.
  const isPresent = splitPath(path).length === 1 && ranges.every(({ low }) => (low[0] ?? 0) > RANK.null);
  return [{ path, ranges, isPresent, operator, operand: value, isOfWhole: true }];
}

/** The field that an expression is; a number in a path is no place in a list here, but in an index it may be. */
function fieldPath(side: unknown): string | null {
  if (typeof side !== 'string' || !side.startsWith('$') || side.startsWith('$$')) return null;
  const path = side.slice(1);
  return splitPath(path).some((part) => arrayIndex(part) !== null) ? null : path;
}

/** In the order of all types, in which what is missing is less than null. */
function rangesOf(operator: string, value: unknown): KeyRange[] {
  const point = pointRange(value);
  switch (operator) {
    case '$gt':
      return [{ low: point.high, high: KEYS_END, isPoint: false }];
    case '$gte':
      return [{ low: point.low, high: KEYS_END, isPoint: false }];
    case '$lt': {
      const high = typeRank(value) === RANK.null ? point.high : point.low;
      return [{ low: KEYS_START, high, isPoint: false }];
    }
    case '$lte':
      return [{ low: KEYS_START, high: point.high, isPoint: false }];
    default:
      return [point];
  }
}
