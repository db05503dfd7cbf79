/**
 * Thermal printers on paper: reads what is sent to them, command by command, as their manuals say, and draws it. It
 * shares nothing with what writes the commands. Sources: Zebra, ZPL II Programming Guide; TSC, TSPL/TSPL2 Programming
 */

export type Print = {
  readonly width: number;
  readonly height: number;
  /** Row by row; 1 is black. */
  readonly dots: Uint8Array;
  readonly copies: number;
};

type Graphic = { readonly width: number; readonly height: number; readonly dots: Uint8Array };
type Sheet = { width: number; height: number; dots: Uint8Array };

function lay(sheet: Sheet, graphic: Graphic, x: number, y: number): void {
  for (let row = 0; row < graphic.height; row += 1) {
    for (let column = 0; column < graphic.width; column += 1) {
      if (graphic.dots[row * graphic.width + column] !== 1) continue;
      const [toX, toY] = [x + column, y + row];
      if (toX < 0 || toY < 0 || toX >= sheet.width || toY >= sheet.height) {
        throw new RangeError(`A dot at ${toX}, ${toY} is outside the label`);
      }
      sheet.dots[toY * sheet.width + toX] = 1;
    }
  }
}

/** Bytes as dots; `black` is the bit of a black dot. */
function dotsOf(bytes: Uint8Array, rowBytes: number, black: 0 | 1): Graphic {
  const [width, height] = [8 * rowBytes, bytes.length / rowBytes];
  const dots = new Uint8Array(width * height);
  for (let at = 0; at < dots.length; at += 1) {
    const bit = ((bytes[at >> 3] ?? 0) >> (7 - (at & 7))) & 1;
    dots[at] = bit === black ? 1 : 0;
  }
  return { width, height, dots };
}

/** How often the digit after these letters stands. */
function repeats(letters: string): number {
  let sum = 0;
  for (const letter of letters) {
    const code = letter.charCodeAt(0);
    sum += letter >= 'g' ? (code - 102) * 20 : code - 70;
  }
  return sum === 0 ? 1 : sum;
}

/** Hex with Zebra's alternative compression. */
function unpackedHex(packed: string, rowBytes: number, total: number): Uint8Array {
  const digits = 2 * rowBytes;
  const rows: string[] = [];
  let row = '';
  for (const [, letters = '', sign = ''] of packed.matchAll(/([G-Yg-z]*)([0-9A-F,!:])/g)) {
    if (sign === ':') rows.push(rows.at(-1) ?? '0'.repeat(digits));
    else if (sign === ',' || sign === '!') {
      rows.push(row.padEnd(digits, sign === ',' ? '0' : 'F'));
      row = '';
    } else {
      row += sign.repeat(repeats(letters));
      if (row.length > digits) throw new RangeError(`A row of ${row.length} digits, not ${digits}`);
      if (row.length === digits) {
        rows.push(row);
        row = '';
      }
    }
  }
  const bytes = Buffer.from(rows.join(''), 'hex');
  if (row !== '' || bytes.length !== total) throw new RangeError(`${bytes.length} bytes, not ${total}`);
  return bytes;
}

const numbersOf = (text: string): readonly number[] => text.split(',').map(Number);

type Zebra = {
  sheet: { width: number; height: number };
  readonly kept: Map<string, Graphic>;
  at: [number, number];
};

function zebraField(printer: Zebra, sheet: Sheet, code: string, rest: string): void {
  const [x, y] = printer.at;
  if (code === 'FO') printer.at = numbersOf(rest) as [number, number];
  else if (code === 'XG') {
    const [name = '', ...zoom] = rest.split(',');
    const graphic = printer.kept.get(name);
    if (graphic === undefined || zoom.join() !== '1,1') throw new RangeError(`^XG${rest}`);
    lay(sheet, graphic, x, y);
  } else if (code === 'GF') {
    const [, total = '', , rowBytes = '', packed = ''] = /^A,(\d+),(\d+),(\d+),(.*)$/s.exec(rest) ?? [];
    lay(sheet, dotsOf(unpackedHex(packed, Number(rowBytes), Number(total)), Number(rowBytes), 1), x, y);
  } else if (code !== 'FS') throw new RangeError(`^${code} is not known here`);
}

