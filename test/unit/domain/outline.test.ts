import { expect } from 'chai';
import sharp from 'sharp';
import { blankBitmap, isBlack, type Bitmap } from '../../../src/domain/label/bitmap.ts';
import { contoursOf, fillContours } from '../../../src/domain/label/outline.ts';
import { labelFonts } from '../../kit/label-run.ts';

const asDrawn = { x: 0, y: 0, scaleX: 1, scaleY: 1 };

function rowsOf(bitmap: Bitmap): readonly string[] {
  return Array.from({ length: bitmap.height }, (_, y) =>
    Array.from({ length: bitmap.width }, (_, x) => (isBlack(bitmap, x, y) ? '#' : '.')).join(''),
  );
}

function drawn(path: string, placing: Partial<typeof asDrawn> = {}): readonly string[] {
  const bitmap = blankBitmap(6, 4);
  fillContours(bitmap, contoursOf(path), { ...asDrawn, ...placing });
  return rowsOf(bitmap);
}

/** The same outline as librsvg draws it, black from half grey. */
async function byAnother(
  path: string,
  size: Bitmap,
  { x, y, scale }: { x: number; y: number; scale: number },
) {
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${size.height}">` +
    `<path transform="translate(${x} ${y}) scale(${scale} -${scale})" d="${path}"/></svg>`;
  const grey = await sharp(Buffer.from(svg)).flatten({ background: '#fff' }).greyscale().raw().toBuffer();
  return (dot: number) => (grey[dot] ?? 255) < 128;
}

describe('outlines in dots', () => {
  it('a box is black within its borders and nowhere else', () => {
    expect(drawn('M1 1L4 1L4 3L1 3Z')).to.deep.equal(['......', '.###..', '.###..', '......']);
  });

  it('a dot is black from half of it on', () => {
    expect(drawn('M1 0L2.5 0L2.5 1L1 1Z')[0]).to.equal('.##...');
    expect(drawn('M1 0L2.4 0L2.4 1L1 1Z')[0]).to.equal('.#....');
    expect(drawn('M0 0L1 0L1 1.3L0 1.3Z').map((row) => row[0])).to.deep.equal(['#', '.', '.', '.']);
  });

  it('a hole runs the other way round, and what overlaps the same way stays black', () => {
    const outer = 'M0 0L6 0L6 4L0 4Z';
    expect(drawn(`${outer}M2 1L2 3L4 3L4 1Z`)[1]).to.equal('##..##');
    expect(drawn(`${outer}M2 1L4 1L4 3L2 3Z`)[1]).to.equal('######');
  });

  it('heights may be counted upwards, and what is beyond the edge is left out', () => {
    expect(drawn('M-9 0L2 0L2 2L-9 2Z', { y: 4, scaleY: -1 })).to.deep.equal([
      '......',
      '......',
      '##....',
      '##....',
    ]);
    expect(drawn('M7 0L9 0L9 2L7 2Z').join('')).not.to.include('#');
  });

  it('refuses what it does not understand', () => {
    for (const path of ['M0 0H4Z', 'M0 0A1 1 0 0 0 1 1Z', 'M0 0L1Z', 'M0 0l1 1Z']) {
      expect(() => contoursOf(path), path).to.throw(RangeError);
    }
  });

  it('letters of Vietnamese come out as librsvg draws them, at every size of a label', async () => {
    for (const em of [17, 33, 100]) {
      let [black, differing] = [0, 0];
      for (const letter of 'ĐđƯưỜờỔổẶặỆệỤụŨũỐốgQ%0&@') {
        const { path } = labelFonts.outline('semibold', letter);
        const bitmap = blankBitmap(2 * em, 2 * em);
        const [place, scale] = [{ x: em / 3, y: 1.4 * em }, em / labelFonts.unitsPerEm];
        fillContours(bitmap, contoursOf(path), { ...place, scaleX: scale, scaleY: -scale });
        const isItsBlack = await byAnother(path, bitmap, { ...place, scale });
        for (let dot = 0; dot < bitmap.width * bitmap.height; dot += 1) {
          const ours = isBlack(bitmap, dot % bitmap.width, Math.floor(dot / bitmap.width));
          if (ours) black += 1;
          if (ours !== isItsBlack(dot)) differing += 1;
        }
      }
      expect(differing / black, `${em} dots`).to.be.below(0.03);
      expect(black).to.be.above(24 * em);
    }
  });
});
