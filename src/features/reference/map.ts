import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../platform/package-root.ts';
import type { Language } from '../../platform/i18n.ts';
import type { CodeLists } from './code-lists.ts';

/**
 * The map of Vietnam, drawn on the server from `reference/vietnam-map.geojson`. Hoàng Sa and Trường Sa stand on it
 * at their true place, drawn and named, whatever the size.
 */

type Position = readonly [number, number];
type Feature = {
  readonly properties: { readonly code: string; readonly name: string; readonly kind?: string };
  readonly geometry:
    | { readonly type: 'Polygon'; readonly coordinates: readonly (readonly Position[])[] }
    | { readonly type: 'MultiPolygon'; readonly coordinates: readonly (readonly (readonly Position[])[])[] };
};

/** Degrees: the country with both archipelagos and room for their names. */
const BOUNDS = { west: 102, east: 118.2, south: 6.9, north: 23.55 } as const;
/** A degree of longitude is shorter than one of latitude; the middle of the country sets by how much. */
const LONGITUDE_SCALE = Math.cos((16 * Math.PI) / 180);

/** How fine the drawing is: grid cells across. Neighbours round to the same cells, so shared borders stay shared. */
const GRID = { small: 260, large: 560 } as const;
export type MapSize = keyof typeof GRID;

/** Rings with less than this many cells of area are left out, but a province's largest ring never. */
const SMALLEST_RING_CELLS = 1.5;

export type MapOptions = {
  readonly size: MapSize;
  readonly language: Language;
  /** The province to fill. */
  readonly filled?: string;
  /** Provinces that have something to show; only where they are links. */
  readonly marked?: ReadonlySet<string>;
  /** Whether each province leads to its page. */
  readonly links?: boolean;
};

type Point = { readonly x: number; readonly y: number };
type Drawing = {
  readonly width: number;
  readonly height: number;
  readonly provinces: ReadonlyMap<string, string>;
  readonly archipelagos: readonly { readonly name: string; readonly path: string; readonly label: Point }[];
};

function project([lon, lat]: Position, cells: number): Point {
  const scale = cells / ((BOUNDS.east - BOUNDS.west) * LONGITUDE_SCALE);
  return {
    x: Math.round((lon - BOUNDS.west) * LONGITUDE_SCALE * scale),
    y: Math.round((BOUNDS.north - lat) * scale),
  };
}

function polygonsOf({ geometry }: Feature): readonly (readonly (readonly Position[])[])[] {
  return geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
}

/** The ring on the grid without repeated points and without points in the middle of a straight line. */
function onGrid(ring: readonly Position[], cells: number): readonly Point[] {
  const points: Point[] = [];
  for (const position of ring) {
    const point = project(position, cells);
    const last = points.at(-1);
    if (last !== undefined && last.x === point.x && last.y === point.y) continue;
    const before = points.at(-2);
    const straight =
      last !== undefined &&
      before !== undefined &&
      (last.x - before.x) * (point.y - last.y) === (last.y - before.y) * (point.x - last.x) &&
      (last.x - before.x) * (point.x - last.x) + (last.y - before.y) * (point.y - last.y) > 0;
    if (straight) points.pop();
    points.push(point);
  }
  return points;
}

function areaOf(points: readonly Point[]): number {
  const doubled = points.reduce((sum, point, index) => {
    const next = points[(index + 1) % points.length] ?? point;
    return sum + point.x * next.y - next.x * point.y;
  }, 0);
  return Math.abs(doubled) / 2;
}

/** Relative line commands are the shortest way to write a ring. */
function pathOf(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (first === undefined) return '';
  let { x, y } = first;
  let path = `M${x} ${y}`;
  for (const point of rest) {
    const [dx, dy] = [point.x - x, point.y - y];
    if (dx === 0 && dy === 0) continue;
    path += dy === 0 ? `h${dx}` : dx === 0 ? `v${dy}` : `l${dx}${dy < 0 ? '' : ' '}${dy}`;
    ({ x, y } = point);
  }
  return `${path}z`;
}

function provincePath(feature: Feature, cells: number): string {
  const rings = polygonsOf(feature)
    .flatMap((polygon) => polygon.slice(0, 1))
    .map((ring) => onGrid(ring, cells))
    .sort((a, b) => areaOf(b) - areaOf(a));
  return rings
    .filter((ring, index) => index === 0 || areaOf(ring) >= SMALLEST_RING_CELLS)
    .map(pathOf)
    .join('');
}

/** Reefs and islands are too small for outlines: each is a dot, which a round stroke makes visible. */
function archipelago(feature: Feature, cells: number) {
  const dots = new Set(
    polygonsOf(feature).map((polygon) => {
      const ring = polygon[0] ?? [];
      const sum = ring.reduce<Position>(([lon, lat], [a, b]) => [lon + a, lat + b], [0, 0]);
      const { x, y } = project([sum[0] / ring.length, sum[1] / ring.length], cells);
      return `M${x} ${y}h0`;
    }),
  );
  const corners = polygonsOf(feature).flatMap((polygon) =>
    (polygon[0] ?? []).map((at) => project(at, cells)),
  );
  const [left, right] = [Math.min(...corners.map(({ x }) => x)), Math.max(...corners.map(({ x }) => x))];
  const top = Math.min(...corners.map(({ y }) => y));
  return {
    name: feature.properties.name,
    path: [...dots].join(''),
    label: { x: Math.round((left + right) / 2), y: top - Math.round(cells / 52) },
  };
}

