import { checkInBackground } from './background-check.ts';
import type { LastIds } from './catalog.ts';
import { openCatalog } from './catalog.ts';
import type { Command, Reply, Request, Server } from './command.ts';
import { COMMANDS } from './commands/index.ts';
import { newCursors } from './cursors.ts';
import { CommandError, LongWork } from './errors.ts';
import { newLongReads, newLongWrites } from './long-work.ts';
import { sizeOf } from './memory.ts';
import { compileFilter } from './match.ts';
import { PLAIN_MATCH } from './match-context.ts';
import type { Storage } from './records.ts';
import type { Sqlite, SqlValue, WorkLimit } from './sqlite.ts';
import { openSqlite, openSqliteReader, openSqliteWriter } from './sqlite.ts';
import { expireDocuments } from './expiry.ts';
import { isDocument } from './values.ts';
import { newFailPoints } from './fail-points.ts';
import { newHealth } from './health.ts';
import { checkApiVersion, checkConcerns } from './concerns.ts';
import { checkCommandFields } from './command-fields.ts';
import { answer } from './command.ts';
import type { Long } from 'bson';
import { Binary } from 'bson';
import type { Message } from './wire.ts';
import { errorReply } from './wire.ts';

/** The database behind the socket: requests in, replies out. */
export type Engine = {
  /**
   * Runs requests in the order they came; what they write becomes durable in one commit. The replies are true
   * only once this returns. Those of the last ones may be missing where the others are large: they were not run.
   */
  run(requests: readonly Request[]): Reply[];
  /** Answers a request whose reply was `elsewhere`. Until a write has been answered, others are told `later`. */
  runElsewhere(message: Message, connectionId: number, isWrite: boolean): Promise<Uint8Array>;
  /** When it is time to: removes documents whose time is over and cursors that nobody reads. */
  tidy(): void;
  close(): Promise<void>;
};

/** What works in a thread beside, with a connection of its own: reads each in one snapshot, or writes each in one commit. */
export type SideEngine = {
  run(request: Request): Reply;
  noteIds(ids: LastIds): void;
  /** Another value after each commit of the other thread. */
  version(): SqlValue | undefined;
  kill(cursor: Long): void;
  /** Closes cursors that nobody reads. @returns their ids */
  tidy(): string[];
  close(): void;
};

/** What a request may read in the thread that answers everybody: a few milliseconds. */
const READ_LIMIT: WorkLimit = { rows: 2_000, bytes: 8 * 1024 * 1024, ms: 500 };
/** What a write may read and change there: about as long as the reads of others may wait. */
const WRITE_LIMIT: WorkLimit = { rows: 4_000, bytes: 32 * 1024 * 1024, ms: 2_000 };

/** Opens the database of a directory. @throws EmbeddedMongodbError */
export function openEngine(options: {
  readonly directory: string;
  /** Whether `configureFailPoint` is answered, as in a `mongod` with `enableTestCommands`. */
  readonly hasTestCommands: boolean;
  readonly connectionCount: () => number;
  readonly now: () => Date;
  /** How often expired documents are removed. */
  readonly expiryMs: number;
  /** A file up to this size is checked for damage before this returns, a larger one in the background. */
  readonly checkedBytesMax: number;
  /** Told once, when a failure of the disk or damage ends all writing. */
  readonly onStopped?: (reason: string) => void;
}): Engine {
  const { sqlite, isChecked } = openSqlite(options.directory, options.checkedBytesMax);
  const storage = storageOf(sqlite);
  const health = newHealth(options.directory, options.onStopped ?? (() => undefined));
  const longReads = newLongReads(options.directory, health.stop);
  const longWrites = newLongWrites(options.directory, { health, lastIds: storage.catalog.lastIds });
  const server: Server = {
    storage,
    health,
    cursors: newCursors(),
    longReads,
    longWrites,
    failPoints: options.hasTestCommands ? newFailPoints() : null,
    sessions: new Map(),
    startedAt: options.now(),
    connectionCount: options.connectionCount,
    now: options.now,
    expiry: { everyMs: options.expiryMs },
  };
  const check = isChecked ? null : checkInBackground(options.directory, health.stop);
  let tidiedAt = performance.now();
  return {
    run: (requests) => runTogether(server, requests),
    async runElsewhere(message, connectionId, isWrite) {
      if (!isWrite) return longReads.run(message, connectionId);
      const answered = await longWrites.run(message, connectionId);
      rollBack(server);
      return answered;
    },
    tidy() {
      if (performance.now() - tidiedAt < server.expiry.everyMs) return;
      tidiedAt = performance.now();
      server.cursors.closeIdle(options.now().getTime());
      longReads.tidy();
      forgetSessions(server);
      tidyStorage(server);
    },
    async close() {
      check?.close();
      await longWrites.close();
      await longReads.close();
      storage.sqlite.close();
    },
  };
}

function storageOf(sqlite: Sqlite): Storage {
  return { sqlite, catalog: openCatalog(sqlite, (filter) => compileFilter(filter, PLAIN_MATCH)) };
}

