import { Double, Int32, Long } from 'bson';
import { calculate } from './arithmetic.ts';
import { cloneValue } from './clone.ts';
import { CommandError } from './errors.ts';
import type { MatchContext } from './match.ts';
import { typeName } from './match-type.ts';
import { shellText } from './shell-text.ts';
import { addToSet, pop, pull, pullAll, push } from './update-arrays.ts';
import { timestampAt } from './timestamps.ts';
import { compareValues, isDocument, isNumeric } from './values.ts';

/** One operator on one path, as the statement gives it. */
export type OperatorInput = {
  readonly path: string;
  readonly operand: unknown;
  readonly now: Date;
  readonly context: MatchContext;
};

/** Where an operator is applied: the path without `$`, and `_id` of the document, for messages. */
export type OperatorPlace = { readonly path: string; readonly id: unknown };

/** The new value of a field; undefined leaves it as it is. */
export type UpdateOperator = (current: unknown, place: OperatorPlace) => unknown;

/** Checks the operand once, whether or not a document is found. @throws CommandError for one that is none */
export type OperatorCompiler = (input: OperatorInput) => UpdateOperator;

/** Operators that give a field its new value; `$unset` and `$rename` are elsewhere, for they remove fields. */
export const UPDATE_OPERATORS: Readonly<Record<string, OperatorCompiler>> = {
  $set: assign,
  $setOnInsert: assign,
  $inc: increment,
  $mul: multiply,
  $min: (input) => extreme(input, -1),
  $max: (input) => extreme(input, 1),
  $currentDate: currentDate,
  $bit: bitwise,
  $push: push,
  $addToSet: addToSet,
  $pop: pop,
  $pull: pull,
  $pullAll: pullAll,
};

function assign({ operand }: OperatorInput): UpdateOperator {
  return () => cloneValue(operand);
}

function increment(input: OperatorInput): UpdateOperator {
  const { operand } = input;
  requireNumber('increment', input);
  return (current, place) => {
    if (current === undefined) return operand;
    requireNumeric('$inc', current, place);
    return changed(current, calculate('add', current, operand));
  };
}

function multiply(input: OperatorInput): UpdateOperator {
  const { operand } = input;
  requireNumber('multiply', input);
  return (current, place) => {
    if (current === undefined) return calculate('multiply', operand, new Int32(0));
    requireNumeric('$mul', current, place);
    return changed(current, calculate('multiply', current, operand));
  };
}

/** Doubles that are equal are no change, so that -0 stays. Source: server, util/safe_num.cpp, SafeNum::isIdentical */
function changed(current: unknown, result: unknown): unknown {
  const isSame = current instanceof Double && result instanceof Double && current.value === result.value;
  return isSame ? undefined : result;
}

function requireNumber(verb: string, { path, operand }: OperatorInput): void {
  if (isNumeric(operand)) return;
  const message = `Cannot ${verb} with non-numeric argument: ${shellText({ [path]: operand })}`;
  throw new CommandError('TypeMismatch', message);
}

function requireNumeric(operator: string, current: unknown, { path, id }: OperatorPlace): void {
  if (isNumeric(current)) return;
  const field = path.split('.').at(-1) ?? path;
  const message = `Cannot apply ${operator} to a value of non-numeric type. ${shellText({ _id: id })} has the field '${field}' of non-numeric type ${typeName(current)}`;
  throw new CommandError('TypeMismatch', message);
}

/** `sign` is that of the operand's order beside the value there is, when it takes its place. */
function extreme({ operand, context }: OperatorInput, sign: 1 | -1): UpdateOperator {
  const order = (current: unknown): number => compareValues(operand, current, context.collate);
  return (current) => (current === undefined || order(current) * sign > 0 ? cloneValue(operand) : undefined);
}

function currentDate({ operand, now, path }: OperatorInput): UpdateOperator {
  const type = dateType(operand, path);
  if (type === 'date') return () => now;
  return () => timestampAt(now);
}

function dateType(operand: unknown, path: string): 'date' | 'timestamp' {
  if (typeof operand === 'boolean') return 'date';
  if (!isDocument(operand)) {
    const message = `${typeName(operand)} is not valid type for $currentDate. Please use a boolean ('true') or a $type expression ({$type: 'timestamp/date'}).`;
    throw new CommandError('BadValue', message);
  }
  const unknown = Object.keys(operand).find((key) => key !== '$type');
  if (unknown !== undefined)
    throw new CommandError('BadValue', `Unrecognized $currentDate option: ${unknown}`);
  const { $type: type } = operand;
  if (type === 'date' || type === 'timestamp') return type;
  const message = `The '$type' string field is required to be 'date' or 'timestamp': {$currentDate: {${path}: {$type: 'date'}}}`;
  throw new CommandError('BadValue', message);
}

const isInteger = (value: unknown): boolean => value instanceof Int32 || value instanceof Long;

function bitwise({ operand, path }: OperatorInput): UpdateOperator {
  if (!isDocument(operand)) {
    const message = `The $bit modifier is not compatible with a ${typeName(operand)}. You must pass in an embedded document: {$bit: {field: {and/or/xor: #}}`;
    throw new CommandError('BadValue', message);
  }
  const steps = Object.entries(operand).map(([name, value]) => ({ name, value, combine: combiner(name) }));
  if (steps.length === 0) {
    const message = `You must pass in at least one bitwise operation. The format is: {$bit: {field: {and/or/xor: #}}`;
    throw new CommandError('BadValue', message);
  }
  const odd = steps.find(({ value }) => !isInteger(value));
  if (odd !== undefined) {
    const message = `The $bit modifier field must be an Integer(32/64 bit); a '${typeName(odd.value)}' is not supported here: ${shellText({ [odd.name]: odd.value })}`;
    throw new CommandError('BadValue', message);
  }
  return (current, { id }) => {
    if (current !== undefined && !isInteger(current)) {
      const message = `Cannot apply $bit to a value of non-integral type.${shellText({ _id: id })} has the field ${path} of non-integer type ${typeName(current)}`;
      throw new CommandError('BadValue', message);
    }
    const isLong = current instanceof Long || steps.some(({ value }) => value instanceof Long);
    const start = current === undefined ? 0n : BigInt(String(current));
    const bits = steps.reduce((left, { value, combine }) => combine(left, BigInt(String(value))), start);
    return isLong ? Long.fromBigInt(bits) : new Int32(Number(bits));
  };
}

function combiner(name: string): (bits: bigint, operand: bigint) => bigint {
  switch (name) {
    case 'and':
      return (bits, operand) => bits & operand;
    case 'or':
      return (bits, operand) => bits | operand;
    case 'xor':
      return (bits, operand) => bits ^ operand;
    default: {
      const message = `The $bit modifier only supports 'and', 'or', and 'xor', not '${name}' which is an unknown operator`;
      throw new CommandError('BadValue', message);
    }
  }
}
