import type { Collection } from 'mongodb';
import { median } from '../kit/statistics.ts';
import { FLOOR, type Peer } from './peers.ts';
import { fill, type Workload } from './workloads.ts';

/** How long one repeat of a workload without an end of its own takes. */
const REPEAT_MS = 1_000;
const WARM_MS = 300;
/** A repeat is broken off here; what was begun is then counted as done, in the slow one's favour. */
const REPEAT_MS_MAX = 60_000;

export type Row = {
  readonly workload: Workload;
  readonly clients: number;
  /** Operations in a second, by the peer's name: the median of the repeats. */
  readonly perSecond: ReadonlyMap<string, number>;
};

/** Runs workloads on peers in turn and holds the collections that they read. */
export type Bench = {
  row(workload: Workload, clients: number): Promise<Row>;
  /** How many times as long the second workload takes as the first, on one peer. */
  growth(peer: Peer, workloads: readonly Workload[], clients: number): Promise<number>;
  /** What one read by `_id` takes while the long work is done again and again, and while it is not. */
  waits(peer: Peer, read: Workload, long: Workload): Promise<Waits>;
};

/** Milliseconds: medians, and the longest wait of all. */
export type Waits = { readonly aloneMs: number; readonly besideMs: number; readonly longestMs: number };

/** @param repeats how often each peer runs each workload; they take turns, so that both meet the same noise */
export function newBench(peers: readonly Peer[], repeats: number): Bench {
  const filled = new Map<string, Promise<Collection>>();
  let fresh = 0;
  let calls = 0;
  const collectionFor = async (peer: Peer, { documents }: Workload): Promise<Collection> => {
    if (documents === 0) return peer.collection(`fresh${fresh++}`);
    const key = `${peer.name} ${documents}`;
    const collection = filled.get(key) ?? fill(peer, documents);
    filled.set(key, collection);
    return collection;
  };
  const repeat = async (peer: Peer, workload: Workload, clients: number): Promise<number> => {
    const collection = await collectionFor(peer, workload);
    const once = (): Promise<unknown> =>
      workload.once(collection, calls++, workload.weight === 1 ? 1 : clients);
    if (!workload.isOnce) await timed(once, 1, WARM_MS);
    const { perSecond, isBroken } = await timed(once, clients, workload.isOnce ? 0 : REPEAT_MS);
    if (isBroken) {
      await peer.restart();
      for (const key of [...filled.keys()]) if (key.startsWith(`${peer.name} `)) filled.delete(key);
    } else if (workload.documents === 0) await collection.drop();
    return workload.weight === 1 ? perSecond : (perSecond / clients) * workload.weight;
  };
  return {
    async row(workload, clients) {
      const able = peers.filter(({ name }) => name !== FLOOR || workload.hasFloor);
      const results = new Map(able.map(({ name }) => [name, [] as number[]]));
      for (let turn = 0; turn < repeats; turn++) {
        const order = turn % 2 === 0 ? able : [...able].reverse();
        for (const peer of order) results.get(peer.name)?.push(await repeat(peer, workload, clients));
      }
      const perSecond = new Map([...results].map(([name, values]) => [name, median(values)]));
      return { workload, clients, perSecond };
    },
    async waits(peer, read, long) {
      const collection = await collectionFor(peer, read);
      const heavy = await collectionFor(peer, long);
      const times = async (isOver: () => boolean): Promise<number[]> => {
        const all: number[] = [];
        while (!isOver()) {
          const startedAt = performance.now();
          await read.once(collection, calls++, 1);
          all.push(performance.now() - startedAt);
        }
        return all;
      };
      const until = performance.now() + REPEAT_MS;
      const alone = await times(() => performance.now() > until);
      let isOver = false;
      const work = (async () => {
        for (let turn = 0; turn < repeats; turn++) await long.once(heavy, calls++, 1);
      })().finally(() => (isOver = true));
      const beside = await times(() => isOver);
      await work;
      return { aloneMs: median(alone), besideMs: median(beside), longestMs: Math.max(...beside) };
    },
    async growth(peer, workloads, clients) {
      const results = workloads.map(() => [] as number[]);
      for (let turn = 0; turn < repeats; turn++) {
        for (const [at, workload] of workloads.entries()) {
          results[at]?.push(await repeat(peer, workload, clients));
        }
      }
      const [small = Number.NaN, large = Number.NaN] = results.map(median);
      return small / large;
    },
  };
}

type Timing = { readonly perSecond: number; readonly isBroken: boolean };

/** Calls in a second, of `clients` that each do one after the other, at least once. */
async function timed(once: () => Promise<unknown>, clients: number, forMs: number): Promise<Timing> {
  const startedAt = performance.now();
  let count = 0;
  let isBroken = false;
  const client = async (): Promise<void> => {
    do {
      await once();
      count++;
    } while (performance.now() - startedAt < forMs);
  };
  const limit = new Promise<'late'>((resolve) => {
    setTimeout(resolve, REPEAT_MS_MAX, 'late').unref();
  });
  const all = Promise.all(Array.from({ length: clients }, client));
  // Once it is broken off the server is ended, and what was under way fails.
  all.catch((error: unknown) => {
    if (!isBroken) throw error;
  });
  isBroken = (await Promise.race([all, limit])) === 'late';
  const done = isBroken ? count + clients : count;
  return { perSecond: (done * 1_000) / (performance.now() - startedAt), isBroken };
}
