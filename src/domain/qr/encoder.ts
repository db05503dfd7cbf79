import { correctionOf } from './correction.ts';
import { interleaved, layoutOf, maskPlanes, type Layout } from './layout.ts';
import { areaPenalty, finderPenalty, runsPenalty } from './penalty.ts';
import { ALPHANUMERIC, COUNT_BITS, MODE_BITS, capacityOf, type Segment, type SymbolPlan } from './plan.ts';

/** A symbol as words of bits, as `penalty.ts` has them: word `column × size + y` has the modules from 32 × column of row y, leftmost least. */
export type SymbolWords = Int32Array;

/** The modules of words, row by row; 1 is dark. */
export function modulesOf(words: SymbolWords, size: number): Uint8Array {
  const modules = new Uint8Array(size * size);
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      modules[y * size + x] = ((words[(x >> 5) * size + y] ?? 0) >>> (x & 31)) & 1;
    }
  }
  return modules;
}

/** Bits one after another, most significant first. */
class BitWriter {
  readonly bytes: Uint8Array;
  length = 0;

  constructor(size: number) {
    this.bytes = new Uint8Array(size);
  }

  write(value: number, count: number): void {
    for (let bit = count - 1; bit >= 0; bit -= 1) {
      const at = this.length >> 3;
      if (((value >> bit) & 1) === 1) this.bytes[at] = (this.bytes[at] ?? 0) | (0x80 >> (this.length & 7));
      this.length += 1;
    }
  }
}

const valueOf = (text: string, at: number): number => ALPHANUMERIC.indexOf(text.charAt(at));

/** Source: ISO/IEC 18004:2024 §7.4.4 and §7.4.5 */
function writeSegment(bits: BitWriter, { mode, text }: Segment): void {
  const bytes = Buffer.from(text, 'utf8');
  bits.write(MODE_BITS[mode], 4);
  bits.write(mode === 'byte' ? bytes.length : text.length, COUNT_BITS[mode]);
  if (mode === 'byte') {
    for (const byte of bytes) bits.write(byte, 8);
    return;
  }
  for (let at = 0; at < text.length; at += 2) {
    if (at + 1 < text.length) bits.write(45 * valueOf(text, at) + valueOf(text, at + 1), 11);
    else bits.write(valueOf(text, at), 6);
  }
}

/** The data codewords of segments, filled up. Source: §7.4.9, §7.4.10 */
function dataCodewords(segments: readonly Segment[], count: number): Uint8Array {
  const bits = new BitWriter(count);
  for (const segment of segments) writeSegment(bits, segment);
  let at = (Math.min(bits.length + 4, 8 * count) + 7) >> 3;
  for (let pad = 0; at < count; at += 1, pad += 1) bits.bytes[at] = pad % 2 === 0 ? 0xec : 0x11;
  return bits.bytes;
}

type Frame = { readonly plan: SymbolPlan; readonly layout: Layout };

/** The codewords of a message with their correction, in the order in which they fill the symbol. */
function messageOf({ version, level }: SymbolPlan, data: Uint8Array): Uint8Array {
  const { blocks, perBlock, order } = interleaved(version, level);
  const corrections = blocks.map(({ from, length }) =>
    correctionOf(data.subarray(from, from + length), perBlock),
  );
  const mixed = Array.from({ length: perBlock }, (_, at) => corrections.map((one) => one[at] ?? 0)).flat();
  return Uint8Array.from([...order.map((at) => data[at] ?? 0), ...mixed]);
}

/** Modules as words. @param turned mirrored on the diagonal, so that rows stand where columns were */
export function wordsOf(modules: Uint8Array, size: number, turned = false): SymbolWords {
  const words = new Int32Array(Math.ceil(size / 32) * size);
  for (const [at, module] of modules.entries()) {
    if (module === 0) continue;
    const [column, row] = [at % size, Math.floor(at / size)];
    const [x, y] = turned ? [row, column] : [column, row];
    const word = (x >> 5) * size + y;
    words[word] = (words[word] ?? 0) | (1 << (x & 31));
  }
  return words;
}

/** Both orientations one after the other, for the columns and for the rows. */
const bothWays = (modules: Uint8Array, size: number): Int32Array =>
  Int32Array.from([...wordsOf(modules, size), ...wordsOf(modules, size, true)]);

