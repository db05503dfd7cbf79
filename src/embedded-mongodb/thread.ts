import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { Worker } from 'node:worker_threads';

/** From TypeScript a thread needs a loader of its own, for it does not inherit the caller's; compiled it needs none. */
const entry = (): URL =>
  new URL(import.meta.url.endsWith('.ts') ? './worker-from-source.mjs' : './worker.js', import.meta.url);

/** A thread of this process; `input` says which. */
export function newThread(input: object): Worker {
  return new Worker(entry(), { workerData: input, execArgv: [] });
}

/** A process beside this one that checks the database of `directory`. */
export function newProcess(directory: string): ChildProcess {
  return fork(entry(), [directory], { execArgv: [], stdio: 'ignore' });
}
