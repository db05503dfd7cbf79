import type { Collection } from './catalog.ts';
import { collectionTable } from './catalog.ts';
import { capOf } from './collection-kinds.ts';
import type { Server } from './command.ts';
import { CommandError } from './errors.ts';
import { compileFilter } from './match.ts';
import type { Projector } from './project.ts';
import type { Query } from './query.ts';
import { planFor } from './query.ts';
import { decodeDocument, encodeDocument } from './raw-bson.ts';
import type { StoredRecord } from './records.ts';
import { toRecord } from './records.ts';
import type { Document } from './values.ts';
import { isDocument, toDouble } from './values.ts';

/** Where a reading of a capped collection stands: its oldest documents go, also those that a cursor has still to read. */
export type CappedPlaces = {
  /** The place of a document that is answered. */
  note(bytes: Uint8Array, rowId: number): void;
  /** The place of a document that was looked at by a cursor which follows the collection. */
  look(rowId: number): void;
  /** Whether the document there is gone. `last` is what was answered last, with another read ahead of it or not. */
  isLost(last: Uint8Array | null, isAhead: boolean): boolean;
};

/** null where the query does not read a capped collection in its natural order. */
export function cappedPlaces(
  server: Server,
  collection: Collection | null,
  query: Query,
): CappedPlaces | null {
  if (collection === null || capOf(collection) === null) return null;
  const isOrdered = query.sort !== null && !('$natural' in query.sort);
  if (isOrdered || planFor(server.storage, collection, query).kind !== 'collection') return null;
  const { sqlite } = server.storage;
  const sql = `SELECT 1 FROM ${collectionTable(collection)} WHERE id = ?`;
  const places = new WeakMap<Uint8Array, number>();
  let looked: number | undefined;
  return {
    note(bytes, rowId) {
      places.set(bytes, rowId);
    },
    look(rowId) {
      looked = rowId;
    },
    isLost(last, isAhead) {
      const given = last === null ? undefined : places.get(last);
      const place = isAhead ? given : (looked ?? given);
      return place !== undefined && sqlite.statement(sql).get(place) === undefined;
    },
  };
}

/** @throws CommandError 2 where a cursor cannot follow. Source: server, query/query_request.cpp, `validate` */
export function checkTailable(collection: Collection | null, { sort, singleBatch }: Document): void {
  if (singleBatch === true) {
    throw new CommandError('BadValue', "cannot use tailable option with the 'singleBatch' option");
  }
  const [[name, order] = [], ...more] = Object.entries(isDocument(sort) ? sort : {});
  if (name !== undefined && (name !== '$natural' || toDouble(order) !== 1 || more.length > 0)) {
    throw new CommandError('BadValue', 'cannot use tailable option with a sort other than {$natural: 1}');
  }
  if (collection === null || capOf(collection) !== null) return;
  const message = 'error processing query: tailable cursor requested on non capped collection';
  throw new CommandError('BadValue', message);
}

/** Whether a collection has no documents: nothing follows such a one. */
export function isEmpty(server: Server, collection: Collection | null): boolean {
  if (collection === null) return true;
  return (
    server.storage.sqlite.statement(`SELECT 1 FROM ${collectionTable(collection)} LIMIT 1`).get() ===
    undefined
  );
}

type Tail = {
  readonly query: Query;
  readonly projector: Projector | null;
  readonly places: CappedPlaces | null;
};

/** A capped collection's documents in their order; after the last one, those that come later. */
export function tailBytes(
  server: Server,
  collection: Collection,
  { query, projector, places }: Tail,
): Iterator<Uint8Array> {
  const test = compileFilter(query.filter, query.context);
  const page = server.storage.sqlite.statement(
    `SELECT id, d FROM ${collectionTable(collection)} WHERE id > ? ORDER BY id LIMIT 100`,
  );
  let after = Number.MIN_SAFE_INTEGER;
  let waiting: StoredRecord[] = [];
  let matching = 0;
  const end = query.limit === 0 ? Infinity : query.skip + query.limit;
  return {
    next() {
      while (matching < end) {
        if (waiting.length === 0) waiting = page.all(after).map(toRecord);
        const record = waiting.shift();
        if (record === undefined) break;
        after = record.rowId;
        places?.look(after);
        const document = decodeDocument(record.bytes);
        if (!test(document) || ++matching <= query.skip) continue;
        const value = projector === null ? record.bytes : encodeDocument(projector(document));
        places?.note(value, after);
        return { done: false, value };
      }
      return { done: true, value: undefined };
    },
  };
}
