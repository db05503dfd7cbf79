import { runEncoder, type SymbolWords } from '../../domain/qr/encoder.ts';
import { planSymbol } from '../../domain/qr/plan.ts';
import type { StoredRun } from './store.ts';

/**
 * The symbol of each of a run's addresses, by its code; the words are overwritten by the next call.
 * @throws RangeError when the run was drawn for symbols of another size: its labels cannot be made any more
 */
export function addressEncoder(
  run: Pick<StoredRun, 'address' | 'code' | 'symbol'>,
): (code: string) => SymbolWords {
  const plan = planSymbol(run.address, run.code.length);
  const { version, level } = run.symbol;
  if (plan.version !== version || plan.level !== level) {
    throw new RangeError(`Drawn for version ${version}-${level}, not ${plan.version}-${plan.level}`);
  }
  return runEncoder(plan, run.code.length).encode;
}
