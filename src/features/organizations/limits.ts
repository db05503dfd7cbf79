import type { ThrottleRule } from '../accounts/contract.ts';

/** A union's office may enter its cooperatives one after another; a script may not enter thousands. */
export const PER_ADDRESS_REGISTRATIONS: ThrottleRule = {
  freeTries: 60,
  firstWaitMs: 60_000,
  longestWaitMs: 3_600_000,
  memoryMs: 3_600_000,
};
