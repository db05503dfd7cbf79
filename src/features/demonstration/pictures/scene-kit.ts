import type { Air, Landscape } from './landscapes.ts';
import type { Package, Wrapping } from './packages.ts';
import { put, scatter, times } from './shapes.ts';

/** How one product is shown: where it comes from, what it is packed in, what lies around it. */
export type Scene = {
  readonly landscape: Landscape;
  readonly air: Air;
  /** The board in front, light and dark. */
  readonly table: readonly [string, string];
  readonly pack: Package;
  readonly wrapping: Omit<Wrapping, 'letter' | 'words'> & { readonly name: readonly string[] };
  readonly packAt: { readonly x: number; readonly scale: number };
  /** Drawn behind the pack, and in front of it. */
  readonly behind: string;
  readonly before: string;
};

const PAPER = '#fdf8ea';

/** Hours and seasons. */
export const AIRS = {
  morning: {
    sky: ['#cfe3e6', '#f6ecd2'],
    sun: '#f7d58a',
    land: ['#9db9a6', '#7aa182', '#5a8a62', '#3f7049'],
  },
  dusk: { sky: ['#f3d3b0', '#fbeedd'], sun: '#ef9f5b', land: ['#c3a88f', '#a88a68', '#85704d', '#6a5939'] },
  red: { sky: ['#f6c9a4', '#fdeed5'], sun: '#e8743b', land: ['#caa07f', '#9c9a68', '#75844f', '#55703f'] },
  harvest: {
    sky: ['#bfdde6', '#f8f0d4'],
    sun: '#f5cf6d',
    land: ['#8fb39a', '#e4c766', '#cfae4a', '#b4923a'],
  },
  green: { sky: ['#c9e4ea', '#eef4da'], sun: '#f6e08f', land: ['#8fb59f', '#b9c868', '#93b053', '#7a9c46'] },
  water: { sky: ['#f9d9b4', '#fdf2de'], sun: '#ee9a58', land: ['#8fb0a4', '#7db0b4', '#4e8a76', '#33604f'] },
  lagoon: { sky: ['#bfe0e8', '#f2f3df'], sun: '#f4d47e', land: ['#90b7a8', '#6fa9b6', '#4b8c74', '#2f6152'] },
  mist: { sky: ['#dfe8e4', '#f3efe2'], sun: '#f3dba6', land: ['#b4c6bd', '#8eaa9c', '#64897a', '#43695b'] },
  valley: { sky: ['#d6e4ee', '#f7ecd8'], sun: '#f3cf8b', land: ['#aeb9bd', '#9fb08c', '#8fa25f', '#6f8a48'] },
  indigo: { sky: ['#d8d9ea', '#f6eadb'], sun: '#f0b98a', land: ['#a9aecb', '#7f88b0', '#566196', '#3a4478'] },
} as const satisfies Record<string, Air>;

/** What the goods stand on. */
export const BOARDS = {
  oak: ['#b98a58', '#8a5f38'],
  dark: ['#80563a', '#573722'],
  pale: ['#d6b98d', '#ab8a5c'],
  stone: ['#a9a294', '#7d766a'],
  bamboo: ['#d9bd7b', '#a98b48'],
} as const;

/** The same thing several times on the table, each turned its own way. */
function strewn(
  things: readonly string[],
  where: {
    readonly seed: number;
    readonly left: number;
    readonly right: number;
    readonly top: number;
    readonly scale: number;
  },
  count: number,
): string {
  const random = scatter(where.seed);
  return times(count, (index) => {
    const x = where.left + ((index + random() * 0.8) / count) * (where.right - where.left);
    const y = where.top + random() * 66;
    return put(x, y, things[index % things.length] ?? '', {
      turn: random() * 360,
      scale: where.scale * (0.85 + random() * 0.3),
    });
  });
}

/** What differs from scene to scene. */
type Look = Pick<Scene, 'landscape' | 'air' | 'table' | 'pack' | 'behind' | 'before'> & {
  readonly body: readonly [string, string];
  readonly trim: string;
  readonly ink: string;
  readonly mark: string;
  readonly name: readonly string[];
  readonly paper?: string;
  readonly packX?: number;
  readonly scale?: number;
};

/** A scene told in short: on paper labels, in the middle, unless it says otherwise. */
export function scene({
  body,
  trim,
  ink,
  mark,
  name,
  paper = PAPER,
  packX = 640,
  scale = 1.14,
  ...rest
}: Look): Scene {
  return { ...rest, wrapping: { body, trim, ink, mark, name, paper }, packAt: { x: packX, scale } };
}

/** The left and the right of what stands in the middle. */
export const beside = (things: readonly string[], seed: number, scale: number, count = 9): string =>
  strewn(things, { seed, left: 210, right: 470, top: 836, scale }, count) +
  strewn(things, { seed: seed + 1, left: 810, right: 1090, top: 836, scale }, count);
