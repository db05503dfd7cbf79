import { Int32 } from 'bson';
import type { Collection, Index } from '../catalog.ts';
import { namespaceOf } from '../catalog.ts';
import type { Command, Server } from '../command.ts';
import { answer, collectionName, documentsField, madeCollection, namedCollection } from '../command.ts';
import { collateOf, fullCollation } from '../collation.ts';
import { refuseView, timeFieldOf } from '../collection-kinds.ts';
import { CommandError } from '../errors.ts';
import { KIND_OPTIONS, keptSpec, kindOfKey } from '../index-kinds.ts';
import { compileFilter, isTruthy } from '../match.ts';
import { PLAIN_MATCH } from '../match-context.ts';
import { buildIndex } from '../records.ts';
import { shellText } from '../shell-text.ts';
import type { Document } from '../values.ts';
import { isDocument, isNumeric, toDouble, valuesEqual } from '../values.ts';
import { listCursor } from './schema.ts';

/** Indexes of one collection, `_id_` among them, as in MongoDB. */
const INDEXES_MAX = 64;
const SPEC_FIELDS = new Set([
  'key', 'name', 'unique', 'sparse', 'background', 'partialFilterExpression', 'expireAfterSeconds', 'v', 'ns', 'hidden',
  'dropDups', 'collation',
]); // prettier-ignore

