/**
 * An English word without the endings of number, tense and case (`searching`, `searched`, `searches` are `search`):
 * step 1 of Porter's algorithm. Longer suffixes (`-ation`, `-ness`) stay.
 * Source: M. F. Porter, An algorithm for suffix stripping, 1980, section 3
 */
export function stemmed(word: string): string {
  if (!/^[a-z]{3,}$/.test(word)) return word;
  return withoutY(withoutTense(withoutPlural(word)));
}

const VOWEL = /[aeiou]|[^aeiou]y/;

/** How often a vowel is followed by a consonant: Porter's m. */
const measure = (stem: string): number =>
  (stem.replace(/(^|[aeiou])y/g, '$1c').match(/[aeiouy]+[^aeiouy]+/g) ?? []).length;

function withoutPlural(word: string): string {
  if (word.endsWith('sses') || word.endsWith('ies')) return word.slice(0, -2);
  return word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word;
}

function withoutTense(word: string): string {
  if (word.endsWith('eed')) return measure(word.slice(0, -3)) > 0 ? word.slice(0, -1) : word;
  const ending = word.endsWith('ing') ? 3 : word.endsWith('ed') ? 2 : 0;
  const stem = word.slice(0, word.length - ending);
  if (ending === 0 || !VOWEL.test(stem)) return word;
  if (/(at|bl|iz)$/.test(stem)) return `${stem}e`;
  if (/([^aeiouylsz])\1$/.test(stem)) return stem.slice(0, -1);
  const isShort = measure(stem) === 1 && /[^aeiou][aeiouy][^aeiouwxy]$/.test(stem);
  return isShort ? `${stem}e` : stem;
}

function withoutY(word: string): string {
  const stem = word.slice(0, -1);
  return word.endsWith('y') && VOWEL.test(stem) ? `${stem}i` : word;
}
