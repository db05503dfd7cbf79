import { ObjectId } from 'bson';
import type { Collection } from './catalog.ts';
import { ID_INDEX } from './catalog.ts';
import type { Collate } from './collation.ts';
import { collateOf } from './collation.ts';
import { checkedName, madeCollection } from './command.ts';
import { CommandError } from './errors.ts';
import { heldName, plainName } from './field-names.ts';
import { matchContext } from './match-context.ts';
import { metered } from './memory.ts';
import { splitPath } from './paths.ts';
import type { MergeOptions } from './pipeline-merge.ts';
import { mergeOptions } from './pipeline-merge.ts';
import { compilePipelineUpdate } from './pipeline-update.ts';
import { stageName } from './pipeline.ts';
import { documentOf, findRecords, firstRecord } from './query.ts';
import { encodeDocument } from './raw-bson.ts';
import { deleteRecord, duplicateKey, insertRecord, replaceRecord } from './records.ts';
import type { PipelineScope } from './stages/stage.ts';
import { checkedDocument } from './validator.ts';
import type { Document } from './values.ts';
import { valueAt } from './update-paths.ts';
import { isDocument, valuesEqual } from './values.ts';

/** Writes a pipeline's result where its last stage, `$out` or `$merge`, says. */
export function writeOut(
  documents: Iterable<Document>,
  stage: Document,
  { place, body }: { readonly place: PipelineScope; readonly body: Document },
): void {
  const stageIs = stageName(stage) as '$out' | '$merge';
  const merge = stageIs === '$merge' ? mergeOptions(stage[stageIs], place.scope) : null;
  const { database, name } = targetName(merge === null ? stage[stageIs] : merge.into, stageIs, place);
  if (merge !== null && merge.on !== null) {
    checkUnique(place.server.storage.catalog.find(database, name), merge.on, place.scope.collate);
  }
  const target = madeCollection(place.server, database, name);
  // All are there before any is written: the pipeline may read what it writes.
  const results = [...metered(documents, stageIs)];
  const check = (result: Document, before: Document | null = null): void => {
    checkedDocument(target, body, { document: () => result, before });
  };
  if (merge !== null) {
    for (const result of results) mergeOne(result, { merge, target, place, check });
    return;
  }
  const made = results.map(withId);
  for (const result of made) check(result);
  replaceAll(made, target, place);
}

const withId = (document: Document): Document =>
  document['_id'] === undefined ? { _id: new ObjectId(), ...document } : document;

/**
 * Source: server, common_mongod_process_interface.cpp, fieldsHaveSupportingUniqueIndex: the collation is the pipeline's
 * @throws CommandError 51183 where no unique index has just these fields
 */
function checkUnique(target: Collection | null, on: readonly string[], collate: Collate | null): void {
  const named = (names: readonly string[]): string => [...names].sort().join('\n');
  const isKept = (target?.indexes ?? [ID_INDEX]).some(
    (index) =>
      named(index.fields.map((field) => plainName(field.name))) === named(on) &&
      (index.isUnique || index.id === ID_INDEX.id) &&
      index.kind === 'ordered' &&
      index.partialFilter === null &&
      collateOf(index.id === ID_INDEX.id ? target?.options['collation'] : index.collation) === collate,
  );
  if (isKept) return;
  throw new CommandError(51183, 'Cannot find index to verify that join fields will be unique');
}

const INTERNAL = new Set(['admin', 'local', 'config']);
/** Codes of what may not be written to. Source: server, document_source_out.cpp, document_source_merge.cpp, create */
const NO_TARGET = {
  $out: { system: 17385, internal: 31321 },
  $merge: { system: 31319, internal: 31320 },
} as const;

/** Database and name of the collection to write. @throws CommandError 9, 73, and those above */
function targetName(target: unknown, stage: keyof typeof NO_TARGET, place: PipelineScope) {
  const database = isDocument(target) ? String(target['db'] ?? place.database) : place.database;
  const name = isDocument(target) ? target['coll'] : target;
  if (typeof name !== 'string')
    throw new CommandError('FailedToParse', 'the output must be a collection name');
  checkedName(database, name);
  const codes = NO_TARGET[stage];
  if (name.startsWith('system.'))
    throw new CommandError(codes.system, `Cannot ${stage} to special collection: ${name}`);
  if (INTERNAL.has(database))
    throw new CommandError(codes.internal, `Cannot ${stage} to internal database: ${database}`);
  return { database, name };
}

