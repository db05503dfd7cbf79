import { z } from 'zod';
import { MEMBER_ROLES } from '../../platform/access.ts';
import { emailField, line, passwordField } from '../../platform/fields.ts';

/** A secret that somebody typed or followed: any text, so that a wrong one is answered as wrong. */
const typed = z.string().min(1).max(200);

/** The schemas of this feature's requests. */
export const memberInputs = {
  invitation: z.strictObject({ email: emailField, role: z.enum(MEMBER_ROLES) }),
  /** Who has an account already gives its password and needs no name. */
  acceptance: z.strictObject({ token: typed, name: line(120).optional(), password: typed }),
  /** What a new account must have. */
  newPerson: z.object({ name: line(120), password: passwordField }),
  role: z.strictObject({ role: z.enum(MEMBER_ROLES) }),
};

export type NewInvitation = z.output<typeof memberInputs.invitation>;
export type Acceptance = z.output<typeof memberInputs.acceptance>;
