import type { Scope } from './command.ts';
import { CommandError } from './errors.ts';
import { compileExpression, frameOf } from './expressions/expression.ts';
import { checkOwnName } from './expressions/variable-names.ts';
import { typeName } from './match-type.ts';
import { compilePipelineUpdate } from './pipeline-update.ts';
import type { Document } from './values.ts';
import { isDocument } from './values.ts';

/** What `$merge` is told. Source: server, document_source_merge.cpp, document_source_merge_spec.cpp */

export type MergeOptions = {
  readonly into: unknown;
  /** Paths of the fields that find the document to merge with; null for `_id`, which needs no index of its own. */
  readonly on: readonly string[] | null;
  readonly whenMatched: unknown;
  readonly whenNotMatched: unknown;
  /** The variables of a pipeline in `whenMatched`, for a result. */
  readonly variables: (result: Document) => Document;
};

const FIELDS = new Set(['into', 'on', 'let', 'whenMatched', 'whenNotMatched']);
const WHEN_MATCHED = new Set(['replace', 'keepExisting', 'merge', 'fail']);
const WHEN_NOT_MATCHED = new Set(['insert', 'discard', 'fail']);
/** What is done to a match where nothing is inserted; a pipeline may be, too. */
const WITHOUT_INSERT = new Set(['replace', 'merge']);

/** @throws CommandError for what `$merge` does not know, 51199, 51273 for a wrong `let` */
export function mergeOptions(spec: unknown, scope: Scope): MergeOptions {
  if (typeof spec !== 'string' && !isDocument(spec)) {
    const message = `$merge requires a string or object argument, but found ${typeName(spec)}`;
    throw new CommandError('TypeMismatch', message);
  }
  const given = isDocument(spec) ? spec : { into: spec };
  const unknown = Object.keys(given).find((field) => !FIELDS.has(field));
  if (unknown !== undefined)
    throw new CommandError(40415, `BSON field '$merge.${unknown}' is an unknown field.`);
  const { into, whenMatched = 'merge', whenNotMatched = 'insert' } = given;
  const on = given['on'] === undefined ? null : fieldsOf(given['on']);
  checkModes(whenMatched, whenNotMatched);
  const variables = variablesOf(given['let'], whenMatched, scope);
  return { into, on, whenMatched, whenNotMatched, variables };
}

function fieldsOf(on: unknown): readonly string[] {
  if (typeof on !== 'string' && !Array.isArray(on)) {
    const message = `$merge 'on' field must be either a string or an array of strings, but found ${typeName(on)}`;
    throw new CommandError(51186, message);
  }
  const fields = [on].flat().map((field: unknown) => {
    if (typeof field === 'string') return field;
    const message = `$merge 'on' array elements must be strings, but found ${typeName(field)}`;
    throw new CommandError(51134, message);
  });
  if (fields.length === 0) {
    throw new CommandError(51187, "If explicitly specifying $merge 'on', must include at least one field");
  }
  const twice = fields.find((field, at) => fields.indexOf(field) !== at);
  if (twice !== undefined) throw new CommandError(31465, `Found a duplicate field '${twice}'`);
  return fields;
}

function checkModes(whenMatched: unknown, whenNotMatched: unknown): void {
  const isPipeline = Array.isArray(whenMatched);
  if (!isPipeline && typeof whenMatched !== 'string') {
    const message = `$merge 'whenMatched' field must be either a string or an array, but found ${typeName(whenMatched)}`;
    throw new CommandError(51191, message);
  }
  if (!isPipeline && !WHEN_MATCHED.has(whenMatched)) throw unknownMode('whenMatched', whenMatched);
  if (!WHEN_NOT_MATCHED.has(whenNotMatched as string)) throw unknownMode('whenNotMatched', whenNotMatched);
  if (whenNotMatched === 'insert' || isPipeline || WITHOUT_INSERT.has(whenMatched)) return;
  const modes = `'whenMatched: ${whenMatched}' and 'whenNotMatched: ${String(whenNotMatched)}'`;
  throw new CommandError(51181, `Combination of $merge modes ${modes} is not supported`);
}

function unknownMode(field: string, value: unknown): CommandError {
  return new CommandError(
    'BadValue',
    `Enumeration value '${String(value)}' for field '${field}' is not a valid value.`,
  );
}

function variablesOf(given: unknown, whenMatched: unknown, scope: Scope): MergeOptions['variables'] {
  if (given !== undefined && !Array.isArray(whenMatched)) {
    throw new CommandError(51199, "Cannot use 'let' variables with this 'whenMatched' mode");
  }
  const own = isDocument(given) ? given : {};
  if ('new' in own && own['new'] !== '$$ROOT') {
    const message = "'let' may not define a value for the reserved 'new' variable other than '$$ROOT'";
    throw new CommandError(51273, message);
  }
  const compiled = Object.entries(own).map(([name, value]) => {
    checkOwnName(name);
    return [name, compileExpression(value, scope)] as const;
  });
  if (Array.isArray(whenMatched)) {
    const names = Object.fromEntries(['new', ...Object.keys(own)].map((name) => [name, undefined]));
    const variables = { ...scope.variables, ...names };
    compilePipelineUpdate(whenMatched as Document[], { ...scope, variables });
  }
  return (result) => {
    const frame = frameOf(result, scope.variables);
    const values = compiled.map(([name, value]) => [name, value(frame)] as const);
    return { ...scope.variables, new: result, ...Object.fromEntries(values) };
  };
}
