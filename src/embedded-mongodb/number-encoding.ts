import { Decimal128, Double, Int32, Long } from 'bson';

/** Follows the eight bytes of a double that is the number itself. */
const EXACT = 0x00;
/** Follows the double just below a number that no double holds; its decimal digits come after. */
const ABOVE_DOUBLE = 0x01;
const EXPONENT_BIAS = 0x8000;

/** An exact decimal number: coefficient × 10^exponent. */
export type Decimal = { readonly coefficient: bigint; readonly exponent: number };

/**
 * Bytes whose order is the order of the numbers, whatever their BSON type; equal numbers give equal bytes.
 * Eight bytes of the greatest double that is not above the number, then a marker, then the number's decimal
 * digits when that double is not the number itself.
 */
export function encodeNumber(value: unknown): Buffer {
  if (typeof value === 'number') return encodeExact(value);
  if (value instanceof Int32 || value instanceof Double) return encodeExact(value.value);
  if (value instanceof Decimal128) return encodeDecimalText(value.toString());
  const integer = value instanceof Long ? value.toBigInt() : (value as bigint);
  const double = Number(integer);
  if (BigInt(double) === integer) return encodeExact(double);
  return encodeInexact(double, { coefficient: integer, exponent: 0 });
}

function encodeExact(double: number): Buffer {
  const bytes = Buffer.alloc(9);
  writeOrderedDouble(bytes, double);
  bytes[8] = EXACT;
  return bytes;
}

/** IEEE 754 bits ordered as unsigned: the sign bit flipped, all bits flipped for negatives; NaN is all zeros. */
function writeOrderedDouble(bytes: Buffer, double: number): void {
  if (Number.isNaN(double)) return;
  bytes.writeDoubleBE(double === 0 ? 0 : double, 0);
  const flip = double < 0 ? 0xff : 0x00;
  for (let index = 0; index < 8; index++) bytes.writeUInt8(bytes.readUInt8(index) ^ flip, index);
  if (flip === 0) bytes.writeUInt8(bytes.readUInt8(0) ^ 0x80, 0);
}

function encodeDecimalText(text: string): Buffer {
  const double = Number(text);
  if (text.endsWith('NaN') || text.endsWith('Infinity')) return encodeExact(double);
  const decimal = parseDecimal(text);
  if (decimal.coefficient === 0n) return encodeExact(0);
  if (Number.isFinite(double) && compareDecimal(doubleAsDecimal(double), decimal) === 0)
    return encodeExact(double);
  return encodeInexact(double, decimal);
}

function encodeInexact(nearest: number, decimal: Decimal): Buffer {
  const isAbove =
    nearest === Infinity ||
    (Number.isFinite(nearest) && compareDecimal(doubleAsDecimal(nearest), decimal) > 0);
  const floor = isAbove ? previousDouble(nearest) : nearest;
  const digits = encodeDigits(decimal);
  const bytes = Buffer.alloc(9 + digits.length);
  writeOrderedDouble(bytes, floor);
  bytes[8] = ABOVE_DOUBLE;
  digits.copy(bytes, 9);
  return bytes;
}

/** 0.d1d2… × 10^e as e (two bytes, biased) and digits + 1, ended by 0; all flipped for negatives. */
function encodeDigits({ coefficient, exponent }: Decimal): Buffer {
  const isNegative = coefficient < 0n;
  const written = (isNegative ? -coefficient : coefficient).toString();
  const digits = written.replace(/0+$/, '');
  const bytes = Buffer.alloc(3 + digits.length);
  bytes.writeUInt16BE(EXPONENT_BIAS + written.length + exponent, 0);
  for (let index = 0; index < digits.length; index++) bytes[2 + index] = digits.charCodeAt(index) - 0x2f;
  if (isNegative) bytes.forEach((byte, index) => bytes.writeUInt8(byte ^ 0xff, index));
  return bytes;
}

/** Decimal128's text (`-1.5E+10`) as coefficient and exponent, exactly. */
export function parseDecimal(text: string): Decimal {
  const [mantissa = '0', power = '0'] = text.toUpperCase().split('E');
  const [whole = '0', fraction = ''] = mantissa.split('.');
  return { coefficient: BigInt(whole + fraction), exponent: Number(power) - fraction.length };
}

/** Every finite double is a decimal: m × 2^-k is m × 5^k × 10^-k. */
function doubleAsDecimal(double: number): Decimal {
  let scaled = double;
  let halvings = 0;
  while (!Number.isInteger(scaled)) {
    scaled *= 2;
    halvings++;
  }
  return { coefficient: BigInt(scaled) * 5n ** BigInt(halvings), exponent: -halvings };
}

function compareDecimal(left: Decimal, right: Decimal): number {
  const exponent = Math.min(left.exponent, right.exponent);
  const a = left.coefficient * 10n ** BigInt(left.exponent - exponent);
  const b = right.coefficient * 10n ** BigInt(right.exponent - exponent);
  return a < b ? -1 : a > b ? 1 : 0;
}

function previousDouble(double: number): number {
  if (double === Infinity) return Number.MAX_VALUE;
  if (double === 0) return -Number.MIN_VALUE;
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, double);
  view.setBigInt64(0, view.getBigInt64(0) + (double > 0 ? -1n : 1n));
  return view.getFloat64(0);
}
