import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';

/** A disk of its own in memory, which is full when `bytes` are on it. */
export type SmallDisk = { remove(): void };

/** Mounts one at `folder`; null where that is not permitted, or no Linux. */
export function smallDisk(folder: string, bytes: number): SmallDisk | null {
  if (process.platform !== 'linux') return null;
  mkdirSync(folder, { recursive: true });
  try {
    const options = `size=${bytes},mode=0700`;
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    return null;
  }
  return {
    remove() {
      execFileSync('umount', ['--lazy', folder], { stdio: 'ignore' });
    },
  };
}
