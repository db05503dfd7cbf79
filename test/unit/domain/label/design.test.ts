import { expect } from 'chai';
import fc from 'fast-check';
import { designLabel } from '../../../../src/domain/label/design.ts';
import { frameOf, type LabelContent } from '../../../../src/domain/label/content.ts';
import {
  ALIGNMENTS,
  LAYOUT_FIELDS,
  SYMBOL_PLACES,
  TEXT_SIZES,
  TRACE_LAYOUTS,
  type LabelLayout,
} from '../../../../src/domain/label/layout.ts';
import { EAN_MODULE_MM, eanSymbol } from '../../../../src/domain/gs1/ean.ts';
import type { LabelDrawing, Mark } from '../../../../src/domain/label/drawing.ts';
import { QUIET_MODULES, smallestModuleMm } from '../../../../src/domain/label/symbol.ts';
import { dotMm, type LabelTemplate } from '../../../../src/domain/label/template.ts';
import { setParagraph } from '../../../../src/domain/label/text.ts';
import { loadFonts } from '../../../../src/features/labels/fonts.ts';
import { labelStock } from '../../../../src/features/labels/stock.ts';

const { typefaces } = loadFonts();
const stock = labelStock();

const tea: LabelContent = {
  name: 'Chè xanh Shan tuyết cổ thụ',
  cooperative: 'Hợp tác xã Chè Mây Ngủ',
  lot: 'Số lô: CX-02',
  code: '7K2M 9QXC 4TRV',
  place: 'Tỉnh Tuyên Quang',
  ocop: { stars: 4, texts: ['OCOP 4 sao', 'QĐ 11/QĐ-UBND', 'đến 12/2028'] },
  producedOn: 'NSX: 07/04/2026',
  expiresOn: 'HSD: 06/04/2028',
  netContent: 'Khối lượng tịnh: 100\u00A0g',
};

const template = (id: string): LabelTemplate => {
  const found = stock.template(id);
  if (found === null) throw new RangeError(id);
  return found;
};
const design = (
  id: string,
  content: Partial<LabelContent> = {},
  symbolSize = 25,
  layout: LabelLayout | undefined = undefined,
) => designLabel({ template: template(id), content: { ...tea, ...content }, layout, symbolSize, typefaces });

const symbolOf = (drawing: LabelDrawing) => {
  const found = drawing.marks.find(
    (mark): mark is Extract<Mark, { kind: 'symbol' }> => mark.kind === 'symbol',
  );
  if (found === undefined) throw new RangeError('no symbol');
  return found;
};
const textsOf = (drawing: LabelDrawing) =>
  drawing.marks.filter((mark): mark is Extract<Mark, { kind: 'text' }> => mark.kind === 'text');

const words = fc
  .array(fc.constantFrom('Chè', 'xanh', 'Shan', 'tuyết', 'Mật', 'ong', 'bạc', 'hà', 'Nghiêng', 'Ngữ'), {
    minLength: 1,
    maxLength: 14,
  })
  .map((list) => list.join(' '));

