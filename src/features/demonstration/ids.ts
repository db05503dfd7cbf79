import { createHash } from 'node:crypto';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const ID_LENGTH = 20;

/**
 * The id of the record that the file calls `key`: the same at every start, so that loading may stop anywhere and
 * go on later. @returns 20 characters, as every other id
 */
export function demoId(key: string): string {
  const bytes = createHash('sha256').update(`demonstration\n${key}`).digest();
  return Array.from({ length: ID_LENGTH }, (_, index) =>
    ALPHABET.charAt((bytes[index] ?? 0) % ALPHABET.length),
  ).join('');
}
