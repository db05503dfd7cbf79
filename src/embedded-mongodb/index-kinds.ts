import { Int32 } from 'bson';
import { CommandError } from './errors.ts';
import { textSpec } from './text-spec.ts';
import type { Document } from './values.ts';
import { isNumeric } from './values.ts';

/** What an index is for: ordered keys, or a kind that is checked on every write and read by looking at all documents. */
export type IndexKind = 'ordered' | '2d' | '2dsphere' | 'text';

const KINDS: ReadonlySet<unknown> = new Set(['2d', '2dsphere', 'text']);

/** What may stand for the direction of a field: a hashed one is ordered here. */
export const INDEX_PLUGINS: ReadonlySet<string> = new Set(['hashed', '2d', '2dsphere', 'text']);

/** The kind that a key pattern asks for. */
export function kindOfKey(key: Document): IndexKind {
  return (Object.values(key).find((order) => KINDS.has(order)) as IndexKind | undefined) ?? 'ordered';
}

const NUMBERS = ['min', 'max', 'bits', '2dsphereIndexVersion', 'textIndexVersion'];
const TEXTS = ['default_language', 'language_override'];

/** Options that mean something to one kind of index; the others may have them, too, as in MongoDB. */
export const KIND_OPTIONS: readonly string[] = [...NUMBERS, ...TEXTS, 'weights'];

/** The specification as MongoDB keeps and lists it. @throws CommandError 14, 67 */
export function keptSpec(spec: Document, key: Document): Document {
  const kind = kindOfKey(key);
  checkTypes(spec);
  if (kind !== 'text' && 'weights' in spec) {
    const message = "the field 'weights' can only be specified with text indexes";
    throw new CommandError('CannotCreateIndex', message);
  }
  const given = KIND_OPTIONS.filter((name) => name in spec).map((name) => [name, spec[name]] as const);
  const options: Document = Object.fromEntries(given);
  switch (kind) {
    case 'text':
      return { ...options, ...textSpec(spec, key) };
    case '2dsphere':
      return { ...options, '2dsphereIndexVersion': new Int32(3) };
    default:
      return options;
  }
}

function checkTypes(spec: Document): void {
  const wrong =
    NUMBERS.find((name) => name in spec && !isNumeric(spec[name])) ??
    TEXTS.find((name) => name in spec && typeof spec[name] !== 'string');
  if (wrong === undefined) return;
  throw new CommandError('TypeMismatch', `The field '${wrong}' of an index is the wrong type`);
}
