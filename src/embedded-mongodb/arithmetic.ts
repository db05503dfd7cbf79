import { Decimal128, Double, Int32, Long } from 'bson';
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

/** Zero of the operand's own type: what `$mul` leaves where the field was missing. */
export function zeroLike(operand: unknown): unknown {
  switch (kindOf(operand)) {
    case 'decimal':
      return Decimal128.fromString('0');
    case 'double':
      return new Double(0);
    case 'long':
      return Long.ZERO;
    default:
      return new Int32(0);
  }
}
