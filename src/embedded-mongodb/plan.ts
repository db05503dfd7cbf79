import type { Collection, Index } from './catalog.ts';
import type { Collate } from './collation.ts';
import { collateOf } from './collation.ts';
import { foldedValue } from './index-keys.ts';
import type { ConstantOf } from './expression-leaves.ts';
import { expressionLeaves } from './expression-leaves.ts';
import type { KeyRange, Leaf } from './ranges.ts';
import { intersectRanges, invertedRange, leavesOf, pointRange, unionRanges } from './ranges.ts';
import { keyAfterPrefix } from './key-encoding.ts';
import { arrayIndex, splitPath } from './paths.ts';
import { impliesPartial } from './plan-partial.ts';
import type { Document } from './values.ts';
import { isDocument, RANK, toDouble, typeRank } from './values.ts';

/** Keys of an index to read: from `low`, up to, not including, `high`; null means to the end. */
export type ScanRange = { readonly low: Buffer; readonly high: Buffer | null };

/** How the documents of a query are found; every one found is checked against the filter again. */
export type Plan =
  | { readonly kind: 'collection'; readonly isReverse: boolean }
  | {
      readonly kind: 'index';
      readonly index: Index;
      readonly ranges: readonly ScanRange[];
      readonly isReverse: boolean;
      /** The documents come in the order that was asked for. */
      readonly isSorted: boolean;
      /** How many leading fields of the index the filter bounds. */
      readonly boundFields: number;
      /** The filter gives each field of the index one value: a unique index has one entry at most. */
      readonly isPoint: boolean;
    }
  | { readonly kind: 'union'; readonly plans: readonly Plan[] };

export type IndexPlan = Extract<Plan, { kind: 'index' }>;

export type PlanQuery = {
  readonly filter: Document;
  readonly sort: Document | null;
  /** Name or key pattern of the index to use, as `hint` gives it. */
  readonly hint: string | Document | null;
  readonly collate: Collate | null;
  readonly constantOf: ConstantOf;
};

/** How many entries of these ranges there are, counted up to `max`. */
export type CountEntries = (plan: IndexPlan, max: number) => number;

/** Ranges that several `$in` may multiply to: beyond it they bound fewer fields. */
const RANGES_MAX = 1_000;
/** Entries counted to compare candidates; more makes them equal. */
const COUNTED_ENTRIES_MAX = 1_000;

/** Chooses among the indexes. It never changes the answer, only what is read for it. */
export function planQuery(collection: Collection, query: PlanQuery, count: CountEntries): Plan {
  const leaves = [...leavesOf(query.filter), ...expressionLeaves(query.filter, query.constantOf)];
  const hinted = query.hint === null ? orderedIndexes(collection) : hintedIndexes(collection, query.hint);
  if (hinted === null) return naturalOrder(query);
  const candidates = hinted.flatMap((index) => indexPlan(index, leaves, query));
  const bounded = candidates.filter((plan) => plan.boundFields > 0);
  if (bounded.length > 0) return cheapest(bounded, count);
  const union = query.hint === null ? unionPlan(collection, query, count) : null;
  if (union !== null) return union;
  return candidates.find((plan) => plan.isSorted || query.hint !== null) ?? naturalOrder(query);
}

function naturalOrder({ sort, hint }: PlanQuery): Plan {
  const natural = sort?.['$natural'] ?? (isDocument(hint) ? hint['$natural'] : undefined);
  return { kind: 'collection', isReverse: natural !== undefined && toDouble(natural) < 0 };
}

/** null for `$natural`: read the collection. The caller has checked that the hinted index exists. */
function hintedIndexes(collection: Collection, hint: string | Document): readonly Index[] | null {
  if (isDocument(hint) && '$natural' in hint) return null;
  return orderedIndexes(collection).filter((index) => isHinted(index, hint));
}

/** Others have no entries in the order of their keys: a hint for one of them reads the collection. */
function orderedIndexes({ indexes }: Collection): readonly Index[] {
  return indexes.filter((index) => index.kind === 'ordered' && !index.isHidden);
}

/** Whether `hint` names this index or gives its key pattern; none does where it is hidden. */
export function isHinted(index: Index, hint: string | Document): boolean {
  if (index.isHidden) return false;
  if (typeof hint === 'string') return index.name === hint;
  const key = index.spec['key'] as Document;
  const names = Object.keys(hint);
  return (
    names.length === index.fields.length &&
    index.fields.every(({ name }, at) => name === names[at] && isSameOrder(key[name], hint[name]))
  );
}

