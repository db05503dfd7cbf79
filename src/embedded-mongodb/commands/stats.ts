import { Int32 } from 'bson';
import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Collection, Index } from '../catalog.ts';
import { collectionTable, indexTable, namespaceOf, willTouchAll } from '../catalog.ts';
import { capOf, viewOf } from '../collection-kinds.ts';
import type { Command, Server } from '../command.ts';
import { answer, collectionName, namedCollection } from '../command.ts';
import { CommandError } from '../errors.ts';
import { encodedKeys, keyTuples } from '../index-keys.ts';
import { isTruthy } from '../match.ts';
import { decodeDocument } from '../raw-bson.ts';
import { toRecord } from '../records.ts';
import type { Document } from '../values.ts';
import { isNumeric, toDouble } from '../values.ts';
import { dataBytes } from './schema.ts';

/** `collStats`: counts and sizes; a collection that is not there is empty. */
export const collStats: Command = {
  isWrite: false,
  run(server, request) {
    const collection = namedCollection(server, request);
    const ns = `${request.database}.${collectionName(request)}`;
    const scale = scaleOf(request.body);
    return answer({ ns, ...statsOf(server, collection, scale), scaleFactor: new Int32(scale) });
  },
};

function scaleOf(body: Document): number {
  return isNumeric(body['scale']) ? Math.max(Math.trunc(toDouble(body['scale'])), 1) : 1;
}

/** What `collStats` says of a collection beside its name; `scale` divides bytes. */
export function statsOf(server: Server, collection: Collection | null, scale: number): Document {
  if (collection === null)
    return { size: 0, count: 0, storageSize: 0, nindexes: 0, indexSizes: {}, totalSize: 0 };
  willTouchAll(server.storage.sqlite, collection);
  const count = rowCount(server, collectionTable(collection));
  const size = dataBytes(server, collection);
  const sizes = collection.indexes.map((index) => [
    index.name,
    Math.floor(indexBytes(server, collection, index) / scale),
  ]);
  const indexSizes = Object.fromEntries(sizes) as Record<string, number>;
  const totalIndexSize = Object.values(indexSizes).reduce((sum, bytes) => sum + bytes, 0);
  return {
    size: Math.floor(size / scale),
    count,
    ...(count === 0 ? {} : { avgObjSize: Math.floor(size / count) }),
    storageSize: Math.floor(size / scale),
    freeStorageSize: 0,
    ...cappedStats(collection, scale),
    nindexes: new Int32(collection.indexes.length),
    indexBuilds: [],
    totalIndexSize,
    totalSize: Math.floor(size / scale) + totalIndexSize,
    indexSizes,
  };
}

function cappedStats(collection: Collection, scale: number): Document {
  const cap = capOf(collection);
  if (cap === null) return { capped: false };
  const max = Number.isFinite(cap.documents) ? cap.documents : 0;
  return { capped: true, max: new Int32(max), maxSize: Math.floor(cap.bytes / scale) };
}

function rowCount(server: Server, table: string): number {
  return Number(server.storage.sqlite.statement(`SELECT count(*) FROM ${table}`).get()?.[0] ?? 0);
}

function indexBytes(server: Server, collection: Collection, index: Index): number {
  const table = index.id === 0 ? collectionTable(collection) : indexTable(index);
  const sql = `SELECT coalesce(sum(length(k) + 8), 0) FROM ${table}`;
  return Number(server.storage.sqlite.statement(sql).get()?.[0] ?? 0);
}

/** `dbStats`. */
export const dbStats: Command = {
  isWrite: false,
  run(server, { database, body }) {
    const all = server.storage.catalog.list(database);
    const collections = all.filter((collection) => viewOf(collection) === null);
    const views = all.length - collections.length;
    const scale = scaleOf(body);
    const stats = collections.map((collection) => statsOf(server, collection, 1));
    const total = (name: string): number => stats.reduce((sum, part) => sum + toDouble(part[name]), 0);
    const [objects, dataSize, indexSize] = [total('count'), total('size'), total('totalIndexSize')];
    return answer({
      db: database,
      // As in MongoDB, where the views are kept in a collection of their own.
      collections: new Int32(collections.length + (views === 0 ? 0 : 1)),
      views: new Int32(views),
      objects,
      avgObjSize: objects === 0 ? 0 : dataSize / objects,
      dataSize: dataSize / scale,
      storageSize: dataSize / scale,
      indexes: new Int32(collections.reduce((sum, collection) => sum + collection.indexes.length, 0)),
      indexSize: indexSize / scale,
      totalSize: (dataSize + indexSize) / scale,
      scaleFactor: new Int32(scale),
      ...diskStats(server, scale),
    });
  },
};

