import { Int32, Long, Timestamp } from 'bson';
import { calculate, zeroLike } from './arithmetic.ts';
import { cloneValue } from './clone.ts';
import { CommandError } from './errors.ts';
import type { MatchContext } from './match.ts';
import { compileFilter, elementPredicate, isOperatorDocument } from './match.ts';
import { typeName } from './match-type.ts';
import { compileRegex } from './regex.ts';
import { shellText } from './shell-text.ts';
import { compileSort } from './sort.ts';
import { typeRank, RANK, compareValues, isDocument, isNumeric, toDouble, valuesEqual } from './values.ts';

/** What an operator is given beside the value there is. */
export type OperatorInput = {
  readonly path: string;
  readonly operand: unknown;
  /** `_id` of the document, for messages. */
  readonly id: unknown;
  readonly now: Date;
  readonly context: MatchContext;
};

/** The new value of a field; undefined leaves it as it is. */
export type UpdateOperator = (current: unknown, input: OperatorInput) => unknown;

/** Operators that give a field its new value; `$unset` and `$rename` are elsewhere, for they remove fields. */
export const UPDATE_OPERATORS: Readonly<Record<string, UpdateOperator>> = {
  $set: (_current, { operand }) => cloneValue(operand),
  $setOnInsert: (_current, { operand }) => cloneValue(operand),
  $inc: increment,
  $mul: multiply,
  $min: (current, { operand }) =>
    current === undefined || compareValues(operand, current) < 0 ? cloneValue(operand) : undefined,
  $max: (current, { operand }) =>
    current === undefined || compareValues(operand, current) > 0 ? cloneValue(operand) : undefined,
  $currentDate: currentDate,
  $bit: bitwise,
  $push: push,
  $addToSet: addToSet,
  $pop: pop,
  $pull: pull,
  $pullAll: pullAll,
};

function increment(current: unknown, input: OperatorInput): unknown {
  requireNumber('increment', input);
  if (current === undefined) return input.operand;
  requireNumeric('$inc', current, input);
  return calculate('add', current, input.operand);
}

function multiply(current: unknown, input: OperatorInput): unknown {
  requireNumber('multiply', input);
  if (current === undefined) return zeroLike(input.operand);
  requireNumeric('$mul', current, input);
  return calculate('multiply', current, input.operand);
}

function requireNumber(verb: string, { path, operand }: OperatorInput): void {
  if (isNumeric(operand)) return;
  const message = `Cannot ${verb} with non-numeric argument: ${shellText({ [path]: operand })}`;
  throw new CommandError('TypeMismatch', message);
}

function requireNumeric(operator: string, current: unknown, { path, id }: OperatorInput): void {
  if (isNumeric(current)) return;
  const field = path.split('.').at(-1) ?? path;
  const message = `Cannot apply ${operator} to a value of non-numeric type. ${shellText({ _id: id })} has the field '${field}' of non-numeric type ${typeName(current)}`;
  throw new CommandError('TypeMismatch', message);
}

function currentDate(_current: unknown, { operand, now, path }: OperatorInput): unknown {
  const type = isDocument(operand) ? operand['$type'] : operand;
  if (typeof type === 'boolean' || type === 'date') return now;
  if (type === 'timestamp') return new Timestamp({ t: Math.floor(now.getTime() / 1_000), i: 1 });
  const message = `${typeName(operand)} is not valid type for $currentDate (field '${path}'). Please use a boolean ('true') or a $type expression ({$type: 'timestamp/date'}).`;
  throw new CommandError('BadValue', message);
}

function bitwise(current: unknown, { operand, path, id }: OperatorInput): unknown {
  if (!isDocument(operand) || Object.keys(operand).length === 0) {
    throw new CommandError('BadValue', `The $bit modifier is not compatible with a ${typeName(operand)}.`);
  }
  const isInteger = (value: unknown): boolean => value instanceof Int32 || value instanceof Long;
  if (current !== undefined && !isInteger(current)) {
    const message = `Cannot apply $bit to a value of non-integral type.${shellText({ _id: id })} has the field ${path} of non-integer type ${typeName(current)}`;
    throw new CommandError('BadValue', message);
  }
  let bits = current === undefined ? 0n : BigInt(String(current));
  let isLong = current instanceof Long;
  for (const [name, value] of Object.entries(operand)) {
    if (!isInteger(value)) {
      throw new CommandError(
        'BadValue',
        `The $bit modifier field must be an Integer(32/64 bit); a '${typeName(value)}' is not supported here: ${shellText({ [name]: value })}`,
      );
    }
    isLong ||= value instanceof Long;
    bits = combine(bits, name, BigInt(String(value)));
  }
  return isLong ? Long.fromBigInt(bits) : new Int32(Number(bits));
}

function combine(bits: bigint, name: string, operand: bigint): bigint {
  switch (name) {
    case 'and':
      return bits & operand;
    case 'or':
      return bits | operand;
    case 'xor':
      return bits ^ operand;
    default:
      throw new CommandError(
        'BadValue',
        `The $bit modifier only supports 'and', 'or', and 'xor', not '${name}'`,
      );
  }
}

