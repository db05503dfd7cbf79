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

/** An edge between two heights; `turn` says whether it goes down or up. */
type Edge = {
  readonly top: number;
  readonly bottom: number;
  readonly x: number;
  readonly slope: number;
  readonly turn: 1 | -1;
};

function edgesOf(contours: Contours, { x, y, scaleX, scaleY }: Placing): readonly Edge[] {
  const edges: Edge[] = [];
  for (const line of contours) {
    for (let at = 0; at < line.length; at += 2) {
      const next = (at + 2) % line.length;
      const [fromX, fromY] = [x + scaleX * (line[at] ?? 0), y + scaleY * (line[at + 1] ?? 0)];
      const [toX, toY] = [x + scaleX * (line[next] ?? 0), y + scaleY * (line[next + 1] ?? 0)];
      if (fromY === toY) continue;
      const slope = (toX - fromX) / (toY - fromY);
      edges.push(
        fromY < toY
          ? { top: fromY, bottom: toY, x: fromX, slope, turn: 1 }
          : { top: toY, bottom: fromY, x: toX, slope, turn: -1 },
      );
    }
  }
  return edges;
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

function coverLine(row: Row, edges: readonly Edge[], height: number): void {
  const crossings = edges
    .filter(({ top, bottom }) => top <= height && height < bottom)
    .map((edge) => ({ x: edge.x + (height - edge.top) * edge.slope, turn: edge.turn }))
    .sort((a, b) => a.x - b.x);
  let winding = 0;
  let from = 0;
  for (const { x, turn } of crossings) {
    if (winding === 0) from = x;
    winding += turn;
    if (winding === 0) cover(row, from, x);
  }
}

/** Blackens the dots that contours cover by half or more; what lies beyond the edge is left out. */
export function fillContours(target: Bitmap, contours: Contours, placing: Placing): void {
  const edges = edgesOf(contours, placing);
  const ends = edges.flatMap(({ x, top, bottom, slope }) => [x, x + (bottom - top) * slope]);
  const left = Math.max(0, Math.floor(Math.min(...ends)));
  const right = Math.min(target.width, Math.ceil(Math.max(...ends)));
  const first = Math.max(0, Math.floor(Math.min(...edges.map(({ top }) => top))));
  const end = Math.min(target.height, Math.ceil(Math.max(...edges.map(({ bottom }) => bottom))));
  for (let y = first; y < end && left < right; y += 1) {
    const near = edges.filter(({ top, bottom }) => top < y + 1 && bottom > y);
    const row: Row = { left, covered: new Float64Array(right - left) };
    for (let line = 0; line < LINES; line += 1) coverLine(row, near, y + (line + 0.5) / LINES);
    row.covered.forEach((share, dot) => {
      if (share >= BLACK_FROM) blacken(target, left + dot, y);
    });
  }
}
