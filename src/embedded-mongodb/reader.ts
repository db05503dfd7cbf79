import { Long } from 'bson';
import type { MessagePort } from 'node:worker_threads';
import { openReader } from './engine.ts';
import { replyBytes, requestOf } from './listener.ts';
import { waitingRoom } from './waiting-room.ts';
import type { Message } from './wire.ts';

/** What the thread of the long reads is started with. */
export type ReaderInput = { readonly role: 'reader'; readonly directory: string };

type ReadOrder = { readonly kind: 'read'; readonly number: number; readonly connectionId: number } & Omit<
  Message,
  'isUnacknowledged' | 'sequences'
>;

/** What it is asked. */
export type ReaderOrder =
  | ReadOrder
  | { readonly kind: 'kill'; readonly id: string }
  | { readonly kind: 'tidy' }
  | { readonly kind: 'close' };

/** What it says: an answer with the cursor that it opened or closed, cursors that nobody read, damage. */
export type ReaderWord =
  | {
      readonly kind: 'answer';
      readonly number: number;
      readonly bytes: Uint8Array<ArrayBuffer>;
      readonly opened: string | null;
      readonly closed: string | null;
    }
  | { readonly kind: 'idle'; readonly closed: readonly string[] }
  | { readonly kind: 'stopped'; readonly reason: string };

/** Answers reads, each in a snapshot of its own, until it is told to close. */
export function startReader({ directory }: ReaderInput, port: MessagePort): void {
  const say = (word: ReaderWord): void => {
    port.postMessage(word, word.kind === 'answer' ? [word.bytes.buffer] : []);
  };
  const reader = openReader(directory, (reason) => {
    say({ kind: 'stopped', reason });
  });
  /** How long the order is to wait for its answer; null when it has been given. */
  const read = (order: ReadOrder, isWaitOver: boolean): number | null => {
    const { number, connectionId, body } = order;
    const message = { ...order, body: Buffer.from(body), isUnacknowledged: false, sequences: new Map() };
    const request = { ...requestOf(message, connectionId), isWaitOver };
    const reply = reader.run(request);
    if (reply.kind === 'wait') return reply.waitMs;
    const asked = request.body['getMore'];
    const opened = reply.kind === 'cursor' && !reply.id.isZero() ? reply.id.toString() : null;
    const closed = asked instanceof Long ? asked.toString() : null;
    const bytes = ownBytes(replyBytes(message, reply));
    say({ kind: 'answer', number, bytes, opened, closed });
    return null;
  };
  const room = waitingRoom({ ask: read, version: reader.version });
  port.on('message', (order: ReaderOrder) => {
    switch (order.kind) {
      case 'read':
        room.ask(order);
        return;
      case 'kill':
        reader.kill(Long.fromString(order.id));
        room.askAgain();
        return;
      case 'tidy':
        say({ kind: 'idle', closed: reader.tidy() });
        return;
      case 'close':
        room.close();
        reader.close();
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