/** What there is of the disk, and what of it is taken; -1 where it does not say. */
function diskStats({ storage }: Server, scale: number): Document {
  const [, , file] = storage.sqlite.statement('PRAGMA database_list').get() ?? [];
  try {
    const { bsize, blocks, bavail } = statfsSync(dirname(String(file)));
    return { fsUsedSize: ((blocks - bavail) * bsize) / scale, fsTotalSize: (blocks * bsize) / scale };
  } catch {
    return { fsUsedSize: -1, fsTotalSize: -1 };
  }
}

/** `validate`: SQLite's own check, and every index entry against its document. */
export const validate: Command = {
  isWrite: false,
  run(server, request) {
    const collection = namedCollection(server, request);
    if (collection === null) {
      const message = `Collection '${request.database}.${collectionName(request)}' does not exist to validate.`;
      throw new CommandError('NamespaceNotFound', message);
    }
    if (isTruthy(request.body['background']) && isTruthy(request.body['full'])) {
      const message =
        'Running the validate command with both { background: true } and { full: true } is not supported.';
      throw new CommandError('InvalidOptions', message);
    }
    willTouchAll(server.storage.sqlite, collection);
    const check = `PRAGMA integrity_check(${collectionTable(collection)})`;
    const storage = server.storage.sqlite
      .statement(check)
      .all()
      .map(([line]) => String(line));
    const errors = storage.filter((line) => line !== 'ok');
    const keysPerIndex: Document = {};
    for (const index of collection.indexes) {
      const { entries, missing } = indexDifference(server, collection, index);
      keysPerIndex[index.name] = entries;
      if (missing !== 0)
        errors.push(`Index '${index.name}' differs from its collection in ${missing} entries`);
    }
    return answer({
      ns: namespaceOf(collection),
      nInvalidDocuments: new Int32(0),
      nrecords: rowCount(server, collectionTable(collection)),
      nIndexes: new Int32(collection.indexes.length),
      keysPerIndex,
      valid: errors.length === 0,
      warnings: [],
      errors,
    });
  },
};

/** How many entries an index has, and how many are missing or too many. */
function indexDifference(
  server: Server,
  collection: Collection,
  index: Index,
): { entries: number; missing: number } {
  const { sqlite } = server.storage;
  if (index.kind !== 'ordered') return { entries: 0, missing: 0 };
  if (index.id === 0) return { entries: rowCount(server, collectionTable(collection)), missing: 0 };
  const find = sqlite.statement(`SELECT 1 FROM ${indexTable(index)} WHERE k = ? AND r = ?`);
  const page = sqlite.statement(
    `SELECT id, d FROM ${collectionTable(collection)} WHERE id > ? ORDER BY id LIMIT 500`,
  );
  const entries = rowCount(server, indexTable(index));
  let expected = 0;
  let absent = 0;
  let after = Number.MIN_SAFE_INTEGER;
  for (let rows = page.all(after); rows.length > 0; rows = page.all(after)) {
    for (const record of rows.map(toRecord)) {
      after = record.rowId;
      const document = decodeDocument(record.bytes);
      if (!index.isPartialMember(document)) continue;
      const { tuples } = keyTuples(document, index.fields);
      if (index.isSparse && tuples.every((tuple) => tuple.every((value) => value === undefined))) continue;
      const keys = encodedKeys(tuples, index);
      expected += keys.length;
      absent += keys.filter((key) => find.get(key, record.rowId) === undefined).length;
    }
  }
  return { entries, missing: absent + Math.abs(entries - expected) };
}
