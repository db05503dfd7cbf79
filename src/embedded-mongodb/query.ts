import { Double } from 'bson';
import type { Collection } from './catalog.ts';
import { collectionTable } from './catalog.ts';
import type { Collate } from './collation.ts';
import { CommandError } from './errors.ts';
import { boundedPlan, keyDocument } from './key-bounds.ts';
import { keyTuples } from './index-keys.ts';
import type { KeyBounds } from './key-bounds.ts';
import type { MatchContext } from './match.ts';
import { compileFilter } from './match.ts';
import { addMeta, hasMeta, setMeta } from './document-meta.ts';
import type { FieldUse } from './field-use.ts';
import { filterUse, sortUse, unionUse } from './field-use.ts';
import type { Plan } from './plan.ts';
import { isHinted, planQuery } from './plan.ts';
import { decodeDocument, fieldDecoder } from './raw-bson.ts';
import type { Storage, StoredRecord } from './records.ts';
import { toRecord } from './records.ts';
import type { ScanCounts } from './scan.ts';
import { countEntries, scanPlan } from './scan.ts';
import { isNear, nearOf } from './near.ts';
import { compileSort, sortItems } from './sort.ts';
import { textSearch } from './text-search.ts';
import type { Document } from './values.ts';
import { isDocument, RANK, typeRank } from './values.ts';

/** What a query asks for; what it answers is the stored documents, projection comes after. */
export type Query = {
  readonly filter: Document;
  readonly sort: Document | null;
  readonly skip: number;
  /** 0 for all. */
  readonly limit: number;
  readonly hint: string | Document | null;
  readonly collate: Collate | null;
  readonly context: MatchContext;
  /** What the caller reads of the documents found; all of them where it does not say. */
  readonly fields?: FieldUse;
  /** The index key by which a document is met is noted with it, for `$meta: 'indexKey'` and `returnKey`. */
  readonly isKeyKnown?: boolean;
  /** `min` and `max` of `find`. */
  readonly bounds?: KeyBounds;
};

/** A document that was found; it is decoded when something asks for its fields. */
export type Found = StoredRecord & {
  document: Document | null;
  /** Decodes what the query, its sort and its caller read. */
  readonly decode: (bytes: Buffer) => Document;
};

/** Types whose values equal themselves only: an index entry needs no second look. */
const PLAIN_RANKS = new Set<number>([RANK.string, RANK.number, RANK.objectId, RANK.boolean, RANK.date]);

/** The fields of a found document: all that the query's caller said that it reads. */
export function documentOf(found: Found): Document {
  found.document ??= found.decode(found.bytes);
  return found.document;
}

/** The fields for one look: what waits in a sort is held as bytes only, unless the query knows more of it. */
function brieflyDecoded(found: Found): Document {
  const document = documentOf(found);
  if (!hasMeta(document)) found.document = null;
  return document;
}

/** How the query will be answered. */
export function planFor(storage: Storage, collection: Collection, query: Query): Plan {
  const { hint, bounds, sort } = query;
  if (bounds !== undefined) return boundedPlan(collection, { bounds, hint, sort });
  const isNatural = isDocument(hint) && '$natural' in hint;
  if (hint !== null && !isNatural) checkHint(collection, hint);
  return planQuery(
    collection,
    { filter: query.filter, sort, hint, collate: query.collate, constantOf: query.context.constantOf },
    (plan, max) => countEntries(storage.sqlite, collection, plan, max),
  );
}

/** @throws CommandError 2 where there is no such index, 27 where a key is that of several */
function checkHint({ indexes }: Collection, hint: string | Document): void {
  const hinted = indexes.filter((index) => isHinted(index, hint));
  if (hinted.length === 1) return;
  const message = 'error processing query: hint ';
  if (hinted.length === 0) {
    throw new CommandError('BadValue', `${message}provided does not correspond to an existing index`);
  }
  throw new CommandError('IndexNotFound', `${message}matched multiple indexes, must hint by index name`);
}

/**
 * Documents that match, in order, from `skip` on, at most `limit`. Where there is no collection, what is wrong in the
 * filter is still found.
 */
