import { blacken, type Bitmap } from './bitmap.ts';

/** Closed lines, each as x, y, x, y …; what they enclose is black (by the non-zero rule, as in fonts). */
export type Contours = readonly (readonly number[])[];

/** Where contours come to lie: the dot of their origin, and how many dots one of their units is; y may be turned. */
export type Placing = {
  readonly x: number;
  readonly y: number;
  readonly scaleX: number;
  readonly scaleY: number;
};

/** Straight pieces of a curve: of a letter a centimetre high they leave the curve by a hundredth of a millimetre. */
const PIECES = 8;
/** Lines of a dot that are looked at; along each, what is covered is exact. */
const LINES = 4;
/** From here on a dot is black; below, white. A little under half: a stroke on a dot's border must not vanish. */
const BLACK_FROM = 0.5 - 1e-6;

const NUMBERS: Readonly<Record<string, number>> = { M: 2, L: 2, Q: 4, C: 6, Z: 0 };

/** The point of a Bézier curve through any number of control points. Source: de Casteljau */
function pointAt(controls: readonly (readonly [number, number])[], t: number): readonly [number, number] {
  let points = controls;
  while (points.length > 1) {
    points = points.slice(1).map(([x, y], index) => {
      const [fromX, fromY] = points[index] as readonly [number, number];
      return [fromX + (x - fromX) * t, fromY + (y - fromY) * t] as const;
    });
  }
  return points[0] as readonly [number, number];
}

/**
 * The contours of an SVG path of absolute `M`, `L`, `Q`, `C` and `Z`, as fonts' outlines are written.
 * @throws RangeError for another command, or when numbers are missing
 */
export function contoursOf(path: string): Contours {
  const contours: number[][] = [];
  let line: number[] = [];
  for (const [, command = '', rest = ''] of path.matchAll(/([A-Za-z])([^A-Za-z]*)/g)) {
    const numbers = (rest.match(/-?\d*\.?\d+(?:e-?\d+)?/g) ?? []).map(Number);
    if (NUMBERS[command] !== numbers.length) throw new RangeError(`“${command}${rest}” is not understood`);
    if (command === 'M') contours.push((line = []));
    if (command === 'M' || command === 'L') line.push(...numbers);
    if (command !== 'Q' && command !== 'C') continue;
    const controls = [...line.slice(-2), ...numbers];
    const points = Array.from(
      { length: controls.length / 2 },
      (_, index) => [controls[2 * index] ?? 0, controls[2 * index + 1] ?? 0] as const,
    );
    for (let piece = 1; piece <= PIECES; piece += 1) line.push(...pointAt(points, piece / PIECES));
  }
  return contours;
}

/**
 * Edges, each between two heights; `turn` says whether it goes down (1) or up (-1). A column for each measure: of
 * objects, thousands in a check, V8 keeps those that are done with, and they took 9 MB in one check of two.
 */
type Edges = {
  readonly count: number;
  readonly top: Float64Array;
  readonly bottom: Float64Array;
  readonly x: Float64Array;
  readonly slope: Float64Array;
  readonly turn: Int8Array;
};

function edgesOf(contours: Contours, { x, y, scaleX, scaleY }: Placing): Edges {
  const points = contours.reduce((sum, line) => sum + line.length / 2, 0);
  const column = () => new Float64Array(points);
  const edges = {
    top: column(),
    bottom: column(),
    x: column(),
    slope: column(),
    turn: new Int8Array(points),
  };
  let count = 0;
  for (const line of contours) {
    for (let at = 0; at < line.length; at += 2) {
      const next = (at + 2) % line.length;
      const [fromX, fromY] = [x + scaleX * (line[at] ?? 0), y + scaleY * (line[at + 1] ?? 0)];
      const [toX, toY] = [x + scaleX * (line[next] ?? 0), y + scaleY * (line[next + 1] ?? 0)];
      if (fromY === toY) continue;
      const isDown = fromY < toY;
      edges.top[count] = isDown ? fromY : toY;
      edges.bottom[count] = isDown ? toY : fromY;
      edges.x[count] = isDown ? fromX : toX;
      edges.slope[count] = (toX - fromX) / (toY - fromY);
      edges.turn[count] = isDown ? 1 : -1;
      count += 1;
    }
  }
  return { ...edges, count };
}

