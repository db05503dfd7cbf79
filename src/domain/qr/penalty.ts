/**
 * How hard a masked symbol is to read. Source: ISO/IEC 18004:2024 §7.8.3, with the format in place.
 *
 * A module is one bit of a word, so that one operation looks at up to 32 columns. Words lie one column of words after
 * another: word `column × size + y` has the modules 32 × column … of row y, the leftmost in its least bit.
 */

const BOX = 3;
const FINDER_LIKE = 40;
const BALANCE_STEP = 10;

/** How many bits of a word are set. */
function ones(word: number): number {
  let sum = word - ((word >>> 1) & 0x55555555);
  sum = (sum & 0x33333333) + ((sum >>> 2) & 0x33333333);
  return Math.imul((sum + (sum >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** The bits of a row's last word that are modules; no symbol's side is a multiple of 32. */
const validBits = (size: number, column: number): number =>
  column === Math.floor(size / 32) ? (1 << (size & 31)) - 1 : -1;

/** Vertical runs of one colour: 3 for five modules and 1 for each more. */
export function runsPenalty(words: Int32Array, size: number): number {
  let penalty = 0;
  for (let column = 0, start = 0; start < words.length; column += 1, start += size) {
    const valid = validBits(size, column);
    let before = -1;
    let [a, b, c] = [-1, -1, -1];
    let row = words[start] as number;
    for (let at = start + 1; at < start + size; at += 1) {
      const next = words[at] as number;
      const d = row ^ next;
      // Five alike end here. Where the row above differs, a run begins: its first five count 3.
      const alike = ~(a | b | c | d) & valid;
      if (alike !== 0) penalty += ones(alike) + 2 * ones(alike & before);
      before = a;
      a = b;
      b = c;
      c = d;
      row = next;
    }
  }
  return penalty;
}

/** Vertical 1:1:3:1:1 with four light modules before or after: what a reader takes for a finder. */
export function finderPenalty(words: Int32Array, size: number): number {
  let count = 0;
  for (let column = 0, start = 0; start < words.length; column += 1, start += size) {
    const valid = validBits(size, column);
    const end = start + size;
    for (let at = start; at + 7 <= end; at += 1) {
      const finder =
        (words[at] as number) &
        ~(words[at + 1] as number) &
        (words[at + 2] as number) &
        (words[at + 3] as number) &
        (words[at + 4] as number) &
        ~(words[at + 5] as number) &
        (words[at + 6] as number) &
        valid;
      if (finder === 0) continue;
      if (at >= start + 4) count += ones(finder & light(words, at - 4));
      if (at + 11 <= end) count += ones(finder & light(words, at + 7));
    }
  }
  return FINDER_LIKE * count;
}

/** Where four rows from `at` are light. */
const light = (words: Int32Array, at: number): number =>
  ~(
    (words[at] as number) |
    (words[at + 1] as number) |
    (words[at + 2] as number) |
    (words[at + 3] as number)
  );

/** Squares of 2 × 2 of one colour, and how far dark is from half. */
export function areaPenalty(words: Int32Array, size: number): number {
  let boxes = 0;
  let dark = 0;
  for (let column = 0, start = 0; start < words.length; column += 1, start += size) {
    const isLast = start + size === words.length;
    const valid = validBits(size, column);
    // The last module of a row has no right neighbour.
    const paired = isLast ? valid >>> 1 : valid;
    let row = words[start] as number;
    let turns = row ^ beside(words, start, size);
    dark += ones(row & valid);
    for (let at = start + 1; at < start + size; at += 1) {
      const next = words[at] as number;
      const nextTurns = next ^ beside(words, at, size);
      const box = ~(turns | nextTurns | (row ^ next)) & paired;
      if (box !== 0) boxes += ones(box);
      dark += ones(next & valid);
      row = next;
      turns = nextTurns;
    }
  }
  const percent = (dark * 100) / (size * size);
  return BOX * boxes + BALANCE_STEP * Math.abs(Math.ceil(percent / 5) - 10);
}

/** Each module's right neighbour in its place. */
function beside(words: Int32Array, at: number, size: number): number {
  const word = words[at] as number;
  const next = at + size < words.length ? (words[at + size] as number) : 0;
  return (word >>> 1) | (next << 31);
}
