import { Long } from 'bson';
import type { Collection } from '../catalog.ts';
import type { Command, Scope, Server } from '../command.ts';
import {
  answer,
  checkedName,
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
import type { CappedPlaces } from '../capped-reads.ts';
import { cappedPlaces, checkTailable, isEmpty, tailBytes } from '../capped-reads.ts';
import { viewOf } from '../collection-kinds.ts';
import type { Cursor } from '../cursors.ts';
import { takeBatch } from '../cursors.ts';
import { checkedOrder } from '../sort.ts';
import { CommandError, LongWork } from '../errors.ts';
import { compileFilter, isTruthy } from '../match.ts';
import { typeName } from '../match-type.ts';
import { addMeta, asksMeta, metaOf } from '../document-meta.ts';
import type { FieldUse } from '../field-use.ts';
import { checkNatural } from '../natural-order.ts';
import { someValueAt, splitPath } from '../paths.ts';
import { matchedPlace } from '../positional.ts';
import { compileProjection } from '../project.ts';
import type { Projector } from '../project.ts';
import type { Query } from '../query.ts';
import { documentOf, findRecords } from '../query.ts';
import { collectionTable, willTouchAll } from '../catalog.ts';
import { encodeDocument } from '../raw-bson.ts';
import { compileSort } from '../sort.ts';
import { textClause } from '../text-search.ts';
import { setAt } from '../update-paths.ts';
import type { Document } from '../values.ts';
import { compareValues, isDocument, toDouble } from '../values.ts';
import type { Source } from './views.ts';
import { checkViewOptions, viewDocuments } from './views.ts';

/** The query of `find`, `count`, `findAndModify`: `filterName` is the field that carries its filter. */
export function queryOf(body: Document, filterName: string, scope: Scope): Query {
  const limit = body['limit'] === undefined ? 0 : toDouble(body['limit']);
  const sort = checkedOrder(documentField(body, 'sort'));
  const query = {
    filter: documentField(body, filterName),
    sort: Object.keys(sort).length === 0 ? null : sort,
    skip: numberField(body, 'skip') ?? 0,
    limit: Math.abs(Math.trunc(limit)),
    hint: hintField(body),
    collate: scope.collate,
    context: scope.context,
  };
  checkNatural(query);
  return query;
}

/** The projection that the command asks for, for documents that `filter` finds; null for those of a view. */
export function projectorOf(spec: Document, filter: Document | null, scope: Scope): Projector | null {
  return compileProjection(spec, {
    ...scope.context,
    variables: scope.variables,
    matchedIndex: filter === null ? null : matchedPlace(filter, scope.context),
  });
}

/** What a projection may ask of a document beside its fields. */
type Asked = { readonly projection: Document; readonly query: Query };

/** Paths that a projection fills with what the order compared. @throws CommandError 40218 where there is no order */
function sortKeyPaths({ projection, query }: Asked): string[] {
  const paths = Object.keys(projection).filter((path) => {
    const value = projection[path];
    return isDocument(value) && value['$meta'] === 'sortKey';
  });
  if (paths.length === 0 || query.sort !== null) return paths;
  throw new CommandError(40218, 'query requires sort key metadata, but it is not available');
}

/** What the order compares of a document. */
function sortKeyOf({ sort, collate }: Query): (document: Document) => readonly unknown[] {
  const order = compileSort(sort ?? {}, collate);
  const shown = (value: unknown): unknown => (typeof value === 'symbol' ? null : (value ?? null));
  return (document) => order.keyOf(document).map(shown);
}

function withSortKey(projector: Projector | null, asked: Asked): Projector | null {
  if (projector === null || sortKeyPaths(asked).length === 0) return projector;
  const keyOf = sortKeyOf(asked.query);
  return (document) => {
    addMeta(document, { sortKey: keyOf(document) });
    return projector(document);
  };
}

const asksScore = (fields: Document): boolean =>
  Object.values(fields).some((value) => isDocument(value) && value['$meta'] === 'textScore');

/** @throws CommandError 40218 for the score of a search where nothing is searched */
function checkTextScore(projection: Document, { filter, sort }: Query): void {
  if (!asksScore(projection) && (sort === null || !asksScore(sort))) return;
  if (textClause(filter) !== undefined) return;
  throw new CommandError(40218, 'query requires text score metadata, but it is not available');
}

/** What `returnKey` shows: the key by which the document was met, and what the order compared where it is asked. */
function keyProjector(asked: Asked): Projector {
  const paths = sortKeyPaths(asked);
  const keyOf = sortKeyOf(asked.query);
  return (document) => {
    const shown = { ...(metaOf(document, 'indexKey') as Document | undefined) };
    for (const path of paths) setAt(shown, splitPath(path), keyOf(document));
    return shown;
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
    const asked = { projection: documentField(body, 'projection'), query };
    const found = isView(collection) ? null : query.filter;
    const plain = withSortKey(projectorOf(asked.projection, found, scope), asked);
    const isKeyOnly = isTruthy(body['returnKey']);
    if (isView(collection)) checkViewOptions(body);
    else checkTextScore(asked.projection, query);
    // Also where there is no collection, a bad filter is an error.
    compileFilter(query.filter, scope.context);
    const isKeyKnown = isKeyOnly || asksMeta(asked.projection, 'indexKey');
    const source = { server, database, collection, query: { ...query, isKeyKnown } };
    const isTailable = body['tailable'] === true;
    const isAwaiting = body['awaitData'] === true;
    if (isTailable) {
      checkTailable(collection, body);
      if (server.longReads !== null) throw new LongWork();
    } else if (isAwaiting) {
      throw new CommandError('FailedToParse', "Cannot set 'awaitData' without also setting 'tailable'");
    }
    const shape = {
      projector: isKeyOnly ? keyProjector(asked) : plain,
      hasRecordId: !isKeyOnly && isTruthy(body['showRecordId']),
      places: cappedPlaces(server, collection, query),
    };
    const documents =
      isTailable && collection !== null
        ? tailBytes(server, collection, { ...shape, query })
        : sourceBytes(source, shape);
    return openCursor(server, {
      isTailable: isTailable && !isEmpty(server, collection),
      places: shape.places,
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

/** What of each document is answered: with `showRecordId` its place beside it. */
type Shape = {
  readonly projector: Projector | null;
  readonly hasRecordId: boolean;
  readonly places: CappedPlaces | null;
};

function sourceBytes({ server, database, collection, query }: Source, shape: Shape) {
  if (collection === null) return [].values();
  if (isView(collection))
    return encodedBytes(viewDocuments({ server, database, collection, query }), shape.projector);
  if (shape.hasRecordId || shape.places !== null) return placedBytes(server, collection, query, shape);
  return foundBytes(server, collection, query, shape.projector);
}

function* placedBytes(server: Server, collection: Collection, query: Query, shape: Shape) {
  const { projector, hasRecordId, places } = shape;
  for (const found of findRecords(server.storage, collection, query)) {
    const place = hasRecordId ? { $recordId: Long.fromNumber(found.rowId) } : {};
    const shown = projector === null ? documentOf(found) : projector(documentOf(found));
    const bytes = projector === null && !hasRecordId ? found.bytes : encodeDocument({ ...shown, ...place });
    places?.note(bytes, found.rowId);
    yield bytes;
  }
}

function* encodedBytes(documents: Iterable<Document>, projector: Projector | null): Generator<Uint8Array> {
  for (const document of documents) {
    yield encodeDocument(projector === null ? document : projector(document));
  }
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
    if (cursor.places?.isLost(cursor.last, cursor.pending !== null) === true) {
      server.cursors.close(id);
      throw new CommandError('CappedPositionLost', 'the document that was read last is gone');
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
  run(server, { body, database }) {
    const { cursors, killCursors: name } = body;
    if (typeof name !== 'string') {
      throw new CommandError('BadValue', `collection name has invalid type ${typeName(name)}`);
    }
    checkedName(database, name);
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
    if (key.includes('\0')) throw new CommandError(31032, 'Key field cannot contain an embedded null byte');
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
