import type { Document } from './values.ts';
import { isDocument, toDouble } from './values.ts';
import { asksMeta } from './document-meta.ts';
import { CommandError } from './errors.ts';
import type { FieldUse } from './field-use.ts';
import { pipelineUse } from './field-use.ts';
import { checkedOrder } from './sort.ts';

/** Stages that write what a pipeline makes. */
export const OUTPUT_STAGES: ReadonlySet<string> = new Set(['$out', '$merge']);

/** Stages that may begin a pipeline over no collection. */
export const SOURCELESS_STAGES: ReadonlySet<string> = new Set([
  '$documents',
  '$listLocalSessions',
  '$currentOp',
]);

/** Stages that make their documents themselves. */
export const SOURCE_STAGES: ReadonlySet<string> = new Set([
  ...SOURCELESS_STAGES,
  '$collStats',
  '$indexStats',
]);

const REPLICATED_STAGES = new Set(['$changeStream', '$changeStreamSplitLargeEvent']);

/** @throws CommandError 40573 for a change stream, 40601 for a stage that writes and is not the last */
export function checkPlaces(pipeline: readonly Document[]): void {
  pipeline.forEach((stage, index) => {
    const name = stageName(stage);
    if (REPLICATED_STAGES.has(name)) {
      throw new CommandError(40573, 'The $changeStream stage is only supported on replica sets');
    }
    if (OUTPUT_STAGES.has(name) && index !== pipeline.length - 1) {
      throw new CommandError(40601, `${name} can only be the final stage in the pipeline`);
    }
  });
}

/** The beginning of a pipeline that a query answers, with its indexes, and the stages that come after. */
export type SplitPipeline = {
  readonly filter: Document;
  readonly sort: Document | null;
  readonly skip: number;
  /** 0 for all. */
  readonly limit: number;
  readonly rest: readonly Document[];
  /** What the stages after it read of a document. */
  readonly fields: FieldUse;
  /** Whether they ask for the index key by which it was met. */
  readonly isKeyKnown: boolean;
};

/** Takes `$match`, `$sort`, `$skip`, `$limit` off the front, in this order. @throws CommandError 40323 */
export function splitPipeline(pipeline: readonly Document[]): SplitPipeline {
  for (const stage of pipeline) stageName(stage);
  const rest = [...pipeline];
  const take = (name: string): unknown => {
    const [first] = rest;
    if (first === undefined || stageName(first) !== name) return undefined;
    rest.shift();
    return first[name];
  };
  const matches: Document[] = [];
  for (let match = take('$match'); match !== undefined; match = take('$match'))
    matches.push(matchFilter(match));
  const order = rest[0]?.['$sort'];
  const sort =
    isDocument(order) && Object.keys(order).length > 0 ? checkedOrder(take('$sort') as Document) : null;
  const skip = whole('$skip', take('$skip'));
  const limit = whole('$limit', take('$limit'));
  if (limit === 0 && pipeline.some((stage) => '$limit' in stage && toDouble(stage['$limit']) === 0)) {
    throw new CommandError(15958, 'the limit must be positive');
  }
  const filter =
    matches.length === 1 ? (matches[0] as Document) : matches.length === 0 ? {} : { $and: matches };
  const uses = { fields: pipelineUse(rest), isKeyKnown: asksMeta(rest, 'indexKey') };
  return { filter, sort, skip, limit, rest, ...uses };
}

function matchFilter(match: unknown): Document {
  if (isDocument(match)) return match;
  throw new CommandError(15959, 'the match filter must be an expression in an object');
}

function whole(name: string, value: unknown): number {
  if (value === undefined) return 0;
  const number = toDouble(value);
  if (Number.isInteger(number) && number >= 0) return number;
  throw new CommandError(5107201, `invalid argument to ${name} stage: Expected a non-negative number`);
}

/** The one operator of a stage. @throws CommandError 40323 */
export function stageName(stage: Document): string {
  const names = Object.keys(stage);
  if (names.length === 1) return names[0] as string;
  throw new CommandError(40323, 'A pipeline stage specification object must contain exactly one field.');
}

/**
 * The field into which a pipeline's rest only counts documents (`$count`, or one `$group` of all that sums ones);
 * null when it does more.
 */
export function countedField(
  rest: readonly Document[],
): { readonly id: unknown; readonly field: string } | null {
  const [only] = rest;
  if (rest.length !== 1 || only === undefined) return null;
  if (typeof only['$count'] === 'string' && /^[^$.][^.]*$/.test(only['$count']))
    return { id: undefined, field: only['$count'] };
  const group = only['$group'];
  if (!isDocument(group) || Object.keys(group).length !== 2) return null;
  const { _id: id } = group;
  const [field = ''] = Object.keys(group).filter((name) => name !== '_id');
  const sum = isDocument(group[field]) ? group[field]['$sum'] : undefined;
  const isConstant = id === null || (id !== undefined && Number.isFinite(toDouble(id)));
  return isConstant && toDouble(sum) === 1 && /^[^$.][^.]*$/.test(field) ? { id, field } : null;
}
