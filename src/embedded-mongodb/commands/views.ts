import type { Collection } from '../catalog.ts';
import { viewOf } from '../collection-kinds.ts';
import type { Reply, Request, Server } from '../command.ts';
import { answer, documentsField, scopeOf } from '../command.ts';
import { GENERIC_FIELDS } from '../command-fields.ts';
import { CommandError } from '../errors.ts';
import { isTruthy } from '../match.ts';
import { checkReach, checkView } from '../pipeline-check.ts';
import type { Query } from '../query.ts';
import { collectionDocuments } from '../stages/stages.ts';
import type { Document } from '../values.ts';
import { toDouble } from '../values.ts';

/** Where a query reads: a collection, a view, or nothing where there is neither. */
export type Source = {
  readonly server: Server;
  readonly database: string;
  readonly collection: Collection | null;
  readonly query: Query;
};

/** The name under which MongoDB keeps views; here it is only listed. */
export const VIEWS_COLLECTION = 'system.views';

/** Checks what `create` is to make, where it is a view. @throws CommandError as `checkView` */
export function checkNewView(
  server: Server,
  database: string,
  { name, options }: { readonly name: string; readonly options: Document },
): void {
  const view = viewOf({ options });
  if (view !== null) checkView({ server, database, name, scope: scopeOf(options, null) }, view);
}

/** `collMod` of a view: what it looks at, its pipeline, or both. @throws CommandError 72, and as `checkView` */
export function changeView(server: Server, { body, database }: Request, collection: Collection): Reply {
  const other = Object.keys(body)
    .slice(1)
    .find((field) => field !== 'viewOn' && field !== 'pipeline' && !GENERIC_FIELDS.has(field));
  if (other !== undefined) {
    throw new CommandError('InvalidOptions', `option not supported on a view: ${other}`);
  }
  const options = { ...collection.options };
  if (body['viewOn'] !== undefined) {
    if (typeof body['viewOn'] !== 'string') {
      throw new CommandError('TypeMismatch', "BSON field 'collMod.viewOn' is the wrong type");
    }
    options['viewOn'] = body['viewOn'];
  }
  if (body['pipeline'] !== undefined) options['pipeline'] = documentsField(body, 'pipeline');
  checkNewView(server, database, { name: collection.name, options });
  server.storage.catalog.setOptions(collection, options);
  return answer({});
}

/** @throws CommandError 72 for a collection that is to look at something */
export function refuseViewOptions({ viewOn, pipeline }: Document): void {
  if (viewOn === undefined && pipeline === undefined) return;
  const option = viewOn === undefined ? 'pipeline' : 'viewOn';
  throw new CommandError('InvalidOptions', `'${option}' option only supported on a view`);
}

/** Options of `find` that a pipeline does not have. Source: server, query_request.cpp, asAggregationCommand */
const COLLECTION_OPTIONS = [
  'min',
  'max',
  'returnKey',
  'showRecordId',
  'tailable',
  'noCursorTimeout',
  'readOnce',
];

/** A view is read by a pipeline. @throws CommandError 168 */
export function checkViewOptions(body: Document): void {
  const isCut = body['singleBatch'] === true && toDouble(body['limit'] ?? 0) !== 1;
  const option = isCut ? 'singleBatch' : COLLECTION_OPTIONS.find((name) => isTruthy(body[name]));
  if (option === undefined) return;
  throw new CommandError('InvalidPipelineOperator', `Option ${option} not supported in aggregation.`);
}

/** Documents of a view that a query finds. */
export function viewDocuments({ server, database, collection, query }: Source): Iterable<Document> {
  const { collate, context } = query;
  const name = collection?.name ?? '';
  const place = { server, database, name, scope: { collate, variables: {}, context } };
  checkReach(place, []);
  return collectionDocuments(place, name, query);
}
