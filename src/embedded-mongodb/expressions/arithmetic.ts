import { Decimal128, Double, Long } from 'bson';
import { CommandError } from '../errors.ts';
import { typeName } from '../match-type.ts';
import { isNumeric, toDouble } from '../values.ts';
import {
  decimalExp,
  decimalLn,
  decimalLog,
  decimalLog10,
  decimalPower,
  decimalRoot,
} from './decimal-functions.ts';
import type { Compile, Expression, OperatorCompiler } from './frame.ts';
import { isNullish, operandsOf, plain } from './frame.ts';
import {
  bigOf,
  combine,
  decimalOf,
  integerOf,
  isNegative,
  kindOf,
  quotient,
  remainder,
  roundedOff,
  signOf,
  toDecimal,
  wider,
} from './numbers.ts';

const MANY = 1_000_000;

/** `$add`: numbers, and at most one date among them. */
const add: OperatorCompiler = (operand, compile) => {
  const parts = operandsOf('$add', operand, compile, [0, MANY]);
  return (frame) => {
    let sum: unknown = integerOf(0n, 'int');
    let date: Date | null = null;
    for (const part of parts) {
      const value = part(frame);
      if (isNullish(value)) return null;
      if (value instanceof Date) {
        if (date !== null) throw new CommandError(16612, 'only one date allowed in an $add expression');
        date = value;
      } else if (isNumeric(value)) sum = combine('add', sum, value);
      else {
        throw new CommandError(
          'TypeMismatch',
          `$add only supports numeric or date types, not ${typeName(value)}`,
        );
      }
    }
    return date === null ? sum : new Date(date.getTime() + Math.round(toDouble(sum)));
  };
};

function subtract(left: unknown, right: unknown): unknown {
  if (isNullish(left) || isNullish(right)) return null;
  if (isNumeric(left) && isNumeric(right)) return combine('subtract', left, right);
  if (left instanceof Date && right instanceof Date) return Long.fromNumber(left.getTime() - right.getTime());
  if (left instanceof Date && isNumeric(right)) return new Date(left.getTime() - Math.round(toDouble(right)));
  const message = `can't $subtract ${typeName(right)} from ${typeName(left)}`;
  throw new CommandError('TypeMismatch', message);
}

const multiply: OperatorCompiler = (operand, compile) => {
  const parts = operandsOf('$multiply', operand, compile, [0, MANY]);
  return (frame) => {
    let product: unknown = integerOf(1n, 'int');
    for (const part of parts) {
      const value = part(frame);
      if (isNullish(value)) return null;
      if (!isNumeric(value)) {
        const message = `$multiply only supports numeric types, not ${typeName(value)}`;
        throw new CommandError('TypeMismatch', message);
      }
      product = combine('multiply', product, value);
    }
    return product;
  };
};

function divide(left: unknown, right: unknown): unknown {
  if (isNullish(left) || isNullish(right)) return null;
  if (!isNumeric(left) || !isNumeric(right)) {
    const message = `$divide only supports numeric types, not ${typeName(left)} and ${typeName(right)}`;
    throw new CommandError('TypeMismatch', message);
  }
  if (toDouble(right) === 0) throw new CommandError('BadValue', "can't $divide by zero");
  return quotient(left, right);
}

function mod(left: unknown, right: unknown): unknown {
  if (isNullish(left) || isNullish(right)) return null;
  if (!isNumeric(left) || !isNumeric(right)) {
    const message = `$mod only supports numeric types, not ${typeName(left)} and ${typeName(right)}`;
    throw new CommandError(16611, message);
  }
  if (toDouble(right) === 0) throw new CommandError(16610, "can't $mod by zero");
  return remainder(left, right);
}

/** A function of one number; null stays null. @throws CommandError 28765 */
function ofNumber(name: string, calculate: (value: unknown) => unknown): OperatorCompiler {
  return plain(name, 1, (value) => {
    if (isNullish(value)) return null;
    if (isNumeric(value)) return calculate(value);
    throw new CommandError(28765, `${name} only supports numeric types, not ${typeName(value)}`);
  });
}

