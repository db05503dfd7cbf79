import { groupCode } from '../../src/domain/batch-code/batch-code.ts';
import { designLabel } from '../../src/domain/label/design.ts';
import { labelAddress, symbolFor } from '../../src/domain/label/symbol.ts';
import type { LabelContent } from '../../src/domain/label/content.ts';
import type { LabelLayout } from '../../src/domain/label/layout.ts';
import type { LabelTemplate } from '../../src/domain/label/template.ts';
import { unitKey, type UnitKey } from '../../src/domain/unit-code/unit-code.ts';
import { unitSymbol } from '../../src/features/labels/address-encoder.ts';
import { encodeSymbol } from '../../src/features/labels/encoder.ts';
import { loadFonts } from '../../src/features/labels/fonts.ts';
import { makeFile, type FileFormat } from '../../src/features/labels/making.ts';
import { labelStock } from '../../src/features/labels/stock.ts';
import type { StoredRun } from '../../src/features/labels/store.ts';

/** A print run as the database would hold it, without one: what its files are made of. */

const BATCH_CODE = '7K2M9QXC4TRV';
export const labelFonts = loadFonts();
export const stock = labelStock();
export const sampleKey: UnitKey = unitKey(new Uint8Array(32).fill(7), 1);

const PACK_LINE = 'Hộp\u00A0{n}\u00A0trong\u00A02.400';

const CONTENT: LabelContent = {
  name: 'Chè xanh Shan tuyết cổ thụ',
  cooperative: 'Hợp tác xã Chè Mây Ngủ',
  lot: 'Số lô: CX-02',
  code: groupCode('M'.repeat(20)),
  place: 'Tỉnh Tuyên Quang',
  ocop: { stars: 4, texts: ['OCOP 4 sao', 'QĐ 11/QĐ-UBND', 'đến 12/2028'] },
  producedOn: 'NSX: 07/04/2026',
  expiresOn: 'HSD: 06/04/2028',
  netContent: 'Khối lượng tịnh: 100\u00A0g',
};
const ENGLISH: Partial<LabelContent> = {
  name: 'Ancient-tree Shan Tuyet green tea',
  cooperative: 'May Ngu Tea Co-operative',
  lot: 'Lot: CX-02',
  place: 'Tuyen Quang province',
  ocop: { stars: 4, texts: ['OCOP 4 stars', 'Decision 11/QĐ-UBND', 'until 12/2028'] },
  producedOn: 'Produced: 07/04/2026',
  expiresOn: 'Best before: 06/04/2028',
  netContent: 'Net weight: 100\u00A0g',
};

export type SampleRun = {
  readonly template: LabelTemplate;
  readonly count: number;
  readonly codes?: 'batch' | 'unit';
  readonly language?: 'vi' | 'en';
  readonly numbered?: boolean;
  readonly startAt?: number;
  readonly publicUrl?: string;
  /** Absent: the trace label, as much of it as the template's size has room for. */
  readonly layout?: LabelLayout;
  /** What the label says besides or in place of the sample's words. */
  readonly words?: Partial<LabelContent>;
  /** What the symbol of a run of the batch's code says in place of its page's address. */
  readonly address?: string;
  readonly packLine?: string;
};

export function templateOf(id: string): LabelTemplate {
  const template = stock.template(id);
  if (template === null) throw new RangeError(id);
  return template;
}

/** The run, or null where the sample's words do not fit its template. */
export function sampleRun(asked: SampleRun): StoredRun | null {
  const { template, count, codes = 'unit', language = 'vi', numbered = false, startAt = 1 } = asked;
  const { packLine = PACK_LINE } = asked;
  const address = asked.address ?? labelAddress(asked.publicUrl ?? 'https://nguon.vn', BATCH_CODE);
  const isUnit = codes === 'unit';
  const symbol = isUnit
    ? unitSymbol(address.replace(BATCH_CODE, 'M'.repeat(20)))
    : symbolFor(address, encodeSymbol);
  const words = { ...CONTENT, ...(language === 'en' ? ENGLISH : {}), ...asked.words };
  const content: LabelContent = isUnit
    ? { ...words, isUnit, ...(numbered ? { packNumber: packLine.replace('{n}', '8.888') } : {}) }
    : { ...words, code: groupCode(BATCH_CODE) };
  const { typefaces } = labelFonts;
  const design = designLabel({ template, content, layout: asked.layout, symbolSize: symbol.size, typefaces });
  if (!design.fits) return null;
  return {
    id: 'run1',
    run: 12,
    batchId: 'batch1',
    sequence: 1,
    productId: 'product1',
    cooperativeId: 'coop1',
    provinceCode: '08',
    codes,
    unit: isUnit
      ? {
          epoch: sampleKey.epoch,
          shuffled: false,
          packNumbers: [{ from: 1, to: count }],
          packLine: numbered ? packLine : undefined,
        }
      : undefined,
    count,
    printedBefore: 0,
    packs: null,
    startAt,
    language,
    goodsLabel: false,
    calibration: { xMm: 0, yMm: 0, scale: 1 },
    code: BATCH_CODE,
    address,
    template,
    facts: {
      productName: content.name,
      cooperativeName: content.cooperative,
      provinceName: content.place ?? '',
      lotNumber: 'CX-02',
      producedOn: '2026-04-07',
    },
    content,
    drawing: design.drawing,
    symbol,
    demo: false,
    createdAt: new Date('2026-11-24T01:30:00Z'),
    createdBy: 'clerk',
    createdByName: 'Cô Hạnh',
  };
}

/** A run's file, whole. */
export async function fileOfRun(run: StoredRun, format: FileFormat): Promise<Buffer> {
  const job = { format, printout: { run, reprint: null }, keys: [sampleKey] };
  const parts: Buffer[] = [];
  for await (const { bytes } of makeFile(job, labelFonts)) parts.push(Buffer.from(bytes));
  return Buffer.concat(parts);
}
