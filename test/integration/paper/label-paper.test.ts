import { expect } from 'chai';
import { groupCode } from '../../../src/domain/batch-code/batch-code.ts';
import { labelAddress, symbolFor } from '../../../src/domain/label/symbol.ts';
import { designLabel } from '../../../src/domain/label/design.ts';
import type { LabelContent } from '../../../src/domain/label/content.ts';
import { encodeSymbol } from '../../../src/features/labels/encoder.ts';
import { loadFonts } from '../../../src/features/labels/fonts.ts';
import { calibrationPdf } from '../../../src/features/labels/calibration-pdf.ts';
import { labelsPdf } from '../../../src/features/labels/pdf.ts';
import { runLabels } from '../../../src/features/labels/run-labels.ts';
import { labelStock } from '../../../src/features/labels/stock.ts';
import type { PrintRun } from '../../../src/features/labels/contract.ts';
import { missingTools, scanPage, scanWhole, textOf } from '../../kit/paper.ts';
import { perPage } from '../../../src/domain/label/template.ts';
import { skipBecause } from '../../kit/skip.ts';

const CODE = '7K2M9QXC4TRV';
const fonts = loadFonts();
const stock = labelStock();

const content: LabelContent = {
  name: 'Chè xanh Shan tuyết cổ thụ',
  cooperative: 'Hợp tác xã Chè Mây Ngủ',
  lot: 'Số lô: CX-02',
  code: groupCode(CODE),
  place: 'Tỉnh Tuyên Quang',
  ocop: { stars: 4, texts: ['OCOP 4 sao', 'QĐ 11/QĐ-UBND', 'đến 12/2028'] },
  producedOn: 'NSX: 07/04/2026',
  expiresOn: 'HSD: 06/04/2028',
  netContent: 'Khối lượng tịnh: 100\u00A0g',
};

type Fields = Partial<Pick<PrintRun, 'count' | 'startAt' | 'calibration'>> & { readonly publicUrl?: string };

function print(templateId: string, { publicUrl = 'https://nguon.example', ...fields }: Fields = {}) {
  const template = stock.template(templateId);
  if (template === null) throw new RangeError(templateId);
  const address = labelAddress(publicUrl, CODE);
  const symbol = symbolFor(address, encodeSymbol);
  const design = designLabel({ template, content, symbolSize: symbol.size, typefaces: fonts.typefaces });
  if (!design.fits) throw new RangeError(JSON.stringify(design.misfit));
  const run: PrintRun = {
    id: 'run1',
    run: 1,
    batchId: 'batch1',
    sequence: 1,
    productId: 'product1',
    cooperativeId: 'coop1',
    provinceCode: '08',
    codes: 'batch',
    count: template.columns * template.rows,
    printedBefore: 0,
    packs: null,
    startAt: 1,
    language: 'vi',
    goodsLabel: false,
    calibration: { xMm: 0, yMm: 0, scale: 1 },
    code: CODE,
    address,
    template,
    facts: {
      productName: content.name,
      cooperativeName: content.cooperative,
      provinceName: 'Tỉnh Tuyên Quang',
      lotNumber: 'CX-02',
      producedOn: '2026-04-07',
    },
    content,
    drawing: design.drawing,
    demo: false,
    createdAt: new Date('2026-11-24T01:30:00Z'),
    createdBy: 'clerk',
    createdByName: 'Cô Hạnh',
    ...fields,
  };
  const printout = { run: { ...run, symbol }, reprint: null };
  const parts = [...labelsPdf({ printout, fonts, labels: runLabels(run, []) })];
  const pdf = Buffer.concat(parts.map((part) => part.bytes));
  return { pdf, template, address, drawing: design.drawing, run, symbol };
}

/** Sheets of all kinds: middle, small, large, to the paper's edge, strips, squares, round, Letter; and rolls. */
const SHEETS = [
  'avery-l7160',
  'avery-l7651',
  'avery-l7165',
  'zweckform-3474',
  'avery-l7656',
  'herma-8831',
  'avery-l7630',
  'avery-5160',
  'herma-4387',
] as const;
const ROLLS = ['roll-35x22-3', 'roll-50x30', 'zebra-4x6', 'dymo-99010', 'brother-dk-11221'] as const;
/** Where a laser printer's 600 dpi is tried as well: the largest and the smallest modules, and every roll. */
const FINE: ReadonlySet<string> = new Set(['avery-l7165', 'avery-l7656', 'avery-l7651', ...ROLLS]);

