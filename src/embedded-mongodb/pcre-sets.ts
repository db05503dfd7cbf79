/** PCRE's sets of characters as what stands between the brackets of a JavaScript class under the flag `v`. */

const SPACES = String.raw`\t-\r `;
const LETTERS = 'A-Za-z';
const PUNCTUATION = String.raw`!-\/:-@\[-\`\{-~`;

type Sets = Readonly<Record<string, string>>;

/** `\d` and the like: of ASCII only, as long as `(*UCP)` does not say otherwise. Source: pcre2pattern, Generic character types */
export const TYPES: Sets = {
  d: '0-9',
  s: SPACES,
  w: `0-9${LETTERS}_`,
  h: String.raw`\t \xa0\u1680\u180e\u2000-\u200a\u202f\u205f\u3000`,
  v: String.raw`\n-\r\x85\u2028\u2029`,
};

/** Source: pcre2pattern, POSIX character classes */
export const POSIX: Sets = {
  alnum: `0-9${LETTERS}`,
  alpha: LETTERS,
  ascii: String.raw`\0-\x7f`,
  blank: String.raw`\t `,
  cntrl: String.raw`\0-\x1f\x7f`,
  digit: '0-9',
  graph: '!-~',
  lower: 'a-z',
  print: ' -~',
  punct: PUNCTUATION,
  space: SPACES,
  upper: 'A-Z',
  word: `0-9${LETTERS}_`,
  xdigit: '0-9A-Fa-f',
};

/** What `(*UCP)` makes of them. Source: pcre2pattern, Unicode character properties */
export const UNICODE_TYPES: Sets = {
  ...TYPES,
  d: String.raw`\p{Nd}`,
  s: String.raw`\t-\r\p{Z}`,
  w: String.raw`\p{L}\p{N}_`,
};
export const UNICODE_POSIX: Sets = {
  ...POSIX,
  alnum: String.raw`\p{L}\p{N}`,
  alpha: String.raw`\p{L}`,
  digit: String.raw`\p{Nd}`,
  lower: String.raw`\p{Ll}`,
  space: String.raw`\t-\r\p{Z}`,
  upper: String.raw`\p{Lu}`,
  word: String.raw`\p{L}\p{N}_`,
};

const CATEGORIES = /^(?:Any|C[cfnos]?|L[lmotu]?|M[cen]?|N[dlo]?|P[cdefios]?|S[ckmo]?|Z[lps]?)$/;

/** `\p{…}`: a general category, or else a script. */
export function propertySet(name: string, isNot: boolean): string {
  if (name === 'L&') return isNot ? String.raw`[^\p{Lu}\p{Ll}\p{Lt}]` : String.raw`\p{Lu}\p{Ll}\p{Lt}`;
  const property = CATEGORIES.test(name) ? name : `Script=${name.replaceAll(' ', '_')}`;
  return `\\${isNot ? 'P' : 'p'}{${property}}`;
}

/** A character that means itself, within a class and outside. */
export function escapedPoint(codePoint: number): string {
  const character = String.fromCodePoint(codePoint);
  return /[0-9A-Za-z]/.test(character) || codePoint > 0x7f ? character : `\\u{${codePoint.toString(16)}}`;
}
