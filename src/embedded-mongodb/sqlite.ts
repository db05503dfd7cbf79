import { backup, DatabaseSync } from '@photostructure/sqlite';
import type { DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite';
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkFiles, damage, DATABASE_FILE, FORMAT, FORMAT_FILE, sizeOf } from './damage.ts';
import { EmbeddedMongodbError, LongWork } from './errors.ts';

/** What SQLite takes and gives here. */
export type SqlValue = Uint8Array | string | number | bigint | null;
export type SqlRow = readonly SqlValue[];

/** A prepared statement; rows come as arrays. */
export type Statement = {
  all(...values: readonly SqlValue[]): SqlRow[];
  get(...values: readonly SqlValue[]): SqlRow | undefined;
  run(...values: readonly SqlValue[]): number | bigint;
};

/** How much may be read or changed, and for how long, before it is too long; of what is changed only the rows count. */
export type WorkLimit = { readonly rows: number; readonly bytes: number; readonly ms: number };

/** One connection to the database. */
export type Sqlite = {
  /** What may be read and changed from now on; beyond it statements throw `LongWork`. null for no limit. */
  limitWork(limit: WorkLimit | null): void;
  /** Says how many rows SQLite itself is about to read or remove. @throws LongWork */
  willTouch(rows: () => number): void;
  /** The statement of this text, prepared once. */
  statement(sql: string): Statement;
  exec(sql: string): void;
  readonly isTransaction: boolean;
  close(): void;
};

/** An open database, and whether all of its pages have been walked through. */
export type OpenSqlite = { readonly sqlite: Sqlite; readonly isChecked: boolean };

const LOCK_FILE = 'lock.sqlite';
/** Prepared statements kept; each collection and index needs about six. */
const STATEMENTS_MAX = 2_000;
/** Memory for SQLite's page cache, in KiB: of the connection that answers everybody, and of each beside it. */
const CACHE_KIB = 64 * 1024;
const SIDE_CACHE_KIB = 8 * 1024;

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
 * Opens the database of `directory`, creating it when the directory is new. All pages of a file of up to
 * `checkedBytesMax` are walked through before.
 * @throws EmbeddedMongodbError `directory-in-use`, `damaged`, `not-writable`
 */
export function openSqlite(directory: string, checkedBytesMax: number): OpenSqlite {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new EmbeddedMongodbError('not-writable', `Cannot make ${directory}: ${(error as Error).message}`);
  }
  const lock = takeLock(directory);
  try {
    return openLocked(directory, lock, checkedBytesMax);
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
  if (isDamage) return damage(join(directory, DATABASE_FILE), text);
  return new EmbeddedMongodbError(
    'not-writable',
    `Cannot open ${directory}: ${text}. Check that it can be written.`,
  );
}

function openLocked(directory: string, lock: DatabaseSyncInstance, checkedBytesMax: number): OpenSqlite {
  const file = join(directory, DATABASE_FILE);
  const isKnown = checkFiles(directory);
  const isChecked = sizeOf(file) <= checkedBytesMax;
  const database = new DatabaseSync(file, { timeout: 1_000 });
  try {
    // Before anything is written to a file that may be somebody else's.
    checkTables(database, file, isKnown);
    const found = isChecked ? damageIn(database) : null;
    if (found !== null) throw damage(file, found);
    setUp(database, CACHE_KIB);
    if (!isKnown) createSchema(directory, database);
  } catch (error) {
    database.close();
    throw error;
  }
  const sqlite = connection(database, () => {
    lock.close();
  });
  return { sqlite, isChecked };
}

