import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { z } from 'zod';
import type { Request } from 'express';
import { readByteRange, type ByteRange } from '../../platform/byte-range.ts';
import { packageVersion } from '../../platform/package-root.ts';
import { Problem } from '../../platform/problem.ts';
import { parseQuery } from '../../platform/validate.ts';
import type { Answer, Parts } from '../../platform/routing.ts';
import { NEEDS_ROLL } from './messages.ts';
import type { Release } from './release.ts';
import type { RunCheck } from './check-store.ts';
import type { FileStore } from './file-store.ts';
import { sharedProgress, type ProgressDeps } from './progress.ts';
import type { FileMaker, FileProgress } from './maker.ts';
import type { FileFormat, FileJob } from './making.ts';
import { keysOfRun } from './run-keys.ts';
import { printedPlaces, printoutId, printoutName, type Printout } from './printout.ts';
import type { UnitKeys } from './unit-keys.ts';

const encoded = (text: string): string =>
  encodeURIComponent(text).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/** How a file is named when it is saved. Source: RFC 6266 §4, RFC 8187 §3.2 */
function disposition(kind: 'inline' | 'attachment', name: string): string {
  const plain = name.replace(/[^0-9A-Za-z._-]/g, '-');
  return `${kind}; filename="${plain}"; filename*=UTF-8''${encoded(name)}`;
}

type FileOptions = {
  readonly name: string;
  readonly type: string;
  readonly kind: 'inline' | 'attachment';
};

const headersOf = ({ name, kind }: Omit<FileOptions, 'type'>) => ({
  'Content-Disposition': disposition(kind, name),
  // A run never changes, but who may see it does. Packed on its way it could not be resumed.
  'Cache-Control': 'private, no-cache, no-transform',
  'X-Content-Type-Options': 'nosniff',
});

/** An answer that is made while it is read: a slow reader holds the making up, and nothing piles up in memory. */
export function streamed(parts: Iterable<Buffer>, options: FileOptions): Answer {
  return {
    kind: 'stream',
    type: options.type,
    body: Readable.from(parts, { objectMode: false, highWaterMark: 64 * 1024 }),
    headers: headersOf(options),
  };
}

/** A format's ending, media type, and whether a browser shows it. */
const FORMATS: Readonly<Record<FileFormat, FileOptions>> = {
  pdf: { name: 'pdf', type: 'application/pdf', kind: 'inline' },
  csv: { name: 'csv', type: 'text/csv; charset=utf-8', kind: 'attachment' },
  zpl: { name: 'zpl', type: 'application/octet-stream', kind: 'attachment' },
  tspl: { name: 'tspl', type: 'application/octet-stream', kind: 'attachment' },
  'zip-svg': { name: 'zip', type: 'application/zip', kind: 'attachment' },
  'zip-png': { name: 'zip', type: 'application/zip', kind: 'attachment' },
};

/** The files of a run by the endings of their addresses, and what the API's description says of each. */
export const FILES = {
  pdf: 'The labels as PDF pages; `Range: bytes=N-` resumes',
  csv: 'The labels as a table for a printing house; `Range: bytes=N-` resumes',
  zpl: 'The labels for a Zebra printer; of a roll only, a sheet is 409 `needs-roll`',
  tspl: 'The labels for a TSC, Xprinter or Godex printer; of a roll only, a sheet is 409 `needs-roll`',
  zip: 'The labels as files, one each: `of=svg` or `of=png`',
} as const;
export type FileEnding = keyof typeof FILES;
export const FILE_ENDINGS = Object.keys(FILES) as readonly FileEnding[];

export const fileQuery = z.object({ of: z.enum(['svg', 'png']).default('svg') });

/** @throws Problem `needs-roll`; `invalid` for a kind of file that is not made */
function formatOf(request: Request, { run }: Printout, ending: FileEnding): FileFormat {
  if (ending === 'zip') return `zip-${parseQuery(fileQuery, request.query).of}`;
  if ((ending === 'zpl' || ending === 'tspl') && run.template.kind !== 'roll') {
    throw new Problem('needs-roll', { detail: NEEDS_ROLL(run.template.name) });
  }
  return ending;
}

/** Files of up to so many labels are made once more to tell their length beforehand: it takes a tenth of a second. */
const MEASURED_LABELS_MAX = 3_000;
/** From here on a file is kept out of a page's memory. */
const LARGE_BYTES = 32 * 1024 * 1024;
/** What a label takes at most of a file that was never made: for nothing but telling large ones from small ones. */
const BYTES_A_LABEL: Readonly<Record<FileFormat, number>> = {
  pdf: 1_300,
  csv: 250,
  zpl: 6_500,
  tspl: 19_000,
  'zip-svg': 17_500,
  'zip-png': 12_500,
};

/** What tells a file from all others, and from what another version of the program would make of the same run. */
function tagOf({ format, printout }: Omit<FileJob, 'keys'>): string {
  const { zlib = '' } = process.versions;
  const what = `${printoutId(printout)} ${format} ${packageVersion} ${zlib} ${process.arch}`;
  return `"${createHash('sha256').update(what).digest('base64url').slice(0, 27)}"`;
}

