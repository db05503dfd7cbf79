import { Long } from 'bson';
import type { MessagePort } from 'node:worker_threads';
import type { LastIds } from './catalog.ts';
import { openReader, openWriter } from './engine.ts';
import { replyBytes, requestOf } from './listener.ts';
import { waitingRoom } from './waiting-room.ts';
import { parseMessage } from './wire.ts';

/** What the thread of the long reads, and that of the long writes, is started with. */
export type SideInput = { readonly role: 'reader' | 'writer'; readonly directory: string };

type RunOrder = {
  readonly kind: 'run';
  readonly number: number;
  readonly connectionId: number;
  /** The message as it came. */
  readonly bytes: Uint8Array;
  /** For writes: numbers that are not to be given again. */
  readonly lastIds: LastIds | null;
};

/** What it is asked. */
export type SideOrder =
  | RunOrder
  | { readonly kind: 'kill'; readonly id: string }
  | { readonly kind: 'tidy' }
  | { readonly kind: 'close' };

/**
 * What it says: an answer with the cursor that it opened or closed, cursors that nobody read, damage or a failing
 * disk, a full one; that it has ended is said for it.
 */
export type SideWord =
  | {
      readonly kind: 'answer';
      readonly number: number;
      readonly bytes: Uint8Array<ArrayBuffer>;
      readonly opened: string | null;
      readonly closed: string | null;
    }
  | { readonly kind: 'idle'; readonly closed: readonly string[] }
  | { readonly kind: 'stopped'; readonly reason: string }
  | { readonly kind: 'full' }
  | { readonly kind: 'ended' };

/** Answers reads, each in a snapshot of its own, or writes, each in a commit of its own, until it is told to close. */
export function startSideThread({ role, directory }: SideInput, port: MessagePort): void {
  const say = (word: SideWord): void => {
    port.postMessage(word, word.kind === 'answer' ? [word.bytes.buffer] : []);
  };
  const onStopped = (reason: string): void => {
    say({ kind: 'stopped', reason });
  };
  const onFull = (): void => {
    say({ kind: 'full' });
  };
  const worker =
    role === 'reader' ? openReader(directory, onStopped) : openWriter(directory, { onStopped, onFull });
  /** How long the order is to wait for its answer; null when it has been given. */
  const run = (order: RunOrder, isWaitOver: boolean): number | null => {
    const { number, connectionId, bytes: asked, lastIds } = order;
    const message = parseMessage(Buffer.from(asked.buffer, asked.byteOffset, asked.byteLength));
    const request = { ...requestOf(message, connectionId), isWaitOver };
    if (lastIds !== null) worker.noteIds(lastIds);
    const reply = worker.run(request);
    if (reply.kind === 'wait') return reply.waitMs;
    const cursor = request.body['getMore'];
    const opened = reply.kind === 'cursor' && !reply.id.isZero() ? reply.id.toString() : null;
    const closed = cursor instanceof Long ? cursor.toString() : null;
    const bytes = ownBytes(replyBytes(message, reply));
    say({ kind: 'answer', number, bytes, opened, closed });
    return null;
  };
  const room = waitingRoom({ ask: run, version: worker.version });
  port.on('message', (order: SideOrder) => {
    switch (order.kind) {
      case 'run':
        room.ask(order);
        return;
      case 'kill':
        worker.kill(Long.fromString(order.id));
        room.askAgain();
        return;
      case 'tidy':
        say({ kind: 'idle', closed: worker.tidy() });
        return;
      case 'close':
        room.close();
        worker.close();
        port.close();
        return;
      default:
        order satisfies never;
    }
  });
}

/** Bytes that can be given away: those of a small buffer share their memory with others. */
function ownBytes({ buffer, byteOffset, byteLength }: Buffer): Uint8Array<ArrayBuffer> {
  const isWhole = buffer instanceof ArrayBuffer && byteLength === buffer.byteLength;
  return isWhole ? new Uint8Array(buffer) : new Uint8Array(new Uint8Array(buffer, byteOffset, byteLength));
}
