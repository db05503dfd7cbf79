import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { isBlack, type Bitmap } from '../../domain/label/bitmap.ts';

/** Reads the QR code of a picture; null where there is none. It shares no code with what draws symbols. */
export type SymbolReader = (picture: Bitmap) => Promise<string | null>;

const BYTES_PER_PIXEL = 4;

/** White around a label: its own quiet zone may end at its edge. */
const BORDER = 16;

type Image = {
  readonly data: Uint8ClampedArray<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
};

function imageOf(picture: Bitmap): Image {
  const [width, height] = [picture.width + 2 * BORDER, picture.height + 2 * BORDER];
  const data = new Uint8ClampedArray(width * height * BYTES_PER_PIXEL).fill(255);
  for (let y = 0; y < picture.height; y += 1) {
    for (let x = 0; x < picture.width; x += 1) {
      if (!isBlack(picture, x, y)) continue;
      const at = ((y + BORDER) * width + x + BORDER) * BYTES_PER_PIXEL;
      data.fill(0, at, at + 3);
    }
  }
  return { data, width, height };
}

async function loadReader(): Promise<SymbolReader> {
  const { prepareZXingModule, readBarcodes } = await import('zxing-wasm/reader');
  // From the package itself: without this it would be fetched from the network.
  // Code that is compiled again while it runs, for speed, takes 13 MB; a few symbols are read as fast without.
  setFlagsFromString('--liftoff-only');
  const file = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
  const wasmBinary = Uint8Array.from(readFileSync(file)).buffer;
  prepareZXingModule({ overrides: { wasmBinary } });
  return async (picture) => {
    const image = { ...imageOf(picture), colorSpace: 'srgb' as const };
    const found = await readBarcodes(image, { formats: ['QRCode'], maxNumberOfSymbols: 1 });
    return found[0]?.text ?? null;
  };
}

/** The reader, loaded when it is first asked: its 15 MB are not there before. */
export function symbolReader(): SymbolReader {
  let loaded: Promise<SymbolReader> | undefined;
  return async (picture) => (await (loaded ??= loadReader()))(picture);
}
