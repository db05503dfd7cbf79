import type { Command, Request } from '../command.ts';
import {
  checkedName,
  documentField,
  documentsField,
  hintField,
  namedCollection,
  numberField,
  openCursor,
  scopeOf,
} from '../command.ts';
import { viewOf } from '../collection-kinds.ts';
import { CommandError } from '../errors.ts';
import { checkNatural } from '../natural-order.ts';
import { isTruthy } from '../match.ts';
import { isNear } from '../near.ts';
import { writeOut } from '../pipeline-out.ts';
import type { SplitPipeline } from '../pipeline.ts';
import {
  checkPlaces,
  countedField,
  OUTPUT_STAGES,
  SOURCELESS_STAGES,
  splitPipeline,
  stageName,
} from '../pipeline.ts';
import { checkReach } from '../pipeline-check.ts';
import type { Query } from '../query.ts';
import { encodeDocument } from '../raw-bson.ts';
import type { PipelineScope } from '../stages/stage.ts';
import { checkOrder, checkPipeline, collectionDocuments, runStages } from '../stages/stages.ts';
import type { Document } from '../values.ts';
import { isDocument } from '../values.ts';
import { explain } from './explain.ts';
import { countMatching, foundBytes } from './find.ts';

/** `aggregate`. */
export const aggregate: Command = {
  isWrite: ({ body }) => Array.isArray(body['pipeline']) && body['pipeline'].some(isOutput),
  run(server, request) {
    const { body, database } = request;
    const pipeline = documentsField(body, 'pipeline');
    checkPlaces(pipeline);
    checkOrder(pipeline);
    if (isTruthy(body['explain'])) {
      const { explain: _, ...explained } = body;
      return explain.run(server, { ...request, body: { explain: explained, verbosity: 'queryPlanner' } });
    }
    const isOfDatabase = typeof body['aggregate'] !== 'string';
    const name = isOfDatabase ? '$cmd.aggregate' : checkedName(database, String(body['aggregate']));
    const collection = isOfDatabase ? null : namedCollection(server, request);
    const scope = scopeOf(body, collection);
    const place = { server, database, scope, name };
    const last = pipeline.at(-1);
    const output = last !== undefined && isOutput(last) ? last : null;
    const read = output === null ? pipeline : pipeline.slice(0, -1);
    const split = splitPipeline(read);
    const query = {
      ...split,
      hint: hintField(body),
      collate: scope.collate,
      context: scope.context,
    };
    checkNatural(query);
    if (isNear(query.filter)) {
      const message = '$geoNear, $near, and $nearSphere are not allowed in this context';
      throw new CommandError(5626500, message);
    }
    checkPipeline(read, place);
    checkReach(place, pipeline);
    if (isOfDatabase) checkNeedsNoCollection(pipeline[0]);
    if (output !== null) {
      writeOut(runStages(collectionDocuments(place, name, query), split.rest, place), output, {
        place,
        body,
      });
    }
    const documents = output === null ? results(request, { place, name, query, split }) : [].values();
    return openCursor(server, {
      namespace: `${database}.${name}`,
      documents,
      batchSize: numberField(documentField(body, 'cursor'), 'batchSize'),
      isSingle: false,
      isKept: false,
    });
  },
};

function isOutput(stage: unknown): boolean {
  return isDocument(stage) && OUTPUT_STAGES.has(Object.keys(stage)[0] ?? '');
}

function checkNeedsNoCollection(first: Document | undefined): void {
  if (first !== undefined && SOURCELESS_STAGES.has(stageName(first))) return;
  const message =
    first === undefined
      ? '{aggregate: 1} is not valid for an empty pipeline.'
      : `{aggregate: 1} is not valid for '${stageName(first)}'; a collection is required.`;
  throw new CommandError('InvalidNamespace', message);
}

type Source = {
  readonly place: PipelineScope;
  readonly name: string;
  readonly query: Query;
  readonly split: SplitPipeline;
};

function results(request: Request, { place, name, query, split }: Source): Iterator<Uint8Array> {
  const found = place.server.storage.catalog.find(request.database, name);
  const collection = found === null || viewOf(found) !== null ? null : found;
  if (collection !== null && split.rest.length === 0)
    return foundBytes(place.server, collection, query, null);
  const counted = countedField(split.rest);
  if (collection !== null && counted !== null) {
    const n = countMatching(place.server, collection, { ...query, sort: null });
    const id = counted.id === undefined ? {} : { _id: counted.id };
    return (n === 0 ? [] : [encodeDocument({ ...id, [counted.field]: n })]).values();
  }
  return encoded(runStages(collectionDocuments(place, name, query), split.rest, place));
}

function* encoded(documents: Iterable<Document>): Generator<Uint8Array> {
  for (const document of documents) yield encodeDocument(document);
}