/** One that has no exact answer: a double, or for a decimal a decimal with a double's digits. */
function inexact(name: string, calculate: (value: number) => number): OperatorCompiler {
  return ofNumber(name, (value) => inKind(value, calculate(toDouble(value))));
}

/** A logarithm of NaN is a double, whatever NaN was. Source: server, expression.cpp, ExpressionLn, ExpressionLog */
const NOT_A_NUMBER = new Double(NaN);

/** How a function is calculated for doubles, and for decimals with all their digits. */
type BothWays = {
  readonly ofDouble: (value: number) => number;
  readonly ofDecimal: (value: unknown) => Decimal128;
};

const bothWays = (value: unknown, { ofDouble, ofDecimal }: BothWays): unknown =>
  kindOf(value) === 'decimal' ? ofDecimal(value) : new Double(ofDouble(toDouble(value)));

function inKind(value: unknown, result: number): unknown {
  return kindOf(value) === 'decimal' ? Decimal128.fromString(String(result)) : new Double(result);
}

function abs(value: unknown): unknown {
  if (value instanceof Long && value.equals(Long.MIN_VALUE)) {
    throw new CommandError(28680, "can't take $abs of long long min");
  }
  return isNegative(value) ? combine('multiply', value, integerOf(-1n, 'int')) : value;
}

/** Towards the digit that `pick` chooses of the whole part and whether anything is left over it. */
function wholeOf(calculate: (value: number) => number): (value: unknown) => unknown {
  return (value) => {
    switch (kindOf(value)) {
      case 'double':
        return new Double(calculate(toDouble(value)));
      case 'decimal': {
        const double = toDouble(value);
        if (!Number.isFinite(double)) return value;
        const { coefficient, exponent } = decimalOf(value);
        if (exponent >= 0) return value;
        const unit = 10n ** BigInt(-exponent);
        const whole = coefficient / unit;
        const rest = coefficient % unit;
        const step = rest === 0n ? 0 : calculate(rest < 0n ? -0.5 : 0.5);
        return toDecimal(whole + BigInt(step), 0);
      }
      default:
        return value;
    }
  };
}

/** `$round` and `$trunc` to a place before or after the point; halves go to the even digit. */
function toPlace(name: string, cut: (coefficient: bigint, digits: number) => bigint): OperatorCompiler {
  return plain(name, [1, 2], (value, place) => {
    if (isNullish(value) || place === null) return null;
    if (!isNumeric(value)) throw new CommandError(51081, `${name} only supports numeric types`);
    const at = place === undefined ? 0 : toDouble(place);
    if (!Number.isInteger(at))
      throw new CommandError(51082, `precision of ${name} must be an integral value`);
    if (at < -20 || at > 100)
      throw new CommandError(51083, `cannot apply ${name} with precision value ${at}`);
    return placed(value, at, cut);
  });
}

function placed(
  value: unknown,
  place: number,
  cut: (coefficient: bigint, digits: number) => bigint,
): unknown {
  const kind = kindOf(value);
  if (kind === 'int' || kind === 'long') {
    return place >= 0 ? value : integerOf(cut(bigOf(value), -place) * 10n ** BigInt(-place), kind);
  }
  const double = toDouble(value);
  if (!Number.isFinite(double)) return value;
  const { coefficient, exponent } = kind === 'decimal' ? decimalOf(value) : exactOf(double);
  const excess = -exponent - place;
  if (excess <= 0) return value;
  const digits = cut(coefficient, excess);
  if (kind === 'decimal')
    return toDecimal(digits * (place < 0 ? 10n ** BigInt(-place) : 1n), Math.min(-place, 0));
  return new Double(Number(`${digits}e${-place}`));
}