/** An engine beside another one of this process, which has the database open. */
function sideServer(directory: string, sqlite: Sqlite, onStopped: (reason: string) => void): Server {
  const now = (): Date => new Date();
  return {
    storage: storageOf(sqlite),
    health: newHealth(directory, onStopped),
    cursors: newCursors(),
    longReads: null,
    longWrites: null,
    failPoints: null,
    sessions: new Map(),
    startedAt: now(),
    connectionCount: () => 0,
    now,
    expiry: { everyMs: Infinity },
  };
}

/** What changes with each commit of another connection. */
const dataVersion = ({ sqlite }: Storage): SqlValue | undefined =>
  sqlite.statement('PRAGMA data_version').get()?.[0];

/** Begins to read as of one moment, with the catalog of that moment. @returns its version; `seen` is the one before */
function beginReading({ sqlite, catalog }: Storage, seen: SqlValue | undefined): SqlValue | undefined {
  // The first read is what the snapshot begins with.
  sqlite.exec('BEGIN; SELECT 1 FROM collections LIMIT 1');
  const version = dataVersion({ sqlite, catalog });
  if (version !== seen) catalog.reload();
  return version;
}

/** Opens a database that another thread of this process has open, to read it. */
export function openReader(directory: string, onStopped: (reason: string) => void): SideEngine {
  const server = sideServer(directory, openSqliteReader(directory), onStopped);
  const { storage, cursors } = server;
  let version: SqlValue | undefined;
  return {
    version: () => dataVersion(storage),
    run(request) {
      try {
        version = beginReading(storage, version);
        return runOne(server, request);
      } catch (error) {
        return errorReply(server.health.note(error));
      } finally {
        if (storage.sqlite.isTransaction) storage.sqlite.exec('COMMIT');
      }
    },
    noteIds: storage.catalog.noteIds,
    kill(cursor) {
      cursors.close(cursor);
    },
    tidy: () => cursors.closeIdle(server.now().getTime()),
    close() {
      storage.sqlite.close();
    },
  };
}

/** Opens a database that another thread of this process has open and does not write to while this one does. */
export function openWriter(
  directory: string,
  { onStopped, onFull }: { readonly onStopped: (reason: string) => void; readonly onFull: () => void },
): SideEngine {
  const server = sideServer(directory, openSqliteWriter(directory), onStopped);
  const { storage, health } = server;
  return {
    version: () => null,
    run(request) {
      storage.catalog.reload();
      const [reply = errorReply(new CommandError('InternalError', 'no answer'))] = runTogether(server, [
        request,
      ]);
      if (health.isFull) onFull();
      storage.sqlite.exec('PRAGMA shrink_memory');
      return reply;
    },
    noteIds: storage.catalog.noteIds,
    kill: () => undefined,
    tidy: () => [],
    close() {
      storage.sqlite.close();
    },
  };
}

/**
 * One commit for all. Should it fail, none of the writes happened, and every reply says so: also a read's, for it
 * may have seen what is now undone.
 */
function runTogether(server: Server, requests: readonly Request[]): Reply[] {
  const { storage, health } = server;
  try {
    const isReading = server.longWrites?.isBusy === true;
    // What the thread of the long writes commits meanwhile is seen by all of these or by none.
    if (isReading) server.version = beginReading(storage, server.version);
    const replies = firstReplies(server, requests);
    if (storage.sqlite.isTransaction) {
      storage.sqlite.exec('COMMIT');
      if (!isReading) health.noteWritten();
    }
    return replies;
  } catch (error) {
    const refusal = errorReply(health.note(error));
    rollBack(server);
    if (requests.length === 1 || health.isStopped) return requests.map(() => refusal);
    // One request may be at fault: alone, each of the others still has its chance. A cursor has moved on already.
    return requests.flatMap((request) =>
      request.name === 'getMore' ? [refusal] : runTogether(server, [request]),
    );
  }
}

/** Replies are held until their commit is durable: no more than this, beside the last one. */
const REPLY_BYTES_MAX = 32 * 1024 * 1024;

function firstReplies(server: Server, requests: readonly Request[]): Reply[] {
  const replies: Reply[] = [];
  // A connection's requests are answered in their order: what follows one that is not answered here waits for it.
  const away = new Set<number>();
  let bytes = 0;
  for (const request of requests) {
    const { connectionId } = request;
    const reply: Reply = away.has(connectionId) ? { kind: 'later' } : runOne(server, request);
    if (reply.kind === 'elsewhere' || reply.kind === 'later') away.add(connectionId);
    replies.push(reply);
    if (reply.kind === 'cursor') for (const document of reply.batch) bytes += document.length;
    if (reply.kind === 'document') bytes += sizeOf(reply.document);
    if (bytes > REPLY_BYTES_MAX) break;
  }
  return replies;
}

/** Work of our own, that nobody waits for; its failure is noted. */
function tidyStorage(server: Server): void {
  const { sqlite } = server.storage;
  if (server.health.isStopped || server.longWrites?.isBusy === true) return;
  try {
    sqlite.exec('BEGIN IMMEDIATE');
    expireDocuments(server);
    sqlite.exec('COMMIT');
    // SQLite does this by itself after a commit, but keeps to itself that it failed.
    sqlite.exec('PRAGMA wal_checkpoint(PASSIVE)');
  } catch (error) {
    server.health.note(error);
    rollBack(server);
  }
}

