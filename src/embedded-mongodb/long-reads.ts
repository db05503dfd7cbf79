import type { Long } from 'bson';
import type { Worker } from 'node:worker_threads';
import { CommandError } from './errors.ts';
import type { ReaderInput, ReaderOrder, ReaderWord } from './reader.ts';
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

/** How long the thread may take to end by itself. */
const END_MS_MAX = 500;

type Waiting = { readonly message: Message; readonly resolve: (bytes: Uint8Array) => void };

/** No thread yet. `onDamage` is told when it read what is damaged. */
export function newLongReads(directory: string, onDamage: (reason: string) => void): LongReads {
  const waiting = new Map<number, Waiting>();
  const cursors = new Set<string>();
  let thread: Worker | null = null;
  let count = 0;
  const refuseAll = (error: CommandError): void => {
    for (const { message, resolve } of waiting.values()) {
      resolve(encodeReply(message, errorReply(error), message.requestId));
    }
    waiting.clear();
    cursors.clear();
  };
  const hear = (word: ReaderWord): void => {
    switch (word.kind) {
      case 'answer':
        if (word.closed !== null) cursors.delete(word.closed);
        if (word.opened !== null) cursors.add(word.opened);
        waiting.get(word.number)?.resolve(word.bytes);
        waiting.delete(word.number);
        return;
      case 'idle':
        for (const id of word.closed) cursors.delete(id);
        return;
      case 'stopped':
        onDamage(word.reason);
        return;
      default:
        word satisfies never;
    }
  };
  const started = (): Worker => {
    const input: ReaderInput = { role: 'reader', directory };
    const worker = newThread(input);
    worker.on('message', hear);
    let cause = '';
    worker.on('error', (error: Error) => {
      cause = `: ${error.message}`;
    });
    worker.on('exit', () => {
      if (thread === worker) thread = null;
      refuseAll(new CommandError('InternalError', `The thread of the long reads has ended${cause}`));
    });
    return worker;
  };
  const post = (order: ReaderOrder): void => {
    thread?.postMessage(order);
  };
  return {
    run(message, connectionId) {
      thread ??= started();
      const number = count++;
      const { requestId, isQuery, body, queryDatabase } = message;
      return new Promise((resolve) => {
        waiting.set(number, { message, resolve });
        post({ kind: 'read', number, connectionId, requestId, isQuery, body, queryDatabase });
      });
    },
    has: (cursor) => cursors.has(cursor.toString()),
    kill(cursor) {
      const id = cursor.toString();
      if (cursors.has(id)) post({ kind: 'kill', id });
      return cursors.delete(id);
    },
    get cursorCount() {
      return cursors.size;
    },
    tidy() {
      post({ kind: 'tidy' });
    },
    async close() {
      const worker = thread;
      refuseAll(new CommandError(11600, 'interrupted at shutdown'));
      if (worker === null) return;
      const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
      post({ kind: 'close' });
      const late = setTimeout(() => void worker.terminate(), END_MS_MAX);
      await ended;
      clearTimeout(late);
    },
  };
}
