import { Int32 } from 'bson';
import type { Collection } from '../catalog.ts';
import { collectionTable, willTouchAll } from '../catalog.ts';
import type { Command, Reply, Request, Scope, Server } from '../command.ts';
import {
  answer,
  collectionName,
  documentField,
  documentsField,
  hintField,
  madeCollection,
  namedCollection,
  scopeOf,
} from '../command.ts';
import { refuseView } from '../collection-kinds.ts';
import { checkStatementFields } from '../command-fields.ts';
import { CommandError } from '../errors.ts';
import { checkedDocument } from '../validator.ts';
import {
  checkInserted,
  decodeDocument,
  encodeDocument,
  encodeUpdated,
  hasEmptyTimestamp,
  rawDocuments,
  rawElements,
  withIdFirst,
} from '../raw-bson.ts';
import { deleteRecord, insertRecord, replaceRecord } from '../records.ts';
import type { Found, Query } from '../query.ts';
import { documentOf, firstRecord, recordsToChange } from '../query.ts';
import { isTruthy } from '../match.ts';
import { checkNatural } from '../natural-order.ts';
import { withServerTime } from '../timestamps.ts';
import { refuseUnknownStages } from '../stages/stages.ts';
import type { UpdateChange } from '../update-statement.ts';
import { updateChange } from '../update-statement.ts';
import type { Document } from '../values.ts';
import { isDocument, toDouble } from '../values.ts';
import { projectorOf, queryOf } from './find.ts';

/** Statements that one command may carry; announced in `hello`. */
export const STATEMENTS_MAX = 100_000;

/** Statements of a write command: from its document sequence or its body. */
function statementsOf(request: Request, field: string): Document[] {
  const sequence = request.sequences.get(field);
  return limited(sequence === undefined ? documentsField(request.body, field) : sequence.map(decodeDocument));
}

function limited<Item>(statements: Item[]): Item[] {
  if (statements.length >= 1 && statements.length <= STATEMENTS_MAX) return statements;
  const message = `Write batch sizes must be between 1 and ${STATEMENTS_MAX}. Got ${statements.length} operations.`;
  throw new CommandError('InvalidOptions', message);
}

/** The documents of `insert`, byte for byte. */
function insertedBytes(request: Request): Buffer[] {
  const sequence = request.sequences.get('documents');
  if (sequence !== undefined) return limited([...sequence]);
  for (const element of rawElements(request.bodyBytes)) {
    if (element.name !== 'documents') continue;
    if (element.type !== 4)
      throw new CommandError('TypeMismatch', "BSON field 'insert.documents' is the wrong type");
    return limited(rawDocuments(request.bodyBytes, element.valueStart));
  }
  throw new CommandError(40414, "BSON field 'insert.documents' is missing but a required field");
}

/** Runs the statements in order; a failure ends an ordered command and is listed by its place. */
function eachStatement<Statement>(
  request: Request,
  statements: readonly Statement[],
  run: (statement: Statement, index: number) => void,
): Document[] {
  const isOrdered = request.body['ordered'] !== false;
  const writeErrors: Document[] = [];
  for (let index = 0; index < statements.length; index++) {
    try {
      run(statements[index] as Statement, index);
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      writeErrors.push({ index: new Int32(index), code: error.code, ...error.extra, errmsg: error.message });
      if (isOrdered) break;
    }
  }
  return writeErrors;
}

/** Adds `writeErrors` where there are any; `extra` comes first, as MongoDB orders an answer. */
function writeAnswer(extra: Document, writeErrors: readonly Document[]): Reply {
  return answer(writeErrors.length === 0 ? extra : { ...extra, writeErrors });
}

const stamped = (bytes: Buffer, now: Date): Buffer =>
  encodeDocument(withServerTime(decodeDocument(bytes), now));

/** `insert`. */
export const insert: Command = {
  isWrite: true,
  run(server, request) {
    const documents = insertedBytes(request);
    server.storage.sqlite.willTouch(() => documents.length);
    const collection = madeCollection(server, request.database, collectionName(request));
    let inserted = 0;
    const writeErrors = eachStatement(request, documents, (bytes) => {
      const stored = withIdFirst(hasEmptyTimestamp(bytes) ? stamped(bytes, server.now()) : bytes);
      checkInserted(stored);
      checkedDocument(collection, request.body, { document: () => decodeDocument(stored) });
      insertRecord(server.storage, collection, stored);
      inserted++;
    });
    return writeAnswer({ n: inserted }, writeErrors);
  },
};

