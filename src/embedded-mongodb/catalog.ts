import { keptCollation } from './collation.ts';
import type { IndexField } from './index-keys.ts';
import type { IndexKind } from './index-kinds.ts';
import { kindOfKey } from './index-kinds.ts';
import type { Predicate } from './match.ts';
import { splitPath } from './paths.ts';
import { decodeDocument, encodeDocument } from './raw-bson.ts';
import type { Sqlite } from './sqlite.ts';
import type { Document } from './values.ts';
import { isDocument, toDouble } from './values.ts';

/** An index as it is used; `spec` is what `listIndexes` shows. */
export type Index = {
  /** Number of its table; 0 is `_id_`, which lives in the collection's own table. */
  readonly id: number;
  readonly name: string;
  readonly fields: readonly IndexField[];
  readonly isUnique: boolean;
  readonly isSparse: boolean;
  readonly partialFilter: Document | null;
  readonly isPartialMember: Predicate;
  readonly expireAfterSeconds: number | null;
  readonly kind: IndexKind;
  /** One of its fields is hashed: none of them may be an array. */
  readonly isHashed: boolean;
  /** It is kept as the others are, but no query uses it. */
  readonly isHidden: boolean;
  /** The collation of its texts; null where they are in the order of their bytes. */
  readonly collation: Document | null;
  /** The fields of a geospatial index. */
  readonly geoFields: readonly IndexField[];
  /** Some document has an array at an indexed path. */
  readonly isMultikey: boolean;
  readonly spec: Document;
};

export type Collection = {
  readonly id: number;
  readonly database: string;
  readonly name: string;
  readonly options: Document;
  readonly indexes: readonly Index[];
};

/** The highest number of a collection and of an index that was ever given while the database is open. */
export type LastIds = { readonly collections: number; readonly indexes: number };

/** Compiles a partial index's filter. */
export type CompilePartial = (filter: Document) => Predicate;

const ID_SPEC: Document = { v: 2, key: { _id: 1 }, name: '_id_' };
/** The index that every collection has. */
export const ID_INDEX: Index = {
  id: 0,
  name: '_id_',
  fields: [{ name: '_id', path: ['_id'], direction: 1 }],
  isUnique: true,
  isSparse: false,
  partialFilter: null,
  isPartialMember: () => true,
  expireAfterSeconds: null,
  kind: 'ordered',
  isHashed: false,
  isHidden: false,
  collation: null,
  geoFields: [],
  isMultikey: false,
  spec: ID_SPEC,
};

/** `database.collection`, as MongoDB names it. */
export function namespaceOf(collection: { readonly database: string; readonly name: string }): string {
  return `${collection.database}.${collection.name}`;
}

/** Table of a collection: `id` is the order of insertion, `k` the encoded `_id`, `d` the document's bytes. */
export function collectionTable(collection: { readonly id: number }): string {
  return `c${collection.id}`;
}

/** Table of an index: `k` the encoded key, `r` the document's `id`. */
export function indexTable(index: { readonly id: number }): string {
  return `i${index.id}`;
}

/** The index's definition as the planner and the writer use it. */
export function indexOf(id: number, spec: Document, isMultikey: boolean, compile: CompilePartial): Index {
  const partial = spec['partialFilterExpression'];
  const expire = spec['expireAfterSeconds'];
  const key = spec['key'] as Document;
  const fields = Object.entries(key).map(([name, order]) => ({
    name,
    path: splitPath(name),
    direction: toDouble(order) < 0 ? (-1 as const) : (1 as const),
  }));
  return {
    id,
    name: String(spec['name']),
    fields,
    kind: kindOfKey(key),
    isHashed: Object.values(key).includes('hashed'),
    isHidden: spec['hidden'] === true,
    collation: keptCollation(spec['collation']),
    geoFields: fields.filter(({ name }) => key[name] === '2d' || key[name] === '2dsphere'),
    isUnique: spec['unique'] === true || spec['prepareUnique'] === true,
    isSparse: spec['sparse'] === true,
    partialFilter: isDocument(partial) ? partial : null,
    isPartialMember: isDocument(partial) ? compile(partial) : () => true,
    expireAfterSeconds: expire === undefined ? null : toDouble(expire),
    isMultikey,
    spec,
  };
}

/** The collections and indexes, held in memory as they are on disk. */
export type Catalog = {
  /** null where there is no such collection. */
  find(database: string, name: string): Collection | null;
  list(database: string): Collection[];
  databases(): string[];
  create(database: string, name: string, options: Document): Collection;
  drop(collection: Collection): void;
  rename(collection: Collection, database: string, name: string): void;
  setOptions(collection: Collection, options: Document): void;
  addIndex(collection: Collection, spec: Document): Index;
  dropIndex(collection: Collection, index: Index): void;
  setIndexSpec(collection: Collection, index: Index, spec: Document): void;
  markMultikey(collection: Collection, index: Index): void;
  /** Reads everything again: after a transaction that was rolled back, or of another connection. */
  reload(): void;
  /** The highest numbers that were given, so that they are given once though two threads give them. */
  readonly lastIds: LastIds;
  noteIds(ids: LastIds): void;
};

