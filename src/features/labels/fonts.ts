import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../platform/package-root.ts';
import { contoursOf, type Contours } from '../../domain/label/outline.ts';
import { readTrueType, type TrueTypeFont } from '../../domain/label/truetype.ts';
import type { FontSubset } from '../../domain/pdf/font.ts';
import type { Weight } from '../../domain/label/drawing.ts';
import type { Typeface, Typefaces } from '../../domain/label/text.ts';

/** Be Vietnam Pro (SIL Open Font Licence 1.1), whole TrueType files: every Vietnamese letter, no star. */
const FILES: Readonly<Record<Weight, string>> = {
  regular: '400Regular/BeVietnamPro_400Regular.ttf',
  semibold: '600SemiBold/BeVietnamPro_600SemiBold.ttf',
};
const FOLDER = join(packageRoot, 'node_modules', '@expo-google-fonts', 'be-vietnam-pro');

/** The printed fonts: what setting, PDF and previews need of them. The one module that reads font files. */
export type Fonts = {
  readonly typefaces: Typefaces;
  /** The glyphs of the characters, in the order of their code points: the same characters, the same bytes. */
  subset(weight: Weight, characters: Iterable<string>): FontSubset;
  /** A character's outline as an SVG path in ems, y upwards, and how far the next one stands. */
  outline(weight: Weight, character: string): { readonly path: string; readonly advance: number };
  /** The same outline to be filled, in font units; read once. */
  contours(weight: Weight, character: string): Contours;
  readonly unitsPerEm: number;
};

// A non-breaking space is drawn as a plain one; the font has it, but text copied from a PDF should be plain.
const codePointOf = (character: string): number => character.codePointAt(0) ?? 0;

function typefaceOf(font: TrueTypeFont): Typeface {
  const advances = new Map<string, number>();
  const advance = (character: string): number => {
    const known = advances.get(character);
    if (known !== undefined) return known;
    const width = font.advanceOf(font.glyphOf(codePointOf(character))) / font.unitsPerEm;
    advances.set(character, width);
    return width;
  };
  return {
    widthOf(text) {
      let width = 0;
      for (const character of text) width += advance(character);
      return width;
    },
    missing: (text) => [...text].find((character) => font.glyphOf(codePointOf(character)) === 0) ?? null,
  };
}

function subsetOf(font: TrueTypeFont, characters: Iterable<string>): FontSubset {
  const sorted = [...new Set(characters)].sort((a, b) => codePointOf(a) - codePointOf(b));
  const glyphs = [0];
  const glyphOf = new Map<string, number>();
  const texts: string[] = [''];
  const widths: number[] = [0];
  const thousandths = (units: number) => (units * 1000) / font.unitsPerEm;
  for (const character of sorted) {
    const glyph = font.glyphOf(codePointOf(character));
    const known = glyphs.indexOf(glyph);
    const number = known < 0 ? glyphs.push(glyph) - 1 : known;
    glyphOf.set(character, number);
    // Two characters may share a glyph (space and non-breaking space): the first is what copying gives.
    texts[number] ??= character;
    widths[number] = thousandths(font.advanceOf(glyph));
  }
  const [minX, minY, maxX, maxY] = font.box;
  return {
    name: font.name,
    file: font.subset(glyphs),
    widths: Array.from(widths, (width) => width ?? 0),
    texts: Array.from(texts, (text) => text ?? ''),
    ascent: thousandths(font.ascent),
    descent: thousandths(font.descent),
    capHeight: thousandths(font.capHeight),
    box: [thousandths(minX), thousandths(minY), thousandths(maxX), thousandths(maxY)],
    glyphOf,
  };
}

/** The two weights of the label’s type, read from the package that carries them. */
function readFonts(): Fonts {
  const read = (weight: Weight): TrueTypeFont => readTrueType(readFileSync(join(FOLDER, FILES[weight])));
  const fonts: Readonly<Record<Weight, TrueTypeFont>> = {
    regular: read('regular'),
    semibold: read('semibold'),
  };
  const contours = new Map<string, Contours>();
  return {
    typefaces: { regular: typefaceOf(fonts.regular), semibold: typefaceOf(fonts.semibold) },
    subset: (weight, characters) => subsetOf(fonts[weight], characters),
    outline(weight, character) {
      const font = fonts[weight];
      const glyph = font.glyphOf(codePointOf(character));
      return { path: font.pathOf(glyph), advance: font.advanceOf(glyph) / font.unitsPerEm };
    },
    contours(weight, character) {
      const key = weight + character;
      const read = contours.get(key) ?? contoursOf(this.outline(weight, character).path);
      contours.set(key, read);
      return read;
    },
    unitsPerEm: fonts.regular.unitsPerEm,
  };
}

/** The fonts, read when the first label is drawn: not every process draws any. */
export function loadFonts(): Fonts {
  let loaded: Fonts | undefined;
  const fonts = (): Fonts => (loaded ??= readFonts());
  return {
    get typefaces() {
      return fonts().typefaces;
    },
    get unitsPerEm() {
      return fonts().unitsPerEm;
    },
    subset: (weight, characters) => fonts().subset(weight, characters),
    outline: (weight, character) => fonts().outline(weight, character),
    contours: (weight, character) => fonts().contours(weight, character),
  };
}