/** What a Zebra printer prints of these commands. */
export function zebraPrints(file: Buffer): readonly Print[] {
  const printer: Zebra = { sheet: { width: 0, height: 0 }, kept: new Map(), at: [0, 0] };
  const prints: Print[] = [];
  const text = file.toString('latin1').replace(/\r?\n/g, '');
  let sheet: Sheet | null = null;
  let [copies, isPrinted] = [1, false];
  for (const [, prefix = '', code = '', rest = ''] of text.matchAll(/([~^])([A-Z]{2})([^~^]*)/g)) {
    if (prefix === '~') {
      const [, name = '', total = '', rowBytes = '', packed = ''] =
        /^(R:[A-Z]+\.GRF),(\d+),(\d+),(.*)$/s.exec(rest) ?? [];
      if (code !== 'DG' || name === '') throw new RangeError(`~${code}`);
      const bytes = unpackedHex(packed, Number(rowBytes), Number(total));
      printer.kept.set(name, dotsOf(bytes, Number(rowBytes), 1));
    } else if (code === 'XA') {
      sheet = { ...printer.sheet, dots: new Uint8Array(printer.sheet.width * printer.sheet.height) };
      [copies, isPrinted] = [1, false];
    } else if (code === 'XZ') {
      if (sheet !== null && isPrinted) prints.push({ ...sheet, copies });
      sheet = null;
    } else if (code === 'PW') printer.sheet.width = Number(rest);
    else if (code === 'LL') printer.sheet.height = Number(rest);
    else if (code === 'PQ') copies = Number(rest);
    else if (code === 'ID') printer.kept.delete(rest);
    else if (['LH', 'LT', 'LS'].includes(code)) continue;
    else if (sheet === null) throw new RangeError(`^${code} is outside a label`);
    else {
      if (code === 'XG' || code === 'GF') isPrinted = true;
      zebraField(printer, sheet, code, rest);
    }
    if (code === 'ID') isPrinted = false;
  }
  return prints;
}

/** A bitmap file of one bit a dot, whose colour 0 is black. */
function readBmp(file: Buffer): Graphic {
  const [from, width, height] = [file.readUInt32LE(10), file.readInt32LE(18), file.readInt32LE(22)];
  if (file.toString('latin1', 0, 2) !== 'BM' || file.readUInt16LE(28) !== 1 || file.readUInt32LE(54) !== 0) {
    throw new RangeError('No bitmap of one bit');
  }
  const stride = Math.ceil(width / 32) * 4;
  const dots = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const bit = ((file[from + (height - 1 - y) * stride + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1;
      dots[y * width + x] = 1 - bit;
    }
  }
  return { width, height, dots };
}

/** What a TSC printer of `dotsPerInch` prints of these commands. */
export function tscPrints(file: Buffer, dotsPerInch: number): readonly Print[] {
  const kept = new Map<string, Graphic>();
  const prints: Print[] = [];
  let sheet: Sheet = { width: 0, height: 0, dots: new Uint8Array() };
  let at = 0;
  const until = (end: string): string => {
    const stop = file.indexOf(end, at, 'latin1');
    if (stop < 0) throw new RangeError(`No end of the command at ${at}`);
    const text = file.toString('latin1', at, stop);
    at = stop + end.length;
    return text;
  };
  const taken = (count: number): Buffer => {
    at += count;
    return file.subarray(at - count, at);
  };
  const dots = (mm: string) => Math.round((Number.parseFloat(mm) * dotsPerInch) / 25.4);
  while (at < file.length) {
    const word = /^[A-Z]+/.exec(file.toString('latin1', at, at + 12))?.[0] ?? '';
    at += word.length;
    if (word === 'DOWNLOAD') {
      const name = until(',').trim();
      kept.set(name, readBmp(taken(Number(until(',')))));
      until('\r\n');
    } else if (word === 'BITMAP') {
      const [x, y, rowBytes, height, mode] = Array.from({ length: 5 }, () => Number(until(',')));
      if (mode !== 1) throw new RangeError(`Mode ${mode}`);
      lay(sheet, dotsOf(taken(Number(rowBytes) * Number(height)), Number(rowBytes), 0), Number(x), Number(y));
      until('\r\n');
    } else {
      const rest = until('\r\n').trim();
      if (word === 'SIZE') {
        const [width = '', height = ''] = rest.split(',');
        sheet = { width: dots(width), height: dots(height), dots: new Uint8Array() };
      } else if (word === 'CLS') sheet = { ...sheet, dots: new Uint8Array(sheet.width * sheet.height) };
      else if (word === 'PUTBMP') {
        const [x = '', y = '', name = ''] = rest.split(',');
        const graphic = kept.get(name);
        if (graphic === undefined) throw new RangeError(`PUTBMP ${rest}`);
        lay(sheet, graphic, Number(x), Number(y));
      } else if (word === 'PRINT') prints.push({ ...sheet, copies: Number(rest.split(',')[0]) });
      else if (!['GAP', 'DIRECTION', 'REFERENCE', 'SHIFT', 'KILL'].includes(word)) {
        throw new RangeError(`${word} is not known here`);
      }
    }
  }
  return prints;
}

/** A print as a picture that other programs read, with white around it. Source: netpbm's PGM format, P5 */
export function printedPicture({ width, height, dots }: Print, border = 16): Buffer {
  const [wide, high] = [width + 2 * border, height + 2 * border];
  const pixels = Buffer.alloc(wide * high, 255);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if (dots[y * width + x] === 1) pixels[(y + border) * wide + x + border] = 0;
    }
  }
  return Buffer.concat([Buffer.from(`P5\n${wide} ${high}\n255\n`, 'latin1'), pixels]);
}
