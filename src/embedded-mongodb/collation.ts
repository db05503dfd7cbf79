import { collatorLocale } from './collation-locales.ts';
import { COLLATION_DEFAULTS } from './collation-spec.ts';
import { encodeValue } from './key-encoding.ts';
import type { Document, TextOrder } from './values.ts';
import { isDocument, toDouble } from './values.ts';

/** Compares two strings by a language's rules. The same collation always gives the same function. */
export type Collate = NonNullable<TextOrder>;

const SENSITIVITY = { 1: 'base', 2: 'accent', 3: 'variant' } as const;

const compiled = new Map<string, Collate>();
const collations = new WeakMap<Collate, Document>();

/** A collation that is kept with its collection or index, which were checked when they were made; null for none. */
export function keptCollation(collation: unknown): Document | null {
  if (!isDocument(collation) || collation['locale'] === 'simple') return null;
  return { ...COLLATION_DEFAULTS, ...collation };
}

/** The comparison of a collation that was checked; null for byte order (`simple`, or none). */
export function collateOf(collation: unknown): Collate | null {
  const full = keptCollation(collation);
  if (full === null) return null;
  const key = Object.keys(COLLATION_DEFAULTS)
    .map((field) => String(full[field]))
    .join();
  const known = compiled.get(key) ?? compileCollation(full);
  compiled.set(key, known);
  collations.set(known, full);
  return known;
}

function compileCollation(full: Document): Collate {
  const level = toDouble(full['strength']) as 1 | 2 | 3;
  const hasCase = full['caseLevel'] === true;
  const sensitivity =
    hasCase && level === 1 ? 'case' : hasCase && level === 2 ? 'variant' : SENSITIVITY[level];
  const { locale, caseFirst } = full as { readonly locale: string; readonly caseFirst: unknown };
  const { tag, usage } = collatorLocale(locale);
  const collator = new Intl.Collator(tag, {
    usage,
    sensitivity,
    numeric: full['numericOrdering'] === true,
    ignorePunctuation: full['alternate'] === 'shifted',
    ...(caseFirst === 'upper' || caseFirst === 'lower' ? { caseFirst } : {}),
  });
  return (left, right) => collator.compare(left, right);
}

const KNOWN_TEXTS_MAX = 10_000;

/** A text for a value: the same for values that are equal. */
export type KeyOf = (value: unknown) => string;

/**
 * Keys of values for groups and sets: texts that are equal in an order have one, that of the first that came. With a
 * collation the keys of two such functions are not to be compared.
 */
export function keysBy(order: TextOrder): KeyOf {
  if (order === null) return (value) => encodeValue(value).toString('latin1');
  const collation = collations.get(order) ?? {};
  const alike = new Map<string, string[]>();
  const known = new Map<string, string>();
  const first = (text: string): string => {
    const folded = foldedText(text, collation);
    const near = alike.get(folded) ?? [];
    const found = near.find((other) => order(text, other) === 0) ?? text;
    if (found === text) alike.set(folded, [...near, text]);
    // Found again when it is asked again: only groups may take memory without end, which who keeps them counts.
    if (known.size >= KNOWN_TEXTS_MAX) known.clear();
    known.set(text, found);
    return found;
  };
  return (value) =>
    encodeValue(withTexts(value, (text) => known.get(text) ?? first(text))).toString('latin1');
}

/** The value with its texts changed. */
export function withTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((element: unknown) => withTexts(element, change));
  if (!isDocument(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withTexts(inner, change)]));
}

/** Languages whose rules take no two letters for one that the root order tells apart. */
const PLAIN_LOCALES = new Set([
  'en',
  'vi',
  'fr',
  'es',
  'it',
  'pt',
  'nl',
  'de',
  'id',
  'ms',
  'ru',
  'uk',
  'zh',
  'ja',
  'ko',
  'th',
]);

/** What letters of other alphabets, ligatures and figures may be equal to. */
const FOLDED_TO = [...'abcdefghijklmnopqrstuvwxyz0123456789', 'ae', 'oe', 'ss', 'th', 'dz', 'ij', 'lj', 'nj'];

/** Made when a text is first folded: its rules take 3 MB. */
let rootOrder: Intl.Collator | undefined;
const foldedLetters = new Map<string, string>([['đ', 'd']]);

/**
 * A text for the key of an index: texts that a collation takes for equal have the same one, and some that it does
 * not; who reads the index compares what it finds. Of Latin text its letters and digits remain, of other scripts
 * nothing.
 */
export function foldedText(text: string, collation: Document): string {
  const [language = ''] = String(collation['locale']).split(/[-_]/);
  // Where a language's rules are not known to be plain, all its texts have one key: slow, but none is lost.
  if (!PLAIN_LOCALES.has(language) || /__|@/.test(String(collation['locale']))) return '';
  const plain = text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]/gu, foldedLetter);
  // Where numbers are compared by value, zeros may begin them.
  return collation['numericOrdering'] === true ? plain.replace(/\d/g, '') : plain;
}

/** The letters that the root order takes a character for at its first level; nothing where there are none. */
function foldedLetter(letter: string): string {
  const known = foldedLetters.get(letter);
  if (known !== undefined) return known;
  const order = (rootOrder ??= new Intl.Collator('en', { sensitivity: 'base', ignorePunctuation: true }));
  const found = FOLDED_TO.find((plain) => order.compare(letter, plain) === 0) ?? '';
  foldedLetters.set(letter, found);
  return found;
}
