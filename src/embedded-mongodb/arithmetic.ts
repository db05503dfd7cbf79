import { Double } from 'bson';
import { CommandError } from './errors.ts';
import { combine, kindOf } from './expressions/numbers.ts';

/** Sum or product of `$inc` and `$mul`, in the wider type: int32 grows to long, long refuses to overflow. */
export function calculate(operation: 'add' | 'multiply', left: unknown, right: unknown): unknown {
  const result = combine(operation, left, right);
  const areWhole = [left, right].every((value) => kindOf(value) === 'int' || kindOf(value) === 'long');
  if (!areWhole || !(result instanceof Double)) return result;
  const operator = operation === 'add' ? '$inc' : '$mul';
  throw new CommandError('BadValue', `Failed to apply ${operator}: the result overflows a long`);
}
