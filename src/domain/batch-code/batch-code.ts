/** Crockford's base 32: no I, L, O, U, so that nothing on a label can be misread. */
export const CODE_ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

export const BATCH_CODE_LENGTH = 12;
export const UNIT_CODE_LENGTH = 20;

/** Random bytes that a batch code takes: 56 bits, of which 55 are used. */
export const BATCH_CODE_BYTES = 7;

export type Code = { readonly kind: 'batch' | 'unit'; readonly code: string };

const BASE = CODE_ALPHABET.length;

/** The check character of `body`: the Luhn algorithm modulo 32, ISO/IEC 7812-1 Annex B carried to base 32. */
function checkCharacter(body: string): string {
  let sum = 0;
  let factor = 2;
  for (const character of [...body].reverse()) {
    const addend = factor * CODE_ALPHABET.indexOf(character);
    sum += Math.floor(addend / BASE) + (addend % BASE);
    factor = factor === 2 ? 1 : 2;
  }
  return CODE_ALPHABET.charAt((BASE - (sum % BASE)) % BASE);
}

/**
 * A batch's code: 11 random characters (55 bits) and a check character that catches every single mistyped one.
 * @param randomBytes BATCH_CODE_BYTES of them
 */
export function makeBatchCode(randomBytes: Uint8Array): string {
  if (randomBytes.length !== BATCH_CODE_BYTES) throw new RangeError(`Needs ${BATCH_CODE_BYTES} bytes`);
  let bits = randomBytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  let body = '';
  for (let place = 1; place < BATCH_CODE_LENGTH; place += 1) {
    body += CODE_ALPHABET.charAt(Number(bits & 31n));
    bits >>= 5n;
  }
  return body + checkCharacter(body);
}

/** The longest text that is read for a code: a label's address with much around it. */
export const TYPED_CODE_MAX_LENGTH = 300;

/**
 * The code that was typed, pasted or scanned: in any case and width, with spaces and hyphens, O for 0 and I or L for 1,
 * or as the address that a label's symbol says; null when it cannot be one of ours. Of a unit code only the shape is
 * known here.
 */
export function readCode(typed: string): Code | null {
  if (typed.length > TYPED_CODE_MAX_LENGTH) return null;
  const code = typed
    .normalize('NFKC')
    .replace(/^\s*https?:\/\/[^?#]*\//i, '')
    .replace(/[?#].*$/s, '')
    .toUpperCase()
    .replace(/[\s\u00AD\u200B-\u200D\u2010-\u2015\u2060\u2212-]/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
  if ([...code].some((character) => !CODE_ALPHABET.includes(character))) return null;
  if (code.length === UNIT_CODE_LENGTH) return { kind: 'unit', code };
  if (code.length !== BATCH_CODE_LENGTH) return null;
  return checkCharacter(code.slice(0, -1)) === code.at(-1) ? { kind: 'batch', code } : null;
}

/** For people: `ABCD EFGH JKMN`. */
export function groupCode(code: string): string {
  return code.replace(/(.{4})(?=.)/g, '$1 ');
}
