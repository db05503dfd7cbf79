import { Int32 } from 'bson';
import { checkedCollation } from './collation-spec.ts';
import { CommandError } from './errors.ts';
import { INDEX_PLUGINS, KIND_OPTIONS, keptSpec } from './index-kinds.ts';
import { isTruthy } from './match.ts';
import { typeName } from './match-type.ts';
import { checkPartialFilter } from './partial-filter.ts';
import { shellText } from './shell-text.ts';
import type { Document } from './values.ts';
import { isDocument, isNumeric, toDouble, valuesEqual } from './values.ts';

/**
 * What a new index may be. Those that are there already are taken as they are.
 * Source: server, db/catalog/index_key_validate.cpp; db/catalog/index_catalog_impl.cpp, _isSpecOk
 */

const SPEC_FIELDS: ReadonlySet<string> = new Set([
  'key', 'name', 'unique', 'sparse', 'background', 'partialFilterExpression', 'expireAfterSeconds', 'v', 'ns', 'hidden',
  'dropDups', 'collation', ...KIND_OPTIONS,
]); // prettier-ignore

/** All that may be said of the index on `_id`, which has no options. */
const ID_SPEC_FIELDS: ReadonlySet<string> = new Set(['key', 'name', 'v', 'ns', 'collation']);

const refused = (message: string): CommandError => new CommandError('CannotCreateIndex', message);

/** The specification without the fields that MongoDB does not know. */
export function withoutUnknownFields(spec: Document): Document {
  return Object.fromEntries(Object.entries(spec).filter(([field]) => SPEC_FIELDS.has(field)));
}

/** The specification as it is kept. @throws CommandError 2, 9, 14, 67, 197 and those of its kind */
export function checkedSpec(spec: Document): Document {
  checkFields(spec, SPEC_FIELDS, 'an index specification');
  const key = checkedKey(spec);
  const name = checkedName(spec);
  checkOptions(spec);
  if (isIdKey(key)) return idSpec(spec, key);
  if (name === '_id_') {
    const message = `The index name '_id_' is reserved for the _id index, which must have key pattern {_id: 1}, found ${shellText(key)}`;
    throw new CommandError('BadValue', message);
  }
  if (name === '*') throw new CommandError('BadValue', "The index name '*' is not valid.");
  const kept: Document = { v: new Int32(2), key, name };
  for (const option of ['unique', 'sparse', 'hidden']) if (isTruthy(spec[option])) kept[option] = true;
  if (spec['sparse'] !== undefined) kept['sparse'] ??= spec['sparse'];
  // `background` has meant nothing since MongoDB 4.2, but is told as it was given.
  for (const option of ['background', 'collation', 'partialFilterExpression']) {
    if (spec[option] !== undefined) kept[option] = spec[option];
  }
  if (spec['expireAfterSeconds'] !== undefined) kept['expireAfterSeconds'] = checkedExpiry(spec, key);
  return { ...kept, ...keptSpec(spec, key) };
}

function checkFields(spec: Document, known: ReadonlySet<string>, what: string): void {
  const unknown = Object.keys(spec).find((field) => !known.has(field));
  if (unknown === undefined) return;
  const message = `The field '${unknown}' is not valid for ${what}. Specification: ${shellText(spec)}`;
  throw new CommandError('InvalidIndexSpecificationOption', message);
}

/** A field that every index has. @throws CommandError 9 where it is missing, 14 */
function required(spec: Document, field: string, type: 'object' | 'string'): unknown {
  const value = spec[field];
  if (value === undefined) {
    const message = `The '${field}' field is a required property of an index specification`;
    throw new CommandError('FailedToParse', message);
  }
  checkType(spec, field, type);
  return value;
}

function checkType(spec: Document, field: string, type: string): void {
  if (spec[field] === undefined || typeName(spec[field]) === type) return;
  const message = `The field '${field}' must be of type ${type}, but got ${typeName(spec[field])}`;
  throw new CommandError('TypeMismatch', message);
}

function checkedName(spec: Document): string {
  const name = required(spec, 'name', 'string') as string;
  if (name === '') throw refused('index name cannot be empty');
  if (name.includes('\0')) throw refused('index name cannot contain NUL bytes');
  return name;
}

function checkOptions(spec: Document): void {
  if (spec['v'] !== undefined && ![1, 2].includes(toDouble(spec['v']))) {
    const message = `Invalid index specification ${shellText(spec)}; cannot create an index with v=${shellText(spec['v'])}`;
    throw refused(message);
  }
  checkType(spec, 'hidden', 'bool');
  checkType(spec, 'collation', 'object');
  checkType(spec, 'partialFilterExpression', 'object');
  const { partialFilterExpression: partial } = spec;
  if (!isDocument(partial)) return;
  if (isTruthy(spec['sparse'])) throw refused('cannot mix "partialFilterExpression" and "sparse" options');
  checkPartialFilter(partial);
}

