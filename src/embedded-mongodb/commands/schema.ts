import type { Binary } from 'bson';
import { Int32, UUID } from 'bson';
import { createHash } from 'node:crypto';
import type { Collection, Index } from '../catalog.ts';
import { namespaceOf, willTouchAll } from '../catalog.ts';
import type { Command, Reply, Request, Server } from '../command.ts';
import {
  answer,
  checkedName,
  collectionName,
  documentField,
  namedCollection,
  openCursor,
  scopeOf,
} from '../command.ts';
import { changedIndex, changedOptions } from '../collection-changes.ts';
import { checkedKind, typeOf, viewOf } from '../collection-kinds.ts';
import { checkedCollation } from '../collation-spec.ts';
import { GENERIC_FIELDS } from '../command-fields.ts';
import { CommandError } from '../errors.ts';
import { checkIdIndex } from '../index-spec.ts';
import { compileFilter, isTruthy } from '../match.ts';
import { PLAIN_MATCH } from '../match-context.ts';
import { encodeDocument } from '../raw-bson.ts';
import { repeatedKeys } from '../records.ts';
import { numberField } from '../command.ts';
import type { Document } from '../values.ts';
import { valuesEqual } from '../values.ts';
import { checkValidation } from '../validator.ts';
import { changeView, checkNewView, refuseViewOptions, VIEWS_COLLECTION } from './views.ts';

/** Options of `create` that this server keeps; others are refused. */
const KEPT_OPTIONS = new Set([
  'validator', 'validationLevel', 'validationAction', 'collation', 'capped', 'size', 'max', 'clusteredIndex',
  'timeseries', 'expireAfterSeconds', 'viewOn', 'pipeline', 'changeStreamPreAndPostImages',
]); // prettier-ignore
const IGNORED_OPTIONS = new Set([
  'autoIndexId',
  'temp',
  'writeConcern',
  'comment',
  'indexOptionDefaults',
  'storageEngine',
  'idIndex',
]);

/** `create`. */
export const create: Command = {
  isWrite: true,
  run(server, request) {
    const name = collectionName(request);
    const options = createOptions(request, name);
    const existing = server.storage.catalog.find(request.database, name);
    if (existing !== null) {
      if (valuesEqual(existing.options, options)) return answer({});
      const message = `Collection ${request.database}.${name} already exists.`;
      throw new CommandError('NamespaceExists', message);
    }
    checkNewView(server, request.database, { name, options });
    server.storage.catalog.create(request.database, name, options);
    return answer({});
  },
};

function createOptions({ body, database }: Request, name: string): Document {
  const options: Document = {};
  for (const [key, value] of Object.entries(body)) {
    if (key === 'create' || key.startsWith('$') || IGNORED_OPTIONS.has(key) || GENERIC_FIELDS.has(key))
      continue;
    if (value === null) continue;
    if (key === 'capped') {
      if (isTruthy(value)) options[key] = true;
      continue;
    }
    if (!KEPT_OPTIONS.has(key)) {
      throw new CommandError(40415, `BSON field 'create.${key}' is an unknown field.`);
    }
    options[key] = value;
  }
  checkValidation({ database, name }, options);
  const collation = checkedCollation(options['collation']);
  delete options['collation'];
  if (collation !== null) options['collation'] = collation;
  checkIdIndex(body, options);
  scopeOf(options, null);
  return checkedKind(options);
}

/** `drop`. */
export const drop: Command = {
  isWrite: true,
  run(server, request) {
    const collection = namedCollection(server, request);
    if (collection === null) return answer({});
    server.storage.catalog.drop(collection);
    const ns = namespaceOf(collection);
    return answer({ nIndexesWas: new Int32(collection.indexes.length), ns });
  },
};

