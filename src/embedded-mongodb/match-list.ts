import type { Collate } from './collation.ts';
import { encodeValue } from './key-encoding.ts';
import { RANK, typeRank } from './values.ts';

/** Values that are tried one after the other; more are looked up by their keys. */
const FEW = 8;
/** Types of which each value has one key, the same as all that equal it, and equals nothing else. */
const KEYED_RANKS = new Set<number>([
  RANK.number,
  RANK.binary,
  RANK.objectId,
  RANK.boolean,
  RANK.date,
  RANK.timestamp,
]);

const keyText = (value: unknown): string => encodeValue(value).toString('latin1');

/** Of a list of values, as `$in` has one: whether a value equals one of those that are looked up, and the others. */
export function keyedValues(
  list: readonly unknown[],
  collate: Collate | null,
): { readonly keyed: (value: unknown) => boolean; readonly rest: readonly unknown[] } {
  const isText = (value: unknown): boolean => collate === null && typeof value === 'string';
  const isKeyed = (value: unknown): boolean => list.length > FEW && KEYED_RANKS.has(typeRank(value));
  const texts = new Set(list.filter(isText));
  const keys = new Set(list.filter(isKeyed).map(keyText));
  return {
    keyed: (value) => texts.has(value) || (keys.size > 0 && isKeyed(value) && keys.has(keyText(value))),
    rest: list.filter((value) => !isText(value) && !isKeyed(value)),
  };
}
