import { Int32 } from 'bson';
import type { Collection } from '../catalog.ts';
import type { Command, Request, Scope, Server } from '../command.ts';
import { answer, documentsField, scopeOf } from '../command.ts';
import { CommandError } from '../errors.ts';
import { splitPipeline } from '../pipeline.ts';
import type { Plan } from '../plan.ts';
import type { Query } from '../query.ts';
import { findRecords, planFor } from '../query.ts';
import type { Document } from '../values.ts';
import { isDocument } from '../values.ts';
import { queryOf } from './find.ts';

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
    const name = Object.keys(inner)[0] ?? '';
    if (isDocument(inner['writeConcern']))
      throw new CommandError('InvalidOptions', 'Command explain does not support writeConcern');
    const target = String(inner[name]);
    const collection = server.storage.catalog.find(request.database, target);
    const scope = scopeOf(inner, collection);
    const query = explainedQuery(name, inner, scope);
    return answer({
      explainVersion: '1',
      ...explanation(server, request, { collection, query, target }),
      serverInfo: { version: '7.0.0' },
    });
  },
};

function explainedQuery(name: string, inner: Document, scope: Scope): Query {
  const plain = { sort: null, skip: 0, limit: 0 };
  switch (name) {
    case 'find':
      return queryOf(inner, 'filter', scope);
    case 'count':
    case 'distinct':
      return { ...queryOf(inner, 'query', scope), ...plain };
    case 'findAndModify':
      return { ...queryOf(inner, 'query', scope), limit: 1 };
    case 'update':
      return { ...queryOf(documentsField(inner, 'updates')[0] ?? {}, 'q', scope), ...plain };
    case 'delete':
      return { ...queryOf(documentsField(inner, 'deletes')[0] ?? {}, 'q', scope), ...plain };
    case 'aggregate': {
      const { filter, sort, skip, limit } = splitPipeline(documentsField(inner, 'pipeline'));
      return { ...queryOf(inner, 'filter', scope), filter, sort, skip, limit };
    }
    default:
      throw new CommandError('CommandNotFound', `Explain failed due to unknown command: ${name}`);
  }
}

type Explained = { readonly collection: Collection | null; readonly query: Query; readonly target: string };

function explanation(server: Server, request: Request, { collection, query, target }: Explained): Document {
  const plan = collection === null ? null : planFor(server.storage, collection, query);
  const queryPlanner = {
    namespace: `${request.database}.${target}`,
    parsedQuery: query.filter,
    winningPlan: plan === null ? { stage: 'EOF' } : planTree(plan, query),
    rejectedPlans: [],
  };
  if (request.body['verbosity'] === 'queryPlanner') return { queryPlanner };
  const counts = { keysExamined: 0, documentsExamined: 0 };
  const startedAt = performance.now();
  const nReturned =
    collection === null ? 0 : [...findRecords(server.storage, collection, query, counts)].length;
  const executionStats = {
    executionSuccess: true,
    nReturned: new Int32(nReturned),
    executionTimeMillis: new Int32(Math.round(performance.now() - startedAt)),
    totalKeysExamined: new Int32(counts.keysExamined),
    totalDocsExamined: new Int32(counts.documentsExamined),
    executionStages: queryPlanner.winningPlan,
  };
  return { queryPlanner, executionStats };
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
