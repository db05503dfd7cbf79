import { Int32, Long } from 'bson';
import type { Command } from '../command.ts';
import { answer } from '../command.ts';
import { GENERIC_FIELDS } from '../command-fields.ts';
import { CommandError } from '../errors.ts';
import { OUTPUT_STAGES, stageName } from '../pipeline.ts';
import type { Plan } from '../plan.ts';
import type { Found, Query } from '../query.ts';
import { documentOf, findRecords, planFor } from '../query.ts';
import type { ScanCounts } from '../scan.ts';
import type { PipelineScope } from '../stages/stage.ts';
import { runStages } from '../stages/stages.ts';
import type { Document } from '../values.ts';
import { isDocument } from '../values.ts';
import type { Explained } from './explained.ts';
import { explainedOf } from './explained.ts';

const VERBOSITIES = new Set<unknown>(['queryPlanner', 'executionStats', 'allPlansExecution']);

/** `explain`: the plan, and what running it reads. Nothing is changed. */
export const explain: Command = {
  isWrite: false,
  run(server, request) {
    const inner = request.body['explain'];
    const { verbosity = 'allPlansExecution' } = request.body;
    if (!VERBOSITIES.has(verbosity)) {
      const message = `Enumeration value '${String(verbosity)}' for field 'explain.verbosity' is not a valid value.`;
      throw new CommandError('BadValue', message);
    }
    if (!isDocument(inner)) throw new CommandError('TypeMismatch', "BSON field 'explain' must be an object");
    if (isDocument(inner['writeConcern']))
      throw new CommandError('InvalidOptions', 'Command explain does not support writeConcern');
    const explained = explainedOf(server, request, inner);
    return answer({
      ...explanation(explained, verbosity === 'queryPlanner' ? null : executed(explained)),
      serverInfo: { version: '7.0.0' },
      command: { ...ownFields(inner), $db: request.database },
    });
  },
};

/** A command without what its driver added. */
function ownFields(command: Document): Document {
  return Object.fromEntries(Object.entries(command).filter(([name]) => !GENERIC_FIELDS.has(name)));
}

/** What running showed. */
type Executed = {
  /** How many documents the query found, and each stage after it made. */
  readonly counts: readonly number[];
  readonly stats: Document;
};

/** A query is told by its plan alone; a pipeline of which more is left by its stages, the query as the first. */
function explanation(explained: Explained, ran: Executed | null): Document {
  const { rest, isSource } = explained;
  const pushed = isSource ? 0 : groupsAtFirst(rest);
  const explainVersion = pushed === 0 ? '1' : '2';
  const cursor = cursorOf(explained, pushed, ran);
  if (!isSource && rest.length === pushed) return { explainVersion, ...cursor };
  const told = (stage: Document, at: number): Document => {
    if (ran === null) return stage;
    const nReturned = Long.fromNumber(ran.counts[at] ?? 0);
    return { ...stage, nReturned, executionTimeMillisEstimate: Long.ZERO };
  };
  const after = rest.slice(pushed).map((stage, index) => told(stage, pushed + index + 1));
  return { explainVersion, stages: isSource ? after : [told({ $cursor: cursor }, pushed), ...after] };
}

/** How many stages MongoDB 7.0 has its query engine do: the groups that come first. */
function groupsAtFirst(stages: readonly Document[]): number {
  const other = stages.findIndex((stage) => !('$group' in stage));
  return other === -1 ? stages.length : other;
}

function cursorOf(explained: Explained, pushed: number, ran: Executed | null): Document {
  const { name, place, query } = explained;
  const winningPlan = planOf(explained, pushed);
  const queryPlanner = {
    namespace: `${place.database}.${name}`,
    indexFilterSet: false,
    parsedQuery: query.filter,
    winningPlan,
    rejectedPlans: [],
  };
  if (ran === null) return { queryPlanner };
  const nReturned = new Int32(ran.counts[pushed] ?? 0);
  return { queryPlanner, executionStats: { ...ran.stats, nReturned, executionStages: winningPlan } };
}

function planOf({ place, collection, query }: Explained, groups: number): Document {
  if (collection === null) return { stage: 'EOF' };
  let tree = planTree(planFor(place.server.storage, collection, query), query);
  for (let at = 0; at < groups; at++) tree = { stage: 'GROUP', inputStage: tree };
  return groups === 0 ? tree : { queryPlan: tree };
}

function executed(explained: Explained): Executed {
  const { rest, place } = explained;
  const read = { keysExamined: 0, documentsExamined: 0 };
  const counts: number[] = [];
  const startedAt = performance.now();
  const found = tallied(recordsOf(explained, read), counts, 0);
  let flow: Iterable<unknown> = found;
  if (rest.length > 0) {
    flow = rest.reduce<Iterable<Document>>(
      (documents, stage, index) => tallied(stageOf(documents, stage, place), counts, index + 1),
      decoded(found),
    );
  }
  for (const _ of flow) continue;
  const stats = {
    executionSuccess: true,
    executionTimeMillis: new Int32(Math.round(performance.now() - startedAt)),
    totalKeysExamined: new Int32(read.keysExamined),
    totalDocsExamined: new Int32(read.documentsExamined),
  };
  return { counts, stats };
}

function recordsOf({ collection, isSource, query, place }: Explained, read: ScanCounts): Iterable<Found> {
  if (collection === null || isSource) return [];
  return findRecords(place.server.storage, collection, query, read);
}

function* tallied<Item>(items: Iterable<Item>, counts: number[], at: number): Generator<Item> {
  counts[at] = 0;
  for (const item of items) {
    counts[at] = (counts[at] ?? 0) + 1;
    yield item;
  }
}

function* decoded(records: Iterable<Found>): Generator<Document> {
  for (const found of records) yield documentOf(found);
}

/** What would be written is only made. */
function* stageOf(documents: Iterable<Document>, stage: Document, place: PipelineScope): Generator<Document> {
  if (!OUTPUT_STAGES.has(stageName(stage))) yield* runStages(documents, [stage], place);
  else for (const _ of documents) continue;
}

function planTree(plan: Plan, { sort, filter }: Query): Document {
  const found = sourceTree(plan, filter);
  const isSorted = sort === null || '$natural' in sort || (plan.kind === 'index' && plan.isSorted);
  return isSorted ? found : { stage: 'SORT', sortPattern: sort, inputStage: found };
}

function sourceTree(plan: Plan, filter: Document): Document {
  switch (plan.kind) {
    case 'collection':
      return { stage: 'COLLSCAN', filter, direction: plan.isReverse ? 'backward' : 'forward' };
    case 'index':
      return {
        stage: 'FETCH',
        filter,
        inputStage: {
          stage: 'IXSCAN',
          keyPattern: plan.index.spec['key'],
          indexName: plan.index.name,
          isMultiKey: plan.index.isMultikey,
          isUnique: plan.index.isUnique,
          isSparse: plan.index.isSparse,
          isPartial: plan.index.partialFilter !== null,
          direction: plan.isReverse ? 'backward' : 'forward',
          boundFields: new Int32(plan.boundFields),
          ranges: new Int32(plan.ranges.length),
        },
      };
    case 'union':
      return { stage: 'OR', inputStages: plan.plans.map((part) => sourceTree(part, filter)) };
    default:
      return plan satisfies never;
  }
}
