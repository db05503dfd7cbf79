/**
 * Reads a TrueType font as far as labels need it: which glyph a character has, how wide it is, its outline, and a
 * subset for a PDF. Glyphs that are put together from others are refused: the label's type has none.
 * Source: ISO/IEC 14496-22 (OpenType) §4.3, §5.1, §5.2.1, §5.3
 */

type Point = { readonly x: number; readonly y: number; readonly onCurve: boolean };

export type TrueTypeFont = {
  /** PostScript name. */
  readonly name: string;
  /** Everything below is in units of which the em has so many. */
  readonly unitsPerEm: number;
  readonly ascent: number;
  readonly descent: number;
  readonly capHeight: number;
  readonly box: readonly [xMin: number, yMin: number, xMax: number, yMax: number];
  /** The glyph of a character; 0 when the font has none. */
  glyphOf(codePoint: number): number;
  advanceOf(glyph: number): number;
  /** The glyph as an SVG path of `M`, `L`, `Q` and `Z`, y upwards; empty for a space. */
  pathOf(glyph: number): string;
  /**
   * A font file of these glyphs alone, renumbered in their order; the first has to be 0. It has what a PDF asks of
   * an embedded font and no more: no names, no characters. Source: ISO 32000-1 §9.9
   */
  subset(glyphs: readonly number[]): Uint8Array;
};

const HEADER_BYTES = 12;
const ENTRY_BYTES = 16;
const METRIC_BYTES = 4;
const GLYPH_HEADER_BYTES = 10;
const POSTSCRIPT_NAME = 6;
const WINDOWS = 3;
const UNICODE = 1;
const SEGMENTS = 4;

const ON_CURVE = 1;
const REPEAT = 8;
/** Of x; those of y are one bit higher. */
const SHORT = 2;
const SAME_OR_POSITIVE = 16;

function part(of: DataView, from: number, length = of.byteLength - from): DataView {
  return new DataView(of.buffer, of.byteOffset + from, length);
}

const bytesOf = (view: DataView): Uint8Array => new Uint8Array(view.buffer, view.byteOffset, view.byteLength);

const tagAt = (view: DataView, at: number): string => String.fromCharCode(...bytesOf(part(view, at, 4)));

/** @returns by name; asked for one that the font lacks it throws RangeError */
function tablesOf(font: DataView): (name: string) => DataView {
  const tables = new Map<string, DataView>();
  for (let index = 0; index < font.getUint16(4); index += 1) {
    const entry = HEADER_BYTES + index * ENTRY_BYTES;
    tables.set(tagAt(font, entry), part(font, font.getUint32(entry + 8), font.getUint32(entry + 12)));
  }
  return (name) => {
    const table = tables.get(name);
    if (table === undefined) throw new RangeError(`The font has no table “${name}”`);
    return table;
  };
}

/** The PostScript name, in UTF-16. Source: §5.2.1 “name” */
function postScriptName(names: DataView): string {
  const texts = part(names, names.getUint16(4));
  for (let index = 0; index < names.getUint16(2); index += 1) {
    const entry = part(names, 6 + 12 * index, 12);
    if (entry.getUint16(0) !== WINDOWS || entry.getUint16(6) !== POSTSCRIPT_NAME) continue;
    const text = part(texts, entry.getUint16(10), entry.getUint16(8));
    let name = '';
    for (let at = 0; at < text.byteLength; at += 2) name += String.fromCharCode(text.getUint16(at));
    return name;
  }
  throw new RangeError('The font has no PostScript name');
}

/** The characters up to U+FFFF, in segments. Source: §5.2.1 “cmap”, format 4 */
function characterMap(table: DataView): DataView {
  for (let index = 0; index < table.getUint16(2); index += 1) {
    const entry = part(table, 4 + 8 * index, 8);
    if (entry.getUint16(0) !== WINDOWS || entry.getUint16(2) !== UNICODE) continue;
    const map = part(table, entry.getUint32(4));
    if (map.getUint16(0) === SEGMENTS) return map;
  }
  throw new RangeError('The font has no characters in segments');
}

