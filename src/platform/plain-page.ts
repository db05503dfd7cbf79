import type { DeedModel, PartModel, SectionModel } from './plain-page-view-model.ts';
import type { PageFrame } from './page-frame.ts';
import type { Spoken, Strings } from './i18n.ts';
import type { NoticeModel } from './view-parts.ts';

/** A section of a plain page; parts that are null are left out. */
export function section(
  heading: string | null,
  parts: readonly (PartModel | null)[],
  id: string | null = null,
): SectionModel {
  return { id, heading, parts: parts.filter((part) => part !== null) };
}

/** A button that does one thing. `about` says to what, for whoever hears the page. */
export function deed(
  frame: PageFrame,
  action: string,
  words: {
    readonly label: string;
    readonly about: string;
    readonly fields?: Readonly<Record<string, string>>;
  },
): DeedModel {
  const { label, about, fields = {} } = words;
  const pairs = Object.entries(fields).map(([name, value]) => ({ name, value }));
  return { action, csrfToken: frame.csrfToken, label, about, fields: pairs };
}

/** What was just done, from `?done=`; null for any word that is not one of ours. */
export function doneNotice<S extends Strings>(asked: unknown, words: Spoken<S>): NoticeModel | null {
  if (typeof asked !== 'string' || !Object.hasOwn(words, asked)) return null;
  const title = words[asked];
  return typeof title === 'string' ? { tone: 'good', title, sentence: null, action: null } : null;
}

/** A cell that a spreadsheet takes for a formula would run whatever somebody put into a name. */
const cell = (value: string | number): string => {
  const text = String(value);
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** Rows as a CSV file that spreadsheets open with Vietnamese letters intact (RFC 4180, with a byte order mark). */
export function csvFile(rows: readonly (readonly (string | number)[])[]): Buffer {
  return Buffer.from(`\uFEFF${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`, 'utf8');
}
