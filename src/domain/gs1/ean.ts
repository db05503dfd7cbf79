import type { Gtin } from './gtin.ts';

/** A bar of a linear symbol; in modules from the symbol's first one. */
export type Bar = {
  readonly module: number;
  readonly width: number;
  /** A guard bar reaches down between the digits. */
  readonly isGuard: boolean;
};

/** An EAN-13 or EAN-8 symbol, measured in modules. */
export type EanSymbol = {
  /** What is read under it: 13 digits, or 8. */
  readonly text: string;
  readonly bars: readonly Bar[];
  /** From the first bar's left edge to the last one's right edge. */
  readonly width: number;
  readonly quietLeft: number;
  readonly quietRight: number;
  /** Each digit with the left edge of its cell of seven modules; the first of thirteen stands before the bars. */
  readonly digits: readonly { readonly digit: string; readonly module: number }[];
};

/** The width of a digit. */
export const EAN_DIGIT_MODULES = 7;
/** X-dimension: nominal, and 80 % to 200 % of it. Source: GS1 General Specifications §5.12.3, table 1 */
export const EAN_MODULE_MM = { least: 0.264, nominal: 0.33, most: 0.66 } as const;
/** How far guard bars reach below the others. Source: GS1 General Specifications §5.2.3.1 */
export const EAN_GUARD_MODULES = 5;
/** The height of the bars at the nominal size, 22.85 mm of EAN-13 and 18.23 mm of EAN-8, in modules. */
export const eanHeightModules = ({ digits }: EanSymbol): number =>
  (digits.length === 8 ? 18.23 : 22.85) / 0.33;

// Number sets A, B and C; A as dark (1) and light (0) modules. Source: ISO/IEC 15420 §4.3, table 1
const SET_A = [
  '0001101',
  '0011001',
  '0010011',
  '0111101',
  '0100011',
  '0110001',
  '0101111',
  '0111011',
  '0110111',
  '0001011',
] as const;
/** Which set each of the digits 2 to 7 is from, by the first digit. Source: ISO/IEC 15420 §4.3, table 3 */
const PARITY = [
  'AAAAAA',
  'AABABB',
  'AABBAB',
  'AABBBA',
  'ABAABB',
  'ABBAAB',
  'ABBBAA',
  'ABABAB',
  'ABABBA',
  'ABBABA',
] as const;

const complement = (modules: string): string => modules.replace(/[01]/g, (one) => (one === '0' ? '1' : '0'));
const reversed = (modules: string): string => [...modules].reverse().join('');

function digitModules(digit: string, set: string): string {
  const a = SET_A[Number(digit)] ?? '';
  if (set === 'A') return a;
  return set === 'B' ? reversed(complement(a)) : complement(a);
}

const GUARD = '101';
const CENTRE = '01010';

type Halves = { readonly left: string; readonly right: string; readonly parity: string };

function symbolOf(
  { left, right, parity }: Halves,
  rest: Pick<EanSymbol, 'text' | 'quietLeft' | 'quietRight'>,
): EanSymbol {
  const leftModules = [...left].map((digit, at) => digitModules(digit, parity[at] ?? 'A')).join('');
  const rightModules = [...right].map((digit) => digitModules(digit, 'C')).join('');
  const modules = GUARD + leftModules + CENTRE + rightModules + GUARD;
  const centreAt = GUARD.length + leftModules.length;
  const rightAt = centreAt + CENTRE.length;
  const isGuard = (at: number): boolean =>
    at < GUARD.length || at >= modules.length - GUARD.length || (at >= centreAt && at < rightAt);
  const cells = (digits: string, from: number) =>
    [...digits].map((digit, at) => ({ digit, module: from + at * EAN_DIGIT_MODULES }));
  return {
    ...rest,
    bars: [...modules.matchAll(/1+/g)].map(({ 0: run, index }) => ({
      module: index,
      width: run.length,
      isGuard: isGuard(index),
    })),
    width: modules.length,
    digits: [...cells(left, GUARD.length), ...cells(right, rightAt)],
  };
}

/**
 * The linear symbol of a GTIN: EAN-13 of 13 digits, and of 12 with a nought before them, which is the same bars as
 * UPC-A; EAN-8 of 8. Null of a GTIN-14: it is of a case of goods, and EAN symbols have no place for its first digit.
 * Source: ISO/IEC 15420; GS1 General Specifications §5.2
 */
export function eanSymbol({ digits }: Pick<Gtin, 'digits'>): EanSymbol | null {
  if (digits.length === 14) return null;
  if (digits.length === 8) {
    const halves = { left: digits.slice(0, 4), right: digits.slice(4), parity: 'AAAA' };
    return symbolOf(halves, { text: digits, quietLeft: 7, quietRight: 7 });
  }
  const text = digits.padStart(13, '0');
  const [first = '0'] = text;
  const parity = PARITY[Number(first)] ?? 'AAAAAA';
  const symbol = symbolOf(
    { left: text.slice(1, 7), right: text.slice(7), parity },
    { text, quietLeft: 11, quietRight: 7 },
  );
  return { ...symbol, digits: [{ digit: first, module: -9 }, ...symbol.digits] };
}
