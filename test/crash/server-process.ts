import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const built = `${root}dist/embedded-mongodb/index.js`;
const MESSAGE_MAX_MS = 60_000;

type Word = {
  readonly uri?: string;
  readonly failed?: string;
  readonly code?: string;
  readonly failure?: { readonly kind: string; readonly reason: string };
};

/** How the process is started: what fails for it, and how often it tidies up. */
export type ServerOptions = {
  readonly environment?: Readonly<Record<string, string>>;
  /** The largest file that it may write, in bytes. */
  readonly fileBytesMax?: number;
  readonly expiryMs?: number;
};

/** A server in a process of its own, so that it can be killed. */
export type CrashServer = {
  readonly pid: number;
  /** Opens the database. @throws Error with what the server said */
  open(): Promise<{ readonly uri: string; readonly ms: number }>;
  /** Sends the word without waiting for the answer. */
  beginOpening(): void;
  close(): Promise<void>;
  kill(): Promise<void>;
  /** What it said of itself while it ran. */
  readonly failures: readonly string[];
};

/** No types stand beside what prepares a fresh clone. */
const { buildDigest } = (await import(new URL('../../scripts/prepare.mjs', import.meta.url).href)) as {
  buildDigest(root: string): string;
};

let isBuilt: boolean | null = null;

/** The compiled server starts in a fraction of the time; where it is not of this source, the source runs. */
function startArguments(): readonly string[] {
  isBuilt ??=
    existsSync(built) &&
    existsSync(`${root}dist/.built-from`) &&
    readFileSync(`${root}dist/.built-from`, 'utf8') === buildDigest(root.replace(/\/$/, ''));
  const child = fileURLToPath(new URL('./server-child.mjs', import.meta.url));
  const source = `${root}src/embedded-mongodb/index.ts`;
  return isBuilt
    ? [child, pathToFileURL(built).href]
    : ['--import', 'tsx', child, pathToFileURL(source).href];
}

const alive = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of alive) child.kill('SIGKILL');
});

/** Starts a process that waits to open `directory`. */
export function crashServer(directory: string, options: ServerOptions = {}): CrashServer {
  const limited = options.fileBytesMax === undefined ? [] : ['prlimit', `--fsize=${options.fileBytesMax}`];
  const words = [
    ...limited,
    process.execPath,
    ...startArguments(),
    directory,
    String(options.expiryMs ?? 60_000),
  ];
  const child = spawn(words[0] ?? '', words.slice(1), {
    cwd: root,
    env: { PATH: process.env['PATH'], ...options.environment },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  alive.add(child);
  const exit = once(child, 'exit').then(() => alive.delete(child));
  const heard: (Word | 'warm')[] = [];
  const failures: string[] = [];
  child.on('message', (word: Word | 'warm') => {
    heard.push(word);
    if (word !== 'warm' && word.failure !== undefined) failures.push(word.failure.reason);
  });
  const hear = async (wanted: (word: Word | 'warm') => boolean): Promise<Word | 'warm'> => {
    const signal = AbortSignal.timeout(MESSAGE_MAX_MS);
    for (;;) {
      const word = heard.find(wanted);
      if (word !== undefined) return word;
      const ended = await Promise.race([
        once(child, 'message', { signal }),
        exit.then(() => 'ended' as const),
      ]);
      if (ended === 'ended') throw new Error('The server process has ended');
    }
  };
  const warm = hear((word) => word === 'warm');
  warm.catch(() => undefined);
  return {
    pid: child.pid ?? 0,
    failures,
    async open() {
      await warm;
      const startedAt = performance.now();
      child.send('open');
      const word = await hear((one) => one !== 'warm' && (one.uri ?? one.failed) !== undefined);
      if (word === 'warm' || word.uri === undefined) throw new Error(word === 'warm' ? '' : word.failed);
      return { uri: word.uri, ms: performance.now() - startedAt };
    },
    beginOpening() {
      void warm.then(() => child.send('open')).catch(() => undefined);
    },
    async close() {
      child.send('close');
      await exit;
    },
    async kill() {
      child.kill('SIGKILL');
      await exit;
    },
  };
}
