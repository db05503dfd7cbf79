import { Int32 } from 'bson';
import type { Collection, Index } from '../catalog.ts';
import { namespaceOf } from '../catalog.ts';
import type { Command, Server } from '../command.ts';
import { answer, collectionName, documentsField, madeCollection, namedCollection } from '../command.ts';
import { keptCollation } from '../collation.ts';
import { checkedCollation } from '../collation-spec.ts';
import { refuseView, timeFieldOf } from '../collection-kinds.ts';
import { CommandError } from '../errors.ts';
import { kindOfKey } from '../index-kinds.ts';
import { checkedSpec, withoutUnknownFields } from '../index-spec.ts';
import { isTruthy } from '../match.ts';
import { indexOfKey, indexOfName } from '../named-indexes.ts';
import { buildIndex } from '../records.ts';
import { shellText } from '../shell-text.ts';
import type { Document } from '../values.ts';
import { isDocument, isNumeric, valuesEqual } from '../values.ts';
import { listCursor } from './schema.ts';

/** Indexes of one collection, `_id_` among them, as in MongoDB. */
const INDEXES_MAX = 64;

/** `createIndexes`: all of the command's indexes or none. */
export const createIndexes: Command = {
  isWrite: true,
  run(server, request) {
    const { catalog, sqlite } = server.storage;
    const name = collectionName(request);
    const specs = specsOf(request.body);
    const isNew = catalog.find(request.database, name) === null;
    sqlite.exec('SAVEPOINT create_indexes');
    try {
      const before = madeCollection(server, request.database, name).indexes.length;
      for (const spec of specs) addIndex(server, catalog.find(request.database, name) as Collection, spec);
      sqlite.exec('RELEASE create_indexes');
      const after = catalog.find(request.database, name)?.indexes.length ?? 0;
      const note = after === before ? { note: 'all indexes already exist' } : {};
      return answer({
        numIndexesBefore: new Int32(before),
        numIndexesAfter: new Int32(after),
        createdCollectionAutomatically: isNew,
        ...note,
      });
    } catch (error) {
      // A failing disk may have undone the whole transaction already.
      if (sqlite.isTransaction) sqlite.exec('ROLLBACK TO create_indexes; RELEASE create_indexes');
      catalog.reload();
      throw error;
    }
  },
};

function specsOf(body: Document): Document[] {
  const specs = documentsField(body, 'indexes');
  if (specs.length === 0) throw new CommandError('BadValue', 'Must specify at least one index to create');
  const { ignoreUnknownIndexOptions: isLax = false } = body;
  if (typeof isLax !== 'boolean' && !isNumeric(isLax)) {
    const message = "BSON field 'createIndexes.ignoreUnknownIndexOptions' is the wrong type";
    throw new CommandError('TypeMismatch', message);
  }
  return specs.map((spec) => checkedSpec(isTruthy(isLax) ? withoutUnknownFields(spec) : spec));
}

function addIndex(server: Server, collection: Collection, given: Document): void {
  const spec = withCollation(given, collection);
  if (isSameOrConflicting(collection, spec)) return;
  if (collection.indexes.length >= INDEXES_MAX) {
    const message = `add index fails, too many indexes for ${namespaceOf(collection)} key:${shellText(spec['key'])}`;
    throw new CommandError('CannotCreateIndex', message);
  }
  const index = server.storage.catalog.addIndex(collection, spec);
  buildIndex(server.storage, collection, index);
}

/** The index's own collation, or else its collection's, with all its fields; a text index has none. */
function withCollation(given: Document, { options }: Collection): Document {
  const { collation, ...spec } = given;
  const own = keptCollation(options['collation']);
  const full = collation === undefined ? own : checkedCollation(collation);
  if (isIdSpec(spec) && !valuesEqual(full, own)) {
    const message = '_id index must have the collection default collation';
    throw new CommandError('CannotCreateIndex', message);
  }
  if (full === null) return spec;
  if (kindOfKey(spec['key'] as Document) !== 'text') return { ...spec, collation: full };
  if (collation === undefined) return spec;
  throw new CommandError('CannotCreateIndex', "Index type 'text' does not support collation");
}

const isIdSpec = (spec: Document): boolean => valuesEqual(spec['key'], { _id: 1 });

