import { BSONRegExp } from 'bson';
import { CommandError } from './errors.ts';
import { heldName, plainName } from './field-names.ts';
import { remainder } from './expressions/numbers.ts';
import { typeTest } from './match-type.ts';
import { compileRegex } from './regex.ts';
import { checkKeywords, hasRepeats, unorderedKey } from './json-schema-checks.ts';
import type { Document } from './values.ts';
import { isDocument, isNumeric, toDouble } from './values.ts';

/** What is wrong with a document, in the shape of MongoDB's `errInfo.details`; null when nothing is. */
export type SchemaCheck = (value: unknown) => Document | null;

/** Keywords of `$jsonSchema`. Source: MongoDB manual, $jsonSchema, Available Keywords (draft 4 with `bsonType`) */
type Keyword = (operand: unknown, schema: Document) => (value: unknown) => readonly Document[];

/** Draft 4's types by their names in BSON; it has no integers here. Source: same, Omissions */
const JSON_TYPES: Readonly<Record<string, readonly string[]>> = {
  object: ['object'],
  array: ['array'],
  number: ['number'],
  boolean: ['bool'],
  string: ['string'],
  null: ['null'],
};

const failed = (message: string): CommandError => new CommandError('FailedToParse', message);

/** Compiles a schema. @throws CommandError 9 for a keyword that MongoDB does not know, 14 for a wrong operand */
export function compileSchema(schema: unknown): SchemaCheck {
  if (!isDocument(schema)) throw new CommandError('TypeMismatch', '$jsonSchema must be an object');
  checkKeywords(schema);
  const checks = Object.entries(schema).flatMap(([name, operand]) => {
    if (ANNOTATIONS.has(name)) return [];
    const keyword = Object.hasOwn(KEYWORDS, name) ? KEYWORDS[name] : undefined;
    if (keyword === undefined) throw failed(`Unknown $jsonSchema keyword: ${name}`);
    return [keyword(operand, schema)];
  });
  return (value) => {
    const wrong = checks.flatMap((check) => check(value));
    if (wrong.length === 0) return null;
    const described = ['title', 'description']
      .filter((name) => name in schema)
      .map((name) => [name, schema[name]] as const);
    return { operatorName: '$jsonSchema', ...Object.fromEntries(described), schemaRulesNotSatisfied: wrong };
  };
}

const ANNOTATIONS = new Set([
  'title',
  'description',
  'additionalItems',
  'exclusiveMaximum',
  'exclusiveMinimum',
]);

/** A keyword that one test decides, for values of one kind; others pass. */
function rule(
  name: string,
  applies: (value: unknown) => boolean,
  holds: (operand: unknown, schema: Document) => (value: never) => boolean,
): Keyword {
  return (operand, schema) => {
    const test = holds(operand, schema) as (value: unknown) => boolean;
    return (value) =>
      !applies(value) || test(value)
        ? []
        : [
            {
              operatorName: name,
              specifiedAs: { [name]: operand },
              reason: reasonOf(name),
              consideredValue: value,
            },
          ];
  };
}

/** Source: MongoDB's own words in `errInfo` */
const REASONS: Readonly<Record<string, string>> = {
  bsonType: 'type did not match',
  type: 'type did not match',
  enum: 'value was not found in enum',
  pattern: 'regular expression did not match',
  multipleOf: 'considered value is not a multiple of the specified value',
  uniqueItems: 'found a duplicate item',
  minLength: 'specified string length was not satisfied',
  maxLength: 'specified string length was not satisfied',
  minItems: 'array did not match specified length',
  maxItems: 'array did not match specified length',
  minProperties: 'specified number of properties was not satisfied',
  maxProperties: 'specified number of properties was not satisfied',
};
const reasonOf = (name: string): string => REASONS[name] ?? 'comparison failed';

const always = (): boolean => true;
const isText = (value: unknown): value is string => typeof value === 'string';
const isList = (value: unknown): value is unknown[] => Array.isArray(value);

/** What `checkKeywords` has found to be a list, or fields by their names. */
const listOf = (operand: unknown): readonly unknown[] => (Array.isArray(operand) ? operand : []);
const fieldsOf = (operand: unknown): readonly (readonly [string, unknown])[] =>
  isDocument(operand) ? Object.entries(operand) : [];

function bsonType(operand: unknown): (value: never) => boolean {
  return typeTest(operand);
}

