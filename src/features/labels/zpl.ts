import type { Bitmap } from '../../domain/label/bitmap.ts';
import { rollFile, type RollLanguage, type RollRow, type RollSetup } from './roll.ts';
import type { FilePart, LabelFile } from './making.ts';

/** Labels for Zebra printers and those that speak their language. Source: Zebra, ZPL II Programming Guide */

const NAME = 'R:NGUON.GRF';
/** Beyond these ^LT and ^LS are not taken. */
const TOP_SHIFT_MAX = 120;

/** A count before a repeated digit: G to Y are 1 to 19, g to z are 20 to 400 by twenties. Source: ~DG, “Alternative Data Compression Scheme” */
function countSign(count: number): string {
  let left = count;
  let sign = '';
  while (left >= 400) {
    sign += 'z';
    left -= 400;
  }
  if (left >= 20) sign += String.fromCharCode('g'.charCodeAt(0) + Math.floor(left / 20) - 1);
  return left % 20 === 0 ? sign : sign + String.fromCharCode('G'.charCodeAt(0) + (left % 20) - 1);
}

function packedRow(hex: string): string {
  const light = /0*$/.exec(hex)?.[0].length ?? 0;
  const body = hex.slice(0, hex.length - light);
  const packed = body.replace(/(.)\1+/g, (same, digit: string) =>
    same.length > 2 ? countSign(same.length) + digit : same,
  );
  return light > 0 ? `${packed},` : packed;
}

/** Rows in hex; one that repeats the row before is a colon. */
export function packedHex({ rowBytes, height, bits }: Bitmap): string {
  const all = Buffer.from(bits.buffer, bits.byteOffset, bits.byteLength).toString('hex').toUpperCase();
  let packed = '';
  let before = '';
  for (let y = 0; y < height; y += 1) {
    const hex = all.slice(2 * y * rowBytes, 2 * (y + 1) * rowBytes);
    packed += hex === before ? ':' : packedRow(hex);
    before = hex;
  }
  return packed;
}

const size = ({ rowBytes, height }: Bitmap): number => rowBytes * height;

function start({ widthDots, heightDots, offset, shared }: RollSetup): Buffer {
  const top = Math.max(-TOP_SHIFT_MAX, Math.min(TOP_SHIFT_MAX, offset.y));
  const lines = [
    // The picture of all labels is sent once and kept in the printer's memory.
    `~DG${NAME},${size(shared)},${shared.rowBytes},${packedHex(shared)}`,
    // Width and length of a row, its origin, and what moves it; ^LS counts to the left.
    `^XA^PW${widthDots}^LL${heightDots}^LH0,0^LT${top}^LS${0 - offset.x}^XZ`,
  ];
  return Buffer.from(`${lines.join('\n')}\n`, 'latin1');
}

function row({ corners, own, copies }: RollRow): Buffer {
  const fields = [
    ...corners.map(({ x, y }) => `^FO${x},${y}^XG${NAME},1,1^FS`),
    ...own.map(({ x, y, bitmap }) => {
      const total = size(bitmap);
      return `^FO${x},${y}^GFA,${total},${total},${bitmap.rowBytes},${packedHex(bitmap)}^FS`;
    }),
  ];
  return Buffer.from(`^XA\n${fields.join('\n')}\n^PQ${copies}^XZ\n`, 'latin1');
}

const ZPL: RollLanguage = { start, row, end: () => Buffer.from(`^XA^ID${NAME}^FS^XZ\n`, 'latin1') };

export const labelsZpl = (file: LabelFile): AsyncGenerator<FilePart> => rollFile(file, ZPL);
