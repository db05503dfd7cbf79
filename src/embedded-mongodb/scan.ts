import type { Collection, Index } from './catalog.ts';
import { collectionTable, indexTable } from './catalog.ts';
import type { IndexPlan, Plan, ScanRange } from './plan.ts';
import type { StoredRecord } from './records.ts';
import { toRecord } from './records.ts';
import type { SqlRow, Sqlite, SqlValue } from './sqlite.ts';

/** Rows read at once: few at first, for a query that wants one; more as it goes on. */
const PAGE_FIRST = 16;
const PAGE_MAX = 1_024;
/** Bytes that a page may have, about, after the first: large documents are read by the few. */
const PAGE_BYTES_MAX = 4 * 1024 * 1024;

/** Rows of the next page, by what those of this one weighed. */
function nextLimit(limit: number, rows: readonly SqlRow[]): number {
  let bytes = 1;
  for (const row of rows) bytes += (row[1] as Uint8Array).length;
  const fitting = Math.ceil((PAGE_BYTES_MAX * rows.length) / bytes);
  return Math.min(limit * 4, PAGE_MAX, Math.max(fitting, 1));
}

/** Counts of what was read, for `explain`. */
export type ScanCounts = { keysExamined: number; documentsExamined: number };

/**
 * The documents that a plan finds, each once. It reads a page at a time and holds nothing open in between, so a
 * cursor may rest for minutes, and what is written meanwhile may or may not be seen, as in MongoDB.
 */
export function* scanPlan(
  sqlite: Sqlite,
  collection: Collection,
  plan: Plan,
  counts: ScanCounts,
): Generator<StoredRecord> {
  switch (plan.kind) {
    case 'collection':
      yield* scanCollection(sqlite, collection, plan.isReverse, counts);
      return;
    case 'index':
      yield* withoutRepeats(scanIndex(sqlite, collection, plan, counts), plan.index.isMultikey);
      return;
    case 'union':
      yield* withoutRepeats(scanAll(sqlite, collection, plan.plans, counts), true);
      return;
    default:
      plan satisfies never;
  }
}

function* scanAll(
  sqlite: Sqlite,
  collection: Collection,
  plans: readonly Plan[],
  counts: ScanCounts,
): Generator<StoredRecord> {
  for (const plan of plans) yield* scanPlan(sqlite, collection, plan, counts);
}

function* withoutRepeats(records: Iterable<StoredRecord>, mayRepeat: boolean): Generator<StoredRecord> {
  const seen = new Set<number>();
  for (const record of records) {
    if (mayRepeat) {
      if (seen.has(record.rowId)) continue;
      seen.add(record.rowId);
    }
    yield record;
  }
}

function* scanCollection(
  sqlite: Sqlite,
  collection: Collection,
  isReverse: boolean,
  counts: ScanCounts,
): Generator<StoredRecord> {
  const [comparison, order] = isReverse ? ['<', 'DESC'] : ['>', 'ASC'];
  const page = sqlite.statement(
    `SELECT id, d FROM ${collectionTable(collection)} WHERE id ${comparison} ? ORDER BY id ${order} LIMIT ?`,
  );
  let after = isReverse ? Number.MAX_SAFE_INTEGER : Number.MIN_SAFE_INTEGER;
  for (let limit = PAGE_FIRST; ;) {
    const rows = page.all(after, limit);
    for (const row of rows) {
      counts.documentsExamined++;
      yield toRecord(row);
    }
    if (rows.length < limit) return;
    after = rows.at(-1)?.[0] as number;
    limit = nextLimit(limit, rows);
  }
}

function* scanIndex(
  sqlite: Sqlite,
  collection: Collection,
  plan: IndexPlan,
  counts: ScanCounts,
): Generator<StoredRecord> {
  const ranges = plan.isReverse ? [...plan.ranges].reverse() : plan.ranges;
  for (const range of ranges) {
    for (const row of rangeRows(sqlite, collection, plan, range)) {
      counts.keysExamined++;
      counts.documentsExamined++;
      yield toRecord(row);
    }
  }
}

/** Rows `id, d, k` of one range, resumed after the last key and document of the page before. */
function* rangeRows(
  sqlite: Sqlite,
  collection: Collection,
  plan: IndexPlan,
  range: ScanRange,
): Generator<SqlRow> {
  let after: readonly SqlValue[] | null = null;
  for (let limit = PAGE_FIRST; ;) {
    const { sql, values } = pageQuery(collection, plan, range, after);
    const rows: SqlRow[] = sqlite.statement(sql).all(...values, limit);
    yield* rows;
    const last = rows.at(-1);
    if (rows.length < limit || last === undefined) return;
    after = [last[2] as SqlValue, last[0] as SqlValue];
    limit = nextLimit(limit, rows);
  }
}

function pageQuery(
  collection: Collection,
  { index, isReverse }: IndexPlan,
  range: ScanRange,
  after: readonly SqlValue[] | null,
): { readonly sql: string; readonly values: readonly SqlValue[] } {
  const order = isReverse ? 'DESC' : 'ASC';
  const { key, row, from } = columns(collection, index);
  const values: SqlValue[] = [];
  const conditions: string[] = [];
  if (after !== null) {
    conditions.push(
      index.id === 0
        ? `${key} ${isReverse ? '<' : '>'} ?`
        : `(${key}, ${row}) ${isReverse ? '<' : '>'} (?, ?)`,
    );
    values.push(...(index.id === 0 ? after.slice(0, 1) : after));
  }
  if (after === null || isReverse) {
    conditions.push(`${key} >= ?`);
    values.push(range.low);
  }
  if (range.high !== null && (after === null || !isReverse)) {
    conditions.push(`${key} < ?`);
    values.push(range.high);
  }
  const where = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
  const sorted = index.id === 0 ? `${key} ${order}` : `${key} ${order}, ${row} ${order}`;
  return { sql: `SELECT ${row}, d, ${key} FROM ${from} ${where} ORDER BY ${sorted} LIMIT ?`, values };
}

function columns(collection: Collection, index: Index): { key: string; row: string; from: string } {
  const table = collectionTable(collection);
  if (index.id === 0) return { key: 'k', row: 'id', from: table };
  const entries = indexTable(index);
  // CROSS JOIN keeps the index as the outer loop: the order is its order.
  return { key: 'i.k', row: 'i.r', from: `${entries} i CROSS JOIN ${table} c ON c.id = i.r` };
}

/** How many entries the plan would read, counted up to `max`. */
export function countEntries(sqlite: Sqlite, collection: Collection, plan: IndexPlan, max: number): number {
  const table = plan.index.id === 0 ? collectionTable(collection) : indexTable(plan.index);
  // Each range is a search, also where it has no entry.
  if (plan.ranges.length > max) return max;
  let total = 0;
  for (const { low, high } of plan.ranges) {
    const condition = high === null ? 'k >= ?' : 'k >= ? AND k < ?';
    const inner = `SELECT 1 FROM ${table} WHERE ${condition} LIMIT ?`;
    const values = high === null ? [low] : [low, high];
    total += sqlite.statement(`SELECT count(*) FROM (${inner})`).get(...values, max - total)?.[0] as number;
    if (total >= max) return max;
  }
  return total;
}
