import { expect } from 'chai';
import { isBlack } from '../../../src/domain/label/bitmap.ts';
import { perPage, type LabelTemplate } from '../../../src/domain/label/template.ts';
import { pdfPictures } from '../../../src/features/labels/pdf-picture.ts';
import { runLabels } from '../../../src/features/labels/run-labels.ts';
import { fileOfRun, labelFonts, sampleKey, sampleRun, templateOf } from '../../kit/label-run.ts';
import { labelPictures, missingTools } from '../../kit/paper.ts';
import { skipBecause } from '../../kit/skip.ts';

const DPI = 600;
/** Of the black dots, those that the other picture has nowhere near: two programs round an edge in two ways. */
const STRAY_MAX = 0.001;
/** A dot, and half a dot by which the label's own corner was rounded. */
const NEAR_DOTS = 2;
const HALF = 128;

type Dots = {
  readonly width: number;
  readonly height: number;
  readonly black: (x: number, y: number) => boolean;
};

function hasNear({ width, height, black }: Dots, x: number, y: number): boolean {
  for (let row = Math.max(0, y - NEAR_DOTS); row <= Math.min(height - 1, y + NEAR_DOTS); row += 1) {
    for (let column = Math.max(0, x - NEAR_DOTS); column <= Math.min(width - 1, x + NEAR_DOTS); column += 1) {
      if (black(column, row)) return true;
    }
  }
  return false;
}

/** The part of one picture's black dots that the other one has nothing near of. */
function strays(one: Dots, other: Dots): number {
  let [stray, all] = [0, 0];
  for (let y = 0; y < one.height; y += 1) {
    for (let x = 0; x < one.width; x += 1) {
      if (!one.black(x, y)) continue;
      all += 1;
      if (!hasNear(other, x, y)) stray += 1;
    }
  }
  return stray / all;
}

/** The second label of a page by our reader of PDFs, and by poppler. */
async function bothOf(template: LabelTemplate, codes: 'batch' | 'unit'): Promise<readonly [Dots, Dots]> {
  const run = sampleRun({ template, count: perPage(template), codes });
  if (run === null) throw new RangeError('does not fit');
  const file = {
    printout: { run, reprint: null },
    labels: runLabels(run, [sampleKey]),
    fonts: labelFonts,
  };
  const ours = pdfPictures(file, DPI)(2);
  const [, poppler] = await labelPictures(await fileOfRun(run, 'pdf'), template, { dpi: DPI, page: 1 });
  if (poppler === undefined) throw new RangeError('no second label');
  const { width, height, pixels } = poppler;
  return [
    { width: ours.width, height: ours.height, black: (x, y) => isBlack(ours, x, y) },
    { width, height, black: (x, y) => (pixels[y * width + x] ?? 255) < HALF },
  ];
}

describe('the picture of a label that is read before its run is released', function () {
  this.timeout(60_000);

  before(async function () {
    const missing = await missingTools();
    if (missing.length > 0) skipBecause(this, `this machine has no ${missing.join(', ')}`);
  });

  for (const id of ['avery-l7160', 'herma-4387', 'roll-35x22-3']) {
    for (const codes of ['batch', 'unit'] as const) {
      it(`is what poppler sees of the same PDF of ${codes} codes on ${id}`, async () => {
        const [ours, theirs] = await bothOf(templateOf(id), codes);

        expect(strays(ours, theirs)).to.be.below(STRAY_MAX);
        expect(strays(theirs, ours)).to.be.below(STRAY_MAX);
      });
    }
  }
});
