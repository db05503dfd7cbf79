import { hash, verify } from '@node-rs/argon2';

/**
 * How dear a hash is. `owasp` is one of the settings for argon2id that the password storage cheat sheet holds to be
 * equal: 9 MiB, four passes, one lane, about 30 ms here. Its first (19 MiB, two passes) takes twice the memory for
 * each of those who sign in at once. `test` is only for tests.
 */
export type PasswordCost = 'owasp' | 'test';

const COSTS = {
  owasp: { memoryCost: 9_216, timeCost: 4, parallelism: 1 },
  test: { memoryCost: 64, timeCost: 1, parallelism: 1 },
} as const;

export type Passwords = {
  hash(password: string): Promise<string>;
  /** Takes as long for an address without an account (`stored` null) as for a wrong password. */
  matches(stored: string | null, password: string): Promise<boolean>;
};

/** argon2id (RFC 9106), in threads of its own so that signing in does not hold up the event loop. */
export function passwords(cost: PasswordCost): Passwords {
  const parameters = COSTS[cost];
  // The library's default algorithm is argon2id.
  const dummy = hash('no account has this password', parameters);
  return {
    hash: (password) => hash(password.normalize('NFC'), parameters),
    async matches(stored, password) {
      const matched = await verify(stored ?? (await dummy), password.normalize('NFC'));
      return matched && stored !== null;
    },
  };
}
