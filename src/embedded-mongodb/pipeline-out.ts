import { ObjectId } from 'bson';
import type { Collection } from './catalog.ts';
import { ID_INDEX } from './catalog.ts';
import { checkedName, madeCollection } from './command.ts';
import { CommandError } from './errors.ts';
import { compileExpression, frameOf } from './expressions/expression.ts';
import { checkOwnName } from './expressions/variable-names.ts';
import { heldName, plainName } from './field-names.ts';
import { metered } from './memory.ts';
import { splitPath } from './paths.ts';
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
  const name = stageName(stage);
  const merge = name === '$merge' ? compileMerge(stage[name], place) : null;
  const target = targetOf(merge === null ? stage[name] : merge.into, place);
  if (merge !== null) checkUnique(target, merge.on);
  // All are there before any is written: the pipeline may read what it writes.
  const results = [...metered(documents, name)];
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

type MergeOptions = {
  readonly into: unknown;
  /** Paths of the fields that find the document to merge with. */
  readonly on: readonly string[];
  readonly whenMatched: unknown;
  readonly whenNotMatched: unknown;
  /** The variables of a pipeline in `whenMatched`, for a result. */
  readonly variables: (result: Document) => Document;
};

const WHEN_MATCHED = new Set(['replace', 'keepExisting', 'merge', 'fail']);
const WHEN_NOT_MATCHED = new Set(['insert', 'discard', 'fail']);

/** @throws CommandError 2 for what `$merge` does not know, 51199, 51273 for a wrong `let` */
function compileMerge(spec: unknown, { scope }: PipelineScope): MergeOptions {
  const {
    into = spec,
    on: given,
    let: own,
    whenMatched = 'merge',
    whenNotMatched = 'insert',
  } = isDocument(spec) ? spec : {};
  const on = given === undefined ? ['_id'] : [given].flat().map(String);
  if (!Array.isArray(whenMatched) && !WHEN_MATCHED.has(whenMatched as string))
    throw unknownMode('whenMatched', whenMatched);
  if (!WHEN_NOT_MATCHED.has(whenNotMatched as string)) throw unknownMode('whenNotMatched', whenNotMatched);
  const expressions = Object.entries(isDocument(own) ? own : {});
  if (expressions.length > 0 && !Array.isArray(whenMatched)) {
    throw new CommandError(51199, "Cannot use 'let' variables with this 'whenMatched' mode");
  }
  if (expressions.some(([name, value]) => name === 'new' && value !== '$$ROOT')) {
    const message = "'let' may not define a value for the reserved 'new' variable other than '$$ROOT'";
    throw new CommandError(51273, message);
  }
  const compiled = expressions.map(([name, value]) => {
    checkOwnName(name);
    return { name, value: compileExpression(value, scope) };
  });
  if (Array.isArray(whenMatched)) {
    const unset = Object.fromEntries(['new', ...Object.keys(own ?? {})].map((name) => [name, undefined]));
    const variables = { ...scope.variables, ...unset };
    compilePipelineUpdate(whenMatched as Document[], { ...scope, variables });
  }
  const variables = (result: Document): Document => {
    const frame = frameOf(result, scope.variables);
    const values = compiled.map(({ name, value }) => [name, value(frame)] as const);
    return { ...scope.variables, new: result, ...Object.fromEntries(values) };
  };
  return { into, on, whenMatched, whenNotMatched, variables };
}

function unknownMode(field: string, value: unknown): CommandError {
  return new CommandError(
    'BadValue',
    `Enumeration value '${String(value)}' for field '${field}' is not a valid value.`,
  );
}

/** @throws CommandError 51183 where no unique index has just these fields */
function checkUnique(target: Collection, on: readonly string[]): void {
  const wanted = [...on].sort().join('\n');
  const isKept = target.indexes.some((index) => {
    const has =
      index.fields
        .map((field) => plainName(field.name))
        .sort()
        .join('\n') === wanted;
    const isUnique = index.isUnique || index.id === ID_INDEX.id;
    return has && isUnique && index.partialFilter === null && index.collation === null;
  });
  if (isKept) return;
  throw new CommandError(51183, 'Cannot find index to verify that join fields will be unique');
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

type Merge = {
  readonly merge: MergeOptions;
  readonly target: Collection;
  readonly place: PipelineScope;
  /** @throws CommandError 121 for what the target does not take */
  readonly check: (result: Document, before?: Document) => void;
};

/** @throws CommandError 51132 for a result without one value in a field of `on`, 66 for another `_id` */
function mergeOne(result: Document, given: Merge): void {
  const { merge, target, place, check } = given;
  const { storage } = place.server;
  const isNew = merge.on.includes('_id') && result['_id'] === undefined;
  const own = isNew ? withId(result) : result;
  const filter = Object.fromEntries(merge.on.map((path) => [heldName(path), { $eq: keyAt(own, path) }]));
  const found = isNew
    ? undefined
    : firstRecord(storage, target, { ...everything(place.scope), filter, limit: 1 });
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

/** The value of a result in a field of `on`. @throws CommandError 51132 */
function keyAt(result: Document, path: string): unknown {
  const value = valueAt(result, splitPath(path));
  if (value !== undefined && value !== null && !Array.isArray(value)) return value;
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