/** `createIndexes`: all of the command's indexes or none. */
export const createIndexes: Command = {
  isWrite: true,
  run(server, request) {
    const { catalog, sqlite } = server.storage;
    const name = collectionName(request);
    const specs = documentsField(request.body, 'indexes').map(checkedSpec);
    if (specs.length === 0) throw new CommandError('BadValue', 'Must specify at least one index to create');
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
  const full = fullCollation(collation ?? options['collation']);
  collateOf(full);
  if (full === null) return spec;
  if (kindOfKey(spec['key'] as Document) !== 'text') return { ...spec, collation: full };
  if (collation === undefined) return spec;
  throw new CommandError('CannotCreateIndex', "Index type 'text' does not support collation");
}

/** True when the index is there already. @throws CommandError 85, 86 when one like it is there with other options */
function isSameOrConflicting(collection: Collection, spec: Document): boolean {
  if (valuesEqual(spec['key'], { _id: 1 })) return true;
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
    throw new CommandError('IndexOptionsConflict', 'only one text index per collection allowed');
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

function hasSameOptions(index: Index, spec: Document): boolean {
  return (
    valuesEqual(index.spec['expireAfterSeconds'], spec['expireAfterSeconds']) &&
    valuesEqual(index.spec['weights'], spec['weights'])
  );
}

/** The specification as it is kept. @throws CommandError 67, 197 */
function checkedSpec(spec: Document): Document {
  const { key, name } = spec;
  if (!isDocument(key) || Object.keys(key).length === 0) {
    throw new CommandError('CannotCreateIndex', 'Index keys cannot be empty.');
  }
  if (typeof name !== 'string' || name === '') {
    throw new CommandError(
      'FailedToParse',
      `The 'name' field is a required property of an index specification`,
    );
  }
  if (name.includes('\0')) throw new CommandError('CannotCreateIndex', 'index name cannot contain NUL bytes');
  if (spec['v'] !== undefined && ![1, 2].includes(toDouble(spec['v']))) {
    const message = `Invalid index specification ${shellText(spec)}; cannot create an index with v=${shellText(spec['v'])}`;
    throw new CommandError('CannotCreateIndex', message);
  }
  const own = KIND_OPTIONS[kindOfKey(key)];
  const unknown = Object.keys(spec).find((field) => !SPEC_FIELDS.has(field) && !own.includes(field));
  if (unknown !== undefined) {
    const message = `The field '${unknown}' is not valid for an index specification. Specification: ${shellText(spec)}`;
    throw new CommandError('InvalidIndexSpecificationOption', message);
  }
  checkKey(key, spec);
  const kept: Document = { v: new Int32(2), key, name };
  for (const option of ['unique', 'sparse', 'hidden']) if (isTruthy(spec[option])) kept[option] = true;
  // It has meant nothing since MongoDB 4.2, but is told as it was given.
  if (spec['background'] !== undefined) kept['background'] = spec['background'];
  if (spec['collation'] !== undefined) kept['collation'] = spec['collation'];
  if (isDocument(spec['partialFilterExpression'])) {
    compileFilter(spec['partialFilterExpression'], PLAIN_MATCH);
    kept['partialFilterExpression'] = spec['partialFilterExpression'];
  }
  if (spec['expireAfterSeconds'] !== undefined) kept['expireAfterSeconds'] = checkedExpiry(spec, key);
  return { ...kept, ...keptSpec(spec, key) };
}

/** Fields of a reference to another document may be indexed. */
const REFERENCE_FIELDS = new Set(['$ref', '$id', '$db']);

function checkKey(key: Document, spec: Document): void {
  if (kindOfKey(key) === '2d' && Object.values(key)[0] !== '2d') {
    throw new CommandError(16801, '2d has to be first in index');
  }
  for (const [field, order] of Object.entries(key)) {
    if (field === '' || field.split('.').includes('')) {
      throw new CommandError('CannotCreateIndex', 'Index keys cannot contain an empty field.');
    }
    const isBad = field.split('.').some((part) => part.startsWith('$') && !REFERENCE_FIELDS.has(part));
    if (isBad && !(field === '$**' && order === 'text')) {
      const message = `Index key contains an illegal field name: field name starts with '$': ${shellText(spec['key'])}`;
      throw new CommandError('CannotCreateIndex', message);
    }
    if (order === 'hashed' || order === '2d' || order === '2dsphere' || order === 'text') continue;
    if (typeof order === 'string') {
      throw new CommandError(
        'CannotCreateIndex',
        `An index of kind '${order}' is not supported by this server`,
      );
    }
    if (isNumeric(order) && toDouble(order) !== 0 && !Number.isNaN(toDouble(order))) continue;
    const message = `Values in v:2 index key pattern cannot be of type ${typeof order}. Only numbers > 0, numbers < 0, and strings are allowed.`;
    throw new CommandError('CannotCreateIndex', message);
  }
}

function checkedExpiry(spec: Document, key: Document): unknown {
  const seconds = toDouble(spec['expireAfterSeconds']);
  if (!(seconds >= 0 && seconds <= 0x7fffffff)) {
    const message = `TTL index 'expireAfterSeconds' option must be within an acceptable range, try a different value than ${seconds}`;
    throw new CommandError('CannotCreateIndex', message);
  }
  if (Object.keys(key).length > 1) {
    throw new CommandError(
      'CannotCreateIndex',
      'TTL indexes are single-field indexes, compound indexes do not support TTL',
    );
  }
  if ('_id' in key)
    throw new CommandError(
      'InvalidIndexSpecificationOption',
      "The field 'expireAfterSeconds' is not valid for an _id index specification.",
    );
  return spec['expireAfterSeconds'];
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
    const wanted = request.body['index'];
    const nIndexesWas = new Int32(collection.indexes.length);
    if (wanted === '*') {
      for (const index of collection.indexes)
        if (index.id !== 0) server.storage.catalog.dropIndex(collection, index);
      const msg = `non-_id indexes dropped for collection`;
      return answer({ nIndexesWas, msg });
    }
    for (const one of Array.isArray(wanted) ? (wanted as unknown[]) : [wanted]) {
      server.storage.catalog.dropIndex(collection, droppable(collection, one));
    }
    return answer({ nIndexesWas });
  },
};

function droppable(collection: Collection, wanted: unknown): Index {
  const index = collection.indexes.find((known) =>
    isDocument(wanted) ? valuesEqual(known.spec['key'], wanted) : known.name === wanted,
  );
  if (index === undefined) {
    const what = isDocument(wanted)
      ? `can't find index with key: ${shellText(wanted)}`
      : `index not found with name [${String(wanted)}]`;
    throw new CommandError('IndexNotFound', what);
  }
  if (index.id === 0) throw new CommandError('InvalidOptions', 'cannot drop _id index');
  return index;
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
