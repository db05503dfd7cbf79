import type { Collate } from './collation.ts';
import { CommandError } from './errors.ts';
import { metaOf } from './document-meta.ts';
import { keyTuples } from './index-keys.ts';
import { typeName } from './match-type.ts';
import { sizeOf, stageMemory } from './memory.ts';
import { splitPath } from './paths.ts';
import type { Document } from './values.ts';
import { compareValues, isDocument, isNumeric, toDouble } from './values.ts';

/** A compiled sort: what is compared of a document, and how. */
export type Sort = {
  keyOf(document: unknown): readonly unknown[];
  compare(left: readonly unknown[], right: readonly unknown[]): number;
};

/** The order that a command asks for. @throws CommandError 15974, 15975, 15998, 16410, 40352, 40353 for what is none */
export function checkedOrder(spec: Document): Document {
  for (const [name, order] of Object.entries(spec)) {
    if (name === '$natural' || metaName(order) !== null) continue;
    checkOrderName(name);
    if (!isNumeric(order)) {
      throw new CommandError(15974, `Illegal key in $sort specification: ${name}: ${String(order)}`);
    }
    if (Math.abs(toDouble(order)) === 1) continue;
    throw new CommandError(15975, '$sort key ordering must be 1 (for ascending) or -1 (for descending)');
  }
  return spec;
}

function checkOrderName(name: string): void {
  if (name === '') throw new CommandError(40352, 'FieldPath cannot be constructed with empty string');
  const parts = splitPath(name);
  if (parts.at(-1) === '') throw new CommandError(40353, "FieldPath must not end with a '.'.");
  if (parts.includes('')) throw new CommandError(15998, 'FieldPath field names may not be empty strings.');
  if (!parts.some((part) => part.startsWith('$') && !['$id', '$ref', '$db'].includes(part))) return;
  const message = "FieldPath field names may not start with '$'. Consider using $getField or $setField.";
  throw new CommandError(16410, message);
}

/** @throws CommandError for an order that is neither 1 nor -1 */
export function compileSort(spec: Document, collate: Collate | null): Sort {
  const fields = Object.entries(spec)
    .filter(([name]) => name !== '$natural')
    .map(([name, order]) => ({
      fields: [{ name, path: splitPath(name), direction: 1 as const }],
      meta: metaName(order),
      order: orderOf(order),
    }));
  const compareKeys = (left: unknown, right: unknown): number => compareValues(left, right, collate);
  const extreme = (values: readonly unknown[], order: number): unknown =>
    values.reduce((best, value) => (compareKeys(value, best) * order < 0 ? value : best));
  return {
    keyOf: (document) =>
      fields.map(({ fields: [field], order, meta }) => {
        if (meta !== null) return metaOf(document, meta);
        const { tuples } = keyTuples(document, field === undefined ? [] : [field]);
        return tuples.length === 1
          ? tuples[0]?.[0]
          : extreme(
              tuples.map((tuple) => tuple[0]),
              order,
            );
      }),
    compare(left, right) {
      for (let index = 0; index < fields.length; index++) {
        const order = compareKeys(left[index], right[index]);
        if (order !== 0) return order * (fields[index]?.order ?? 1);
      }
      return 0;
    },
  };
}

const SORTED_META = new Set<unknown>(['textScore', 'randVal', 'geoNearDistance']);
const UNSORTED_META = new Map<unknown, number>([
  ['searchScore', 31218],
  ['searchHighlights', 31219],
]);

/**
 * `{ $meta: 'textScore' }`: what is compared is not a field. null for what is.
 * @throws CommandError 9, 17312, 31138, 31218, 31219. Source: server, query/sort_pattern.cpp
 */
function metaName(order: unknown): string | null {
  if (!isDocument(order)) return null;
  const [first, ...more] = Object.keys(order);
  if (first !== '$meta') {
    throw new CommandError(17312, '$meta is the only expression supported by $sort right now');
  }
  if (more.length > 0) {
    throw new CommandError('FailedToParse', 'Cannot have additional keys in a $meta sort specification');
  }
  const name = order['$meta'];
  if (SORTED_META.has(name)) return String(name);
  const text = typeof name === 'string' ? name : typeName(name);
  throw new CommandError(UNSORTED_META.get(name) ?? 31138, `Illegal $meta sort: ${text}`);
}

function orderOf(order: unknown): 1 | -1 {
  // A score sorts from the best down, a distance from the nearest up.
  if (metaName(order) !== null) return metaName(order) === 'geoNearDistance' ? 1 : -1;
  const number = isNumeric(order) ? toDouble(order) : Number.NaN;
  if (number !== 1 && number !== -1) {
    throw new CommandError('BadValue', '$sort key ordering must be 1 (for ascending) or -1 (for descending)');
  }
  return number;
}

/** With a limit, so many are kept at least before the rest is dropped; fewer where memory is tight. */
const TOP_MIN = 1_000;
const TIGHT_SPARE = 10;

/** What a sort needs to know of its items. */
export type SortedItems<Item> = {
  readonly documentOf: (item: Item) => unknown;
  /** Bytes that holding the item takes, about. */
  readonly bytesOf: (item: Item) => number;
  readonly limit: number;
};

/**
 * The items in order, stable; with `limit` only the first of them are kept on the way.
 * @param limit how many are wanted, 0 for all
 * @throws CommandError 292 when what is kept takes more memory than a stage may hold
 */
export function sortItems<Item>(
  items: Iterable<Item>,
  sort: Sort,
  { documentOf, bytesOf, limit }: SortedItems<Item>,
): Item[] {
  const keyed: { readonly item: Item; readonly key: readonly unknown[]; readonly bytes: number }[] = [];
  const memory = stageMemory('$sort');
  const capacity = limit === 0 ? Infinity : Math.max(limit * 2, TOP_MIN);
  for (const item of items) {
    const key = sort.keyOf(documentOf(item));
    const bytes = bytesOf(item) + sizeOf(key);
    keyed.push({ item, key, bytes });
    memory.hold(bytes);
    const isTight = limit > 0 && memory.isHalfUsed() && keyed.length > limit + TIGHT_SPARE;
    if (keyed.length < capacity && !isTight) continue;
    keyed.sort((left, right) => sort.compare(left.key, right.key));
    for (const dropped of keyed.splice(limit)) memory.release(dropped.bytes);
  }
  keyed.sort((left, right) => sort.compare(left.key, right.key));
  return (limit === 0 ? keyed : keyed.slice(0, limit)).map(({ item }) => item);
}
