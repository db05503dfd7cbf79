/** What the tests use of fontkit, which has no types of its own. */
declare module 'fontkit' {
  export type Glyph = {
    readonly id: number;
    readonly advanceWidth: number;
    /** In font units, y upwards. */
    readonly path: { toSVG(): string };
  };
  export type Subset = { includeGlyph(glyph: Glyph): number; encode(): Uint8Array };
  export type Font = {
    readonly postscriptName: string;
    readonly unitsPerEm: number;
    readonly ascent: number;
    readonly descent: number;
    readonly capHeight: number;
    readonly numGlyphs: number;
    readonly bbox: {
      readonly minX: number;
      readonly minY: number;
      readonly maxX: number;
      readonly maxY: number;
    };
    getGlyph(id: number): Glyph;
    glyphForCodePoint(codePoint: number): Glyph;
    createSubset(): Subset;
  };
  export function create(file: Buffer): Font;
}