/** Every promise of a drawing, for any label that fits. */
function expectSound(drawing: LabelDrawing, of: LabelTemplate): void {
  const { xMm, yMm, moduleMm, size } = symbolOf(drawing);
  const frame = frameOf(of);
  const quietMm = QUIET_MODULES * moduleMm;
  const side = size * moduleMm;
  const dot = dotMm(of);
  expect(moduleMm).to.be.at.least(smallestModuleMm(of) - 1e-9);
  const isSmallest = of.dotsPerInch === null && moduleMm === smallestModuleMm(of);
  if (!isSmallest) expect(Math.abs(moduleMm / dot - Math.round(moduleMm / dot))).to.be.below(1e-6);
  // The quiet zone is on the label itself; half a dot is what moving to the printer's grid costs.
  const slack = dot + 1e-6;
  expect(xMm - quietMm).to.be.at.least(-1e-6);
  expect(yMm - quietMm).to.be.at.least(-1e-6);
  expect(xMm + side + quietMm).to.be.at.most(of.widthMm + slack);
  expect(yMm + side + quietMm).to.be.at.most(of.heightMm + slack);
  for (const mark of textsOf(drawing)) {
    const widthMm = typefaces[mark.weight].widthOf(mark.text) * mark.sizeMm;
    expect(mark.sizeMm).to.be.at.least((5 * 25.4) / 72 - 1e-9);
    expect(mark.xMm, mark.text).to.be.at.least(frame.xMm - 1e-6);
    expect(mark.xMm + widthMm, mark.text).to.be.at.most(frame.xMm + frame.widthMm + 1e-6);
    expect(mark.baselineMm - 0.74 * mark.sizeMm, mark.text).to.be.at.least(frame.yMm - 1e-6);
    // Figures have no descender.
    const descent = mark.field === 'barcode' ? 0.02 : 0.27;
    expect(mark.baselineMm + descent * mark.sizeMm, mark.text).to.be.at.most(
      frame.yMm + frame.heightMm + slack,
    );
    // No letter in the quiet zone.
    const left = mark.xMm < xMm + side + quietMm - 1e-6 && mark.xMm + widthMm > xMm - quietMm + 1e-6;
    const above =
      mark.baselineMm - 0.74 * mark.sizeMm < yMm + side + quietMm - 1e-6 &&
      mark.baselineMm > yMm - quietMm + 1e-6;
    expect(left && above, `${mark.text} in the quiet zone`).to.equal(false);
  }
}

/** A linear symbol of an allowed size on whole dots, with white on both sides and no other text in it. */
function expectBars(drawing: LabelDrawing, of: LabelTemplate): void {
  const bars = drawing.marks.filter((mark): mark is Extract<Mark, { kind: 'bar' }> => mark.kind === 'bar');
  expect(bars).to.have.length(30);
  const [first] = bars;
  const last = bars.at(-1);
  if (first === undefined || last === undefined) throw new Error('no bars');
  const moduleMm = first.widthMm;
  const dot = of.dotsPerInch === null ? 25.4 / 600 : dotMm(of);
  expect(Math.abs(moduleMm / dot - Math.round(moduleMm / dot))).to.be.below(1e-6);
  expect(moduleMm).to.be.within(EAN_MODULE_MM.least, EAN_MODULE_MM.most);
  const [left, right] = [first.xMm - 11 * moduleMm, last.xMm + last.widthMm + 7 * moduleMm];
  const bottom = Math.max(...bars.map(({ yMm, heightMm }) => yMm + heightMm));
  expect(left).to.be.at.least(-dotMm(of));
  expect(right).to.be.at.most(of.widthMm + 1e-6);
  expect(bottom).to.be.at.most(of.heightMm);
  expect(Math.min(...bars.map(({ heightMm }) => heightMm))).to.be.at.least(10 - 1e-6);
  for (const mark of textsOf(drawing)) {
    if (mark.field === 'barcode') continue;
    const widthMm = typefaces[mark.weight].widthOf(mark.text) * mark.sizeMm;
    const beside = mark.xMm + widthMm <= left + dotMm(of) || mark.xMm >= right - 1e-6;
    const clear = mark.baselineMm <= first.yMm || mark.baselineMm - 0.74 * mark.sizeMm >= bottom;
    expect(beside || clear, `${mark.text} in the bars`).to.equal(true);
  }
}

