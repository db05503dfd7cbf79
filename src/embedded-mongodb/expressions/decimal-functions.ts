import { Decimal128, Double } from 'bson';
import type { Decimal } from '../number-encoding.ts';
import { toDouble } from '../values.ts';
import { decimalOf, roundedOff, toDecimal } from './numbers.ts';

/**
 * Roots, powers and logarithms to the 34 digits of a decimal128, rounded to the nearest and halves to even.
 * Numbers in between are whole multiples of `1 / ONE`. Source: server, platform/decimal128.cpp
 */

/** Places after the point: the first 34 of a logarithm near 0 are zeros. */
const PLACES = 110;
const ONE = 10n ** BigInt(PLACES);
/** Digits of a result that are right; what is a shorter number by all of them is that number: `4 ^ 0.5` is 2. */
const SURE_DIGITS = 75;
const DECIMAL_DIGITS = 34;
/** Powers of e beyond this one are infinite, or 0. */
const POWER_MAX = 15_000n * ONE;
/** A power that is zero has the least exponent there is: MongoDB adds `0E-6176` to it. */
const ZERO_POWER = -6176;

const times = (left: bigint, right: bigint): bigint => (left * right) / ONE;

/** The area tangent of `1 / n`, by its series. */
function areaTangent(n: bigint): bigint {
  let power = ONE / n;
  let sum = power;
  for (let odd = 3n; power !== 0n; odd += 2n) {
    power /= n * n;
    sum += power / odd;
  }
  return sum;
}

/** The natural logarithm of 10, as area tangents that are quick to calculate. */
const LN_10 = 46n * areaTangent(31n) + 34n * areaTangent(49n) + 20n * areaTangent(161n);

/** How often a power of e is halved before its series, and squared after it. */
const HALVINGS = 16;

/** e to a small power. */
function smallPowerOfE(power: bigint): bigint {
  const halved = power >> BigInt(HALVINGS);
  let sum = ONE;
  let term = ONE;
  for (let n = 1n; term !== 0n; n++) {
    term = times(term, halved) / n;
    sum += term;
  }
  for (let at = 0; at < HALVINGS; at++) sum = times(sum, sum);
  return sum;
}

function fixed({ coefficient, exponent }: Decimal): bigint {
  const shift = exponent + PLACES;
  return shift >= 0 ? coefficient * 10n ** BigInt(shift) : roundedOff(coefficient, -shift);
}

/** The natural logarithm of a decimal above zero: Halley's iteration from a double's, each with three times its digits. */
function logarithm({ coefficient, exponent }: Decimal): bigint {
  const digits = coefficient.toString().length;
  const mantissa = fixed({ coefficient, exponent: 1 - digits });
  let result = fixed(decimalOf(new Double(Math.log(Number(`${coefficient}e${1 - digits}`)))));
  for (let at = 0; at < 2; at++) {
    const reached = smallPowerOfE(result);
    result += (2n * (mantissa - reached) * ONE) / (mantissa + reached);
  }
  return result + BigInt(exponent + digits - 1) * LN_10;
}

/** `value / ONE × 10^power` as a decimal; an exact one has no zeros at its end, up to the power `ideal`. */
function rounded(value: bigint, power = 0, ideal = 0): Decimal128 {
  const length = (value < 0n ? -value : value).toString().length;
  const excess = Math.max(length - SURE_DIGITS, 0);
  const sure = roundedOff(value, excess);
  const isExact = sure % 10n ** BigInt(SURE_DIGITS - DECIMAL_DIGITS) === 0n;
  return toDecimal(sure, power - PLACES + excess, isExact ? ideal : -Infinity);
}

function powerOfE(power: bigint, ideal = 0): Decimal128 {
  if (power > POWER_MAX || power < -POWER_MAX) return toDecimal(1n, power > 0n ? 7_000 : -7_000);
  const tens = power / LN_10;
  return rounded(smallPowerOfE(power - tens * LN_10), Number(tens), ideal);
}

/** For decimals; what is not finite has the answer of double arithmetic. */
function ofFinite(exact: (value: Decimal) => Decimal128, ofDouble: (value: number) => number) {
  return (value: unknown): Decimal128 =>
    isFiniteNumber(value)
      ? exact(decimalOf(value))
      : Decimal128.fromString(String(ofDouble(toDouble(value))));
}

const isFiniteNumber = (value: unknown): boolean => !/NaN|Infinity/.test(String(value));

export const decimalExp = ofFinite((value) => powerOfE(fixed(value)), Math.exp);
export const decimalLn = ofFinite((value) => rounded(logarithm(value)), Math.log);
export const decimalLog10 = ofFinite((value) => rounded((logarithm(value) * ONE) / LN_10), Math.log10);

/** The logarithm of one number to the base of another, of which one is a decimal. */
export function decimalLog(value: unknown, base: unknown): Decimal128 {
  if (!isFiniteNumber(value) || !isFiniteNumber(base)) {
    return Decimal128.fromString(String(Math.log(toDouble(value)) / Math.log(toDouble(base))));
  }
  return rounded((logarithm(decimalOf(value)) * ONE) / logarithm(decimalOf(base)));
}

/** A power, always with all of its 34 digits. */
export function decimalPower(base: unknown, exponent: unknown): Decimal128 {
  if (!isFiniteNumber(base) || !isFiniteNumber(exponent)) {
    return Decimal128.fromString(String(toDouble(base) ** toDouble(exponent)));
  }
  const [b, e] = [decimalOf(base), decimalOf(exponent)];
  if (e.coefficient === 0n) return rounded(ONE, 0, -Infinity);
  if (b.coefficient === 0n) return toDecimal(0n, ZERO_POWER);
  const unit = 10n ** BigInt(Math.max(-e.exponent, 0));
  const isWhole = e.coefficient % unit === 0n;
  if (b.coefficient > 0n) return powerOfE(times(logarithm(b), fixed(e)), -Infinity);
  if (!isWhole) return Decimal128.fromString('NaN');
  const size = powerOfE(times(logarithm({ ...b, coefficient: -b.coefficient }), fixed(e)), -Infinity);
  const isOdd = e.exponent <= 0 && (e.coefficient / unit) % 2n !== 0n;
  return isOdd ? Decimal128.fromString(`-${size.toString()}`) : size;
}

/** The greatest whole number whose square is not above this one, by Newton's method from above. */
function wholeRoot(square: bigint): bigint {
  let root = 10n ** BigInt(Math.ceil(square.toString().length / 2));
  for (;;) {
    const next = (root + square / root) / 2n;
    if (next >= root) return root;
    root = next;
  }
}

/** A square root; an exact one has half the power of ten of its square. */
export const decimalRoot = ofFinite(({ coefficient, exponent }) => {
  const ideal = Math.floor(exponent / 2);
  if (coefficient === 0n) return toDecimal(0n, ideal);
  const square = coefficient * 10n ** BigInt(2 * SURE_DIGITS + exponent - 2 * ideal);
  const root = wholeRoot(square);
  return root * root === square
    ? toDecimal(root, ideal - SURE_DIGITS, ideal)
    : toDecimal(root * 10n + 1n, ideal - SURE_DIGITS - 1);
}, Math.sqrt);
