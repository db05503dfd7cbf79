import { Worker } from 'node:worker_threads';
import type { ByteRange } from '../../platform/byte-range.ts';
import { Problem } from '../../platform/problem.ts';
import type { Parts } from '../../platform/routing.ts';
import { FILES_BUSY } from './messages.ts';
import type { CheckRequest, MakerReply, MakerRequest } from './maker-messages.ts';
import type { FileFormat, FileJob } from './making.ts';
import { printedPlaces } from './printout.ts';
import type { CheckJob, CheckResult } from './self-check.ts';

/** The most files that are made at a time in a process; beyond it 503. Each takes a megabyte or two. */
export const FILES_AT_ONCE_MAX = 16;
/**
 * A thread that has nothing to do gives its memory back after this: a reader of labels is wanted once for each run,
 * and has ended before its run's file is begun.
 */
const IDLE_MS = { maker: 30_000, check: 0 } as const;
/** Half a minute's page of the largest sheet is far below; a fault must not take the server's memory. */
const THREAD_LIMITS = { maxOldGenerationSizeMb: 96, maxYoungGenerationSizeMb: 1 };
const RETRY_AFTER_S = '5';

/** How far a file of a run has come. */
export type FileProgress = {
  readonly format: FileFormat;
  readonly labels: number;
  readonly count: number;
  readonly elapsedMs: number;
};

/** A file while it is made: what becomes of each word of the thread. */
type Making = {
  /** Null of a check, which makes no file. */
  readonly job: FileJob | null;
  readonly startedMs: number;
  labels: number;
  take(reply: MakerReply): void;
  /** The thread has ended. */
  fail(error: Error): void;
};

export type FileMaker = {
  /**
   * Starts a file, and waits for its first bytes. What is sent slowly is made slowly.
   * @param part the bytes wanted: from the first, before `end` (null: to the file's end); `ended` is told how many the
   *   whole file has, where it was made to its end
   * @throws Problem `busy`; Error when the file cannot be made
   */
  open(job: FileJob, part: Wanted): Promise<Parts>;
  /** How many bytes a file has. @throws Problem `busy`; Error when it cannot be made */
  measure(job: FileJob): Promise<number>;
  /** Whether labels of a run read. @throws Problem `busy`; Error when they cannot be drawn */
  check(job: CheckJob): Promise<CheckResult>;
  /** The files of a run that this process is sending. */
  progressOf(runId: string): readonly FileProgress[];
};

/** Which of the two threads: the one that makes files, or the one that reads labels. */
export type ThreadKind = keyof typeof IDLE_MS;

/** A thread of that kind, from the source or compiled. */
export function newThread(kind: ThreadKind): Worker {
  const isSource = import.meta.url.endsWith('.ts');
  const file = isSource ? './thread-from-source.mjs' : `./${kind}-thread.js`;
  const workerData = { file: `./${kind}-thread.ts` };
  const options = { execArgv: [], resourceLimits: THREAD_LIMITS, workerData };
  const thread = new Worker(new URL(file, import.meta.url), options);
  // A server that stops does not wait for files: their connections are waited for instead.
  thread.unref();
  return thread;
}

/** The work under way and the thread that does it: started when it is asked for, ended when it was not for long. */
function keptThread(start: () => Worker, idleMs: number) {
  const under = new Map<number, Making>();
  let thread: Worker | null = null;
  let idle: NodeJS.Timeout | undefined;
  let lastId = 0;

  const ended = (gone: Worker, error: Error): void => {
    if (thread !== gone) return;
    thread = null;
    for (const [id, making] of [...under]) {
      under.delete(id);
      making.fail(error);
    }
  };

  const running = (): Worker => {
    clearTimeout(idle);
    if (thread !== null) return thread;
    const started = start();
    thread = started;
    started.on('message', (reply: MakerReply) => under.get(reply.id)?.take(reply));
    started.on('error', (error: Error) => ended(started, error));
    started.on('exit', (code) => ended(started, new Error(`The thread of the labels ended with ${code}`)));
    return started;
  };

  const end = async (): Promise<void> => {
    const done = thread;
    thread = null;
    await done?.terminate();
  };

  const say = (request: MakerRequest, moved: readonly ArrayBuffer[] = []): void =>
    thread?.postMessage(request, moved);

  return {
    files: under,
    say,
    /** @param ask what is said to the thread once it runs */
    begin(making: Making, ask: (id: number) => MakerRequest | CheckRequest): number {
      if (under.size >= FILES_AT_ONCE_MAX) {
        throw new Problem('busy', { detail: FILES_BUSY, headers: { 'Retry-After': RETRY_AFTER_S } });
      }
      lastId += 1;
      under.set(lastId, making);
      running().postMessage(ask(lastId));
      return lastId;
    },
    /** @returns once the thread has ended, where nothing is under way and it is not to be kept */
    async finish(id: number): Promise<void> {
      under.delete(id);
      if (under.size > 0) return;
      clearTimeout(idle);
      if (idleMs === 0) return end();
      idle = setTimeout(() => void end(), idleMs);
      idle.unref();
    },
  };
}

