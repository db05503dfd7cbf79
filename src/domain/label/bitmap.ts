import type { SymbolWords } from '../qr/encoder.ts';

/** Dots row by row, each row in whole bytes, the leftmost dot in the greatest bit; 1 is black. */
export type Bitmap = {
  readonly width: number;
  readonly height: number;
  readonly rowBytes: number;
  readonly bits: Uint8Array;
};

/** A picture of this many dots, all white. */
export function blankBitmap(width: number, height: number): Bitmap {
  const rowBytes = Math.ceil(width / 8);
  return { width, height, rowBytes, bits: new Uint8Array(rowBytes * height) };
}

export const isBlack = ({ rowBytes, bits }: Bitmap, x: number, y: number): boolean =>
  (((bits[y * rowBytes + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1) === 1;

/** Blackens a dot; one beyond the edge is left out. */
export function blacken({ width, height, rowBytes, bits }: Bitmap, x: number, y: number): void {
  if (x < 0 || y < 0 || x >= width || y >= height) return;
  const at = y * rowBytes + (x >> 3);
  bits[at] = (bits[at] ?? 0) | (0x80 >> (x & 7));
}

/** Blackens what is black in `source`, whose top-left dot comes to x, y; what lies beyond the edge is left out. */
export function drawInto(
  target: Bitmap,
  source: Bitmap,
  at: { readonly x: number; readonly y: number },
): void {
  for (let y = 0; y < source.height; y += 1) {
    for (let byte = 0; byte < source.rowBytes; byte += 1) {
      const bits = source.bits[y * source.rowBytes + byte] ?? 0;
      if (bits === 0) continue;
      for (let bit = 0; bit < 8; bit += 1) {
        if ((bits & (0x80 >> bit)) !== 0) blacken(target, at.x + 8 * byte + bit, at.y + y);
      }
    }
  }
}

/** Blackens a box of dots, as far as it is within the picture. */
export function fillDots(
  target: Bitmap,
  box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
): void {
  for (let y = box.y; y < box.y + box.height; y += 1) {
    for (let x = box.x; x < box.x + box.width; x += 1) blacken(target, x, y);
  }
}

/** A symbol of `size` modules, each `scale` × `scale` dots; without its quiet zone. */
export function symbolBitmap(words: SymbolWords, size: number, scale: number): Bitmap {
  const bitmap = blankBitmap(size * scale, size * scale);
  const { rowBytes, bits } = bitmap;
  for (let y = 0; y < size; y += 1) {
    const first = y * scale;
    for (let x = 0; x < size; x += 1) {
      if ((((words[(x >> 5) * size + y] ?? 0) >>> (x & 31)) & 1) === 0) continue;
      for (let dot = 0; dot < scale; dot += 1) blacken(bitmap, x * scale + dot, first);
    }
    for (let row = 1; row < scale; row += 1) {
      bits.copyWithin((first + row) * rowBytes, first * rowBytes, (first + 1) * rowBytes);
    }
  }
  return bitmap;
}
