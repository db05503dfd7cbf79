import type { ErrorName } from './errors.ts';
import { CommandError } from './errors.ts';
import { encodeValue } from './key-encoding.ts';
import type { Document } from './values.ts';
import { isDocument, isNumeric, toDouble } from './values.ts';

/** What the operand of a keyword must be, asked in turn. Source: server, matcher/schema/json_schema_parser.cpp */
type Rule = {
  readonly code: ErrorName;
  readonly must: string;
  readonly holds: (operand: unknown) => boolean;
};

const typed = (must: string, holds: Rule['holds']): Rule => ({ code: 'TypeMismatch', must, holds });
const made = (must: string, holds: Rule['holds']): Rule => ({ code: 'FailedToParse', must, holds });

const isText = (value: unknown): value is string => typeof value === 'string';
const isBoolean = (value: unknown): boolean => typeof value === 'boolean';
const isFilled = (list: unknown): boolean => Array.isArray(list) && list.length > 0;
const isWholeList = (holds: Rule['holds']) => (list: unknown) => Array.isArray(list) && list.every(holds);
const isUnrepeated = (list: unknown): boolean => !Array.isArray(list) || !hasRepeats(list);

const TEXT = [typed('be a string', isText)];
const NUMBER = [typed('be a number', isNumeric)];
const BOOLEAN = [typed('be a boolean', isBoolean)];
const OBJECT = [typed('be an object', isDocument)];
const OBJECT_OR_BOOLEAN = [
  typed('be an object or a boolean', (value) => isDocument(value) || isBoolean(value)),
];
const COUNT = [
  made('be a non-negative whole number', (value) => {
    const number = isNumeric(value) ? toDouble(value) : Number.NaN;
    return Number.isInteger(number) && number >= 0;
  }),
];
const LIST = typed('be an array', Array.isArray);
const FILLED = made('be a non-empty array', isFilled);
const UNREPEATED = made('be an array without duplicates', isUnrepeated);
const TEXTS = [LIST, typed('be an array of strings', isWholeList(isText)), UNREPEATED, FILLED];
const SCHEMAS: readonly Rule[] = [
  LIST,
  { code: 'BadValue', must: 'be a non-empty array', holds: isFilled },
  typed('be an array of objects', isWholeList(isDocument)),
];
const TYPES = [
  typed('be a string or an array of strings', (value) => isText(value) || isWholeList(isText)(value)),
  made('name at least one type', (value) => isText(value) || isFilled(value)),
  made('name each type once', isUnrepeated),
];
const isDependency = (value: unknown): boolean => isDocument(value) || Array.isArray(value);
const everyOf = (holds: Rule['holds']) => (value: unknown) =>
  isDocument(value) && Object.values(value).every(holds);

const RULES: Readonly<Record<string, readonly Rule[]>> = {
  title: TEXT,
  description: TEXT,
  pattern: TEXT,
  minimum: NUMBER,
  maximum: NUMBER,
  multipleOf: [...NUMBER, made('have a positive value', (value) => toDouble(value) > 0)],
  exclusiveMinimum: BOOLEAN,
  exclusiveMaximum: BOOLEAN,
  uniqueItems: BOOLEAN,
  minLength: COUNT,
  maxLength: COUNT,
  minItems: COUNT,
  maxItems: COUNT,
  minProperties: COUNT,
  maxProperties: COUNT,
  not: OBJECT,
  properties: OBJECT,
  patternProperties: OBJECT,
  additionalItems: OBJECT_OR_BOOLEAN,
  additionalProperties: OBJECT_OR_BOOLEAN,
  dependencies: [
    ...OBJECT,
    typed('hold objects and arrays', everyOf(isDependency)),
    made(
      'hold no empty array',
      everyOf((value) => !Array.isArray(value) || value.length > 0),
    ),
    typed(
      'hold arrays of strings',
      everyOf((value) => !Array.isArray(value) || value.every(isText)),
    ),
    made('hold arrays without duplicates', everyOf(isUnrepeated)),
  ],
  items: [
    typed(
      'be an object or an array of objects',
      (value) => isDocument(value) || isWholeList(isDocument)(value),
    ),
  ],
  required: TEXTS,
  enum: [LIST, FILLED, UNREPEATED],
  type: TYPES,
  bsonType: TYPES,
  allOf: SCHEMAS,
  anyOf: SCHEMAS,
  oneOf: SCHEMAS,
};

/** @throws CommandError 2, 9, 14 for an operand that its keyword does not take, 9 for keywords that do not go together */
export function checkKeywords(schema: Document): void {
  for (const [name, operand] of Object.entries(schema)) {
    const rules = Object.hasOwn(RULES, name) ? (RULES[name] ?? []) : [];
    for (const { code, must, holds } of rules) {
      if (!holds(operand)) throw new CommandError(code, `$jsonSchema keyword '${name}' must ${must}`);
    }
  }
  for (const [name, base] of [
    ['exclusiveMinimum', 'minimum'],
    ['exclusiveMaximum', 'maximum'],
  ] as const) {
    if (!(name in schema) || base in schema) continue;
    throw new CommandError(
      'FailedToParse',
      `$jsonSchema keyword '${base}' must be a present if ${name} is present`,
    );
  }
  if ('type' in schema && 'bsonType' in schema) {
    throw new CommandError('FailedToParse', "Cannot specify both $jsonSchema keywords 'type' and 'bsonType'");
  }
}

/** Whether two elements are equal, documents in whatever order of their fields. */
export function hasRepeats(list: readonly unknown[]): boolean {
  return new Set(list.map(unorderedKey)).size < list.length;
}

/** The same for values that are equal but for the order of fields. */
export function unorderedKey(value: unknown): string {
  return encodeValue(inOrder(value)).toString('latin1');
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (!isDocument(value)) return value;
  const fields = Object.keys(value).sort();
  return Object.fromEntries(fields.map((name) => [name, inOrder(value[name])]));
}
