import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';

/** What leaves the printer, read as a phone reads it: pages by poppler, symbols by zbar. */

const run = promisify(execFile);

const isThere = (program: string, flag: string) => spawnSync(program, [flag]).error === undefined;

/** Why printed pages cannot be read here; null where they can. */
export function whyNoScanner(): string | null {
  const missing = [
    ...(isThere('pdftoppm', '-v') ? [] : ['pdftoppm (poppler-utils)']),
    ...(isThere('zbarimg', '--version') ? [] : ['zbarimg (zbar-tools)']),
  ];
  return missing.length === 0 ? null : `not installed: ${missing.join(', ')}`;
}

/** Where a sheet's labels are, in millimetres, as the API tells of a template. */
export type Sheet = {
  readonly columns: number;
  readonly rows: number;
  readonly widthMm: number;
  readonly heightMm: number;
  readonly leftMm: number;
  readonly topMm: number;
  readonly pitchXMm: number;
  readonly pitchYMm: number;
};

const MM_PER_INCH = 25.4;

/** The pictures of a page's labels, one after the other, as a phone is held over each. */
async function labelsOf(page: string, sheet: Sheet, dpi: number): Promise<readonly string[]> {
  const px = (mm: number) => Math.round((mm / MM_PER_INCH) * dpi);
  const places = Array.from({ length: sheet.columns * sheet.rows }, (_, place) => ({
    left: px(sheet.leftMm + (place % sheet.columns) * sheet.pitchXMm),
    top: px(sheet.topMm + Math.floor(place / sheet.columns) * sheet.pitchYMm),
  }));
  const size = { width: px(sheet.widthMm), height: px(sheet.heightMm) };
  return Promise.all(
    places.map(async (place, index) => {
      const label = `${page}-${String(index).padStart(3, '0')}.label.png`;
      await sharp(page)
        .extract({ ...place, ...size })
        .toFile(label);
      return label;
    }),
  );
}

/** What the QR code on each label of a PDF says when it is printed at `dpi` and scanned; empty places say nothing. */
export async function symbolsPrinted(pdf: Buffer, sheet: Sheet, dpi: number): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'nguon-pages-'));
  try {
    writeFileSync(join(folder, 'labels.pdf'), pdf);
    await run('pdftoppm', [
      '-r',
      String(dpi),
      '-gray',
      '-png',
      join(folder, 'labels.pdf'),
      join(folder, 'page'),
    ]);
    const pages = readdirSync(folder)
      .filter((name) => name.endsWith('.png'))
      .sort();
    const labels = (await Promise.all(pages.map((page) => labelsOf(join(folder, page), sheet, dpi)))).flat();
    const found: string[] = [];
    for (const label of labels) {
      const args = ['--quiet', '--raw', '-Sdisable', '-Sqrcode.enable', label];
      // zbarimg ends with 4 where it finds no symbol.
      const { stdout } = await run('zbarimg', args).catch((error: { code?: unknown; stdout: string }) => {
        if (error.code === 4) return error;
        throw error as unknown;
      });
      found.push(...stdout.split('\n').filter((line) => line !== ''));
    }
    return found;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
