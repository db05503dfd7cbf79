import type { Long } from 'bson';
import type { Worker } from 'node:worker_threads';
import { CommandError } from './errors.ts';
import type { SideInput, SideOrder, SideWord } from './side-thread.ts';
import type { LastIds } from './catalog.ts';
import type { Health } from './health.ts';
import { newThread } from './thread.ts';
import type { Message } from './wire.ts';
import { encodeReply, errorReply } from './wire.ts';

/** The thread that long reads run in, one after the other. It starts with the first of them. */
export type LongReads = {
  /** Bytes of the answer; a failure is one too. */
  run(message: Message, connectionId: number): Promise<Uint8Array>;
  /** Whether a cursor is open there. */
  has(cursor: Long): boolean;
  /** @returns whether it was open there */
  kill(cursor: Long): boolean;
  readonly cursorCount: number;
  /** Closes cursors that nobody reads. */
  tidy(): void;
  /** Answers what is under way with code 11600, as a `mongod` that shuts down does. */
  close(): Promise<void>;
};

/** The thread that long writes run in, one after the other; meanwhile nobody else writes. */
export type LongWrites = {
  /** Bytes of the answer, once the write is durable; a failure is one too. */
  run(message: Message, connectionId: number): Promise<Uint8Array>;
  /** A write is under way there. */
  readonly isBusy: boolean;
  /** Ends with what is under way. */
  close(): Promise<void>;
};

/** How long the thread of the reads may take to end by itself. */
const END_MS_MAX = 500;
/** A write that is under way is finished, or taken back at the next start if that takes longer. */
const LAST_WRITE_MS_MAX = 60_000;

type Waiting = { readonly message: Message; readonly resolve: (bytes: Uint8Array) => void };

/** A thread that starts with the first order; `hear` is told what it says beside its answers. */
function sideThread(input: SideInput, hear: (word: SideWord) => void) {
  const waiting = new Map<number, Waiting>();
  let thread: Worker | null = null;
  let count = 0;
  const refuseAll = (error: CommandError): void => {
    for (const { message, resolve } of waiting.values()) {
      resolve(encodeReply(message, errorReply(error), message.requestId));
    }
    waiting.clear();
  };
  const started = (): Worker => {
    const worker = newThread(input);
    worker.on('message', (word: SideWord) => {
      hear(word);
      if (word.kind !== 'answer') return;
      waiting.get(word.number)?.resolve(word.bytes);
      waiting.delete(word.number);
    });
    let cause = '';
    worker.on('error', (error: Error) => {
      cause = `: ${error.message}`;
    });
    worker.on('exit', () => {
      if (thread === worker) thread = null;
      hear({ kind: 'ended' });
      refuseAll(new CommandError('InternalError', `The thread of the ${input.role} has ended${cause}`));
    });
    return worker;
  };
  const post = (order: SideOrder): void => {
    thread?.postMessage(order);
  };
  return {
    post,
    run(message: Message, connectionId: number, lastIds: LastIds | null): Promise<Uint8Array> {
      thread ??= started();
      const number = count++;
      return new Promise<Uint8Array>((resolve) => {
        waiting.set(number, { message, resolve });
        post({ kind: 'run', number, connectionId, bytes: message.bytes, lastIds });
      });
    },
    get count() {
      return waiting.size;
    },
    refuseAll,
    async close(endMsMax: number): Promise<void> {
      const worker = thread;
      if (worker === null) return;
      const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
      post({ kind: 'close' });
      const late = setTimeout(() => void worker.terminate(), endMsMax);
      await ended;
      clearTimeout(late);
    },
  };
}

/** No thread yet. `onDamage` is told when it read what is damaged. */
export function newLongReads(directory: string, onDamage: (reason: string) => void): LongReads {
  const cursors = new Set<string>();
  const thread = sideThread({ role: 'reader', directory }, (word) => {
    switch (word.kind) {
      case 'answer':
        if (word.closed !== null) cursors.delete(word.closed);
        if (word.opened !== null) cursors.add(word.opened);
        return;
      case 'idle':
        for (const id of word.closed) cursors.delete(id);
        return;
      case 'stopped':
        onDamage(word.reason);
        return;
      case 'ended':
        cursors.clear();
        return;
      case 'full':
        return;
      default:
        word satisfies never;
    }
  });
  return {
    run: (message, connectionId) => thread.run(message, connectionId, null),
    has: (cursor) => cursors.has(cursor.toString()),
    kill(cursor) {
      const id = cursor.toString();
      if (cursors.has(id)) thread.post({ kind: 'kill', id });
      return cursors.delete(id);
    },
    get cursorCount() {
      return cursors.size;
    },
    tidy() {
      thread.post({ kind: 'tidy' });
    },
    close() {
      thread.refuseAll(new CommandError(11600, 'interrupted at shutdown'));
      return thread.close(END_MS_MAX);
    },
  };
}

/** No thread yet. `health` is told of damage, a failing disk and a full one. */
export function newLongWrites(
  directory: string,
  { health, lastIds }: { readonly health: Health; readonly lastIds: LastIds },
): LongWrites {
  const thread = sideThread({ role: 'writer', directory }, (word) => {
    if (word.kind === 'stopped') health.stop(word.reason);
    if (word.kind === 'full') health.noteFull();
  });
  return {
    run: (message, connectionId) => thread.run(message, connectionId, { ...lastIds }),
    get isBusy() {
      return thread.count > 0;
    },
    close: () => thread.close(LAST_WRITE_MS_MAX),
  };
}
