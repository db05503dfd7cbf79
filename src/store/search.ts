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

/** The distinct words of a folded text, for an index of words. */
export function searchTerms(folded: string): readonly string[] {
  return [...new Set(folded.split(' ').filter((word) => word !== ''))];
}

/** Up to so many records are found by their words and sorted; beyond it reading in order finds a page sooner. */
export const RARE_MAX = 1_000;

/** One word of a search as a pattern of the index of words; `rare` when at most `RARE_MAX` records have it. */
export type IndexedWord = { readonly word: string; readonly pattern: RegExp; readonly rare: boolean };

/**
 * The word of a search by which the index finds fewest: the first rare one, the longest tried first, else the longest.
 * @param count how many records have a word of that pattern, counted no further than `RARE_MAX` + 1
 * @returns null when there are no words
 */
export async function indexedWord(
  words: readonly string[],
  count: (pattern: RegExp) => Promise<number>,
): Promise<IndexedWord | null> {
  const tried: IndexedWord[] = [];
  for (const word of [...words].sort((a, b) => b.length - a.length)) {
    const pattern = new RegExp(`^${word}`);
    const found = { word, pattern, rare: (await count(pattern)) <= RARE_MAX };
    if (found.rare) return found;
    tried.push(found);
  }
  return tried[0] ?? null;
}

/** What comes after one record in a list ordered by folded name, then id. */
export function afterKey(key: string, id: string) {
  return { $or: [{ searchKey: { $gt: key } }, { searchKey: key, _id: { $gt: id } }] };
}
