import type { Catalog, Collection, Index } from './catalog.ts';
import { collectionTable, ID_INDEX, indexTable, namespaceOf } from './catalog.ts';
import { collateOf } from './collation.ts';
import { capOf, timeFieldOf } from './collection-kinds.ts';
import { CommandError } from './errors.ts';
import { filterUse, unionUse } from './field-use.ts';
import { checkFlatPlace, checkSpherePlace } from './geo-values.ts';
import { placeTuples } from './geo-keys.ts';
import { encodedKeys, keyTuples, refuseArrays } from './index-keys.ts';
import { encodeKey, encodeValue } from './key-encoding.ts';
import { someValueAt } from './paths.ts';
import { checkSize, decodeDocument, fieldDecoder } from './raw-bson.ts';
import { shellText } from './shell-text.ts';
import type { SqlRow, Sqlite } from './sqlite.ts';
import { checkLanguageOf } from './text-spec.ts';
import type { Document } from './values.ts';
import { compareValues, isDocument, isNumeric, RANK, toDouble, typeRank } from './values.ts';

/** A stored document: its place in the order of insertion and its bytes. */
export type StoredRecord = { readonly rowId: number; readonly bytes: Buffer };

/** What writes need of the open database. */
export type Storage = { readonly sqlite: Sqlite; readonly catalog: Catalog };

type IndexEntries = { readonly index: Index; readonly keys: readonly Buffer[] };

/** A row `id, d` as a record; the bytes are SQLite's copy, not shared. */
export function toRecord(row: SqlRow): StoredRecord {
  const bytes = row[1] as Uint8Array;
  return { rowId: row[0] as number, bytes: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength) };
}

/**
 * Stores a new document and its index entries. Everything is checked before anything is written.
 * @throws CommandError 11000 with `keyPattern` and `keyValue`
 */
export function insertRecord(storage: Storage, collection: Collection, bytes: Buffer): void {
  const document = keyFieldsOf(collection)(checkSize(bytes));
  const table = collectionTable(collection);
  const idKey = freeIdKey(storage, collection, document);
  const entries = checkedEntries(storage, collection, { document, rowId: -1 });
  const rowId = storage.sqlite.statement(`INSERT INTO ${table} (k, d) VALUES (?, ?)`).run(idKey, bytes);
  for (const { index, keys } of entries) addKeys(storage, index, keys, Number(rowId));
  const cap = capOf(collection);
  if (cap !== null) keepWithin(storage, collection, cap);
}

const keyFields = new WeakMap<Collection, (bytes: Buffer) => Document>();

/** Decodes what the keys of a document are made of: its `_id` and what its collection's indexes read. */
function keyFieldsOf(collection: Collection): (bytes: Buffer) => Document {
  const known = keyFields.get(collection);
  if (known !== undefined) return known;
  const timeField = timeFieldOf(collection);
  const names = collection.indexes.flatMap((index) => index.fields.map((field) => field.path[0] as string));
  const partial = collection.indexes.map(({ partialFilter }) => filterUse(partialFilter ?? {}));
  const use = unionUse(
    new Set(['_id', ...names]),
    new Set(timeField === null ? [] : [timeField]),
    ...partial,
  );
  const decode = fieldDecoder(collection.indexes.every(hasPlainKeys) ? use : null);
  keyFields.set(collection, decode);
  return decode;
}

/** Whether the index is one of values at paths, so that its fields say what it reads. */
function hasPlainKeys({ spec }: Index): boolean {
  return Object.entries(spec['key'] as Document).every(
    ([name, order]) => isNumeric(order) && !name.includes('$'),
  );
}

/** The document's key in its collection's own table. @throws CommandError 11000 when it is taken */
function freeIdKey(storage: Storage, collection: Collection, document: Document): Buffer {
  const table = collectionTable(collection);
  const idKey = encodeValue(checkedId(document['_id']));
  const timeField = timeFieldOf(collection);
  if (timeField !== null)
    return measurementKey(storage, collection, { idKey, time: document[timeField], timeField });
  const taken = storage.sqlite.statement(`SELECT 1 FROM ${table} WHERE k = ?`).get(idKey);
  if (taken !== undefined) throw duplicateKey(collection, ID_INDEX, [document['_id']]);
  return idKey;
}

type Measurement = { readonly idKey: Buffer; readonly time: unknown; readonly timeField: string };

/** Measurements may share an `_id`: the order of insertion after it keeps their keys apart. */
function measurementKey(
  storage: Storage,
  collection: Collection,
  { idKey, time, timeField }: Measurement,
): Buffer {
  if (!(time instanceof Date)) {
    const message = `'${timeField}' must be present and contain a valid BSON UTC datetime value`;
    throw new CommandError('BadValue', message);
  }
  const sql = `SELECT coalesce(max(id), 0) + 1 FROM ${collectionTable(collection)}`;
  const order = Buffer.alloc(8);
  order.writeBigUInt64BE(BigInt(Number(storage.sqlite.statement(sql).get()?.[0])));
  return Buffer.concat([idKey, order]);
}

