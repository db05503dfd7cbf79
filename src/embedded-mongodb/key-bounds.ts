import type { Collection, Index } from './catalog.ts';
import { CommandError } from './errors.ts';
import { encodedKeys } from './index-keys.ts';
import { isHinted, sortDirection } from './plan.ts';
import type { IndexPlan, Plan } from './plan.ts';
import type { Document } from './values.ts';
import { EMPTY_ARRAY, fieldOf, isDocument } from './values.ts';

/** `min` and `max` of `find`: the keys of the hinted index from `min` up to, not including, `max`. */
export type KeyBounds = { readonly min: Document | null; readonly max: Document | null };

type Bounded = {
  readonly bounds: KeyBounds;
  readonly hint: string | Document | null;
  readonly sort: Document | null;
};

/** Reads the keys within the bounds. @throws CommandError 291, 51173, 51174, 51175, 51176, as MongoDB does */
export function boundedPlan(collection: Collection, { bounds, hint, sort }: Bounded): IndexPlan {
  const { min, max } = bounds;
  if (isDocument(hint) && '$natural' in hint) {
    throw new CommandError('NoQueryExecutionPlans', 'min and max are incompatible with $natural');
  }
  if (hint === null) {
    throw new CommandError(51173, 'When using min()/max() a hint of which index to use must be provided');
  }
  if (min !== null && max !== null && !haveSameFields(min, max)) {
    throw new CommandError(51176, 'max and min keys must have the same field names');
  }
  const index = collection.indexes.find((known) => known.kind === 'ordered' && isHinted(known, hint));
  if (index === undefined || [min, max].some((keys) => keys !== null && !isKeyOf(keys, index))) {
    throw new CommandError(51174, 'The index chosen is not compatible with min/max');
  }
  const low = min === null ? Buffer.alloc(0) : boundKey(min, index);
  const high = max === null ? null : boundKey(max, index);
  if (high !== null && Buffer.compare(low, high) >= 0 && min !== null) {
    throw new CommandError(
      51175,
      'The value provided for min() does not come before the value provided for max()',
    );
  }
  // An array sorts by its least or greatest element of all, not of those within the bounds.
  const canSort = index.collation === null && !index.isMultikey;
  const direction = canSort || sort === null ? sortDirection(index, [], sort) : null;
  return {
    kind: 'index',
    index,
    ranges: [{ low, high }],
    isReverse: direction === -1,
    isSorted: direction !== null,
    boundFields: index.fields.length,
    isPoint: false,
  };
}

function haveSameFields(left: Document, right: Document): boolean {
  const [names, others] = [Object.keys(left), Object.keys(right)];
  return names.length === others.length && names.every((name, at) => name === others[at]);
}

function isKeyOf(keys: Document, { fields }: Index): boolean {
  const names = Object.keys(keys);
  return names.length === fields.length && fields.every(({ name }, at) => name === names[at]);
}

function boundKey(keys: Document, index: Index): Buffer {
  const tuple = index.fields.map(({ name }) => fieldOf(keys, name));
  return encodedKeys([tuple], index)[0] ?? Buffer.alloc(0);
}

/**
 * What `returnKey` shows of a document: the key under which the plan met it; nothing where it read no index.
 * @param valuesOf every tuple of values under which an index holds the document
 */
export function keyDocument(
  plan: Plan,
  valuesOf: (index: Index) => readonly (readonly unknown[])[],
): Document {
  if (plan.kind === 'union') {
    const shown = plan.plans.map((part) => keyDocument(part, valuesOf));
    return shown.find((document) => Object.keys(document).length > 0) ?? {};
  }
  if (plan.kind === 'collection') return {};
  const { index, ranges, isReverse } = plan;
  const entries = valuesOf(index)
    .map((tuple) => ({ tuple, key: encodedKeys([tuple], index)[0] ?? Buffer.alloc(0) }))
    .filter(({ key }) => ranges.some((range) => isWithin(key, range)))
    .sort((left, right) => Buffer.compare(left.key, right.key));
  const met = isReverse ? entries.at(-1) : entries[0];
  if (met === undefined) return {};
  const shown = (value: unknown): unknown => (value === EMPTY_ARRAY ? null : (value ?? null));
  return Object.fromEntries(index.fields.map(({ name }, at) => [name, shown(met.tuple[at])])) as Document;
}

function isWithin(key: Buffer, { low, high }: IndexPlan['ranges'][number]): boolean {
  return Buffer.compare(key, low) >= 0 && (high === null || Buffer.compare(key, high) < 0);
}
