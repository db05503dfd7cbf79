import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { slotAt, perPage, type LabelTemplate } from '../../src/domain/label/template.ts';

const run = promisify(execFile);

/** What looks at PDFs as a printer and a phone would: neither is ours. */
const TOOLS = ['pdftoppm', 'pdftotext', 'zbarimg'] as const;

/** The tools that this machine lacks. */
export async function missingTools(): Promise<readonly string[]> {
  const found = await Promise.all(
    TOOLS.map((tool) =>
      run('which', [tool]).then(
        () => true,
        () => false,
      ),
    ),
  );
  return TOOLS.filter((_, at) => found[at] === false);
}

/** Grey pixels, row by row; 255 is white. */
export type Picture = { readonly width: number; readonly height: number; readonly pixels: Uint8Array };

/** Reads a binary grey map. Source: netpbm's PGM format, P5 */
function readGreyMap(bytes: Buffer): Picture {
  const [, width = '', height = ''] =
    /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(bytes.subarray(0, 40).toString('latin1')) ?? [];
  const [w, h] = [Number(width), Number(height)];
  return { width: w, height: h, pixels: bytes.subarray(bytes.length - w * h) };
}

type Box = { readonly left: number; readonly top: number; readonly width: number; readonly height: number };

/** A part of a picture with white around it, each pixel `zoom` times as wide and high: as if held closer. */
function closeUp(picture: Picture, box: Box, zoom: number): Buffer {
  const border = 8;
  const [width, height] = [zoom * box.width + 2 * border, zoom * box.height + 2 * border];
  const pixels = Buffer.alloc(width * height, 255);
  for (let y = 0; y < zoom * box.height; y += 1) {
    for (let x = 0; x < zoom * box.width; x += 1) {
      const [fromX, fromY] = [box.left + Math.floor(x / zoom), box.top + Math.floor(y / zoom)];
      if (fromX >= picture.width || fromY >= picture.height) continue;
      pixels[(y + border) * width + x + border] = picture.pixels[fromY * picture.width + fromX] ?? 255;
    }
  }
  return Buffer.concat([Buffer.from(`P5\n${width} ${height}\n255\n`, 'latin1'), pixels]);
}

/** What each picture says to a scanner; null where it reads nothing. */
async function said(files: readonly string[], dpi: number): Promise<readonly (string | null)[]> {
  // Every other line of a fine picture is enough for finding a symbol in it.
  const density = dpi >= 600 ? ['-Sx-density=3', '-Sy-density=3'] : [];
  const xml = await run('zbarimg', ['-q', '--xml', '-Sdisable', '-Sqrcode.enable', ...density, ...files], {
    maxBuffer: 10_000_000,
    // zbarimg says 4 when one of the pictures has nothing to read.
  }).catch((error: unknown) => error as { readonly stdout: string });
  return files.map((file) => {
    const part = xml.stdout.split(`href='${file}'`)[1]?.split('</source>')[0] ?? '';
    return /<data><!\[CDATA\[(.*?)\]\]><\/data>/.exec(part)?.[1] ?? null;
  });
}

