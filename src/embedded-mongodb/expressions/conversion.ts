import { Decimal128, Double, Int32, Long, ObjectId, Timestamp } from 'bson';
import { CommandError } from '../errors.ts';
import { isTruthy } from '../match.ts';
import { typeName, typeNumber, typeNumberOf } from '../match-type.ts';
import { isNumeric, toDouble } from '../values.ts';
import type { OperatorCompiler } from './frame.ts';
import { isNullish, namedOperands, plain } from './frame.ts';
import { decimalOf, integerOf, kindOf } from './numbers.ts';

const CONVERSION_FAILURE = 241;

const unsupported = (value: unknown, to: string): CommandError =>
  new CommandError(
    CONVERSION_FAILURE,
    `Unsupported conversion from ${typeName(value)} to ${to} in $convert with no onError value`,
  );

const unparsed = (value: string, why: string): CommandError =>
  new CommandError(
    CONVERSION_FAILURE,
    `Failed to parse number '${value}' in $convert with no onError value: ${why}`,
  );

function toBoolean(value: unknown): boolean {
  return isNumeric(value) ? isTruthy(value) : value !== false;
}

/** The whole part of what counts as a number. @throws CommandError 241 */
function wholeOf(value: unknown, to: 'int' | 'long'): bigint {
  if (typeof value === 'boolean') return value ? 1n : 0n;
  if (typeof value === 'string') {
    if (!/^[-+]?\d+$/.test(value)) throw unparsed(value, 'Did not consume whole string.');
    return BigInt(value.replace('+', ''));
  }
  if (value instanceof Date && to === 'long') return BigInt(value.getTime());
  if (!isNumeric(value)) throw unsupported(value, to);
  if (!Number.isFinite(toDouble(value))) {
    const message =
      'Attempt to convert NaN or infinity value to integer type in $convert with no onError value';
    throw new CommandError(CONVERSION_FAILURE, message);
  }
  if (kindOf(value) === 'double') return BigInt(Math.trunc(toDouble(value)));
  const { coefficient, exponent } = decimalOf(value);
  return exponent >= 0 ? coefficient * 10n ** BigInt(exponent) : coefficient / 10n ** BigInt(-exponent);
}

function toInteger(value: unknown, to: 'int' | 'long'): unknown {
  const whole = wholeOf(value, to);
  const result = integerOf(whole, to);
  if (to === 'int' ? result instanceof Int32 : result instanceof Long) return result;
  const message = `Conversion would overflow target type in $convert with no onError value: ${whole}`;
  throw new CommandError(CONVERSION_FAILURE, message);
}

function toFloating(value: unknown): unknown {
  if (typeof value === 'boolean') return new Double(value ? 1 : 0);
  if (value instanceof Date) return new Double(value.getTime());
  if (typeof value === 'string') {
    const number = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$|^[-+]?(Infinity|NaN)$/i.test(value)
      ? Number(value)
      : null;
    if (number === null) throw unparsed(value, 'Did not consume whole string.');
    return new Double(number);
  }
  if (isNumeric(value)) return new Double(toDouble(value));
  throw unsupported(value, 'double');
}

function toDecimalNumber(value: unknown): unknown {
  if (value instanceof Decimal128) return value;
  if (typeof value === 'boolean') return Decimal128.fromString(value ? '1' : '0');
  if (value instanceof Date) return Decimal128.fromString(String(value.getTime()));
  if (typeof value === 'string') {
    try {
      return Decimal128.fromString(value);
    } catch {
      throw unparsed(value, 'Failed to parse string to decimal');
    }
  }
  if (!isNumeric(value)) throw unsupported(value, 'decimal');
  if (kindOf(value) !== 'double') return Decimal128.fromString(String(decimalOf(value).coefficient));
  // A double is written with its 15 digits: 0.1 is 0.100000000000000.
  const double = toDouble(value);
  return Decimal128.fromString(Number.isFinite(double) ? double.toPrecision(15) : String(double));
}

function toText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  if (value instanceof Date) return value.toISOString();
  if (value instanceof ObjectId) return value.toHexString();
  if (value instanceof Decimal128) return value.toString();
  if (isNumeric(value)) return kindOf(value) === 'double' ? doubleText(toDouble(value)) : String(value);
  throw unsupported(value, 'string');
}

function doubleText(value: number): string {
  if (Object.is(value, -0)) return '-0';
  const text = String(value);
  return text.replace(/e([-+])(\d)$/, 'e$10$2');
}

