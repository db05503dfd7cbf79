import { z } from 'zod';
import { formatNumber } from './format.ts';
import { speak, type Language, type Strings } from './i18n.ts';
import type { FieldModel, OptionModel } from './form-view-model.ts';
import type { LinkModel, PaginationModel } from './view-parts.ts';

/** Lists for people: numbered pages with a count, where the API has cursors. */

/** Two, three and four columns of cards all end in a full row. */
export const PAGE_SIZE = 24;
/** Nobody turns so many pages; a robot that does reads the API or the site map. */
const PAGES_MAX = 1_000;
/** Beyond it a count says “more than”: counting on would cost more than it tells. */
export const COUNT_MAX = 1_000;

const pageStrings = {
  pages: { vi: 'Các trang', en: 'Pages' },
  previous: { vi: 'Trước', en: 'Previous' },
  next: { vi: 'Tiếp', en: 'Next' },
  position: {
    vi: (v: { from: string; to: string; of: string }) => `${v.from}–${v.to} trong ${v.of}`,
    en: (v: { from: string; to: string; of: string }) => `${v.from}–${v.to} of ${v.of}`,
  },
  moreThan: {
    vi: (v: { count: string }) => `hơn ${v.count}`,
    en: (v: { count: string }) => `more than ${v.count}`,
  },
} satisfies Strings;

/** One page of a list: its items, whether more follow, and how many there are, at most `COUNT_MAX` + 1. */
export type Numbered<T> = { readonly items: readonly T[]; readonly more: boolean; readonly count: number };

/** What an address may ask of a list; whatever is wrong with it counts as not asked. */
const text = (most: number) => z.string().trim().max(most).catch('').default('');
export const searchQuery = {
  q: text(200),
  province: text(80),
  page: z.coerce.number().int().min(1).max(PAGES_MAX).catch(1).default(1),
};

/** “312”, or “hơn 1.000” where counting stopped. */
export function countText(count: number, language: Language): string {
  const t = speak(pageStrings, language);
  return count > COUNT_MAX
    ? t.moreThan({ count: formatNumber(COUNT_MAX, language) })
    : formatNumber(count, language);
}

/** The address of a list with those of `parameters` that are set. */
export function listAddress(
  path: string,
  parameters: Readonly<Record<string, string | number | undefined>>,
): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined && value !== '' && !(name === 'page' && value === 1))
      query.set(name, String(value));
  }
  return query.size === 0 ? path : `${path}?${query.toString()}`;
}

/** Where the neighbours of a page are; null where there is only one page. */
export function pagination(
  list: Numbered<unknown>,
  place: { readonly page: number; readonly language: Language; address(page: number): string },
): PaginationModel | null {
  const { page, language, address } = place;
  if (page === 1 && !list.more) return null;
  const t = speak(pageStrings, language);
  const from = (page - 1) * PAGE_SIZE + 1;
  return {
    label: t.pages,
    position: t.position({
      from: formatNumber(from, language),
      to: formatNumber(from + list.items.length - 1, language),
      of: countText(list.count, language),
    }),
    previous: page === 1 ? null : { label: t.previous, href: address(page - 1) },
    next: list.more && page < PAGES_MAX ? { label: t.next, href: address(page + 1) } : null,
  };
}

/** `views/partials/search.eta`: words and choices that narrow a list; a GET, so that a result can be shared. */
export type SearchModel = {
  readonly action: string;
  readonly language: Language;
  readonly label: string;
  readonly value: string;
  readonly hint: string;
  readonly choices: readonly FieldModel[];
  readonly submit: string;
  /** Back to the whole list; null where nothing narrows it. */
  readonly reset: LinkModel | null;
};

/** A choice of a search form. */
export function choice(name: string, label: string, options: readonly OptionModel[]): FieldModel {
  return {
    id: `choice-${name}`,
    name,
    kind: 'select',
    label,
    hint: null,
    error: null,
    value: '',
    required: false,
    options,
  };
}