/** True when the index is there already. @throws CommandError 85, 86 when one like it is there with other options */
function isSameOrConflicting(collection: Collection, spec: Document): boolean {
  if (isIdSpec(spec)) return true;
  const named = collection.indexes.find((index) => index.name === spec['name']);
  const keyed = collection.indexes.find((index) => hasSameSignature(index, spec));
  if (named !== undefined && !hasSameSignature(named, spec)) {
    const message = `An existing index has the same name as the requested index. When index names are not specified, they are auto generated and can cause conflicts. Please refer to our documentation. Requested index: ${shellText(spec)}, existing index: ${shellText(named.spec)}`;
    throw new CommandError('IndexKeySpecsConflict', message);
  }
  const same = named ?? keyed;
  if (same === undefined) {
    if (
      kindOfKey(spec['key'] as Document) !== 'text' ||
      !collection.indexes.some(({ kind }) => kind === 'text')
    )
      return false;
    throw new CommandError('CannotCreateIndex', 'only one text index per collection allowed');
  }
  if (!hasSameOptions(same, spec)) {
    const message = `An equivalent index already exists with the same name but different options. Requested index: ${shellText(spec)}, existing index: ${shellText(same.spec)}`;
    throw new CommandError('IndexOptionsConflict', message);
  }
  if (same.name !== spec['name']) {
    throw new CommandError(
      'IndexOptionsConflict',
      `Index already exists with a different name: ${same.name}`,
    );
  }
  return true;
}

/** What tells indexes apart beside their names. Source: server, jstests/core/index_signature.js */
function hasSameSignature(index: Index, spec: Document): boolean {
  return (
    valuesEqual(index.spec['key'], spec['key']) &&
    valuesEqual(index.spec['collation'], spec['collation']) &&
    valuesEqual(index.partialFilter ?? {}, spec['partialFilterExpression'] ?? {}) &&
    isTruthy(index.spec['unique']) === isTruthy(spec['unique']) &&
    isTruthy(index.spec['sparse']) === isTruthy(spec['sparse'])
  );
}

const OPTIONS = [
  'expireAfterSeconds', 'weights', 'default_language', 'language_override', 'min', 'max', 'bits',
] as const; // prettier-ignore

function hasSameOptions(index: Index, spec: Document): boolean {
  return OPTIONS.every((option) => valuesEqual(index.spec[option], spec[option]));
}

/** `dropIndexes` (and its old name `deleteIndexes`). */
export const dropIndexes: Command = {
  isWrite: true,
  run(server, request) {
    const collection = namedCollection(server, request);
    if (collection === null) {
      throw new CommandError(
        'NamespaceNotFound',
        `ns not found ${request.database}.${collectionName(request)}`,
      );
    }
    refuseView(collection);
    const { index: wanted } = request.body;
    // All are found before the first is dropped: all of them go, or none.
    const dropped = droppedIndexes(collection, wanted);
    for (const index of dropped) server.storage.catalog.dropIndex(collection, index);
    const nIndexesWas = new Int32(collection.indexes.length);
    return answer(
      wanted === '*' ? { nIndexesWas, msg: 'non-_id indexes dropped for collection' } : { nIndexesWas },
    );
  },
};

/** @throws CommandError 14, 27, 72, 181 for what names no index, or none that may be dropped */
function droppedIndexes(collection: Collection, wanted: unknown): ReadonlySet<Index> {
  if (wanted === '*') return new Set(collection.indexes.filter(({ id }) => id !== 0));
  const dropped = new Set(
    isDocument(wanted)
      ? [indexOfKey(collection, wanted)]
      : indexNames(wanted).map((name) => indexOfName(collection, name)),
  );
  if ([...dropped].some(({ id }) => id === 0)) {
    throw new CommandError('InvalidOptions', 'cannot drop _id index');
  }
  return dropped;
}

function indexNames(wanted: unknown): readonly string[] {
  const names: unknown[] = Array.isArray(wanted) ? wanted : [wanted];
  if (names.every((name) => typeof name === 'string')) return names;
  if (wanted === undefined) {
    throw new CommandError(40414, "BSON field 'dropIndexes.index' is missing but a required field");
  }
  throw new CommandError('TypeMismatch', 'failed to drop indexes: index name must be a string');
}

/** `listIndexes`. */
export const listIndexes: Command = {
  isWrite: false,
  run(server, request) {
    const collection = namedCollection(server, request);
    if (collection === null) {
      const message = `ns does not exist: ${request.database}.${collectionName(request)}`;
      throw new CommandError('NamespaceNotFound', message);
    }
    refuseView(collection);
    // A time series has no index on `_id`: several measurements may share one.
    const shown = collection.indexes.filter((index) => index.id !== 0 || timeFieldOf(collection) === null);
    const entries = shown.map((index) => index.spec);
    return listCursor(server, request, { namespace: namespaceOf(collection), entries });
  },
};
