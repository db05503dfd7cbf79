import { Long } from 'bson';
import type { Collection } from '../catalog.ts';
import type { Command, Scope, Server } from '../command.ts';
import {
  answer,
  collectionName,
  documentField,
  hintField,
  namedCollection,
  numberField,
  openCursor,
  scopeOf,
} from '../command.ts';
import { takeBatch } from '../cursors.ts';
import { CommandError } from '../errors.ts';
import { compileFilter } from '../match.ts';
import { encodeValue } from '../key-encoding.ts';
import { someValueAt, splitPath } from '../paths.ts';
import { matchedIndex } from '../positional.ts';
import { compileProjection } from '../project.ts';
import type { Projector } from '../project.ts';
import type { Query } from '../query.ts';
import { documentOf, findRecords } from '../query.ts';
import { collectionTable } from '../catalog.ts';
import { encodeDocument } from '../raw-bson.ts';
import type { Document } from '../values.ts';
import { toDouble } from '../values.ts';

/** The query of `find`, `count`, `findAndModify`: `filterName` is the field that carries its filter. */
export function queryOf(body: Document, filterName: string, scope: Scope): Query {
  const limit = body['limit'] === undefined ? 0 : toDouble(body['limit']);
  const sort = documentField(body, 'sort');
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

/** The projection that the command asks for, for documents that `filter` finds. */
export function projectorOf(spec: Document, filter: Document, scope: Scope): Projector | null {
  return compileProjection(spec, {
    ...scope.context,
    variables: scope.variables,
    matchedIndex: (document, arrayPath) => matchedIndex(filter, document, arrayPath, scope.context),
  });
}

/** Bytes of what a `find` answers. */
export function* foundBytes(
  server: Server,
  collection: Collection,
  query: Query,
  projector: Projector | null,
) {
  for (const found of findRecords(server.storage, collection, query)) {
    yield projector === null ? found.bytes : encodeDocument(projector(documentOf(found)));
  }
}

/** `find`. */
export const find: Command = {
  isWrite: false,
  run(server, request) {
    const { body, database } = request;
    const collection = namedCollection(server, request);
    const scope = scopeOf(body, collection);
    refuseTailable(body);
    const limit = numberField(body, 'limit', Number.MIN_SAFE_INTEGER) ?? 0;
    const query = queryOf(body, 'filter', scope);
    const projector = projectorOf(documentField(body, 'projection'), query.filter, scope);
    // Also where there is no collection, a bad filter is an error.
    compileFilter(query.filter, scope.context);
    const documents = collection === null ? [].values() : foundBytes(server, collection, query, projector);
    return openCursor(server, {
      namespace: `${database}.${collectionName(request)}`,
      documents,
      batchSize: numberField(body, 'batchSize'),
      isSingle: body['singleBatch'] === true || limit < 0,
      isKept: body['noCursorTimeout'] === true,
    });
  },
};

function refuseTailable(body: Document): void {
  if (body['tailable'] !== true) return;
  throw new CommandError(
    'BadValue',
    'error processing query: tailable cursor requested on non capped collection',
  );
}

/** `getMore`. */
export const getMore: Command = {
  isWrite: false,
  run(server, { body, database }) {
    const id = body['getMore'];
    if (!(id instanceof Long)) throw new CommandError('TypeMismatch', 'BSON field getMore must be a long');
    const namespace = `${database}.${String(body['collection'])}`;
    const cursor = server.cursors.find(id, namespace);
    cursor.usedAt = server.now().getTime();
    const size = numberField(body, 'batchSize');
    const { batch, isExhausted } = closedOnFailure(server, id, () =>
      takeBatch(cursor, size === 0 ? null : size),
    );
    if (isExhausted) server.cursors.close(id);
    return { kind: 'cursor', id: isExhausted ? Long.ZERO : id, namespace, field: 'nextBatch', batch };
  },
};

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
    const ids = Array.isArray(body['cursors']) ? (body['cursors'] as Long[]) : [];
    const killed = ids.filter((id) => server.cursors.close(id));
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
    return answer({
      n: collection === null ? 0 : countMatching(server, collection, { ...query, sort: null }),
    });
  },
};

/** How many documents a query finds; without a filter SQLite counts them. */
export function countMatching(server: Server, collection: Collection, query: Query): number {
  if (Object.keys(query.filter).length === 0) {
    const sql = `SELECT count(*) FROM ${collectionTable(collection)}`;
    const total = server.storage.sqlite.statement(sql).get()?.[0] as number;
    const rest = Math.max(total - query.skip, 0);
    return query.limit === 0 ? rest : Math.min(rest, query.limit);
  }
  let matching = 0;
  const records = findRecords(server.storage, collection, query);
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
    return answer({ values: collection === null ? [] : distinctValues(server, collection, { query, key }) });
  },
};

function distinctValues(
  server: Server,
  collection: Collection,
  { query, key }: { readonly query: Query; readonly key: string },
): unknown[] {
  const values = new Map<string, unknown>();
  const keep = (value: unknown): void => {
    if (value === undefined) return;
    const encoded = encodeValue(value).toString('latin1');
    if (!values.has(encoded)) values.set(encoded, value);
  };
  for (const found of findRecords(server.storage, collection, query)) {
    someValueAt(documentOf(found), splitPath(key), (value) => {
      if (Array.isArray(value)) value.forEach(keep);
      else keep(value);
      return false;
    });
  }
  return [...values.entries()].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, value]) => value);
}
