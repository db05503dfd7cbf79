/**
 * The locales of a collation, and the orders beside the usual one that a locale has: `de@collation=phonebook`.
 * Source: MongoDB manual, Collation Locales and Default Parameters; for `pinyin` and for what is not a locale: server,
 * db/query/collation/collator_factory_icu_test.cpp
 */

const LOCALES: ReadonlySet<string> = new Set(
  (
    'af am ar as az be bg bn bo bs bs_Cyrl ca chr cs cy da de de_AT dsb dz ee el en en_US en_US_POSIX eo es et fa fa_AF ' +
    'fi fil fo fr fr_CA ga gl gu ha haw he hi hr hsb hu hy id ig is it ja ka kk kl km kn ko kok ky lb lkt ln lo lt lv mk ' +
    'ml mn mr ms mt my nb ne nl nn om or pa pl ps pt ro ru se si sk sl smn sq sr sr_Latn sv sw ta te th to tr ug uk ur ' +
    'vi wae yi yo zh zh_Hant zu'
  ).split(' '),
);

const LOCALES_OF: Readonly<Record<string, string>> = {
  big5han: 'zh',
  compat: 'ar',
  dictionary: 'si',
  eor: 'de',
  gb2312han: 'zh',
  phonebook: 'de de_AT',
  phonetic: 'ln',
  pinyin: 'zh_Hant',
  search: 'az bs ca cs da de es fi gl he hr is kl ko nb nn se sk smn sr_Latn sv tr yi',
  searchjl: 'ko',
  traditional: 'bn es fi kn vi',
  unihan: 'ja ko zh',
  zhuyin: 'zh',
};

const MARK = '@collation=';

/** Whether MongoDB has language rules of this name. */
export function isLocale(name: string): boolean {
  if (!name.includes('@')) return LOCALES.has(name);
  const [locale = '', variant = ''] = name.split(MARK);
  return Object.hasOwn(LOCALES_OF, variant) && LOCALES_OF[variant]?.split(' ').includes(locale) === true;
}

/** Orders that the language rules at hand do not have. */
const UNSUPPORTED: ReadonlySet<string> = new Set(['big5han', 'gb2312han']);

/** False for an order of a locale that cannot be had here. */
export function isSupportedVariant(name: string): boolean {
  return !UNSUPPORTED.has(name.split(MARK)[1] ?? '');
}

/** Names of orders that are shorter in BCP 47. Source: Unicode Technical Standard 35, key `co` */
const SHORT: Readonly<Record<string, string>> = {
  dictionary: 'dict',
  phonebook: 'phonebk',
  traditional: 'trad',
};

/** The locale as ECMAScript names it, and what it is used for. */
export function collatorLocale(name: string): {
  readonly tag: string;
  readonly usage: 'search' | 'sort';
} {
  const [locale = '', variant] = name.split(MARK);
  const tag = locale.replaceAll('_', '-');
  if (variant === undefined) return { tag, usage: 'sort' };
  if (variant === 'search') return { tag, usage: 'search' };
  return { tag: `${tag}-u-co-${SHORT[variant] ?? variant}`, usage: 'sort' };
}
