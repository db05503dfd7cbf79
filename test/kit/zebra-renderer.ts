import sharp from 'sharp';
import { ready } from 'zpl-renderer-js';
import type { LabelTemplate } from '../../src/domain/label/template.ts';
import type { Print } from './thermal.ts';

/** The dots per millimetre of a Zebra's head, by the resolution that its box says. */
const DOTS_PER_MM: Readonly<Record<number, number>> = { 203: 8, 300: 12, 600: 24 };

type Size = { readonly width: number; readonly height: number };

/** Half way between white and black. */
const GREY = 128;

/** The label on the picture of all that the head reaches: in its middle, as the printer guides it. */
async function dotsOf(png: string, { width, height }: Size): Promise<Print> {
  const { data, info } = await sharp(Buffer.from(png, 'base64'))
    .flatten({ background: '#fff' })
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const left = Math.floor((info.width - width) / 2);
  const dots = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      dots[y * width + x] = (data[y * info.width + left + x] ?? 255) < GREY ? 1 : 0;
    }
  }
  return { width, height, dots, copies: 1 };
}

/** What a file of ZPL prints by zebrash, an interpreter in Go that has nothing of ours; one picture a row. */
export async function rendererPrints(file: Buffer, template: LabelTemplate): Promise<readonly Print[]> {
  const dotsPerMm = DOTS_PER_MM[template.dotsPerInch ?? 0];
  if (dotsPerMm === undefined) throw new RangeError(`${template.id} is on no Zebra`);
  const { api } = await ready;
  const text = file.toString('latin1');
  const [, width, height] = /\^PW(\d+)\^LL(\d+)/.exec(text) ?? [];
  const { pageWidthMm, pageHeightMm } = template;
  // A millimetre more each way: its dots are not quite the head's.
  const pictures = await api.zplToBase64MultipleAsync(text, pageWidthMm + 1, pageHeightMm + 1, dotsPerMm);
  return Promise.all(
    pictures.map(async (png) => dotsOf(png, { width: Number(width), height: Number(height) })),
  );
}
