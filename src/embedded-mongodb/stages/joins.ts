import { Long } from 'bson';
import type { Collection } from '../catalog.ts';
import { viewOf } from '../collection-kinds.ts';
import { CommandError } from '../errors.ts';
import { compileExpression, frameOf } from '../expressions/expression.ts';
import type { Expression } from '../expressions/frame.ts';
import { checkOwnName } from '../expressions/variable-names.ts';
import { keyTuples } from '../index-keys.ts';
import { encodeValue } from '../key-encoding.ts';
import { typeName } from '../match-type.ts';
import { metered, sizeOf, stageMemory } from '../memory.ts';
import { matchContext } from '../match-context.ts';
import { splitPath } from '../paths.ts';
import { OUTPUT_STAGES, stageName } from '../pipeline.ts';
import type { Document } from '../values.ts';
import { isDocument, isNumeric, toDouble } from '../values.ts';
import { withValue } from './fields.ts';
import { readOnce, splitAtVariables } from './remembered.ts';
import type { PipelineScope, Runner, StageCompiler } from './stage.ts';
import { mapped } from './stage.ts';

/** Finds the foreign documents for one local value set. */
type Join = (values: readonly unknown[]) => readonly Document[];

const lookup: StageCompiler = (spec, place, runner) => {
  if (!isDocument(spec))
    throw failed(`the $lookup specification must be an object, but found ${typeName(spec)}`);
  const { from, localField, foreignField, as } = spec;
  const stages = pipelineOf(spec['pipeline'], '$lookup', 51047);
  if (typeof as !== 'string') throw failed("must specify 'as' field for a $lookup");
  if (from !== undefined && typeof from !== 'string')
    throw failed("$lookup argument 'from' must be a string");
  const hasFields = typeof localField === 'string' && typeof foreignField === 'string';
  if (!hasFields && (stages === null || localField !== undefined || foreignField !== undefined)) {
    throw failed(
      "$lookup requires either 'pipeline' or both 'localField' and 'foreignField' to be specified",
    );
  }
  const join = hasFields && from !== undefined ? joinBy(foreignField, from, { place, runner }) : null;
  const localPath = hasFields
    ? [{ name: localField, path: splitPath(localField), direction: 1 as const }]
    : [];
  const letOf = variablesOf(spec['let'], place);
  const asPath = splitPath(as);
  if (stages !== null) runner.check(stages, inForeign(from, letOf(null)));
  const run = foreignRunner(stages ?? [], { from, names: Object.keys(spec['let'] ?? {}), place, runner });
  return mapped((document) => {
    const joined = join?.(keyTuples(document, localPath).tuples.map(([value]) => value)) ?? null;
    if (stages === null) return withValue(document, asPath, joined ?? []);
    const inner = letOf(document);
    const found = joined === null ? run(inner) : runner.over(joined, stages, inner);
    return withValue(document, asPath, [...metered(found, '$lookup')]);
  });
};

type Foreign = {
  readonly from: string | undefined;
  /** The variables that `let` gives another value for each document. */
  readonly names: readonly string[];
  readonly place: PipelineScope;
  readonly runner: Runner;
};

/** Runs a sub-pipeline for the variables of one document after the other; what none of them changes is read once. */
function foreignRunner(stages: readonly Document[], { from, names, place, runner }: Foreign) {
  const split = splitAtVariables(stages, names);
  if (split === null) return (inner: PipelineScope) => runner.run(from ?? null, stages, inner);
  const start = readOnce(() => runner.run(from ?? null, split.start, place));
  return (inner: PipelineScope) => runner.over(start(), split.rest, inForeign(from, inner));
}

/** @throws CommandError 14, and the code given for a stage that is not allowed there */
function pipelineOf(given: unknown, stageIs: string, code: number): readonly Document[] | null {
  if (given === undefined) return null;
  if (!Array.isArray(given) || !given.every(isDocument)) {
    throw new CommandError('TypeMismatch', "'pipeline' option must be specified as an array");
  }
  const outside = given.map(stageName).find((name) => OUTPUT_STAGES.has(name));
  if (outside === undefined) return given;
  throw new CommandError(code, `${outside} is not allowed within a ${stageIs} stage's sub-pipeline`);
}

/** A pipeline over a collection stands there. */
const inForeign = (from: string | undefined, place: PipelineScope): PipelineScope =>
  from === undefined ? place : { ...place, name: from };

const failed = (message: string): CommandError => new CommandError('FailedToParse', message);

