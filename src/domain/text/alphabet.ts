const LETTERS = 'aăâbcdđeêfghijklmnoôơpqrstuưvwxyz';
/** Huyền, hỏi, ngã, sắc, nặng, as dictionaries have them. */
const TONES = '\u0300\u0309\u0303\u0301\u0323';
/** Letters come after figures and spaces. */
const AFTER_ASCII = 0x80;

/** What a text is ordered by: its letters; where they are the same, its tones. */
function orderKeys(text: string): readonly [letters: string, tones: string] {
  let [letters, tones] = ['', ''];
  for (const letter of text.toLowerCase().normalize('NFC')) {
    const parts = letter.normalize('NFD');
    const tone = [...parts].find((part) => TONES.includes(part)) ?? '';
    const place = LETTERS.indexOf(parts.replace(tone, '').normalize('NFC'));
    letters += place < 0 ? letter : String.fromCharCode(AFTER_ASCII + place);
    tones += tone === '' ? ' ' : String(TONES.indexOf(tone));
  }
  return [letters, tones];
}

/** Compares two texts by their characters' numbers: codes, and dates as `YYYY-MM-DD`. */
export const byCharacters = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/**
 * Compares two texts by the Vietnamese alphabet: “Cao Bằng” before “Cần Thơ”, “Dầu Tiếng” before “Đà Nẵng”.
 * Capitals are not told apart.
 * Source: Unicode CLDR, collation of `vi`. `Intl.Collator` orders the same and takes 3 MB.
 */
export function byAlphabet(a: string, b: string): number {
  const [keysA, keysB] = [orderKeys(a), orderKeys(b)];
  const at = keysA[0] === keysB[0] ? 1 : 0;
  return byCharacters(keysA[at], keysB[at]);
}
