import { constants, setPriority } from 'node:os';
import { damageReason, newHealth } from './health.ts';
import { damageOf } from './sqlite.ts';
import { newProcess } from './thread.ts';

/**
 * Walks through every page of a database that is served meanwhile; `onDamage` is told what is found. SQLite cannot be
 * interrupted in it, which takes a minute for 1 GiB on a slow disk: so a process of its own does it, that gives way to
 * all others and can be ended at any moment. Where none can be started, pages are looked at when they are read.
 */
export function checkInBackground(directory: string, onDamage: (reason: string) => void): { close(): void } {
  const child = newProcess(directory);
  child.on('message', (reason) => {
    onDamage(String(reason));
  });
  child.on('error', () => undefined);
  return {
    close() {
      child.kill('SIGKILL');
    },
  };
}

/** What that process does. A disk that fails is told as damage is. */
export function startCheck(directory: string): void {
  const say = (reason: string): void => {
    process.send?.(reason);
  };
  setPriority(constants.priority.PRIORITY_LOW);
  try {
    const found = damageOf(directory);
    if (found !== null) say(damageReason(directory, found));
  } catch (error) {
    newHealth(directory, say).note(error);
  }
  process.disconnect();
}
