import { UUID } from 'bson';
import type { View } from '../collection-kinds.ts';
import { viewOf } from '../collection-kinds.ts';
import { CommandError } from '../errors.ts';
import { compileExpression, frameOf } from '../expressions/expression.ts';
import { compileFilter } from '../match.ts';
import { sizeOf } from '../memory.ts';
import { SOURCE_STAGES, splitPipeline, stageName } from '../pipeline.ts';
import type { Query } from '../query.ts';
import { documentOf, findRecords } from '../query.ts';
import { checkedOrder, compileSort, sortItems } from '../sort.ts';
import { textClause } from '../text-search.ts';
import type { Document } from '../values.ts';
import { isDocument, isNumeric, toDouble } from '../values.ts';
import { resolvedView } from '../views.ts';
import { FIELD_STAGES } from './fields.ts';
import { GROUP_STAGES } from './group.ts';
import { JOIN_STAGES } from './joins.ts';
import { geoNear } from './geo-near.ts';
import { SERVER_STAGES } from './server-stages.ts';
import { SERIES_STAGES } from './series.ts';
import type { PipelineScope, Runner, StageCompiler } from './stage.ts';

/** Runs stages over documents, lazily where the stages allow it. */
export function runStages(
  documents: Iterable<Document>,
  stages: readonly Document[],
  place: PipelineScope,
): Iterable<Document> {
  const compiled = stages.map((stage) => compileStage(stage, place));
  return compiled.reduce((flow, stage) => stage(flow), documents);
}

function compilerOf(name: string): StageCompiler {
  const compiler = Object.hasOwn(STAGES, name) ? STAGES[name] : undefined;
  if (compiler === undefined) throw new CommandError(40324, `Unrecognized pipeline stage name: '${name}'`);
  return compiler;
}

function compileStage(stage: Document, place: PipelineScope) {
  const name = stageName(stage);
  return compilerOf(name)(stage[name], place, RUNNER);
}

/** An update's pipeline is looked through before any statement of its command runs. @throws CommandError 40324 */
export function refuseUnknownStages(pipeline: readonly unknown[]): void {
  for (const stage of pipeline.filter(isDocument)) compilerOf(stageName(stage));
}

/** All documents of a collection of the pipeline's database; none where there is no such collection. */
export function* collectionDocuments(
  place: PipelineScope,
  name: string,
  query: Partial<Query> = {},
): Generator<Document> {
  const { server, database, scope } = place;
  const collection = server.storage.catalog.find(database, name);
  if (collection === null) return;
  if (viewOf(collection) !== null) {
    yield* viewDocuments(resolvedView(server.storage.catalog, collection), query, place);
    return;
  }
  const { collate, context } = scope;
  const all = { filter: {}, sort: null, skip: 0, limit: 0, hint: null, collate, context };
  for (const found of findRecords(server.storage, collection, { ...all, ...query })) yield documentOf(found);
}

function* viewDocuments(
  { on, pipeline }: View,
  query: Partial<Query>,
  place: PipelineScope,
): Generator<Document> {
  yield* runPipeline(on, [...pipeline, ...queryStages(query)], place);
}

/** A query as the stages by which a view answers it. */
export function queryStages({ filter, sort, skip = 0, limit = 0 }: Partial<Query>): Document[] {
  return [
    ...(filter === undefined ? [] : [{ $match: filter }]),
    ...(sort === undefined || sort === null ? [] : [{ $sort: sort }]),
    ...(skip === 0 ? [] : [{ $skip: skip }]),
    ...(limit === 0 ? [] : [{ $limit: limit }]),
  ];
}

/** @throws CommandError 40602 for a stage that makes its documents itself and is not the first */
export function checkOrder(pipeline: readonly Document[]): void {
  const late = pipeline
    .slice(1)
    .map(stageName)
    .find((name) => FIRST_ONLY.has(name));
  if (late !== undefined)
    throw new CommandError(40602, `${late} is only valid as the first stage in a pipeline`);
}

/** A pipeline over a collection: its beginning as a query, the rest as stages. */
export function runPipeline(
  name: string | null,
  pipeline: readonly Document[],
  place: PipelineScope,
): Iterable<Document> {
  checkOrder(pipeline);
  if (name === null) return runStages([], pipeline, place);
  const { rest, ...query } = splitPipeline(pipeline);
  return runStages(collectionDocuments(place, name, query), rest, { ...place, name });
}