type Wanted = ByteRange & { ended?(length: number): void };

/** A file from the thread, part by part. @returns once its first bytes are there */
async function openFile(
  thread: ReturnType<typeof keptThread>,
  job: FileJob,
  { from, end, ended }: Wanted,
): Promise<Parts> {
  const made: (Extract<MakerReply, { kind: 'part' }> | null)[] = [];
  let failure: Error | null = null;
  let sending: ArrayBuffer | null = null;
  let wake = (): void => {};
  const making: Making = {
    job,
    startedMs: performance.now(),
    labels: 0,
    take(reply) {
      if (reply.kind === 'failed') return making.fail(new Error(reply.message));
      if (reply.kind === 'part') making.labels = reply.labels;
      if (reply.kind === 'end' && reply.length !== null) ended?.(reply.length);
      made.push(reply.kind === 'part' ? reply : null);
      wake();
    },
    fail(error) {
      failure = error;
      wake();
    },
  };
  const id = thread.begin(making, (number) => ({ kind: 'make', id: number, job, from, end }));
  const close = (): void => {
    thread.say({ kind: 'cancel', id });
    void thread.finish(id);
  };
  const arrived = async (): Promise<void> => {
    while (made.length === 0 && failure === null) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    if (failure !== null) {
      close();
      throw failure;
    }
  };
  await arrived();
  return {
    async next() {
      await arrived();
      const part = made.shift() ?? null;
      if (part === null) return null;
      sending = part.memory;
      return new Uint8Array(part.memory, 0, part.bytes);
    },
    sent() {
      if (sending !== null) thread.say({ kind: 'sent', id, memory: sending }, [sending]);
      sending = null;
    },
    close,
  };
}

/** Makes files of labels in a thread of their own, and reads labels in another: the one that serves pages stays free. */
export function fileMaker(start: (kind: ThreadKind) => Worker = newThread): FileMaker {
  const thread = keptThread(() => start('maker'), IDLE_MS.maker);
  const checker = keptThread(() => start('check'), IDLE_MS.check);

  /** One question with one answer. */
  const answerTo = async (
    asked: typeof thread,
    ask: (id: number) => MakerRequest | CheckRequest,
  ): Promise<MakerReply> =>
    new Promise((resolve, reject) => {
      const id = asked.begin(
        {
          job: null,
          startedMs: performance.now(),
          labels: 0,
          take(reply) {
            void asked.finish(id).then(() => {
              if (reply.kind === 'failed') reject(new Error(reply.message));
              else resolve(reply);
            });
          },
          fail: reject,
        },
        ask,
      );
    });

  return {
    open: async (job, part) => openFile(thread, job, part),

    async measure(job) {
      const reply = await answerTo(thread, (id) => ({ kind: 'measure', id, job }));
      if (reply.kind !== 'end' || reply.length === null) throw new Error('The file was not measured');
      return reply.length;
    },

    async check(job) {
      const reply = await answerTo(checker, (id) => ({ kind: 'check', id, job }));
      if (reply.kind !== 'checked') throw new Error('The run was not checked');
      return reply.result;
    },

    progressOf: (runId) =>
      [...thread.files.values()].flatMap(({ job, labels, startedMs }) => {
        if (job?.printout.run.id !== runId) return [];
        const { count } = printedPlaces(job.printout);
        return [{ format: job.format, labels, count, elapsedMs: Math.round(performance.now() - startedMs) }];
      }),
  };
}
