import { join } from 'node:path';
import PDFDocument from 'pdfkit';
import { create } from 'qrcode';

const FONT = join(
  import.meta.dirname,
  '../../../node_modules/@expo-google-fonts/be-vietnam-pro/400Regular/BeVietnamPro_400Regular.ttf',
);
const [PAGE_WIDTH, PAGE_HEIGHT] = [595.28, 841.89];
const [COLUMNS, ROWS] = [3, 7];
const MODULE_PT = 1.2;
const LINE_PT = 8;

export type PlainLabel = { readonly address: string; readonly lines: readonly string[] };

/** What one writes first: each label's symbol by `qrcode`, a box for each dark module, and its lines of text. */
export async function plainPdf(labels: readonly PlainLabel[]): Promise<number> {
  const document = new PDFDocument({ size: [PAGE_WIDTH, PAGE_HEIGHT], margin: 0 });
  let bytes = 0;
  document.on('data', (part: Uint8Array) => (bytes += part.length));
  const ended = new Promise((resolve) => document.once('end', resolve));
  document.font(FONT).fontSize(LINE_PT - 1);
  for (const [index, { address, lines }] of labels.entries()) {
    const slot = index % (COLUMNS * ROWS);
    if (slot === 0 && index > 0)
      document
        .addPage()
        .font(FONT)
        .fontSize(LINE_PT - 1);
    const left = ((slot % COLUMNS) * PAGE_WIDTH) / COLUMNS;
    const top = (Math.floor(slot / COLUMNS) * PAGE_HEIGHT) / ROWS;
    const { size, data } = create(address, { errorCorrectionLevel: 'M' }).modules;
    for (let module = 0; module < data.length; module += 1) {
      if (data[module] !== 1) continue;
      const [x, y] = [module % size, Math.floor(module / size)];
      document.rect(left + x * MODULE_PT, top + y * MODULE_PT, MODULE_PT, MODULE_PT);
    }
    document.fill('#000');
    const beside = left + (size + 4) * MODULE_PT;
    lines.forEach((line, row) => document.text(line, beside, top + row * LINE_PT, { lineBreak: false }));
  }
  document.end();
  await ended;
  return bytes;
}
