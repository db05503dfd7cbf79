import { backup } from './backup.ts';
import type { Command } from './command.ts';
import { keysList, keysRotate } from './keys.ts';
import { restore } from './restore.ts';

/** Every command of `npm run nguon -- …`, in the order in which help shows them. */
export const COMMANDS: readonly Command[] = [backup, restore, keysRotate, keysList];