/** The collection keeps its indexes and has the result as its only documents. */
function replaceAll(results: readonly Document[], target: Collection, { server }: PipelineScope): void {
  server.storage.sqlite.exec('SAVEPOINT write_out');
  try {
    for (const found of [...findRecords(server.storage, target, all(target))]) {
      deleteRecord(server.storage, target, found);
    }
    for (const result of results) insertRecord(server.storage, target, encodeDocument(result));
    server.storage.sqlite.exec('RELEASE write_out');
  } catch (error) {
    const { sqlite } = server.storage;
    if (sqlite.isTransaction) sqlite.exec('ROLLBACK TO write_out; RELEASE write_out');
    throw error;
  }
}

/** All documents of the target; its own collation, not the pipeline's, is that of what is written to it. */
function all({ options }: Collection) {
  const collate = collateOf(options['collation']);
  const context = matchContext(collate, {});
  return { filter: {}, sort: null, skip: 0, limit: 0, hint: null, collate, context };
}

type Merge = {
  readonly merge: MergeOptions;
  readonly target: Collection;
  readonly place: PipelineScope;
  /** @throws CommandError 121 for what the target does not take */
  readonly check: (result: Document, before?: Document) => void;
};

/** @throws CommandError 51132, 51185 for a result without one value in a field of `on`, 66 for another `_id` */
function mergeOne(result: Document, given: Merge): void {
  const { merge, target, place, check } = given;
  const { storage } = place.server;
  const on = merge.on ?? ['_id'];
  const isNew = on.includes('_id') && result['_id'] === undefined;
  const own = isNew ? withId(result) : result;
  const filter = Object.fromEntries(on.map((path) => [heldName(path), { $eq: keyAt(own, path) }]));
  const found = isNew ? undefined : firstRecord(storage, target, { ...all(target), filter, limit: 1 });
  if (found === undefined) {
    insertUnmatched(withId(own), given);
    return;
  }
  const before = documentOf(found);
  const after = merged(before, own, given);
  if (after === null) return;
  if (after['_id'] !== undefined && !valuesEqual(after['_id'], before['_id'])) {
    const message =
      '$merge failed to update the matching document, did you attempt to modify the _id or the shard key?';
    throw new CommandError('ImmutableField', message);
  }
  const { _id: _own, ...fields } = after;
  const document = { _id: before['_id'], ...fields };
  check(document, before);
  const bytes = encodeDocument(document);
  replaceRecord(storage, target, { rowId: found.rowId, before, after: document, bytes });
}

function insertUnmatched(result: Document, { merge, target, place, check }: Merge): void {
  const mode = merge.whenNotMatched;
  if (mode === 'discard') return;
  if (mode === 'fail') {
    throw new CommandError(13113, '$merge could not find a matching document in the target collection');
  }
  check(result);
  insertRecord(place.server.storage, target, encodeDocument(result));
}

/** The value of a result in a field of `on`. @throws CommandError 51185, 51132 */
function keyAt(result: Document, path: string): unknown {
  const value = valueAt(result, splitPath(path));
  if (Array.isArray(value)) {
    throw new CommandError(51185, `$merge write error: 'on' field '${path}' is an array`);
  }
  if (value !== undefined && value !== null) return value;
  const message = "$merge write error: 'on' field cannot be missing, null, undefined or an array";
  throw new CommandError(51132, message);
}

/** null leaves the document as it is. */
function merged(before: Document, result: Document, { merge, target, place }: Merge): Document | null {
  if (Array.isArray(merge.whenMatched)) {
    const variables = merge.variables(result);
    return compilePipelineUpdate(merge.whenMatched as Document[], { ...place.scope, variables })(before);
  }
  switch (merge.whenMatched) {
    case 'keepExisting':
      return null;
    case 'replace':
      return result;
    case 'fail':
      throw duplicateKey(target, ID_INDEX, [before['_id']]);
    default:
      return { ...before, ...result };
  }
}
