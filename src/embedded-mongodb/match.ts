import { BSONRegExp, DBRef, MaxKey, MinKey } from 'bson';
import type { Collate } from './collation.ts';
import { CommandError } from './errors.ts';
import type { ConstantOf } from './expression-leaves.ts';
import { heldName } from './field-names.ts';
import { geoTest, hasPlace, NEAR_OPERATORS, NEAR_OPTIONS } from './geo-match.ts';
import { compileSchema } from './json-schema.ts';
import { bitsMask, bitsTest } from './match-bits.ts';
import { keyedValues } from './match-list.ts';
import { typeTest } from './match-type.ts';
import type { Path } from './paths.ts';
import { someValueAt, splitPath } from './paths.ts';
import { compileRegex, regexOf } from './regex.ts';
import { checkedText } from './text-operand.ts';
import type { Document } from './values.ts';
import {
  compareValues,
  dbRefDocument,
  hasFields,
  isDocument,
  isNumeric,
  toDouble,
  typeRank,
  valuesEqual,
} from './values.ts';

/** Whether a document matches. */
export type Predicate = (document: unknown) => boolean;
/** What the matcher is given for the parts that it does not know itself. */
export type MatchContext = {
  /** Truth of an aggregation expression for a document (`$expr`). */
  readonly evaluate: (expression: unknown) => Predicate;
  /** The value of an expression that reads no document: a query's plan asks for it. */
  readonly constantOf: ConstantOf;
  /** Compares strings by the command's collation, or null for byte order. */
  readonly collate: Collate | null;
  /** The filter finds documents of a collection: `$near` and `$text`, which need its indexes, may stand here. */
  readonly isTop: boolean;
};
type ValueTest = (value: unknown) => boolean;

/** Compiles a query filter. @throws CommandError code 2 for what is not a query */
export function compileFilter(filter: Document, context: MatchContext): Predicate {
  const tests = Object.entries(filter).flatMap(([key, operand]) =>
    isOperatorName(key) ? topLevelTest(key, operand, context) : fieldTests(splitPath(key), operand, context),
  );
  if (tests.length === 1) return tests[0] as Predicate;
  return (document) => tests.every((test) => test(document));
}

function topLevelTest(operator: string, operand: unknown, context: MatchContext): Predicate[] {
  switch (operator) {
    case '$and': {
      const parts = filterList(operator, operand, context);
      return [(document) => parts.every((part) => part(document))];
    }
    case '$or': {
      const parts = filterList(operator, operand, inside(context));
      return [(document) => parts.some((part) => part(document))];
    }
    case '$nor': {
      const parts = filterList(operator, operand, inside(context));
      return [(document) => !parts.some((part) => part(document))];
    }
    case '$expr':
      return [context.evaluate(operand)];
    case '$comment':
      return [];
    case '$alwaysTrue':
    case '$alwaysFalse':
      if (isNumeric(operand) && toDouble(operand) === 1) return [() => operator === '$alwaysTrue'];
      throw new CommandError('FailedToParse', `${operator} must be an integer value of 1`);
    case '$jsonSchema': {
      const check = compileSchema(operand);
      return [(document) => check(document) === null];
    }
    case '$text':
      checkedText(operand);
      if (context.isTop) return [];
      throw new CommandError('BadValue', '$text is only allowed at the top of a query');
    case '$where':
      throw new CommandError('BadValue', `${operator} is not supported by this server`);
    default:
      throw new CommandError(
        'BadValue',
        `unknown top level operator: ${operator}. If you have a field name that starts with a '$' symbol, ` +
          'consider using $getField or $setField.',
      );
  }
}

/** The context below something that is not a plain conjunction. */
function inside(context: MatchContext): MatchContext {
  return context.isTop ? { ...context, isTop: false } : context;
}

function filterList(operator: string, operand: unknown, context: MatchContext): Predicate[] {
  if (!Array.isArray(operand)) throw new CommandError('BadValue', `${operator} must be an array`);
  if (operand.length === 0)
    throw new CommandError('BadValue', `${operator} argument must be a non-empty array`);
  return operand.map((part: unknown) => {
    if (!isDocument(part))
      throw new CommandError('BadValue', '$or/$and/$nor entries need to be full objects');
    return compileFilter(part, context);
  });
}

