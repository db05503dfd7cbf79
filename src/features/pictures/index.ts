import { everyone } from '../../platform/access.ts';
import { Problem } from '../../platform/problem.ts';
import { html, param, type Answer, type Route } from '../../platform/routing.ts';
import type { FileStore } from '../../store/files.ts';
import type { Picture, Pictures } from './contract.ts';
import { LARGEST, WIDTHS, encodePaper, encodePicture, type Format } from './encode.ts';

const TYPES: Readonly<Record<Format, string>> = { avif: 'image/avif', webp: 'image/webp', jpg: 'image/jpeg' };

const nameOf = (id: string, width: number, format: Format) => `picture-${id}-${width}.${format}`;
const pathOf = (id: string, width: number, format: Format) => `/pictures/${id}-${width}.${format}`;
/** It is written last: once it is there, all sizes and formats are. */
const lastOf = (id: string) => nameOf(id, LARGEST, 'jpg');

/** The candidates of a `srcset` with the widths that they have: a small picture is not made larger. */
function srcset({ id, width }: Picture, format: Format): string {
  const smaller = WIDTHS.filter((size) => size < width).map((size) => `${pathOf(id, size, format)} ${size}w`);
  return [...smaller, `${pathOf(id, LARGEST, format)} ${width}w`].join(', ');
}

function pictures(files: FileStore): Pictures {
  async function find(id: string, ownerId: string): Promise<Picture | null> {
    const stored = await files.get(lastOf(id));
    if (stored?.metadata['ownerId'] !== ownerId) return null;
    return { id, width: Number(stored.metadata['width']), height: Number(stored.metadata['height']) };
  }

  return {
    find,
    belongsTo: async (id, ownerId) => (await find(id, ownerId)) !== null,
    cleaned: encodePaper,

    async store(file, { id, ownerId, pointer }): Promise<Picture> {
      const stored = await find(id, ownerId);
      if (stored !== null) return stored;
      const { width, height, files: made } = await encodePicture(file, pointer);
      const metadata = { ownerId, width: String(width), height: String(height) };
      const isLast = (one: { size: number; format: Format }) =>
        nameOf(id, one.size, one.format) === lastOf(id);
      const ordered = [...made].sort((a, b) => Number(isLast(a)) - Number(isLast(b)));
      for (const { size, format, bytes } of ordered) {
        await files.put(nameOf(id, size, format), { type: TYPES[format], bytes, metadata });
      }
      return { id, width, height };
    },

    model(picture, alt) {
      const { id, width, height } = picture;
      return {
        sources: [
          { type: TYPES.avif, srcset: srcset(picture, 'avif') },
          { type: TYPES.webp, srcset: srcset(picture, 'webp') },
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
        href: pathOf(id, LARGEST, 'jpg'),
      };
    },
  };
}

/** Pictures that people took: stored in the database in every size, and served to everyone. */
export function pictureFeature(files: FileStore): { routes: readonly Route[]; contract: Pictures } {
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
    contract: pictures(files),
    routes: [html.get('/pictures/:name', everyone(), (request) => serve(param(request, 'name')))],
  };
}
