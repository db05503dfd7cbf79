import { Long } from 'bson';
import type { Collection } from '../catalog.ts';
import type { Command, Scope, Server } from '../command.ts';
import {
  answer,
  collectionIdOf,
  collectionName,
  documentField,
  hintField,
  namedCollection,
  numberField,
  openCursor,
  scopeOf,
} from '../command.ts';
import { keysBy } from '../collation.ts';
import { capOf, viewOf } from '../collection-kinds.ts';
import type { Cursor } from '../cursors.ts';
import { takeBatch } from '../cursors.ts';
import { checkedOrder } from '../sort.ts';
import { CommandError, LongWork } from '../errors.ts';
import { compileFilter, isTruthy } from '../match.ts';
import { keyTuples } from '../index-keys.ts';
import { keyDocument } from '../key-bounds.ts';
import { addMeta } from '../document-meta.ts';
import type { FieldUse } from '../field-use.ts';
import { someValueAt, splitPath } from '../paths.ts';
import { matchedIndex } from '../positional.ts';
import { compileProjection } from '../project.ts';
import type { Projector } from '../project.ts';
import type { Found, Query } from '../query.ts';
import { documentOf, findRecords, planFor } from '../query.ts';
import { collectionTable, willTouchAll } from '../catalog.ts';
import { decodeDocument, encodeDocument } from '../raw-bson.ts';
import { compileSort } from '../sort.ts';
import type { StoredRecord } from '../records.ts';
import { toRecord } from '../records.ts';
import type { Document } from '../values.ts';
import { compareValues, isDocument, toDouble } from '../values.ts';
import type { Source } from './views.ts';
import { checkViewOptions, viewDocuments } from './views.ts';

/** The query of `find`, `count`, `findAndModify`: `filterName` is the field that carries its filter. */
export function queryOf(body: Document, filterName: string, scope: Scope): Query {
  const limit = body['limit'] === undefined ? 0 : toDouble(body['limit']);
  const sort = checkedOrder(documentField(body, 'sort'));
  return {
    filter: documentField(body, filterName),
    sort: Object.keys(sort).length === 0 ? null : sort,
    skip: numberField(body, 'skip') ?? 0,
    limit: Math.abs(Math.trunc(limit)),
    hint: hintField(body),
    collate: scope.collate,
    context: scope.context,
  };
}

/** The projection that the command asks for, for documents that `filter` finds; null for those of a view. */
export function projectorOf(spec: Document, filter: Document | null, scope: Scope): Projector | null {
  return compileProjection(spec, {
    ...scope.context,
    variables: scope.variables,
    matchedIndex:
      filter === null
        ? null
        : (document, arrayPath) => matchedIndex(filter, document, arrayPath, scope.context),
  });
}

/** What the order compared of a document, for a projection that asks for it. @throws CommandError 40218 */
function withSortKey(projector: Projector | null, projection: Document, { sort, collate }: Query) {
  const asks = Object.values(projection).some((value) => isDocument(value) && value['$meta'] === 'sortKey');
  if (projector === null || !asks) return projector;
  if (sort === null) {
    throw new CommandError(40218, 'query requires sort key metadata, but it is not available');
  }
  const order = compileSort(sort, collate);
  return (document: Document): Document => {
    const sortKey = order
      .keyOf(document)
      .map((value) => (typeof value === 'symbol' ? null : (value ?? null)));
    addMeta(document, { sortKey });
    return projector(document);
  };
}

const NOTHING: FieldUse = new Set();

/** Bytes of what a `find` answers. */
export function* foundBytes(
  server: Server,
  collection: Collection,
  query: Query,
  projector: Projector | null,
) {
  // Without a projection the bytes are the answer: only what decides about them is decoded.
  const read = projector === null ? { ...query, fields: NOTHING } : query;
  for (const found of findRecords(server.storage, collection, read)) {
    yield projector === null ? found.bytes : encodeDocument(projector(documentOf(found)));
  }
}

/** `min` and `max` as a query has them: none where neither says anything. */
function boundsOf(body: Document): Pick<Query, 'bounds'> {
  const [min, max] = ['min', 'max'].map((name) => documentField(body, name)).map(filled);
  return min === undefined || max === undefined || min === max ? {} : { bounds: { min, max } };
}

const filled = (document: Document): Document | null =>
  Object.keys(document).length === 0 ? null : document;

