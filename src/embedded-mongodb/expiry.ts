import type { Collection, Index } from './catalog.ts';
import type { Server } from './command.ts';
import { PLAIN_MATCH } from './mingo.ts';
import { findRecords } from './query.ts';
import { deleteRecord } from './records.ts';

/** Documents removed in one go, so that a great many expired at once do not hold up the others. */
const EXPIRED_MAX = 1_000;

/** Removes documents that their collection's TTL indexes say are over. @returns how many */
export function expireDocuments(server: Server): number {
  let removed = 0;
  for (const database of server.storage.catalog.databases()) {
    for (const collection of server.storage.catalog.list(database)) {
      for (const index of collection.indexes) removed += expireBy(server, collection, index);
    }
  }
  return removed;
}

function expireBy(server: Server, collection: Collection, index: Index): number {
  const field = index.fields[0];
  if (index.expireAfterSeconds === null || field === undefined) return 0;
  const limit = new Date(server.now().getTime() - index.expireAfterSeconds * 1_000);
  const expired = findRecords(server.storage, collection, {
    filter: { [field.name]: { $lte: limit }, ...index.partialFilter },
    sort: null,
    skip: 0,
    limit: EXPIRED_MAX,
    hint: index.name,
    collate: null,
    context: PLAIN_MATCH,
  });
  const found = [...expired];
  for (const record of found) deleteRecord(server.storage, collection, record);
  return found.length;
}
