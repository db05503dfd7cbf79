import { randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, renameSync } from 'node:fs';
import { unlinkSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { syncFolder } from './sync-folder.ts';

/** A key of an installation that has several, one after the other. */
export type KeptKey = { readonly epoch: number; readonly key: Uint8Array };

const LINE = /^([1-9]\d{0,8}) ([0-9a-f]{64})$/;

/**
 * The keys in a file, newest first: one a line, its epoch and 64 hex digits. Null when there is no such file.
 * @throws Error when a line is anything else
 */
export function readKeyFile(file: string): readonly KeptKey[] | null {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  const lines = text.split('\n').filter((line) => line !== '');
  const keys = lines.map((line): KeptKey => {
    const [, epoch = '', hex = ''] = LINE.exec(line) ?? [];
    if (epoch === '')
      throw new Error(`${file} is not a key file: expected an epoch and 64 hex digits a line`);
    return { epoch: Number(epoch), key: new Uint8Array(Buffer.from(hex, 'hex')) };
  });
  if (keys.length === 0) throw new Error(`${file} is empty: expected keys`);
  return keys.sort((a, b) => b.epoch - a.epoch);
}

function writeBeside(file: string, keys: readonly KeptKey[]): string {
  const folder = dirname(file);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomUUID()}`;
  const lines = keys.map(({ epoch, key }) => `${epoch} ${Buffer.from(key).toString('hex')}\n`);
  writeFileSync(draft, lines.join(''), { mode: 0o600, flag: 'wx' });
  const handle = openSync(draft, 'r+');
  fsyncSync(handle);
  closeSync(handle);
  return draft;
}

/** Puts `keys` in the place of the file's, all or nothing, on the disk before it returns. Mode 0600. */
export function writeKeyFile(file: string, keys: readonly KeptKey[]): void {
  renameSync(writeBeside(file, keys), file);
  syncFolder(dirname(file));
}

/** Makes the file with `keys` unless another process has made it meanwhile. */
export function makeKeyFile(file: string, keys: readonly KeptKey[]): void {
  const draft = writeBeside(file, keys);
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    unlinkSync(draft);
  }
  syncFolder(dirname(file));
}
