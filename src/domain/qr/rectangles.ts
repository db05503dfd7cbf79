const lowestBit = (word: number): number => 31 - Math.clz32(word & -word);

/** The modules 32 × column … of row y, as `penalty.ts` has them. */
type Words = Int32Array;

/**
 * The dark modules as few rectangles that do not overlap: each run of a row is carried down as far as the rows below
 * have the same run. Fewer edges, so fewer seams where a renderer smooths them. Words of a symbol whose rows are one
 * word each; a run that the next word of a row goes on with is cut there.
 * @returns x, y, width and height of each, one after the other: an object for each would cost more than finding it
 */
export function rectanglesOfWords(words: Words, size: number): readonly number[] {
  const found: number[] = [];
  for (let start = 0, left = 0; start < words.length; start += size, left += 32) {
    addRectangles(found, words.subarray(start, start + size), left);
  }
  return found;
}

/** The rectangles of one column of words, whose first module is at `left`. */
function addRectangles(found: number[], rows: Words, left: number): void {
  const done = new Int32Array(rows.length);
  for (let y = 0; y < rows.length; y += 1) {
    const row = rows[y] as number;
    let rest = row & ~(done[y] as number);
    while (rest !== 0) {
      const x = lowestBit(rest);
      // From the lowest dark module to before the next light one.
      const light = ~row & (-1 << x);
      const end = light === 0 ? 32 : lowestBit(light);
      const run = (end === 32 ? -1 : (1 << end) - 1) & (-1 << x);
      const around = run | (run << 1) | (run >>> 1);
      let bottom = y + 1;
      while (bottom < rows.length && ((rows[bottom] as number) & around) === run) {
        done[bottom] = (done[bottom] as number) | run;
        bottom += 1;
      }
      rest &= ~run;
      found.push(left + x, y, end - x, bottom - y);
    }
  }
}