/** `find`. */
export const find: Command = {
  isWrite: false,
  run(server, request) {
    const { body, database } = request;
    const collection = namedCollection(server, request);
    const scope = scopeOf(body, collection);
    numberField(body, 'limit');
    const query = { ...queryOf(body, 'filter', scope), ...boundsOf(body) };
    const projection = documentField(body, 'projection');
    const found = isView(collection) ? null : query.filter;
    const projector = withSortKey(projectorOf(projection, found, scope), projection, query);
    // Also where there is no collection, a bad filter is an error.
    compileFilter(query.filter, scope.context);
    const source = { server, database, collection, query };
    if (isView(collection)) checkViewOptions(body);
    const isTailable = body['tailable'] === true;
    const isAwaiting = body['awaitData'] === true;
    if (isTailable) {
      checkTailable(collection);
      if (server.longReads !== null) throw new LongWork();
    } else if (isAwaiting) {
      throw new CommandError('FailedToParse', "Cannot set 'awaitData' without also setting 'tailable'");
    }
    const shape = {
      projector,
      isKeyOnly: isTruthy(body['returnKey']),
      hasRecordId: isTruthy(body['showRecordId']),
    };
    const documents = isTailable ? tailBytes(source, projector) : sourceBytes(source, shape);
    return openCursor(server, {
      isTailable,
      isAwaiting,
      namespace: `${database}.${collectionName(request)}`,
      documents,
      batchSize: numberField(body, 'batchSize'),
      isSingle: body['singleBatch'] === true,
      isKept: body['noCursorTimeout'] === true,
    });
  },
};

const isView = (collection: Collection | null): collection is Collection =>
  collection !== null && viewOf(collection) !== null;

/** What of each document is answered: `returnKey` its key only, `showRecordId` its place beside it. */
type Shape = {
  readonly projector: Projector | null;
  readonly isKeyOnly: boolean;
  readonly hasRecordId: boolean;
};

function sourceBytes({ server, database, collection, query }: Source, shape: Shape) {
  if (collection === null) return [].values();
  if (isView(collection))
    return encodedBytes(viewDocuments({ server, database, collection, query }), shape.projector);
  if (shape.isKeyOnly || shape.hasRecordId) return markedBytes(server, collection, query, shape);
  return foundBytes(server, collection, query, shape.projector);
}

function* markedBytes(server: Server, collection: Collection, query: Query, shape: Shape) {
  const plan = planFor(server.storage, collection, query);
  const show = ({ projector, isKeyOnly }: Shape, found: Found): Document => {
    if (isKeyOnly) {
      const document = decodeDocument(found.bytes);
      return keyDocument(plan, ({ fields }) => keyTuples(document, fields).tuples);
    }
    return projector === null ? documentOf(found) : projector(documentOf(found));
  };
  for (const found of findRecords(server.storage, collection, query)) {
    const place = shape.hasRecordId ? { $recordId: Long.fromNumber(found.rowId) } : {};
    yield encodeDocument({ ...show(shape, found), ...place });
  }
}

function* encodedBytes(documents: Iterable<Document>, projector: Projector | null): Generator<Uint8Array> {
  for (const document of documents) {
    yield encodeDocument(projector === null ? document : projector(document));
  }
}

function checkTailable(collection: Collection | null): void {
  if (collection === null || capOf(collection) !== null) return;
  const message = 'error processing query: tailable cursor requested on non capped collection';
  throw new CommandError('BadValue', message);
}

/** A capped collection's documents in their order; after the last one, those that come later. */
function tailBytes({ server, collection, query }: Source, projector: Projector | null): Iterator<Uint8Array> {
  if (collection === null) return [].values();
  const test = compileFilter(query.filter, query.context);
  const page = server.storage.sqlite.statement(
    `SELECT id, d FROM ${collectionTable(collection)} WHERE id > ? ORDER BY id LIMIT 100`,
  );
  let after = Number.MIN_SAFE_INTEGER;
  let waiting: StoredRecord[] = [];
  return {
    next() {
      for (;;) {
        if (waiting.length === 0) waiting = page.all(after).map(toRecord);
        const record = waiting.shift();
        if (record === undefined) return { done: true, value: undefined };
        after = record.rowId;
        const document = decodeDocument(record.bytes);
        if (!test(document)) continue;
        return {
          done: false,
          value: projector === null ? record.bytes : encodeDocument(projector(document)),
        };
      }
    },
  };
}

/** `getMore`. */
export const getMore: Command = {
  isWrite: false,
  run(server, { body, database, isWaitOver }) {
    const id = body['getMore'];
    if (!(id instanceof Long)) throw new CommandError('TypeMismatch', 'BSON field getMore must be a long');
    if (server.longReads?.has(id) === true) throw new LongWork();
    const namespace = `${database}.${textField(body, 'collection')}`;
    const cursor = server.cursors.find(id, namespace);
    if (cursor.collectionId !== collectionIdOf(server, namespace)) {
      server.cursors.close(id);
      throw new CommandError('QueryPlanKilled', `collection dropped: ${namespace}`);
    }
    cursor.usedAt = server.now().getTime();
    const size = numberField(body, 'batchSize');
    const waitMs = waitOf(cursor, body);
    const { batch, isExhausted } = closedOnFailure(server, id, () =>
      takeBatch(cursor, size === 0 ? null : size),
    );
    if (isExhausted) server.cursors.close(id);
    if (batch.length === 0 && waitMs !== null && isWaitOver !== true) return { kind: 'wait', waitMs };
    return { kind: 'cursor', id: isExhausted ? Long.ZERO : id, namespace, field: 'nextBatch', batch };
  },
};

