import type { Collection } from './catalog.ts';
import { CommandError } from './errors.ts';
import type { Predicate } from './match.ts';
import { compileFilter } from './match.ts';
import { PLAIN_MATCH } from './match-context.ts';
import type { Document } from './values.ts';
import { isDocument } from './values.ts';

const compiled = new WeakMap<Document, Predicate>();

/** Refuses a document that its collection's validator refuses. @throws CommandError 121 */
export function checkedDocument(collection: Collection, body: Document, document: () => Document): void {
  const { validator, validationLevel, validationAction } = collection.options;
  if (!isDocument(validator) || body['bypassDocumentValidation'] === true) return;
  if (validationLevel === 'off' || validationAction === 'warn') return;
  let test = compiled.get(validator);
  if (test === undefined) {
    test = compileFilter(validator, PLAIN_MATCH);
    compiled.set(validator, test);
  }
  if (test(document())) return;
  throw new CommandError('DocumentValidationFailure', 'Document failed validation', {
    errInfo: { failingDocumentId: document()['_id'], details: { operatorName: 'validator' } },
  });
}