/** `update`. */
export const update: Command = {
  isWrite: true,
  run(server, request) {
    const statements = statementsOf(request, 'updates');
    // A field that MongoDB does not know ends the command before any of its statements.
    for (const statement of statements) {
      checkStatementFields('update.updates', statement);
      if (Array.isArray(statement['u'])) refuseUnknownStages(statement['u']);
    }
    const name = collectionName(request);
    const upserted: Document[] = [];
    let matched = 0;
    let modified = 0;
    const writeErrors = eachStatement(request, statements, (statement, index) => {
      const outcome = updateStatement(server, request, { name, statement });
      matched += outcome.matched;
      modified += outcome.modified;
      if (outcome.upsertedId === undefined) return;
      matched++;
      upserted.push({ index: new Int32(index), _id: outcome.upsertedId });
    });
    const counts = { n: matched, nModified: modified };
    return writeAnswer(upserted.length === 0 ? counts : { ...counts, upserted }, writeErrors);
  },
};

type UpdateOutcome = { readonly matched: number; readonly modified: number; readonly upsertedId: unknown };

function updateStatement(
  server: Server,
  request: Request,
  { name, statement }: { readonly name: string; readonly statement: Document },
): UpdateOutcome {
  const isMulti = statement['multi'] === true;
  const isUpsert = statement['upsert'] === true;
  let collection = server.storage.catalog.find(request.database, name);
  if (collection !== null) refuseView(collection);
  const scope = scopeOf(statement, collection, statement['c'] ?? request.body['let']);
  const query = statementQuery(statement, scope, isMulti ? 0 : 1);
  const change = updateChange(statement['u'], { query, scope, isMulti, statement, now: server.now() });
  let [matched, modified] = [0, 0];
  for (const record of recordsToChange(server.storage, collection, query)) {
    matched++;
    if (applyChange(server, collection as Collection, { ...change, record, body: request.body })) modified++;
  }
  if (matched === 0 && isUpsert) {
    collection ??= madeCollection(server, request.database, name);
    const document = change.upserted();
    insertDocument(server, collection, { document, body: request.body });
    return { matched: 0, modified: 0, upsertedId: document['_id'] };
  }
  return { matched, modified, upsertedId: undefined };
}

function statementQuery(statement: Document, scope: Scope, limit: number): Query {
  const sort = documentField(statement, 'sort');
  const query = {
    filter: documentField(statement, 'q'),
    sort: Object.keys(sort).length === 0 ? null : sort,
    skip: 0,
    limit,
    hint: hintField(statement),
    collate: scope.collate,
    context: scope.context,
  };
  checkNatural(query);
  return query;
}

function insertDocument(
  server: Server,
  collection: Collection,
  { document, body }: { readonly document: Document; readonly body: Document },
): void {
  checkedDocument(collection, body, { document: () => document });
  insertRecord(server.storage, collection, encodeUpdated(document, 'upsert'));
}

type Change = Pick<UpdateChange, 'updated' | 'isAlwaysWrite'> & {
  readonly record: Found;
  readonly body: Document;
};

/** Stores the changed document. @returns whether it was written */
function applyChange(server: Server, collection: Collection, change: Change): boolean {
  const { record, body } = change;
  const before = documentOf(record);
  const after = change.updated(before);
  const bytes = encodeUpdated(after, 'update');
  if (!change.isAlwaysWrite && bytes.equals(record.bytes)) return false;
  checkedDocument(collection, body, { document: () => after, before });
  replaceRecord(server.storage, collection, { rowId: record.rowId, before, after, bytes });
  return true;
}

/** `delete`. */
export const remove: Command = {
  isWrite: true,
  run(server, request) {
    const statements = statementsOf(request, 'deletes');
    for (const statement of statements) checkStatementFields('delete.deletes', statement);
    const collection = namedCollection(server, request);
    if (collection !== null) refuseView(collection);
    let removed = 0;
    const writeErrors = eachStatement(request, statements, (statement) => {
      const limit = toDouble(statement['limit']);
      if (limit !== 0 && limit !== 1) {
        throw new CommandError(
          'FailedToParse',
          `The limit field in delete objects must be 0 or 1. Got ${limit}`,
        );
      }
      const scope = scopeOf(statement, collection, request.body['let']);
      const query = statementQuery(statement, scope, limit);
      removed += deleteMatching(server, collection, query);
    });
    return writeAnswer({ n: removed }, writeErrors);
  },
};

