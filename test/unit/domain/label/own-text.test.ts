import { expect } from 'chai';
import { designLabel } from '../../../../src/domain/label/design.ts';
import { frameOf, type LabelContent } from '../../../../src/domain/label/content.ts';
import { lettersOf, textAt, withOwnTexts } from '../../../../src/domain/label/own-text.ts';
import type { LabelDrawing, Mark } from '../../../../src/domain/label/drawing.ts';
import { loadFonts } from '../../../../src/features/labels/fonts.ts';
import { labelStock } from '../../../../src/features/labels/stock.ts';

const { typefaces } = loadFonts();
const stock = labelStock();

const content: LabelContent = {
  name: 'Chè xanh Shan tuyết',
  cooperative: 'HTX Chè Mây Ngủ',
  lot: 'Số lô: CX-02',
  code: 'WWWW WWWW WWWW WWWW WWWW',
  packNumber: 'Hộp\u00A08.888\u00A0trong\u00A02.400',
  packedFrom: 'đóng từ 600\u00A0kg',
  isUnit: true,
};
const codes = ['1111 1111 1111 1111 1111', '7K2M 9QXC 4TRV 0HZ3 MWWW', 'MMMM MMMM MMMM MMMM MMMM'];

const designs = stock.templates.flatMap((template) => {
  const made = designLabel({ template, content, symbolSize: 25, typefaces });
  return made.fits ? [{ template, drawing: made.drawing }] : [];
});
type TextMark = Extract<Mark, { kind: 'text' }>;
const textsOf = (drawing: LabelDrawing, field: string): readonly TextMark[] =>
  drawing.marks.filter((mark): mark is TextMark => mark.kind === 'text' && mark.field === field);

describe('the labels of a unit run', () => {
  it('fit on most sheets and rolls on sale', () => {
    expect(designs.length).to.be.greaterThan(stock.templates.length / 2);
  });

  it('say their own code, whole and in its place, on every sheet and roll', () => {
    for (const { template, drawing } of designs) {
      const frame = frameOf(template);
      for (const code of codes) {
        const label = withOwnTexts(
          drawing,
          { code, packNumber: 'Hộp\u00A07\u00A0trong\u00A02.400' },
          typefaces,
        );
        const lines = textsOf(label, 'code');
        expect(lines.map(({ text }) => text).join(' ')).to.equal(code);
        for (const [at, line] of lines.entries()) {
          const widthMm = typefaces[line.weight].widthOf(line.text) * line.sizeMm;
          expect(line.xMm, template.id).to.be.at.least(frame.xMm - 1e-6);
          expect(line.xMm + widthMm, template.id).to.be.at.most(frame.xMm + frame.widthMm + 1e-6);
          const kept = textsOf(drawing, 'code')[at];
          expect(line.text.length).to.equal(kept?.text.length);
          if (kept?.own?.align !== 'centre') continue;
          const keptMm = typefaces[kept.weight].widthOf(kept.text) * kept.sizeMm;
          expect(line.xMm + widthMm / 2).to.be.closeTo(kept.xMm + keptMm / 2, 1e-6);
        }
      }
    }
  });

  it('say which pack they are of on one line, beside what all packs were packed from', () => {
    const large = designs.find(({ template }) => template.id === 'avery-l7160');
    if (large === undefined) throw new Error('It fits');
    const label = withOwnTexts(
      large.drawing,
      { packNumber: 'Hộp\u00A0812\u00A0trong\u00A02.400' },
      typefaces,
    );

    expect(textsOf(label, 'packNumber').map(({ text }) => text)).to.deep.equal([
      'Hộp\u00A0812\u00A0trong\u00A02.400',
    ]);
    expect(textsOf(label, 'packedFrom').map(({ text }) => text)).to.deep.equal(['đóng từ 600\u00A0kg']);
    expect(textsOf(label, 'name').length).to.be.greaterThan(0);
  });

  it('need letters that no placeholder has, and keep the placeholder where they have no text of their own', () => {
    for (const { drawing } of designs) {
      for (const mark of textsOf(drawing, 'code')) {
        for (const letter of codes.join('')) expect(lettersOf(mark)).to.contain(letter);
        expect(textAt(mark, {})).to.equal(mark.text);
      }
      for (const mark of textsOf(drawing, 'lot')) {
        expect(lettersOf(mark)).to.equal(mark.text);
        expect(textAt(mark, { lot: 'x' })).to.equal(mark.text);
      }
    }
  });

  it('share everything when they carry the batch’s code', () => {
    const one = stock.template('avery-l7160');
    if (one === null) throw new Error('It is on sale');
    const made = designLabel({
      template: one,
      content: { ...content, isUnit: false },
      symbolSize: 25,
      typefaces,
    });
    if (!made.fits) throw new Error('It fits');

    expect(withOwnTexts(made.drawing, { code: '1111 1111 1111 1111 1111' }, typefaces)).to.deep.equal(
      made.drawing,
    );
  });
});
