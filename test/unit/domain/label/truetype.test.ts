import { expect } from 'chai';
import fc from 'fast-check';
import { create } from 'fontkit';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readTrueType } from '../../../../src/domain/label/truetype.ts';
import { packageRoot } from '../../../../src/platform/package-root.ts';

const folder = join(packageRoot, 'node_modules', '@expo-google-fonts', 'be-vietnam-pro');
const fonts = ['400Regular/BeVietnamPro_400Regular.ttf', '600SemiBold/BeVietnamPro_600SemiBold.ttf'].map(
  (name) => {
    const file = readFileSync(join(folder, name));
    return { name, file, theirs: create(file), ours: readTrueType(file) };
  },
);
const [{ file: whole }] = fonts as [(typeof fonts)[number]];

/** Where the directory has a table, and where the table is. */
function entryOf(file: Buffer, table: string): { readonly entry: number; readonly start: number } {
  const entry = file.indexOf(table, 12, 'latin1');
  return { entry, start: file.readUInt32BE(entry + 8) };
}

/** The font with two bytes of a table changed. */
function withChange(table: string, at: number, value: number): Buffer {
  const copy = Buffer.from(whole);
  copy.writeUInt16BE(value, entryOf(copy, table).start + at);
  return copy;
}

/** Every record of a table that has several, changed at the same place. */
function withRecords(table: string, first: number, bytes: number, value: number): Buffer {
  const copy = Buffer.from(whole);
  const { start } = entryOf(copy, table);
  for (let index = 0; index < copy.readUInt16BE(start + 2); index += 1) {
    copy.writeUInt16BE(value, start + first + bytes * index);
  }
  return copy;
}

/** A copy of the font, and where in it a letter is drawn. */
function letter() {
  const file = Buffer.from(whole);
  const glyph = readTrueType(file).glyphOf('B'.codePointAt(0) ?? 0);
  const offset = 2 * file.readUInt16BE(entryOf(file, 'loca').start + 2 * glyph);
  return { file, glyph, start: entryOf(file, 'glyf').start + offset };
}

for (const { name, file, theirs, ours } of fonts) {
  describe(`the type ${name}, beside what fontkit reads`, () => {
    it('has the same name and measures', () => {
      const { minX, minY, maxX, maxY } = theirs.bbox;

      expect(ours.name).to.equal(theirs.postscriptName);
      expect(ours.box).to.deep.equal([minX, minY, maxX, maxY]);
      for (const measure of ['unitsPerEm', 'ascent', 'descent', 'capHeight'] as const) {
        expect(ours[measure], measure).to.equal(theirs[measure]);
      }
    });

    it('has the same glyph for every character, and none for one beyond its table', () => {
      const differing = [];
      for (let character = 0; character <= 0x1_0100; character += 1) {
        if (ours.glyphOf(character) !== theirs.glyphForCodePoint(character).id) differing.push(character);
      }

      expect(differing).to.deep.equal([]);
      expect(ours.glyphOf('ộ'.codePointAt(0) ?? 0)).to.be.greaterThan(0);
      expect(ours.glyphOf('★'.codePointAt(0) ?? 0)).to.equal(0);
    });

    it('has every glyph as wide, and drawn the same', () => {
      for (let glyph = 0; glyph < theirs.numGlyphs; glyph += 1) {
        const { advanceWidth, path } = theirs.getGlyph(glyph);
        expect(ours.advanceOf(glyph), `width of ${glyph}`).to.equal(advanceWidth);
        expect(ours.pathOf(glyph), `outline of ${glyph}`).to.equal(path.toSVG());
      }
    });

    it('makes the same subset of any glyphs, byte by byte', () => {
      const some = fc.uniqueArray(fc.integer({ min: 1, max: theirs.numGlyphs - 1 }), { maxLength: 60 });
      fc.assert(
        fc.property(some, (glyphs) => {
          const subset = theirs.createSubset();
          for (const glyph of glyphs) subset.includeGlyph(theirs.getGlyph(glyph));

          expect(Buffer.compare(ours.subset([0, ...glyphs]), subset.encode())).to.equal(0);
        }),
        { numRuns: 50 },
      );
    });

    it('is read from the middle of other bytes as well', () => {
      const inside = Buffer.concat([Buffer.alloc(5), file, Buffer.alloc(3)]).subarray(5, 5 + file.length);

      expect(readTrueType(inside).subset([0, 7])).to.deep.equal(ours.subset([0, 7]));
    });
  });
}

describe('a font that is not as the label’s type is', () => {
  it('takes the width of the last metric for the glyphs after it, which a subset refuses', () => {
    const font = readTrueType(withChange('hhea', 34, 10));

    expect(font.advanceOf(12)).to.equal(font.advanceOf(9));
    expect(() => font.subset([0, 12])).to.throw(RangeError, 'no metric');
  });

  it('has no glyph for a character that a segment leaves out', () => {
    const copy = Buffer.from(whole);
    const { start } = entryOf(copy, 'cmap');
    const map = start + copy.readUInt32BE(start + 8);
    const doubled = copy.readUInt16BE(map + 6);
    let offsetAt = map + 16 + 3 * doubled;
    while (copy.readUInt16BE(offsetAt) === 0) offsetAt += 2;
    const character = copy.readUInt16BE(offsetAt - 2 * doubled);
    copy.writeUInt16BE(0, offsetAt + copy.readUInt16BE(offsetAt));

    expect(readTrueType(whole).glyphOf(character)).to.be.greaterThan(0);
    expect(readTrueType(copy).glyphOf(character)).to.equal(0);
  });

  it('draws nothing for a glyph without contours', () => {
    const { file, glyph, start } = letter();
    file.writeInt16BE(0, start);

    expect(readTrueType(file).pathOf(glyph)).to.equal('');
  });

  it('draws a contour of which no point is on the curve', () => {
    // A square of control points: TrueType’s circle.
    const header = '0001 0000 0000 0064 0064 0003 0000';
    const points = '00000000 0000 0064 0000 ff9c 0000 0000 0064 0000';
    const { file, glyph, start } = letter();
    file.write(`${header}${points}`.replaceAll(' ', ''), start, 'hex');

    const path = readTrueType(file).pathOf(glyph);

    expect(path).to.equal('M0 50Q0 0 50 0Q100 0 100 50Q100 100 50 100Q0 100 0 50Z');
  });

  for (const [why, file, message] of [
    ['glyphs have long offsets', withChange('head', 50, 1), 'long offsets'],
    ['it has no characters for Windows', withRecords('cmap', 4, 8, 1), 'characters'],
    ['its characters are not those of Unicode', withRecords('cmap', 6, 8, 10), 'characters'],
    ['it has no name', withRecords('name', 12, 12, 4), 'PostScript name'],
  ] as const) {
    it(`is refused when ${why}`, () => {
      expect(() => readTrueType(file)).to.throw(RangeError, message);
    });
  }

  it('is refused when a table is missing', () => {
    const copy = Buffer.from(whole);
    copy.write('GLYF', entryOf(copy, 'glyf').entry, 'latin1');

    expect(() => readTrueType(copy)).to.throw(RangeError, 'no table “glyf”');
  });

  it('is refused when a glyph that is drawn is put together from others', () => {
    const { file, glyph, start } = letter();
    file.writeInt16BE(-1, start);
    const font = readTrueType(file);

    expect(() => font.pathOf(glyph)).to.throw(RangeError, 'put together');
  });
});