/** What pictures in netpbm's format say to a scanner, one label each; null where it reads nothing. */
export async function scanPictures(pictures: readonly Buffer[]): Promise<readonly (string | null)[]> {
  const folder = mkdtempSync(join(tmpdir(), 'nguon-paper-'));
  try {
    const files = pictures.map((picture, at) => {
      const file = join(folder, `label-${at}.pgm`);
      writeFileSync(file, picture);
      return file;
    });
    return await said(files, 300);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

type Look = { readonly dpi: number; readonly page: number };

/** A page as a printer of this resolution prints it, in a file; the folder goes away afterwards. */
async function withPage<T>(
  pdf: Buffer,
  at: Look,
  use: (folder: string, page: string) => T | Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'nguon-paper-'));
  try {
    writeFileSync(join(folder, 'labels.pdf'), pdf);
    const page = String(at.page);
    const options = ['-r', String(at.dpi), '-gray', '-f', page, '-l', page, '-singlefile'];
    await run('pdftoppm', [...options, join(folder, 'labels.pdf'), join(folder, 'page')]);
    return await use(folder, join(folder, 'page.pgm'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Where each label of a page is, in pixels. */
function boxesOf(template: LabelTemplate, dpi: number): readonly Box[] {
  const pixels = (mm: number) => Math.round((mm * dpi) / 25.4);
  const [width, height] = [pixels(template.widthMm), pixels(template.heightMm)];
  return Array.from({ length: perPage(template) }, (_, slot) => {
    const { xMm, yMm } = slotAt(template, slot);
    return { left: pixels(xMm), top: pixels(yMm), width, height };
  });
}

/** What each place of a page of labels says to a scanner; null where it reads nothing. */
export async function scanPage(
  pdf: Buffer,
  template: LabelTemplate,
  at: Look,
): Promise<readonly (string | null)[]> {
  return withPage(pdf, at, async (folder, page) => {
    const picture = readGreyMap(readFileSync(page));
    const files = boxesOf(template, at.dpi).map((box, slot) => {
      const file = join(folder, `place-${slot}.pgm`);
      // A coarse print is looked at from nearer by.
      writeFileSync(file, closeUp(picture, box, at.dpi < 300 ? 2 : 1));
      return file;
    });
    return said(files, at.dpi);
  });
}

/** What every label of a file's pages says to a scanner, in their order; places without a symbol are left out. */
export async function scanFile(
  pdf: Buffer,
  template: LabelTemplate,
  at: { readonly dpi: number; readonly pages: number },
): Promise<readonly string[]> {
  const pages: (readonly (string | null)[])[] = [];
  for (let page = 1; page <= at.pages; page += 1)
    pages.push(await scanPage(pdf, template, { dpi: at.dpi, page }));
  return pages.flat().filter((address) => address !== null);
}

/** The labels of a page, cut out. */
export async function labelPictures(
  pdf: Buffer,
  template: LabelTemplate,
  at: Look,
): Promise<readonly Picture[]> {
  return withPage(pdf, at, (_, page) => {
    const picture = readGreyMap(readFileSync(page));
    return boxesOf(template, at.dpi).map((box) => {
      const pixels = new Uint8Array(box.width * box.height);
      for (let y = 0; y < box.height; y += 1) {
        const from = (box.top + y) * picture.width + box.left;
        pixels.set(picture.pixels.subarray(from, from + box.width), y * box.width);
      }
      return { width: box.width, height: box.height, pixels };
    });
  });
}

/** What a scanner of every kind of code says to the page as a whole: `EAN-13:…`, `QR-Code:…`, a line each. */
export async function scanEverything(pdf: Buffer, at: Look): Promise<string> {
  return withPage(pdf, at, async (_, page) => (await run('zbarimg', ['-q', page])).stdout);
}

/** What a scanner says that looks at the page as a whole, in no order. */
export async function scanWhole(pdf: Buffer, at: Look): Promise<readonly string[]> {
  return withPage(pdf, at, async (_, page) => {
    const options = ['-q', '--raw', '-Sdisable', '-Sqrcode.enable'];
    return (await run('zbarimg', [...options, page])).stdout.trim().split('\n');
  });
}

/** A word of a page and where it is, in points from the page's top-left corner. */
export type PlacedWord = {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly foot: number;
};

const ENTITIES: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"' };

/** The words of a PDF's first page, in the order in which they are drawn. */
export async function placedWords(pdf: Buffer): Promise<readonly PlacedWord[]> {
  const folder = mkdtempSync(join(tmpdir(), 'nguon-paper-'));
  try {
    writeFileSync(join(folder, 'labels.pdf'), pdf);
    const options = ['-enc', 'UTF-8', '-l', '1', '-bbox', join(folder, 'labels.pdf'), '-'];
    const { stdout } = await run('pdftotext', options, { maxBuffer: 10_000_000 });
    const found = stdout.matchAll(/<word xMin="(.*?)" yMin=".*?" xMax="(.*?)" yMax="(.*?)">(.*?)<\/word>/g);
    return [...found].map(([, left, right, foot, text = '']) => ({
      text: text.replace(/&\w+;/g, (entity) => ENTITIES[entity] ?? entity).normalize('NFC'),
      left: Number(left),
      right: Number(right),
      foot: Number(foot),
    }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The text of a PDF as another program copies it. */
export async function textOf(pdf: Buffer): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'nguon-paper-'));
  try {
    writeFileSync(join(folder, 'labels.pdf'), pdf);
    return (await run('pdftotext', ['-enc', 'UTF-8', join(folder, 'labels.pdf'), '-'])).stdout;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