/** What a message adds to an unmasked symbol; of a base, the patterns as well. Both orientations in one array. */
function drawn({ plan, layout }: Frame, data: Uint8Array, base: Uint8Array): Int32Array {
  const modules = base.slice();
  const message = messageOf(plan, data);
  for (const [bit, place] of layout.places.entries()) {
    if ((((message[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1) === 1) modules[place] = 1;
  }
  return bothWays(modules, layout.size);
}

const NIBBLES = 16;

/**
 * What each half codeword adds to the symbol, for the codewords from `first`. A symbol before masking is linear in its
 * data: correction, interleaving and placing are all exclusive-ors, so a table of the parts replaces all three.
 */
function halfTables(frame: Frame, first: number, count: number): readonly Int32Array[][] {
  const { data: length } = capacityOf(frame.plan.version, frame.plan.level);
  const nothing = new Uint8Array(frame.layout.modules.length);
  return Array.from({ length: 2 * count }, (_, half) => {
    const shift = half % 2 === 0 ? 4 : 0;
    return Array.from({ length: NIBBLES }, (__, value) => {
      const data = new Uint8Array(length);
      data[first + (half >> 1)] = value << shift;
      return drawn(frame, data, nothing);
    });
  });
}

/** Encodes a run's addresses: the same but for their last characters. */
export type RunEncoder = {
  readonly plan: SymbolPlan;
  /**
   * @param code as many characters of the alphanumeric set as the plan's tail
   * @returns words that are overwritten by the next call
   */
  encode(code: string): SymbolWords;
};

/** The mask of least penalty, the first of several. Source: §7.8.3.1 */
function maskChooser(planes: readonly Int32Array[], size: number) {
  const length = (planes[0]?.length ?? 0) / 2;
  const candidate = new Int32Array(2 * length);
  const upright = candidate.subarray(0, length);
  const turned = candidate.subarray(length);
  const best = new Int32Array(length);
  const penaltyBelow = (limit: number): number => {
    // Each part only adds: what is not better already never will be.
    let penalty = runsPenalty(upright, size) + runsPenalty(turned, size);
    if (penalty < limit) penalty += areaPenalty(upright, size);
    if (penalty < limit) penalty += finderPenalty(upright, size);
    if (penalty < limit) penalty += finderPenalty(turned, size);
    return penalty;
  };
  return (symbol: Int32Array): Int32Array => {
    let least = Infinity;
    for (const plane of planes) {
      for (let at = 0; at < candidate.length; at += 1) {
        candidate[at] = (symbol[at] as number) ^ (plane[at] as number);
      }
      const penalty = penaltyBelow(least);
      if (penalty >= least) continue;
      least = penalty;
      best.set(upright);
    }
    return best;
  };
}

/** The first and last codeword that a change of the last `tail` characters may change. */
function changingCodewords(plan: SymbolPlan, tail: number): { first: number; count: number } {
  const bits = new BitWriter(capacityOf(plan.version, plan.level).data);
  for (const segment of plan.segments) writeSegment(bits, segment);
  const last = plan.segments.at(-1);
  // Two alphanumeric characters share eleven bits, the first perhaps with one that does not change.
  const fromEnd = last?.mode === 'byte' ? 8 * tail : 11 * Math.ceil((tail + 1) / 2);
  const first = Math.max(0, bits.length - fromEnd) >> 3;
  return { first, count: ((bits.length - 1) >> 3) - first + 1 };
}

/**
 * An encoder for the addresses that begin like `plan`'s and end in another code of `tail` characters.
 * It makes its tables at once (a few milliseconds) and then encodes some ten thousand symbols a second.
 */
export function runEncoder(plan: SymbolPlan, tail: number): RunEncoder {
  const frame: Frame = { plan, layout: layoutOf(plan.version) };
  const { size } = frame.layout;
  const { data: length } = capacityOf(plan.version, plan.level);
  const before = plan.segments.slice(0, -1);
  const last = plan.segments.at(-1);
  if (last === undefined) throw new RangeError('A symbol says something');
  const head = last.text.slice(0, last.text.length - tail);
  const { first, count } = changingCodewords(plan, tail);
  const blank = dataCodewords(plan.segments, length).fill(0, first, first + count);
  const base = drawn(frame, blank, frame.layout.modules);
  const tables = halfTables(frame, first, count);
  const planes = maskPlanes(frame.layout, plan.level).map((plane) => bothWays(plane, size));
  const choose = maskChooser(planes, size);
  const symbol = new Int32Array(base.length);
  const add = (part: Int32Array): void => {
    for (let at = 0; at < part.length; at += 1) symbol[at] = (symbol[at] as number) ^ (part[at] as number);
  };
  return {
    plan,
    encode(code) {
      if (code.length !== tail) throw new RangeError(`${code} has not ${tail} characters`);
      const data = dataCodewords([...before, { mode: last.mode, text: head + code }], length);
      symbol.set(base);
      for (let at = 0; at < count; at += 1) {
        const byte = data[first + at] ?? 0;
        add(tables[2 * at]?.[byte >> 4] ?? base);
        add(tables[2 * at + 1]?.[byte & 15] ?? base);
      }
      return choose(symbol);
    },
  };
}
