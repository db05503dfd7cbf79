import { Int32 } from 'bson';
import { CommandError } from './errors.ts';
import type { Document } from './values.ts';
import { isDocument, isNumeric, toDouble } from './values.ts';

/** What an index is for: ordered keys, or a kind that is checked on every write and read by looking at all documents. */
export type IndexKind = 'ordered' | '2d' | '2dsphere' | 'text';

const KINDS: ReadonlySet<unknown> = new Set(['2d', '2dsphere', 'text']);

/** The kind that a key pattern asks for. */
export function kindOfKey(key: Document): IndexKind {
  return (Object.values(key).find((order) => KINDS.has(order)) as IndexKind | undefined) ?? 'ordered';
}

/** Options that only one kind of index has. */
export const KIND_OPTIONS: Readonly<Record<IndexKind, readonly string[]>> = {
  ordered: [],
  '2d': ['min', 'max', 'bits'],
  '2dsphere': ['2dsphereIndexVersion'],
  text: ['weights', 'default_language', 'language_override', 'textIndexVersion'],
};

/** The specification as MongoDB keeps and lists it. @throws CommandError 67 */
export function keptSpec(spec: Document, key: Document): Document {
  const kind = kindOfKey(key);
  const options = Object.fromEntries(
    KIND_OPTIONS[kind].filter((name) => name in spec).map((name) => [name, spec[name]]),
  );
  switch (kind) {
    case 'text':
      return textSpec(spec, key);
    case '2dsphere':
      return { ...options, '2dsphereIndexVersion': new Int32(3) };
    default:
      return options;
  }
}

/** Text fields become one `_fts`, their names the weights. */
function textSpec(spec: Document, key: Document): Document {
  if ('_fts' in key)
    return Object.fromEntries(['weights', ...TEXT_OPTIONS].map((name) => [name, spec[name]]));
  const kept: Document = {};
  for (const [name, order] of Object.entries(key)) {
    if (order === 'text') Object.assign(kept, { _fts: 'text', _ftsx: new Int32(1) });
    else kept[name] = order;
  }
  const named = Object.keys(key).filter((name) => key[name] === 'text');
  const given = isDocument(spec['weights']) ? spec['weights'] : {};
  const weights = Object.fromEntries(
    [...new Set([...named, ...Object.keys(given)])].sort().map((name) => [name, weight(given[name])]),
  );
  return {
    key: kept,
    weights,
    default_language: spec['default_language'] ?? 'english',
    language_override: spec['language_override'] ?? 'language',
    textIndexVersion: new Int32(3),
  };
}

const TEXT_OPTIONS = ['default_language', 'language_override', 'textIndexVersion'];

function weight(given: unknown): unknown {
  if (given === undefined) return new Int32(1);
  if (isNumeric(given) && toDouble(given) > 0 && toDouble(given) < 100_000) return given;
  throw new CommandError(
    'CannotCreateIndex',
    'text index weight must be in the exclusive interval (0,100000)',
  );
}