function draw(features: readonly Feature[], size: MapSize): Drawing {
  const cells = GRID[size];
  const corner = project([BOUNDS.east, BOUNDS.south], cells);
  const isProvince = (feature: Feature) => feature.properties.kind === undefined;
  return {
    width: corner.x,
    height: corner.y,
    provinces: new Map(
      features.filter(isProvince).map((feature) => [feature.properties.code, provincePath(feature, cells)]),
    ),
    archipelagos: features
      .filter((feature) => !isProvince(feature))
      .map((feature) => archipelago(feature, cells)),
  };
}

const ENGLISH: Readonly<Record<string, string>> = {
  'Hoàng Sa': 'Hoàng Sa (Paracel) archipelago',
  'Trường Sa': 'Trường Sa (Spratly) archipelago',
};

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

function archipelagoSvg({ archipelagos, width }: Drawing, language: Language): string {
  const fontSize = Math.round(width / (width < 400 ? 18 : 26));
  const dot = Math.max(2, Math.round(width / 110));
  return archipelagos
    .map(({ name, path, label }) => {
      const title = language === 'vi' ? `Quần đảo ${name}` : (ENGLISH[name] ?? name);
      // The name is kept inside the drawing, however near the edge the islands are.
      const x = Math.min(label.x, width - Math.round(name.length * fontSize * 0.29));
      return (
        `<g class="isles"><title>${title}</title>` +
        `<path d="${path}" stroke-width="${dot}" stroke-linecap="round" fill="none"/>` +
        `<text x="${x}" y="${label.y}" font-size="${fontSize}" text-anchor="middle">${name}</text></g>`
      );
    })
    .join('');
}

function provincesSvg(drawing: Drawing, lists: CodeLists, options: MapOptions): string {
  if (options.links !== true) {
    const land = [...drawing.provinces.entries()].filter(([code]) => code !== options.filled);
    const filled = drawing.provinces.get(options.filled ?? '');
    return (
      `<path class="province" d="${land.map(([, path]) => path).join('')}"/>` +
      (filled === undefined ? '' : `<path class="here" d="${filled}"/>`)
    );
  }
  return [...drawing.provinces.entries()]
    .map(([code, path]) => {
      const province = lists.province(code);
      const name = (options.language === 'vi' ? province?.name : province?.nameEn) ?? code;
      const shape =
        code === options.filled ? 'here' : options.marked?.has(code) === true ? 'has' : 'province';
      return (
        `<a href="/provinces/${province?.slug ?? code}" aria-label="${escape(name)}">` +
        `<title>${escape(name)}</title><path class="${shape}" d="${path}"/></a>`
      );
    })
    .join('');
}

function titleOf(lists: CodeLists, { filled, language }: MapOptions): string {
  const province = filled === undefined ? null : lists.province(filled);
  if (language === 'vi')
    return province === null ? 'Bản đồ Việt Nam' : `Bản đồ Việt Nam, tô màu ${province.name}`;
  return province === null ? 'Map of Vietnam' : `Map of Vietnam with ${province.nameEn} filled`;
}

function readShapes(): readonly Feature[] {
  const file = readFileSync(join(packageRoot, 'reference', 'vietnam-map.geojson'), 'utf8');
  return (JSON.parse(file) as { readonly features: readonly Feature[] }).features;
}

/** Draws maps; the shapes are read and simplified once, for the first map that is asked for. */
export function mapMaker(lists: CodeLists): (options: MapOptions) => string {
  const drawings = new Map<MapSize, Drawing>();
  const drawingOf = (size: MapSize): Drawing => {
    const kept = drawings.get(size) ?? draw(readShapes(), size);
    drawings.set(size, kept);
    return kept;
  };
  const made = new Map<string, string>();
  return (options) => {
    const marked = [...(options.marked ?? [])].sort().join(' ');
    const key = `${options.size} ${options.language} ${options.filled ?? ''} ${options.links === true ? 'links' : ''} ${marked}`;
    const kept = made.get(key);
    if (kept !== undefined) return kept;
    const drawing = drawingOf(options.size);
    // With links it is a group of things to press and not one picture.
    const role = options.links === true ? 'group' : 'img';
    const svg =
      `<svg class="vietnam" viewBox="0 0 ${drawing.width} ${drawing.height}" role="${role}" ` +
      `aria-label="${escape(titleOf(lists, options))}">` +
      provincesSvg(drawing, lists, options) +
      archipelagoSvg(drawing, options.language) +
      '</svg>';
    made.set(key, svg);
    return svg;
  };
}
