import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../scripts/free-port.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));

export type ServerProcess = {
  readonly url: string;
  /** What it has written so far: its log on `out`, what people read on `err`. */
  readonly out: () => string;
  readonly err: () => string;
  readonly pid: number;
  /** Waits until it serves. @throws Error with what it wrote when it ends instead */
  ready(): Promise<void>;
  /** Waits until it wrote `text` for people. */
  said(text: string): Promise<void>;
  /** Waits for something else that it brings about. @throws Error that it `what`, when it ends or takes too long */
  until(done: () => boolean | Promise<boolean>, what: string): Promise<void>;
  /** @returns its exit code, null when the signal ended it */
  end(signal?: NodeJS.Signals): Promise<number | null>;
};

const READY_TIMEOUT_MS = 90_000;
const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** The real server in a process of its own; `settings` is its whole environment beside PATH. */
export async function startProcess(settings: Readonly<Record<string, string>>): Promise<ServerProcess> {
  const port = settings['PORT'] ?? String(await freePort());
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/server.ts'], {
    cwd: root,
    env: { PATH: process.env['PATH'], PORT: port, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  let ended = false;
  const exit = once(child, 'close').then(([code]) => {
    ended = true;
    running.delete(child);
    return code as number | null;
  });
  const url = `http://127.0.0.1:${port}`;

  async function until(done: () => boolean | Promise<boolean>, what: string): Promise<void> {
    for (const end = Date.now() + READY_TIMEOUT_MS; Date.now() < end; await pause(25)) {
      if (await done()) return;
      if (ended) break;
    }
    throw new Error(`The server ${what}:\n${out}\n${err}`);
  }

  return {
    url,
    out: () => out,
    err: () => err,
    pid: child.pid ?? 0,
    ready: () =>
      until(
        () =>
          fetch(`${url}/readyz`).then(
            ({ status }) => status === 200,
            () => false,
          ),
        'does not serve',
      ),
    until,
    said: (text) => until(() => err.includes(text), `does not say “${text}”`),
    end: async (signal) => {
      if (signal !== undefined) child.kill(signal);
      return exit;
    },
  };
}
