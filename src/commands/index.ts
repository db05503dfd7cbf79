import type { Command } from './command.ts';

/** Every command of `npm run nguon -- …`, in the order in which help shows them. */
export const COMMANDS: readonly Command[] = [];