describe('the design of a label', () => {
  it('keeps its promises on every sheet and roll', () => {
    for (const one of stock.templates) {
      const made = designLabel({ template: one, content: tea, symbolSize: 25, typefaces });
      if (made.fits) expectSound(made.drawing, one);
    }
  });

  it('keeps them for any name, cooperative and lot, or refuses', () => {
    const input = fc.record({
      one: fc.constantFrom(...stock.templates),
      name: words,
      cooperative: words,
      lot: fc.stringMatching(/^[A-Z0-9-]{1,20}$/),
      symbolSize: fc.constantFrom(25, 29, 33, 41),
    });
    fc.assert(
      fc.property(input, ({ one, name, cooperative, lot, symbolSize }) => {
        const content = { ...tea, name, cooperative, lot: `Số lô: ${lot}` };

        const made = designLabel({ template: one, content, symbolSize, typefaces });

        if (made.fits) expectSound(made.drawing, one);
        else if (made.misfit.kind === 'space') expect(made.misfit.byMm).to.be.greaterThan(0);
      }),
      { numRuns: 150 },
    );
  });

  it('prints all that a label of its size says, word for word', () => {
    const made = design('avery-l7160');
    if (!made.fits) throw new Error('It fits');

    const said = textsOf(made.drawing)
      .map(({ text }) => text)
      .join(' ');

    for (const text of [
      tea.name,
      tea.cooperative,
      tea.place,
      tea.lot,
      tea.producedOn,
      tea.expiresOn,
      tea.netContent,
    ]) {
      expect(said).to.contain(text);
    }
    expect(said.replaceAll(' ', '')).to.contain(tea.code.replaceAll(' ', ''));
    expect(made.drawing.marks.filter(({ kind }) => kind === 'star')).to.have.length(4);
  });

  it('says code and lot on a label that has room for no more', () => {
    const made = design('herma-8831');
    if (!made.fits) throw new Error('It fits');

    const fields = new Set(textsOf(made.drawing).map(({ field }) => field));

    expect([...fields].sort()).to.deep.equal(['code', 'lot']);
  });

  it('refuses a name that does not fit by its millimetres', () => {
    const made = design('avery-l7651', { name: 'Chè xanh Shan tuyết cổ thụ hái tay '.repeat(5).trim() });

    if (made.fits || made.misfit.kind !== 'space') throw new Error('It does not fit');
    expect(made.misfit.field).to.equal('name');
    expect(made.misfit.byMm).to.be.within(1, 60);
  });

  it('refuses a word that is wider than its column and never breaks it', () => {
    const made = design('avery-l7651', { name: 'Ch'.repeat(40) });

    if (made.fits || made.misfit.kind !== 'space') throw new Error('It does not fit');
    expect(made.misfit.field).to.equal('name');
  });

  it('refuses a symbol that would print too small', () => {
    const made = design('avery-l7656', {}, 41);

    if (made.fits || made.misfit.kind !== 'space') throw new Error('It does not fit');
    expect(made.misfit.field).to.equal('symbol');
    expect(made.misfit.byMm).to.be.within(1, 10);
    expect(made.misfit.symbol).to.deep.equal({ modules: 49, moduleMm: 0.33 });
  });

  it('says what a layout asks for, in its order', () => {
    const rows = [
      { field: 'lot', size: 'large', bold: true },
      { field: 'name', size: 'small', bold: false },
    ] as const;

    const made = design('avery-l7160', {}, 25, { ...TRACE_LAYOUTS.full, rows });

    if (!made.fits) throw new Error('It fits');
    const texts = textsOf(made.drawing).filter(({ field }) => field !== 'code');
    const [lot, name] = texts;
    expect(texts.map(({ field }) => field)).to.deep.equal(['lot', 'name']);
    expect([lot?.weight, name?.weight]).to.deep.equal(['semibold', 'regular']);
    expect(lot?.sizeMm).to.be.greaterThan(name?.sizeMm ?? Infinity);
    expect(lot?.baselineMm).to.be.lessThan(name?.baselineMm ?? 0);
  });

  it('puts the symbol where a layout wants it, as large as it wants it', () => {
    const layout = { ...TRACE_LAYOUTS.short, symbolPlace: 'top', symbolMm: 13 } as const;

    const made = design('avery-l7165', {}, 25, layout);

    if (!made.fits) throw new Error('It fits');
    const { yMm, moduleMm, size } = symbolOf(made.drawing);
    expect(moduleMm * size).to.be.within(13 - 25 * dotMm(template('avery-l7165')), 13);
    for (const mark of textsOf(made.drawing))
      expect(mark.baselineMm).to.be.greaterThan(yMm + moduleMm * size);
  });

  it('refuses a symbol smaller than its printer prints clearly, by its millimetres', () => {
    const made = design('avery-l7160', {}, 25, { ...TRACE_LAYOUTS.short, symbolMm: 8 });

    expect(made).to.deep.equal({
      fits: false,
      misfit: { kind: 'space', field: 'symbol', byMm: 25 * smallestModuleMm(template('avery-l7160')) - 8 },
    });
  });

  it('keeps its promises for any layout, or refuses', () => {
    const row = fc.record({
      field: fc.constantFrom(...LAYOUT_FIELDS),
      size: fc.constantFrom(...TEXT_SIZES),
      bold: fc.boolean(),
    });
    const layouts = fc.record({
      rows: fc.uniqueArray(row, { selector: ({ field }) => field, minLength: 1, maxLength: 9 }),
      symbolPlace: fc.constantFrom(...SYMBOL_PLACES),
      symbolMm: fc.constantFrom(null, 12, 20),
      symbolContent: fc.constant('short' as const),
      alignment: fc.constantFrom(...ALIGNMENTS),
      barcode: fc.boolean(),
      goodsLabel: fc.constant(false),
    });
    const barcode = eanSymbol({ digits: '8935244812343' }) ?? undefined;
    fc.assert(
      fc.property(layouts, fc.constantFrom(...stock.templates), (layout, one) => {
        const content = { ...tea, barcode, brand: 'Mây Ngủ' };

        const made = designLabel({ template: one, content, layout, symbolSize: 25, typefaces });

        if (made.fits) expectSound(made.drawing, one);
        if (made.fits && layout.barcode) expectBars(made.drawing, one);
      }),
      { numRuns: 150 },
    );
  });

  it('refuses a character that the font does not have', () => {
    const made = design('avery-l7160', { name: 'Chè ★ ngon' });

    expect(made).to.deep.equal({ fits: false, misfit: { kind: 'letter', field: 'name', letter: '★' } });
  });
});