/** A line of dots and how much of each is covered; `left` is the picture's dot that the first of them is. */
type Row = { readonly left: number; readonly covered: Float64Array };

/** Adds what a line from `from` to `to` covers of each dot. */
function cover({ left, covered }: Row, from: number, to: number): void {
  const [start, end] = [Math.max(0, from - left), Math.min(covered.length, to - left)];
  for (let dot = Math.floor(start); dot < end; dot += 1) {
    covered[dot] = (covered[dot] ?? 0) + (Math.min(end, dot + 1) - Math.max(start, dot)) / LINES;
  }
}

/** Where a line crosses edges, from left to right, and which way each goes; used again for every line. */
type Crossings = { readonly x: Float64Array; readonly turn: Int8Array; count: number };

/** Edges, and the places in their columns of those that a row of dots may touch. */
type Nearby = { readonly edges: Edges; readonly near: readonly number[] };

function crossAt(height: number, { edges, near }: Nearby, crossings: Crossings): void {
  const { x, turn } = crossings;
  let count = 0;
  for (const edge of near) {
    const top = edges.top[edge] as number;
    if (height < top || height >= (edges.bottom[edge] as number)) continue;
    const at = (edges.x[edge] as number) + (height - top) * (edges.slope[edge] as number);
    let place = count;
    for (; place > 0 && (x[place - 1] as number) > at; place -= 1) {
      x[place] = x[place - 1] as number;
      turn[place] = turn[place - 1] as number;
    }
    x[place] = at;
    turn[place] = edges.turn[edge] as number;
    count += 1;
  }
  crossings.count = count;
}

function coverLine(row: Row, { x, turn, count }: Crossings): void {
  let winding = 0;
  let from = 0;
  for (let place = 0; place < count; place += 1) {
    const at = x[place] as number;
    if (winding === 0) from = at;
    winding += turn[place] as number;
    if (winding === 0) cover(row, from, at);
  }
}

/** The dots of the picture that edges may touch: from `left` and `first`, before `right` and `end`. */
function boundsOf(edges: Edges, { width, height }: Bitmap) {
  let [left, right, first, end] = [width, 0, height, 0];
  for (let edge = 0; edge < edges.count; edge += 1) {
    const [top, bottom] = [edges.top[edge] as number, edges.bottom[edge] as number];
    const from = edges.x[edge] as number;
    const to = from + (bottom - top) * (edges.slope[edge] as number);
    left = Math.min(left, from, to);
    right = Math.max(right, from, to);
    first = Math.min(first, top);
    end = Math.max(end, bottom);
  }
  return {
    left: Math.max(0, Math.floor(left)),
    right: Math.min(width, Math.ceil(right)),
    first: Math.max(0, Math.floor(first)),
    end: Math.min(height, Math.ceil(end)),
  };
}

/** Blackens the dots that contours cover by half or more; what lies beyond the edge is left out. */
export function fillContours(target: Bitmap, contours: Contours, placing: Placing): void {
  const edges = edgesOf(contours, placing);
  const { left, right, first, end } = boundsOf(edges, target);
  if (left >= right) return;
  const row: Row = { left, covered: new Float64Array(right - left) };
  const crossings: Crossings = {
    x: new Float64Array(edges.count),
    turn: new Int8Array(edges.count),
    count: 0,
  };
  const near: number[] = [];
  const nearby: Nearby = { edges, near };
  for (let y = first; y < end; y += 1) {
    near.length = 0;
    for (let edge = 0; edge < edges.count; edge += 1) {
      if ((edges.top[edge] as number) < y + 1 && (edges.bottom[edge] as number) > y) near.push(edge);
    }
    row.covered.fill(0);
    for (let line = 0; line < LINES; line += 1) {
      crossAt(y + (line + 0.5) / LINES, nearby, crossings);
      coverLine(row, crossings);
    }
    for (let dot = 0; dot < row.covered.length; dot += 1) {
      if ((row.covered[dot] as number) >= BLACK_FROM) blacken(target, left + dot, y);
    }
  }
}