/** Removes the oldest documents until the rest fits. */
export function keepWithin(
  storage: Storage,
  collection: Collection,
  cap: { readonly bytes: number; readonly documents: number },
): void {
  const table = collectionTable(collection);
  const held =
    storage.sqlite.statement(`SELECT count(*), coalesce(sum(length(d)), 0) FROM ${table}`).get() ?? [];
  const oldest = storage.sqlite.statement(`SELECT id, d FROM ${table} ORDER BY id LIMIT 1`);
  let [documents, bytes] = [Number(held[0]), Number(held[1])];
  while (documents > 1 && (documents > cap.documents || bytes > cap.bytes)) {
    const record = toRecord(oldest.get() as SqlRow);
    deleteRecord(storage, collection, record);
    documents--;
    bytes -= record.bytes.length;
  }
}

/** Groups of documents that share a key of the index, by their `_id`s: what is in the way of its being unique. */
export function repeatedKeys(storage: Storage, collection: Collection, index: Index): Document[] {
  const keys = `SELECT k FROM ${indexTable(index)} GROUP BY k HAVING count(*) > 1 ORDER BY k`;
  const sharing = storage.sqlite.statement(
    `SELECT c.id, c.d FROM ${indexTable(index)} i JOIN ${collectionTable(collection)} c ON c.id = i.r WHERE i.k = ? ORDER BY i.r`,
  );
  return storage.sqlite
    .statement(keys)
    .all()
    .map(([key]) => ({
      ids: sharing.all(key as Uint8Array).map((row) => decodeDocument(toRecord(row).bytes)['_id']),
    }));
}

/** Replaces a stored document's bytes and the index entries that differ. The `_id` stays. */
export function replaceRecord(
  storage: Storage,
  collection: Collection,
  change: {
    readonly rowId: number;
    readonly before: Document;
    readonly after: Document;
    readonly bytes: Buffer;
  },
): void {
  const { rowId, before, after } = change;
  const added = checkedEntries(storage, collection, { document: after, rowId });
  const old = collection.indexes.filter((index) => index.id !== 0).map((index) => entriesOf(index, before));
  const update = storage.sqlite.statement(`UPDATE ${collectionTable(collection)} SET d = ? WHERE id = ?`);
  update.run(checkSize(change.bytes), rowId);
  added.forEach(({ index, keys }, position) => {
    const oldKeys = old[position]?.keys ?? [];
    removeKeys(storage, index, without(oldKeys, keys), rowId);
    addKeys(storage, index, without(keys, oldKeys), rowId);
  });
}

/** Removes a document and its index entries. */
export function deleteRecord(storage: Storage, collection: Collection, record: StoredRecord): void {
  const indexes = collection.indexes.filter((index) => index.id !== 0);
  if (indexes.length > 0) {
    const document = decodeDocument(record.bytes);
    for (const index of indexes) removeKeys(storage, index, entriesOf(index, document).keys, record.rowId);
  }
  storage.sqlite.statement(`DELETE FROM ${collectionTable(collection)} WHERE id = ?`).run(record.rowId);
}

/** Fills a new index from its collection's documents. @throws CommandError 11000, 171 */
export function buildIndex(storage: Storage, collection: Collection, index: Index): void {
  const page = storage.sqlite.statement(
    `SELECT id, d FROM ${collectionTable(collection)} WHERE id > ? ORDER BY id LIMIT 500`,
  );
  let after = Number.MIN_SAFE_INTEGER;
  for (let rows = page.all(after); rows.length > 0; rows = page.all(after)) {
    for (const record of rows.map(toRecord)) {
      const keys = uniqueChecked(storage, collection, index, {
        document: decodeDocument(record.bytes),
        rowId: -1,
      });
      addKeys(storage, index, keys, record.rowId);
      after = record.rowId;
    }
  }
}

function checkedId(id: unknown): unknown {
  const rank = typeRank(id);
  if (rank === RANK.array || rank === RANK.regex || id === undefined) {
    const what = rank === RANK.array ? 'array' : rank === RANK.regex ? 'regex' : 'undefined';
    throw new CommandError('InvalidIdField', `The '_id' value cannot be of type ${what}`);
  }
  const field = isDocument(id) ? Object.keys(id).find((name) => name.startsWith('$')) : undefined;
  if (field !== undefined && !['$ref', '$id', '$db'].includes(field)) {
    const text = `_id fields may not contain '$'-prefixed fields: ${field} is not valid for storage.`;
    throw new CommandError('DollarPrefixedFieldName', text);
  }
  return id;
}

type Holder = { readonly document: Document; readonly rowId: number };

function checkedEntries(storage: Storage, collection: Collection, holder: Holder): IndexEntries[] {
  return collection.indexes
    .filter((index) => index.id !== 0)
    .map((index) => ({ index, keys: uniqueChecked(storage, collection, index, holder) }));
}

