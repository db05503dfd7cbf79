import { Double } from 'bson';
import { CommandError } from '../errors.ts';
import { typeName } from '../match-type.ts';
import { isNumeric, toDouble } from '../values.ts';

/** Rounds away from a boundary: to the next preferred number above or below, never to the number itself. */
export type Rounder = { up(value: unknown): Double; down(value: unknown): Double };

/** ISO 3: each series is every second number of the next. */
const R80 = [
  100, 103, 106, 109, 112, 115, 118, 122, 125, 128, 132, 136, 140, 145, 150, 155, 160, 165, 170, 175, 180, 185, 190,
  195, 200, 206, 212, 218, 224, 230, 236, 243, 250, 258, 265, 272, 280, 290, 300, 307, 315, 325, 335, 345, 355, 365,
  375, 387, 400, 412, 425, 437, 450, 462, 475, 487, 500, 515, 530, 545, 560, 575, 600, 615, 630, 650, 670, 690, 710,
  730, 750, 775, 800, 825, 850, 875, 900, 925, 950, 975,
]; // prettier-ignore
/** IEC 60063: the short series are rounded by hand, the long ones by rule with one exception. */
const E24 = [
  10, 11, 12, 13, 15, 16, 18, 20, 22, 24, 27, 30, 33, 36, 39, 43, 47, 51, 56, 62, 68, 75, 82, 91,
]; // prettier-ignore
const E192 = Array.from({ length: 192 }, (_, at) => (at === 185 ? 920 : Math.round(100 * 10 ** (at / 192))));

const everyNth = (series: readonly number[], step: number): number[] =>
  series.filter((_, at) => at % step === 0);

const SERIES: Readonly<Record<string, readonly number[]>> = {
  R5: everyNth(R80, 16),
  R10: everyNth(R80, 8),
  R20: everyNth(R80, 4),
  R40: everyNth(R80, 2),
  R80,
  '1-2-5': [10, 20, 50],
  E6: everyNth(E24, 4),
  E12: everyNth(E24, 2),
  E24,
  E48: everyNth(E192, 4),
  E96: everyNth(E192, 2),
  E192,
};

/** The rounder that `granularity` of `$bucketAuto` names. @throws CommandError 40257, 40261 */
export function rounderOf(granularity: unknown): Rounder {
  if (typeof granularity !== 'string') {
    const type = typeName(granularity);
    throw new CommandError(
      40261,
      `The $bucketAuto 'granularity' field must be a string, but found type: ${type}`,
    );
  }
  if (granularity === 'POWERSOF2') return checked(powerAbove, powerBelow);
  const series = Object.hasOwn(SERIES, granularity) ? SERIES[granularity] : undefined;
  if (series === undefined) throw new CommandError(40257, `Unknown rounding granularity '${granularity}'`);
  return checked(
    (number) => numberAbove(series, number),
    (number) => numberBelow(series, number),
  );
}

function checked(up: (number: number) => number, down: (number: number) => number): Rounder {
  const rounded = (value: unknown, round: (number: number) => number): Double => {
    const number = boundary(value);
    return new Double(number === 0 ? 0 : round(number));
  };
  return { up: (value) => rounded(value, up), down: (value) => rounded(value, down) };
}

function boundary(value: unknown): number {
  if (!isNumeric(value)) {
    const message = `$bucketAuto can specify a 'granularity' with numeric boundaries only, but found a value with type: ${typeName(value)}`;
    throw new CommandError(40258, message);
  }
  const number = toDouble(value);
  if (Number.isNaN(number)) {
    throw new CommandError(
      40259,
      "$bucketAuto can specify a 'granularity' with numeric boundaries only, but found a NaN",
    );
  }
  if (number >= 0) return number;
  const message = `$bucketAuto can specify a 'granularity' with non-negative numbers only, but found a negative number`;
  throw new CommandError(40260, message);
}

const powerAbove = (number: number): number => 2 ** (Math.floor(Math.log2(number)) + 1);
const powerBelow = (number: number): number => 2 ** (Math.ceil(Math.log2(number)) - 1);

/** The power of ten with which the series begins at or just below the number. */
function scaleFor([first = 1]: readonly number[], number: number): number {
  const exponent = Math.floor(Math.log10(number / first));
  // The logarithm of a power of ten may fall to either side of it.
  return first * 10 ** (exponent + 1) <= number ? exponent + 1 : exponent;
}

/** Dividing keeps 0.63 from becoming 0.6300000000000001. */
const scaled = (preferred: number, exponent: number): number =>
  exponent < 0 ? preferred / 10 ** -exponent : preferred * 10 ** exponent;

function numberAbove(series: readonly number[], number: number): number {
  const exponent = scaleFor(series, number);
  const above = series.map((one) => scaled(one, exponent)).find((one) => one > number);
  return above ?? scaled(series[0] ?? 1, exponent + 1);
}

function numberBelow(series: readonly number[], number: number): number {
  const exponent = scaleFor(series, number);
  const below = series.map((one) => scaled(one, exponent)).findLast((one) => one < number);
  return below ?? scaled(series.at(-1) ?? 1, exponent - 1);
}
