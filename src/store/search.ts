import { searchKey } from '../domain/text/search-key.ts';

/** The most words of a search that are looked for; the rest is ignored. */
const SEARCH_WORDS_MAX = 8;

/** The folded words of what somebody typed into a search box. */
export function searchWords(typed: string | undefined): readonly string[] {
  return searchKey(typed ?? '')
    .split(' ')
    .filter((word) => word !== '')
    .slice(0, SEARCH_WORDS_MAX);
}

/** Conditions that every word occurs in the folded `field`; folded words have letters and digits only. */
export function wordsFilter(field: string, words: readonly string[]): readonly Record<string, RegExp>[] {
  return words.map((word) => ({ [field]: new RegExp(`(^| )${word}`) }));
}
