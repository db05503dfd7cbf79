import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const START_MAX_MS = 60_000;
const POLL_MS = 100;

/** The server as an operator runs it: a process of its own with a folder of its own. */
export type ServerProcess = {
  readonly url: string;
  readonly child: ChildProcess;
  /** Everything that it has written so far. */
  output(): string;
  /** Sends the signal and waits for the end. @returns the exit code, null when a signal ended it */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
};

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Starts `src/server.ts` and waits until it is ready. @throws Error with its output when it ends or is too slow */
export async function serverProcess(settings: Readonly<Record<string, string>> = {}): Promise<ServerProcess> {
  const directory = mkdtempSync(join(tmpdir(), 'nguon-server-'));
  const port = await freePort();
  const written: Buffer[] = [];
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/server.ts'], {
    cwd: root,
    env: {
      PATH: process.env['PATH'] ?? '',
      DEMO: '0',
      DATA_DIR: directory,
      PORT: String(port),
      ...settings,
    },
  });
  child.stdout.on('data', (chunk: Buffer) => written.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => written.push(chunk));
  const output = () => Buffer.concat(written).toString();
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  const url = `http://127.0.0.1:${port}`;
  const giveUpAt = Date.now() + START_MAX_MS;
  while (!(await isReady(url))) {
    if (child.exitCode !== null || Date.now() > giveUpAt) throw new Error(`It did not start:\n${output()}`);
    await sleep(POLL_MS);
  }
  return {
    url,
    child,
    output,
    async stop(signal = 'SIGTERM') {
      child.kill(signal);
      const code = await ended;
      rmSync(directory, { recursive: true, force: true });
      return code;
    },
  };
}

function isReady(url: string): Promise<boolean> {
  return fetch(`${url}/readyz`).then(
    ({ status }) => status === 200,
    () => false,
  );
}
