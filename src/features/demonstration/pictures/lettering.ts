import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { create, type Font } from 'fontkit';
import { packageRoot } from '../../../platform/package-root.ts';

const FOLDER = join(packageRoot, 'node_modules', '@expo-google-fonts', 'be-vietnam-pro');
const FILES = {
  regular: '500Medium/BeVietnamPro_500Medium.ttf',
  bold: '700Bold/BeVietnamPro_700Bold.ttf',
} as const;

export type Lettering = {
  /** `text` as outlines, centred on `x`, its baseline on `y`, made smaller where it would be wider than `most`. */
  (text: string, place: TextPlace): string;
};

export type TextPlace = {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly most: number;
  readonly fill: string;
  readonly weight?: keyof typeof FILES;
};

/** Words as shapes: a machine that has just been set up has no font with every Vietnamese letter. */
export function lettering(): Lettering {
  const fonts: Record<keyof typeof FILES, Font> = {
    regular: create(readFileSync(join(FOLDER, FILES.regular))),
    bold: create(readFileSync(join(FOLDER, FILES.bold))),
  };
  return (text, { x, y, size, most, fill, weight = 'bold' }) => {
    const font = fonts[weight];
    let advance = 0;
    const glyphs = [...text.normalize('NFC')].map((character) => {
      const glyph = font.glyphForCodePoint(character.codePointAt(0) ?? 0);
      const placed = `<path d="${glyph.path.toSVG()}" transform="translate(${advance} 0)"/>`;
      advance += glyph.advanceWidth;
      return placed;
    });
    const scale = Math.min(size / font.unitsPerEm, most / advance);
    const left = x - (advance * scale) / 2;
    return `<g fill="${fill}" transform="translate(${left} ${y}) scale(${scale} ${-scale})">${glyphs.join('')}</g>`;
  };
}
