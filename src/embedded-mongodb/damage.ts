import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { EmbeddedMongodbError } from './errors.ts';
import type { Log } from './wal.ts';
import { DamagedLog, readLog } from './wal.ts';

/** In the directory: all that is kept. */
export const DATABASE_FILE = 'database.sqlite';
/** Written once the first database is whole: from then on a missing or empty database file is damage. */
export const FORMAT_FILE = 'FORMAT';
export const FORMAT = 'embedded-mongodb 1\n';

const HEADER_BYTES = 100;
const HEADER_TEXT = 'SQLite format 3\0';

/** What is wrong with the file at `path`, and what to do. */
export function damage(path: string, what: string): EmbeddedMongodbError {
  const message = `The database file ${path} is damaged: ${what}. Restore it from a backup.`;
  return new EmbeddedMongodbError('damaged', message);
}

/** Bytes of the file; 0 where there is none. */
export const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

/**
 * Looks at the files before SQLite does, which would take a missing or empty one for a new database.
 * @returns whether a database is there already
 * @throws EmbeddedMongodbError `damaged`; `failed` for a format of another version
 */
export function checkFiles(directory: string): boolean {
  const path = join(directory, DATABASE_FILE);
  const isKnown = checkFormat(directory);
  const size = sizeOf(path);
  if (size === 0) {
    if (isKnown) throw damage(path, 'it is missing or empty');
    if (sizeOf(`${path}-wal`) > 0) throw damage(path, 'it is missing or empty, while its log is there');
    return false;
  }
  const { pageSize, pages } = headerOf(path);
  const log = logOf(path);
  const held = Math.floor(size / pageSize);
  // A crash may leave pages in the log alone; a page that is in neither is lost.
  for (let page = held + 1; page <= (log?.pageCount ?? pages); page += 1) {
    if (log === null || !log.pages.has(page)) throw damage(path, 'it is cut short');
  }
  return isKnown;
}

function checkFormat(directory: string): boolean {
  const path = join(directory, FORMAT_FILE);
  if (statSync(path, { throwIfNoEntry: false }) === undefined) return false;
  const format = readFileSync(path, 'utf8');
  if (format === FORMAT) return true;
  const known = FORMAT.trim();
  throw new EmbeddedMongodbError(
    'failed',
    `${path} says “${format.slice(0, 40).trim()}”, and this version reads “${known}”: use the version that wrote it.`,
  );
}

function headerOf(path: string): { readonly pageSize: number; readonly pages: number } {
  const header = Buffer.alloc(HEADER_BYTES);
  const descriptor = openSync(path, 'r');
  readSync(descriptor, header, 0, HEADER_BYTES, 0);
  closeSync(descriptor);
  if (header.toString('latin1', 0, 16) !== HEADER_TEXT) throw damage(path, 'it is not a database file');
  const pageSize = header.readUInt16BE(16) === 1 ? 65_536 : header.readUInt16BE(16);
  if (pageSize < 512 || (pageSize & (pageSize - 1)) !== 0) throw damage(path, 'its header makes no sense');
  return { pageSize, pages: header.readUInt32BE(28) };
}

function logOf(path: string): Log | null {
  try {
    return readLog(`${path}-wal`);
  } catch (error) {
    if (error instanceof DamagedLog) throw damage(`${path}-wal`, error.message);
    throw error;
  }
}
