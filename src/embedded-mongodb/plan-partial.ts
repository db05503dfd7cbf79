import type { Leaf } from './ranges.ts';
import { leavesOf } from './ranges.ts';
import type { Document } from './values.ts';
import { compareValues, typeRank, valuesEqual } from './values.ts';

/** True when every document that meets the filter's leaves is in the partial index. It may say no where yes is true. */
export function impliesPartial(leaves: readonly Leaf[], partialFilter: Document): boolean {
  const isPlain = Object.keys(partialFilter).every((key) => !key.startsWith('$') || key === '$and');
  return isPlain && leavesOf(partialFilter).every((wanted) => leaves.some((leaf) => implies(leaf, wanted)));
}

function implies(leaf: Leaf, wanted: Leaf): boolean {
  if (leaf.path !== wanted.path) return false;
  if (leaf.operator === wanted.operator && valuesEqual(leaf.operand, wanted.operand)) return true;
  if (wanted.operator === '$exists') return leaf.isPresent && wanted.operand !== false;
  if (typeRank(leaf.operand) !== typeRank(wanted.operand)) return false;
  const order = compareValues(leaf.operand, wanted.operand);
  const isLower = leaf.operator === '$gt' || leaf.operator === '$gte';
  const isUpper = leaf.operator === '$lt' || leaf.operator === '$lte';
  const isEqual = leaf.operator === '$eq';
  switch (wanted.operator) {
    case '$gt':
      return ((isLower || isEqual) && order > 0) || (leaf.operator === '$gt' && order === 0);
    case '$gte':
      return (isLower || isEqual) && order >= 0;
    case '$lt':
      return ((isUpper || isEqual) && order < 0) || (leaf.operator === '$lt' && order === 0);
    case '$lte':
      return (isUpper || isEqual) && order <= 0;
    default:
      return false;
  }
}
