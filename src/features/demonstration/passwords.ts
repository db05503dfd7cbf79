import { createHmac } from 'node:crypto';

const ALPHABET = '23456789abcdefghjkmnpqrstvwxyz';
const GROUPS = 3;
const GROUP_LENGTH = 4;

/**
 * The passwords of the demonstration's accounts: `given` for all of them, or else each its own, drawn from the
 * installation's secret. They need not be stored to be printed again when the first start was cut off.
 */
export function demoPasswords(secret: Uint8Array, given: string | undefined) {
  const mac = (text: string) => createHmac('sha256', Buffer.from(secret)).update(text).digest();
  return {
    /** Twelve characters in three groups, about 59 bits: easy to type, hard to guess. */
    of(login: string): string {
      if (given !== undefined) return given;
      const bytes = mac(`demonstration password\n${login}`);
      const letter = (index: number) => ALPHABET.charAt((bytes[index] ?? 0) % ALPHABET.length);
      const group = (start: number) =>
        Array.from({ length: GROUP_LENGTH }, (_, index) => letter(start + index)).join('');
      return Array.from({ length: GROUPS }, (_, index) => group(index * GROUP_LENGTH)).join('-');
    },
    /** Equal for two processes that would give the same passwords; tells nothing of them without the secret. */
    check: mac(`demonstration check\n${given ?? ''}`).toString('base64url'),
  };
}

export type DemoPasswords = ReturnType<typeof demoPasswords>;