/**
 * Compiles a pipeline that will run later, or never: MongoDB finds what is wrong in one before it reads a document.
 * @throws CommandError
 */
export function checkPipeline(pipeline: readonly Document[], place: PipelineScope): void {
  checkOrder(pipeline);
  const { filter, sort: order, rest } = splitPipeline(pipeline);
  compileFilter(filter, place.scope.context);
  if (order !== null) compileSort(order, place.scope.collate);
  // Only `$geoNear` needs its collection there, and an index of it, to be compiled.
  for (const stage of rest) if (stageName(stage) !== '$geoNear') compileStage(stage, place);
}

const RUNNER: Runner = {
  read: collectionDocuments,
  run: runPipeline,
  over: runStages,
  check: checkPipeline,
};

const match: StageCompiler = (spec, { scope }) => {
  if (!isDocument(spec)) throw new CommandError(15959, 'the match filter must be an expression in an object');
  if (textClause(spec) !== undefined) {
    throw new CommandError(17313, '$match with $text is only allowed as the first pipeline stage');
  }
  const test = compileFilter(spec, { ...scope.context, isTop: false });
  return function* (documents) {
    for (const document of documents) if (test(document)) yield document;
  };
};

const sort: StageCompiler = (spec, { scope }) => {
  if (!isDocument(spec)) throw new CommandError(15973, 'the $sort key specification must be an object');
  if (Object.keys(spec).length === 0)
    throw new CommandError(15976, '$sort stage must have at least one sort key');
  const order = compileSort(checkedOrder(spec), scope.collate);
  return function* (documents) {
    yield* sortItems(documents, order, { documentOf: (item) => item, bytesOf: sizeOf, limit: 0 });
  };
};

/** How many documents `$skip` or `$limit` says. @throws CommandError with this code */
function countOf(name: string, value: unknown, [code, least]: readonly [number, number]): number {
  const count = isNumeric(value) ? toDouble(value) : Number.NaN;
  if (Number.isInteger(count) && count >= least) return count;
  throw new CommandError(
    code,
    `invalid argument to ${name} stage: Expected a ${least === 0 ? 'non-negative' : 'positive'} number`,
  );
}

const skip: StageCompiler = (spec) => {
  const count = countOf('$skip', spec, [5107200, 0]);
  return function* (documents) {
    let at = 0;
    for (const document of documents) if (at++ >= count) yield document;
  };
};

const limit: StageCompiler = (spec) => {
  const isZero = isNumeric(spec) && toDouble(spec) === 0;
  if (isZero) throw new CommandError(15958, 'the limit must be positive');
  const count = countOf('$limit', spec, [5107201, 1]);
  return function* (documents) {
    let at = 0;
    for (const document of documents) {
      yield document;
      if (++at >= count) return;
    }
  };
};

/** The sessions that clients have used, as `$listLocalSessions` shows them. */
const listLocalSessions: StageCompiler =
  (_spec, { server }) =>
  () =>
    [...server.sessions].map(([id, lastUse]) => ({
      _id: { id: new UUID(Buffer.from(id, 'base64')) },
      lastUse,
    }));

const documentsStage: StageCompiler = (spec, { scope }) => {
  const expression = compileExpression(spec, scope);
  return () => {
    const list = expression(frameOf({}, scope.variables));
    if (Array.isArray(list) && list.every(isDocument)) return list;
    throw new CommandError(5858203, 'an array of documents is expected in $documents');
  };
};

const FIRST_ONLY = new Set([...SOURCE_STAGES, '$geoNear']);

const STAGES: Readonly<Record<string, StageCompiler>> = {
  $match: match,
  $sort: sort,
  $skip: skip,
  $limit: limit,
  ...FIELD_STAGES,
  ...GROUP_STAGES,
  ...JOIN_STAGES,
  ...SERIES_STAGES,
  ...SERVER_STAGES,
  $geoNear: geoNear,
  $documents: documentsStage,
  $listLocalSessions: listLocalSessions,
};
