import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MongoClient, type Collection, type Document } from 'mongodb';
import { ferretdbArguments, ferretdbFile, waitForPort } from '../../ferretdb.mjs';
import { freePort } from '../../free-port.mjs';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const CLIENTS_MAX = 32;

/** A database server under measurement: a process of its own with a directory of its own. */
export type Peer = {
  readonly name: string;
  collection(name: string): Collection;
  /** Ends what is under way by ending the process; a new one begins with an empty directory. */
  restart(): Promise<void>;
  /** Ends the process and removes its files. */
  close(): Promise<void>;
};

type Program = {
  readonly name: string;
  readonly file: string;
  args(directory: string, port: number): readonly string[];
};

/** The names that the report looks for. */
export const OURS = 'embedded';
export const THEIRS = 'FerretDB';
export const FLOOR = 'floor';

const EMBEDDED: Program = {
  name: OURS,
  file: process.execPath,
  args: (directory, port) => [
    join(root, 'dist', 'embedded-mongodb', 'cli.js'),
    `--dbpath=${directory}`,
    `--port=${port}`,
  ],
};

/** Answers a write with fixed bytes after the least that makes one durable: how fast anything can be here. */
const BARE: Program = {
  name: FLOOR,
  file: process.execPath,
  args: (directory, port) => [fileURLToPath(new URL('floor.mjs', import.meta.url)), directory, String(port)],
};

/** FerretDB over SQLite, where the tests or CI have it; null where neither does. */
function ferretdb(): Program | null {
  const ci = join(homedir(), '.cache', 'nguon-ci');
  const cached = existsSync(ci) ? readdirSync(ci).filter((name) => name.startsWith('ferretdb')) : [];
  const file = ferretdbFile() ?? cached.map((name) => join(ci, name))[0];
  if (file === undefined) return null;
  return {
    name: THEIRS,
    file,
    args: ferretdbArguments,
  };
}

/** Starts the embedded server, FerretDB where it is to be found, and the floor: all, or none when one of them fails. */
export async function startPeers(isAlone: boolean): Promise<readonly Peer[]> {
  const programs = [EMBEDDED, isAlone ? null : ferretdb(), BARE].filter((program) => program !== null);
  const starts = await Promise.allSettled(programs.map(start));
  const started = starts.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  const failure = starts.find((outcome) => outcome.status === 'rejected');
  if (failure === undefined) return started;
  await Promise.all(started.map((peer) => peer.close()));
  throw failure.reason;
}

async function start(program: Program): Promise<Peer> {
  let running = await launch(program);
  return {
    name: program.name,
    collection: (name) => running.client.db('bench').collection<Document>(name),
    async restart() {
      await end(running, 'SIGKILL');
      running = await launch(program);
    },
    close: () => end(running, 'SIGTERM'),
  };
}

type Running = { readonly child: ChildProcess; readonly client: MongoClient; readonly directory: string };

async function launch(program: Program): Promise<Running> {
  const directory = mkdtempSync(join(tmpdir(), 'bench-database-'));
  const port = await freePort();
  const child = spawn(program.file, program.args(directory, port), {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const pool = { maxPoolSize: CLIENTS_MAX, minPoolSize: CLIENTS_MAX };
  const client = new MongoClient(`mongodb://127.0.0.1:${port}/?directConnection=true`, pool);
  const running = { child, client, directory };
  try {
    await waitForPort(port, child);
    await client.connect();
    return running;
  } catch (error) {
    await end(running, 'SIGKILL');
    throw error;
  }
}

async function end({ child, client, directory }: Running, signal: NodeJS.Signals): Promise<void> {
  const hasEnded = child.exitCode !== null || child.signalCode !== null;
  const ended = hasEnded ? Promise.resolve() : once(child, 'close');
  if (signal === 'SIGKILL') child.kill(signal);
  await client.close();
  child.kill(signal);
  await ended;
  rmSync(directory, { recursive: true, force: true });
}
