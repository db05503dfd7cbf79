import { z } from 'zod';
import { line, passwordField } from '../../platform/fields.ts';

/** A secret that somebody typed: any text, so that a wrong one is answered as wrong. */
const typed = z.string().min(1).max(200);

/** The schemas of this feature's requests. */
export const accountInputs = {
  credentials: z.strictObject({ login: typed, password: typed }),
  refresh: z.strictObject({ refreshToken: typed }),
  logout: z.strictObject({ refreshToken: typed.optional() }),
  name: z.strictObject({ name: line(120) }),
  password: z.strictObject({ currentPassword: typed, password: passwordField }),
};
