import { UUID } from 'bson';
import { Aggregator } from 'mingo';
import type { Iterator as Documents } from 'mingo/lazy';
import { Lazy } from 'mingo/lazy';
import type { PipelineOperator } from 'mingo/types';
import type { Collection } from './catalog.ts';
import { promote, promoteDocument } from './clone.ts';
import { viewOf } from './collection-kinds.ts';
import type { Scope, Server } from './command.ts';
import { CommandError } from './errors.ts';
import { keyTuples } from './index-keys.ts';
import { encodeValue } from './key-encoding.ts';
import { compileFilter } from './match.ts';
import type { StageOverrides } from './mingo.ts';
import { evaluate, guarded, matchContext, mingoOptions } from './mingo.ts';
import { splitPath } from './paths.ts';
import { splitPipeline } from './pipeline.ts';
import type { Query } from './query.ts';
import { findRecords } from './query.ts';
import { decodePromoted } from './raw-bson.ts';
import { compileSort, sortItems } from './sort.ts';
import type { Document } from './values.ts';
import { isDocument } from './values.ts';

/** Where a pipeline runs: which collections its stages may join, with which variables and collation. */
export type PipelineScope = {
  readonly server: Server;
  readonly database: string;
  readonly scope: Scope;
  /** How many views lead here. */
  readonly viewDepth?: number;
};

/** Runs stages over documents, lazily where the stages allow it. The documents are promoted values. */
export function* runStages(
  documents: Iterable<Document>,
  stages: readonly Document[],
  place: PipelineScope,
): Generator<Document> {
  if (stages.length === 0) {
    yield* documents;
    return;
  }
  const options = {
    ...mingoOptions(overrides(place), place.scope.variables),
    collectionResolver: (name: string) => [...collectionDocuments(place, name)],
  };
  const result = guarded(() =>
    new Aggregator(stages.map(promoteDocument), options).stream(documents, undefined),
  );
  for (;;) {
    const { done, value } = guarded(() => result.next());
    if (done) return;
    yield value as Document;
  }
}

/** All documents of a collection of the pipeline's database; none where there is no such collection. */
export function* collectionDocuments(
  { server, database, scope, viewDepth }: PipelineScope,
  name: string,
  query: Partial<Query> = {},
): Generator<Document> {
  const collection = server.storage.catalog.find(database, name);
  if (collection === null) return;
  const view = viewOf(collection);
  if (view !== null) {
    yield* viewDocuments(view, query, {
      server,
      database,
      scope,
      ...(viewDepth === undefined ? {} : { viewDepth }),
    });
    return;
  }
  const all = {
    filter: {},
    sort: null,
    skip: 0,
    limit: 0,
    hint: null,
    collate: scope.collate,
    context: scope.context,
  };
  for (const found of findRecords(server.storage, collection, { ...all, ...query }))
    yield decodePromoted(found.bytes);
}

/** Views on views on views: more than this many are a circle. */
const VIEW_DEPTH_MAX = 20;

function* viewDocuments(
  { on, pipeline }: NonNullable<ReturnType<typeof viewOf>>,
  { filter, sort, skip = 0, limit = 0 }: Partial<Query>,
  place: PipelineScope,
): Generator<Document> {
  const depth = (place.viewDepth ?? 0) + 1;
  if (depth > VIEW_DEPTH_MAX) {
    throw new CommandError(165, `View depth exceeds the maximum of ${VIEW_DEPTH_MAX}`);
  }
  const stages = [
    ...pipeline,
    ...(filter === undefined ? [] : [{ $match: filter }]),
    ...(sort === undefined || sort === null ? [] : [{ $sort: sort }]),
    ...(skip === 0 ? [] : [{ $skip: skip }]),
    ...(limit === 0 ? [] : [{ $limit: limit }]),
  ];
  yield* runPipeline(on, stages, { ...place, viewDepth: depth });
}

/** A pipeline over a collection: its beginning as a query, the rest as stages. */
export function* runPipeline(
  name: string,
  pipeline: readonly Document[],
  place: PipelineScope,
): Generator<Document> {
  const { rest, ...query } = splitPipeline(pipeline);
  yield* runStages(collectionDocuments(place, name, query), rest, place);
}

/** Stages where MongoDB's answer needs our filters, our order, or our indexes. */
function overrides(place: PipelineScope): StageOverrides {
  const stages: Record<`$${string}`, (documents: Documents, spec: Document) => Documents> = {
    $match: (documents, spec) => documents.filter(compileFilter(spec, place.scope.context)),
    $sort(documents, spec) {
      const sort = compileSort(spec, place.scope.collate);
      return documents.transform((items) =>
        // mingo types what flows through a pipeline as unknown values; it is documents.
        Lazy(sortItems(items as unknown as Document[], sort, { documentOf: (item) => item, limit: 0 })),
      );
    },
    $lookup: (documents, spec) => lookup(documents, spec, place),
    $listLocalSessions: (documents) => documents.transform(() => Lazy(sessionDocuments(place.server))),
    $unionWith(documents, spec) {
      const from = typeof spec === 'string' ? spec : String(spec['coll']);
      const pipeline = Array.isArray(spec['pipeline']) ? (spec['pipeline'] as Document[]) : [];
      return documents.transform((items) =>
        // Documents, as above.
        Lazy([...(items as unknown as Document[]), ...runPipeline(from, pipeline, place)]),
      );
    },
  };
  // mingo's operators also take options, which ours do without.
  return stages as unknown as Readonly<Record<`$${string}`, PipelineOperator>>;
}

