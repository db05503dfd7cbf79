import { Worker } from 'node:worker_threads';

/** From TypeScript a thread needs a loader of its own, for it does not inherit the caller's; compiled it needs none. */
export function newThread(input: object): Worker {
  const file = import.meta.url.endsWith('.ts') ? './worker-from-source.mjs' : './worker.js';
  return new Worker(new URL(file, import.meta.url), { workerData: input, execArgv: [] });
}
