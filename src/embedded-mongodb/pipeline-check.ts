import { collateOf } from './collation.ts';
import type { View } from './collection-kinds.ts';
import { viewOf } from './collection-kinds.ts';
import { checkedName } from './command.ts';
import { CommandError } from './errors.ts';
import { OUTPUT_STAGES, SOURCELESS_STAGES, stageName } from './pipeline.ts';
import type { Nested } from './stages/nested.ts';
import { nestedOf } from './stages/nested.ts';
import type { PipelineScope } from './stages/stage.ts';
import { checkPipeline } from './stages/stages.ts';
import type { Document } from './values.ts';
import { resolvedView, VIEW_DEPTH_MAX, viewNamed, viewsTooDeep } from './views.ts';

/** Source: server, db/pipeline/expression_context.h, kMaxSubPipelineViewDepth */
const PIPELINE_DEPTH_MAX = 20;
/** Source: server, db/query/query_knobs.idl, internalPipelineLengthLimit */
const STAGES_MAX = 1_000;
/**
 * As many pipelines as views may make of one. MongoDB has no such bound: views that refer to the next several times
 * make millions, which only the client waits for that asked.
 */
const PIPELINES_MAX = 1_000;

type Place = Pick<PipelineScope, 'server' | 'database' | 'scope'>;
type NamedPlace = Place & { readonly name: string };

/** How much a pipeline is with all that its stages and their views run. */
type Weight = { readonly pipelines: number; readonly depth: number };

const NOTHING: Weight = { pipelines: 0, depth: 0 };

/**
 * Checks what a pipeline over a collection or a view will run, before anything is read.
 * @throws CommandError 165, 167, 195, 232, 7749501
 */
export function checkReach(place: NamedPlace, pipeline: readonly Document[]): void {
  const { catalog } = place.server.storage;
  const view = viewNamed(catalog, place.database, place.name);
  const before = view === null ? [] : resolvedView(catalog, view).pipeline;
  checkWeight(weigher(place)([...before, ...pipeline]));
}

/** Weighs a pipeline; each view once, however often it is named. */
function weigher({ server, database, scope }: Place): (pipeline: readonly Document[]) => Weight {
  const { catalog } = server.storage;
  const known = new Map<string, Weight>();
  const ofView = (name: string): Weight => {
    const view = viewNamed(catalog, database, name);
    if (view === null) return NOTHING;
    if (collateOf(view.options['collation']) !== scope.collate) {
      throw otherCollation(`Cannot override default collation of view ${database}.${name}`);
    }
    const seen = known.get(name);
    if (seen !== undefined) return seen;
    // A view that leads to itself, of a database that was not checked as it is now, has no end.
    known.set(name, { pipelines: Infinity, depth: 0 });
    const weight = ofPipeline(resolvedView(catalog, view).pipeline);
    known.set(name, weight);
    return weight;
  };
  const ofNested = ({ name, pipeline, isDeeper }: Nested): Weight => {
    const [view, own] = [name === null ? NOTHING : ofView(name), ofPipeline(pipeline)];
    const depth = Math.max(view.depth, own.depth) + Number(isDeeper);
    return { pipelines: 1 + view.pipelines + own.pipelines, depth };
  };
  const ofPipeline = (pipeline: readonly Document[]): Weight => {
    if (pipeline.length > STAGES_MAX) {
      throw new CommandError(7749501, `Pipeline length must be no longer than ${STAGES_MAX} stages.`);
    }
    const parts = pipeline.flatMap(nestedOf).map(ofNested);
    return {
      pipelines: parts.reduce((sum, part) => sum + part.pipelines, 0),
      depth: Math.max(0, ...parts.map((part) => part.depth)),
    };
  };
  return ofPipeline;
}

