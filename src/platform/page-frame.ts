import type { Language } from './i18n.ts';

/** What every page has around its content; `layout.eta` reads it as `it.page`. */
export type PageFrame = {
  readonly language: Language;
  /** Without the product's name, which the layout adds. */
  readonly title: string;
  /** The page's own path and query without `lang`. */
  readonly path: string;
  /** This same page in each language. */
  readonly languageLinks: { readonly vi: string; readonly en: string };
  /** The same as whole addresses, for search engines and messengers; `any` leaves the language to the browser. */
  readonly addresses: { readonly vi: string; readonly en: string; readonly any: string };
  /** Every form carries it in the hidden field `csrfToken`. */
  readonly csrfToken: string;
  readonly user: { readonly name: string; readonly manageHref: string } | null;
  /** Whether the page shows demonstration data and must say so. */
  readonly demo: boolean;
  /** What search engines and messengers show. */
  readonly description?: string | undefined;
  /** The whole address of a picture for messengers: the page's own, else our mark. */
  readonly image: string;
  /** Whether search engines may list it: demonstration data and results of a search never. */
  readonly indexed: boolean;
};
