import { Readable } from 'node:stream';
import type { Answer } from '../../platform/routing.ts';
import { labelsCsv } from './csv.ts';
import type { Fonts } from './fonts.ts';
import { labelsPdf } from './pdf.ts';
import { printoutName, type Printout } from './printout.ts';

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

/** An answer that is made while it is read: a slow reader holds the making up, and nothing piles up in memory. */
export function streamed(chunks: Iterable<Buffer>, { name, type, kind }: FileOptions): Answer {
  return {
    kind: 'stream',
    type,
    body: Readable.from(chunks, { objectMode: false, highWaterMark: 64 * 1024 }),
    headers: {
      'Content-Disposition': disposition(kind, name),
      // A run never changes, but who may see it does.
      'Cache-Control': 'private, no-cache',
      'X-Content-Type-Options': 'nosniff',
    },
  };
}

/** What is printed, page by page, as a download. */
export function pdfAnswer(printout: Printout, fonts: Fonts): Answer {
  const name = printoutName(printout, 'pdf');
  return streamed(labelsPdf({ printout, fonts }), { name, type: 'application/pdf', kind: 'inline' });
}

/** One line per label, for a printer’s own program. */
export function csvAnswer(printout: Printout): Answer {
  const name = printoutName(printout, 'csv');
  return streamed(labelsCsv(printout), { name, type: 'text/csv; charset=utf-8', kind: 'attachment' });
}
