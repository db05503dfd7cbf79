import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { eanSymbol } from '../../../src/domain/gs1/ean.ts';
import { parseGtin } from '../../../src/domain/gs1/gtin.ts';
import { GOODS_LAYOUT, TRACE_LAYOUTS } from '../../../src/domain/label/layout.ts';
import { digitalLinkAddress } from '../../../src/domain/label/symbol.ts';
import type { LabelContent } from '../../../src/domain/label/content.ts';
import { fileOfRun, sampleRun, templateOf, type SampleRun } from '../../kit/label-run.ts';
import { labelPictures, missingTools, placedWords, scanPage, type Picture } from '../../kit/paper.ts';
import { skipBecause } from '../../kit/skip.ts';

/**
 * What labels look like, kept as pictures that a person can read and that no version of poppler changes: where each
 * word stands, to a tenth of a millimetre, and how dark each square millimetre is, from 0 to 9.
 * `GOLDEN=write npx mocha test/integration/paper/label-pictures.test.ts` writes them anew: look at each before you keep it.
 */
const IS_WRITING = process.env['GOLDEN'] === 'write';

const DPI = 300;
const MM_PER_POINT = 25.4 / 72;
const SHADES = ' 123456789';
/** Another program's edges and letters' boxes. */
const WORD_SLACK_MM = 0.3;
const SHADE_SLACK = 2;

const GTIN = parseGtin('9506000134352');
const barcode = GTIN === null ? null : eanSymbol(GTIN);

const LAW: Partial<LabelContent> = {
  address: 'Địa chỉ: Thôn Pả Ngán, xã Lũng Phìn, tỉnh Tuyên Quang',
  origin: 'Sản xuất tại tỉnh Tuyên Quang, Việt Nam',
  ingredients: 'Thành phần: búp chè Shan tuyết 100 %',
  usage: 'Hướng dẫn sử dụng: pha 5 g chè với 150 ml nước 90 °C trong 3 phút',
  storage: 'Bảo quản: nơi khô ráo, tránh ánh nắng; dùng trong 30 ngày sau khi mở gói',
  warnings: 'Cảnh báo: không dùng khi gói bị rách hoặc chè có mùi lạ',
};
const LONG: Partial<LabelContent> = {
  name: 'Mật ong hoa bạc hà cao nguyên đá Đồng Văn loại thượng hạng',
  cooperative: 'Hợp tác xã Nông nghiệp hữu cơ và Du lịch cộng đồng Nghiêng Ngửa',
};

const PICTURES: Readonly<Record<string, SampleRun>> = {
  'sheet-of-batch-labels': { template: templateOf('avery-l7160'), count: 3, codes: 'batch' },
  'sheet-of-unit-labels': {
    template: templateOf('avery-l7160'),
    count: 3,
    numbered: true,
    packLine: 'Gói\u00A0{n}\u00A0trong\u00A02.400',
  },
  'roll-of-unit-labels': {
    template: templateOf('roll-50x30'),
    count: 1,
    numbered: true,
    packLine: 'Gói\u00A0{n}\u00A0trong\u00A02.400',
  },
  'three-across': { template: templateOf('roll-35x22-3'), count: 3 },
  'codes-alone': {
    template: templateOf('roll-35x22-3'),
    count: 3,
    numbered: true,
    publicUrl: 'https://truyxuat.htxchemayngu.vn',
    layout: TRACE_LAYOUTS.code,
  },
  'large-roll': { template: templateOf('roll-100x150'), count: 1, numbered: true },
  round: { template: templateOf('herma-4387'), count: 3 },
  'long-names': { template: templateOf('avery-l7160'), count: 3, codes: 'batch', words: LONG },
  'goods-label': {
    template: templateOf('roll-100x75'),
    count: 1,
    codes: 'batch',
    words: LAW,
    layout: GOODS_LAYOUT,
  },
  'ean-beside': {
    template: templateOf('avery-l7165'),
    count: 1,
    codes: 'batch',
    words: { barcode: barcode ?? undefined },
    layout: { ...TRACE_LAYOUTS.full, barcode: true },
  },
  'gs1-digital-link': {
    template: templateOf('avery-l7163'),
    count: 1,
    codes: 'batch',
    address: digitalLinkAddress('https://nguon.vn', { gtin14: '09506000134352', lot: 'CX-02' }),
  },
  'in-english': {
    template: templateOf('avery-l7160'),
    count: 3,
    language: 'en',
    numbered: true,
    packLine: 'Pack\u00A0{n}\u00A0of\u00A02,400',
  },
};

