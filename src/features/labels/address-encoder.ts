import { runEncoder, wordsOf, type SymbolWords } from '../../domain/qr/encoder.ts';
import { planSymbol } from '../../domain/qr/plan.ts';
import type { RunLabel } from './run-labels.ts';
import type { StoredRun } from './store.ts';

/**
 * The symbol of each of a run's labels; the words are overwritten by the next call. Of a run of the batch's code it
 * is the one that was drawn when the run was recorded.
 * @throws RangeError when the run was drawn for symbols of another size: its labels cannot be made any more
 */
export function symbolsOf(
  run: Pick<StoredRun, 'address' | 'code' | 'codes' | 'symbol'>,
): (label: Pick<RunLabel, 'code'>) => SymbolWords {
  const { version, level, modules, size } = run.symbol;
  if (run.codes === 'batch') {
    const words = wordsOf(modules, size);
    return () => words;
  }
  const plan = planSymbol(run.address, run.code.length);
  if (plan.version !== version || plan.level !== level) {
    throw new RangeError(`Drawn for version ${version}-${level}, not ${plan.version}-${plan.level}`);
  }
  const encoder = runEncoder(plan, run.code.length);
  return ({ code }) => encoder.encode(code);
}
