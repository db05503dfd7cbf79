import { UNIT_CODE_LENGTH } from '../../domain/batch-code/batch-code.ts';
import type { SymbolMatrix } from '../../domain/label/symbol.ts';
import { modulesOf, runEncoder, wordsOf, type SymbolWords } from '../../domain/qr/encoder.ts';
import { planSymbol } from '../../domain/qr/plan.ts';
import type { RunLabel } from './run-labels.ts';
import type { StoredRun } from './store.ts';

/**
 * One symbol of an address that ends in a unit code, as every label of a run has it: the code is letters and digits
 * in one mode, whatever it consists of.
 */
export function unitSymbol(address: string): SymbolMatrix {
  const plan = planSymbol(address, UNIT_CODE_LENGTH);
  const { size, version, level } = plan;
  return { size, version, level, modules: modulesOf(runEncoder(plan, 0).encode(''), size) };
}

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
  const prefix = run.address.slice(0, run.address.length - run.code.length);
  const plan = planSymbol(prefix + '0'.repeat(UNIT_CODE_LENGTH), UNIT_CODE_LENGTH);
  if (plan.version !== version || plan.level !== level) {
    throw new RangeError(`Drawn for version ${version}-${level}, not ${plan.version}-${plan.level}`);
  }
  const encoder = runEncoder(plan, UNIT_CODE_LENGTH);
  return ({ code }) => encoder.encode(code);
}
