import { capacityOf, type SymbolLevel } from './plan.ts';

/** Where a symbol's modules are. Source: ISO/IEC 18004:2024 §6.3, §7.7, §7.9 */

/** Centres of alignment patterns on both axes, by version from 1. Source: Annex E, table E.1 */
const ALIGNMENT: readonly (readonly number[])[] = [
  [],
  [6, 18],
  [6, 22],
  [6, 26],
  [6, 30],
  [6, 34],
  [6, 22, 38],
  [6, 24, 42],
  [6, 26, 46],
];

/** A symbol's modules row by row; 1 is dark. `fixed` are those that no codeword fills. */
export type Layout = {
  readonly size: number;
  readonly modules: Uint8Array;
  readonly fixed: Uint8Array;
  /** The module of each bit of the codewords, in their order. */
  readonly places: readonly number[];
};

type Grid = Pick<Layout, 'size' | 'modules' | 'fixed'>;
type Place = readonly [x: number, y: number];

function set({ size, modules, fixed }: Grid, [x, y]: Place, isDark: boolean): void {
  if (x < 0 || y < 0 || x >= size || y >= size) return;
  modules[y * size + x] = isDark ? 1 : 0;
  fixed[y * size + x] = 1;
}

/** The rings of a finder or alignment pattern: of its squares around the middle, those `light` are not dark. */
function drawRings(
  grid: Grid,
  at: { readonly x: number; readonly y: number },
  light: readonly number[],
): void {
  const reach = Math.max(...light, 2);
  for (let dy = -reach; dy <= reach; dy += 1) {
    for (let dx = -reach; dx <= reach; dx += 1) {
      const distance = Math.max(Math.abs(dx), Math.abs(dy));
      set(grid, [at.x + dx, at.y + dy], !light.includes(distance));
    }
  }
}

function drawPatterns(grid: Grid, version: number): void {
  const { size, fixed } = grid;
  const last = size - 4;
  for (const [x, y] of [
    [3, 3],
    [last, 3],
    [3, last],
  ] as const) {
    // With its separator: a light ring around the finder.
    drawRings(grid, { x, y }, [2, 4]);
  }
  for (const y of ALIGNMENT[version - 1] ?? []) {
    for (const x of ALIGNMENT[version - 1] ?? []) {
      if (fixed[y * size + x] === 0) drawRings(grid, { x, y }, [1]);
    }
  }
  for (let at = 8; at < size - 8; at += 1) {
    set(grid, [at, 6], at % 2 === 0);
    set(grid, [6, at], at % 2 === 0);
  }
}

/** The cells of the two copies of the format, by bit from the least. Source: §7.9.1, figure 25 */
function formatCells(size: number): readonly (readonly [number, number])[][] {
  return Array.from({ length: 15 }, (_, bit) => {
    const down = bit < 6 ? bit : bit < 8 ? bit + 1 : size - 15 + bit;
    const left = bit < 8 ? size - 1 - bit : bit === 8 ? 7 : 14 - bit;
    return [
      [8, down],
      [left, 8],
    ];
  });
}

/** The remainder of `value` divided by the generator polynomial of a BCH code. */
function remainder(value: number, generator: number, degree: number): number {
  let rest = value << degree;
  for (let bit = 31 - Math.clz32(rest); rest !== 0 && bit >= degree; bit = 31 - Math.clz32(rest)) {
    rest ^= generator << (bit - degree);
  }
  return rest;
}

const LEVEL_BITS: Readonly<Record<SymbolLevel, number>> = { M: 0b00, Q: 0b11 };

/** Level and mask with their correction. Source: §7.9.1, Annex C */
function formatBits(level: SymbolLevel, mask: number): number {
  const bits = (LEVEL_BITS[level] << 3) | mask;
  return ((bits << 10) | remainder(bits, 0b101_0011_0111, 10)) ^ 0b101_0100_0001_0010;
}

