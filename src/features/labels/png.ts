import { QUIET_MODULES, type SymbolMatrix } from '../../domain/label/symbol.ts';
import { loadSharp } from '../../platform/sharp.ts';

/** Below two pixels per module a camera has nothing to tell apart. */
const PIXELS_PER_MODULE_MIN = 2;

/** The narrowest picture of this symbol that reads, in pixels. */
export const narrowestPng = ({ size }: SymbolMatrix): number =>
  (size + 2 * QUIET_MODULES) * PIXELS_PER_MODULE_MIN;

/**
 * A symbol as a PNG of exactly `sizePx` pixels a side: every module is the same whole number of pixels, and what is
 * left over widens the quiet zone.
 * @throws RangeError when `sizePx` is below `narrowestPng`
 */
export async function symbolPng(symbol: SymbolMatrix, sizePx: number): Promise<Buffer> {
  if (sizePx < narrowestPng(symbol)) throw new RangeError(`${sizePx} pixels are too few`);
  const scale = Math.floor(sizePx / (symbol.size + 2 * QUIET_MODULES));
  const origin = Math.floor((sizePx - scale * symbol.size) / 2);
  const pixels = Buffer.alloc(sizePx * sizePx, 255);
  for (let y = 0; y < symbol.size * scale; y += 1) {
    const row = Math.floor(y / scale) * symbol.size;
    const start = (origin + y) * sizePx + origin;
    for (let x = 0; x < symbol.size * scale; x += 1) {
      if (symbol.modules[row + Math.floor(x / scale)] === 1) pixels[start + x] = 0;
    }
  }
  const sharp = await loadSharp();
  return sharp(pixels, { raw: { width: sizePx, height: sizePx, channels: 1 } })
    .png({ compressionLevel: 9 })
    .toBuffer();
}
