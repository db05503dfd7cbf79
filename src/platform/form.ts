import type { Language } from './i18n.ts';

/** How an HTML form becomes the same input that the API takes. */

type Tree = { [key: string]: unknown };

/** What a form may say about fields that are not text. */
export type FormShape = {
  /** Dotted names whose text is a number, `12,5` and `1.234,5` included. */
  readonly numbers?: readonly string[];
  /** Dotted names that may repeat and are always a list. */
  readonly lists?: readonly string[];
  /** Dotted names of date-times typed in Vietnam time: `2026-11-24T08:30` becomes an instant. */
  readonly instants?: readonly string[];
};

type Reading = { readonly shape: FormShape; readonly language: Language };

const OWN_FIELDS: ReadonlySet<string> = new Set(['csrfToken', 'idempotencyKey']);

const MARKS = { vi: { group: '.', decimal: ',' }, en: { group: ',', decimal: '.' } } as const;

/**
 * A number as people of that language type it: `1.500` is fifteen hundred to a Vietnamese, `1.5` one and a half
 * to everybody. Text that is no number stays text, so that the schema points at it.
 */
export function numberFromForm(text: string, language: Language): number | string {
  const compact = text.replace(/\s/g, '');
  const { group, decimal } = MARKS[language];
  const grouped = new RegExp(`^-?\\d{1,3}(\\${group}\\d{3})+(\\${decimal}\\d+)?$`);
  const plain = (grouped.test(compact) ? compact.replaceAll(group, '') : compact).replace(',', '.');
  return /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : text;
}

function instantFromForm(text: string): string {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/.test(text)
    ? `${text.length === 16 ? `${text}:00` : text}+07:00`
    : text;
}

function convert(name: string, value: unknown, { shape, language }: Reading): unknown {
  if (shape.lists?.includes(name) === true)
    return (Array.isArray(value) ? value : [value]).filter((v) => v !== '');
  if (typeof value !== 'string') return value;
  if (shape.numbers?.includes(name) === true) return numberFromForm(value, language);
  if (shape.instants?.includes(name) === true) return instantFromForm(value);
  return value;
}

/**
 * The nested input of a form's flat fields (`address.vi=…`). Fields left empty are absent, as in JSON.
 * Names that could reach an object's prototype are ignored.
 */
export function inputFromForm(body: unknown, language: Language, shape: FormShape = {}): Tree {
  const input: Tree = {};
  for (const [name, raw] of Object.entries((body ?? {}) as Tree)) {
    const value = convert(name, raw, { shape, language });
    if (OWN_FIELDS.has(name) || value === '' || (Array.isArray(value) && value.length === 0)) continue;
    place(input, name.split('.'), value);
  }
  return input;
}

function place(tree: Tree, path: readonly string[], value: unknown): void {
  if (path.length > 5 || path.some((part) => part === '__proto__' || part === 'constructor')) return;
  let branch = tree;
  for (const part of path.slice(0, -1)) {
    const next = branch[part];
    if (typeof next !== 'object' || next === null) branch[part] = {};
    branch = branch[part] as Tree;
  }
  const leaf = path.at(-1);
  if (leaf !== undefined) branch[leaf] = value;
}

/** What was typed, by field name, to show again beside what is wrong with it. */
export function typedValues(body: unknown): Readonly<Record<string, string>> {
  const entries = Object.entries((body ?? {}) as Tree).filter(([name]) => !OWN_FIELDS.has(name));
  return Object.fromEntries(
    entries.map(([name, value]) => [name, (Array.isArray(value) ? value : [value]).filter(isText).join(',')]),
  );
}

/** A name with brackets (`a[b]=…`) makes the multipart reader build objects, which no field of ours is. */
const isText = (value: unknown): boolean => typeof value === 'string';
