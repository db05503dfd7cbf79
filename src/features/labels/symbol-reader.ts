import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { isBlack, type Bitmap } from '../../domain/label/bitmap.ts';

/** Reads the QR code of a picture; null where there is none. It shares no code with what draws symbols. */
export type SymbolReader = (picture: Bitmap) => Promise<string | null>;

/** White around a label: its own quiet zone may end at its edge. */
const BORDER = 16;

/** A byte for each dot: four, as a canvas has them, take 10 MB more over a run's check. Source: Netpbm, PGM “P5” */
function greyFile(picture: Bitmap): Uint8Array {
  const [width, height] = [picture.width + 2 * BORDER, picture.height + 2 * BORDER];
  const header = Buffer.from(`P5\n${width} ${height}\n255\n`);
  const file = new Uint8Array(header.length + width * height).fill(255);
  file.set(header);
  for (let y = 0; y < picture.height; y += 1) {
    for (let x = 0; x < picture.width; x += 1) {
      if (isBlack(picture, x, y)) file[header.length + (y + BORDER) * width + x + BORDER] = 0;
    }
  }
  return file;
}

async function loadReader(): Promise<SymbolReader> {
  const { prepareZXingModule, readBarcodes } = await import('zxing-wasm/reader');
  // Code that is compiled again while it runs, for speed, takes 13 MB; a few symbols are read as fast without.
  setFlagsFromString('--liftoff-only');
  // From the package itself: without this it would be fetched from the network.
  const file = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
  const wasmBinary = Uint8Array.from(readFileSync(file)).buffer;
  prepareZXingModule({ overrides: { wasmBinary } });
  return async (picture) => {
    const found = await readBarcodes(greyFile(picture), { formats: ['QRCode'], maxNumberOfSymbols: 1 });
    return found[0]?.text ?? null;
  };
}

/** The reader, loaded when it is first asked: its 15 MB are not there before. */
export function symbolReader(): SymbolReader {
  let loaded: Promise<SymbolReader> | undefined;
  return async (picture) => (await (loaded ??= loadReader()))(picture);
}