function checkWeight({ pipelines, depth }: Weight): void {
  if (depth > PIPELINE_DEPTH_MAX) {
    const message = `Maximum number of nested sub-pipelines exceeded. Limit is ${PIPELINE_DEPTH_MAX}`;
    throw new CommandError('MaxSubPipelineDepthExceeded', message);
  }
  if (pipelines <= PIPELINES_MAX) return;
  const message = `Views make more than ${PIPELINES_MAX} pipelines of this one`;
  throw new CommandError('ViewPipelineMaxSizeExceeded', message);
}

const otherCollation = (message: string) => new CommandError('OptionNotSupportedOnView', message);

/**
 * Checks a view before it is made or changed. Source: server, db/views/view_catalog.cpp
 * @throws CommandError 5, 73, 165, 167, and what a stage of its pipeline is refused with
 */
export function checkView(place: NamedPlace, view: View): void {
  const { server, database, name, scope } = place;
  const { catalog } = server.storage;
  if (name.startsWith('system.')) {
    throw new CommandError('InvalidNamespace', "View name cannot start with 'system.'");
  }
  checkedName(database, view.on);
  checkStages(view.pipeline, `${database}.${name}`);
  checkPipeline(view.pipeline, { server, database, scope });
  const views = new Map(catalog.list(database).map((known) => [known.name, known] as const));
  const children = new Map<string, readonly string[]>([[name, namesOf(view)]]);
  for (const other of views.values()) {
    const known = viewOf(other);
    if (known !== null && other.name !== name) children.set(other.name, namesOf(known));
  }
  const parents = [...children.keys()].filter((other) => children.get(other)?.includes(name));
  for (const other of [...namesOf(view), ...parents]) {
    const options = children.has(other) && other !== name ? views.get(other)?.options : undefined;
    if (options !== undefined && collateOf(options['collation']) !== scope.collate) {
      throw otherCollation(`View ${database}.${name} has conflicting collation with view ${other}`);
    }
  }
  checkDepth(name, children);
}

/** @throws CommandError 167, 73 */
function checkStages(pipeline: readonly Document[], namespace: string): void {
  for (const stage of pipeline) {
    const name = stageName(stage);
    if (OUTPUT_STAGES.has(name) || name === '$changeStream') {
      const message = `The aggregation stage ${name} cannot be used in the view definition of ${namespace}`;
      throw new CommandError('OptionNotSupportedOnView', message);
    }
    if (SOURCELESS_STAGES.has(name)) {
      throw new CommandError('InvalidNamespace', `'${name}' cannot be used in a view definition`);
    }
  }
}

/** All that a view reads, also in pipelines within its own. */
function namesOf({ on, pipeline }: View): readonly string[] {
  const within = (stages: readonly Document[]): readonly string[] =>
    stages
      .flatMap(nestedOf)
      .flatMap(({ name, pipeline: inner }) => [...(name === null ? [] : [name]), ...within(inner)]);
  return [on, ...within(pipeline)];
}

/** @throws CommandError 5 for a circle, 165 where a way through this view is too long */
function checkDepth(start: string, children: ReadonlyMap<string, readonly string[]>): void {
  const parentsOf = (name: string) =>
    [...children].filter(([, names]) => names.includes(name)).map(([parent]) => parent);
  const below = longestWay(start, (name) => (children.get(name) ?? []).filter((one) => children.has(one)));
  const above = longestWay(start, parentsOf);
  if (below + above - 1 > VIEW_DEPTH_MAX) throw viewsTooDeep();
}

/** How many views are on the longest way from one, itself included. */
function longestWay(start: string, next: (name: string) => readonly string[]): number {
  const known = new Map<string, number>();
  const from = (name: string, depth: number): number => {
    if (depth > 0 && name === start) throw new CommandError('GraphContainsCycle', 'View cycle detected');
    if (depth > VIEW_DEPTH_MAX) throw viewsTooDeep();
    const seen = known.get(name);
    if (seen !== undefined) return seen;
    const length = 1 + Math.max(0, ...next(name).map((one) => from(one, depth + 1)));
    known.set(name, length);
    return length;
  };
  return from(start, 0);
}