function jsonType(operand: unknown): (value: never) => boolean {
  const names = (Array.isArray(operand) ? operand : [operand]).flatMap((name: unknown) => {
    const known = typeof name === 'string' && Object.hasOwn(JSON_TYPES, name) ? JSON_TYPES[name] : undefined;
    if (known !== undefined) return known;
    // Draft 4 has it, MongoDB has not. Source: manual, $jsonSchema, Omissions
    if (name === 'integer') throw failed("$jsonSchema type 'integer' is not currently supported.");
    throw new CommandError('BadValue', `Unknown type name alias: ${String(name)}`);
  });
  return typeTest(names);
}

function bound(sign: 1 | -1) {
  return (operand: unknown, schema: Document): ((value: never) => boolean) => {
    const isOpen = schema[sign === 1 ? 'exclusiveMaximum' : 'exclusiveMinimum'] === true;
    const limit = toDouble(operand);
    return (value) => {
      const distance = (limit - toDouble(value)) * sign;
      return isOpen ? distance > 0 : distance >= 0;
    };
  };
}

function isMultiple(operand: unknown): (value: never) => boolean {
  return (value) => toDouble(remainder(value, operand)) === 0;
}

function hasNoRepeats(operand: unknown): (value: never) => boolean {
  if (operand !== true) return always;
  return (value: readonly unknown[]) => !hasRepeats(value);
}

const letters = (text: string): number => [...text].length;
const size = (value: Document): number => Object.keys(value).length;

const required: Keyword = (operand) => {
  const names = listOf(operand).map((name) => heldName(String(name)));
  return (value) => {
    const missing = isDocument(value) ? names.filter((name) => !Object.hasOwn(value, name)) : [];
    return missing.length === 0
      ? []
      : [
          {
            operatorName: 'required',
            specifiedAs: { required: operand },
            missingProperties: missing.map(plainName),
          },
        ];
  };
};

const properties: Keyword = (operand) => {
  const checks = fieldsOf(operand).map(([name, schema]) => ({ name, check: compileSchema(schema) }));
  return (value) => {
    if (!isDocument(value)) return [];
    const wrong = checks.flatMap(({ name, check }) => {
      const details = Object.hasOwn(value, name) ? check(value[name]) : null;
      return details === null ? [] : [propertyDetails(name, details)];
    });
    return wrong.length === 0 ? [] : [{ operatorName: 'properties', propertiesNotSatisfied: wrong }];
  };
};

function propertyDetails(name: string, details: Document): Document {
  const { operatorName: _name, schemaRulesNotSatisfied, ...described } = details;
  return { propertyName: plainName(name), ...described, details: schemaRulesNotSatisfied };
}

/** Fields that neither `properties` nor `patternProperties` names. */
function restOf(schema: Document): (value: Document) => string[] {
  const named = isDocument(schema['properties']) ? schema['properties'] : {};
  const patterns = isDocument(schema['patternProperties']) ? Object.keys(schema['patternProperties']) : [];
  const regexes = patterns.map((pattern) => compileRegex(new BSONRegExp(plainName(pattern), '')));
  return (value) =>
    Object.keys(value).filter(
      (name) => !Object.hasOwn(named, name) && !regexes.some((regex) => regex.test(plainName(name))),
    );
}

const additional: Keyword = (operand, schema) => {
  const rest = restOf(schema);
  const check = isDocument(operand) ? compileSchema(operand) : null;
  return (value) => {
    if (!isDocument(value) || operand === true) return [];
    const wrong = rest(value).filter((name) => check === null || check(value[name]) !== null);
    if (wrong.length === 0) return [];
    const specifiedAs = { additionalProperties: operand };
    return [
      { operatorName: 'additionalProperties', specifiedAs, additionalProperties: wrong.map(plainName) },
    ];
  };
};

const patterned: Keyword = (operand) => {
  const checks = fieldsOf(operand).map(([pattern, schema]) => ({
    regex: compileRegex(new BSONRegExp(plainName(pattern), '')),
    check: compileSchema(schema),
  }));
  return (value) => {
    if (!isDocument(value)) return [];
    const wrong = checks.flatMap(({ regex, check }) =>
      Object.keys(value)
        .filter((name) => regex.test(plainName(name)))
        .flatMap((propertyName) => {
          const details = check(value[propertyName]);
          return details === null ? [] : [propertyDetails(propertyName, details)];
        }),
    );
    return wrong.length === 0 ? [] : [{ operatorName: 'patternProperties', details: wrong }];
  };
};

