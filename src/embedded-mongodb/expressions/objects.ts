import { DBRef, Int32, Long, Timestamp } from 'bson';
import { CommandError } from '../errors.ts';
import { heldName, plainName } from '../field-names.ts';
import { typeName } from '../match-type.ts';
import { bytesOf } from '../raw-bson.ts';
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

const literal: OperatorCompiler = (operand) => () => operand;

const bind: OperatorCompiler = (operand, compile) => {
  const given = namedOperands('$let', operand, {
    required: { vars: 16876, in: 16877 },
    code: 16874,
    unknown: 16875,
  });
  const { vars } = given;
  if (!isDocument(vars)) throw new CommandError(10065, 'invalid parameter: expected an object (vars)');
  const within = compile.having(Object.keys(vars));
  const bound = Object.entries(vars).map(([name, value]) => [name, compile(value)] as const);
  const inner = within(given['in']);
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
  return Object.keys(value).map((k) => ({ k: plainName(k), v: value[k] }));
}

/** The key and the value of an entry: all are lists of two, or all are documents with `k` and `v`. @throws CommandError */
function pairOf(entry: unknown, areLists: boolean): readonly [key: string, value: unknown] {
  const refused = (code: number, what: string): CommandError =>
    new CommandError(code, `$arrayToObject requires ${what}`);
  if (!Array.isArray(entry) && !isDocument(entry)) {
    const message = `Unrecognised input type format for $arrayToObject: ${typeName(entry)}`;
    throw new CommandError(40398, message);
  }
  if (Array.isArray(entry) !== areLists) throw refused(areLists ? 40391 : 40396, 'a consistent input format');
  if (isDocument(entry)) {
    if (Object.keys(entry).length !== 2) throw refused(40392, "an object with keys of 'k' and 'v'");
    if (!('k' in entry && 'v' in entry)) throw refused(40393, "an object with keys 'k' and 'v'");
    if (typeof entry['k'] === 'string') return [entry['k'], entry['v']];
    throw refused(40394, 'an object with keys k and v, where the value of k must be of type string');
  }
  const [key, value] = entry as unknown[];
  if (entry.length !== 2) throw refused(40397, 'an array of size 2 arrays');
  if (typeof key === 'string') return [key, value];
  throw refused(40395, 'an array of key-value pairs, where the key must be of type string');
}

function arrayToObject(list: unknown): unknown {
  if (isNullish(list)) return null;
  if (!Array.isArray(list)) {
    throw new CommandError(40386, `$arrayToObject requires an array input, found: ${typeName(list)}`);
  }
  const object: Document = {};
  const entries = list as readonly unknown[];
  for (const entry of entries) {
    const [key, value] = pairOf(entry, Array.isArray(entries[0]));
    if (key.includes('\0')) {
      const code = Array.isArray(entry) ? 4940400 : 4940401;
      throw new CommandError(code, 'Key field cannot contain an embedded null byte');
    }
    setField(object, heldName(key), value ?? null);
  }
  return object;
}

/** The name of the field, which is constant. @throws CommandError 5654602 */
function fieldName(name: string, field: unknown): string {
  const literal = isDocument(field) && '$literal' in field ? field['$literal'] : field;
  if (typeof literal === 'string') return heldName(literal);
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
    return hasFields(value) ? fieldOf(value, heldName(name)) : undefined;
  };
};

function setter(name: '$setField' | '$unsetField'): OperatorCompiler {
  return (operand, compile) => {
    const value = name === '$setField' ? { value: 4161103 } : {};
    const required = { field: 4161102, input: 4161109, ...value };
    const given = namedOperands(name, operand, { required, code: 4161100, unknown: 4161101 });
    const field = fieldName(name, given['field']);
    const input = compile(given['input']);
    const valueOf = name === '$setField' ? compile(given['value']) : () => undefined;
    return (frame) => {
      const object = input(frame);
      if (isNullish(object)) return null;
      if (!isDocument(object))
        throw new CommandError(4161105, `${name} requires 'input' to evaluate to type Object`);
      const changed = { ...object };
      const next = valueOf(frame);
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
  if (isDocument(value)) return new Int32(bytesOf(value).length);
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
  $literal: literal,
  $const: literal,
  $let: bind,
  $mergeObjects: mergeObjects,
  $objectToArray: plain('$objectToArray', 1, objectToArray),
  $arrayToObject: plain('$arrayToObject', 1, arrayToObject),
  $getField: getField,
  $setField: setter('$setField'),
  $unsetField: setter('$unsetField'),
  $binarySize: plain('$binarySize', 1, binarySize),
  $bsonSize: plain('$bsonSize', 1, bsonSize),
  $rand: (operand) => {
    const isEmpty = isDocument(operand) && Object.keys(operand).length === 0;
    if (isEmpty || (Array.isArray(operand) && operand.length === 0)) return () => Math.random();
    throw new CommandError(3040501, '$rand does not currently accept arguments');
  },
  $tsSecond: timestampPart('$tsSecond', (value) => Long.fromNumber(value.getHighBitsUnsigned())),
  $tsIncrement: timestampPart('$tsIncrement', (value) => Long.fromNumber(value.getLowBitsUnsigned())),
  $function: scripted('$function'),
  $accumulator: scripted('$accumulator'),
};
