import { randomBytes } from 'node:crypto';
import { customAlphabet } from 'nanoid';

/** Randomness as an argument; a test gives a repeatable one. */
export type Random = {
  /** A record's id: 20 characters of `0-9a-z` without look-alikes, about 100 bits. */
  newId(): string;
  bytes(size: number): Uint8Array;
  /** A secret for a link or a cookie: 256 bits in base64url. */
  newSecret(): string;
};

const newId = customAlphabet('0123456789abcdefghjkmnpqrstvwxyz', 20);

export const systemRandom: Random = {
  newId: () => newId(),
  bytes: (size) => new Uint8Array(randomBytes(size)),
  newSecret: () => randomBytes(32).toString('base64url'),
};
