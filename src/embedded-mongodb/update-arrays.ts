import { cloneValue } from './clone.ts';
import { CommandError } from './errors.ts';
import type { MatchContext } from './match.ts';
import { compileFilter, isValueTest, refuseSpecialFeatures } from './match.ts';
import { typeName } from './match-type.ts';
import { shellText } from './shell-text.ts';
import { compileSort } from './sort.ts';
import type { OperatorInput, OperatorPlace, UpdateOperator } from './update-operators.ts';
import type { Document } from './values.ts';
import { typeRank, RANK, compareValues, isDocument, isNumeric, toDouble } from './values.ts';

/** What an element is compared by: MongoDB's order, texts by the command's collation. */
function comparer({ collate }: MatchContext): (left: unknown, right: unknown) => number {
  return (left, right) => compareValues(left, right, collate);
}

/** `$push` with `$each`, `$position`, `$sort` and `$slice`, in that order. */
export function push({ operand, context }: OperatorInput): UpdateOperator {
  const clauses: Document = isDocument(operand) && '$each' in operand ? operand : { $each: [operand] };
  const unknown = Object.keys(clauses).find((key) => !PUSH_CLAUSES.has(key));
  if (unknown !== undefined) throw new CommandError('BadValue', `Unrecognized clause in $push: ${unknown}`);
  const each = eachOf('$push', clauses['$each']);
  const slice = wholeClause(clauses, '$slice');
  const sort = sorter(clauses['$sort'], context);
  const position = wholeClause(clauses, '$position');
  return (current, place) => {
    const array = pushable(current, place);
    const at =
      position === null ? array.length : position < 0 ? Math.max(array.length + position, 0) : position;
    const pushed = sort([...array.slice(0, at), ...each.map(cloneValue), ...array.slice(at)]);
    if (slice === null) return pushed;
    return slice < 0 ? pushed.slice(slice) : pushed.slice(0, slice);
  };
}

const PUSH_CLAUSES = new Set(['$each', '$slice', '$sort', '$position']);

function pushable(current: unknown, { path, id }: OperatorPlace): readonly unknown[] {
  if (current === undefined) return [];
  if (Array.isArray(current)) return current;
  const message = `The field '${path}' must be an array but is of type ${typeName(current)} in document {_id: ${shellText(id)}}`;
  throw new CommandError('BadValue', message);
}

/** A whole number of a `$push`; null where it has none. */
function wholeClause(clauses: Document, name: '$slice' | '$position'): number | null {
  const value = clauses[name];
  if (value === undefined) return null;
  const number = isNumeric(value) ? toDouble(value) : Number.NaN;
  if (Number.isInteger(number)) return number;
  const given = name === '$slice' ? 'but was given type: ' : 'not of type: ';
  throw new CommandError(
    'BadValue',
    `The value for ${name} must be an integer value, ${given}${typeName(value)}`,
  );
}

function eachOf(operator: string, each: unknown): unknown[] {
  if (Array.isArray(each)) return each;
  throw new CommandError(
    operator === '$push' ? 'BadValue' : 'TypeMismatch',
    `The argument to $each in ${operator} must be an array but it was of type: ${typeName(each)}`,
  );
}

type Sorter = (elements: unknown[]) => unknown[];

function sorter(order: unknown, context: MatchContext): Sorter {
  if (order === undefined) return (elements) => elements;
  if (isDocument(order)) {
    checkSortPattern(order);
    const sort = compileSort(order, context.collate);
    return (elements) => elements.sort((left, right) => sort.compare(sort.keyOf(left), sort.keyOf(right)));
  }
  if (!isNumeric(order)) {
    const message =
      'The $sort is invalid: use 1/-1 to sort the whole element, or {field:1/-1} to sort embedded fields';
    throw new CommandError('BadValue', message);
  }
  const direction = sortDirection(order);
  const compare = comparer(context);
  return (elements) => elements.sort((left, right) => compare(left, right) * direction);
}

function sortDirection(order: unknown): number {
  const direction = isNumeric(order) ? toDouble(order) : Number.NaN;
  if (direction === 1 || direction === -1) return direction;
  throw new CommandError('BadValue', 'The $sort element value must be either 1 or -1');
}

