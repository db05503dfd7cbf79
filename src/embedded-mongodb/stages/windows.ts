import { Double } from 'bson';
import { keysBy } from '../collation.ts';
import { CommandError } from '../errors.ts';
import { ACCUMULATORS } from '../expressions/accumulators.ts';
import { later, unitOf } from '../expressions/calendar.ts';
import type { Surroundings } from '../expressions/expression.ts';
import { compileExpression, compilerIn, frameOf, NO_SURROUNDINGS } from '../expressions/expression.ts';
import { plainName } from '../field-names.ts';
import { metered } from '../memory.ts';
import { splitPath } from '../paths.ts';
import { compileSort } from '../sort.ts';
import type { Document } from '../values.ts';
import { compareValues, isDocument, isNumeric, toDouble } from '../values.ts';
import { withValue } from './fields.ts';
import type { StageCompiler } from './stage.ts';
import { WINDOW_FUNCTIONS } from './window-functions.ts';

/** One partition in its order, and how a document is compared with its neighbours. */
export type Partition = {
  readonly documents: readonly Document[];
  readonly variables: Document;
  /** Value of the one field that orders the partition. */
  readonly orderValue: (document: Document) => unknown;
  readonly isTie: (left: number, right: number) => boolean;
};

/** The value of one output field for each document of a partition. */
export type WindowFunction = (partition: Partition) => readonly unknown[];

/** First and last place of a window, for the document at a place. */
type Bounds = (partition: Partition, at: number) => readonly [number, number];

const failed = (message: string): CommandError => new CommandError('FailedToParse', message);

/** `$setWindowFields`. */
export const setWindowFields: StageCompiler = (spec, { scope }) => {
  if (!isDocument(spec)) throw failed('the $setWindowFields stage specification must be an object');
  const { partitionBy, sortBy, output } = spec;
  if (!isDocument(output))
    throw new CommandError(40414, "BSON field '$setWindowFields.output' is missing but a required field");
  const idOf = partitionBy === undefined ? () => null : compileExpression(partitionBy, scope);
  const sort = isDocument(sortBy) ? compileSort(sortBy, scope.collate) : null;
  const sortFields = isDocument(sortBy) ? Object.keys(sortBy) : [];
  const outputs = Object.entries(output).map(([name, given]) => ({
    path: splitPath(name),
    values: compileOutput(given, sortFields, scope),
  }));
  const orderPath = compileExpression(`$${plainName(sortFields[0] ?? '_id')}`, NO_SURROUNDINGS);
  return function* (documents) {
    const partitions = new Map<string, Document[]>();
    const keyOf = keysBy(scope.collate);
    for (const document of metered(documents, '$setWindowFields')) {
      const key = keyOf(idOf(frameOf(document, scope.variables)) ?? null);
      const known = partitions.get(key);
      if (known === undefined) partitions.set(key, [document]);
      else known.push(document);
    }
    for (const [, members] of [...partitions].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const keyed = members.map((document) => ({ document, key: sort?.keyOf(document) ?? [] }));
      if (sort !== null) keyed.sort((left, right) => sort.compare(left.key, right.key));
      const partition: Partition = {
        documents: keyed.map(({ document }) => document),
        variables: scope.variables,
        orderValue: (document) => orderPath(frameOf(document, scope.variables)),
        isTie: (a, b) => sort === null || sort.compare(keyed[a]?.key ?? [], keyed[b]?.key ?? []) === 0,
      };
      const columns = outputs.map(({ path, values }) => ({ path, values: values(partition) }));
      for (const [at, document] of partition.documents.entries()) {
        yield columns.reduce((made, { path, values }) => withValue(made, path, values[at] ?? null), document);
      }
    }
  };
};

function compileOutput(
  given: unknown,
  sortFields: readonly string[],
  surroundings: Surroundings,
): WindowFunction {
  if (!isDocument(given)) throw failed('each output field of $setWindowFields must be an object');
  const names = Object.keys(given).filter((key) => key !== 'window');
  const [name = ''] = names;
  const compile = compilerIn(surroundings);
  if (names.length !== 1) throw failed('each output field of $setWindowFields needs exactly one function');
  const special = Object.hasOwn(WINDOW_FUNCTIONS, name) ? WINDOW_FUNCTIONS[name] : undefined;
  if (special !== undefined) {
    if (sortFields.length === 0)
      throw new CommandError(5371602, `${name} must be specified with a sortBy expression`);
    return special(given[name], compile);
  }
  const compiler = Object.hasOwn(ACCUMULATORS, name) ? ACCUMULATORS[name] : undefined;
  if (compiler === undefined) throw failed(`Unrecognized window function, ${name}`);
  const make = compiler(given[name], compile);
  const bounds = boundsOf(given['window'], sortFields);
  return (partition) =>
    partition.documents.map((_, at) => {
      const [first, last] = bounds(partition, at);
      const state = make();
      for (const document of partition.documents.slice(Math.max(first, 0), Math.max(last + 1, 0))) {
        state.add(frameOf(document, partition.variables));
      }
      return state.result();
    });
}

/** A window by places (`documents`) or by distance in the order (`range`); without one, the whole partition. */
function boundsOf(window: unknown, sortFields: readonly string[]): Bounds {
  const whole: Bounds = ({ documents }) => [0, documents.length - 1];
  if (window === undefined) return whole;
  if (!isDocument(window)) throw failed("'window' field must be an object");
  const { documents, range, unit } = window;
  if (documents !== undefined && sortFields.length === 0) {
    throw new CommandError(5339901, 'Document-based bounds require a sortBy');
  }
  if (range !== undefined && sortFields.length !== 1) {
    throw new CommandError(5339902, 'Range-based bounds require sortBy a single field');
  }
  if (documents !== undefined) return documentBounds(pairOf(documents));
  return range === undefined ? whole : rangeBounds(pairOf(range), unit);
}

function pairOf(given: unknown): readonly [unknown, unknown] {
  if (Array.isArray(given) && given.length === 2) return [given[0], given[1]];
  throw new CommandError(5339900, 'Window bounds must be a 2-element array');
}

function documentBounds([low, high]: readonly [unknown, unknown]): Bounds {
  const place = (bound: unknown, at: number, edge: number): number =>
    bound === 'unbounded' ? edge : bound === 'current' ? at : at + toDouble(bound);
  return ({ documents }, at) => [place(low, at, 0), place(high, at, documents.length - 1)];
}

function rangeBounds([low, high]: readonly [unknown, unknown], unit: unknown): Bounds {
  const edge = (value: unknown, bound: unknown): unknown => {
    const distance = bound === 'current' ? 0 : toDouble(bound);
    if (value instanceof Date) {
      if (unit === undefined) throw new CommandError(5429413, 'Invalid range: windows of dates need a unit');
      return later(value, { unit: unitOf('window', unit), amount: distance, zone: 'UTC' });
    }
    if (unit !== undefined)
      throw new CommandError(5429513, 'Invalid range: Expected the sortBy field to be a Date');
    if (isNumeric(value)) return new Double(toDouble(value) + distance);
    throw new CommandError(5429414, 'Invalid range: Expected the sortBy field to be a number');
  };
  return ({ documents, orderValue }, at) => {
    const values = documents.map(orderValue);
    const own = values[at];
    const from =
      low === 'unbounded' ? 0 : values.findIndex((value) => compareValues(value, edge(own, low)) >= 0);
    const to =
      high === 'unbounded'
        ? values.length - 1
        : values.findLastIndex((value) => compareValues(value, edge(own, high)) <= 0);
    return [from === -1 ? values.length : from, to];
  };
}