/** The double with all the digits that matter here. Source: MongoDB rounds a double by its 34 digits */
function exactOf(double: number) {
  const [mantissa = '0', power = '0'] = double.toExponential(33).split('e');
  const [whole = '0', fraction = ''] = mantissa.split('.');
  return { coefficient: BigInt(whole + fraction), exponent: Number(power) - fraction.length };
}

function pow(base: unknown, exponent: unknown): unknown {
  if (isNullish(base) || isNullish(exponent)) return null;
  for (const [value, code] of [
    [base, 28762],
    [exponent, 28763],
  ] as const) {
    if (!isNumeric(value))
      throw new CommandError(code, `$pow's operands must be numeric, not ${typeName(value)}`);
  }
  const [b, e] = [toDouble(base), toDouble(exponent)];
  if (b === 0 && e < 0) throw new CommandError(28764, '$pow cannot take a base of 0 and a negative exponent');
  const kind = wider(kindOf(base), kindOf(exponent));
  if (kind === 'decimal') return decimalPower(base, exponent);
  const isWhole = kind === 'int' || kind === 'long';
  if (isWhole && Math.abs(b) === 1) return integerOf(bigOf(exponent) % 2n === 0n ? 1n : bigOf(base), kind);
  return isWhole && e >= 0 && e <= 63 ? integerOf(bigOf(base) ** BigInt(e), kind) : new Double(b ** e);
}

function log(value: unknown, base: unknown): unknown {
  if (isNullish(value) || isNullish(base)) return null;
  if (!isNumeric(value))
    throw new CommandError(28756, `$log's argument must be numeric, not ${typeName(value)}`);
  if (!isNumeric(base)) throw new CommandError(28757, `$log's base must be numeric, not ${typeName(base)}`);
  if (signOf(value) < 1) throw new CommandError(28758, "$log's argument must be a positive number");
  const b = toDouble(base);
  if (signOf(base) < 1 || b === 1)
    throw new CommandError(28759, "$log's base must be a positive number not equal to 1");
  if (Number.isNaN(toDouble(value)) || Number.isNaN(b)) return NOT_A_NUMBER;
  const kind = wider(kindOf(value), kindOf(base));
  return kind === 'decimal' ? decimalLog(value, base) : new Double(Math.log(toDouble(value)) / Math.log(b));
}

function positive(name: string, code: number, ways: BothWays): OperatorCompiler {
  return ofNumber(name, (value) => {
    if (signOf(value) < (name === '$sqrt' ? 0 : 1)) {
      throw new CommandError(code, `${name}'s argument must be a positive number, but is ${String(value)}`);
    }
    return name !== '$sqrt' && Number.isNaN(toDouble(value)) ? NOT_A_NUMBER : bothWays(value, ways);
  });
}

/** Bits of whole numbers; a wider operand makes the answer a long. */
function bitwise(name: string, start: bigint, calculate: (a: bigint, b: bigint) => bigint): OperatorCompiler {
  return (operand: unknown, compile: Compile): Expression => {
    const parts = operandsOf(name, operand, compile, [0, MANY]);
    return (frame) => {
      let bits = start;
      let kind: 'int' | 'long' = 'int';
      for (const part of parts) {
        const value = part(frame);
        if (isNullish(value)) return null;
        const own = isNumeric(value) ? kindOf(value) : null;
        if (own !== 'int' && own !== 'long') {
          throw new CommandError('TypeMismatch', `${name} only supports int and long operands.`);
        }
        if (own === 'long') kind = 'long';
        bits = calculate(bits, bigOf(value));
      }
      return integerOf(bits, kind);
    };
  };
}

const bitNot = ofNumber('$bitNot', (value) => {
  const kind = kindOf(value);
  if (kind === 'int' || kind === 'long') return integerOf(~bigOf(value), kind);
  throw new CommandError('TypeMismatch', `$bitNot only supports int and long, not: ${typeName(value)}`);
});

