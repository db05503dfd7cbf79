import { parentPort, workerData } from 'node:worker_threads';
import { startCheck } from './background-check.ts';
import { openEngine } from './engine.ts';
import { EmbeddedMongodbError } from './errors.ts';
import type { Address } from './listener.ts';
import { listen } from './listener.ts';
import type { SideInput } from './side-thread.ts';
import { startSideThread } from './side-thread.ts';

/** What the thread is started with. */
export type WorkerInput = {
  readonly role: 'server';
  readonly directory: string;
  readonly address: Address;
  readonly hasTestCommands: boolean;
  /** How often expired documents are removed. */
  readonly expiryMs: number;
  /** A file up to this size is checked before it is served, a larger one meanwhile. */
  readonly checkedBytesMax: number;
};

/** What the thread says: that it listens, could not, takes no more writes, has closed. */
export type WorkerMessage =
  | { readonly kind: 'listening'; readonly port: number }
  | { readonly kind: 'failed'; readonly code: EmbeddedMongodbError['code']; readonly message: string }
  | { readonly kind: 'stopped'; readonly reason: string }
  | { readonly kind: 'closed' };

function say(message: WorkerMessage): void {
  parentPort?.postMessage(message);
}

/** How often it looks whether it is time to tidy. */
const LOOK_MS = 1_000;

async function start({ address, ...options }: WorkerInput): Promise<void> {
  const counter = { count: 0 };
  const engine = openEngine({
    ...options,
    connectionCount: () => counter.count,
    now: () => new Date(),
    onStopped(reason) {
      say({ kind: 'stopped', reason });
    },
  });
  const listener = await listen(address, engine, counter);
  const timer = setInterval(
    () => {
      engine.tidy();
    },
    Math.min(options.expiryMs, LOOK_MS),
  );
  parentPort?.once('message', () => {
    clearInterval(timer);
    void listener
      .close()
      .then(() => engine.close())
      .then(() => {
        say({ kind: 'closed' });
      })
      .catch(fail);
  });
  say({ kind: 'listening', port: listener.port });
}

function fail(error: unknown): void {
  const code = error instanceof EmbeddedMongodbError ? error.code : 'failed';
  say({ kind: 'failed', code, message: (error as Error).message });
  parentPort?.close();
}

const input = workerData as WorkerInput | SideInput;
if (parentPort === null) startCheck(process.argv[2] ?? '');
else if (input.role === 'server') void start(input).catch(fail);
else startSideThread(input, parentPort);