function deleteMatching(server: Server, collection: Collection | null, query: Query): number {
  const isAll = Object.keys(query.filter).length === 0 && query.limit === 0;
  if (isAll && collection?.indexes.length === 1) {
    willTouchAll(server.storage.sqlite, collection);
    const table = collectionTable(collection);
    const total = server.storage.sqlite.statement(`SELECT count(*) FROM ${table}`).get()?.[0] as number;
    server.storage.sqlite.statement(`DELETE FROM ${table}`).run();
    return total;
  }
  let removed = 0;
  for (const record of recordsToChange(server.storage, collection, query)) {
    deleteRecord(server.storage, collection as Collection, record);
    removed++;
  }
  return removed;
}

/** `findAndModify`. */
export const findAndModify: Command = {
  isWrite: true,
  run(server, request) {
    const { body } = request;
    const isRemove = isTruthy(body['remove']);
    refuseMixed(body, isRemove);
    const collection = namedCollection(server, request);
    if (collection !== null) refuseView(collection);
    const scope = scopeOf(body, collection);
    const query = { ...queryOf(body, 'query', scope), limit: 1, skip: 0 };
    const projector = projectorOf(documentField(body, 'fields'), query.filter, scope);
    const found = firstRecord(server.storage, collection, query);
    const outcome = isRemove
      ? removeOne(server, collection, found)
      : updateOne(server, request, { found, query, scope });
    const value = outcome.value !== null && projector !== null ? projector(outcome.value) : outcome.value;
    return answer({ lastErrorObject: outcome.lastErrorObject, value });
  },
};

function refuseMixed(body: Document, isRemove: boolean): void {
  if (isRemove && body['update'] !== undefined) {
    throw new CommandError('FailedToParse', 'Cannot specify both an update and remove=true');
  }
  if (isRemove && isTruthy(body['new'])) {
    throw new CommandError(
      'FailedToParse',
      "Cannot specify both new=true and remove=true; 'remove' always returns the deleted document",
    );
  }
  if (isRemove && isTruthy(body['upsert'])) {
    throw new CommandError('FailedToParse', ' Cannot specify both upsert=true and remove=true ');
  }
  if (isRemove && body['arrayFilters'] !== undefined) {
    throw new CommandError('FailedToParse', 'Cannot specify arrayFilters and remove=true');
  }
  const fields = documentField(body, 'fields');
  if (Object.values(fields).some((value) => isDocument(value) && value['$meta'] === 'sortKey')) {
    const message = 'Cannot use a $meta sortKey projection in findAndModify commands.';
    throw new CommandError('BadValue', message);
  }
  const isPositional = Object.keys(fields).some((name) => name.endsWith('.$'));
  if (isTruthy(body['new']) && isPositional) {
    throw new CommandError('BadValue', 'Cannot use a positional projection and return the new document.');
  }
  if (!isRemove && body['update'] === undefined) {
    throw new CommandError('FailedToParse', 'Either an update or remove=true must be specified');
  }
}

type FindAndModifyOutcome = { readonly lastErrorObject: Document; readonly value: Document | null };

function removeOne(
  server: Server,
  collection: Collection | null,
  found: Found | undefined,
): FindAndModifyOutcome {
  if (collection === null || found === undefined) return { lastErrorObject: { n: 0 }, value: null };
  const value = documentOf(found);
  deleteRecord(server.storage, collection, found);
  return { lastErrorObject: { n: 1 }, value };
}

function updateOne(
  server: Server,
  request: Request,
  {
    found,
    query,
    scope,
  }: { readonly found: Found | undefined; readonly query: Query; readonly scope: Scope },
): FindAndModifyOutcome {
  const { body } = request;
  const isNew = isTruthy(body['new']);
  const change = updateChange(body['update'], {
    query,
    scope,
    isMulti: false,
    statement: body,
    now: server.now(),
  });
  if (found === undefined) {
    if (!isTruthy(body['upsert'])) return { lastErrorObject: { n: 0, updatedExisting: false }, value: null };
    const collection = madeCollection(server, request.database, collectionName(request));
    const document = change.upserted();
    insertDocument(server, collection, { document, body });
    const lastErrorObject = { n: 1, updatedExisting: false, upserted: document['_id'] };
    return { lastErrorObject, value: isNew ? document : null };
  }
  const collection = namedCollection(server, request) as Collection;
  const before = documentOf(found);
  let after = before;
  const remember = (document: Document): Document => (after = change.updated(document));
  applyChange(server, collection, { ...change, updated: remember, record: found, body });
  return { lastErrorObject: { n: 1, updatedExisting: true }, value: isNew ? after : before };
}