export function* findRecords(
  storage: Storage,
  collection: Collection | null,
  query: Query,
  counts: ScanCounts = { keysExamined: 0, documentsExamined: 0 },
): Generator<Found> {
  if (collection === null) {
    compileFilter(query.filter, query.context);
    return;
  }
  const plan = planFor(storage, collection, query);
  const facts = factsOf(collection, query.filter);
  const matching = matchingRecords(scanPlan(storage.sqlite, collection, plan, counts), {
    query,
    plan,
    facts,
  });
  const { skip, limit } = query;
  // A search by distance answers the nearest first.
  const sort = query.sort ?? (isNear(query.filter) ? { distance: { $meta: 'geoNearDistance' } } : null);
  const isSorted =
    sort === null ||
    '$natural' in sort ||
    Object.keys(sort).length === 0 ||
    (plan.kind === 'index' && plan.isSorted);
  if (isSorted) {
    yield* window(matching, skip, limit);
    return;
  }
  const order = compileSort(sort, query.collate);
  const wanted = limit === 0 ? 0 : skip + limit;
  const held = { documentOf: brieflyDecoded, bytesOf: (found: Found) => found.bytes.length, limit: wanted };
  yield* window(sortItems(matching, order, held), skip, limit);
}

/**
 * The matching documents, all found before the first is given: what is done to one cannot make it be met again. Only
 * their places are held meanwhile.
 */
export function* recordsToChange(
  storage: Storage,
  collection: Collection | null,
  query: Query,
): Generator<Found> {
  const places = Array.from(findRecords(storage, collection, query), ({ rowId }) => rowId);
  if (collection === null) return;
  const read = storage.sqlite.statement(`SELECT id, d FROM ${collectionTable(collection)} WHERE id = ?`);
  for (const place of places) {
    const row = read.get(place);
    if (row !== undefined) yield { ...toRecord(row), document: null, decode: decodeDocument };
  }
}

/** The first document that matches; undefined when none does. */
export function firstRecord(
  storage: Storage,
  collection: Collection | null,
  query: Query,
): Found | undefined {
  const [first] = findRecords(storage, collection, { ...query, limit: 1 });
  return first;
}

/** What the query knows of a document beside its fields: distance, score. null leaves the document out. */
type Facts = (document: Document) => Document | null;

function factsOf(collection: Collection, filter: Document): Facts | null {
  const near = nearOf(collection, filter);
  const search = textSearch(collection, filter);
  if (near === null && search === null) return null;
  return (document) => {
    const nearest = near?.nearestOf(document);
    const score = search?.(document);
    if (nearest === null || score === null) return null;
    return {
      geoNearDistance: nearest === undefined ? undefined : new Double(nearest.distance),
      geoNearPoint: nearest?.place,
      textScore: score === undefined ? undefined : new Double(score),
    };
  };
}

function* matchingRecords(
  records: Iterable<StoredRecord>,
  { query, plan, facts }: { readonly query: Query; readonly plan: Plan; readonly facts: Facts | null },
): Generator<Found> {
  const test = compileFilter(query.filter, query.context);
  const { fields = null } = query;
  const use = fields === null ? null : unionUse(fields, filterUse(query.filter), sortUse(query.sort));
  const decode = fieldDecoder(use);
  const isTested = query.isKeyKnown === true || !needsNoTest(query, plan);
  for (const { rowId, bytes } of records) {
    const document = isTested ? decode(bytes) : null;
    if (document !== null) {
      if (!test(document)) continue;
      const known = facts?.(document);
      if (known === null) continue;
      if (known !== undefined) setMeta(document, known);
      if (query.isKeyKnown === true) noteKey(document, plan);
    }
    yield { rowId, bytes, document, decode };
  }
}

/** Nothing is noted where no index was read. */
function noteKey(document: Document, plan: Plan): void {
  const indexKey = keyDocument(plan, ({ fields }) => keyTuples(document, fields).tuples);
  if (Object.keys(indexKey).length > 0) addMeta(document, { indexKey });
}

/** An empty filter, or `_id` equal to a plain value: what was read is what matches. */
function needsNoTest({ filter, collate }: Query, plan: Plan): boolean {
  const keys = Object.keys(filter);
  if (keys.length === 0) return true;
  return (
    keys.length === 1 &&
    keys[0] === '_id' &&
    collate === null &&
    PLAIN_RANKS.has(typeRank(filter['_id'])) &&
    // A hint may have it read by another way.
    plan.kind === 'index' &&
    plan.index.id === 0 &&
    plan.boundFields === 1
  );
}

function* window<Item>(items: Iterable<Item>, skip: number, limit: number): Generator<Item> {
  let position = 0;
  const end = limit === 0 ? Infinity : skip + limit;
  if (end === 0) return;
  for (const item of items) {
    position++;
    if (position > skip) yield item;
    if (position >= end) return;
  }
}