/** The same direction, or the same kind: `1` is not `hashed`. */
function isSameOrder(order: unknown, hinted: unknown): boolean {
  return typeof order === 'string' ? order === hinted : toDouble(order) * toDouble(hinted) > 0;
}

/** Under a collation texts are not in an index's order: what bounds it has none, or is equal under the same collation. */
function usableLeaves(
  { collation }: Index,
  leaves: readonly Leaf[],
  collate: Collate | null,
): readonly Leaf[] {
  if (collate === null && collation === null) return leaves;
  if (collation === null || collateOf(collation) !== collate) return leaves.filter((leaf) => !hasText(leaf));
  return leaves.flatMap((leaf) => (hasText(leaf) ? foldedLeaf(leaf, collation) : [leaf]));
}

const TEXT_RANKS = new Set<number>([RANK.string, RANK.object, RANK.array, RANK.regex]);

const operandsOf = ({ operator, operand }: Leaf): readonly unknown[] =>
  operator === '$in' && Array.isArray(operand) ? operand : [operand];

const hasText = (leaf: Leaf): boolean =>
  operandsOf(leaf).some((operand) => TEXT_RANKS.has(typeRank(operand)));

/** Texts that are equal under the collation have one key; a range of them, or a document with them, has none. */
function foldedLeaf(leaf: Leaf, collation: Document): Leaf[] {
  const operands = operandsOf(leaf);
  const isEquality = leaf.operator === '$eq' || leaf.operator === '$in';
  const arePlain = operands.every((one) => typeof one === 'string' || !TEXT_RANKS.has(typeRank(one)));
  if (!isEquality || !arePlain) return [];
  return [{ ...leaf, ranges: unionRanges(operands.map((one) => pointRange(foldedValue(one, collation)))) }];
}

function indexPlan(index: Index, leaves: readonly Leaf[], query: PlanQuery): IndexPlan[] {
  // Who is in a partial index is decided byte by byte: a collated text says nothing of it.
  const exact = leaves.filter(
    (leaf) => leaf.isOfWhole !== true && (query.collate === null || !hasText(leaf)),
  );
  const isImplied = index.partialFilter === null || impliesPartial(exact, index.partialFilter);
  if (!isImplied && query.hint === null) return [];
  const names = new Set(index.fields.map((field) => field.name));
  const isHeldWhole = !index.isSparse || leaves.some((leaf) => names.has(leaf.path) && leaf.isPresent);
  if (!isHeldWhole && query.hint === null) return [];
  const bounds = boundsOf(index, usableLeaves(index, leaves, query.collate));
  const direction =
    query.collate !== null || index.collation !== null ? null : sortDirection(index, bounds, query.sort);
  return [
    {
      kind: 'index',
      index,
      ranges: scanRanges(bounds),
      isReverse: direction === -1,
      isSorted: direction !== null,
      boundFields: bounds.length,
      isPoint: bounds.length === index.fields.length && bounds.every(isOnePoint),
    },
  ];
}

/** Bounds of the leading fields: points for all but the last. */
function boundsOf(index: Index, leaves: readonly Leaf[]): (readonly KeyRange[])[] {
  const bounds: (readonly KeyRange[])[] = [];
  const boundRoots = new Set<string>();
  let product = 1;
  for (const field of index.fields) {
    const root = field.path[0] as string;
    // Two fields of one array may be matched by different elements, which no single entry shows.
    if (index.isMultikey && boundRoots.has(root)) break;
    const ranges = fieldRanges(
      index,
      leaves.filter((leaf) => leaf.path === field.name && leaf.ranges !== null && speaksOf(index, leaf)),
    );
    if (ranges === null || (bounds.length > 0 && product * ranges.length > RANGES_MAX)) break;
    boundRoots.add(root);
    product *= Math.max(ranges.length, 1);
    const directed = field.direction === 1 ? ranges : ranges.map(invertedRange).reverse();
    bounds.push(directed);
    if (!directed.every((range) => range.isPoint)) break;
  }
  return bounds;
}

/** Whether the keys that the index has for a document are those that the leaf bounds. */
function speaksOf(index: Index, leaf: Leaf): boolean {
  return !(index.isMultikey && leaf.isOfWhole === true) && !isPlaceOfNothing(leaf);
}

/** `a.0` is null also where an element of `a` has no field `0`; the index may hold the list's first element alone. */
function isPlaceOfNothing({ path, ranges }: Leaf): boolean {
  const hasPlace = splitPath(path).some((part, at) => at > 0 && arrayIndex(part) !== null);
  return hasPlace && ranges?.some(({ low }) => (low[0] ?? 0) <= RANK.null) === true;
}

