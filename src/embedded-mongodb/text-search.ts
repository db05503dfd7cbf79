import type { Collection, Index } from './catalog.ts';
import { stemmed } from './english-stem.ts';
import { CommandError } from './errors.ts';
import { someValueAt, splitPath } from './paths.ts';
import { leavesOf } from './ranges.ts';
import type { TextOptions } from './text-operand.ts';
import { checkedText } from './text-operand.ts';
import { isLanguage } from './text-spec.ts';
import type { Document } from './values.ts';
import { isDocument, toDouble } from './values.ts';

/**
 * Search by words. A word is a run of letters, marks and digits; capitals and diacritics do not count (`đ` is `d`),
 * as in version 3 of MongoDB's text index. In an English index words lose the endings of number and tense; in other
 * languages they are taken as they are written. There are no stop words.
 */

/** Score of a document; null when the search does not find it. */
export type TextSearch = (document: unknown) => number | null;

/** The text as it is compared. */
function folded(text: string, { isCaseSensitive, isDiacriticSensitive }: TextOptions): string {
  const plain = isDiacriticSensitive
    ? text.normalize('NFC')
    : text
        .normalize('NFD')
        .replace(/\p{M}+/gu, '')
        .replaceAll('đ', 'd')
        .replaceAll('Đ', 'D');
  return isCaseSensitive ? plain : plain.toLowerCase();
}

/** The words of a folded text, in the form in which they are compared. */
type WordsOf = (text: string) => string[];

const writtenWords: WordsOf = (text) => text.match(/[\p{L}\p{M}\p{N}_]+/gu) ?? [];

const englishWords: WordsOf = (text) => writtenWords(text).map(stemmed);

/** The clause `$text` of a filter, at its top or in its `$and`s; undefined without one. */
export function textClause(filter: Document): unknown {
  if ('$text' in filter) return filter['$text'];
  const parts = Array.isArray(filter['$and']) ? filter['$and'].filter(isDocument) : [];
  return parts.map(textClause).find((clause) => clause !== undefined);
}

/**
 * Compiles the search of a filter; null where it has none.
 * @throws CommandError 27 where the collection has no text index, 291 where it cannot be used, 2, 14
 */
export function textSearch(collection: Collection, filter: Document): TextSearch | null {
  const clause = textClause(filter);
  if (clause === undefined) return null;
  const { search, options, language: given } = checkedText(clause);
  const index = usableIndex(collection, filter);
  const fields = weightsOf(index);
  const language = given ?? String(index.spec['default_language']);
  if (given !== null && !isLanguage(given, index.spec['textIndexVersion'])) {
    throw new CommandError('BadValue', `unsupported language: "${given}" for text index`);
  }
  const wordsOf = ENGLISH.has(language.toLowerCase()) ? englishWords : writtenWords;
  const { words, phrases, without } = parsedSearch(search, options, wordsOf);
  return (document) => {
    const texts = fields.map(({ path, weight }) => ({ weight, texts: textsAt(document, path, options) }));
    const all = texts.flatMap((field) => field.texts);
    if (!phrases.every((phrase) => all.some((text) => text.includes(phrase)))) return null;
    const present = new Set(all.flatMap(wordsOf));
    if (
      without.some(
        (text) => wordsOf(text).every((word) => present.has(word)) && all.some((one) => one.includes(text)),
      )
    ) {
      return null;
    }
    const score = texts.reduce(
      (sum, field) =>
        sum + field.weight * field.texts.reduce((part, text) => part + scoreOf(text, words, wordsOf), 0),
      0,
    );
    return score > 0 ? score : null;
  };
}

const ENGLISH: ReadonlySet<string> = new Set(['english', 'en']);

/** The text index, each of whose fields before the words the filter sets equal to one value. @throws CommandError 27, 291 */
function usableIndex({ indexes }: Collection, filter: Document): Index {
  const index = indexes.find((known) => known.kind === 'text');
  if (index === undefined) throw new CommandError('IndexNotFound', 'text index required for $text query');
  const names = index.fields.map(({ name }) => name);
  const leaves = leavesOf(filter).filter(
    ({ operator, operand }) =>
      operator === '$eq' || (operator === '$in' && Array.isArray(operand) && operand.length === 1),
  );
  const isBound = names
    .slice(0, names.indexOf('_fts'))
    .every((name) => leaves.some(({ path }) => path === name));
  if (isBound && !index.isHidden) return index;
  const message =
    'failed to use text index to satisfy $text query (if text index is compound, are equality predicates given for all prefix fields?)';
  throw new CommandError('NoQueryExecutionPlans', message);
}

/** `word "a phrase" -without`: words are alternatives, phrases are musts. */
function parsedSearch(search: string, options: TextOptions, wordsOf: WordsOf) {
  const words: string[] = [];
  const phrases: string[] = [];
  const without: string[] = [];
  for (const [, minus, quoted, bare] of search.matchAll(/(-?)(?:"([^"]*)"|([^\s"]+))/g)) {
    const text = folded(quoted ?? bare ?? '', options).trim();
    if (minus === '-') without.push(text);
    else {
      words.push(...wordsOf(text));
      if (quoted !== undefined && text !== '') phrases.push(text);
    }
  }
  return { words: [...new Set(words)], phrases, without };
}

/**
 * More for a word that comes again, though each time half as much, and for one that is much of its text.
 * Source: server, fts/fts_spec.cpp, FTSSpec::_scoreStringV2
 */
function scoreOf(text: string, words: readonly string[], wordsOf: WordsOf): number {
  const all = wordsOf(text);
  return words.reduce((score, word) => {
    const count = all.filter((one) => one === word).length;
    if (count === 0) return score;
    const frequency = 2 - 2 ** (1 - count);
    const share = 0.5 * (count / all.length) + 0.5;
    return score + frequency * share * (text.trim() === word ? 1.1 : 1);
  }, 0);
}

function weightsOf(index: Index): { readonly path: string; readonly weight: number }[] {
  const weights = isDocument(index.spec['weights']) ? index.spec['weights'] : {};
  return Object.entries(weights).map(([path, weight]) => ({ path, weight: toDouble(weight) }));
}

/** The texts at a path, folded; `$**` is every text of the document. */
function textsAt(document: unknown, path: string, options: TextOptions): string[] {
  const texts: string[] = [];
  const keep = (value: unknown): void => {
    if (typeof value === 'string') texts.push(folded(value, options));
    else if (Array.isArray(value)) value.forEach(keep);
    else if (path === '$**' && isDocument(value)) Object.values(value).forEach(keep);
  };
  if (path === '$**') keep(document);
  else {
    someValueAt(document, splitPath(path), (value) => {
      keep(value);
      return false;
    });
  }
  return texts;
}
