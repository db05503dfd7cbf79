import { crc32, deflateSync } from 'node:zlib';
import type { Bitmap } from '../../domain/label/bitmap.ts';
import { modulesOf } from '../../domain/qr/encoder.ts';
import { symbolsOf } from './address-encoder.ts';
import { labelDots } from './label-dots.ts';
import type { FilePart, LabelFile } from './making.ts';
import { printedLabels, printedPlaces } from './printout.ts';
import type { RunLabel } from './run-labels.ts';
import { labelFileSvg } from './svg.ts';
import { ZipArchive } from './zip.ts';

/** What a printing house's or a laser printer prints at; symbols of sheets are whole in it. */
const SHEET_DPI = 600;

function chunk(type: string, content: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const bytes = Buffer.alloc(body.length + 8);
  bytes.writeUInt32BE(content.length, 0);
  body.copy(bytes, 4);
  bytes.writeUInt32BE(crc32(body), body.length + 4);
  return bytes;
}

/** A picture of one bit a dot that says how large a dot is. Source: ISO/IEC 15948 (PNG) §11.2, §11.3.4.3 */
function dotsPng({ width, height, rowBytes, bits }: Bitmap, dotsPerInch: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.writeUInt8(1, 8);
  const density = Buffer.alloc(9);
  const perMetre = Math.round(dotsPerInch / 0.0254);
  density.writeUInt32BE(perMetre, 0);
  density.writeUInt32BE(perMetre, 4);
  density.writeUInt8(1, 8);
  const rows = Buffer.alloc((rowBytes + 1) * height);
  for (let y = 0; y < height; y += 1) {
    for (let at = 0; at < rowBytes; at += 1) {
      // Grey of one bit: 1 is white.
      rows[y * (rowBytes + 1) + 1 + at] = ~(bits[y * rowBytes + at] ?? 0) & 0xff;
    }
  }
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('pHYs', density),
    chunk('IDAT', deflateSync(rows, { level: 3 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

type Picture = { readonly ending: 'svg' | 'png'; of(label: RunLabel): Buffer };

function svgPictures({ printout, fonts }: LabelFile): Picture {
  const { run } = printout;
  const symbolOf = symbolsOf(run);
  const draw = labelFileSvg(run.drawing, fonts);
  const { size, version, level } = run.symbol;
  return {
    ending: 'svg',
    of(label) {
      const modules = modulesOf(symbolOf(label), size);
      return Buffer.from(draw({ texts: label.texts, symbol: { size, version, level, modules } }), 'utf8');
    },
  };
}

function pngPictures({ printout, fonts }: LabelFile): Picture {
  const { run } = printout;
  const dpi = run.template.dotsPerInch ?? SHEET_DPI;
  const dots = labelDots(run, dpi, fonts);
  return { ending: 'png', of: (label) => dotsPng(dots.whole(label), dpi) };
}

/** A file for each label, named by its number: `0000812.svg`. */
function* archive(file: LabelFile, picture: Picture): Generator<FilePart> {
  const { printout, labels } = file;
  const { count } = printedPlaces(printout);
  const labelAt = printedLabels(printout, labels);
  const digits = String(printout.run.count).length;
  const zip = new ZipArchive();
  for (let place = 1; place <= count; place += 1) {
    const label = labelAt(place);
    const name = `${String(label.number).padStart(digits, '0')}.${picture.ending}`;
    yield { bytes: zip.file(name, picture.of(label)), labels: place };
  }
  for (const bytes of zip.end()) yield { bytes, labels: count };
}

/** A run's labels as SVG files in an archive. */
export function* labelsSvgZip(file: LabelFile): Generator<FilePart> {
  yield* archive(file, svgPictures(file));
}

/** A run's labels as PNG files in an archive, in their printer's dots. */
export function* labelsPngZip(file: LabelFile): Generator<FilePart> {
  yield* archive(file, pngPictures(file));
}
