import { expect } from 'chai';
import { slotAt, type LabelTemplate } from '../../../src/domain/label/template.ts';
import { printedLabels } from '../../../src/features/labels/printout.ts';
import { runLabels } from '../../../src/features/labels/run-labels.ts';
import type { StoredRun } from '../../../src/features/labels/store.ts';
import { fileOfRun, sampleKey, sampleRun, stock, templateOf } from '../../kit/label-run.ts';
import { missingTools, scanPictures } from '../../kit/paper.ts';
import { printedPicture, tscPrints, zebraPrints, type Print } from '../../kit/thermal.ts';
import { rendererPrints } from '../../kit/zebra-renderer.ts';
import { skipBecause } from '../../kit/skip.ts';

const ROLLS = stock.templates.filter(({ kind }) => kind === 'roll');
const ROWS = 3;

/** The picture of each label of a row. */
function labelsOf(print: Print, template: LabelTemplate): readonly Print[] {
  const dpi = template.dotsPerInch ?? 0;
  const px = (mm: number) => Math.round((mm * dpi) / 25.4);
  return Array.from({ length: template.columns }, (_, slot) => {
    const { xMm, yMm } = slotAt(template, slot);
    const [left, top, width, height] = [px(xMm), px(yMm), px(template.widthMm), px(template.heightMm)];
    const dots = new Uint8Array(width * height);
    for (let y = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1) {
        dots[y * width + x] = print.dots[(top + y) * print.width + left + x] ?? 0;
      }
    }
    return { width, height, dots, copies: print.copies };
  });
}

const drawn = (label: Print): Buffer => printedPicture(label);

const addressesOf = (run: StoredRun): readonly string[] => {
  const labelAt = printedLabels({ run, reprint: null }, runLabels(run, [sampleKey]));
  return Array.from({ length: run.count }, (_, at) => labelAt(at + 1).address);
};

describe('labels on rolls', function () {
  this.timeout(120_000);

  before(async function () {
    const missing = await missingTools();
    if (missing.length > 0) skipBecause(this, `this machine has no ${missing.join(', ')}`);
  });

  for (const template of ROLLS) {
    it(`every symbol of ${template.id} reads as a Zebra printer prints it`, async function () {
      const run = sampleRun({ template, count: ROWS * template.columns });
      if (run === null) return skipBecause(this, 'a label of these words is larger than this roll');

      const prints = zebraPrints(await fileOfRun(run, 'zpl'));

      const labels = prints.flatMap((print) => labelsOf(print, template));
      const said = await scanPictures(labels.map(drawn));
      expect(said).to.deep.equal(addressesOf(run));
    });

    it(`a TSC printer prints ${template.id} dot by dot as a Zebra printer does`, async function () {
      const asked = { template, count: ROWS * template.columns };
      const run = sampleRun({ ...asked, numbered: true }) ?? sampleRun(asked);
      if (run === null) return skipBecause(this, 'a label of these words is larger than this roll');

      const zebra = zebraPrints(await fileOfRun(run, 'zpl'));
      const tsc = tscPrints(await fileOfRun(run, 'tspl'), template.dotsPerInch ?? 0);

      expect(tsc.length).to.equal(ROWS);
      expect(tsc.map(({ width, height }) => [width, height])).to.deep.equal(
        zebra.map(({ width, height }) => [width, height]),
      );
      tsc.forEach((print, at) =>
        expect(Buffer.from(print.dots).equals(zebra[at]?.dots ?? Buffer.alloc(0))).to.equal(true),
      );
    });
  }

  for (const id of ['roll-35x22-3', 'roll-50x30', 'zebra-4x2', 'dymo-99010']) {
    it(`an interpreter of ZPL that is not ours draws ${id} dot by dot as ours does`, async () => {
      const template = templateOf(id);
      const run = sampleRun({ template, count: 2 * template.columns });
      if (run === null) throw new RangeError('does not fit');
      const zpl = await fileOfRun(run, 'zpl');

      const ours = zebraPrints(zpl);
      const theirs = await rendererPrints(zpl, template);

      expect(theirs.length).to.equal(ours.length);
      theirs.forEach(({ dots }, at) => {
        expect(Buffer.from(dots).equals(ours[at]?.dots ?? Buffer.alloc(0)), `row ${at}`).to.equal(true);
      });
      const said = await scanPictures(theirs.flatMap((print) => labelsOf(print, template)).map(drawn));
      expect(said).to.deep.equal(addressesOf(run));
    });
  }

  it('prints a run of one code as one picture and a number of copies', async () => {
    const template = templateOf('roll-35x22-3');
    const run = sampleRun({ template, count: 31, codes: 'batch', startAt: 2 });
    if (run === null) throw new RangeError('does not fit');

    const zebra = zebraPrints(await fileOfRun(run, 'zpl'));
    const tsc = tscPrints(await fileOfRun(run, 'tspl'), template.dotsPerInch ?? 0);

    // Two labels on the part-used row, nine whole rows, two more labels.
    expect(zebra.map(({ copies }) => copies)).to.deep.equal([1, 9, 1]);
    expect(tsc.map(({ copies }) => copies)).to.deep.equal([1, 9, 1]);
    const [first] = zebra;
    if (first === undefined) throw new RangeError('nothing is printed');
    const said = await scanPictures(labelsOf(first, template).map(drawn));
    expect(said).to.deep.equal([null, run.address, run.address]);
  });
});