function checkSortPattern(pattern: Document): void {
  if (Object.keys(pattern).length === 0) {
    throw new CommandError('BadValue', 'The $sort pattern is empty when it should be a set of fields.');
  }
  for (const [field, order] of Object.entries(pattern)) {
    sortDirection(order);
    if (field === '') throw new CommandError('BadValue', 'The $sort field cannot be empty');
    if (!field.split('.').includes('')) continue;
    throw new CommandError('BadValue', `The $sort field is a dotted field but has an empty part: ${field}`);
  }
}

/** `$addToSet`: what is equal to an element, or to another of its own values, is not added. */
export function addToSet({ operand, context }: OperatorInput): UpdateOperator {
  const isEach = isDocument(operand) && Object.keys(operand)[0] === '$each';
  if (isEach && Object.keys(operand).length > 1) {
    const message = `Found unexpected fields after $each in $addToSet: ${shellText(operand)}`;
    throw new CommandError('BadValue', message);
  }
  const added = isEach ? eachOf('$addToSet', operand['$each']) : [operand];
  const compare = comparer(context);
  return (current, place) => {
    const array = settable(current, place);
    const result = [...array];
    for (const value of added) {
      if (!result.some((known) => compare(known, value) === 0)) result.push(cloneValue(value));
    }
    return current !== undefined && result.length === array.length ? undefined : result;
  };
}

function settable(current: unknown, { path }: OperatorPlace): readonly unknown[] {
  if (current === undefined) return [];
  if (Array.isArray(current)) return current;
  const field = path.split('.').at(-1) ?? path;
  const message = `Cannot apply $addToSet to non-array field. Field named '${field}' has non-array type ${typeName(current)}`;
  throw new CommandError('BadValue', message);
}

/** `$pop`: 1 takes the last element, -1 the first. */
export function pop({ operand }: OperatorInput): UpdateOperator {
  const end = isNumeric(operand) ? toDouble(operand) : Number.NaN;
  if (end !== 1 && end !== -1) {
    throw new CommandError('FailedToParse', `$pop expects 1 or -1, found: ${shellText(operand)}`);
  }
  return (current, { path }) => {
    if (current === undefined) return undefined;
    if (!Array.isArray(current)) {
      const message = `Path '${path}' contains an element of non-array type '${typeName(current)}'`;
      throw new CommandError('TypeMismatch', message);
    }
    const array: readonly unknown[] = current;
    return end === 1 ? array.slice(0, -1) : array.slice(1);
  };
}

/** `$pull`: a value, a pattern, operators on the element, or a filter over its fields. */
export function pull({ operand, context }: OperatorInput): UpdateOperator {
  return culling('$pull', pullTest(operand, context));
}

function pullTest(operand: unknown, context: MatchContext): (element: unknown) => boolean {
  if (isValueTest(operand) || typeRank(operand) === RANK.regex) {
    // Unlike `$elemMatch`, it looks into a list that is an element.
    const test = compileFilter({ element: operand }, context);
    return (element) => test({ element });
  }
  if (isDocument(operand)) {
    refuseSpecialFeatures(operand);
    const test = compileFilter(operand, context);
    return (element) => isDocument(element) && test(element);
  }
  const compare = comparer(context);
  return (element) => compare(element, operand) === 0;
}

/** `$pullAll`: elements that equal one of the values. */
export function pullAll({ operand, context }: OperatorInput): UpdateOperator {
  if (!Array.isArray(operand)) {
    const message = `$pullAll requires an array argument but was given a ${typeName(operand)}`;
    throw new CommandError('BadValue', message);
  }
  const compare = comparer(context);
  return culling('$pullAll', (element) => operand.some((value: unknown) => compare(value, element) === 0));
}

function culling(operator: string, test: (element: unknown) => boolean): UpdateOperator {
  return (current) => {
    if (current === undefined) return undefined;
    if (!Array.isArray(current)) {
      throw new CommandError('BadValue', `Cannot apply ${operator} to a non-array value`);
    }
    const kept = current.filter((element) => !test(element));
    return kept.length === current.length ? undefined : kept;
  };
}