function glyphIn(map: DataView, codePoint: number): number {
  const doubled = map.getUint16(6);
  const [ends, starts] = [14, 16 + doubled];
  for (let at = 0; at < doubled; at += 2) {
    if (codePoint > map.getUint16(ends + at)) continue;
    const start = map.getUint16(starts + at);
    if (codePoint < start) return 0;
    const delta = map.getUint16(starts + doubled + at);
    const place = starts + 2 * doubled + at;
    const offset = map.getUint16(place);
    if (offset === 0) return (codePoint + delta) & 0xffff;
    const glyph = map.getUint16(place + offset + 2 * (codePoint - start));
    return glyph === 0 ? 0 : (glyph + delta) & 0xffff;
  }
  return 0;
}

/** One coordinate of each point: all of x come before all of y. @returns also where the next byte is */
function coordinates(glyph: DataView, from: number, flags: readonly number[]): readonly [number[], number] {
  let [at, value] = [from, 0];
  const values = flags.map((flag) => {
    const isSame = (flag & SAME_OR_POSITIVE) !== 0;
    if ((flag & SHORT) !== 0) {
      const step = glyph.getUint8(at);
      at += 1;
      value += isSame ? step : -step;
    } else if (!isSame) {
      value += glyph.getInt16(at);
      at += 2;
    }
    return value;
  });
  return [values, at];
}

/** Source: §5.3.3 “glyf”, simple glyph description */
function contoursOf(glyph: DataView): readonly (readonly Point[])[] {
  const count = glyph.getInt16(0);
  if (count < 0) throw new RangeError('A glyph is put together from others');
  const ends = Array.from({ length: count }, (_, index) => glyph.getUint16(GLYPH_HEADER_BYTES + 2 * index));
  const instructions = GLYPH_HEADER_BYTES + 2 * count;
  let at = instructions + 2 + glyph.getUint16(instructions);
  const points = (ends.at(-1) ?? -1) + 1;
  const flags: number[] = [];
  while (flags.length < points) {
    const flag = glyph.getUint8(at);
    const times = (flag & REPEAT) === 0 ? 0 : glyph.getUint8(at + 1);
    at += (flag & REPEAT) === 0 ? 1 : 2;
    for (let time = 0; time <= times; time += 1) flags.push(flag);
  }
  const [xs, afterXs] = coordinates(glyph, at, flags);
  const [ys] = coordinates(
    glyph,
    afterXs,
    flags.map((flag) => flag >> 1),
  );
  const all = flags.map((flag, index) => ({
    x: xs[index] as number,
    y: ys[index] as number,
    onCurve: (flag & ON_CURVE) !== 0,
  }));
  return ends.map((end, index) => all.slice((ends[index - 1] ?? -1) + 1, end + 1));
}

const middle = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, onCurve: true });

/** Between two points off the curve lies one on it, half-way. @returns as an SVG path that begins and ends on the curve */
function contourPath(points: readonly Point[]): string {
  const whole = points.flatMap((point, index) => {
    const before = points.at(index - 1) as Point;
    return before.onCurve || point.onCurve ? [point] : [middle(before, point), point];
  });
  const first = whole.findIndex(({ onCurve }) => onCurve);
  const turned = [...whole.slice(first), ...whole.slice(0, first + 1)];
  let path = '';
  turned.forEach(({ x, y, onCurve }, index) => {
    if (index === 0) path += `M${x} ${y}`;
    else if (!onCurve) path += `Q${x} ${y}`;
    else if (turned[index - 1]?.onCurve === false) path += ` ${x} ${y}`;
    // The line back to the first point is drawn by closing.
    else if (index < turned.length - 1) path += `L${x} ${y}`;
  });
  return `${path}Z`;
}

type Table = { readonly name: string; readonly bytes: Uint8Array };

/** Source: §4.3. Readers of PDF do not look at the sums, which stay 0. */
function fontFile(tables: readonly Table[]): Uint8Array {
  const directory = HEADER_BYTES + tables.length * ENTRY_BYTES;
  const file = new Uint8Array(tables.reduce((sum, { bytes }) => sum + bytes.length, directory));
  const view = new DataView(file.buffer);
  const selector = Math.floor(Math.log2(tables.length));
  file.set(Buffer.from('true'));
  view.setUint16(4, tables.length);
  view.setUint16(6, ENTRY_BYTES * 2 ** selector);
  view.setUint16(8, selector);
  view.setUint16(10, ENTRY_BYTES * (tables.length - 2 ** selector));
  let at = directory;
  tables.forEach(({ name, bytes }, index) => {
    const entry = HEADER_BYTES + index * ENTRY_BYTES;
    file.set(Buffer.from(name), entry);
    view.setUint32(entry + 8, at);
    view.setUint32(entry + 12, bytes.length);
    file.set(bytes, at);
    at += bytes.length;
  });
  return file;
}