/** True for `{ $gt: … }`: operators rather than a value. `{ $ref, $id }` is a value. */
export function isOperatorDocument(value: unknown): value is Document {
  if (!isDocument(value)) return false;
  const first = Object.keys(value)[0];
  return first !== undefined && isOperatorName(first);
}

/** Operators that ask the whole document, not the value of one field. */
const OF_DOCUMENTS = new Set([
  '$and', '$or', '$nor', '$expr', '$jsonSchema', '$where', '$text', '$comment', '$alwaysTrue', '$alwaysFalse',
]); // prettier-ignore

/** True for operators on one value; false for a filter over fields, which may begin with `$or`. */
export function isValueTest(value: unknown): value is Document {
  return isOperatorDocument(value) && !OF_DOCUMENTS.has(Object.keys(value)[0] as string);
}

const SPECIAL_FEATURES = new Map<string, 'BadValue' | 'QueryFeatureNotAllowed'>([
  ['$expr', 'QueryFeatureNotAllowed'],
  ['$jsonSchema', 'QueryFeatureNotAllowed'],
  ['$where', 'BadValue'],
  ['$text', 'BadValue'],
]);

/** Refuses what a filter within an update or a projection may not use. @throws CommandError 2, 224 */
export function refuseSpecialFeatures(filter: Document): void {
  for (const [key, operand] of Object.entries(filter)) {
    const code = SPECIAL_FEATURES.get(key);
    if (code !== undefined) throw new CommandError(code, `${key} is not allowed in this context`);
    if (key.startsWith('$') && Array.isArray(operand))
      operand.filter(isDocument).forEach(refuseSpecialFeatures);
  }
}

/** `$ref`, `$id` and `$db` are the fields of a reference. */
function isOperatorName(name: string): boolean {
  return name.startsWith('$') && !['$ref', '$id', '$db'].includes(name);
}

function fieldTests(path: Path, operand: unknown, context: MatchContext): Predicate[] {
  if (!isOperatorDocument(operand)) return [leafTest(path, implicitTest(operand, context))];
  return Object.entries(operand).flatMap(([operator, value]) => {
    if (operator === '$options' && '$regex' in operand) return [];
    if (NEAR_OPTIONS.has(operator) && Object.keys(operand).some((key) => NEAR_OPERATORS.has(key))) return [];
    const regexOptions = operator === '$regex' ? operand['$options'] : undefined;
    return operator === '$comment' ? [] : [operatorTest(path, { operator, value, regexOptions }, context)];
  });
}

/** A value stands for equality, a regular expression for a match. */
function implicitTest(operand: unknown, context: MatchContext): ValueTest {
  if (operand instanceof BSONRegExp || operand instanceof RegExp) return regexTest(operand);
  return equalityTest(operand, context);
}

/**
 * A test holds when it holds for the value at the path or for an element of the array there. Without a path it is
 * asked of an element itself, and a list in a list is not looked into; nor is an element that the path names by its
 * place. Source: server, matcher/path_test.cpp, `ArrayIndex2`
 */
function leafTest(path: Path, test: ValueTest): Predicate {
  if (path.length === 0) return test;
  const visit = (value: unknown, isPlace: boolean): boolean =>
    test(value) || (!isPlace && Array.isArray(value) && value.some(test));
  return (document) => someValueAt(document, path, visit);
}

type Operation = { readonly operator: string; readonly value: unknown; readonly regexOptions: unknown };

function operatorTest(path: Path, operation: Operation, context: MatchContext): Predicate {
  const { operator, value } = operation;
  switch (operator) {
    case '$ne':
      return negated(leafTest(path, refuseRegex(equalityTest(value, context), value)));
    case '$nin':
      return negated(leafTest(path, inTest('$nin', value, context)));
    case '$not':
      return negated(notTest(path, value, context));
    case '$exists':
      return existsTest(path, value);
    case '$size':
      return sizeTest(path, value);
    case '$elemMatch':
      return elementTest(path, value, context);
    case '$all':
      return allTest(path, value, context);
    case '$near':
    case '$nearSphere':
    case '$geoNear':
      if (context.isTop) return leafTest(path, hasPlace);
      throw new CommandError('BadValue', 'geo $near must be top-level expr');
    default:
      return leafTest(path, scalarTest(operation, context));
  }
}