function drawVersion(grid: Grid, version: number): void {
  if (version < 7) return;
  // Source: §7.10, Annex D
  const bits = (version << 12) | remainder(version, 0b1_1111_0010_0101, 12);
  for (let bit = 0; bit < 18; bit += 1) {
    const [x, y] = [grid.size - 11 + (bit % 3), Math.floor(bit / 3)];
    set(grid, [x, y], ((bits >> bit) & 1) === 1);
    set(grid, [y, x], ((bits >> bit) & 1) === 1);
  }
}

/** The order in which codewords fill a symbol: pairs of columns from the right, up and down. Source: §7.7.3 */
function placesOf({ size, fixed }: Grid): readonly number[] {
  const places: number[] = [];
  let isUp = true;
  for (let right = size - 1; right > 0; right -= 2) {
    if (right === 6) right -= 1;
    for (let step = 0; step < size; step += 1) {
      const y = isUp ? size - 1 - step : step;
      for (const x of [right, right - 1]) {
        if (fixed[y * size + x] === 0) places.push(y * size + x);
      }
    }
    isUp = !isUp;
  }
  return places;
}

/** What every symbol of a version has, before codewords, mask and format. */
export function layoutOf(version: number): Layout {
  const size = 17 + 4 * version;
  const grid = { size, modules: new Uint8Array(size * size), fixed: new Uint8Array(size * size) };
  drawPatterns(grid, version);
  for (const cells of formatCells(size)) for (const cell of cells) set(grid, cell, false);
  set(grid, [8, size - 8], true);
  drawVersion(grid, version);
  return { ...grid, places: placesOf(grid) };
}

/** Which cells each mask turns over, by row and column. Source: §7.8.2, table 10 */
const MASKS: readonly ((row: number, column: number) => boolean)[] = [
  (i, j) => (i + j) % 2 === 0,
  (i) => i % 2 === 0,
  (_, j) => j % 3 === 0,
  (i, j) => (i + j) % 3 === 0,
  (i, j) => (Math.floor(i / 2) + Math.floor(j / 3)) % 2 === 0,
  (i, j) => ((i * j) % 2) + ((i * j) % 3) === 0,
  (i, j) => (((i * j) % 2) + ((i * j) % 3)) % 2 === 0,
  (i, j) => (((i + j) % 2) + ((i * j) % 3)) % 2 === 0,
];

/** What a mask adds to a symbol, its format included: exclusive-or puts it on. */
function maskModules(layout: Layout, level: SymbolLevel, mask: number): Uint8Array {
  const { size, fixed } = layout;
  const turns = MASKS[mask];
  if (turns === undefined) throw new RangeError(`No mask ${mask}`);
  const modules = Uint8Array.from(fixed, (isFixed, at) =>
    isFixed === 0 && turns(Math.floor(at / size), at % size) ? 1 : 0,
  );
  const bits = formatBits(level, mask);
  for (const [bit, cells] of formatCells(size).entries()) {
    for (const [x, y] of cells) modules[y * size + x] = (bits >> bit) & 1;
  }
  return modules;
}

export const maskPlanes = (layout: Layout, level: SymbolLevel): readonly Uint8Array[] =>
  MASKS.map((_, mask) => maskModules(layout, level, mask));

/** Of a data codeword's place in the message, its place among all codewords. Source: §7.6, interleaving */
export function interleaved(version: number, level: SymbolLevel) {
  const { data, correction, blocks } = capacityOf(version, level);
  const short = Math.floor(data / blocks);
  const shortBlocks = blocks - (data % blocks);
  const perBlock = correction / blocks;
  const blockList = Array.from({ length: blocks }, (_, block) => ({
    length: short + (block < shortBlocks ? 0 : 1),
    from: block * short + Math.max(0, block - shortBlocks),
  }));
  const order = Array.from({ length: short + 1 }, (_, column) =>
    blockList.flatMap(({ length, from }) => (column < length ? [from + column] : [])),
  ).flat();
  return { blocks: blockList, perBlock, order };
}
