import { checkInBackground } from './background-check.ts';
import { openCatalog } from './catalog.ts';
import type { Command, Reply, Request, Server } from './command.ts';
import { COMMANDS } from './commands/index.ts';
import { newCursors } from './cursors.ts';
import { CommandError, LongRead } from './errors.ts';
import { newLongReads } from './long-reads.ts';
import { sizeOf } from './memory.ts';
import { compileFilter } from './match.ts';
import { PLAIN_MATCH } from './match-context.ts';
import type { Storage } from './records.ts';
import type { ReadLimit, Sqlite, SqlValue } from './sqlite.ts';
import { openSqlite, openSqliteReader } from './sqlite.ts';
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
  /** Answers a request whose reply was `elsewhere`. */
  runElsewhere(message: Message, connectionId: number): Promise<Uint8Array>;
  /** When it is time to: removes documents whose time is over and cursors that nobody reads. */
  tidy(): void;
  close(): Promise<void>;
};

/** The thread of the long reads: its own connection, each request in one snapshot. */
export type Reader = {
  run(request: Request): Reply;
  /** Another value after each commit of the other thread. */
  version(): SqlValue | undefined;
  kill(cursor: Long): void;
  /** Closes cursors that nobody reads. @returns their ids */
  tidy(): string[];
  close(): void;
};

/** What a request may read in the thread that answers everybody: a few milliseconds. */
const READ_LIMIT: ReadLimit = { rows: 2_000, bytes: 8 * 1024 * 1024 };

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
  const server: Server = {
    storage,
    health,
    cursors: newCursors(),
    longReads,
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
    runElsewhere: longReads.run,
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
      await longReads.close();
      storage.sqlite.close();
    },
  };
}

function storageOf(sqlite: Sqlite): Storage {
  return { sqlite, catalog: openCatalog(sqlite, (filter) => compileFilter(filter, PLAIN_MATCH)) };
}

/** Opens a database that another thread of this process has open, to read it. */
export function openReader(directory: string, onStopped: (reason: string) => void): Reader {
  const storage = storageOf(openSqliteReader(directory));
  const now = (): Date => new Date();
  const server: Server = {
    storage,
    health: newHealth(directory, onStopped),
    cursors: newCursors(),
    longReads: null,
    failPoints: null,
    sessions: new Map(),
    startedAt: now(),
    connectionCount: () => 0,
    now,
    expiry: { everyMs: Infinity },
  };
  const dataVersion = (): SqlValue | undefined => storage.sqlite.statement('PRAGMA data_version').get()?.[0];
  let version: SqlValue | undefined;
  return {
    version: dataVersion,
    run(request) {
      const { sqlite, catalog } = storage;
      try {
        // The first read is what the snapshot begins with.
        sqlite.exec('BEGIN; SELECT 1 FROM collections LIMIT 1');
        const current = dataVersion();
        if (current !== version) catalog.reload();
        version = current;
        return runOne(server, request);
      } catch (error) {
        return errorReply(server.health.note(error));
      } finally {
        if (sqlite.isTransaction) sqlite.exec('COMMIT');
      }
    },
    kill(cursor) {
      server.cursors.close(cursor);
    },
    tidy: () => server.cursors.closeIdle(now().getTime()),
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
    const replies = firstReplies(server, requests);
    if (storage.sqlite.isTransaction) {
      storage.sqlite.exec('COMMIT');
      health.noteWritten();
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
  let bytes = 0;
  for (const request of requests) {
    const reply = runOne(server, request);
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
  if (server.health.isStopped) return;
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
  if (server.health.isFull) beginWriting(server);
}

/** A refusal is a reply; anything else ends the batch. */
function runOne(server: Server, request: Request): Reply {
  try {
    const failure = server.failPoints?.hit(request.name) ?? null;
    if (failure?.kind === 'close') return failure;
    if (failure !== null) throw failure.error;
    const command = commandOf(server, request);
    noteSession(server, request);
    const isWrite = typeof command.isWrite === 'boolean' ? command.isWrite : command.isWrite(request);
    if (request.name === 'ping') checkWritable(server);
    if (isWrite) beginWriting(server);
    if (!isWrite && server.longReads !== null) server.storage.sqlite.limitReads(READ_LIMIT);
    return command.run(server, request);
  } catch (error) {
    if (error instanceof LongRead) return { kind: 'elsewhere' };
    if (error instanceof CommandError) return errorReply(error);
    throw error;
  } finally {
    server.storage.sqlite.limitReads(null);
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
