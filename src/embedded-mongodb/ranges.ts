import { BSONRegExp, MaxKey, MinKey } from 'bson';
import { plainName } from './field-names.ts';
import { encodeStringPrefix, encodeValue, inverted, keyAfterPrefix } from './key-encoding.ts';
import { isOperatorDocument } from './match.ts';
import { arrayIndex, splitPath } from './paths.ts';
import { literalPrefix, regexOf } from './regex.ts';
import type { Document } from './values.ts';
import { EMPTY_ARRAY, isDocument, RANK, typeRank } from './values.ts';

/** Keys from `low` up to, not including, `high`; `isPoint` when they all encode one value. */
export type KeyRange = { readonly low: Buffer; readonly high: Buffer; readonly isPoint: boolean };

/** What a filter says of one path: the keys that can match, or null when it does not bound them. */
export type Leaf = {
  readonly path: string;
  readonly ranges: readonly KeyRange[] | null;
  /** The field must be there: then a sparse index holds every match. */
  readonly isPresent: boolean;
  readonly operator: string;
  readonly operand: unknown;
  /** It speaks of the field's whole value: the elements of a list, by which an index holds one, say nothing of it. */
  readonly isOfWhole?: true;
};

/** Highest key there can be, as an end. */
export const KEYS_END = Buffer.from([0xff]);

/** Keys that encode exactly this value. */
export function pointRange(value: unknown): KeyRange {
  const low = encodeValue(value);
  return { low, high: keyAfterPrefix(low) ?? KEYS_END, isPoint: true };
}

/** The same keys as they stand in a descending field. */
export function invertedRange({ low, high, isPoint }: KeyRange): KeyRange {
  return {
    low: keyAfterPrefix(inverted(high)) ?? KEYS_END,
    high: keyAfterPrefix(inverted(low)) ?? KEYS_END,
    isPoint,
  };
}

/** Sorted, without overlaps. */
export function unionRanges(ranges: readonly KeyRange[]): KeyRange[] {
  const sorted = [...ranges].sort((a, b) => Buffer.compare(a.low, b.low));
  const merged: KeyRange[] = [];
  for (const range of sorted) {
    const last = merged.at(-1);
    if (last === undefined || Buffer.compare(last.high, range.low) < 0 || isNeighbour(last, range)) {
      merged.push(range);
    } else if (Buffer.compare(last.high, range.high) < 0) {
      merged[merged.length - 1] = { low: last.low, high: range.high, isPoint: false };
    }
  }
  return merged;
}

/** Two points side by side stay two: each can be a prefix of its own. */
function isNeighbour(left: KeyRange, right: KeyRange): boolean {
  return left.high.equals(right.low);
}

/** Keys that are in both lists, each of which is sorted and has no overlaps; so is what comes of them. */
export function intersectRanges(left: readonly KeyRange[], right: readonly KeyRange[]): KeyRange[] {
  const both: KeyRange[] = [];
  for (let [i, j] = [0, 0]; i < left.length && j < right.length;) {
    const [a, b] = [left[i] as KeyRange, right[j] as KeyRange];
    const low = Buffer.compare(a.low, b.low) > 0 ? a.low : b.low;
    const endsFirst = Buffer.compare(a.high, b.high);
    const high = endsFirst < 0 ? a.high : b.high;
    if (Buffer.compare(low, high) < 0) both.push({ low, high, isPoint: a.isPoint || b.isPoint });
    if (endsFirst <= 0) i++;
    if (endsFirst >= 0) j++;
  }
  return both;
}

/** Every bound that must hold for a document to match: those of the filter itself and of its `$and`s. */
export function leavesOf(filter: Document): Leaf[] {
  return Object.entries(filter).flatMap(([key, operand]) => {
    if (key === '$and' && Array.isArray(operand)) return operand.filter(isDocument).flatMap(leavesOf);
    return key.startsWith('$') ? [] : fieldLeaves(key, operand);
  });
}

function fieldLeaves(path: string, operand: unknown): Leaf[] {
  if (!isOperatorDocument(operand)) return [implicitLeaf(path, operand)];
  return Object.entries(operand).flatMap(([operator, value]) => {
    switch (operator) {
      case '$options':
        return [];
      case '$regex':
        return [regexLeaf(path, regexOf(value, operand['$options']))];
      case '$all':
        return Array.isArray(value) ? value.flatMap((part: unknown) => allLeaves(path, part)) : [];
      case '$elemMatch':
        return elementLeaves(path, value);
      default:
        return [operatorLeaf(path, operator, value)];
    }
  });
}

