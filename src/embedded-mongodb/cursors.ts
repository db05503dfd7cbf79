import { Long } from 'bson';
import { randomBytes } from 'node:crypto';
import type { CappedPlaces } from './capped-reads.ts';
import { CommandError } from './errors.ts';
import { DOCUMENT_BYTES_MAX } from './raw-bson.ts';

/** A cursor that nobody asks goes after ten minutes, as in MongoDB. */
const IDLE_MS_MAX = 10 * 60_000;
/** Cursors open at once, over all connections. */
const CURSORS_MAX = 10_000;

/** An open result: its documents as bytes, and the one that did not fit into the last batch. */
export type Cursor = {
  readonly namespace: string;
  readonly documents: Iterator<Uint8Array>;
  pending: Uint8Array | null;
  /** The document that was answered last. */
  last: Uint8Array | null;
  /** Where it stands in a capped collection; null in any other. */
  readonly places: CappedPlaces | null;
  /** The collection that it reads; null where there is none by its name. */
  readonly collectionId: number | null;
  usedAt: number;
  readonly isKept: boolean;
  /** Stays open at its end: more may come. */
  readonly isTailable: boolean;
  /** `getMore` at its end waits for what comes (`awaitData`). */
  readonly isAwaiting: boolean;
};

/** The results that clients have not read to the end. */
export type Cursors = {
  open(cursor: Cursor): Long;
  /** @throws CommandError 43 */
  find(id: Long, namespace: string): Cursor;
  close(id: Long): boolean;
  /** @returns those that it closed */
  closeIdle(now: number): string[];
  readonly count: number;
};

/** No cursors yet. */
export function newCursors(): Cursors {
  const byId = new Map<string, Cursor>();
  return {
    open(cursor) {
      if (byId.size >= CURSORS_MAX)
        throw new CommandError('BadValue', `more than ${CURSORS_MAX} cursors are open`);
      const id = Long.fromBigInt(randomBytes(8).readBigUInt64BE() & 0x7fff_ffff_ffff_ffffn);
      byId.set(id.toString(), cursor);
      return id;
    },
    find(id, namespace) {
      const cursor = byId.get(id.toString());
      if (cursor === undefined)
        throw new CommandError('CursorNotFound', `cursor id ${id.toString()} not found`);
      if (cursor.namespace === namespace) return cursor;
      const message = `Requested getMore on namespace '${namespace}', but cursor belongs to a different namespace ${cursor.namespace}`;
      throw new CommandError(13, message);
    },
    close: (id) => byId.delete(id.toString()),
    closeIdle(now) {
      const idle = [...byId].filter(([, { isKept, usedAt }]) => !isKept && now - usedAt > IDLE_MS_MAX);
      for (const [id] of idle) byId.delete(id);
      return idle.map(([id]) => id);
    },
    get count() {
      return byId.size;
    },
  };
}

/** The next documents: at most `size` (all that fit, when null) and at most 16 MiB, but at least one. */
export function takeBatch(
  cursor: Cursor,
  size: number | null,
): { batch: Uint8Array[]; isExhausted: boolean } {
  const batch: Uint8Array[] = [];
  let bytes = 0;
  for (;;) {
    const next = cursor.pending ?? nextOf(cursor);

    cursor.pending = null;
    if (next === null) return { batch, isExhausted: !cursor.isTailable };
    const isFull =
      (size !== null && batch.length >= size) ||
      (batch.length > 0 && bytes + next.length > DOCUMENT_BYTES_MAX);
    if (isFull) {
      cursor.pending = next;
      return { batch, isExhausted: false };
    }
    batch.push(next);
    cursor.last = next;
    bytes += next.length;
  }
}

/** Documents and bytes that are read ahead of a client's asking. */
const AHEAD_DOCUMENTS_MAX = 1_000;
const AHEAD_BYTES_MAX = 1024 * 1024;

/** All that is left of a result; null when it is more than is read ahead. */
export function readAhead(cursor: Cursor): Uint8Array[] | null {
  const rest: Uint8Array[] = [];
  let bytes = 0;
  for (let next = cursor.pending ?? nextOf(cursor); next !== null; next = nextOf(cursor)) {
    rest.push(next);
    bytes += next.length;
    if (rest.length > AHEAD_DOCUMENTS_MAX || bytes > AHEAD_BYTES_MAX) return null;
  }
  return rest;
}

function nextOf(cursor: Cursor): Uint8Array | null {
  const { done, value } = cursor.documents.next() as IteratorResult<Uint8Array, undefined>;
  return done === true ? null : value;
}
