import { ObjectId } from 'bson';
import type { Collection } from './catalog.ts';
import { ID_INDEX } from './catalog.ts';
import { checkedName, madeCollection } from './command.ts';
import { CommandError } from './errors.ts';
import { metered } from './memory.ts';
import { compilePipelineUpdate } from './pipeline-update.ts';
import { stageName } from './pipeline.ts';
import { documentOf, findRecords, firstRecord } from './query.ts';
import { encodeDocument } from './raw-bson.ts';
import { deleteRecord, duplicateKey, insertRecord, replaceRecord } from './records.ts';
import type { PipelineScope } from './stages/stage.ts';
import type { Document } from './values.ts';
import { isDocument } from './values.ts';

/** Writes a pipeline's result where its last stage, `$out` or `$merge`, says. */
export function writeOut(documents: Iterable<Document>, stage: Document, place: PipelineScope): void {
  // All are there before any is written: the pipeline may read what it writes.
  const results = Array.from(metered(documents, stageName(stage)), (document) =>
    document['_id'] === undefined ? { _id: new ObjectId(), ...document } : document,
  );
  const name = stageName(stage);
  const target = targetOf(name === '$merge' ? mergeTarget(stage[name]) : stage[name], place);
  if (name === '$out') replaceAll(results, target, place);
  else for (const result of results) mergeOne(result, { spec: stage[name], target, place });
}

function mergeTarget(spec: unknown): unknown {
  return isDocument(spec) ? spec['into'] : spec;
}

function targetOf(target: unknown, place: PipelineScope): Collection {
  const database = isDocument(target) ? String(target['db'] ?? place.database) : place.database;
  const name = isDocument(target) ? target['coll'] : target;
  if (typeof name !== 'string')
    throw new CommandError('FailedToParse', 'the output must be a collection name');
  return madeCollection(place.server, database, checkedName(database, name));
}

/** The collection keeps its indexes and has the result as its only documents. */
function replaceAll(
  results: readonly Document[],
  target: Collection,
  { server, scope }: PipelineScope,
): void {
  server.storage.sqlite.exec('SAVEPOINT write_out');
  try {
    for (const found of [...findRecords(server.storage, target, everything(scope))]) {
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

function everything(scope: PipelineScope['scope']) {
  return { filter: {}, sort: null, skip: 0, limit: 0, hint: null, collate: null, context: scope.context };
}

type Merge = { readonly spec: unknown; readonly target: Collection; readonly place: PipelineScope };

function mergeOne(result: Document, { spec, target, place }: Merge): void {
  const { storage } = place.server;
  const options = isDocument(spec) ? spec : {};
  const on = options['on'] === undefined ? ['_id'] : [options['on']].flat().map(String);
  const filter = Object.fromEntries(on.map((field) => [field, result[field] ?? null]));
  const found = firstRecord(storage, target, { ...everything(place.scope), filter, limit: 1 });
  if (found === undefined) {
    insertUnmatched(result, options['whenNotMatched'], { target, place });
    return;
  }
  const before = documentOf(found);
  const after = merged(before, result, { mode: options['whenMatched'], target, place });
  if (after === null) return;
  const document = { ...after, _id: before['_id'] };
  const bytes = encodeDocument(document);
  replaceRecord(storage, target, { rowId: found.rowId, before, after: document, bytes });
}

function insertUnmatched(result: Document, mode: unknown, { target, place }: Omit<Merge, 'spec'>): void {
  if (mode === 'discard') return;
  if (mode === 'fail') {
    throw new CommandError(13113, '$merge could not find a matching document in the target collection');
  }
  insertRecord(place.server.storage, target, encodeDocument(result));
}

type MergeMode = { readonly mode: unknown; readonly target: Collection; readonly place: PipelineScope };

/** null leaves the document as it is. */
function merged(before: Document, result: Document, { mode, target, place }: MergeMode): Document | null {
  if (Array.isArray(mode)) {
    const variables = { ...place.scope.variables, new: result };
    return compilePipelineUpdate(mode as Document[], { ...place.scope, variables })(before);
  }
  switch (mode) {
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