function allLeaves(path: string, part: unknown): Leaf[] {
  if (isDocument(part) && '$elemMatch' in part) return elementLeaves(path, part['$elemMatch']);
  return isOperatorDocument(part) ? [] : [implicitLeaf(path, part)];
}

/** Operators in an `$elemMatch` that say nothing of the element's own key, or that deny. */
const UNBOUNDED_IN_ELEMENT = new Set([
  '$and',
  '$or',
  '$nor',
  '$not',
  '$ne',
  '$nin',
  '$elemMatch',
  '$all',
  '$size',
]);

function elementLeaves(path: string, operand: unknown): Leaf[] {
  if (!isDocument(operand)) return [];
  if (isOperatorDocument(operand)) {
    return Object.keys(operand).every((key) => !UNBOUNDED_IN_ELEMENT.has(key))
      ? fieldLeaves(path, operand).filter((leaf) => !leaf.ranges?.some((range) => range.low[0] === RANK.null))
      : [];
  }
  // A number at the beginning is a place in the element, not in the list that the index takes it for.
  return leavesOf(operand)
    .filter((leaf) => arrayIndex(splitPath(leaf.path)[0] ?? '') === null)
    .map((leaf) => ({ ...leaf, path: `${plainName(path)}.${plainName(leaf.path)}` }));
}

function implicitLeaf(path: string, operand: unknown): Leaf {
  if (operand instanceof BSONRegExp) return regexLeaf(path, operand);
  return operatorLeaf(path, '$eq', operand);
}

function regexLeaf(path: string, regex: BSONRegExp): Leaf {
  return { path, ranges: regexRanges(regex), isPresent: true, operator: '$regex', operand: regex };
}

function regexRanges(regex: BSONRegExp): KeyRange[] | null {
  const prefix = literalPrefix(regex);
  if (prefix === null) return null;
  const low = encodeStringPrefix(prefix);
  const strings = { low, high: keyAfterPrefix(low) ?? KEYS_END, isPoint: false };
  return unionRanges([strings, pointRange(regex)]);
}

function operatorLeaf(path: string, operator: string, operand: unknown): Leaf {
  const ranges = rangesOf(operator, operand);
  const isPresent =
    (operator === '$exists' && operand !== false && operand !== 0) ||
    operator === '$type' ||
    (ranges !== null && ranges.every((range) => range.low[0] !== RANK.null));
  return { path, ranges, isPresent, operator, operand };
}

function rangesOf(operator: string, operand: unknown): KeyRange[] | null {
  switch (operator) {
    case '$eq':
      return equalityRanges(operand);
    case '$in': {
      if (!Array.isArray(operand)) return null;
      const parts = operand.map((value: unknown) =>
        value instanceof BSONRegExp ? regexRanges(value) : equalityRanges(value),
      );
      return parts.some((part) => part === null) ? null : unionRanges(parts.flatMap((part) => part ?? []));
    }
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte':
      return comparisonRanges(operator, operand);
    default:
      return null;
  }
}

/** An array equals a document's array, which is indexed by its elements, or an element that is an array. */
function equalityRanges(operand: unknown): KeyRange[] {
  if (!Array.isArray(operand)) return [pointRange(operand)];
  const first: unknown = operand.length === 0 ? EMPTY_ARRAY : operand[0];
  return unionRanges([pointRange(first), pointRange(operand)]);
}

/** Within the operand's own type; null where the index would not hold every match. */
function comparisonRanges(operator: string, operand: unknown): KeyRange[] | null {
  if (operand instanceof MinKey || operand instanceof MaxKey || Array.isArray(operand)) return null;
  const rank = typeRank(operand);
  const point = pointRange(operand);
  if (rank === RANK.null) return operator.endsWith('e') ? [point] : [];
  const low = Buffer.from([rank]);
  const high = Buffer.from([rank + 1]);
  switch (operator) {
    case '$gt':
      return [{ low: point.high, high, isPoint: false }];
    case '$gte':
      return [{ low: point.low, high, isPoint: false }];
    case '$lt':
      return [{ low, high: point.low, isPoint: false }];
    default:
      return [{ low, high: point.high, isPoint: false }];
  }
}