/** The keys of one document in one index; a multikey document marks its index. */
function uniqueChecked(
  storage: Storage,
  collection: Collection,
  index: Index,
  holder: Holder,
): readonly Buffer[] {
  if ((index.isHashed || index.kind === 'text') && index.isPartialMember(holder.document)) {
    refuseArrays(holder.document, index);
    if (index.kind === 'text') checkLanguageOf(holder.document, index.spec);
  }
  const { keys, tuples, isMultikey } = entriesOf(index, holder.document);
  if (isMultikey && !index.isMultikey) {
    const current = storage.catalog.find(collection.database, collection.name);
    const isMarked = current?.indexes.find((known) => known.id === index.id)?.isMultikey === true;
    if (!isMarked) storage.catalog.markMultikey(collection, index);
  }
  if (!index.isUnique) return keys;
  if (index.collation !== null) {
    refuseCollatedRepeat(storage, {
      collection,
      index,
      collation: index.collation,
      keys,
      tuples,
      rowId: holder.rowId,
    });
    return keys;
  }
  const find = storage.sqlite.statement(`SELECT r FROM ${indexTable(index)} WHERE k = ? AND r <> ? LIMIT 1`);
  const directions = index.fields.map((field) => field.direction);
  for (const key of keys) {
    if (find.get(key, holder.rowId) === undefined) continue;
    throw duplicateKey(
      collection,
      index,
      tuples.find((tuple) => encodeKey(tuple, directions).equals(key)) ?? [],
    );
  }
  return keys;
}

type CollatedHolder = {
  readonly collection: Collection;
  readonly index: Index;
  readonly collation: Document;
  readonly keys: readonly Buffer[];
  readonly tuples: readonly (readonly unknown[])[];
  readonly rowId: number;
};

/** One key may stand for several texts: those that share it are compared. @throws CommandError 11000 */
function refuseCollatedRepeat(storage: Storage, holder: CollatedHolder): void {
  const { collection, index, keys, tuples, rowId } = holder;
  const collate = collateOf(holder.collation);
  const sharing = storage.sqlite.statement(
    `SELECT c.id, c.d FROM ${indexTable(index)} i JOIN ${collectionTable(collection)} c ON c.id = i.r WHERE i.k = ? AND i.r <> ?`,
  );
  for (const row of keys.flatMap((key) => sharing.all(key, rowId))) {
    const theirs = keyTuples(decodeDocument(toRecord(row).bytes), index.fields).tuples;
    const mine = tuples.find((tuple) =>
      theirs.some((other) => tuple.every((value, at) => compareValues(value, other[at], collate) === 0)),
    );
    if (mine !== undefined) throw duplicateKey(collection, index, mine);
  }
}

function entriesOf(index: Index, document: Document): IndexEntries & ReturnType<typeof keyTuples> {
  const nothing = { index, keys: [], tuples: [], isMultikey: false };
  if (index.partialFilter !== null && !index.isPartialMember(document)) return nothing;
  if (index.kind !== 'ordered') {
    checkPlaces(index, document);
    if (!index.isUnique || index.geoFields.length === 0) return nothing;
    const places = placeTuples(document, index);
    return { index, keys: encodedKeys(places.tuples, index), ...places };
  }
  const found = keyTuples(document, index.fields);
  const isEmpty = found.tuples.every((tuple) => tuple.every((value) => value === undefined));
  if (index.isSparse && isEmpty) return nothing;
  return { index, keys: encodedKeys(found.tuples, index), ...found };
}

/** Degrees, unless the index says otherwise. */
const FLAT_BOUND = 180;

/** @throws CommandError for what a geospatial index does not take */
function checkPlaces({ kind, spec, geoFields }: Index, document: Document): void {
  const min = toDouble(spec['min'] ?? -FLAT_BOUND);
  const max = toDouble(spec['max'] ?? FLAT_BOUND);
  for (const { path } of geoFields) {
    someValueAt(document, path, (value) => {
      if (kind === '2d') checkFlatPlace(value, { min, max });
      else checkSpherePlace(value);
      return false;
    });
  }
}

function addKeys(storage: Storage, index: Index, keys: readonly Buffer[], rowId: number): void {
  const insert = storage.sqlite.statement(`INSERT OR IGNORE INTO ${indexTable(index)} (k, r) VALUES (?, ?)`);
  for (const key of keys) insert.run(key, rowId);
}

function removeKeys(storage: Storage, index: Index, keys: readonly Buffer[], rowId: number): void {
  const remove = storage.sqlite.statement(`DELETE FROM ${indexTable(index)} WHERE k = ? AND r = ?`);
  for (const key of keys) remove.run(key, rowId);
}

function without(keys: readonly Buffer[], others: readonly Buffer[]): Buffer[] {
  return keys.filter((key) => !others.some((other) => other.equals(key)));
}

/** MongoDB's error of a second document under a unique key, in the shape that Mongoose reads. */
export function duplicateKey(collection: Collection, index: Index, values: readonly unknown[]): CommandError {
  const keyValue: Document = {};
  index.fields.forEach((field, position) => {
    const value = values[position];
    keyValue[field.name] = value === undefined || typeof value === 'symbol' ? null : value;
  });
  const place = `collection: ${namespaceOf(collection)} index: ${index.name}`;
  const message = `E11000 duplicate key error ${place} dup key: ${shellText(keyValue)}`;
  return new CommandError('DuplicateKey', message, { keyPattern: index.spec['key'], keyValue });
}