/** For a connection that writes: a commit is durable when it returns. */
function setUp(database: DatabaseSyncInstance, cacheKib: number): void {
  database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -${cacheKib}`);
  database.exec('PRAGMA temp_store = MEMORY; PRAGMA journal_size_limit = 67108864');
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
  // Whole or not there at all, whenever it is killed.
  writeFileSync(`${format}.new`, FORMAT, { flush: true });
  renameSync(`${format}.new`, format);
  // Windows opens no folders; there the rename itself is what lasts.
  if (process.platform === 'win32') return;
  const folder = openSync(directory, 'r');
  fsyncSync(folder);
  closeSync(folder);
}

/** A file of ours has these two; one of another program does not. */
function checkTables(database: DatabaseSyncInstance, path: string, isKnown: boolean): void {
  const names = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all();
  const tables = new Set(names.map((row) => (row as { name: string }).name));
  const isOurs = tables.has('collections') && tables.has('indexes');
  if (!isOurs && (isKnown || tables.size > 0)) throw damage(path, 'it is of another program');
}

/** Walks through every page. @returns what is wrong; null where nothing is */
function damageIn(database: DatabaseSyncInstance): string | null {
  const { quick_check: found } = database.prepare('PRAGMA quick_check(1)').get() as { quick_check: string };
  // What was walked through is rarely what is read next.
  database.exec('PRAGMA shrink_memory');
  return found === 'ok' ? null : found.replaceAll(/\s+/g, ' ');
}

/**
 * Walks through every page of a database that this process has open, as it is at one moment; others go on reading and
 * writing. @returns what is wrong; null where nothing is
 */
export function damageOf(directory: string): string | null {
  const database = new DatabaseSync(join(directory, DATABASE_FILE), { readOnly: true, timeout: 1_000 });
  try {
    return damageIn(database);
  } finally {
    database.close();
  }
}

/** A further connection, to a database that this process has open: it reads, each transaction as of one moment. */
export function openSqliteReader(directory: string): Sqlite {
  const database = new DatabaseSync(join(directory, DATABASE_FILE), { readOnly: true, timeout: 1_000 });
  database.exec(`PRAGMA cache_size = -${SIDE_CACHE_KIB}; PRAGMA temp_store = MEMORY`);
  return connection(database, null);
}

/** A further connection, to a database that this process has open, for writes while no other writes. */
export function openSqliteWriter(directory: string): Sqlite {
  const database = new DatabaseSync(join(directory, DATABASE_FILE), { timeout: 1_000 });
  setUp(database, SIDE_CACHE_KIB);
  return connection(database, null);
}

/** Counts what is read and changed. */
function meter() {
  let limit: WorkLimit | null = null;
  let [rowCount, bytes, startedAt] = [0, 0, 0];
  const check = (): void => {
    if (limit === null) return;
    const isLong = rowCount > limit.rows || bytes > limit.bytes || performance.now() - startedAt > limit.ms;
    if (isLong) throw new LongWork();
  };
  return {
    limitWork(next: WorkLimit | null): void {
      limit = next;
      [rowCount, bytes, startedAt] = [0, 0, performance.now()];
    },
    willTouch(rows: () => number): void {
      if (limit === null) return;
      rowCount += rows();
      check();
    },
    count(rows: readonly SqlRow[]): void {
      if (limit === null) return;
      rowCount += rows.length;
      for (const row of rows) for (const value of row) if (value instanceof Uint8Array) bytes += value.length;
      check();
    },
  };
}

/** `onClosed` is null for one that only reads. */
function connection(database: DatabaseSyncInstance, onClosed: (() => void) | null): Sqlite {
  const statements = new Map<string, Statement>();
  const { limitWork, willTouch, count } = meter();
  return {
    limitWork,
    willTouch,
    statement(sql) {
      const known = statements.get(sql);
      if (known !== undefined) return known;
      if (statements.size >= STATEMENTS_MAX) statements.clear();
      const prepared = prepare(database, sql, count);
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
        if (onClosed !== null) database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      } finally {
        database.close();
        onClosed?.();
      }
    },
  };
}

type Count = (rows: readonly SqlRow[]) => void;

/** A change counts as a row that was read. */
const CHANGED: readonly SqlRow[] = [[]];

function prepare(database: DatabaseSyncInstance, sql: string, count: Count): Statement {
  const statement: StatementSyncInstance = database.prepare(sql);
  statement.setReturnArrays(true);
  return {
    all(...values) {
      const rows = statement.all(...values) as SqlRow[];
      count(rows);
      return rows;
    },
    get: (...values) => statement.get(...values) as SqlRow | undefined,
    run(...values) {
      const { lastInsertRowid } = statement.run(...values);
      count(CHANGED);
      return lastInsertRowid;
    },
  };
}

/** Pages that are copied between two reports of how far a copy is. */
const COPY_PAGES = 500;

/**
 * Copies the database of `directory` to `file` as it is at one moment, also while a server has it open and writes:
 * those writes are not in the copy, and are not held up.
 * @throws EmbeddedMongodbError `damaged` when there is no whole database to copy; Error with `ENOSPC` as its code
 */
export async function copyDatabase(
  directory: string,
  file: string,
  onProgress: (doneBytes: number, totalBytes: number) => void,
): Promise<void> {
  const source = join(directory, DATABASE_FILE);
  checkUnlessServed(directory);
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
    if (failureKind(error) === 'full')
      throw Object.assign(new Error(`${file}: disk full`), { code: 'ENOSPC' });
    throw openFailure(directory, error);
  } finally {
    database.close();
  }
  checkCopy(directory, file);
}

/** The files of a running server change while they are looked at; it looked at them itself. */
function checkUnlessServed(directory: string): void {
  let lock: DatabaseSyncInstance;
  try {
    lock = takeLock(directory);
  } catch (error) {
    if (error instanceof EmbeddedMongodbError && error.code === 'directory-in-use') return;
    throw error;
  }
  try {
    if (!checkFiles(directory)) throw damage(join(directory, DATABASE_FILE), 'there is no database');
  } finally {
    lock.close();
  }
}

/** What is damaged in the original is damaged in its copy: better said now than at the restore. */
function checkCopy(directory: string, file: string): void {
  const copy = new DatabaseSync(file);
  try {
    // One file that is whole by itself, without a log beside it.
    copy.exec('PRAGMA journal_mode = DELETE');
    const found = damageIn(copy);
    if (found !== null) throw damage(join(directory, DATABASE_FILE), found);
  } finally {
    copy.close();
  }
}
