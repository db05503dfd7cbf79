import { Aggregator } from 'mingo';
import { promoteDocument } from './clone.ts';
import { CommandError } from './errors.ts';
import { guarded, mingoOptions } from './mingo.ts';
import type { Document } from './values.ts';
import { isDocument, setField, valuesEqual } from './values.ts';

const UPDATE_STAGES = new Set(['$addFields', '$set', '$project', '$unset', '$replaceRoot', '$replaceWith']);

/**
 * An update by an aggregation pipeline. Values that the pipeline leaves as they were keep their BSON types.
 * @throws CommandError 72 for a stage that updates do not have
 */
export function updateByPipeline(
  before: Document,
  stages: readonly Document[],
  variables: Document,
): Document {
  for (const stage of stages) {
    const [name = ''] = Object.keys(stage);
    if (UPDATE_STAGES.has(name)) continue;
    const message = `${name} is not allowed to be used within an update`;
    throw new CommandError('InvalidOptions', message);
  }
  const options = mingoOptions({}, variables);
  const promoted = promoteDocument(before);
  const after = guarded(() => new Aggregator([...stages], options).run([promoted])[0] as Document);
  const restored = withTypesOf(before, after) as Document;
  return before['_id'] !== undefined && restored['_id'] === undefined
    ? { _id: before['_id'], ...restored }
    : restored;
}

/** The typed value where it equals the calculated one, field by field. */
function withTypesOf(before: unknown, after: unknown): unknown {
  if (isDocument(after)) {
    const result: Document = {};
    for (const key of Object.keys(after)) {
      setField(result, key, withTypesOf(isDocument(before) ? before[key] : undefined, after[key]));
    }
    return result;
  }
  if (Array.isArray(after)) {
    return after.map((element, index) =>
      withTypesOf(Array.isArray(before) ? before[index] : undefined, element),
    );
  }
  return before !== undefined && valuesEqual(before, after) ? before : after;
}