/** The catalog of an open database. */
export function openCatalog(sqlite: Sqlite, compile: CompilePartial): Catalog {
  const byNamespace = new Map<string, Collection>();
  const reread = (id: number): Collection => {
    const collection = readCollections(sqlite, compile, id)[0] as Collection;
    byNamespace.set(namespaceOf(collection), collection);
    return collection;
  };
  // A number that was dropped is not given again while cursors may be open that read under it.
  const lastIds = { collections: 0, indexes: 0 };
  const highestId = (table: keyof typeof lastIds): number =>
    Number(sqlite.statement(`SELECT coalesce(max(id), 0) FROM ${table}`).get()?.[0]);
  const noteIds = ({ collections, indexes }: LastIds): void => {
    lastIds.collections = Math.max(lastIds.collections, collections);
    lastIds.indexes = Math.max(lastIds.indexes, indexes);
  };
  const reload = (): void => {
    byNamespace.clear();
    for (const collection of readCollections(sqlite, compile))
      byNamespace.set(namespaceOf(collection), collection);
    // What the thread of the long writes gave is seen here first: later it may be dropped.
    noteIds({ collections: highestId('collections'), indexes: highestId('indexes') });
  };
  const newId = (table: keyof typeof lastIds): number => {
    // The thread of the long writes gives numbers, too.
    lastIds[table] = Math.max(lastIds[table], highestId(table)) + 1;
    return lastIds[table];
  };
  reload();
  return {
    find: (database, name) => byNamespace.get(`${database}.${name}`) ?? null,
    list: (database) => [...byNamespace.values()].filter((collection) => collection.database === database),
    databases: () => [...new Set([...byNamespace.values()].map((collection) => collection.database))].sort(),
    create(database, name, options) {
      const id = newId('collections');
      const insert = sqlite.statement(
        'INSERT INTO collections (id, database, name, options) VALUES (?, ?, ?, ?)',
      );
      insert.run(id, database, name, encodeDocument(options));
      sqlite.exec(`CREATE TABLE c${id} (id INTEGER PRIMARY KEY, k BLOB NOT NULL UNIQUE, d BLOB NOT NULL)`);
      return reread(id);
    },
    drop(collection) {
      willTouchAll(sqlite, collection);
      for (const index of collection.indexes) if (index.id !== 0) dropIndexTable(sqlite, index);
      sqlite.exec(`DROP TABLE ${collectionTable(collection)}`);
      sqlite.statement('DELETE FROM collections WHERE id = ?').run(collection.id);
      byNamespace.delete(namespaceOf(collection));
    },
    rename(collection, database, name) {
      const update = sqlite.statement('UPDATE collections SET database = ?, name = ? WHERE id = ?');
      update.run(database, name, collection.id);
      byNamespace.delete(namespaceOf(collection));
      reread(collection.id);
    },
    setOptions(collection, options) {
      const update = sqlite.statement('UPDATE collections SET options = ? WHERE id = ?');
      update.run(encodeDocument(options), collection.id);
      reread(collection.id);
    },
    addIndex(collection, spec) {
      const id = newId('indexes');
      const insert = sqlite.statement(
        'INSERT INTO indexes (id, collection, name, spec, multikey) VALUES (?, ?, ?, ?, 0)',
      );
      insert.run(id, collection.id, String(spec['name']), encodeDocument(spec));
      sqlite.exec(
        `CREATE TABLE i${id} (k BLOB NOT NULL, r INTEGER NOT NULL, PRIMARY KEY (k, r)) WITHOUT ROWID`,
      );
      return reread(collection.id).indexes.find((index) => index.id === id) as Index;
    },
    dropIndex(collection, index) {
      willTouchAll(sqlite, collection);
      dropIndexTable(sqlite, index);
      reread(collection.id);
    },
    setIndexSpec(collection, index, spec) {
      sqlite.statement('UPDATE indexes SET spec = ? WHERE id = ?').run(encodeDocument(spec), index.id);
      reread(collection.id);
    },
    markMultikey(collection, index) {
      sqlite.statement('UPDATE indexes SET multikey = 1 WHERE id = ?').run(index.id);
      reread(collection.id);
    },
    reload,
    lastIds,
    noteIds,
  };
}

/** A clustered collection's own name of its `_id` index. */
function idIndexOf({ clusteredIndex }: Document): Index {
  if (!isDocument(clusteredIndex)) return ID_INDEX;
  return { ...ID_INDEX, name: String(clusteredIndex['name']), spec: { ...clusteredIndex, clustered: true } };
}

/** Says that all of a collection is about to be read or removed by SQLite itself. @throws LongWork where that is too long */
export function willTouchAll(sqlite: Sqlite, collection: { readonly id: number }): void {
  const last = `SELECT coalesce(max(id), 0) FROM ${collectionTable(collection)}`;
  sqlite.willTouch(() => Number(sqlite.statement(last).get()?.[0]));
}

function dropIndexTable(sqlite: Sqlite, index: Index): void {
  sqlite.exec(`DROP TABLE ${indexTable(index)}`);
  sqlite.statement('DELETE FROM indexes WHERE id = ?').run(index.id);
}

function readCollections(sqlite: Sqlite, compile: CompilePartial, only: number | null = null): Collection[] {
  const columns =
    'SELECT id, database, name, options FROM collections WHERE ?1 IS NULL OR id = ?1 ORDER BY id';
  const indexes = sqlite.statement('SELECT id, spec, multikey FROM indexes WHERE collection = ? ORDER BY id');
  return sqlite
    .statement(columns)
    .all(only)
    .map(([id, database, name, options]) => ({
      id: id as number,
      database: String(database),
      name: String(name),
      options: decodeDocument(options as Uint8Array),
      indexes: [
        idIndexOf(decodeDocument(options as Uint8Array)),
        ...indexes.all(id as number).map(([indexId, spec, multikey]) => {
          return indexOf(indexId as number, decodeDocument(spec as Uint8Array), multikey === 1, compile);
        }),
      ],
    }));
}
