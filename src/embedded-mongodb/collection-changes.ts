import type { Collection, Index } from './catalog.ts';
import { checkedKind, timeFieldOf } from './collection-kinds.ts';
import { CommandError } from './errors.ts';
import { indexOfKey, indexOfName } from './named-indexes.ts';
import { checkValidation } from './validator.ts';
import type { Document } from './values.ts';
import { isDocument, isNumeric, toDouble } from './values.ts';

/** What `collMod` may change. Source: server, db/coll_mod.idl; db/catalog/coll_mod.cpp */

const KEPT = ['validator', 'validationLevel', 'validationAction', 'changeStreamPreAndPostImages'] as const;
const UNSUPPORTED = ['timeseries', 'dryRun'] as const;

const refused = (message: string): CommandError => new CommandError('InvalidOptions', message);
const wrongType = (field: string): CommandError =>
  new CommandError('TypeMismatch', `BSON field 'collMod.${field}' is the wrong type`);

/** The collection's options as the command changes them. @throws CommandError 2, 14, 72, 115 */
export function changedOptions(collection: Collection, body: Document): Document {
  const unsupported = UNSUPPORTED.find((field) => body[field] !== undefined);
  if (unsupported !== undefined) {
    throw new CommandError('CommandNotSupported', `'collMod.${unsupported}' is not supported by this server`);
  }
  checkValidation(collection, body);
  const options = { ...collection.options };
  for (const field of KEPT) if ((body[field] ?? undefined) !== undefined) options[field] = body[field];
  for (const [field, option] of [
    ['cappedSize', 'size'],
    ['cappedMax', 'max'],
  ] as const) {
    const value = body[field];
    if (value === undefined) continue;
    if (options['capped'] !== true) throw refused('Collection must be capped.');
    if (!isNumeric(value)) throw wrongType(field);
    options[option] = value;
  }
  changeExpiry(collection, options, body['expireAfterSeconds']);
  return options['capped'] === true ? checkedKind(options) : options;
}

/** The expiry of a whole collection, `off` for none. */
function changeExpiry(collection: Collection, options: Document, seconds: unknown): void {
  if (seconds === undefined) return;
  if (timeFieldOf(collection) === null && options['clusteredIndex'] === undefined) {
    throw refused(
      "'expireAfterSeconds' is only supported on time-series collections or clustered collections",
    );
  }
  if (seconds === 'off') delete options['expireAfterSeconds'];
  else if (isNumeric(seconds) && toDouble(seconds) >= 0) options['expireAfterSeconds'] = seconds;
  else throw refused("'expireAfterSeconds' must be a number that is not negative, or 'off'");
}

const CHANGES = ['expireAfterSeconds', 'hidden', 'unique', 'prepareUnique'] as const;
const INDEX_FIELDS: ReadonlySet<string> = new Set(['name', 'keyPattern', ...CHANGES]);

/** The index that `collMod` names, and may change so. @throws CommandError 2, 14, 27, 72, 181, 40415 */
export function changedIndex(collection: Collection, change: Document): Index {
  const unknown = Object.keys(change).find((field) => !INDEX_FIELDS.has(field));
  if (unknown !== undefined) {
    throw new CommandError(40415, `BSON field 'collMod.index.${unknown}' is an unknown field.`);
  }
  const { name, keyPattern, expireAfterSeconds } = change;
  if (name !== undefined && keyPattern !== undefined)
    throw refused('Cannot specify both key pattern and name.');
  if (name === undefined && keyPattern === undefined) {
    throw refused('Must specify either index name or key pattern.');
  }
  if (!CHANGES.some((field) => change[field] !== undefined)) {
    throw refused('no expireAfterSeconds, hidden, unique, or prepareUnique field');
  }
  const wrong = CHANGES.find((field) => change[field] !== undefined && !isTruth(change[field]));
  if (wrong !== undefined) throw wrongType(`index.${wrong}`);
  const index = namedIndex(collection, name, keyPattern);
  if (index.id === 0 && change['hidden'] !== undefined) {
    throw new CommandError('BadValue', "can't hide _id index");
  }
  if (expireAfterSeconds !== undefined) checkExpiry(index, expireAfterSeconds);
  return index;
}

const isTruth = (value: unknown): boolean => typeof value === 'boolean' || isNumeric(value);

function namedIndex(collection: Collection, name: unknown, keyPattern: unknown): Index {
  if (typeof name === 'string') return indexOfName(collection, name);
  if (isDocument(keyPattern)) return indexOfKey(collection, keyPattern);
  throw wrongType(name === undefined ? 'index.keyPattern' : 'index.name');
}

function checkExpiry(index: Index, given: unknown): void {
  if (!isNumeric(given)) throw wrongType('index.expireAfterSeconds');
  if (index.id === 0) throw refused('the _id field does not support TTL indexes');
  if (index.fields.length > 1) {
    throw refused('TTL indexes are single-field indexes, compound indexes do not support TTL');
  }
  const seconds = toDouble(given);
  if (seconds >= 0 && seconds <= 0x7fffffff) return;
  throw refused("TTL index 'expireAfterSeconds' option must be within an acceptable range");
}