type Word = { readonly text: string; readonly mm: readonly number[] };
type Seen = {
  readonly symbols: readonly string[];
  readonly words: readonly Word[];
  readonly shades: readonly string[];
};

/** The darkness of each square millimetre of a label. */
function shadesOf({ width, height, pixels }: Picture): readonly string[] {
  const at = (mm: number) => Math.round((mm * DPI) / 25.4);
  const [columns, rows] = [Math.ceil((width * 25.4) / DPI), Math.ceil((height * 25.4) / DPI)];
  return Array.from({ length: rows }, (_, row) => {
    let line = '';
    for (let column = 0; column < columns; column += 1) {
      let [ink, area] = [0, 0];
      for (let y = at(row); y < Math.min(height, at(row + 1)); y += 1) {
        for (let x = at(column); x < Math.min(width, at(column + 1)); x += 1) {
          ink += 255 - (pixels[y * width + x] ?? 255);
          area += 255;
        }
      }
      line += SHADES.charAt(area === 0 ? 0 : Math.min(9, Math.round((10 * ink) / area)));
    }
    return line.trimEnd();
  });
}

async function seen(asked: SampleRun): Promise<Seen> {
  const run = sampleRun(asked);
  if (run === null) throw new RangeError('does not fit');
  const pdf = await fileOfRun(run, 'pdf');
  const at = { dpi: DPI, page: 1 };
  const said = await scanPage(pdf, asked.template, at);
  const [label] = await labelPictures(pdf, asked.template, at);
  const words = (await placedWords(pdf)).map(({ text, left, right, foot }) => ({
    text,
    mm: [left, right, foot].map((points) => Number((points * MM_PER_POINT).toFixed(1))),
  }));
  return {
    symbols: said.flatMap((address) => (address === null ? [] : [address])),
    words,
    shades: label === undefined ? [] : shadesOf(label),
  };
}

const fileOf = (name: string) => new URL(`../../vectors/labels/${name}.txt`, import.meta.url);

function written({ symbols, words, shades }: Seen): string {
  const lines = words.map(
    ({ text, mm }) => `${mm.map((one) => one.toFixed(1).padStart(5)).join(' ')}  ${text}`,
  );
  return `${[...symbols, '', ...lines, '', ...shades].join('\n')}\n`;
}

function kept(name: string): Seen {
  const [symbols = '', words = '', ...shades] = readFileSync(fileOf(name), 'utf8').split('\n\n');
  return {
    symbols: symbols.split('\n'),
    words: words.split('\n').map((line) => {
      const [, left, right, foot, text = ''] = /^ *(\S+) +(\S+) +(\S+) {2}(.*)$/.exec(line) ?? [];
      return { text, mm: [Number(left), Number(right), Number(foot)] };
    }),
    shades: shades.join('\n\n').replace(/\n$/, '').split('\n'),
  };
}

/** The squares whose darkness is another one, as `row:column`. */
function otherShades(one: readonly string[], other: readonly string[]): readonly string[] {
  const rows = Math.max(one.length, other.length);
  return Array.from({ length: rows }, (_, row) => row).flatMap((row) => {
    const [left = '', right = ''] = [one[row], other[row]];
    const columns = Math.max(left.length, right.length);
    return Array.from({ length: columns }, (_, column) => column)
      .filter((column) => {
        const [a, b] = [left, right].map((line) => SHADES.indexOf(line.charAt(column) || ' '));
        return Math.abs((a ?? 0) - (b ?? 0)) > SHADE_SLACK;
      })
      .map((column) => `${row}:${column}`);
  });
}

describe('the picture of a label', function () {
  this.timeout(60_000);

  before(async function () {
    const missing = await missingTools();
    if (missing.length > 0) skipBecause(this, `this machine has no ${missing.join(', ')}`);
  });

  for (const [name, asked] of Object.entries(PICTURES)) {
    it(`is the one that was looked at: ${name}`, async () => {
      const now = await seen(asked);
      if (IS_WRITING) writeFileSync(fileOf(name), written(now));

      const before = kept(name);

      expect(now.symbols).to.deep.equal(before.symbols);
      expect(now.words.map(({ text }) => text)).to.deep.equal(before.words.map(({ text }) => text));
      for (const [at, { text, mm }] of now.words.entries()) {
        mm.forEach((one, side) =>
          expect(one, text).to.be.closeTo(before.words[at]?.mm[side] ?? NaN, WORD_SLACK_MM),
        );
      }
      expect(otherShades(now.shades, before.shades)).to.deep.equal([]);
    });
  }
});
