import { expect } from 'chai';
import type { Collection, Document } from 'mongodb';
import { MongoClient } from 'mongodb';
import { heldEngine } from './semantics/engine.ts';
import type { TestServer } from './server.ts';
import { failureOf, testServer } from './server.ts';

/** More than the thread that answers everybody changes by itself. */
const DOCUMENTS = 6_000;
/** Reads that are answered while one long write is under way, at least; with one thread there was none. */
const READS_LEAST = 3;

describe('embedded MongoDB: long writes', function () {
  this.timeout(180_000);
  let server: TestServer;
  let collection: Collection<Document>;
  before(async () => {
    server = await testServer();
  });
  after(() => server.close());
  beforeEach(async () => {
    collection = server.collection();
    await collection.insertMany(documents());
  });

  const documents = () =>
    Array.from({ length: DOCUMENTS }, (_, n) => ({ _id: n as never, n, state: 'before', list: [n] }));
  const one = () => collection.findOne({ _id: 7 as never });

  /** What is read while `writing` is under way, one read after the other, each sent after it. */
  async function readWhile<Read>(writing: Promise<unknown>, read: () => Promise<Read>): Promise<Read[]> {
    let isOver = false;
    const over = writing.finally(() => (isOver = true));
    const found: Read[] = [];
    while (!isOver) {
      const value = await read();
      // The order in which two connections are answered is the order in which they are heard.
      if (!isOver) found.push(value);
    }
    await over;
    return found;
  }

  it('answers reads as of the last commit while all documents are updated, and then as after it', async () => {
    const writing = collection.updateMany({}, { $set: { state: 'after' } });
    const found = await readWhile(writing, one);
    const counted = await collection.countDocuments({ state: 'after' });

    expect(found.length).to.be.greaterThan(READS_LEAST);
    const states = found.map((document) => document?.['state'] as string);
    // Who reads may see the commit before the writer has heard of it, and then sees nothing older any more.
    expect(states[0]).to.equal('before');
    expect(states.join(' ')).to.match(/^(before ?)+(after ?)*$/);
    expect((await one())?.['state']).to.equal('after');
    expect(counted).to.equal(DOCUMENTS);
  });

  it('answers reads while an index is built, which is used at once when it is there', async () => {
    const found = await readWhile(collection.createIndex({ list: 1, n: 1 }), one);
    const explained = (await collection.find({ list: 9 }).explain()) as Document;
    await collection.updateOne({ _id: 3 as never }, { $set: { list: [1, 2, 9] } });

    expect(found.length).to.be.greaterThan(READS_LEAST);
    expect(explained['executionStats'].totalKeysExamined).to.equal(1);
    expect((await collection.find({ list: 9 }).toArray()).map(({ n }) => Number(n)).sort()).to.deep.equal([
      3, 9,
    ]);
    expect((await server.database.command({ validate: collection.collectionName }))['valid']).to.equal(true);
  });

  it('knows of the lists that a long write has brought into an index', async () => {
    const fresh = server.collection();
    await fresh.createIndex({ list: 1 });
    await fresh.insertMany(documents().map((document) => ({ ...document, list: [0, document.n + 1] })));

    expect(await fresh.countDocuments({ list: { $gte: 0 } })).to.equal(DOCUMENTS);
    expect(await fresh.find({ list: { $gte: 0 } }).toArray()).to.have.length(DOCUMENTS);
  });

  it('lets a write wait for a long one, and the reads of its own connection for it', async () => {
    const single = await MongoClient.connect(server.uri, { maxPoolSize: 1 });
    const mine = single.db(server.database.databaseName).collection(collection.collectionName);
    const order: string[] = [];
    await mine.findOne({});
    const long = collection.updateMany({}, { $set: { state: 'long' } }).then(() => order.push('long'));
    await one();
    const short = mine
      .updateOne({ _id: 7 as never }, { $set: { state: 'short' } })
      .then(() => order.push('short'));
    const read = mine.findOne({ _id: 7 as never });
    await Promise.all([long, short]);

    expect(order).to.deep.equal(['long', 'short']);
    expect((await read)?.['state']).to.equal('short');
    expect(await collection.countDocuments({ state: 'long' })).to.equal(DOCUMENTS - 1);
    await single.close();
  });

  it('does long writes that come at once one after the other, each whole', async () => {
    await Promise.all([
      collection.updateMany({}, { $inc: { n: 1 } }),
      collection.updateMany({}, { $inc: { n: 1 } }),
      collection.updateMany({ n: { $gte: 0 } }, { $inc: { n: 1 } }),
    ]);
    const wrong = await collection.countDocuments({ $expr: { $ne: ['$n', { $add: ['$_id', 3] }] } });

    expect(wrong).to.equal(0);
  });

  it('does a long write that nobody waits for before what the same connection asks next', async () => {
    const single = await MongoClient.connect(server.uri, { maxPoolSize: 1 });
    const mine = single.db(server.database.databaseName).collection(collection.collectionName);
    await mine.updateMany({}, { $set: { state: 'unheard' } }, { writeConcern: { w: 0 } });

    expect((await mine.findOne({ _id: 7 as never }))?.['state']).to.equal('unheard');
    await single.close();
  });

  it('removes and drops many, and makes them anew under the same name', async () => {
    const { deletedCount } = await collection.deleteMany({ n: { $gte: 0 } });
    await collection.insertMany(documents());
    await collection.drop();
    const gone = await collection.countDocuments();
    await collection.insertOne({ _id: 7 as never, state: 'anew' });

    expect([deletedCount, gone]).to.deep.equal([DOCUMENTS, 0]);
    expect((await one())?.['state']).to.equal('anew');
  });

  it('takes what is made anew after a long write for another collection', async () => {
    // A server of its own: the numbers that the two threads give meet only where they begin.
    const fresh = await testServer();
    try {
      const stock = fresh.collection('stock');
      await stock.insertMany(documents());
      const cursor = stock.find({}, { batchSize: 10 });
      await cursor.next();
      await stock.drop();
      await stock.insertOne({ _id: DOCUMENTS as never });

      expect((await failureOf(cursor.toArray()))['code']).to.equal(175);
    } finally {
      await fresh.close();
    }
  });

  it('keeps of a long write what came before the statement that fails, as of a short one', async () => {
    const rows = documents().map(({ n }) => ({ _id: (n - 1) as never }));
    const failure = await failureOf(collection.insertMany(rows));
    const removed = await collection.countDocuments({ _id: -1 as never });

    expect([failure['code'], failure['insertedCount'], removed]).to.deep.equal([11_000, 1, 1]);
  });

  it('answers nothing that a connection asks after its long write, in the same breath, before that', async () => {
    const engine = await heldEngine();
    // Each insert is short: what is long is done in a thread.
    for (let n = 0; n < DOCUMENTS; n += 100) {
      engine.ask({ insert: 'many', documents: documents().slice(n, n + 100) });
    }
    const long = { update: 'many', updates: [{ q: {}, u: { $set: { state: 'after' } }, multi: true }] };
    const replies = engine.together([{ find: 'many', limit: 1 }, long, { find: 'many', limit: 1 }]);
    await engine.close();

    expect(replies.map(({ kind }) => kind)).to.deep.equal(['cursor', 'elsewhere', 'later']);
  });
});
