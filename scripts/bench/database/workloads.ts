import { Long, ObjectId, type Collection, type Document } from 'mongodb';
import type { Peer } from './peers.ts';

/** Documents of the collections that are read. */
export const SMALL = 10_000;
export const LARGE = 100_000;
export const MILLION = 1_000_000;

const PROVINCES = 34;
const CHUNK = 10_000;
const EPOCH_MS = Date.UTC(2026, 0, 1);
const MINUTE_MS = 60_000;

/** One thing to do many times: what it costs is what the table shows. */
export type Workload = {
  readonly name: string;
  readonly title: string;
  /** Documents of the collection that it works on; 0 for a new one in each repeat. */
  readonly documents: number;
  /** What one `once` does, in the unit of the table: 1 operation, or the documents of a bulk insert. */
  readonly weight: number;
  /** Does it once. `number` grows by one with each call; `share` is how many clients share a bulk insert. */
  once(collection: Collection, number: number, share: number): Promise<unknown>;
  /** Each client does it this often; otherwise as often as the time allows. */
  readonly isOnce: boolean;
  /** Whether the floor, which keeps nothing, can do it too. */
  readonly hasFloor?: true;
};

/** The same document for the same number: about 400 bytes, as a traceability event has. */
export function documentOf(number: number): Document {
  return {
    _id: idOf(number),
    code: codeOf(number),
    province: number % PROVINCES,
    status: number % 5 === 0 ? 'recalled' : 'shipped',
    quantity: (number * 7919) % 1_000,
    weight: ((number * 104_729) % 10_000) / 8,
    views: Long.fromNumber(number % 100),
    at: new Date(EPOCH_MS + ((number * 7_919) % LARGE) * MINUTE_MS),
    place: { commune: `Xã ${number % 500}`, position: [105.85 + (number % 100) / 100, 21.03] },
    steps: [
      { name: 'thu hoạch', by: `HTX ${number % 50}`, day: number % 365 },
      { name: 'sơ chế', by: `HTX ${number % 50}`, day: (number % 365) + 1 },
    ],
    note: `Lô hàng số ${number}, giao tại kho của hợp tác xã, kiểm tra bởi cán bộ phụ trách.`,
  };
}

function idOf(number: number): ObjectId {
  return new ObjectId(number.toString(16).padStart(24, '0'));
}

function codeOf(number: number): string {
  return `NGN-${String((number * 7_919) % 10_000_019).padStart(8, '0')}`;
}

/** A number below `end` that looks random and is the same in every run. */
function picked(number: number, end: number): number {
  return (Math.imul(number + 1, 0x9e3779b1) >>> 0) % end;
}

/** Fills and indexes a collection. */
export async function fill(peer: Peer, documents: number): Promise<Collection> {
  const collection = peer.collection(`documents${documents}`);
  await collection.createIndex({ code: 1 });
  await collection.createIndex({ province: 1, at: -1 });
  for (let from = 0; from < documents; from += CHUNK) {
    const length = Math.min(CHUNK, documents - from);
    await collection.insertMany(Array.from({ length }, (_, index) => documentOf(from + index)));
  }
  return collection;
}

async function expectOne(found: Promise<Document | null>): Promise<void> {
  if ((await found) === null) throw new Error('a document that is there was not found');
}

const BY_INDEX: Pick<Workload, 'once' | 'isOnce' | 'weight'> = {
  weight: 1,
  isOnce: false,
  async once(collection, number) {
    const end = Number(/\d+$/.exec(collection.collectionName)?.[0] ?? SMALL);
    await expectOne(collection.findOne({ code: codeOf(picked(number, end)) }));
  },
};

/** Made once: their making is not what is measured. */
let bulk: Document[] | null = null;

/** The rows of the table, in its order. */
export const WORKLOADS: readonly Workload[] = [
  {
    name: 'insert',
    title: 'durable insert of one document',
    documents: 0,
    weight: 1,
    isOnce: false,
    hasFloor: true,
    once: (collection, number) => collection.insertOne({ ...documentOf(number), _id: new ObjectId() }),
  },
  {
    name: 'read-id',
    title: 'read by _id',
    documents: SMALL,
    weight: 1,
    isOnce: false,
    once: (collection, number) => expectOne(collection.findOne({ _id: idOf(picked(number, SMALL)) })),
  },
  { name: 'read-index', title: 'read by a secondary index', documents: SMALL, ...BY_INDEX },
  {
    name: 'range',
    title: 'range, sort, limit 20',
    documents: SMALL,
    weight: 1,
    isOnce: false,
    async once(collection, number) {
      const filter = {
        province: picked(number, PROVINCES),
        at: { $gte: new Date(EPOCH_MS + picked(number, LARGE / 2) * MINUTE_MS) },
      };
      const found = await collection.find(filter).sort({ at: -1 }).limit(20).toArray();
      if (found.length !== 20) throw new Error(`${found.length} documents instead of 20`);
    },
  },
  {
    name: 'inc',
    title: '$inc by _id',
    documents: SMALL,
    weight: 1,
    isOnce: false,
    async once(collection, number) {
      const change = { $inc: { views: 1 } };
      const done = await collection.updateOne({ _id: idOf(picked(number, SMALL)) }, change);
      if (done.modifiedCount !== 1) throw new Error('an update changed nothing');
    },
  },
  {
    name: 'bulk',
    title: 'bulk insert of 100,000',
    documents: 0,
    weight: LARGE,
    isOnce: true,
    async once(collection, number, share) {
      const length = LARGE / share;
      bulk ??= Array.from({ length: LARGE }, (_, index) => documentOf(index));
      const from = (number % share) * length;
      await collection.insertMany(bulk.slice(from, from + length));
    },
  },
  {
    name: 'group',
    title: '$match + $group over 100,000',
    documents: LARGE,
    weight: 1,
    isOnce: true,
    async once(collection) {
      const groups = await collection
        .aggregate([
          { $match: { status: 'shipped' } },
          // FerretDB 1.24 has no accumulators but $sum and $count.
          {
            $group: {
              _id: '$province',
              lots: { $sum: 1 },
              quantity: { $sum: '$quantity' },
              weight: { $sum: '$weight' },
            },
          },
        ])
        .toArray();
      if (groups.length !== PROVINCES) throw new Error(`${groups.length} groups`);
    },
  },
];

/** A read by `_id`, and the long work that it is not to wait for. */
export const WAITS: readonly [read: Workload, long: Workload] = [
  workloadOf('read-id'),
  { ...workloadOf('group'), title: '$match + $group over 1,000,000', documents: MILLION },
];

function workloadOf(name: string): Workload {
  const found = WORKLOADS.find((workload) => workload.name === name);
  if (found === undefined) throw new RangeError(`no workload ${name}`);
  return found;
}

/** The same read of a collection, and of one a hundred times as large. */
export const GROWTH: readonly Workload[] = [SMALL, MILLION].map((documents) => ({
  name: `growth`,
  title: `read by an index of ${documents.toLocaleString('en')}`,
  documents,
  ...BY_INDEX,
}));
