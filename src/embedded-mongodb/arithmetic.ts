import { Decimal128, Double, Int32, Long } from 'bson';
import { CommandError } from './errors.ts';
import { parseDecimal } from './number-encoding.ts';
import { plainNumber, toDouble } from './values.ts';

const INT32_MAX = 0x7fffffff;
const LONG_MAX = (1n << 63n) - 1n;
/** Significant digits of a decimal128. */
const DECIMAL_DIGITS = 34;

/** Sum or product with MongoDB's result type: the wider of the two, int32 growing to long, long refusing to overflow. */
export function calculate(operation: 'add' | 'multiply', left: unknown, right: unknown): unknown {
  if (left instanceof Decimal128 || right instanceof Decimal128) return decimalResult(operation, left, right);
  if (isDouble(left) || isDouble(right)) {
    const [a, b] = [toDouble(left), toDouble(right)];
    return new Double(operation === 'add' ? a + b : a * b);
  }
  const [a, b] = [BigInt(plainNumber(left) ?? 0), BigInt(plainNumber(right) ?? 0)];
  const result = operation === 'add' ? a + b : a * b;
  if (left instanceof Int32 && right instanceof Int32 && magnitude(result) <= INT32_MAX)
    return new Int32(Number(result));
  if (result > LONG_MAX || result < -LONG_MAX - 1n) {
    throw new CommandError(
      'BadValue',
      `Failed to apply $${operation === 'add' ? 'inc' : 'mul'}: the result overflows a long`,
    );
  }
  return Long.fromBigInt(result);
}

/** Zero of the operand's own type: what `$mul` leaves where the field was missing. */
export function zeroLike(operand: unknown): unknown {
  if (operand instanceof Decimal128) return Decimal128.fromString('0');
  if (isDouble(operand)) return new Double(0);
  return operand instanceof Long ? Long.ZERO : new Int32(0);
}

function isDouble(value: unknown): boolean {
  return value instanceof Double || (typeof value === 'number' && !Number.isInteger(value));
}

function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value;
}

function decimalResult(operation: 'add' | 'multiply', left: unknown, right: unknown): Decimal128 {
  const texts = [decimalText(left), decimalText(right)];
  if (texts.some((text) => /NaN|Infinity/.test(text))) {
    const [a, b] = texts.map(Number) as [number, number];
    return Decimal128.fromString(String(operation === 'add' ? a + b : a * b));
  }
  const [a, b] = texts.map(parseDecimal) as [
    ReturnType<typeof parseDecimal>,
    ReturnType<typeof parseDecimal>,
  ];
  if (operation === 'multiply') return toDecimal(a.coefficient * b.coefficient, a.exponent + b.exponent);
  const exponent = Math.min(a.exponent, b.exponent);
  const scaled = [a, b].map((part) => part.coefficient * 10n ** BigInt(part.exponent - exponent)) as [
    bigint,
    bigint,
  ];
  return toDecimal(scaled[0] + scaled[1], exponent);
}

/** A double enters decimal arithmetic with 15 digits, as in MongoDB. */
function decimalText(value: unknown): string {
  if (value instanceof Decimal128) return value.toString();
  return isDouble(value) ? String(Number(toDouble(value).toPrecision(15))) : String(plainNumber(value));
}

function toDecimal(coefficient: bigint, exponent: number): Decimal128 {
  let digits = coefficient;
  let power = exponent;
  while (magnitude(digits).toString().length > DECIMAL_DIGITS) {
    const half = digits < 0n ? -5n : 5n;
    digits = (digits + half) / 10n;
    power++;
  }
  return Decimal128.fromString(`${digits}E${power < 0 ? '' : '+'}${power}`);
}
