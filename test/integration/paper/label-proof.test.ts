import { expect } from 'chai';
import { TRACE_LAYOUTS } from '../../../src/domain/label/layout.ts';
import { perPage, printPlan, type LabelTemplate } from '../../../src/domain/label/template.ts';
import { decodeUnit } from '../../../src/domain/unit-code/unit-code.ts';
import type { StoredRun } from '../../../src/features/labels/store.ts';
import { fileOfRun, sampleKey, sampleRun, stock, templateOf } from '../../kit/label-run.ts';
import { missingTools, scanPage } from '../../kit/paper.ts';
import { skipBecause } from '../../kit/skip.ts';

/** `npm run test:labels`: every template at every resolution; `-- --grep zebra` for those with this in their name. */
const IS_WHOLE = process.env['LABEL_PROOF'] === 'all';
const LABELS = 10_000;
/** Of a roll, whose page is one row, more pages are looked at. */
const LABELS_LOOKED_AT_MIN = 12;

/** A host of up to nine letters makes symbols of 25 modules a side, a longer one 29. */
const HOSTS = { short: 'https://nguon.vn', long: 'https://truyxuat.htxchemayngu.vn' } as const;

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

type Asked = { readonly numbered?: boolean; readonly publicUrl?: string };

/** The fullest label that fits the template: what is offered when the trace label does not. */
function fullest(template: LabelTemplate, asked: Asked = {}): StoredRun | null {
  const run = (layout?: 'short' | 'code') =>
    sampleRun({
      ...asked,
      template,
      count: LABELS,
      ...(layout === undefined ? {} : { layout: TRACE_LAYOUTS[layout] }),
    });
  return run() ?? run('short') ?? run('code');
}

const refused = (asked: Asked): readonly string[] =>
  stock.templates.filter((template) => fullest(template, asked) === null).map(({ id }) => id);

const usable = stock.templates.filter((template) => fullest(template) !== null);
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

/** The first page, the last one and those between, evenly. */
function sampledPages(template: LabelTemplate, pages: number): readonly number[] {
  const least = IS_WHOLE ? 3 : 2;
  const count = Math.min(pages, Math.max(least, Math.ceil(LABELS_LOOKED_AT_MIN / perPage(template))));
  return Array.from({ length: count }, (_, at) => 1 + Math.round((at * (pages - 1)) / (count - 1)));
}

describe('every symbol of a printed run of 10,000 unit labels leads to its run and number', function () {
  this.timeout(600_000);

  before(async function () {
    const missing = await missingTools();
    if (missing.length === 0) return;
    skipBecause(this, `this machine has no ${missing.join(', ')} (poppler-utils, zbar-tools)`);
  });

  it('on every template but those that docs/operations.md tells of', () => {
    expect(refused({ publicUrl: HOSTS.short })).to.deep.equal(['avery-l4731rev', 'herma-4386']);
    expect(refused({ publicUrl: HOSTS.long })).to.deep.equal(['avery-l7656', 'avery-l4731rev', 'herma-4386']);
  });

  it('and with the number of its pack on all but three more small ones', () => {
    expect(refused({ publicUrl: HOSTS.long, numbered: true })).to.deep.equal([
      'avery-l7656',
      'avery-l4731rev',
      'herma-4386',
      'herma-4387',
      'roll-30x20-2',
      'brother-dk-11221',
    ]);
  });

  for (const template of templates) {
    it(`on ${template.id} at ${resolutions.join(', ')} dpi`, async () => {
      const run = fullest(template);
      if (run === null) throw new RangeError(template.id);
      const pdf = await fileOfRun(run, 'pdf');
      const { pages } = printPlan(template, { count: LABELS, startAt: 1 });

      for (const dpi of resolutions) {
        for (const page of sampledPages(template, pages)) {
          const said = await scanPage(pdf, template, { dpi, page });

          const what = `page ${page} of ${pages} at ${dpi} dpi`;
          expect(said.map(placeOf), what).to.deep.equal(expectedOn(template, page, run.run));
        }
      }
    });
  }
});