/** On a multikey index one bound only: `{ $gt: 1, $lt: 5 }` may be met by two elements outside both. */
function fieldRanges(index: Index, leaves: readonly Leaf[]): readonly KeyRange[] | null {
  const lists = leaves.map((leaf) => leaf.ranges ?? []);
  const first = lists[0];
  if (first === undefined) return null;
  if (!index.isMultikey) return lists.reduce((left, right) => intersectRanges(left, right));
  return lists.find((ranges) => ranges.every((range) => range.isPoint)) ?? first;
}

function scanRanges(bounds: readonly (readonly KeyRange[])[]): ScanRange[] {
  if (bounds.length === 0) return [{ low: Buffer.alloc(0), high: null }];
  let prefixes: Buffer[] = [Buffer.alloc(0)];
  for (const ranges of bounds.slice(0, -1)) {
    prefixes = prefixes.flatMap((prefix) => ranges.map((range) => Buffer.concat([prefix, range.low])));
  }
  const last = bounds.at(-1) ?? [];
  return prefixes.flatMap((prefix) =>
    last.map(({ low, high }) => ({ low: Buffer.concat([prefix, low]), high: endAfter(prefix, high) })),
  );
}

function endAfter(prefix: Buffer, high: Buffer): Buffer | null {
  if (high.length === 1 && high[0] === 0xff) return keyAfterPrefix(prefix);
  return Buffer.concat([prefix, high]);
}

/** 1 or -1 when reading the index that way gives the sort's order, null when it does not. */
export function sortDirection(
  index: Index,
  bounds: readonly (readonly KeyRange[])[],
  sort: Document | null,
): 1 | -1 | null {
  // What a query knows of a document, `{ $meta: … }`, has no index.
  if (sort === null || Object.values(sort).some(isDocument)) return null;
  const wanted = Object.entries(sort).map(([name, order]) => ({ name, order: toDouble(order) < 0 ? -1 : 1 }));
  if (wanted.length === 0 || wanted.some(({ name }) => name === '$natural')) return null;
  const isFixed = (at: number): boolean => bounds[at]?.length === 1 && bounds[at][0]?.isPoint === true;
  const boundRoots = new Set(bounds.map((_, at) => index.fields[at]?.path[0]));
  let direction: number | null = null;
  let at = 0;
  for (const { name, order } of wanted) {
    while (at < index.fields.length && index.fields[at]?.name !== name && isFixed(at)) at++;
    const field = index.fields[at];
    if (field?.name !== name) return null;
    // An array sorts by its least or greatest element of all, not of those within the bounds.
    if (index.isMultikey && boundRoots.has(field.path[0])) return null;
    const turn = order * field.direction;
    if (direction !== null && turn !== direction && !isFixed(at)) return null;
    if (!isFixed(at)) direction = turn;
    at++;
  }
  return direction === -1 ? -1 : 1;
}

/** Fewest entries to read; among nearly equals the one that spares a sort, then the one that bounds more fields. */
function cheapest(plans: readonly IndexPlan[], count: CountEntries): IndexPlan {
  if (plans.length === 1) return plans[0] as IndexPlan;
  const unique = plans.find((plan) => plan.index.isUnique && plan.isPoint);
  if (unique !== undefined) return unique;
  let best: { readonly plan: IndexPlan; readonly cost: number } | null = null;
  // What bounds most is likely to have the fewest entries: of the others no more are counted than make them dearer.
  for (const plan of [...plans].sort((one, other) => other.boundFields - one.boundFields)) {
    const max = Math.min(COUNTED_ENTRIES_MAX, Math.ceil(best?.cost ?? Infinity) + 1);
    const cost = count(plan, max) * (plan.isSorted ? 1 : 2) - plan.boundFields / 100;
    if (best === null || cost < best.cost) best = { plan, cost };
  }
  return best?.plan ?? (plans[0] as IndexPlan);
}

const isOnePoint = (ranges: readonly KeyRange[]): boolean =>
  ranges.length === 1 && ranges[0]?.isPoint === true;

/** A `$or` each of whose branches has an index. */
function unionPlan(collection: Collection, query: PlanQuery, count: CountEntries): Plan | null {
  const branches = query.filter['$or'];
  if (!Array.isArray(branches)) return null;
  const plans = branches.map((branch: unknown) => {
    if (!isDocument(branch)) return null;
    const plan = planQuery(collection, { ...query, filter: branch, sort: null }, count);
    return plan.kind === 'collection' || (plan.kind === 'index' && plan.boundFields === 0) ? null : plan;
  });
  return plans.every((plan) => plan !== null) && plans.length > 0
    ? { kind: 'union', plans: plans as Plan[] }
    : null;
}
