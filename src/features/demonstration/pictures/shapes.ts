/** Small parts of an SVG drawing. Lengths are in the drawing's own units: a picture is 1280 × 960 of them. */

export const WIDTH = 1280;
export const HEIGHT = 960;

export const path = (d: string, fill: string, more = ''): string => `<path d="${d}" fill="${fill}" ${more}/>`;

export const line = (d: string, stroke: string, width: number): string =>
  `<path d="${d}" fill="none" stroke="${stroke}" stroke-width="${width}" ` +
  'stroke-linecap="round" stroke-linejoin="round"/>';

export const circle = (x: number, y: number, r: number, fill: string, more = ''): string =>
  `<circle cx="${x}" cy="${y}" r="${r}" fill="${fill}" ${more}/>`;

export const ellipse = (x: number, y: number, [rx, ry]: readonly [number, number], fill: string): string =>
  `<ellipse cx="${x}" cy="${y}" rx="${rx}" ry="${ry}" fill="${fill}"/>`;

export type Placing = { readonly turn?: number; readonly scale?: number; readonly flip?: boolean };

/** `content`, drawn around 0 0, put at a place. */
export function put(x: number, y: number, content: string, placing: Placing = {}): string {
  const { turn = 0, scale = 1, flip = false } = placing;
  const scaling = flip ? `scale(${-scale} ${scale})` : `scale(${scale})`;
  return `<g transform="translate(${x} ${y}) rotate(${turn}) ${scaling}">${content}</g>`;
}

/** A gradient from `from` to `to` and its name for a `fill`; `down` or across. */
export function shade(
  name: string,
  [from, to]: readonly [string, string],
  down = true,
): { readonly defs: string; readonly fill: string } {
  const end = down ? 'x2="0" y2="1"' : 'x2="1" y2="0"';
  const stops = `<stop offset="0" stop-color="${from}"/><stop offset="1" stop-color="${to}"/>`;
  return {
    defs: `<linearGradient id="${name}" x1="0" y1="0" ${end}>${stops}</linearGradient>`,
    fill: `url(#${name})`,
  };
}

/** What lies on a table darkens it a little. */
export const shadow = (x: number, y: number, width: number): string =>
  `<ellipse cx="${x}" cy="${y}" rx="${width / 2}" ry="${Math.max(8, width / 16)}" fill="#20160c" opacity=".22"/>`;

/** The same numbers between 0 and 1 for the same seed, so that a picture is the same every time. */
export function scatter(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    // Mulberry32: small, and even enough to strew beans on a table.
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export const times = (count: number, draw: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => draw(index)).join('');
