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