function toObjectId(value: unknown): unknown {
  if (value instanceof ObjectId) return value;
  if (typeof value !== 'string') throw unsupported(value, 'objectId');
  if (/^[0-9a-f]{24}$/i.test(value)) return ObjectId.createFromHexString(value);
  const message = `Failed to parse objectId '${value}' in $convert with no onError value: Invalid string length for parsing to OID, expected 24 but found ${value.length}`;
  throw new CommandError(CONVERSION_FAILURE, message);
}

function toDate(value: unknown): unknown {
  if (value instanceof Date) return value;
  if (value instanceof ObjectId) return value.getTimestamp();
  if (value instanceof Timestamp) return new Date(value.getHighBitsUnsigned() * 1_000);
  if (typeof value === 'string') return dateOf(value);
  if (!isNumeric(value) || kindOf(value) === 'int') throw unsupported(value, 'date');
  return new Date(Number(wholeOf(value, 'long')));
}

/** A date as text: ISO 8601 with or without a zone (then UTC). @throws CommandError 241 */
export function dateOf(text: string): Date {
  const isIso = /^\d{4}-\d{2}(-\d{2})?([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?)?\s*(Z|[-+]\d{2}:?\d{2})?$/i.test(
    text,
  );
  const isDay = /^\d{4}-\d{2}(-\d{2})?$/.test(text);
  const zoned = /(Z|[-+]\d{2}:?\d{2})$/i.test(text) || isDay ? text : `${text}Z`;
  const date = isIso
    ? new Date(zoned.replace(' ', 'T').replace(/\s+(?=Z|[-+])/i, ''))
    : new Date(`${text} UTC`);
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})/.exec(text) ?? [];
  // JavaScript takes 30 February for 1 March.
  const isReal =
    day === undefined ||
    new Date(Date.UTC(Number(year), Number(month) - 1, Number(day))).getUTCDate() === Number(day);
  const isYearAlone = /^\s*\d{4}\s*$/.test(text);
  if (isReal && !isYearAlone && !Number.isNaN(date.getTime())) return date;
  const message = `Error parsing date string '${text}'; passing a time zone identifier as part of the string is not allowed`;
  throw new CommandError(CONVERSION_FAILURE, message);
}

const BY_NUMBER: Readonly<Record<number, (value: unknown) => unknown>> = {
  1: toFloating,
  2: toText,
  7: toObjectId,
  8: toBoolean,
  9: toDate,
  16: (value) => toInteger(value, 'int'),
  18: (value) => toInteger(value, 'long'),
  19: toDecimalNumber,
};

function converted(value: unknown, to: number): unknown {
  if (typeNumber(value) === to) return value;
  const convert = BY_NUMBER[to];
  if (convert === undefined) throw unsupported(value, String(to));
  return convert(value);
}

function shortcut(name: string, to: number): OperatorCompiler {
  return plain(name, 1, (value) => (isNullish(value) ? null : converted(value, to)));
}

const convert: OperatorCompiler = (operand, compile) => {
  const given = namedOperands('$convert', operand, {
    required: { input: null, to: null },
    optional: ['onError', 'onNull'],
  });
  const input = compile(given['input']);
  const to = compile(given['to']);
  const onError = 'onError' in given ? compile(given['onError']) : null;
  const onNull = 'onNull' in given ? compile(given['onNull']) : null;
  return (frame) => {
    const value = input(frame);
    if (isNullish(value)) return onNull === null ? null : onNull(frame);
    const type = to(frame);
    if (isNullish(type)) return null;
    const number = typeNumberOf(type);
    try {
      return converted(value, number);
    } catch (error) {
      if (onError !== null && error instanceof CommandError && error.code === CONVERSION_FAILURE)
        return onError(frame);
      throw error;
    }
  };
};

/** Types and conversions between them. */
export const CONVERSION: Readonly<Record<string, OperatorCompiler>> = {
  $type: plain('$type', 1, (value) => (value === undefined ? 'missing' : typeName(value))),
  $isNumber: plain('$isNumber', 1, isNumeric),
  $isArray: plain('$isArray', 1, Array.isArray),
  $convert: convert,
  $toBool: shortcut('$toBool', 8),
  $toInt: shortcut('$toInt', 16),
  $toLong: shortcut('$toLong', 18),
  $toDouble: shortcut('$toDouble', 1),
  $toDecimal: shortcut('$toDecimal', 19),
  $toString: shortcut('$toString', 2),
  $toObjectId: shortcut('$toObjectId', 7),
  $toDate: shortcut('$toDate', 9),
};
