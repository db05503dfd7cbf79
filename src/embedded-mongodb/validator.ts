import type { Collection } from './catalog.ts';
import type { Collate } from './collation.ts';
import { collateOf } from './collation.ts';
import { CommandError } from './errors.ts';
import { compileSchema } from './json-schema.ts';
import { compileFilter } from './match.ts';
import { matchContext, PLAIN_MATCH } from './match-context.ts';
import { typeName } from './match-type.ts';
import type { Document } from './values.ts';
import { isDocument } from './values.ts';

/** What is wrong with a document; null when nothing is. */
type Check = (document: Document) => Document | null;

const CHOICES: Readonly<Record<string, readonly string[]>> = {
  validationLevel: ['off', 'strict', 'moderate'],
  validationAction: ['error', 'warn'],
};

/** Databases of the server's own. */
const INTERNAL: ReadonlySet<string> = new Set(['admin', 'local', 'config']);

/**
 * Checks what `create` or `collMod` says of a collection's validator.
 * Source: server, db/catalog/collection_impl.cpp, checkValidatorCanBeUsedOnNs
 * @throws CommandError 2, 14, 72, and the matcher's
 */
export function checkValidation(
  { database, name }: Pick<Collection, 'database' | 'name'>,
  asked: Document,
): void {
  for (const [field, choices] of Object.entries(CHOICES)) {
    const value = asked[field] ?? undefined;
    if (value === undefined) continue;
    if (typeof value !== 'string') throw wrongType(field, value);
    if (choices.includes(value)) continue;
    throw new CommandError(
      'BadValue',
      `Enumeration value '${value}' for field '${field}' is not a valid value.`,
    );
  }
  const validator = asked['validator'] ?? undefined;
  if (validator === undefined) return;
  if (!isDocument(validator)) throw wrongType('validator', validator);
  compileFilter(validator, PLAIN_MATCH);
  const isOurs = INTERNAL.has(database) || name.startsWith('system.');
  if (!isOurs || Object.keys(validator).length === 0) return;
  const message = `Document validators are not allowed on collection ${database}.${name}`;
  throw new CommandError('InvalidOptions', message);
}

function wrongType(field: string, value: unknown): CommandError {
  return new CommandError('TypeMismatch', `BSON field '${field}' is the wrong type '${typeName(value)}'`);
}

const compiled = new WeakMap<Document, Check>();

/**
 * Refuses a document that its collection's validator refuses.
 * @param before the document as it was, for an update: `moderate` lets what was wrong before stay wrong
 * @throws CommandError 121 with `errInfo` as MongoDB shows it
 */
export function checkedDocument(
  collection: Collection,
  body: Document,
  { document, before = null }: { readonly document: () => Document; readonly before?: Document | null },
): void {
  const { validator, validationLevel, validationAction } = collection.options;
  if (!isDocument(validator) || body['bypassDocumentValidation'] === true) return;
  if (validationLevel === 'off' || validationAction === 'warn') return;
  const check =
    compiled.get(validator) ?? compileCheck(validator, collateOf(collection.options['collation']));
  compiled.set(validator, check);
  const details = check(document());
  if (details === null) return;
  if (validationLevel === 'moderate' && before !== null && check(before) !== null) return;
  throw new CommandError('DocumentValidationFailure', 'Document failed validation', {
    errInfo: { failingDocumentId: document()['_id'], details },
  });
}

/** A schema says which of its rules failed; of a filter the whole is shown. */
function compileCheck(validator: Document, collate: Collate | null): Check {
  const { $jsonSchema: schema, ...filter } = validator;
  const checkSchema = schema === undefined ? () => null : compileSchema(schema);
  const test = compileFilter(filter, { ...matchContext(collate, {}), isTop: false });
  return (document) => {
    if (!test(document))
      return { operatorName: 'validator', specifiedAs: filter, reason: 'document did not match' };
    return checkSchema(document);
  };
}
