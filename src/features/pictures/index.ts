import sharp, { type Sharp } from 'sharp';
import { everyone } from '../../platform/access.ts';
import { PICTURE_MAX_PIXELS } from '../../platform/limits.ts';
import { Problem, invalidField } from '../../platform/problem.ts';
import { html, param, type Answer, type Route } from '../../platform/routing.ts';
import type { FileStore } from '../../store/files.ts';
import type { Picture, Pictures } from './contract.ts';

/** The widths that are made of every picture; the last is the largest that is kept. */
const WIDTHS = [320, 640, 1280] as const;
const FORMATS = ['avif', 'webp', 'jpg'] as const;
type Format = (typeof FORMATS)[number];

const TYPES: Readonly<Record<Format, string>> = { avif: 'image/avif', webp: 'image/webp', jpg: 'image/jpeg' };
/** What a phone or a desk sends; anything else that the decoder knows (SVG, PDF, TIFF) is refused. */
const ACCEPTED: ReadonlySet<string> = new Set(['jpeg', 'png', 'webp']);

const NOT_A_PICTURE = {
  vi: 'Vui lòng chọn ảnh JPEG, PNG hoặc WebP.',
  en: 'Please choose a JPEG, PNG or WebP picture.',
};
const TOO_MANY_PIXELS = {
  vi: 'Ảnh có quá nhiều điểm ảnh. Vui lòng chọn ảnh nhỏ hơn.',
  en: 'The picture has too many pixels. Please choose a smaller one.',
};

const nameOf = (id: string, width: number, format: Format) => `picture-${id}-${width}.${format}`;
const pathOf = (id: string, width: number, format: Format) => `/pictures/${id}-${width}.${format}`;

/** Upright, in sRGB, at most `width` wide and, since `withMetadata` is never asked for, without EXIF, GPS or ICC. */
function sized(source: Sharp, width: number): Sharp {
  return source.clone().resize({ width, height: 4 * width, fit: 'inside', withoutEnlargement: true });
}

function encoded(picture: Sharp, format: Format): Promise<Buffer> {
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

async function decode(file: Buffer | undefined, pointer: string): Promise<Sharp> {
  if (file === undefined || file.length === 0) throw invalidField(pointer, NOT_A_PICTURE);
  const options = { limitInputPixels: PICTURE_MAX_PIXELS, failOn: 'error' } as const;
  const head = await sharp(file, options)
    .metadata()
    .catch((error: unknown) => {
      const tooLarge = error instanceof Error && /pixel limit/i.test(error.message);
      throw invalidField(pointer, tooLarge ? TOO_MANY_PIXELS : NOT_A_PICTURE);
    });
  if (!ACCEPTED.has(head.format)) throw invalidField(pointer, NOT_A_PICTURE);
  if (head.width * head.height > PICTURE_MAX_PIXELS) throw invalidField(pointer, TOO_MANY_PIXELS);
  return sharp(file, options).rotate().flatten({ background: '#ffffff' });
}

export function pictureFeature(files: FileStore): { routes: readonly Route[]; contract: Pictures } {
  const contract: Pictures = {
    async store(file, { id, ownerId, pointer }): Promise<Picture> {
      const stored = await files.get(nameOf(id, 1280, 'jpg'));
      if (stored !== null) {
        return { id, width: Number(stored.metadata['width']), height: Number(stored.metadata['height']) };
      }
      const source = await decode(file, pointer);
      // Decoded and shrunk once; every size and format is made from this.
      const largest = await sized(source, 1280)
        .raw()
        .toBuffer({ resolveWithObject: true })
        .catch(() => {
          throw invalidField(pointer, NOT_A_PICTURE);
        });
      const { width, height, channels } = largest.info;
      const base = sharp(largest.data, { raw: { width, height, channels } });
      const made = await Promise.all(
        WIDTHS.flatMap((size) =>
          FORMATS.map(async (format) => ({ size, format, bytes: await encoded(sized(base, size), format) })),
        ),
      );
      const metadata = { ownerId, width: String(width), height: String(height) };
      // The one that is looked for goes last: once it is there, all are.
      const last = nameOf(id, 1280, 'jpg');
      const ordered = [...made].sort(
        (a, b) =>
          Number(nameOf(id, a.size, a.format) === last) - Number(nameOf(id, b.size, b.format) === last),
      );
      for (const { size, format, bytes } of ordered) {
        await files.put(nameOf(id, size, format), { type: TYPES[format], bytes, metadata });
      }
      return { id, width, height };
    },

    async belongsTo(pictureId, ownerId) {
      const stored = await files.get(nameOf(pictureId, 1280, 'jpg'));
      return stored?.metadata['ownerId'] === ownerId;
    },

    model({ id, width, height }, alt) {
      const srcset = (format: Format) =>
        WIDTHS.map((size) => `${pathOf(id, size, format)} ${size}w`).join(', ');
      return {
        sources: [
          { type: TYPES.avif, srcset: srcset('avif') },
          { type: TYPES.webp, srcset: srcset('webp') },
        ],
        src: pathOf(id, 640, 'jpg'),
        width,
        height,
        alt,
      };
    },

    modelById(id, alt) {
      const small = (format: Format) => pathOf(id, 320, format);
      return {
        sources: [
          { type: TYPES.avif, srcset: small('avif') },
          { type: TYPES.webp, srcset: small('webp') },
        ],
        src: small('jpg'),
        width: 320,
        height: 240,
        alt,
        href: pathOf(id, 1280, 'jpg'),
      };
    },
  };

  const serve = async (name: string): Promise<Answer> => {
    const found = /^([0-9a-z]{1,40})-(320|640|1280)\.(avif|webp|jpg)$/.exec(name);
    const stored = found === null ? null : await files.get(`picture-${name}`);
    if (stored === null) throw new Problem('not-found');
    return {
      kind: 'stream',
      type: stored.type,
      body: stored.open(),
      headers: {
        'Cache-Control': 'public, max-age=31536000, immutable',
        'Content-Length': String(stored.size),
      },
    };
  };

  return {
    contract,
    routes: [html.get('/pictures/:name', everyone(), (request) => serve(param(request, 'name')))],
  };
}
