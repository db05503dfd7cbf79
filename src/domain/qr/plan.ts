/** How a symbol's text is written: modes, version and level. Source: ISO/IEC 18004:2024 §7.4. */

/** 0–9, capitals and nine signs; two characters take 11 bits. */
export const ALPHANUMERIC = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';

export type SymbolLevel = 'M' | 'Q';
export type Mode = 'alphanumeric' | 'byte';
export type Segment = { readonly mode: Mode; readonly text: string };

/** Up to here the counts of a segment have 9 and 8 bits; a larger symbol is no label's. */
const VERSION_MAX = 9;
export const COUNT_BITS: Readonly<Record<Mode, number>> = { alphanumeric: 9, byte: 8 };
export const MODE_BITS: Readonly<Record<Mode, number>> = { alphanumeric: 0b0010, byte: 0b0100 };

type Blocks = { readonly codewords: number; readonly blocks: number };

/** Error correction codewords of the whole symbol and blocks, by version from 1. Source: §7.5.1, table 9 */
const CORRECTION: Readonly<Record<SymbolLevel, readonly Blocks[]>> = {
  M: [
    { codewords: 10, blocks: 1 },
    { codewords: 16, blocks: 1 },
    { codewords: 26, blocks: 1 },
    { codewords: 36, blocks: 2 },
    { codewords: 48, blocks: 2 },
    { codewords: 64, blocks: 4 },
    { codewords: 72, blocks: 4 },
    { codewords: 88, blocks: 4 },
    { codewords: 110, blocks: 5 },
  ],
  Q: [
    { codewords: 13, blocks: 1 },
    { codewords: 22, blocks: 1 },
    { codewords: 36, blocks: 2 },
    { codewords: 52, blocks: 2 },
    { codewords: 72, blocks: 4 },
    { codewords: 96, blocks: 4 },
    { codewords: 108, blocks: 6 },
    { codewords: 132, blocks: 6 },
    { codewords: 160, blocks: 8 },
  ],
};
/** Codewords of a symbol, by version from 1. Source: §7.5.1, table 1 */
const CODEWORDS = [26, 44, 70, 100, 134, 172, 196, 242, 292];

export type Capacity = { readonly data: number; readonly correction: number; readonly blocks: number };

/** @throws RangeError for a version that labels do not have */
export function capacityOf(version: number, level: SymbolLevel): Capacity {
  const all = CODEWORDS[version - 1];
  const correction = CORRECTION[level][version - 1];
  if (all === undefined || correction === undefined) throw new RangeError(`No version ${version}`);
  return { data: all - correction.codewords, correction: correction.codewords, blocks: correction.blocks };
}

const isAlphanumeric = (text: string): boolean => [...text].every((sign) => ALPHANUMERIC.includes(sign));

function bitsOf({ mode, text }: Segment): number {
  const head = 4 + COUNT_BITS[mode];
  if (mode === 'byte') return head + 8 * Buffer.byteLength(text, 'utf8');
  return head + 11 * Math.floor(text.length / 2) + 6 * (text.length % 2);
}

const sumOfBits = (segments: readonly Segment[]): number =>
  segments.reduce((sum, segment) => sum + bitsOf(segment), 0);

/** Ways to write a text whose last `tail` characters are alphanumeric and change from symbol to symbol. */
function waysOf(text: string, tail: number): readonly (readonly Segment[])[] {
  if (isAlphanumeric(text)) return [[{ mode: 'alphanumeric', text }]];
  let head = 0;
  while (isAlphanumeric(text.charAt(head))) head += 1;
  let start = text.length - tail;
  while (isAlphanumeric(text.charAt(start - 1))) start -= 1;
  const code: Segment = { mode: 'alphanumeric', text: text.slice(start) };
  return [
    [{ mode: 'byte', text }],
    [{ mode: 'byte', text: text.slice(0, start) }, code],
    [
      { mode: 'alphanumeric', text: text.slice(0, head) },
      { mode: 'byte', text: text.slice(head, start) },
      code,
    ],
  ];
}

export type SymbolPlan = {
  readonly version: number;
  readonly level: SymbolLevel;
  /** Modules on a side. */
  readonly size: number;
  readonly segments: readonly Segment[];
};

function smallest(bits: number, level: SymbolLevel): number | null {
  for (let version = 1; version <= VERSION_MAX; version += 1) {
    if (bits <= 8 * capacityOf(version, level).data) return version;
  }
  return null;
}

/**
 * The one plan of all addresses of a run: they differ in their last `tail` characters only, which are a code's. What
 * a code happens to consist of never decides: a run of digits would let one label have a smaller symbol than the next.
 * Level M, or Q where that costs no larger symbol: a scratched label still reads.
 * @param address any one of them
 * @throws RangeError when the address is longer than a label's symbol holds
 */
export function planSymbol(address: string, tail: number): SymbolPlan {
  const ways = [...waysOf(address, tail)].sort((a, b) => sumOfBits(a) - sumOfBits(b));
  const [segments = []] = ways;
  const bits = sumOfBits(segments);
  const version = smallest(bits, 'M');
  if (version === null) throw new RangeError(`No label's symbol holds ${address.length} characters`);
  const level = smallest(bits, 'Q') === version ? 'Q' : 'M';
  return { version, level, size: 17 + 4 * version, segments };
}
