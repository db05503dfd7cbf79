import { expect } from 'chai';
import fc from 'fast-check';
import {
  dotMm,
  insetsOf,
  pagePlaces,
  perPage,
  printPlan,
  slotAt,
} from '../../../../src/domain/label/template.ts';
import { labelStock } from '../../../../src/features/labels/stock.ts';

const { templates } = labelStock();
const anyTemplate = fc.constantFrom(...templates);

/** What the sources' rounding may put past the paper's edge. */
const ROUNDING_MM = 0.1;

describe('label templates', () => {
  it('have every label on the paper and none on another', () => {
    for (const template of templates) {
      const places = Array.from({ length: perPage(template) }, (_, slot) => slotAt(template, slot));
      for (const { xMm, yMm } of places) {
        expect(xMm, template.id).to.be.at.least(0);
        expect(xMm + template.widthMm, template.id).to.be.at.most(template.pageWidthMm + ROUNDING_MM);
        expect(yMm + template.heightMm, template.id).to.be.at.most(template.pageHeightMm + ROUNDING_MM);
      }
      if (template.columns > 1)
        expect(template.pitchXMm + 1e-9, template.id).to.be.at.least(template.widthMm);
      if (template.rows > 1) expect(template.pitchYMm + 1e-9, template.id).to.be.at.least(template.heightMm);
    }
  });

  it('have names of their own', () => {
    expect(new Set(templates.map(({ id }) => id)).size).to.equal(templates.length);
  });

  it('put labels on whole dots of the printer', () => {
    for (const template of templates) {
      const dot = dotMm(template);
      for (let slot = 0; slot < perPage(template); slot += 1) {
        const dots = slotAt(template, slot).xMm / dot;
        expect(Math.abs(dots - Math.round(dots)), template.id).to.be.below(1e-6);
      }
    }
  });

  it('keep ink 4.5 mm from the edge of a sheet and a millimetre from the edge of a label', () => {
    for (const template of templates.filter(({ kind }) => kind === 'sheet')) {
      const insets = insetsOf(template);
      expect(template.leftMm + insets.leftMm, template.id).to.be.at.least(4.5 - 1e-9);
      expect(template.topMm + insets.topMm, template.id).to.be.at.least(4.5 - 1e-9);
      expect(Math.min(...Object.values(insets)), template.id).to.be.at.least(1);
    }
  });
});

describe('the arithmetic of a print run', () => {
  it('says “3 sheets, 190 labels, 5 places left” of 190 labels on sheets of 65', () => {
    expect(printPlan({ columns: 5, rows: 13 }, { count: 190, startAt: 1 })).to.deep.equal({
      perPage: 65,
      pages: 3,
      count: 190,
      startAt: 1,
      free: 5,
    });
  });

  it('fills every place once: used, printed and free places are the whole of the sheets', () => {
    fc.assert(
      fc.property(anyTemplate, fc.integer({ min: 1, max: 5_000 }), fc.nat(), (template, count, from) => {
        const places = perPage(template);
        const startAt = 1 + (from % places);

        const plan = printPlan(template, { count, startAt });

        expect(startAt - 1 + count + plan.free).to.equal(plan.pages * places);
        expect(plan.free).to.be.within(0, places - 1);
      }),
    );
  });

  it('has each label on one page, in order, from the first place asked for', () => {
    fc.assert(
      fc.property(anyTemplate, fc.integer({ min: 1, max: 5_000 }), fc.nat(), (template, count, from) => {
        const startAt = 1 + (from % perPage(template));
        const plan = printPlan(template, { count, startAt });

        const pages = Array.from({ length: plan.pages }, (_, page) => pagePlaces(plan, page));

        expect(pages[0]?.first).to.equal(startAt - 1);
        let before = 0;
        for (const { first, end, firstLabel, labels } of pages) {
          expect(firstLabel).to.equal(before + 1);
          expect(labels).to.equal(before + end - first);
          before = labels;
        }
        expect(before).to.equal(count);
      }),
    );
  });
});