/** The sessions that clients have used, as `$listLocalSessions` shows them. */
function sessionDocuments({ sessions }: Server): Document[] {
  return [...sessions].map(([id, lastUse]) => ({
    _id: { id: new UUID(Buffer.from(id, 'base64')) },
    lastUse,
  }));
}

/** Finds the foreign documents for one local value set. */
type Join = (values: readonly unknown[]) => readonly Document[];

function lookup(documents: Documents, spec: Document, place: PipelineScope): Documents {
  const { from, localField, foreignField, as } = spec;
  const stages = Array.isArray(spec['pipeline']) ? (spec['pipeline'] as Document[]) : null;
  if (typeof as !== 'string')
    throw new CommandError('FailedToParse', "$lookup needs an 'as' field of type string");
  if (from !== undefined && typeof from !== 'string') {
    throw new CommandError('FailedToParse', "$lookup argument 'from' must be a string");
  }
  const hasFields = typeof localField === 'string' && typeof foreignField === 'string';
  if (!hasFields && stages === null) {
    throw new CommandError(
      'FailedToParse',
      "$lookup requires either 'pipeline' or both 'localField' and 'foreignField' to be specified",
    );
  }
  const join = hasFields && from !== undefined ? joinBy(foreignField, from, place) : null;
  const localPath = hasFields
    ? [{ name: localField, path: splitPath(localField), direction: 1 as const }]
    : [];
  return documents.map<Document, Document>((document) => {
    const inner = withVariables(place, spec['let'], document);
    const joined = join?.(keyTuples(document, localPath).tuples.map(([value]) => value)) ?? null;
    if (stages === null) return withField(document, as, joined ?? []);
    const found =
      joined === null
        ? from === undefined
          ? runStages([], stages, inner)
          : runPipeline(from, stages, inner)
        : runStages(joined, stages, inner);
    return withField(document, as, [...found]);
  });
}

function withVariables(place: PipelineScope, expressions: unknown, document: Document): PipelineScope {
  if (!isDocument(expressions)) return place;
  const { scope } = place;
  const own = Object.entries(expressions).map(([name, expression]) => [
    name,
    evaluate(expression, document, scope.variables) ?? null,
  ]);
  const variables = { ...scope.variables, ...(Object.fromEntries(own) as Document) };
  return { ...place, scope: { ...scope, variables, context: matchContext(scope.collate, variables) } };
}

function withField(document: Document, path: string, value: unknown): Document {
  const [name = '', ...rest] = path.split('.');
  if (rest.length === 0) return { ...document, [name]: value };
  const inner = isDocument(document[name]) ? document[name] : {};
  return { ...document, [name]: withField(inner, rest.join('.'), value) };
}

/** By the foreign field's index when it has one; else all foreign documents are read once and held by their values. */
function joinBy(foreignField: string, from: string, place: PipelineScope): Join {
  const collection = place.server.storage.catalog.find(place.database, from);
  if (collection === null) return () => [];
  if (viewOf(collection) === null && leadsAnIndex(collection, foreignField)) {
    return (values) => [
      ...collectionDocuments(place, from, { filter: { [foreignField]: { $in: values.map(nullable) } } }),
    ];
  }
  let byValue: Map<string, Document[]> | null = null;
  return (values) => {
    byValue ??= heldByValue(collectionDocuments(place, from), foreignField);
    const held = byValue;
    return [...new Set(values.flatMap((value) => held.get(encodeValue(value).toString('latin1')) ?? []))];
  };
}

function leadsAnIndex(collection: Collection, field: string): boolean {
  return collection.indexes.some(
    (index) => index.fields[0]?.name === field && index.partialFilter === null && !index.isSparse,
  );
}

function nullable(value: unknown): unknown {
  return value === undefined || typeof value === 'symbol' ? null : value;
}

function heldByValue(documents: Iterable<Document>, field: string): Map<string, Document[]> {
  const held = new Map<string, Document[]>();
  const fields = [{ name: field, path: splitPath(field), direction: 1 as const }];
  for (const document of documents) {
    for (const [value] of keyTuples(document, fields).tuples) {
      const key = encodeValue(promote(value)).toString('latin1');
      const known = held.get(key);
      if (known === undefined) held.set(key, [document]);
      else known.push(document);
    }
  }
  return held;
}
