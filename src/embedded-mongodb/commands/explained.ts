import type { Collection } from '../catalog.ts';
import { refuseView, viewOf } from '../collection-kinds.ts';
import type { Request, Scope, Server } from '../command.ts';
import { checkedName, documentsField, scopeOf } from '../command.ts';
import { CommandError } from '../errors.ts';
import { checkNatural } from '../natural-order.ts';
import { checkPlaces, OUTPUT_STAGES, SOURCE_STAGES, splitPipeline, stageName } from '../pipeline.ts';
import { checkReach } from '../pipeline-check.ts';
import type { Query } from '../query.ts';
import type { PipelineScope } from '../stages/stage.ts';
import { checkOrder, checkPipeline, queryStages } from '../stages/stages.ts';
import type { Document } from '../values.ts';
import { resolvedView } from '../views.ts';
import { queryOf } from './find.ts';

/** What a command reads: a query of a collection, and the stages that go over what it finds. */
export type Explained = {
  /** The collection that is read in the end, also where a view was named. */
  readonly name: string;
  readonly collection: Collection | null;
  readonly query: Query;
  readonly rest: readonly Document[];
  /** Whether the first stage makes its documents itself. */
  readonly isSource: boolean;
  readonly place: PipelineScope;
};

/** @throws CommandError 59, 166, and what the command itself would be refused with before it reads */
export function explainedOf(server: Server, { database }: Request, inner: Document): Explained {
  const { catalog } = server.storage;
  const command = Object.keys(inner)[0] ?? '';
  const isOfDatabase = command === 'aggregate' && typeof inner[command] !== 'string';
  const name = isOfDatabase ? '$cmd.aggregate' : checkedName(database, String(inner[command]));
  const collection = isOfDatabase ? null : catalog.find(database, name);
  const place = { server, database, scope: scopeOf(inner, collection), name };
  const query = explainedQuery(command, inner, place.scope);
  const pipeline = command === 'aggregate' ? checkedStages(inner, place) : null;
  if (pipeline === null && (collection === null || viewOf(collection) === null)) {
    return { name, collection, query, rest: [], isSource: false, place };
  }
  if (collection !== null && !VIEW_READS.has(command)) refuseView(collection);
  const below = collection === null ? { on: name, pipeline: [] } : resolvedView(catalog, collection);
  const stages = [...below.pipeline, ...(pipeline ?? queryStages(query))];
  const { rest, ...split } = splitPipeline(stages);
  const whole = { ...query, ...split };
  checkNatural(whole);
  return {
    name: below.on,
    collection: catalog.find(database, below.on),
    query: whole,
    rest,
    isSource: stages[0] !== undefined && SOURCE_STAGES.has(stageName(stages[0])),
    place: { ...place, name: below.on },
  };
}

/** The stages of an `aggregate`, as it checks them itself. */
function checkedStages(inner: Document, place: PipelineScope & { readonly name: string }): Document[] {
  const pipeline = documentsField(inner, 'pipeline');
  checkPlaces(pipeline);
  checkOrder(pipeline);
  const read = pipeline.filter((stage) => !OUTPUT_STAGES.has(stageName(stage)));
  checkPipeline(read, place);
  checkReach(place, pipeline);
  return pipeline;
}

/** Commands that a view answers. */
const VIEW_READS: ReadonlySet<string> = new Set(['find', 'count', 'distinct', 'aggregate']);

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
    case 'aggregate':
      return { ...queryOf(inner, 'filter', scope), ...plain };
    default:
      throw new CommandError('CommandNotFound', `Explain failed due to unknown command: ${name}`);
  }
}