function scalarTest({ operator, value, regexOptions }: Operation, context: MatchContext): ValueTest {
  switch (operator) {
    case '$eq':
      return equalityTest(value, context);
    case '$in':
      return inTest('$in', value, context);
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte':
      return rangeTest(operator, value, context);
    case '$regex':
      return regexTest(regexOf(value, regexOptions));
    case '$geoWithin':
    case '$within':
    case '$geoIntersects':
      return geoTest(operator, value);
    case '$type':
      return typeTest(value);
    case '$mod':
      return modTest(value);
    case '$bitsAllSet':
    case '$bitsAnySet':
    case '$bitsAllClear':
    case '$bitsAnyClear':
      return bitsTest(operator, bitsMask(value));
    default:
      throw new CommandError('BadValue', `unknown operator: ${operator}`);
  }
}

function negated(test: Predicate): Predicate {
  return (document) => !test(document);
}

function refuseRegex(test: ValueTest, operand: unknown): ValueTest {
  if (operand instanceof BSONRegExp) throw new CommandError('BadValue', "Can't have regex as arg to $ne.");
  return test;
}

/** Equality with null also holds where the field is missing. */
function equalityTest(operand: unknown, context: MatchContext): ValueTest {
  const { collate } = context;
  if (typeof operand === 'string') {
    if (collate !== null) return (value) => typeof value === 'string' && collate(value, operand) === 0;
    return (value) => value === operand || (typeof value === 'object' && valuesEqual(value, operand));
  }
  return (value) => compareValues(value, operand, collate) === 0;
}

function inTest(operator: string, operand: unknown, context: MatchContext): ValueTest {
  if (!Array.isArray(operand)) throw new CommandError('BadValue', `${operator} needs an array`);
  if (operand.some(isOperatorDocument)) throw new CommandError('BadValue', `cannot nest $ under ${operator}`);
  const { keyed, rest } = keyedValues(operand, context.collate);
  const tests = rest.map((value: unknown) => implicitTest(value, context));
  return (value) => keyed(value) || tests.some((test) => test(value));
}

/** Values compare only within their own type; MinKey and MaxKey compare with everything. */
function rangeTest(operator: string, operand: unknown, context: MatchContext): ValueTest {
  if (operand instanceof BSONRegExp)
    throw new CommandError('BadValue', `Can't have RegEx as arg to predicate over field`);
  const holds = {
    $gt: (order: number) => order > 0,
    $gte: (order: number) => order >= 0,
    $lt: (order: number) => order < 0,
    $lte: (order: number) => order <= 0,
  }[operator] as (order: number) => boolean;
  const { collate } = context;
  if (operand instanceof MinKey || operand instanceof MaxKey) {
    // A field that is missing too: it is above the one and below the other.
    return (value) => holds(compareValues(value, operand));
  }
  const rank = typeRank(operand);
  if (isNumeric(operand)) {
    const isNaNOperand = Number.isNaN(toDouble(operand));
    return (value) => {
      if (typeRank(value) !== rank) return false;
      const isNaNValue = Number.isNaN(toDouble(value));
      if (isNaNOperand || isNaNValue) return isNaNOperand && isNaNValue && holds(0);
      return holds(compareValues(value, operand));
    };
  }
  if (typeof operand === 'string' && collate !== null) {
    return (value) => typeof value === 'string' && holds(collate(value, operand));
  }
  return (value) => typeRank(value) === rank && holds(compareValues(value, operand, collate));
}

function regexTest(operand: BSONRegExp | RegExp): ValueTest {
  const regex = compileRegex(operand);
  return (value) => (typeof value === 'string' ? regex.test(value) : valuesEqual(value, operand));
}

