import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { platform, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { EmbeddedMongodbError } from './errors.ts';
import type { Address } from './listener.ts';
import { newThread } from './thread.ts';
import type { WorkerInput, WorkerMessage } from './worker.ts';

export { EmbeddedMongodbError } from './errors.ts';
export type { EmbeddedMongodbErrorCode } from './errors.ts';
export { DATABASE_FILE, FORMAT_FILE } from './damage.ts';
export { copyDatabase } from './sqlite.ts';

/** A running server; the process that started it holds its directory. */
export type EmbeddedMongodb = {
  /** Connection string for MongoDB's drivers, with database `nguon`. */
  readonly uri: string;
  /** Finishes what is under way, writes the log back into the database file, frees the directory. */
  close(): Promise<void>;
};

export type EmbeddedMongodbOptions = {
  /** Where the database is kept; made when it is not there. */
  readonly directory: string;
  /** Where to listen instead of the socket beside the database: a socket of one's own, or a port on loopback. */
  readonly address?: Address;
  /** How often documents of TTL indexes are removed; MongoDB's minute by default. */
  readonly expiryMs?: number;
  /**
   * Told when the server can no longer do its work while it was not asked to close: it takes no writes since its
   * disk failed (it goes on answering reads), or its thread has ended.
   */
  readonly onFailure?: (failure: EmbeddedMongodbFailure) => void;
  /**
   * A database file up to this size is checked for damage before it is served, in less than a second; a larger one
   * meanwhile, in a process beside: damage then ends all writing, and `onFailure` is told. 128 MiB by default.
   */
  readonly checkedBytesMax?: number;
  /** For tests of drivers: answers `configureFailPoint`, as a `mongod` with `enableTestCommands` does. */
  readonly hasTestCommands?: boolean;
};

/** What has happened to a running server; `reason` says what to do. */
export type EmbeddedMongodbFailure = { readonly kind: 'read-only' | 'ended'; readonly reason: string };

/** Unix socket paths have 108 bytes on Linux and 104 on macOS, with the zero at the end. */
const SOCKET_PATH_BYTES_MAX = 103;
const SOCKET_NAME = 'mongodb.sock';
const EXPIRY_MS = 60_000;
const CHECKED_BYTES_MAX = 128 * 1024 * 1024;
const DATABASE = 'nguon';

/**
 * Starts the server in a worker thread of its own, so that SQLite never blocks the caller's event loop.
 * @throws EmbeddedMongodbError `directory-in-use`, `damaged`, `not-writable`
 */
export async function startEmbeddedMongodb(options: EmbeddedMongodbOptions): Promise<EmbeddedMongodb> {
  const directory = resolve(options.directory);
  const place = placeOf(directory, options.address);
  const input: WorkerInput = {
    role: 'server',
    directory,
    address: place.address,
    hasTestCommands: options.hasTestCommands ?? false,
    expiryMs: options.expiryMs ?? EXPIRY_MS,
    checkedBytesMax: options.checkedBytesMax ?? CHECKED_BYTES_MAX,
  };
  const worker = newThread(input);
  try {
    const port = await listening(worker);
    const uri =
      'socketPath' in place.address
        ? `mongodb://${encodeURIComponent(place.address.socketPath)}/${DATABASE}`
        : `mongodb://127.0.0.1:${port}/${DATABASE}?directConnection=true`;
    let closing: Promise<void> | null = null;
    watch(worker, (failure) => {
      if (closing === null) options.onFailure?.(failure);
    });
    return {
      uri,
      close() {
        closing ??= closed(worker).finally(place.remove);
        return closing;
      },
    };
  } catch (error) {
    place.remove();
    throw error;
  }
}

function placeOf(directory: string, address: Address | undefined): Place {
  return address === undefined ? socketPlace(directory) : { address, remove: () => undefined };
}

type Place = { readonly address: Address; readonly remove: () => void };

/** The socket lies beside the database; where that path is too long, in a private directory for temporary files. */
function socketPlace(directory: string): Place {
  if (platform() === 'win32') return { address: { port: 0 }, remove: () => undefined };
  const beside = join(directory, SOCKET_NAME);
  if (Buffer.byteLength(beside) <= SOCKET_PATH_BYTES_MAX) {
    return { address: { socketPath: beside }, remove: () => undefined };
  }
  const folder = mkdtempSync(join(tmpdir(), 'embedded-mongodb-'));
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return {
    address: { socketPath: join(folder, SOCKET_NAME) },
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Where the server of another process that has this directory open is reached; null where it has no socket there. */
export function socketUri(directory: string): string | null {
  const socket = join(resolve(directory), SOCKET_NAME);
  return existsSync(socket) ? `mongodb://${encodeURIComponent(socket)}/${DATABASE}` : null;
}

async function listening(worker: Worker): Promise<number> {
  const message = await nextMessage(worker);
  if (message.kind === 'listening') return message.port;
  await worker.terminate();
  if (message.kind === 'failed') throw new EmbeddedMongodbError(message.code, message.message);
  throw new EmbeddedMongodbError('failed', 'The database stopped while it was starting.');
}

async function closed(worker: Worker): Promise<void> {
  const answer = nextMessage(worker);
  worker.postMessage('close');
  const message = await answer;
  await worker.terminate();
  if (message.kind === 'failed') throw new EmbeddedMongodbError(message.code, message.message);
}

function watch(worker: Worker, tell: (failure: EmbeddedMongodbFailure) => void): void {
  let cause = '';
  worker.on('message', (message: WorkerMessage) => {
    if (message.kind === 'stopped') tell({ kind: 'read-only', reason: message.reason });
  });
  worker.on('error', (error: Error) => {
    cause = `: ${error.message}`;
  });
  worker.on('exit', (code) => {
    tell({ kind: 'ended', reason: `The database's thread ended with code ${code}${cause}.` });
  });
}

/** What the thread says next of its start or end; its end without a word is a failure. */
function nextMessage(worker: Worker): Promise<WorkerMessage> {
  return new Promise((resolveMessage) => {
    const fail = (message: string): void => {
      resolveMessage({ kind: 'failed', code: 'failed', message });
    };
    const hear = (message: WorkerMessage): void => {
      if (message.kind === 'stopped') return;
      worker.off('message', hear);
      resolveMessage(message);
    };
    worker.on('message', hear);
    worker.once('error', (error: Error) => {
      fail(error.message);
    });
    worker.once('exit', (code) => {
      fail(`The database thread ended with code ${code}.`);
    });
  });
}
