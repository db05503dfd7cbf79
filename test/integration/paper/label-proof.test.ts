import { expect } from 'chai';
import { perPage, printPlan, type LabelTemplate } from '../../../src/domain/label/template.ts';
import { decodeUnit } from '../../../src/domain/unit-code/unit-code.ts';
import { fileOfRun, sampleKey, sampleRun, stock, templateOf } from '../../kit/label-run.ts';
import { missingTools, scanPage } from '../../kit/paper.ts';
import { skipBecause } from '../../kit/skip.ts';

/** `npm run test:labels`: every template at every resolution, for about half an hour. */
const IS_WHOLE = process.env['LABEL_PROOF'] === 'all';
const LABELS = 10_000;

/** Too low for a symbol of unit codes: a run on them is refused. */
const TOO_SMALL = ['avery-l4731rev', 'herma-4386'];

/** The largest and the smallest labels, the most on a sheet, squares, round ones, Letter, and a roll of each kind. */
const SPREAD = [
  'avery-l7160',
  'avery-l7168',
  'avery-l7656',
  'avery-l7120',
  'avery-l7630',
  'herma-4387',
  'avery-5167',
  'tomy-103',
  'roll-35x22-3',
  'roll-50x30',
  'zebra-2x1',
  'brother-dk-11221',
];

const usable = stock.templates.filter(({ id }) => !TOO_SMALL.includes(id));
const templates = IS_WHOLE ? usable : SPREAD.map(templateOf);
const resolutions = IS_WHOLE ? [203, 300, 600] : [300];

type Place = { readonly run: number; readonly index: number } | null;

/** What must be read on a page of the run that starts at the first place; null where the labels have ended. */
const expectedOn = (template: LabelTemplate, page: number, run: number): readonly Place[] =>
  Array.from({ length: perPage(template) }, (_, slot) => {
    const index = (page - 1) * perPage(template) + slot + 1;
    return index <= LABELS ? { run, index } : null;
  });

/** The run and number that the published algorithm finds in what was scanned. */
function placeOf(said: string | null): Place {
  const unit = decodeUnit([sampleKey], said?.replace('HTTPS://NGUON.VN/', '') ?? '');
  return unit === null ? null : { run: unit.run, index: unit.index };
}

describe('every symbol of a printed run of 10,000 unit labels leads to its run and number', function () {
  this.timeout(600_000);

  before(async function () {
    const missing = await missingTools();
    if (missing.length === 0) return;
    skipBecause(this, `this machine has no ${missing.join(', ')} (poppler-utils, zbar-tools)`);
  });

  it('on every template but those that are too low for it', () => {
    const refused = stock.templates.filter((template) => sampleRun({ template, count: 1 }) === null);

    expect(refused.map(({ id }) => id)).to.deep.equal(TOO_SMALL);
  });

  for (const template of templates) {
    it(`on ${template.id} at ${resolutions.join(', ')} dpi`, async () => {
      const run = sampleRun({ template, count: LABELS });
      if (run === null) throw new RangeError(template.id);
      const pdf = await fileOfRun(run, 'pdf');
      const { pages } = printPlan(template, { count: LABELS, startAt: 1 });
      const sampled = [1, Math.ceil(pages / 2), ...(IS_WHOLE ? [pages] : [])];

      for (const dpi of resolutions) {
        for (const page of sampled) {
          const said = await scanPage(pdf, template, { dpi, page });

          const what = `page ${page} of ${pages} at ${dpi} dpi`;
          expect(said.map(placeOf), what).to.deep.equal(expectedOn(template, page, run.run));
        }
      }
    });
  }
});
