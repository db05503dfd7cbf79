import { Decimal128, Double, Int32, Long } from 'bson';
import type { Decimal } from '../number-encoding.ts';
import { parseDecimal } from '../number-encoding.ts';
import { typeNumber } from '../match-type.ts';
import { isNumeric, plainNumber, toDouble } from '../values.ts';

/** Numbers as BSON has them: what type a result takes, and what does not fit. */

/** The four types, from narrow to wide. */
const WIDTH = { int: 0, long: 1, double: 2, decimal: 3 } as const;
export type NumberKind = keyof typeof WIDTH;

const INT32_MAX = 0x7fffffff;
const LONG_MAX = (1n << 63n) - 1n;
/** Significant digits of a decimal128. */
const DECIMAL_DIGITS = 34;
/** Digits with which a double enters decimal arithmetic. Source: MongoDB, `Decimal128::kRoundTo15Digits` */
const DOUBLE_DIGITS = 15;

/** The type of a number; a plain JavaScript number is an int where it fits. */
export function kindOf(value: unknown): NumberKind {
  switch (typeNumber(value)) {
    case 16:
      return 'int';
    case 18:
      return 'long';
    case 19:
      return 'decimal';
    default:
      return 'double';
  }
}

/** The wider type of two. */
export function wider(left: NumberKind, right: NumberKind): NumberKind {
  return WIDTH[left] >= WIDTH[right] ? left : right;
}

/** A whole number as a BigInt. */
export function bigOf(value: unknown): bigint {
  return BigInt(plainNumber(value) ?? 0);
}

/** An int where that was asked for and fits, else a long; beyond it a double. */
export function integerOf(value: bigint, kind: NumberKind): Int32 | Long | Double {
  if (kind === 'int' && value >= -INT32_MAX - 1 && value <= INT32_MAX) return new Int32(Number(value));
  if (value >= -LONG_MAX - 1n && value <= LONG_MAX) return Long.fromBigInt(value);
  return new Double(Number(value));
}

export type Operation = 'add' | 'subtract' | 'multiply';

/** Sum, difference or product, in the wider type of the two; an int grows to a long, a long to a double. */
export function combine(operation: Operation, left: unknown, right: unknown): unknown {
  if (left instanceof Int32 && right instanceof Int32) {
    const result = plainResult(operation, left.value, right.value);
    if (Math.abs(result) <= INT32_MAX) return new Int32(result);
  }
  const kind = wider(kindOf(left), kindOf(right));
  if (kind === 'decimal') return decimalResult(operation, left, right);
  if (kind === 'double') return new Double(plainResult(operation, toDouble(left), toDouble(right)));
  const [a, b] = [bigOf(left), bigOf(right)];
  return integerOf(operation === 'add' ? a + b : operation === 'subtract' ? a - b : a * b, kind);
}

function plainResult(operation: Operation, left: number, right: number): number {
  switch (operation) {
    case 'add':
      return left + right;
    case 'subtract':
      return left - right;
    default:
      return left * right;
  }
}

/** The quotient: a decimal when one of the two is, else a double. The caller has refused zero. */
export function quotient(left: unknown, right: unknown): unknown {
  if (wider(kindOf(left), kindOf(right)) !== 'decimal') return new Double(toDouble(left) / toDouble(right));
  const special = specialResult([left, right], (a, b) => a / b);
  if (special !== null) return special;
  const [a, b] = [decimalOf(left), decimalOf(right)];
  const digits = DECIMAL_DIGITS + 2 + b.coefficient.toString().length;
  const scaled = a.coefficient * 10n ** BigInt(digits);
  const whole = scaled / b.coefficient;
  // What does not divide must not look like a tie when it is rounded.
  const isExact = whole * b.coefficient === scaled;
  const sticky = isExact ? whole * 10n : whole * 10n + (scaled < 0n === b.coefficient < 0n ? 1n : -1n);
  const ideal = a.exponent - b.exponent;
  return toDecimal(sticky, ideal - digits - 1, isExact ? ideal : -Infinity);
}

/**
 * The remainder with the sign of the dividend, in the wider type; a divisor that is a whole double does not make it
 * one. The caller has refused zero. Source: server, expression.cpp, ExpressionMod::evaluate
 */
export function remainder(left: unknown, right: unknown): unknown {
  const [kind, divisor] = [kindOf(left), kindOf(right)];
  if (kind === 'decimal' || divisor === 'decimal') return decimalRemainder(left, right);
  if (kind === 'double' || (divisor === 'double' && !isInt32(toDouble(right)))) {
    return new Double(toDouble(left) % toDouble(right));
  }
  return integerOf(bigOf(left) % bigOf(right), divisor === 'long' ? 'long' : kind);
}

const isInt32 = (value: number): boolean =>
  Number.isInteger(value) && value >= -INT32_MAX - 1 && value <= INT32_MAX;

function decimalRemainder(left: unknown, right: unknown): Decimal128 {
  const special = specialResult([left, right], (a, b) => a % b);
  if (special !== null) return special;
  const { a, b, exponent } = aligned(decimalOf(left), decimalOf(right));
  return signed(toDecimal(a % b, exponent), a % b, isNegative(left));
}

