import type { Collection, Index } from './catalog.ts';
import { timeFieldOf } from './collection-kinds.ts';
import type { Server } from './command.ts';
import { PLAIN_MATCH } from './match-context.ts';
import type { Query } from './query.ts';
import { findRecords } from './query.ts';
import { deleteRecord } from './records.ts';
import { toDouble } from './values.ts';

/** Documents removed in one go, so that a great many expired at once do not hold up the others. */
const EXPIRED_MAX = 1_000;

/** Removes documents that their collection's TTL indexes say are over. @returns how many */
export function expireDocuments(server: Server): number {
  let removed = 0;
  for (const database of server.storage.catalog.databases()) {
    for (const collection of server.storage.catalog.list(database)) {
      for (const index of collection.indexes) removed += expireBy(server, collection, index);
      removed += expireWhole(server, collection);
    }
  }
  return removed;
}

/** A time series or clustered collection may expire as a whole: by its time, or by a date in `_id`. */
function expireWhole(server: Server, collection: Collection): number {
  const seconds = collection.options['expireAfterSeconds'];
  if (seconds === undefined) return 0;
  const field = timeFieldOf(collection) ?? '_id';
  const limit = new Date(server.now().getTime() - toDouble(seconds) * 1_000);
  return removeMatching(server, collection, { filter: { [field]: { $lte: limit } }, hint: null });
}

function expireBy(server: Server, collection: Collection, index: Index): number {
  const field = index.fields[0];
  if (index.expireAfterSeconds === null || field === undefined) return 0;
  const limit = new Date(server.now().getTime() - index.expireAfterSeconds * 1_000);
  const filter = { [field.name]: { $lte: limit }, ...index.partialFilter };
  return removeMatching(server, collection, { filter, hint: index.isHidden ? null : index.name });
}

function removeMatching(
  server: Server,
  collection: Collection,
  query: Pick<Query, 'filter' | 'hint'>,
): number {
  const rest = { sort: null, skip: 0, limit: EXPIRED_MAX, collate: null, context: PLAIN_MATCH };
  const found = [...findRecords(server.storage, collection, { ...query, ...rest })];
  for (const record of found) deleteRecord(server.storage, collection, record);
  return found.length;
}