describe('labels on paper', function () {
  this.timeout(120_000);

  before(async function () {
    const missing = await missingTools();
    if (missing.length === 0) return;
    skipBecause(this, `this machine has no ${missing.join(', ')} (poppler-utils, zbar-tools)`);
  });

  for (const id of [...SHEETS, ...ROLLS]) {
    for (const dpi of FINE.has(id) ? [203, 300, 600] : [203, 300]) {
      it(`every symbol of ${id} reads at ${dpi} dpi`, async () => {
        const { pdf, template, address } = print(id);

        const said = await scanPage(pdf, template, { dpi, page: 1 });

        expect(said).to.deep.equal(said.map(() => address));
      });
    }
  }

  for (const id of ['avery-l7160', 'avery-l7159', 'avery-l7173', 'avery-l7651']) {
    it(`a whole sheet of ${id} reads at one look at 300 dpi`, async () => {
      const { pdf, template, address } = print(id);

      const said = await scanWhole(pdf, { dpi: 300, page: 1 });

      expect(said).to.deep.equal(Array<string>(perPage(template)).fill(address));
    });
  }

  it('starts at the place asked for and ends where the labels end', async () => {
    const { pdf, template, address } = print('avery-l7160', { count: 30, startAt: 5 });

    const first = await scanPage(pdf, template, { dpi: 200, page: 1 });
    const second = await scanPage(pdf, template, { dpi: 200, page: 2 });

    expect(first).to.deep.equal([...Array<null>(4).fill(null), ...Array<string>(17).fill(address)]);
    expect(second).to.deep.equal([...Array<string>(13).fill(address), ...Array<null>(8).fill(null)]);
  });

  it('moves and scales the page for a printer that is off', async () => {
    const { pdf, template, address } = print('avery-l7160', {
      calibration: { xMm: 66.04, yMm: 38.1, scale: 1 },
    });

    const said = await scanPage(pdf, template, { dpi: 200, page: 1 });

    expect(said[0]).to.equal(null);
    expect([said[4], said[5], said[7]]).to.deep.equal([address, address, address]);
  });

  it('says in copied text what is printed, with every diacritic', async () => {
    const { pdf } = print('avery-l7160', { count: 1 });

    const text = (await textOf(pdf)).normalize('NFC');

    for (const said of [
      'Chè xanh Shan',
      'tuyết cổ thụ',
      'OCOP 4 sao',
      'QĐ 11/QĐ-UBND',
      'Hợp tác xã Chè Mây Ngủ',
      'Tỉnh Tuyên Quang',
      'Số lô: CX-02',
      'NSX: 07/04/2026',
      'HSD: 06/04/2028',
      'Khối lượng tịnh: 100',
      '7K2M 9QXC 4TRV',
    ]) {
      expect(text).to.contain(said);
    }
  });

  it('encodes an address with a path in small letters as it is', async () => {
    const { pdf, template, address, symbol } = print('avery-l7160', {
      publicUrl: 'https://htx.example/truy-xuat',
      count: 1,
    });

    const said = await scanPage(pdf, template, { dpi: 300, page: 1 });

    expect(address).to.equal(`HTTPS://HTX.EXAMPLE/truy-xuat/${CODE}`);
    expect(symbol.version).to.equal(3);
    expect(said[0]).to.equal(address);
  });

  it('gives the same bytes for the same run', () => {
    expect(print('avery-l7651').pdf.equals(print('avery-l7651').pdf)).to.equal(true);
  });

  it('writes a calibration page for every template', async () => {
    for (const template of stock.templates) {
      const options = { language: 'vi', calibration: { xMm: 1, yMm: -1, scale: 1.01 }, fonts } as const;
      const pdf = Buffer.concat([...calibrationPdf(template, options)]);
      expect(pdf.subarray(-6).toString(), template.id).to.equal('%%EOF\n');
    }
    const usual = stock.template('avery-l7160');
    if (usual === null) throw new RangeError('avery-l7160');
    const options = { language: 'vi', calibration: { xMm: 0, yMm: 0, scale: 1 }, fonts } as const;
    const text = await textOf(Buffer.concat([...calibrationPdf(usual, options)]));
    expect(text.normalize('NFC')).to.contain('phải đúng 100 mm');
  });
});
