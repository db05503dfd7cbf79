import { closeSync, fsyncSync, openSync } from 'node:fs';

/** Makes the names in a folder durable: a file that was renamed into it is there after a power cut. */
export function syncFolder(folder: string): void {
  // Windows opens no folders; there the rename itself is what lasts.
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
