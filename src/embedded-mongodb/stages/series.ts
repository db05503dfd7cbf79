import { keysBy } from '../collation.ts';
import { CommandError } from '../errors.ts';
import { later, unitOf } from '../expressions/calendar.ts';
import { compileExpression, frameOf, NO_SURROUNDINGS } from '../expressions/expression.ts';
import { heldName, plainName } from '../field-names.ts';
import { combine } from '../expressions/numbers.ts';
import { splitPath } from '../paths.ts';
import type { Document, TextOrder } from '../values.ts';
import { compareValues, isDocument, isNumeric, toDouble } from '../values.ts';
import { withValue } from './fields.ts';
import { held } from './group.ts';
import type { StageCompiler } from './stage.ts';
import { setWindowFields } from './windows.ts';

/** Documents that one `$densify` may make. Source: MongoDB 7.0, internalQueryMaxAllowedDensifyDocs */
const DENSIFIED_MAX = 500_000;

const failed = (message: string): CommandError => new CommandError('FailedToParse', message);

/** Groups of documents with the same values at these paths. */
function partitioned(
  documents: readonly Document[],
  fields: readonly string[],
  order: TextOrder,
): Document[][] {
  const keyOf = keysBy(order);
  const expressions = fields.map((field) => compileExpression(`$${field}`, NO_SURROUNDINGS));
  const groups = new Map<string, Document[]>();
  for (const document of documents) {
    const frame = frameOf(document, {});
    const key = keyOf(expressions.map((expression) => expression(frame) ?? null));
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [document]);
    else known.push(document);
  }
  return [...groups.values()];
}

/** `$densify`: documents for the values of a series that nobody has. */
const densify: StageCompiler = (spec, { scope }) => {
  if (!isDocument(spec)) throw failed('The $densify stage specification must be an object');
  const { field, range, partitionByFields } = spec;
  if (typeof field !== 'string' || !isDocument(range))
    throw new CommandError(40414, '$densify needs a field and a range');
  const { step, unit, bounds } = range;
  if (!isNumeric(step) || toDouble(step) <= 0)
    throw new CommandError(
      5733401,
      'the step parameter in a range statement must be a strictly positive numeric value',
    );
  const next = (value: unknown): unknown =>
    value instanceof Date
      ? later(value, { unit: unitOf('$densify', unit), amount: toDouble(step), zone: 'UTC' })
      : combine('add', value, step);
  const fields = Array.isArray(partitionByFields) ? partitionByFields.map(String) : [];
  const valueOf = compileExpression(`$${field}`, NO_SURROUNDINGS);
  const read = (document: Document): unknown => valueOf(frameOf(document, {}));
  return held('$densify', (documents) => {
    documents.map(read).forEach(checkDensified);
    const groups = partitioned(documents, fields, scope.collate);
    const all = documents
      .map(read)
      .filter((value) => value !== undefined && value !== null)
      .sort((left, right) => compareValues(left, right));
    return groups.flatMap((group) => {
      const sorted = [...group].sort((left, right) => compareValues(read(left), read(right)));
      const [low, high, isOpen] = densifyBounds(bounds, bounds === 'full' ? all : sorted.map(read));
      const head = Object.fromEntries(
        fields.map((name) => [
          heldName(name),
          compileExpression(`$${name}`, NO_SURROUNDINGS)(frameOf(sorted[0] ?? {}, {})),
        ]),
      );
      const made: Document[] = [];
      for (
        let value = low;
        value !== undefined && compareValues(value, high) < (isOpen ? 0 : 1);
        value = next(value)
      ) {
        if (made.length > DENSIFIED_MAX)
          throw new CommandError(
            5897900,
            `Generated ${made.length} documents in $densify, which is over the limit of ${DENSIFIED_MAX}`,
          );
        if (!sorted.some((document) => compareValues(read(document), value) === 0)) {
          made.push(withValue(nested(head), splitPath(field), value));
        }
      }
      return [...sorted, ...made].sort((left, right) => compareValues(read(left), read(right)));
    });
  });
};

/** @throws CommandError 5733201 */
function checkDensified(value: unknown): void {
  if (value === undefined || value === null || value instanceof Date || isNumeric(value)) return;
  throw new CommandError(5733201, 'Densify field type must be numeric or a date');
}

/** Paths as documents. */
function nested(values: Document): Document {
  return Object.entries(values).reduce<Document>(
    (made, [path, value]) => (value === undefined ? made : withValue(made, splitPath(path), value)),
    {},
  );
}

/** First and last value of the series; explicit bounds do not take the last. */
function densifyBounds(bounds: unknown, known: readonly unknown[]): readonly [unknown, unknown, boolean] {
  if (Array.isArray(bounds) && bounds.length === 2) return [bounds[0], bounds[1], true];
  if (bounds !== 'full' && bounds !== 'partition') {
    throw new CommandError(
      5946802,
      "the bounds in a range statement must be the string 'full' or 'partition' or an ascending array of two values",
    );
  }
  return [known[0], known.at(-1), false];
}

/** `$fill`: a value, the last one there was, or the line between the neighbours, in place of null and missing. */
const fill: StageCompiler = (spec, place, runner) => {
  if (!isDocument(spec) || !isDocument(spec['output'])) throw failed("$fill needs an 'output' object");
  const { output, sortBy, partitionBy, partitionByFields } = spec;
  const values: Document = {};
  const windows: Document = {};
  for (const [held, given] of Object.entries(output as Document)) {
    const name = plainName(held);
    const { value, method } = isDocument(given) ? given : {};
    if (method === 'locf') windows[held] = { $locf: `$${name}` };
    else if (method === 'linear') windows[held] = { $linearFill: `$${name}` };
    else if (isDocument(given) && 'value' in given) values[held] = { $ifNull: [`$${name}`, value] };
    else throw new CommandError(6050201, "each output field of $fill needs a 'value' or a 'method'");
  }
  const groupedBy = Array.isArray(partitionByFields)
    ? partitionByFields.map((field) => `$${String(field)}`)
    : partitionBy;
  const windowStage =
    Object.keys(windows).length === 0
      ? null
      : setWindowFields(
          { partitionBy: groupedBy, sortBy: sortBy ?? { _id: 1 }, output: windows },
          place,
          runner,
        );
  const frame = (document: Document) => frameOf(document, place.scope.variables);
  const constants = Object.entries(values).map(([name, value]) => ({
    path: splitPath(name),
    value: compileExpression(value, place.scope),
  }));
  return function* (documents) {
    for (const document of windowStage === null ? documents : windowStage(documents)) {
      yield constants.reduce(
        (made, { path, value }) => withValue(made, path, value(frame(document))),
        document,
      );
    }
  };
};

/** Stages over an order: windows, and what is missing in a series. */
export const SERIES_STAGES: Readonly<Record<string, StageCompiler>> = {
  $setWindowFields: setWindowFields,
  $densify: densify,
  $fill: fill,
};
