import { CommandError } from './errors.ts';
import { FIELD_STAGES } from './stages/fields.ts';
import type { Scope } from './command.ts';
import type { Stage } from './stages/stage.ts';
import { refuseUnknownStages } from './stages/stages.ts';
import { stageName } from './pipeline.ts';
import type { Document } from './values.ts';

const UPDATE_STAGES = new Set(['$addFields', '$set', '$project', '$unset', '$replaceRoot', '$replaceWith']);

/**
 * Compiles an update by an aggregation pipeline. Values that it does not name keep their BSON types.
 * @throws CommandError 72 for a stage that updates do not have, 40324 for one that there is not
 */
export function compilePipelineUpdate(
  stages: readonly Document[],
  scope: Scope,
): (before: Document) => Document {
  refuseUnknownStages(stages);
  const compiled = stages.map((stage): Stage => {
    const name = stageName(stage);
    const compiler = UPDATE_STAGES.has(name) ? FIELD_STAGES[name] : undefined;
    if (compiler !== undefined) return compiler(stage[name], { scope });
    throw new CommandError('InvalidOptions', `${name} is not allowed to be used within an update`);
  });
  return (before) => {
    const flow = compiled.reduce<Iterable<Document>>((documents, stage) => stage(documents), [before]);
    const [after = {}] = flow;
    const { _id: id } = before;
    return id !== undefined && after['_id'] === undefined ? { _id: id, ...after } : after;
  };
}