/** Back to what the last commit left, on disk and in memory. */
function rollBack({ storage: { sqlite, catalog }, health }: Server): void {
  try {
    if (sqlite.isTransaction) sqlite.exec('ROLLBACK');
    catalog.reload();
  } catch (error) {
    health.note(error);
  }
}

/**
 * Begins to write unless that is so already. While the disk was full something is written in any case, so that a
 * commit that changes nothing does not pass for room.
 */
function beginWriting({ health, storage: { sqlite } }: Server): void {
  health.checkWritable();
  if (sqlite.isTransaction) return;
  sqlite.exec(health.isFull ? 'BEGIN IMMEDIATE; PRAGMA user_version = 0' : 'BEGIN IMMEDIATE');
}

/** Whether a write would go through. */
function checkWritable(server: Server): void {
  server.health.checkWritable();
  if (server.health.isFull && server.longWrites?.isBusy !== true) beginWriting(server);
}

/** Documents that one insert may carry and be short for certain. */
const FEW = 100;

/** Whether what it does has to be counted: the inserts of few documents are what there is most of. */
function mayBeLong({ longWrites }: Server, { name, sequences }: Request): boolean {
  if (longWrites === null) return false;
  return name !== 'insert' || (sequences.get('documents')?.length ?? Infinity) > FEW;
}

/** Begins to write; what turns out to be long is taken back as if it had not begun. @throws LongWork */
function runWrite(server: Server, request: Request, run: () => Reply): Reply {
  const { sqlite, catalog } = server.storage;
  // Of what others write in the same commit nothing may be taken back.
  const isAlone = !sqlite.isTransaction;
  beginWriting(server);
  if (!mayBeLong(server, request)) return run();
  if (!isAlone) sqlite.exec('SAVEPOINT counted');
  sqlite.limitWork(WRITE_LIMIT);
  try {
    return run();
  } catch (error) {
    sqlite.limitWork(null);
    if (error instanceof LongWork && sqlite.isTransaction) {
      sqlite.exec(isAlone ? 'ROLLBACK' : 'ROLLBACK TO counted');
      catalog.reload();
    }
    throw error;
  } finally {
    if (!isAlone && sqlite.isTransaction) sqlite.exec('RELEASE counted');
  }
}

/** A refusal is a reply; anything else ends the batch. */
function runOne(server: Server, request: Request): Reply {
  const { sqlite } = server.storage;
  let isWrite = false;
  try {
    const failure = server.failPoints?.hit(request.name) ?? null;
    if (failure?.kind === 'close') return failure;
    if (failure !== null) throw failure.error;
    const command = commandOf(server, request);
    noteSession(server, request);
    isWrite = typeof command.isWrite === 'boolean' ? command.isWrite : command.isWrite(request);
    const run = (): Reply => command.run(server, request);
    if (isWrite && server.longWrites?.isBusy === true) return { kind: 'later' };
    if (isWrite) return runWrite(server, request, run);
    if (request.name === 'ping') checkWritable(server);
    if (server.longReads !== null) sqlite.limitWork(READ_LIMIT);
    return run();
  } catch (error) {
    if (error instanceof LongWork) return { kind: 'elsewhere', isWrite };
    if (error instanceof CommandError) return errorReply(error);
    throw error;
  } finally {
    sqlite.limitWork(null);
  }
}

/** Sessions that are remembered at once; beyond it the oldest goes. */
const SESSIONS_MAX = 100_000;
const SESSION_MS = 30 * 60_000;

function noteSession(server: Server, { body }: Request): void {
  const id = isDocument(body['lsid']) ? body['lsid']['id'] : undefined;
  if (!(id instanceof Binary)) return;
  const key = id.toString('base64');
  server.sessions.delete(key);
  server.sessions.set(key, server.now());
  const [oldest] = server.sessions.size > SESSIONS_MAX ? server.sessions.keys() : [];
  if (oldest !== undefined) server.sessions.delete(oldest);
}

function forgetSessions(server: Server): void {
  const limit = server.now().getTime() - SESSION_MS;
  for (const [key, usedAt] of server.sessions) if (usedAt.getTime() < limit) server.sessions.delete(key);
}

/** Configures the fail point; only a server with test commands has this command. */
const configureFailPoint: Command = {
  isWrite: false,
  run(server, { body }) {
    server.failPoints?.configure(body);
    return answer({ count: 0 });
  },
};

function commandOf(server: Server, request: Request): Command {
  const { name, body } = request;
  if (name === 'configureFailPoint' && server.failPoints !== null) return configureFailPoint;
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined) throw new CommandError('CommandNotFound', `no such command: '${name}'`);
  if (body['txnNumber'] !== undefined || body['startTransaction'] !== undefined) {
    const message = 'Transaction numbers are only allowed on a replica set member or mongos';
    throw new CommandError('IllegalOperation', message);
  }
  checkCommandFields(name, body);
  checkApiVersion(name, body);
  checkConcerns(command, request);
  return command;
}