/** A table with one of its numbers changed. */
function changed(table: DataView, at: number, value: number): Uint8Array {
  const copy = bytesOf(table).slice();
  new DataView(copy.buffer).setUint16(at, value);
  return copy;
}

/** @throws RangeError when the file is no TrueType font, or not as the label's type is */
export function readTrueType(file: Uint8Array): TrueTypeFont {
  const table = tablesOf(new DataView(file.buffer, file.byteOffset, file.byteLength));
  const [head, hhea, hmtx, loca, glyf] = [
    table('head'),
    table('hhea'),
    table('hmtx'),
    table('loca'),
    table('glyf'),
  ];
  if (head.getInt16(50) !== 0) throw new RangeError('The font has long offsets of glyphs');
  const metrics = hhea.getUint16(34);
  const characters = characterMap(table('cmap'));
  const offset = (glyph: number): number => 2 * loca.getUint16(2 * glyph);
  const glyphAt = (glyph: number): DataView => part(glyf, offset(glyph), offset(glyph + 1) - offset(glyph));
  return {
    name: postScriptName(table('name')),
    unitsPerEm: head.getUint16(18),
    ascent: hhea.getInt16(4),
    descent: hhea.getInt16(6),
    capHeight: table('OS/2').getInt16(88),
    box: [head.getInt16(36), head.getInt16(38), head.getInt16(40), head.getInt16(42)],
    glyphOf: (codePoint) => glyphIn(characters, codePoint),
    // Glyphs after the last metric are as wide as it.
    advanceOf: (glyph) => hmtx.getUint16(METRIC_BYTES * Math.min(glyph, metrics - 1)),
    pathOf(glyph) {
      const description = glyphAt(glyph);
      return description.byteLength === 0 ? '' : contoursOf(description).map(contourPath).join('');
    },
    subset: (glyphs) => subsetOf({ table, glyphAt, metrics }, glyphs),
  };
}

type Source = {
  table(name: string): DataView;
  glyphAt(glyph: number): DataView;
  readonly metrics: number;
};

/** Source: ISO 32000-1 §9.9, the tables that table 126 names for CIDFontType2 */
function subsetOf({ table, glyphAt, metrics }: Source, glyphs: readonly number[]): Uint8Array {
  const count = glyphs.length;
  if (glyphs.some((glyph) => glyph >= metrics)) throw new RangeError('A glyph has no metric of its own');
  const outlines = glyphs.map((glyph) => bytesOf(glyphAt(glyph)));
  const loca = new DataView(new ArrayBuffer(2 * (count + 1)));
  const glyf = new Uint8Array(outlines.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  outlines.forEach((outline, index) => {
    glyf.set(outline, at);
    at += outline.length;
    loca.setUint16(2 * (index + 1), at / 2);
  });
  const hmtx = new Uint8Array(count * METRIC_BYTES);
  glyphs.forEach((glyph, index) => {
    hmtx.set(bytesOf(part(table('hmtx'), glyph * METRIC_BYTES, METRIC_BYTES)), index * METRIC_BYTES);
  });
  return fontFile([
    { name: 'head', bytes: bytesOf(table('head')) },
    { name: 'hhea', bytes: changed(table('hhea'), 34, count) },
    { name: 'loca', bytes: bytesOf(loca) },
    { name: 'maxp', bytes: changed(table('maxp'), 4, count) },
    { name: 'cvt ', bytes: bytesOf(table('cvt ')) },
    { name: 'prep', bytes: bytesOf(table('prep')) },
    { name: 'glyf', bytes: glyf },
    { name: 'hmtx', bytes: hmtx },
    { name: 'fpgm', bytes: bytesOf(table('fpgm')) },
  ]);
}