const items: Keyword = (operand, schema) => {
  const each = Array.isArray(operand) ? null : compileSchema(operand);
  const places = Array.isArray(operand) ? operand.map(compileSchema) : [];
  const { additionalItems: more } = schema;
  const rest = isDocument(more) ? compileSchema(more) : null;
  return (value) => {
    if (!isList(value)) return [];
    const wrong = value.flatMap((element, at) => {
      const isBeyond = each === null && at >= places.length;
      if (isBeyond && more === false) return [{ itemIndex: at, details: [] }];
      const details = (each ?? places[at] ?? rest)?.(element) ?? null;
      return details === null ? [] : [{ itemIndex: at, details: details['schemaRulesNotSatisfied'] }];
    });
    if (wrong.length === 0) return [];
    const first = wrong[0] ?? {};
    return [{ operatorName: 'items', reason: 'At least one item did not match the sub-schema', ...first }];
  };
};

/** `allOf`, `anyOf`, `oneOf`: how many of the schemas must hold. */
function combined(name: string, isEnough: (holding: number, all: number) => boolean): Keyword {
  return (operand) => {
    const checks = listOf(operand).map(compileSchema);
    return (value) => {
      const details = checks.map((check) => check(value));
      const holding = details.filter((one) => one === null).length;
      if (isEnough(holding, checks.length)) return [];
      const notSatisfied = details.flatMap((one, index) =>
        one === null ? [] : [{ index, details: one['schemaRulesNotSatisfied'] }],
      );
      return [{ operatorName: name, schemasNotSatisfied: notSatisfied }];
    };
  };
}

const not: Keyword = (operand) => {
  const check = compileSchema(operand);
  return (value) =>
    check(value) === null ? [{ operatorName: 'not', reason: 'child expression matched' }] : [];
};

const dependencies: Keyword = (operand) => {
  const checks = fieldsOf(operand).map(([name, given]) => ({
    name,
    check: Array.isArray(given) ? compileSchema({ required: given }) : compileSchema(given),
  }));
  return (value) => {
    if (!isDocument(value)) return [];
    const wrong = checks.filter(({ name, check }) => Object.hasOwn(value, name) && check(value) !== null);
    return wrong.length === 0
      ? []
      : [
          {
            operatorName: 'dependencies',
            failingDependencies: wrong.map(({ name }) => ({ conditionalProperty: plainName(name) })),
          },
        ];
  };
};

const KEYWORDS: Readonly<Record<string, Keyword>> = {
  bsonType: rule('bsonType', always, bsonType),
  type: rule('type', always, jsonType),
  enum: rule('enum', always, (operand) => {
    const known = new Set(listOf(operand).map(unorderedKey));
    return (value) => known.has(unorderedKey(value));
  }),
  required,
  properties,
  additionalProperties: additional,
  patternProperties: patterned,
  minProperties: rule('minProperties', isDocument, (operand) => (value) => size(value) >= toDouble(operand)),
  maxProperties: rule('maxProperties', isDocument, (operand) => (value) => size(value) <= toDouble(operand)),
  dependencies,
  items,
  minItems: rule('minItems', isList, (operand) => (value: unknown[]) => value.length >= toDouble(operand)),
  maxItems: rule('maxItems', isList, (operand) => (value: unknown[]) => value.length <= toDouble(operand)),
  uniqueItems: rule('uniqueItems', isList, hasNoRepeats),
  minLength: rule('minLength', isText, (operand) => (value: string) => letters(value) >= toDouble(operand)),
  maxLength: rule('maxLength', isText, (operand) => (value: string) => letters(value) <= toDouble(operand)),
  pattern: rule('pattern', isText, (operand) => {
    const regex = compileRegex(new BSONRegExp(String(operand), ''));
    return (value: string) => regex.test(value);
  }),
  minimum: rule('minimum', isNumeric, bound(-1)),
  maximum: rule('maximum', isNumeric, bound(1)),
  multipleOf: rule('multipleOf', isNumeric, isMultiple),
  allOf: combined('allOf', (holding, all) => holding === all),
  anyOf: combined('anyOf', (holding) => holding > 0),
  oneOf: combined('oneOf', (holding) => holding === 1),
  not,
};
