import type { Bitmap } from '../../domain/label/bitmap.ts';
import { rollFile, type RollLanguage, type RollRow, type RollSetup } from './roll.ts';
import type { FilePart, LabelFile } from './making.ts';

/** Labels for TSC printers and the many that speak their language. Source: TSC, TSPL/TSPL2 Programming */

const NAME = 'NGUON.BMP';
const HEADER_BYTES = 62;
const ROW_MULTIPLE = 4;

/** Dots as TSPL has them: 0 is black. */
const turned = (bits: Uint8Array): Uint8Array => bits.map((byte) => ~byte & 0xff);

/** The dots of a row's last byte that are beyond the picture are white. */
function padded({ width, rowBytes, height, bits }: Bitmap): Uint8Array {
  const light = turned(bits);
  const beyond = 0xff >> (width % 8 === 0 ? 8 : width % 8);
  for (let y = 0; y < height; y += 1) {
    const last = (y + 1) * rowBytes - 1;
    light[last] = (light[last] ?? 0) | beyond;
  }
  return light;
}

/** A bitmap file of one bit a dot, from the lowest row up. Source: BITMAPFILEHEADER, BITMAPINFOHEADER */
function bmp(bitmap: Bitmap): Buffer {
  const stride = Math.ceil(bitmap.rowBytes / ROW_MULTIPLE) * ROW_MULTIPLE;
  const file = Buffer.alloc(HEADER_BYTES + stride * bitmap.height, 0xff);
  file.write('BM', 0, 'latin1');
  file.writeUInt32LE(file.length, 2);
  file.writeUInt32LE(0, 6);
  file.writeUInt32LE(HEADER_BYTES, 10);
  file.writeUInt32LE(40, 14);
  file.writeInt32LE(bitmap.width, 18);
  file.writeInt32LE(bitmap.height, 22);
  file.writeUInt16LE(1, 26);
  file.writeUInt16LE(1, 28);
  file.fill(0, 30, 54);
  file.writeUInt32LE(2, 46);
  // Colour 0 is black, colour 1 white.
  file.writeUInt32LE(0x00000000, 54);
  file.writeUInt32LE(0x00ffffff, 58);
  const dots = padded(bitmap);
  for (let y = 0; y < bitmap.height; y += 1) {
    const from = y * bitmap.rowBytes;
    file.set(dots.subarray(from, from + bitmap.rowBytes), HEADER_BYTES + (bitmap.height - 1 - y) * stride);
  }
  return file;
}

const line = (text: string): Buffer => Buffer.from(`${text}\r\n`, 'latin1');
const mm = (value: number): string => `${Number(value.toFixed(2))} mm`;

function start({ widthMm, heightMm, gapMm, offset, shared }: RollSetup): Buffer {
  const picture = bmp(shared);
  return Buffer.concat([
    line(`SIZE ${mm(widthMm)},${mm(heightMm)}`),
    line(`GAP ${mm(gapMm)},0 mm`),
    line('DIRECTION 1'),
    line(`REFERENCE ${offset.x},0`),
    line(`SHIFT ${offset.y}`),
    // The picture of all labels is sent once and kept in the printer's memory.
    Buffer.from(`DOWNLOAD "${NAME}",${picture.length},`, 'latin1'),
    picture,
    line(''),
  ]);
}

function row({ corners, own, copies }: RollRow): Buffer {
  return Buffer.concat([
    line('CLS'),
    ...corners.map(({ x, y }) => line(`PUTBMP ${x},${y},"${NAME}"`)),
    ...own.flatMap(({ x, y, bitmap }) => [
      // Mode 1 lays the dots over those that are there: an accent may reach into the line above.
      Buffer.from(`BITMAP ${x},${y},${bitmap.rowBytes},${bitmap.height},1,`, 'latin1'),
      padded(bitmap),
      line(''),
    ]),
    line(`PRINT ${copies},1`),
  ]);
}

const TSPL: RollLanguage = { start, row, end: () => line(`KILL "${NAME}"`) };

export const labelsTspl = (file: LabelFile): AsyncGenerator<FilePart> => rollFile(file, TSPL);