function atan2(y: unknown, x: unknown): unknown {
  if (isNullish(y) || isNullish(x)) return null;
  if (!isNumeric(y)) throw new CommandError(51044, `$atan2 only supports numeric types, not ${typeName(y)}`);
  if (!isNumeric(x)) throw new CommandError(51045, `$atan2 only supports numeric types, not ${typeName(x)}`);
  const kind = wider(kindOf(y), kindOf(x));
  const angle = Math.atan2(toDouble(y), toDouble(x));
  return kind === 'decimal' ? Decimal128.fromString(String(angle)) : new Double(angle);
}

/** One that is defined between two bounds. @throws CommandError 50989 */
function within(
  name: string,
  calculate: (value: number) => number,
  [least, most]: readonly [number, number],
) {
  return ofNumber(name, (value) => {
    const double = toDouble(value);
    if (Number.isNaN(double) || (double >= least && double <= most)) return inKind(value, calculate(double));
    throw new CommandError(50989, `cannot apply ${name} to ${double}, value must be in [${least},${most}]`);
  });
}

const TRIGONOMETRY: Readonly<Record<string, OperatorCompiler>> = {
  $sin: within('$sin', Math.sin, [-Number.MAX_VALUE, Number.MAX_VALUE]),
  $cos: within('$cos', Math.cos, [-Number.MAX_VALUE, Number.MAX_VALUE]),
  $tan: within('$tan', Math.tan, [-Number.MAX_VALUE, Number.MAX_VALUE]),
  $asin: within('$asin', Math.asin, [-1, 1]),
  $acos: within('$acos', Math.acos, [-1, 1]),
  $atan: inexact('$atan', Math.atan),
  $atan2: plain('$atan2', 2, atan2),
  $sinh: inexact('$sinh', Math.sinh),
  $cosh: inexact('$cosh', Math.cosh),
  $tanh: inexact('$tanh', Math.tanh),
  $asinh: inexact('$asinh', Math.asinh),
  $acosh: within('$acosh', Math.acosh, [1, Infinity]),
  $atanh: within('$atanh', Math.atanh, [-1, 1]),
  $degreesToRadians: inexact('$degreesToRadians', (degrees) => (degrees * Math.PI) / 180),
  $radiansToDegrees: inexact('$radiansToDegrees', (radians) => (radians * 180) / Math.PI),
};

/** Arithmetic in MongoDB's numeric types. */
export const ARITHMETIC: Readonly<Record<string, OperatorCompiler>> = {
  $add: add,
  $subtract: plain('$subtract', 2, subtract),
  $multiply: multiply,
  $divide: plain('$divide', 2, divide),
  $mod: plain('$mod', 2, mod),
  $abs: ofNumber('$abs', abs),
  $ceil: ofNumber('$ceil', wholeOf(Math.ceil)),
  $floor: ofNumber('$floor', wholeOf(Math.floor)),
  $round: toPlace('$round', roundedOff),
  $trunc: toPlace('$trunc', (coefficient, digits) => coefficient / 10n ** BigInt(digits)),
  $pow: plain('$pow', 2, pow),
  $sqrt: positive('$sqrt', 28714, { ofDouble: Math.sqrt, ofDecimal: decimalRoot }),
  $exp: ofNumber('$exp', (value) => bothWays(value, { ofDouble: Math.exp, ofDecimal: decimalExp })),
  $ln: positive('$ln', 28766, { ofDouble: Math.log, ofDecimal: decimalLn }),
  $log10: positive('$log10', 28761, { ofDouble: Math.log10, ofDecimal: decimalLog10 }),
  $log: plain('$log', 2, log),
  $bitAnd: bitwise('$bitAnd', -1n, (a, b) => a & b),
  $bitOr: bitwise('$bitOr', 0n, (a, b) => a | b),
  $bitXor: bitwise('$bitXor', 0n, (a, b) => a ^ b),
  $bitNot: bitNot,
  ...TRIGONOMETRY,
};
