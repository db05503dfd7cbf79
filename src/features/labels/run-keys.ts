import type { UnitKey } from '../../domain/unit-code/unit-code.ts';
import { Problem } from '../../platform/problem.ts';
import type { PrintRun } from './contract.ts';
import { KEY_RETIRED } from './messages.ts';

/**
 * The keys that the labels of a run are made with: its own, or none where they have the batch's code.
 * @param inForce those that are not retired
 * @throws Problem `key-retired`
 */
export function keysOfRun({ unit }: Pick<PrintRun, 'unit'>, inForce: readonly UnitKey[]): readonly UnitKey[] {
  if (unit === undefined) return [];
  const own = inForce.filter(({ epoch }) => epoch === unit.epoch);
  if (own.length === 0) throw new Problem('key-retired', { detail: KEY_RETIRED });
  return own;
}