/** A stream that nobody reads: the answer to a HEAD. */
const nothing = (): Readable => Readable.from([]);

/** The range to answer with: of a file that is still what the client has the beginning of. RFC 9110 §13.1.5 */
function rangeOf(request: Request, tag: string): ByteRange | null {
  const since = request.get('If-Range');
  return since === undefined || since === tag ? readByteRange(request.get('Range')) : null;
}

export type DownloadsDeps = Pick<ProgressDeps, 'clock'> & {
  readonly maker: FileMaker;
  readonly store: FileStore;
  readonly release: Release;
  readonly keys: Pick<UnitKeys, 'inForce'>;
};

export type Downloads = {
  /** A file of labels, or the part that the request asks for. @throws Problem `key-retired` and what `Release` throws */
  answer(request: Request, printout: Printout, ending: FileEnding): Promise<Answer>;
  /** How the run's labels were read before its first download; null until then. */
  checkOf(runId: string): Promise<RunCheck | null>;
  /** The files of a run that are being sent, by this process or another. */
  progressOf(runId: string): Promise<readonly FileProgress[]>;
  /** How large these files of a printout are, as far as one can tell without making them. */
  sizesOf(printout: Printout, formats: readonly FileFormat[]): Promise<ReadonlyMap<FileFormat, FileSize>>;
};

/** `bytes` is known of a file that was made before; null otherwise. */
export type FileSize = { readonly bytes: number | null; readonly isLarge: boolean };

/** Sends files of labels: whole, or from where a broken connection left off. */
export function downloads({ maker, store, release, keys, clock }: DownloadsDeps): Downloads {
  const progress = sharedProgress({ maker, store, clock });
  /** Files that are being measured. */
  const measuring = new Map<string, Promise<number>>();

  const knownLength = async (tag: string): Promise<number | undefined> =>
    (await store.lengthsOf([tag])).get(tag);

  // What is not kept now is when the file is made again: no download fails for it.
  const keep = async (tag: string, length: number) => store.keepLength(tag, length).catch(() => {});

  async function measure(job: FileJob, tag: string): Promise<number> {
    const length = await maker.measure(job);
    await keep(tag, length);
    return length;
  }

  async function lengthOf(job: FileJob, tag: string): Promise<number> {
    const known = await knownLength(tag);
    if (known !== undefined) return known;
    // Who loses patience and asks once more waits for the same.
    const waiting = measuring.get(tag) ?? measure(job, tag).finally(() => measuring.delete(tag));
    measuring.set(tag, waiting);
    return waiting;
  }

  async function open(job: FileJob, tag: string, range: ByteRange): Promise<Parts> {
    // A file that is made to its end is measured by that.
    const ended = (length: number) => void keep(tag, length);
    const body = await maker.open(job, { ...range, ended });
    progress.begin(job.printout.run.id);
    return body;
  }

  return {
    checkOf: async (runId) => release.checkOf(runId),
    progressOf: async (runId) => progress.of(runId),

    async sizesOf(printout, formats) {
      const { count } = printedPlaces(printout);
      const tags = new Map(formats.map((format) => [format, tagOf({ format, printout })]));
      const known = await store.lengthsOf([...tags.values()]);
      return new Map(
        [...tags].map(([format, tag]) => {
          const bytes = known.get(tag) ?? null;
          return [format, { bytes, isLarge: (bytes ?? count * BYTES_A_LABEL[format]) >= LARGE_BYTES }];
        }),
      );
    },

    async answer(request, printout, ending) {
      const format = formatOf(request, printout, ending);
      const job: FileJob = { format, printout, keys: keysOfRun(printout.run, keys.inForce()) };
      await release.ensure(printout.run);
      const { type, kind } = FORMATS[format];
      const tag = tagOf(job);
      const range = rangeOf(request, tag);
      const isSmall = printedPlaces(printout).count <= MEASURED_LABELS_MAX;
      const length = range !== null || isSmall ? await lengthOf(job, tag) : await knownLength(tag);
      const name = printoutName(printout, FORMATS[format].name);
      const headers = { ...headersOf({ name, kind }), 'Accept-Ranges': 'bytes', ETag: tag };
      const isHead = request.method === 'HEAD';
      if (range === null || length === undefined) {
        const size = length === undefined ? {} : { 'Content-Length': String(length) };
        const body = isHead ? nothing() : await open(job, tag, { from: 0, end: null });
        return { kind: 'stream', type, body, headers: { ...headers, ...size } };
      }
      if (range.from >= length) {
        const said = { ...headers, 'Content-Range': `bytes */${length}`, 'Content-Length': '0' };
        return { kind: 'stream', type, status: 416, body: nothing(), headers: said };
      }
      const end = Math.min(range.end ?? length, length);
      const part = {
        'Content-Range': `bytes ${range.from}-${end - 1}/${length}`,
        'Content-Length': String(end - range.from),
      };
      const body = isHead ? nothing() : await open(job, tag, { from: range.from, end });
      return { kind: 'stream', type, status: 206, body, headers: { ...headers, ...part } };
    },
  };
}
