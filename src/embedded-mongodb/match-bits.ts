import { Binary } from 'bson';
import { CommandError } from './errors.ts';
import { isNumeric, plainNumber, toDouble } from './values.ts';

/** Positions of the bits that a `$bits…` operator asks about, 0 the lowest. */
export function bitsMask(operand: unknown): readonly number[] {
  if (Array.isArray(operand)) {
    return operand.map((position) => {
      const bit = toDouble(position);
      if (!Number.isInteger(bit) || bit < 0) {
        throw new CommandError('BadValue', 'bit positions must be integers >= 0');
      }
      return bit;
    });
  }
  if (operand instanceof Binary) return binaryBits(operand);
  const mask = isNumeric(operand) ? toDouble(operand) : Number.NaN;
  if (!Number.isInteger(mask) || mask < 0) {
    throw new CommandError(
      'FailedToParse',
      'Expected a non-negative integer, a list of positions or binary data',
    );
  }
  return integerBits(BigInt(plainNumber(operand) ?? mask));
}

function integerBits(mask: bigint): number[] {
  return Array.from({ length: 64 }, (_, bit) => bit).filter((bit) => ((mask >> BigInt(bit)) & 1n) === 1n);
}

function binaryBits(mask: Binary): number[] {
  return [...mask.value()].flatMap((byte, index) =>
    [0, 1, 2, 3, 4, 5, 6, 7].filter((bit) => (byte >> bit) & 1).map((bit) => index * 8 + bit),
  );
}

/** Test of one `$bits…` operator on integers and binary values. */
export function bitsTest(operator: string, positions: readonly number[]): (value: unknown) => boolean {
  return (value) => {
    const isSet = bitReader(value);
    if (isSet === null) return false;
    switch (operator) {
      case '$bitsAllSet':
        return positions.every(isSet);
      case '$bitsAnySet':
        return positions.some(isSet);
      case '$bitsAllClear':
        return !positions.some(isSet);
      default:
        return !positions.every(isSet);
    }
  };
}

function bitReader(value: unknown): ((bit: number) => boolean) | null {
  if (value instanceof Binary) {
    const bytes = value.value();
    return (bit) => (((bytes[bit >> 3] ?? 0) >> (bit & 7)) & 1) === 1;
  }
  const number = plainNumber(value);
  if (number === null || (typeof number === 'number' && !Number.isSafeInteger(number))) return null;
  const integer = BigInt.asIntN(64, BigInt(number));
  return (bit) => ((integer >> BigInt(Math.min(bit, 63))) & 1n) === 1n;
}