/** The place with the variables of `let` for a document; where there is none yet, they have no values. */
function variablesOf(expressions: unknown, place: PipelineScope) {
  if (!isDocument(expressions)) return () => place;
  const { scope } = place;
  const compiled = Object.entries(expressions).map(([name, expression]) => {
    checkOwnName(name);
    return [name, compileExpression(expression, scope)] as const;
  });
  return (document: Document | null): PipelineScope => {
    const frame = frameOf(document, scope.variables);
    const valueOf = (expression: Expression) => (document === null ? undefined : expression(frame));
    const own = Object.fromEntries(compiled.map(([name, expression]) => [name, valueOf(expression)]));
    const variables = { ...scope.variables, ...own };
    return { ...place, scope: { ...scope, variables, context: matchContext(scope.collate, variables) } };
  };
}

/** By the foreign field's index when it has one; else all foreign documents are read once and held by their values. */
function joinBy(
  foreignField: string,
  from: string,
  { place, runner }: { readonly place: PipelineScope; readonly runner: Runner },
): Join {
  const collection = place.server.storage.catalog.find(place.database, from);
  if (collection === null) return () => [];
  if (
    place.scope.collate !== null ||
    (viewOf(collection) === null && leadsAnIndex(collection, foreignField))
  ) {
    return (values) => [
      ...runner.read(place, from, { filter: { [foreignField]: { $in: values.map(nullable) } } }),
    ];
  }
  let byValue: Map<string, Document[]> | null = null;
  return (values) => {
    byValue ??= heldByValue(runner.read(place, from), foreignField);
    const held = byValue;
    return [...new Set(values.flatMap((value) => held.get(keyOf(value)) ?? []))];
  };
}

/** A missing field joins what is null. */
const keyOf = (value: unknown): string => encodeValue(nullable(value)).toString('latin1');

function leadsAnIndex(collection: Collection, field: string): boolean {
  return collection.indexes.some(
    (index) =>
      index.fields[0]?.name === field &&
      index.partialFilter === null &&
      !index.isSparse &&
      index.kind === 'ordered' &&
      index.collation === null,
  );
}

function nullable(value: unknown): unknown {
  return value === undefined || typeof value === 'symbol' ? null : value;
}

function heldByValue(documents: Iterable<Document>, field: string): Map<string, Document[]> {
  const byValue = new Map<string, Document[]>();
  const fields = [{ name: field, path: splitPath(field), direction: 1 as const }];
  for (const document of metered(documents, '$lookup')) {
    for (const [value] of keyTuples(document, fields).tuples) {
      const known = byValue.get(keyOf(value));
      if (known === undefined) byValue.set(keyOf(value), [document]);
      else known.push(document);
    }
  }
  return byValue;
}

/** Source: server, document_source_graph_lookup.cpp, checkMemoryUsage */
const GRAPH_TOO_LARGE = 40099;

const GRAPH_STRINGS = ['from', 'connectFromField', 'connectToField', 'as', 'depthField'];
const GRAPH_FIELDS = new Set([...GRAPH_STRINGS, 'startWith', 'maxDepth', 'restrictSearchWithMatch']);

/** Source: server, document_source_graph_lookup.cpp, createFromBson. @throws CommandError 40103 to 40105, 40185 */
function checkGraph(spec: Document): void {
  const { restrictSearchWithMatch: restrict } = spec;
  const unknown = Object.keys(spec).find((name) => !GRAPH_FIELDS.has(name));
  if (unknown !== undefined) throw new CommandError(40104, `Unknown argument to $graphLookup: ${unknown}`);
  for (const name of GRAPH_STRINGS) {
    if (name in spec && typeof spec[name] !== 'string')
      throw new CommandError(
        40103,
        `expected string as argument for ${name}, found: ${typeName(spec[name])}`,
      );
  }
  if (restrict !== undefined && !isDocument(restrict)) {
    throw new CommandError(40185, `restrictSearchWithMatch must be an object, found ${typeName(restrict)}`);
  }
  const missing = ['from', 'startWith', 'connectFromField', 'connectToField', 'as'].find(
    (name) => spec[name] === undefined || (name !== 'startWith' && spec[name] === ''),
  );
  if (missing !== undefined) throw new CommandError(40105, `$graphLookup requires '${missing}'`);
}