/** Checks the `idIndex` of `create`. @throws CommandError 2, 9, 14, 67, 72, 197 */
export function checkIdIndex(
  { idIndex, autoIndexId }: Document,
  { viewOn, collation = null }: Document,
): void {
  if ((idIndex ?? undefined) === undefined) return;
  if (viewOn !== undefined)
    throw new CommandError('InvalidOptions', "'idIndex' is not allowed with 'viewOn'");
  if (autoIndexId !== undefined) {
    throw new CommandError('InvalidOptions', "'idIndex' is not allowed with 'autoIndexId'");
  }
  if (!isDocument(idIndex)) throw new CommandError('TypeMismatch', "BSON field 'idIndex' is the wrong type");
  checkFields(idIndex, SPEC_FIELDS, 'an index specification');
  const key = checkedKey(idIndex);
  checkedName(idIndex);
  checkOptions(idIndex);
  const { collation: own } = idSpec(idIndex, key);
  if (own === undefined || valuesEqual(checkedCollation(own), collation)) return;
  throw new CommandError('BadValue', "'idIndex' must have the same collation as the collection.");
}

/** The index on `_id`, also with the other direction, which it may not have. Source: server, db/index/index_descriptor.h */
function isIdKey(key: Document): boolean {
  const [[name, order] = [], ...others] = Object.entries(key);
  return (
    name === '_id' && others.length === 0 && isNumeric(order) && Math.abs(Math.trunc(toDouble(order))) === 1
  );
}

/** Its name is always the same, whatever it is called. Source: server, jstests/core/index_id_options.js */
function idSpec(spec: Document, key: Document): Document {
  checkFields(spec, ID_SPEC_FIELDS, 'an _id index specification');
  if (!valuesEqual(key, { _id: 1 })) {
    const message = `The field 'key' for an _id index must be {_id: 1}, but got ${shellText(key)}`;
    throw new CommandError('BadValue', message);
  }
  const { collation } = spec;
  return { v: new Int32(2), key, name: '_id_', ...(collation === undefined ? {} : { collation }) };
}

/** Fields of a reference to another document may be indexed. */
const REFERENCE_FIELDS = new Set(['$ref', '$id', '$db']);

function checkedKey(spec: Document): Document {
  const key = required(spec, 'key', 'object') as Document;
  if (Object.keys(key).length === 0) throw refused('Index keys cannot be empty.');
  for (const [field, order] of Object.entries(key)) {
    checkKeyField(field, order);
    if (isNumeric(order) && toDouble(order) !== 0 && !Number.isNaN(toDouble(order))) continue;
    if (typeof order === 'string') continue;
    const message = `Values in v:2 index key pattern cannot be of type ${typeName(order)}. Only numbers > 0, numbers < 0, and strings are allowed.`;
    throw refused(message);
  }
  checkPlugins(key, spec);
  return key;
}

function checkKeyField(field: string, order: unknown): void {
  if (field === '$**' && order === 'text') return;
  if (field === '_fts' && order !== 'text') {
    throw refused("Index key contains an illegal field name: '_fts'");
  }
  const parts = field.split('.');
  if (parts.includes('')) throw refused('Index keys cannot contain an empty field.');
  if (parts.some((part, at) => part.startsWith('$') && (at === 0 || !REFERENCE_FIELDS.has(part)))) {
    throw refused("Index key contains an illegal field name: field name starts with '$'.");
  }
}

/** One index is of one kind. @throws CommandError 67, 16764, 16800, 16801, 31303 */
function checkPlugins(key: Document, spec: Document): void {
  const orders = Object.values(key);
  const [plugin, ...others] = orders.filter((order) => typeof order === 'string');
  if (plugin === undefined) return;
  if (!INDEX_PLUGINS.has(plugin)) {
    throw refused(`An index of kind '${plugin}' is not supported by this server`);
  }
  if (others.some((other) => other !== plugin)) {
    throw refused("Can't use more than one index plugin for a single index.");
  }
  if (plugin === '2d' && orders[0] !== '2d') throw new CommandError(16801, '2d has to be first in index');
  if (plugin === '2d' && others.length > 0) throw new CommandError(16800, "can't have 2 geo fields");
  if (plugin !== 'hashed') return;
  if (others.length > 0) {
    const message = `A maximum of one index field is allowed to be hashed but found ${others.length + 1}`;
    throw new CommandError(31303, message);
  }
  if (isTruthy(spec['unique'])) {
    const message = 'Currently hashed indexes cannot guarantee uniqueness. Use a regular index.';
    throw new CommandError(16764, message);
  }
}

function checkedExpiry(spec: Document, key: Document): unknown {
  const seconds = toDouble(spec['expireAfterSeconds']);
  if (!(seconds >= 0 && seconds <= 0x7fffffff)) {
    throw refused(
      `TTL index 'expireAfterSeconds' option must be within an acceptable range, try a different value than ${seconds}`,
    );
  }
  if (Object.keys(key).length > 1) {
    throw refused('TTL indexes are single-field indexes, compound indexes do not support TTL');
  }
  return spec['expireAfterSeconds'];
}