function arrayOf(current: unknown, operator: string, { path, id }: OperatorInput): readonly unknown[] {
  if (current === undefined) return [];
  if (Array.isArray(current)) return current;
  if (operator !== '$push' && operator !== '$addToSet') {
    throw new CommandError('BadValue', `Cannot apply ${operator} to a non-array value`);
  }
  const field = path.split('.').at(-1) ?? path;
  if (operator === '$addToSet') {
    const message = `Cannot apply $addToSet to non-array field. Field named '${field}' has non-array type ${typeName(current)}`;
    throw new CommandError('BadValue', message);
  }
  const message = `The field '${path}' must be an array but is of type ${typeName(current)} in document {_id: ${shellText(id)}}`;
  throw new CommandError('BadValue', message);
}

function push(current: unknown, input: OperatorInput): unknown {
  const array = arrayOf(current, '$push', input);
  const { operand } = input;
  if (!isDocument(operand) || !('$each' in operand)) return [...array, cloneValue(operand)];
  const unknown = Object.keys(operand).find(
    (key) => !['$each', '$slice', '$sort', '$position'].includes(key),
  );
  if (unknown !== undefined) throw new CommandError('BadValue', `Unrecognized clause in $push: ${unknown}`);
  const each = eachOf('$push', operand['$each']);
  const place = operand['$position'] === undefined ? array.length : toDouble(operand['$position']);
  const at = place < 0 ? Math.max(array.length + place, 0) : Math.min(place, array.length);
  const pushed = [...array.slice(0, at), ...each, ...array.slice(at)];
  const sorted =
    operand['$sort'] === undefined ? pushed : sortElements(pushed, operand['$sort'], input.context);
  if (operand['$slice'] === undefined) return sorted;
  const slice = toDouble(operand['$slice']);
  if (!Number.isInteger(slice))
    throw new CommandError('BadValue', 'The value for $slice must be an integer value');
  return slice < 0 ? sorted.slice(slice) : sorted.slice(0, slice);
}

function eachOf(operator: string, each: unknown): unknown[] {
  if (Array.isArray(each)) return each.map(cloneValue);
  const code = operator === '$push' ? 'BadValue' : 'TypeMismatch';
  throw new CommandError(
    code,
    `The argument to $each in ${operator} must be an array but it was of type: ${typeName(each)}`,
  );
}

function sortElements(elements: readonly unknown[], order: unknown, context: MatchContext): unknown[] {
  if (isDocument(order)) {
    const sort = compileSort(order, context.collate);
    return [...elements].sort((left, right) => sort.compare(sort.keyOf(left), sort.keyOf(right)));
  }
  const direction = isNumeric(order) ? toDouble(order) : Number.NaN;
  if (direction !== 1 && direction !== -1) {
    throw new CommandError('BadValue', 'The $sort element value must be either 1 or -1');
  }
  return [...elements].sort((left, right) => compareValues(left, right) * direction);
}

function addToSet(current: unknown, input: OperatorInput): unknown {
  const array = arrayOf(current, '$addToSet', input);
  const { operand } = input;
  const isEach = isDocument(operand) && '$each' in operand;
  const added = isEach ? eachOf('$addToSet', operand['$each']) : [cloneValue(operand)];
  const result = [...array];
  for (const value of added) if (!result.some((known) => valuesEqual(known, value))) result.push(value);
  return current !== undefined && result.length === array.length ? undefined : result;
}

function pop(current: unknown, input: OperatorInput): unknown {
  const end = isNumeric(input.operand) ? toDouble(input.operand) : Number.NaN;
  if (end !== 1 && end !== -1) {
    throw new CommandError('FailedToParse', `$pop expects 1 or -1, found: ${shellText(input.operand)}`);
  }
  if (current === undefined) return undefined;
  if (!Array.isArray(current)) {
    const message = `Path '${input.path}' contains an element of non-array type '${typeName(current)}'`;
    throw new CommandError('TypeMismatch', message);
  }
  return end === 1 ? current.slice(0, -1) : current.slice(1);
}

function pull(current: unknown, input: OperatorInput): unknown {
  if (current === undefined) return undefined;
  const array = arrayOf(current, '$pull', input);
  const test = pullTest(input);
  const kept = array.filter((element) => !test(element));
  return kept.length === array.length ? undefined : kept;
}

function pullTest({ operand, context }: OperatorInput): (element: unknown) => boolean {
  if (isOperatorDocument(operand)) return elementPredicate(operand, context);
  if (isDocument(operand)) {
    const test = compileFilter(operand, context);
    return (element) => isDocument(element) && test(element);
  }
  if (typeRank(operand) !== RANK.regex) return (element) => valuesEqual(element, operand);
  const regex = compileRegex(operand);
  return (element) => (typeof element === 'string' ? regex.test(element) : valuesEqual(element, operand));
}

function pullAll(current: unknown, input: OperatorInput): unknown {
  const { operand } = input;
  if (!Array.isArray(operand)) {
    throw new CommandError(
      'BadValue',
      `$pullAll requires an array argument but was given a ${typeName(operand)}`,
    );
  }
  if (current === undefined) return undefined;
  const array = arrayOf(current, '$pullAll', input);
  const kept = array.filter((element) => !operand.some((value: unknown) => valuesEqual(value, element)));
  return kept.length === array.length ? undefined : kept;
}