/** How many steps there may be. @throws CommandError 40100, 40101, 40102 */
function depthOf(maxDepth: unknown): number {
  if (maxDepth === undefined) return Infinity;
  if (!isNumeric(maxDepth)) {
    throw new CommandError(40100, `maxDepth must be numeric, found type: ${typeName(maxDepth)}`);
  }
  const depth = toDouble(maxDepth);
  if (depth < 0) throw new CommandError(40101, `maxDepth requires a nonnegative argument, found: ${depth}`);
  if (Number.isInteger(depth)) return depth;
  throw new CommandError(40102, `maxDepth could not be represented as a long long: ${depth}`);
}

/** `$graphLookup`: what can be reached, each document once, with the number of steps to it. */
const graphLookup: StageCompiler = (spec, place, runner) => {
  if (!isDocument(spec)) throw failed('the $graphLookup stage specification must be an object');
  const { from, startWith, connectFromField, connectToField, as, maxDepth, depthField } = spec;
  const most = depthOf(maxDepth);
  checkGraph(spec);
  const restrict = spec['restrictSearchWithMatch'];
  if (isDocument(restrict)) runner.check([{ $match: restrict }], place);
  const start = compileExpression(startWith, place.scope);
  const fromPath = [
    { name: String(connectFromField), path: splitPath(String(connectFromField)), direction: 1 as const },
  ];
  const search = (values: readonly unknown[]): Iterable<Document> => {
    const reached = { [String(connectToField)]: { $in: values } };
    return runner.read(place, String(from), {
      filter: isDocument(restrict) ? { $and: [reached, restrict] } : reached,
    });
  };
  return mapped((document) => {
    const value = start(frameOf(document, place.scope.variables));
    const found = new Map<string, Document>();
    const memory = stageMemory('$graphLookup', GRAPH_TOO_LARGE);
    const asked = new Set<string>();
    let frontier = newValues(Array.isArray(value) ? value : [value], asked);
    for (let depth = 0; frontier.length > 0 && depth <= most; depth++) {
      const next: unknown[] = [];
      for (const one of search(frontier)) {
        const id = keyOf(one['_id']);
        if (found.has(id)) continue;
        memory.hold(sizeOf(one));
        found.set(
          id,
          typeof depthField === 'string'
            ? withValue(one, splitPath(depthField), Long.fromNumber(depth))
            : one,
        );
        next.push(
          ...keyTuples(one, fromPath)
            .tuples.map(([known]) => known)
            .filter((known) => known !== undefined),
        );
      }
      frontier = newValues(next, asked);
    }
    return withValue(document, splitPath(String(as)), [...found.values()]);
  });
};

/** The values that were not asked for before. */
function newValues(values: readonly unknown[], asked: Set<string>): unknown[] {
  return values.map(nullable).filter((value) => {
    const key = keyOf(value);
    const isNew = !asked.has(key);
    asked.add(key);
    return isNew;
  });
}

const unionWith: StageCompiler = (spec, place, runner) => {
  const from = typeof spec === 'string' ? spec : isDocument(spec) ? spec['coll'] : undefined;
  const stages = isDocument(spec) ? (pipelineOf(spec['pipeline'], '$unionWith', 31441) ?? []) : [];
  if (from !== undefined && typeof from !== 'string') throw failed("$unionWith 'coll' must be a string");
  if (from === undefined && stages.length === 0)
    throw failed('the $unionWith stage specification must be an object or string');
  runner.check(stages, inForeign(from, place));
  return function* (documents) {
    yield* documents;
    yield* runner.run(from ?? null, stages, place);
  };
};

const OUTSIDE_FACETS = new Set(['$facet', '$geoNear', '$collStats', '$indexStats']);

const facet: StageCompiler = (spec, place, runner) => {
  if (!isDocument(spec) || Object.keys(spec).length === 0) {
    throw new CommandError(40169, 'the $facet specification must be a non-empty object');
  }
  const facets = Object.entries(spec).map(([name, stages]) => {
    const pipeline = pipelineOf(stages, '$facet', 40600) ?? [];
    const outside = pipeline.map(stageName).find((stage) => OUTSIDE_FACETS.has(stage));
    if (outside !== undefined) {
      throw new CommandError(40600, `${outside} is not allowed to be used within a $facet stage`);
    }
    runner.check(pipeline, place);
    return { name, pipeline };
  });
  return function* (documents) {
    const all = [...metered(documents, '$facet')];
    yield Object.fromEntries(
      facets.map(({ name, pipeline }) => [name, [...runner.over(all, pipeline, place)]]),
    );
  };
};

/** Stages that read other collections, or run pipelines of their own. */
export const JOIN_STAGES: Readonly<Record<string, StageCompiler>> = {
  $lookup: lookup,
  $graphLookup: graphLookup,
  $unionWith: unionWith,
  $facet: facet,
};