/** How long an `awaitData` cursor waits for a next document when the client does not say. Source: MongoDB manual, tailable cursors */
const AWAIT_MS = 1_000;

/** For how long an empty batch is held back; null for a cursor that does not wait. @throws CommandError 2 */
function waitOf({ isAwaiting }: Cursor, body: Document): number | null {
  const given = numberField(body, 'maxTimeMS');
  if (isAwaiting) return given === null || given === 0 ? AWAIT_MS : given;
  if (given === null || given === 0) return null;
  throw new CommandError('BadValue', 'cannot set maxTimeMS on getMore command for a non-awaitData cursor');
}

function textField(body: Document, name: string): string {
  const value = body[name];
  if (typeof value === 'string') return value;
  if (value === undefined)
    throw new CommandError(40414, `BSON field '${name}' is missing but a required field`);
  throw new CommandError('TypeMismatch', `BSON field '${name}' is the wrong type, expected type 'string'`);
}

function closedOnFailure<Result>(server: Server, id: Long, run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    server.cursors.close(id);
    throw error;
  }
}

/** `killCursors`. */
export const killCursors: Command = {
  isWrite: false,
  run(server, { body }) {
    const { cursors } = body;
    if (cursors === undefined) {
      throw new CommandError(40414, "BSON field 'killCursors.cursors' is missing but a required field");
    }
    if (!Array.isArray(cursors) || !cursors.every((one) => one instanceof Long)) {
      throw new CommandError('TypeMismatch', "BSON field 'killCursors.cursors' is the wrong type");
    }
    const ids: readonly Long[] = cursors;
    const killed = ids.filter((id) => server.cursors.close(id) || server.longReads?.kill(id) === true);
    const missing = ids.filter((id) => !killed.includes(id));
    return answer({ cursorsKilled: killed, cursorsNotFound: missing, cursorsAlive: [], cursorsUnknown: [] });
  },
};

/** `count`. */
export const count: Command = {
  isWrite: false,
  run(server, request) {
    const collection = namedCollection(server, request);
    const scope = scopeOf(request.body, collection);
    const query = queryOf(request.body, 'query', scope);
    compileFilter(query.filter, scope.context);
    if (isView(collection)) {
      const source = { server, database: request.database, collection, query: { ...query, sort: null } };
      return answer({ n: [...viewDocuments(source)].length });
    }
    return answer({
      n: collection === null ? 0 : countMatching(server, collection, { ...query, sort: null }),
    });
  },
};

/** How many documents a query finds; without a filter SQLite counts them. */
export function countMatching(server: Server, collection: Collection, query: Query): number {
  if (Object.keys(query.filter).length === 0 && query.hint === null) {
    willTouchAll(server.storage.sqlite, collection);
    const sql = `SELECT count(*) FROM ${collectionTable(collection)}`;
    const total = server.storage.sqlite.statement(sql).get()?.[0] as number;
    const rest = Math.max(total - query.skip, 0);
    return query.limit === 0 ? rest : Math.min(rest, query.limit);
  }
  let matching = 0;
  const records = findRecords(server.storage, collection, { ...query, fields: NOTHING });
  while (records.next().done !== true) matching++;
  return matching;
}

/** `distinct`. */
export const distinct: Command = {
  isWrite: false,
  run(server, request) {
    const { body } = request;
    const { key } = body;
    if (typeof key !== 'string')
      throw new CommandError('TypeMismatch', "BSON field 'distinct.key' is the wrong type");
    const collection = namedCollection(server, request);
    const scope = scopeOf(body, collection);
    const query = queryOf(body, 'query', scope);
    compileFilter(query.filter, scope.context);
    if (collection === null) return answer({ values: [] });
    const source = { server, database: request.database, collection, query };
    return answer({ values: distinctValues(documentsOf(source), { query, key }) });
  },
};

function* documentsOf({
  collection,
  ...source
}: Source & { readonly collection: Collection }): Generator<Document> {
  if (isView(collection)) yield* viewDocuments({ ...source, collection });
  else
    for (const found of findRecords(source.server.storage, collection, source.query)) yield documentOf(found);
}

function distinctValues(
  documents: Iterable<Document>,
  { query, key }: { readonly query: Query; readonly key: string },
): unknown[] {
  const values = new Map<string, unknown>();
  // Under a collation texts that it takes for equal are one value: the first that was met.
  const keyOf = keysBy(query.collate);
  const keep = (value: unknown): void => {
    if (value === undefined) return;
    const key = keyOf(value);
    if (!values.has(key)) values.set(key, value);
  };
  for (const document of documents) {
    someValueAt(document, splitPath(key), (value) => {
      if (Array.isArray(value)) value.forEach(keep);
      else keep(value);
      return false;
    });
  }
  return [...values.values()].sort((left, right) => compareValues(left, right, query.collate));
}
