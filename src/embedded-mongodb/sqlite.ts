import { backup, DatabaseSync } from '@photostructure/sqlite';
import type { DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { EmbeddedMongodbError } from './errors.ts';

/** What SQLite takes and gives here. */
export type SqlValue = Uint8Array | string | number | bigint | null;
export type SqlRow = readonly SqlValue[];

/** A prepared statement; rows come as arrays. */
export type Statement = {
  all(...values: readonly SqlValue[]): SqlRow[];
  get(...values: readonly SqlValue[]): SqlRow | undefined;
  run(...values: readonly SqlValue[]): number | bigint;
};

/** One connection that holds its directory for itself. */
export type Sqlite = {
  /** The statement of this text, prepared once. */
  statement(sql: string): Statement;
  exec(sql: string): void;
  readonly isTransaction: boolean;
  close(): void;
};

/** In the directory: all that is kept. */
export const DATABASE_FILE = 'database.sqlite';
const LOCK_FILE = 'lock.sqlite';
/** Written once the first database is whole: from then on a missing or empty database file is damage. */
export const FORMAT_FILE = 'FORMAT';
const FORMAT = 'embedded-mongodb 1\n';
const HEADER_BYTES = 100;
const HEADER_TEXT = 'SQLite format 3\0';
/** Prepared statements kept; each collection and index needs about six. */
const STATEMENTS_MAX = 2_000;
/** Memory for SQLite's page cache, in KiB. */
const CACHE_KIB = 64 * 1024;

/** What went wrong in the storage, as far as it matters to what comes next; null for a fault that is not its own. */
export type FailureKind = 'full' | 'damaged' | 'input-output';

/** SQLite's primary result codes. Source: https://www.sqlite.org/rescode.html */
const FAILURES: Readonly<Record<number, FailureKind>> = {
  8: 'input-output', // READONLY
  10: 'input-output', // IOERR
  11: 'damaged', // CORRUPT
  13: 'full', // FULL
  14: 'input-output', // CANTOPEN
  26: 'damaged', // NOTADB
};

/** The kind of an exception that SQLite threw. */
export function failureKind(error: unknown): FailureKind | null {
  const { errcode } = error as { readonly errcode?: unknown };
  return typeof errcode === 'number' ? (FAILURES[errcode & 0xff] ?? null) : null;
}

/**
 * Opens the database of `directory`, creating it when the directory is new.
 * @throws EmbeddedMongodbError `directory-in-use`, `damaged`, `not-writable`
 */
export function openSqlite(directory: string): Sqlite {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new EmbeddedMongodbError('not-writable', `Cannot make ${directory}: ${(error as Error).message}`);
  }
  const lock = takeLock(directory);
  try {
    return openLocked(directory, lock);
  } catch (error) {
    lock.close();
    throw error instanceof EmbeddedMongodbError ? error : openFailure(directory, error);
  }
}

/** The lock is SQLite's own on a file of its own: the operating system frees it when the process dies. */
function takeLock(directory: string): DatabaseSyncInstance {
  let lock: DatabaseSyncInstance | null = null;
  try {
    lock = new DatabaseSync(join(directory, LOCK_FILE), { timeout: 0 });
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock?.close();
    if (/locked|busy/i.test((error as Error).message)) {
      throw new EmbeddedMongodbError(
        'directory-in-use',
        `Another process has the database in ${directory} open.`,
      );
    }
    throw openFailure(directory, error);
  }
}

function openFailure(directory: string, error: unknown): EmbeddedMongodbError {
  const text = (error as Error).message;
  const isDamage = /malformed|not a database|corrupt/i.test(text);
  const advice = isDamage
    ? 'The database is damaged: restore it from a backup.'
    : 'Check that it can be written.';
  return new EmbeddedMongodbError(
    isDamage ? 'damaged' : 'not-writable',
    `Cannot open ${directory}: ${text}. ${advice}`,
  );
}