/** `dropDatabase`. */
export const dropDatabase: Command = {
  isWrite: true,
  run(server, { database }) {
    const collections = server.storage.catalog.list(database);
    for (const collection of collections) server.storage.catalog.drop(collection);
    return answer(collections.length === 0 ? {} : { dropped: database });
  },
};

/** `renameCollection`, from the `admin` database. */
export const renameCollection: Command = {
  isWrite: true,
  run(server, { body }) {
    const { catalog } = server.storage;
    const [from, to] = [splitNamespace(body['renameCollection']), splitNamespace(body['to'])];
    if ([from.name, to.name].some((name) => name.startsWith('system.'))) {
      throw new CommandError('IllegalOperation', 'cannot rename system collections');
    }
    const source = catalog.find(from.database, from.name);
    if (source === null) {
      const message = `Source collection ${from.database}.${from.name} does not exist`;
      throw new CommandError('NamespaceNotFound', message);
    }
    const target = catalog.find(to.database, to.name);
    if (target !== null && target.id !== source.id) {
      if (!isTruthy(body['dropTarget'])) throw new CommandError('NamespaceExists', 'target namespace exists');
      catalog.drop(target);
    }
    if (target?.id === source.id)
      throw new CommandError('IllegalOperation', "Can't rename a collection to itself");
    catalog.rename(source, to.database, to.name);
    return answer({});
  },
};

function splitNamespace(namespace: unknown): { readonly database: string; readonly name: string } {
  const text = typeof namespace === 'string' ? namespace : '';
  const dot = text.indexOf('.');
  const database = dot === -1 ? text : text.slice(0, dot);
  return { database, name: checkedName(database, dot === -1 ? '' : text.slice(dot + 1)) };
}

/** `listCollections`. */
export const listCollections: Command = {
  isWrite: false,
  run(server, request) {
    const { database, body } = request;
    const test = compileFilter(documentField(body, 'filter'), PLAIN_MATCH);
    const isNameOnly = isTruthy(body['nameOnly']);
    const collections = server.storage.catalog.list(database);
    const hasViews = collections.some((collection) => viewOf(collection) !== null);
    const entries = [...collections.map(collectionEntry), ...(hasViews ? [viewsEntry(database)] : [])]
      .filter(test)
      .map((entry) => (isNameOnly ? { name: entry['name'], type: entry['type'] } : entry));
    return listCursor(server, request, { namespace: `${database}.$cmd.listCollections`, entries });
  },
};

function collectionEntry(collection: Collection): Document {
  const head = { name: collection.name, type: typeOf(collection), options: collection.options };
  if (head.type === 'view') return { ...head, info: { readOnly: true } };
  const info = { readOnly: false, uuid: uuidOf(collection.id) };
  const hasIdIndex = head.type === 'collection' && collection.options['clusteredIndex'] === undefined;
  return { ...head, info, ...(hasIdIndex ? { idIndex: idIndexEntry() } : {}) };
}

const idIndexEntry = (): Document => ({ v: new Int32(2), key: { _id: new Int32(1) }, name: '_id_' });

/** Where MongoDB keeps views, as it lists it as soon as there are some. */
function viewsEntry(database: string): Document {
  const info = { readOnly: false, uuid: uuidOf(`${database}.${VIEWS_COLLECTION}`) };
  return { name: VIEWS_COLLECTION, type: 'collection', options: {}, info, idIndex: idIndexEntry() };
}

/** The same for as long as the collection is there; only looks random. */
function uuidOf(id: number | string): Binary {
  const bytes = createHash('sha256').update(`collection ${id}`).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x40, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return new UUID(bytes);
}

/** A cursor over documents that are made here. */
export function listCursor(
  server: Server,
  { body }: Request,
  { namespace, entries }: { readonly namespace: string; readonly entries: readonly Document[] },
) {
  const cursor = documentField(body, 'cursor');
  return openCursor(server, {
    namespace,
    documents: entries.map(encodeDocument).values(),
    batchSize: numberField(cursor, 'batchSize'),
    isSingle: false,
    isKept: false,
  });
}

