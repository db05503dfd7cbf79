import { CommandError } from '../errors.ts';
import { isNumeric, toDouble } from '../values.ts';
import { FOLDS, percentilesOf, placesOf } from './accumulators.ts';
import type { OperatorCompiler } from './frame.ts';
import { namedOperands } from './frame.ts';

/** An accumulator as an expression: over a list when it is given one list, else over its operands. */
function over(name: string): OperatorCompiler {
  return (operand, compile) => {
    const parts = (Array.isArray(operand) ? (operand as unknown[]) : [operand]).map(compile);
    return (frame) => {
      const values = parts.map((part) => part(frame));
      const fold = FOLDS[name]?.(compile.order);
      const list = values.length === 1 && Array.isArray(values[0]) ? (values[0] as unknown[]) : values;
      for (const value of list) fold?.add(value);
      return fold?.result();
    };
  };
}

function places(name: '$median' | '$percentile'): OperatorCompiler {
  return (operand, compile) => {
    const place = name === '$median' ? {} : { p: null };
    const required = { input: null, method: null, ...place };
    const given = namedOperands(name, operand, { required, code: 7436200 });
    if (given['method'] !== 'approximate') {
      throw new CommandError('BadValue', `Currently only 'approximate' can be used as percentile 'method'`);
    }
    const input = compile(given['input']);
    const wanted = name === '$median' ? () => [0.5] : placesOf(compile(given['p']));
    return (frame) => {
      const value = input(frame);
      const list = (Array.isArray(value) ? (value as unknown[]) : [value]).filter(isNumeric).map(toDouble);
      const found = percentilesOf(list, wanted(frame));
      return name === '$median' ? (found[0] ?? null) : found;
    };
  };
}

/** Accumulators as expressions. */
export const ACCUMULATING: Readonly<Record<string, OperatorCompiler>> = {
  ...Object.fromEntries(Object.keys(FOLDS).map((name) => [name, over(name)])),
  $median: places('$median'),
  $percentile: places('$percentile'),
};