function modTest(operand: unknown): ValueTest {
  if (!Array.isArray(operand) || operand.length < 2) {
    throw new CommandError('BadValue', 'malformed mod, not enough elements');
  }
  if (operand.length > 2) throw new CommandError('BadValue', 'malformed mod, too many elements');
  const [divisor, remainder] = operand.map((part) => Math.trunc(toDouble(part))) as [number, number];
  if (Number.isNaN(divisor)) throw new CommandError('BadValue', 'malformed mod, divisor not a number');
  if (Number.isNaN(remainder)) throw new CommandError('BadValue', 'malformed mod, remainder not a number');
  if (divisor === 0) throw new CommandError('BadValue', 'divisor cannot be 0');
  return (value) => isNumeric(value) && Math.trunc(toDouble(value)) % divisor === remainder;
}

function notTest(path: Path, operand: unknown, context: MatchContext): Predicate {
  if (operand instanceof BSONRegExp || operand instanceof RegExp) return leafTest(path, regexTest(operand));
  if (!isDocument(operand)) throw new CommandError('BadValue', '$not needs a regex or a document');
  if (Object.keys(operand).length === 0) throw new CommandError('BadValue', '$not cannot be empty');
  if (!isOperatorDocument(operand)) {
    throw new CommandError('BadValue', `unknown operator: ${Object.keys(operand)[0] ?? ''}`);
  }
  const tests = fieldTests(path, operand, inside(context));
  return (document) => tests.every((test) => test(document));
}

function existsTest(path: Path, operand: unknown): Predicate {
  const wanted = isTruthy(operand);
  const present = (document: unknown): boolean => someValueAt(document, path, (value) => value !== undefined);
  return wanted ? present : negated(present);
}

/** MongoDB's truth: everything but false, zero, null and missing. */
export function isTruthy(value: unknown): boolean {
  if (isNumeric(value)) return toDouble(value) !== 0;
  return value !== false && value !== null && value !== undefined;
}

function sizeTest(path: Path, operand: unknown): Predicate {
  const size = toDouble(operand);
  if (!isNumeric(operand))
    throw new CommandError('FailedToParse', 'Failed to parse $size. Expected a number');
  if (!Number.isInteger(size))
    throw new CommandError('FailedToParse', 'Failed to parse $size. Expected an integer');
  if (size < 0)
    throw new CommandError('FailedToParse', 'Failed to parse $size. Expected a non-negative number');
  return (document) => someValueAt(document, path, (value) => Array.isArray(value) && value.length === size);
}

function elementTest(path: Path, operand: unknown, context: MatchContext): Predicate {
  const test = elementPredicate(operand, context);
  return (document) => someValueAt(document, path, (value) => Array.isArray(value) && value.some(test));
}

/** What `$elemMatch` asks of one element: a filter over its fields, or operators on the element itself. */
export function elementPredicate(given: unknown, context: MatchContext): Predicate {
  const operand = given instanceof DBRef ? dbRefDocument(given) : given;
  if (!isDocument(operand)) throw new CommandError('BadValue', '$elemMatch needs an Object');
  if (!isValueTest(operand)) {
    const test = compileFilter(operand, { ...inside(context), evaluate: refuseExpression });
    return (element) => {
      const fields = Array.isArray(element) ? placesOf(element) : element;
      return hasFields(fields) && test(fields);
    };
  }
  const tests = fieldTests([], operand, inside(context));
  return (element) => tests.every((test) => test(element));
}

/** A list that is an element has its places for fields: it is not gone through. */
function placesOf(list: readonly unknown[]): Document {
  return Object.fromEntries(list.map((value, at) => [heldName(String(at)), value])) as Document;
}

function refuseExpression(): Predicate {
  throw new CommandError('BadValue', '$expr can only be applied to the top-level document');
}

function allTest(path: Path, operand: unknown, context: MatchContext): Predicate {
  if (!Array.isArray(operand)) throw new CommandError('BadValue', '$all needs an array');
  const areElements = isDocument(operand[0]) && '$elemMatch' in operand[0];
  const tests = operand.map((part: unknown) => {
    if (areElements && !(isDocument(part) && '$elemMatch' in part)) {
      throw new CommandError('BadValue', '$all/$elemMatch has to be consistent');
    }
    if (areElements && isDocument(part) && '$elemMatch' in part)
      return elementTest(path, part['$elemMatch'], context);
    if (isOperatorDocument(part)) throw new CommandError('BadValue', 'no $ expressions in $all');
    return leafTest(path, implicitTest(part, context));
  });
  return (document) => tests.length > 0 && tests.every((test) => test(document));
}