/** Databases that MongoDB lists of every server, also where nothing is in them. */
const LASTING_DATABASES = ['admin', 'config', 'local'];

/** `listDatabases`. */
export const listDatabases: Command = {
  isWrite: false,
  run(server, { body }) {
    const test = compileFilter(documentField(body, 'filter'), PLAIN_MATCH);
    const isNameOnly = isTruthy(body['nameOnly']);
    const { catalog } = server.storage;
    const names = [...new Set([...catalog.databases(), ...LASTING_DATABASES])].sort();
    const databases = names.map((name) => {
      if (isNameOnly) return { name };
      const collections = catalog.list(name);
      const sizeOnDisk = collections.reduce((sum, part) => sum + dataBytes(server, part), 0);
      return { name, sizeOnDisk, empty: collections.length === 0 };
    });
    const listed = databases.filter(test);
    if (isNameOnly) return answer({ databases: listed });
    const totalSize = listed.reduce((sum, { sizeOnDisk = 0 }) => sum + sizeOnDisk, 0);
    return answer({ databases: listed, totalSize });
  },
};

/** Bytes of a collection's documents. */
export function dataBytes(server: Server, collection: Collection): number {
  willTouchAll(server.storage.sqlite, collection);
  const sql = `SELECT coalesce(sum(length(d)), 0) FROM c${collection.id}`;
  return Number(server.storage.sqlite.statement(sql).get()?.[0] ?? 0);
}

/** `collMod`: an index's expiry or visibility, a validator. */
export const collMod: Command = {
  isWrite: true,
  run(server, request) {
    const { catalog } = server.storage;
    const collection = namedCollection(server, request);
    if (collection === null) throw new CommandError('NamespaceNotFound', 'ns does not exist');
    const { body } = request;
    if (viewOf(collection) !== null) return changeView(server, request, collection);
    refuseViewOptions(body);
    // All is checked before anything changes.
    const options = changedOptions(collection, body);
    const change = documentField(body, 'index');
    const index = body['index'] === undefined ? null : changedIndex(collection, change);
    catalog.setOptions(collection, options);
    return index === null ? answer({}) : changeIndex(server, { collection, index, change });
  },
};

type IndexChange = { readonly collection: Collection; readonly index: Index; readonly change: Document };

/** An index's expiry, visibility or uniqueness. @throws CommandError 359 with the documents that are in the way */
function changeIndex(server: Server, { collection, index, change }: IndexChange): Reply {
  const spec = { ...index.spec };
  if (change['expireAfterSeconds'] !== undefined) spec['expireAfterSeconds'] = change['expireAfterSeconds'];
  if (isTruthy(change['hidden'])) spec['hidden'] = true;
  else if (change['hidden'] !== undefined) delete spec['hidden'];
  if (change['prepareUnique'] !== undefined) spec['prepareUnique'] = isTruthy(change['prepareUnique']);
  if (isTruthy(change['unique'])) {
    const violations = repeatedKeys(server.storage, collection, index);
    if (violations.length > 0) {
      const message =
        'Cannot convert the index to unique. Please resolve conflicting documents before running collMod again.';
      throw new CommandError('CannotConvertIndexToUnique', message, { violations });
    }
    spec['unique'] = true;
    delete spec['prepareUnique'];
  }
  server.storage.catalog.setIndexSpec(collection, index, spec);
  const wasHidden = isTruthy(index.spec['hidden']);
  const isHidden = isTruthy(spec['hidden']);
  return answer({
    ...(change['expireAfterSeconds'] === undefined
      ? {}
      : {
          expireAfterSeconds_old: index.spec['expireAfterSeconds'],
          expireAfterSeconds_new: spec['expireAfterSeconds'],
        }),
    ...(wasHidden === isHidden ? {} : { hidden_old: wasHidden, hidden_new: isHidden }),
  });
}
