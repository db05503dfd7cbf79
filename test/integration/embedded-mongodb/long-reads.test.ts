import { expect } from 'chai';
import type { Collection, Document } from 'mongodb';
import type { TestServer } from './server.ts';
import { failureOf, testServer } from './server.ts';

const DOCUMENTS = 8_000;
/** Reads of one document that come through while one aggregation runs, at least; with one thread it was one. */
const READS_LEAST = 5;

const TURNS_MAX = 200;

describe('embedded MongoDB: long reads', function () {
  this.timeout(60_000);
  let server: TestServer;
  let collection: Collection<Document>;
  before(async () => {
    server = await testServer();
    collection = server.collection('many');
    const documents = Array.from({ length: DOCUMENTS }, (_, n) => ({
      _id: n as never,
      n: 1,
      group: n % 500,
    }));
    await collection.insertMany(documents);
    // The thread of the long reads has started when its first answer is there.
    await collection.countDocuments({ n: 1 });
  });
  after(() => server.close());

  const summed = () =>
    collection.aggregate([
      { $group: { _id: '$group', n: { $sum: '$n' } } },
      { $group: { _id: null, n: { $sum: '$n' } } },
    ]);

  /** How often `work` is done while `reading` goes on. */
  async function countWhile(reading: Promise<unknown>, work: () => Promise<unknown>): Promise<number> {
    let isOver = false;
    const over = reading.finally(() => (isOver = true));
    let count = 0;
    for (; !isOver; count += 1) await work();
    await over;
    return count - 1;
  }

  it('answers reads of one document, and writes, while an aggregation runs', async () => {
    const reads = await countWhile(summed().toArray(), () => collection.findOne({ _id: 7 as never }));
    const writes = await countWhile(summed().toArray(), () =>
      collection.updateOne({ _id: 7 as never }, { $set: { m: Math.random() } }),
    );

    expect(reads).to.be.greaterThan(READS_LEAST);
    expect(writes).to.be.greaterThan(0);
  });

  it('shows a long read one moment only, whatever is written meanwhile', async () => {
    const sums: number[] = [];
    await countWhile(
      (async () => {
        // Until a write has come between two reads, however busy the machine is.
        for (let turn = 0; turn < 3 || (new Set(sums).size < 2 && turn < TURNS_MAX); turn += 1) {
          sums.push((await summed().toArray())[0]?.['n'] as number);
        }
      })(),
      () => collection.updateMany({}, { $inc: { n: 1 } }),
    );

    expect(new Set(sums).size).to.be.greaterThan(1);
    for (const sum of sums) expect(sum % DOCUMENTS).to.equal(0);
  });

  it('sees in a long read what was acknowledged before it, also a new collection', async () => {
    for (let turn = 0; turn < 5; turn += 1) {
      const fresh = server.collection();
      await fresh.insertMany(Array.from({ length: 3_000 }, (_, n) => ({ n })));
      expect(await fresh.countDocuments({ n: { $gte: 0 } })).to.equal(3_000);
      await fresh.createIndex({ n: -1 });
      const explained = (await fresh.find({ n: { $gte: 0 } }).explain()) as Document;
      expect(explained['executionStats'].totalKeysExamined).to.equal(3_000);
    }
  });

  it('reads all of a cursor that is longer than what is kept, in order, and closes it', async () => {
    const found = await collection.find({}, { sort: { _id: 1 }, batchSize: 700 }).toArray();
    const open = async () =>
      Number((await server.database.command({ serverStatus: 1 }))['metrics'].cursor.open.total);
    const before = await open();
    const cursor = collection.find({}, { batchSize: 10 });
    await cursor.next();
    const during = await open();
    await cursor.close();

    expect(found.map(({ _id }) => Number(_id))).to.deep.equal([...found.keys()]);
    expect([during - before, (await open()) - before]).to.deep.equal([1, 0]);
  });

  it('refuses a long read as it refuses a short one', async () => {
    const failure = await failureOf(
      collection.aggregate([{ $project: { a: { $divide: ['$n', { $subtract: ['$n', '$n'] }] } } }]).toArray(),
    );
    const gone = await failureOf(
      server.database.command({ getMore: (await closedCursor()).id, collection: 'many' }),
    );

    expect(failure['code']).to.equal(2);
    expect(gone['code']).to.equal(43);
  });

  async function closedCursor() {
    const { cursor } = await server.database.command({ find: 'many', batchSize: 5 });
    await server.database.command({ killCursors: 'many', cursors: [cursor.id] });
    return cursor as { readonly id: number };
  }
});
