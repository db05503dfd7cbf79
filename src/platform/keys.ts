import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const KEY_BYTES = 32;

/**
 * A secret of the installation, kept in `{dataDir}/keys/{name}` with mode 0600 and made at the first start.
 * @throws Error when the file holds anything but 64 hex digits
 */
export function installationKey(dataDir: string, name: string): Uint8Array {
  const folder = join(dataDir, 'keys');
  const file = join(folder, name);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  try {
    // `wx`: of two processes that start at once, one writes and both read what it wrote.
    writeFileSync(file, randomBytes(KEY_BYTES).toString('hex'), { mode: 0o600, flag: 'wx', flush: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const text = readFileSync(file, 'utf8').trim();
  if (!/^[0-9a-f]{64}$/.test(text)) throw new Error(`${file} is not a key: expected 64 hex digits`);
  return new Uint8Array(Buffer.from(text, 'hex'));
}