function openLocked(directory: string, lock: DatabaseSyncInstance): Sqlite {
  const file = join(directory, DATABASE_FILE);
  checkFile(directory, file);
  const database = new DatabaseSync(file, { timeout: 1_000 });
  try {
    database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -${CACHE_KIB}`);
    database.exec('PRAGMA temp_store = MEMORY; PRAGMA journal_size_limit = 67108864');
    database.exec('SELECT count(*) FROM sqlite_master');
    if (!existsSync(join(directory, FORMAT_FILE))) createSchema(directory, database);
  } catch (error) {
    database.close();
    throw error;
  }
  return connection(database, lock);
}

function createSchema(directory: string, database: DatabaseSyncInstance): void {
  database.exec(`BEGIN;
    CREATE TABLE IF NOT EXISTS collections
      (id INTEGER PRIMARY KEY, database TEXT NOT NULL, name TEXT NOT NULL, options BLOB NOT NULL,
       UNIQUE (database, name));
    CREATE TABLE IF NOT EXISTS indexes
      (id INTEGER PRIMARY KEY, collection INTEGER NOT NULL, name TEXT NOT NULL, spec BLOB NOT NULL,
       multikey INTEGER NOT NULL, UNIQUE (collection, name));
    COMMIT`);
  const format = join(directory, FORMAT_FILE);
  writeFileSync(format, FORMAT, { flush: true });
  const folder = openSync(directory, 'r');
  fsyncSync(folder);
  closeSync(folder);
}

/** Refuses a database file that is missing, empty, cut short or of another kind, where there was one before. */
function checkFile(directory: string, file: string): void {
  if (!existsSync(join(directory, FORMAT_FILE))) return;
  const size = existsSync(file) ? statSync(file).size : 0;
  if (size === 0) throw damage(directory, 'the database file is missing or empty');
  const header = Buffer.alloc(HEADER_BYTES);
  const descriptor = openSync(file, 'r');
  readSync(descriptor, header, 0, HEADER_BYTES, 0);
  closeSync(descriptor);
  if (header.toString('latin1', 0, 16) !== HEADER_TEXT) throw damage(directory, 'it is not a database file');
  const wal = `${file}-wal`;
  const hasWal = existsSync(wal) && statSync(wal).size > 0;
  const pageSize = header.readUInt16BE(16) === 1 ? 65_536 : header.readUInt16BE(16);
  const pages = header.readUInt32BE(28);
  // While a write-ahead log waits, the file itself may be behind its own header.
  if (!hasWal && size < pageSize * pages) throw damage(directory, 'the database file is cut short');
}

function damage(directory: string, what: string): EmbeddedMongodbError {
  const message = `The database in ${directory} is damaged: ${what}. Restore it from a backup.`;
  return new EmbeddedMongodbError('damaged', message);
}

function connection(database: DatabaseSyncInstance, lock: DatabaseSyncInstance): Sqlite {
  const statements = new Map<string, Statement>();
  return {
    statement(sql) {
      const known = statements.get(sql);
      if (known !== undefined) return known;
      if (statements.size >= STATEMENTS_MAX) statements.clear();
      const prepared = prepare(database, sql);
      statements.set(sql, prepared);
      return prepared;
    },
    exec(sql) {
      database.exec(sql);
    },
    get isTransaction() {
      return database.isTransaction;
    },
    close() {
      statements.clear();
      try {
        database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      } finally {
        database.close();
        lock.close();
      }
    },
  };
}

function prepare(database: DatabaseSyncInstance, sql: string): Statement {
  const statement: StatementSyncInstance = database.prepare(sql);
  statement.setReturnArrays(true);
  return {
    all: (...values) => statement.all(...values) as SqlRow[],
    get: (...values) => statement.get(...values) as SqlRow | undefined,
    run: (...values) => statement.run(...values).lastInsertRowid,
  };
}

/** Pages that are copied between two reports of how far a copy is. */
const COPY_PAGES = 500;

/**
 * Copies the database of `directory` to `file` as it is at one moment, also while a server has it open and writes:
 * those writes are not in the copy, and are not held up.
 * @throws EmbeddedMongodbError `damaged` when there is no whole database to copy
 */
export async function copyDatabase(
  directory: string,
  file: string,
  onProgress: (doneBytes: number, totalBytes: number) => void,
): Promise<void> {
  const source = join(directory, DATABASE_FILE);
  if (!existsSync(join(directory, FORMAT_FILE))) throw damage(directory, 'there is no database');
  checkFile(directory, source);
  const database = new DatabaseSync(source, { timeout: 10_000 });
  try {
    // An open read keeps to one moment; without it each write of the server would begin the copy anew.
    database.exec('BEGIN; SELECT count(*) FROM sqlite_master');
    const { page_size: size } = database.prepare('PRAGMA page_size').get() as { page_size: number };
    await backup(database, file, {
      rate: COPY_PAGES,
      progress: ({ totalPages, remainingPages }) => {
        onProgress((totalPages - remainingPages) * size, totalPages * size);
      },
    });
    database.exec('COMMIT');
  } catch (error) {
    throw error instanceof EmbeddedMongodbError ? error : openFailure(directory, error);
  } finally {
    database.close();
  }
  checkCopy(directory, file);
}

/** What is damaged in the original is damaged in its copy: better said now than at the restore. */
function checkCopy(directory: string, file: string): void {
  const copy = new DatabaseSync(file);
  try {
    // One file that is whole by itself, without a log beside it.
    copy.exec('PRAGMA journal_mode = DELETE');
    const { quick_check: found } = copy.prepare('PRAGMA quick_check(1)').get() as { quick_check: string };
    if (found !== 'ok') throw damage(directory, found);
  } finally {
    copy.close();
  }
}