describe('setting a paragraph', () => {
  const set = (text: string, widthMm: number, hanging = false) =>
    setParagraph(
      { pieces: [{ field: 'name', text }], weight: 'regular', scale: 1, hanging },
      { widthMm, textMm: 2, typefaces },
    );

  it('loses no word and puts none twice', () => {
    fc.assert(
      fc.property(words, fc.integer({ min: 5, max: 60 }), fc.boolean(), (text, widthMm, hanging) => {
        const { lines, tooWide } = set(text, widthMm, hanging);

        expect(lines.map(({ pieces }) => pieces.map((piece) => piece.text).join(' ')).join(' ')).to.equal(
          text,
        );
        if (tooWide === null) {
          for (const line of lines) expect(line.widthMm).to.be.at.most(widthMm + 1e-6);
        }
      }),
    );
  });

  it('lets a caption stand out where its text has several lines', () => {
    const text = 'Bảo quản: nơi khô ráo, tránh ánh nắng';

    const [one, several] = [set(text, 200, true), set(text, 25, true)];

    const starts = (of: typeof one) => of.lines.map(({ pieces }) => pieces[0]?.xMm ?? -1);
    expect(starts(one)).to.deep.equal([0]);
    expect(starts(several).length).to.be.greaterThan(1);
    expect(starts(several)[0]).to.equal(0);
    for (const start of starts(several).slice(1)) expect(start).to.be.closeTo(0.8 * 2, 1e-9);
  });

  it('leaves no single word on the last line where the lines can be even', () => {
    const { lines } = set('Chè xanh Shan tuyết cổ thụ', 22);

    expect(lines.map(({ pieces }) => pieces[0]?.text)).to.deep.equal(['Chè xanh Shan', 'tuyết cổ thụ']);
  });
});
