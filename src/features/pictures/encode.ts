import { fileTypeOf } from '../../platform/file-type.ts';
import { PICTURE_MAX_PIXELS } from '../../platform/limits.ts';
import { invalidField } from '../../platform/problem.ts';
import { loadSharp, type Picture } from '../../platform/sharp.ts';

/** The widths that are made of every picture, in pixels; the last is the largest that is kept. */
export const WIDTHS = [320, 640, 1280] as const;
export const LARGEST = WIDTHS[2];
export const FORMATS = ['avif', 'webp', 'jpg'] as const;
export type Format = (typeof FORMATS)[number];

/** Wide enough to read the small print of a scanned page. */
const PAPER_WIDTH = 2000;

export type Encoded = {
  /** Of the largest size, in pixels. */
  readonly width: number;
  readonly height: number;
  readonly files: readonly { readonly size: number; readonly format: Format; readonly bytes: Buffer }[];
};

const NOT_A_PICTURE = {
  vi: 'Vui lòng chọn ảnh JPEG, PNG hoặc WebP còn nguyên vẹn.',
  en: 'Please choose an undamaged JPEG, PNG or WebP picture.',
};
const TOO_MANY_PIXELS = {
  vi: 'Ảnh có quá nhiều điểm ảnh. Vui lòng chọn ảnh nhỏ hơn.',
  en: 'The picture has too many pixels. Please choose a smaller one.',
};

const INPUT = { limitInputPixels: PICTURE_MAX_PIXELS, failOn: 'error', pages: 1 } as const;

/** Pictures are decoded one at a time: several of the largest at once would fill a small machine's memory. */
let last: Promise<unknown> = Promise.resolve();
function oneAtATime<T>(work: () => Promise<T>): Promise<T> {
  const mine = last.then(work, work);
  last = mine.catch(() => undefined);
  return mine;
}

/** At most `width` wide and four times as high, never larger than it came. */
function sized(source: Picture, width: number): Picture {
  return source.clone().resize({ width, height: 4 * width, fit: 'inside', withoutEnlargement: true });
}

function encoded(picture: Picture, format: Format): Promise<Buffer> {
  switch (format) {
    case 'avif':
      return picture.avif({ quality: 50, effort: 1 }).toBuffer();
    case 'webp':
      return picture.webp({ quality: 76, effort: 2 }).toBuffer();
    case 'jpg':
      return picture.jpeg({ quality: 78, progressive: true }).toBuffer();
    default:
      return format satisfies never;
  }
}

/**
 * The decoded picture, upright, in sRGB, shrunk to `width`. Only pixels go on from here, so nothing that a camera
 * wrote (place, time, device, colour profile) can.
 * @throws Problem `invalid` at `pointer`
 */
async function pixelsOf(file: Buffer | undefined, width: number, pointer: string) {
  // What the signature does not name never reaches a decoder: SVG and PDF would have ones that do much more.
  const type = file === undefined ? null : fileTypeOf(file);
  if (file === undefined || type === null || type === 'application/pdf') {
    throw invalidField(pointer, NOT_A_PICTURE);
  }
  try {
    const sharp = await loadSharp();
    const upright = sharp(file, INPUT).rotate().flatten({ background: '#ffffff' }).toColourspace('srgb');
    const { data, info } = await sized(upright, width).raw().toBuffer({ resolveWithObject: true });
    return { data, width: info.width, height: info.height, channels: info.channels };
  } catch (error) {
    const tooLarge = error instanceof Error && /pixel limit/i.test(error.message);
    throw invalidField(pointer, tooLarge ? TOO_MANY_PIXELS : NOT_A_PICTURE);
  }
}

/** Every size and format of a picture, made from one decoding. @throws Problem `invalid` at `pointer` */
export function encodePicture(file: Buffer | undefined, pointer: string): Promise<Encoded> {
  return oneAtATime(async () => {
    const { data, width, height, channels } = await pixelsOf(file, LARGEST, pointer);
    const sharp = await loadSharp();
    const base = sharp(data, { raw: { width, height, channels } });
    const files = await Promise.all(
      WIDTHS.flatMap((size) =>
        FORMATS.map(async (format) => ({ size, format, bytes: await encoded(sized(base, size), format) })),
      ),
    );
    return { width, height, files };
  });
}

/** A photographed or scanned paper as one JPEG. @throws Problem `invalid` at `pointer` */
export function encodePaper(file: Buffer, pointer: string): Promise<Buffer> {
  return oneAtATime(async () => {
    const { data, width, height, channels } = await pixelsOf(file, PAPER_WIDTH, pointer);
    const sharp = await loadSharp();
    return sharp(data, { raw: { width, height, channels } }).jpeg({ quality: 82 }).toBuffer();
  });
}