/** Exact value of a finite number of any type. */
export function decimalOf(value: unknown): Decimal {
  return parseDecimal(decimalText(value));
}

function decimalText(value: unknown): string {
  if (value instanceof Decimal128) return value.toString();
  if (kindOf(value) !== 'double') return String(plainNumber(value));
  return String(Number(toDouble(value).toPrecision(DOUBLE_DIGITS)));
}

function aligned(left: Decimal, right: Decimal) {
  const exponent = Math.min(left.exponent, right.exponent);
  const [a, b] = [left, right].map((part) => part.coefficient * 10n ** BigInt(part.exponent - exponent)) as [
    bigint,
    bigint,
  ];
  return { a, b, exponent };
}

/** What double arithmetic says where one of the two is not finite; null where both are. */
function specialResult(
  values: readonly [unknown, unknown],
  calculate: (left: number, right: number) => number,
): Decimal128 | null {
  const [a, b] = values.map(toDouble) as [number, number];
  const areFinite = values.every((value) => isNumeric(value) && !/NaN|Infinity/.test(decimalText(value)));
  return areFinite ? null : Decimal128.fromString(String(calculate(a, b)));
}

/** See `combine`; one of the two is a decimal. */
export function decimalResult(operation: Operation, left: unknown, right: unknown): Decimal128 {
  const special = specialResult([left, right], (a, b) => plainResult(operation, a, b));
  if (special !== null) return special;
  const [left10, right10] = [decimalOf(left), decimalOf(right)];
  const [isLeft, isRight] = [isNegative(left), isNegative(right)];
  if (operation === 'multiply') {
    const product = left10.coefficient * right10.coefficient;
    return signed(toDecimal(product, left10.exponent + right10.exponent), product, isLeft !== isRight);
  }
  const { a, b, exponent } = aligned(left10, right10);
  const sum = operation === 'add' ? a + b : a - b;
  return signed(toDecimal(sum, exponent), sum, isLeft && isRight === (operation === 'add'));
}

/** Whether a number is below zero, or a zero with a minus before it. */
export function isNegative(value: unknown): boolean {
  if (value instanceof Decimal128) return value.toString().startsWith('-');
  const double = toDouble(value);
  return double < 0 || Object.is(double, -0);
}

/** -1, 0 or 1, also for a decimal that no double is close to; NaN for what is no number. */
export function signOf(value: unknown): number {
  const sign = Math.sign(toDouble(value));
  if (sign !== 0 || kindOf(value) !== 'decimal' || decimalOf(value).coefficient === 0n) return sign;
  return isNegative(value) ? -1 : 1;
}

/** Zero has a sign, which a whole number does not keep. Source: IEEE 754-2008 §6.3 */
function signed(result: Decimal128, coefficient: bigint, isBelow: boolean): Decimal128 {
  return coefficient === 0n && isBelow ? Decimal128.fromString(`-${result.toString()}`) : result;
}

/** `coefficient × 10^exponent` as decimal128, rounded half to even; zeros at its end go, up to the power `ideal`. */
export function toDecimal(coefficient: bigint, exponent: number, ideal = -Infinity): Decimal128 {
  const length = (coefficient < 0n ? -coefficient : coefficient).toString().length;
  const excess = Math.max(length - DECIMAL_DIGITS, 0);
  let digits = roundedOff(coefficient, excess);
  let power = exponent + excess;
  while (power < ideal && digits % 10n === 0n) {
    digits /= 10n;
    power++;
  }
  return decimalWithin(digits, power);
}

/** Least and greatest power of ten of a decimal128's last digit. Source: IEEE 754-2008 §3.6, decimal128 */
const POWER_MIN = -6176;
const POWER_MAX = 6111;

/** What is too small loses digits, what is too large becomes infinite. */
function decimalWithin(digits: bigint, power: number): Decimal128 {
  const rounded =
    power < POWER_MIN ? roundedOff(digits, Math.min(POWER_MIN - power, DECIMAL_DIGITS + 1)) : digits;
  const padding = rounded === 0n ? 0 : Math.max(power - POWER_MAX, 0);
  const padded = rounded * 10n ** BigInt(Math.min(padding, DECIMAL_DIGITS));
  const isBeyond =
    (padded < 0n ? -padded : padded).toString().length > DECIMAL_DIGITS || padding > DECIMAL_DIGITS;
  if (isBeyond) return Decimal128.fromString(padded < 0n ? '-Infinity' : 'Infinity');
  const within = Math.min(Math.max(power, POWER_MIN), POWER_MAX);
  return Decimal128.fromString(`${padded}E${within < 0 ? '' : '+'}${within}`);
}

/** Without its last `count` digits, rounded half to even. */
export function roundedOff(coefficient: bigint, count: number): bigint {
  if (count <= 0) return coefficient;
  const unit = 10n ** BigInt(count);
  const whole = coefficient / unit;
  const rest = coefficient % unit;
  const twice = (rest < 0n ? -rest : rest) * 2n;
  const isUp = twice > unit || (twice === unit && whole % 2n !== 0n);
  if (!isUp) return whole;
  return coefficient < 0n ? whole - 1n : whole + 1n;
}
