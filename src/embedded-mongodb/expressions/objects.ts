import { calculateObjectSize, DBRef, Int32, Long, Timestamp } from 'bson';
import { CommandError } from '../errors.ts';
import { typeName } from '../match-type.ts';
import {
  binaryParts,
  dbRefDocument,
  fieldOf,
  hasFields,
  isDocument,
  RANK,
  setField,
  typeRank,
} from '../values.ts';
import type { Document } from '../values.ts';
import type { OperatorCompiler } from './frame.ts';
import { isNullish, namedOperands, operandsOf, plain, withVariables } from './frame.ts';

const MANY = 1_000_000;

const bind: OperatorCompiler = (operand, compile) => {
  const given = namedOperands('$let', operand, { required: ['vars', 'in'], code: 16876 });
  const { vars } = given;
  if (!isDocument(vars)) throw new CommandError(10065, 'invalid parameter: expected an object (vars)');
  const bound = Object.entries(vars).map(([name, value]) => {
    if (/^[^a-z\u0080-\uffff]/.test(name) && name !== 'CURRENT') {
      throw new CommandError(16867, `'${name}' starts with an invalid character for a user variable name`);
    }
    return [name, compile(value)] as const;
  });
  const inner = compile(given['in']);
  return (frame) =>
    inner(withVariables(frame, Object.fromEntries(bound.map(([name, value]) => [name, value(frame)]))));
};

/** `$mergeObjects`: later fields win. */
export function mergedObjects(objects: readonly unknown[]): Document {
  const merged: Document = {};
  for (const object of objects) {
    if (isNullish(object)) continue;
    if (!hasFields(object)) {
      const message = `$mergeObjects requires object inputs, but input ${String(object)} is of type ${typeName(object)}`;
      throw new CommandError(40400, message);
    }
    const fields = object instanceof DBRef ? dbRefDocument(object) : object;
    for (const key of Object.keys(fields)) setField(merged, key, fields[key]);
  }
  return merged;
}

const mergeObjects: OperatorCompiler = (operand, compile) => {
  const parts = operandsOf('$mergeObjects', operand, compile, [0, MANY]);
  // One operand that is a list is the list of objects.
  return (frame) => {
    const values = parts.map((part) => part(frame));
    return mergedObjects(values.length === 1 && Array.isArray(values[0]) ? (values[0] as unknown[]) : values);
  };
};

function objectToArray(value: unknown): unknown {
  if (isNullish(value)) return null;
  if (!isDocument(value)) {
    throw new CommandError(40390, `$objectToArray requires a document input, found: ${typeName(value)}`);
  }
  return Object.keys(value).map((k) => ({ k, v: value[k] }));
}

function arrayToObject(list: unknown): unknown {
  if (isNullish(list)) return null;
  if (!Array.isArray(list)) {
    throw new CommandError(40386, `$arrayToObject requires an array input, found: ${typeName(list)}`);
  }
  const object: Document = {};
  for (const entry of list as unknown[]) {
    const [key, value] = Array.isArray(entry)
      ? (entry as unknown[])
      : isDocument(entry)
        ? [entry['k'], entry['v']]
        : [];
    if (typeof key !== 'string') {
      throw new CommandError(
        40395,
        '$arrayToObject requires an array of key-value pairs, where the key must be of type string',
      );
    }
    if (key.includes('\0')) {
      const code = Array.isArray(entry) ? 4940400 : 4940401;
      throw new CommandError(code, 'Key field cannot contain an embedded null byte');
    }
    setField(object, key, value ?? null);
  }
  return object;
}

/** The name of the field, which is constant. @throws CommandError 5654602 */
function fieldName(name: string, field: unknown): string {
  const literal = isDocument(field) && '$literal' in field ? field['$literal'] : field;
  if (typeof literal === 'string') return literal;
  throw new CommandError(5654602, `${name} requires 'field' to evaluate to type String`);
}

const getField: OperatorCompiler = (operand, compile) => {
  const isShort = !isDocument(operand) || !('field' in operand);
  const given = isShort ? { field: operand } : operand;
  const field = compile(given['field']);
  const input = compile('input' in given ? given['input'] : '$$CURRENT');
  return (frame) => {
    const name = field(frame);
    if (typeof name !== 'string') {
      throw new CommandError(
        5654602,
        `$getField requires 'field' to evaluate to type String, found ${typeName(name)}`,
      );
    }
    const value = input(frame);
    if (isNullish(value)) return value;
    return hasFields(value) ? fieldOf(value, name) : undefined;
  };
};

function setter(name: '$setField' | '$unsetField'): OperatorCompiler {
  return (operand, compile) => {
    const required = name === '$setField' ? ['field', 'input', 'value'] : ['field', 'input'];
    const given = namedOperands(name, operand, { required, code: 4161100 });
    const field = fieldName(name, given['field']);
    const input = compile(given['input']);
    const value = name === '$setField' ? compile(given['value']) : () => undefined;
    return (frame) => {
      const object = input(frame);
      if (isNullish(object)) return null;
      if (!isDocument(object))
        throw new CommandError(4161105, `${name} requires 'input' to evaluate to type Object`);
      const changed = { ...object };
      const next = value(frame);
      if (next === undefined) Reflect.deleteProperty(changed, field);
      else setField(changed, field, next);
      return changed;
    };
  };
}

function binarySize(value: unknown): unknown {
  if (isNullish(value)) return null;
  if (typeof value === 'string') return new Int32(Buffer.byteLength(value));
  if (typeRank(value) === RANK.binary) return new Int32(binaryParts(value).bytes.length);
  throw new CommandError(
    51276,
    `$binarySize requires a string or BinData argument, found: ${typeName(value)}`,
  );
}

function bsonSize(value: unknown): unknown {
  if (isNullish(value)) return null;
  if (isDocument(value)) return new Int32(calculateObjectSize(value, { ignoreUndefined: true }));
  throw new CommandError(31393, `$bsonSize requires a document input, found: ${typeName(value)}`);
}

function timestampPart(name: string, part: (value: Timestamp) => Long): OperatorCompiler {
  return plain(name, 1, (value) => {
    if (isNullish(value)) return null;
    if (value instanceof Timestamp) return part(value);
    throw new CommandError(5687301, `${name} requires a timestamp, found: ${typeName(value)}`);
  });
}

/** JavaScript from a client never runs here: `mongod` with `security.javascriptEnabled: false` answers the same. */
function scripted(name: string): OperatorCompiler {
  return () => {
    throw new CommandError(31264, `${name} not allowed: server-side JavaScript is disabled`);
  };
}

/** Objects, variables, and what fits nowhere else. */
export const OBJECTS: Readonly<Record<string, OperatorCompiler>> = {
  $literal: (operand) => () => operand,
  $let: bind,
  $mergeObjects: mergeObjects,
  $objectToArray: plain('$objectToArray', 1, objectToArray),
  $arrayToObject: plain('$arrayToObject', 1, arrayToObject),
  $getField: getField,
  $setField: setter('$setField'),
  $unsetField: setter('$unsetField'),
  $binarySize: plain('$binarySize', 1, binarySize),
  $bsonSize: plain('$bsonSize', 1, bsonSize),
  $rand: () => () => Math.random(),
  $tsSecond: timestampPart('$tsSecond', (value) => Long.fromNumber(value.getHighBitsUnsigned())),
  $tsIncrement: timestampPart('$tsIncrement', (value) => Long.fromNumber(value.getLowBitsUnsigned())),
  $function: scripted('$function'),
  $accumulator: scripted('$accumulator'),
};
