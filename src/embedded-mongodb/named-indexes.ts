import type { Collection, Index } from './catalog.ts';
import { CommandError } from './errors.ts';
import { shellText } from './shell-text.ts';
import type { Document } from './values.ts';
import { valuesEqual } from './values.ts';

/** The index of this name. @throws CommandError 27 */
export function indexOfName(collection: Collection, name: string): Index {
  const index = collection.indexes.find((known) => known.name === name);
  if (index !== undefined) return index;
  throw new CommandError('IndexNotFound', `index not found with name [${name}]`);
}

/** The one index of this key. @throws CommandError 27 where there is none, 181 where there are several */
export function indexOfKey(collection: Collection, key: Document): Index {
  const [index, ...others] = collection.indexes.filter(({ spec }) => valuesEqual(spec['key'], key));
  if (index === undefined) {
    throw new CommandError('IndexNotFound', `can't find index with key: ${shellText(key)}`);
  }
  if (others.length === 0) return index;
  const message = `${others.length + 1} indexes found for key: ${shellText(key)}, identify by name instead.`;
  throw new CommandError('AmbiguousIndexKeyPattern', message);
}
