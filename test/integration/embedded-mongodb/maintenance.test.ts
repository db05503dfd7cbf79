import { expect } from 'chai';
import type { Document } from 'mongodb';
import type { TestServer } from './server.ts';
import { failureOf, testServer } from './server.ts';

describe('embedded MongoDB: what an operator asks', () => {
  let server: TestServer;
  before(async () => {
    server = await testServer();
  });
  after(() => server.close());

  const filled = async (name: string, count: number): Promise<void> => {
    const documents = Array.from({ length: count }, (_, at): Document => ({ _id: at, n: at }));
    await server.collection(name).insertMany(documents);
  };

  it('makes a collection capped: the newest that fit stay, and no index but that on _id', async () => {
    await filled('journal', 100);
    await server.collection('journal').createIndex({ n: 1 });
    await server.database.command({ convertToCapped: 'journal', size: 1_024 });
    await server.collection('journal').insertOne({ n: 100 });

    const numbers = (await server.collection('journal').find().toArray()).map(({ n }) => n as number);
    const [stats] = await server
      .collection('journal')
      .aggregate([{ $collStats: { storageStats: {} } }])
      .toArray();
    expect(numbers.at(-1)).to.equal(100);
    expect(numbers.length).to.be.lessThan(60);
    expect(await server.collection('journal').indexes()).to.have.length(1);
    expect(stats?.['storageStats']).to.include({ capped: true, maxSize: 1_024, max: 0, nindexes: 1 });
  });

  it('tells of an index whether it was asked to be built in the background, as it was given', async () => {
    const collection = server.collection('background');
    await collection.createIndex({ n: 1 }, { background: false });
    await collection.createIndex({ m: 1 }, { background: true });
    await collection.createIndex({ m: 1 });

    const [, n, m, ...more] = await collection.indexes();
    expect([n?.['background'], m?.['background'], more]).to.deep.equal([false, true, []]);
  });

  it('hides an index and shows it again, and tells only what it changed', async () => {
    const collection = server.collection('hidden');
    await collection.createIndex({ n: 1 });
    const hide = (hidden: boolean): Promise<Document> =>
      server.database.command({ collMod: 'hidden', index: { name: 'n_1', hidden } });

    expect(await hide(true)).to.include({ hidden_old: false, hidden_new: true });
    expect((await collection.indexes())[1]?.['hidden']).to.equal(true);
    expect(await hide(true)).to.not.have.property('hidden_new');
    expect(await hide(false)).to.include({ hidden_old: true, hidden_new: false });
    expect((await collection.indexes())[1]).to.not.have.property('hidden');
  });

  it('builds all indexes anew', async () => {
    await filled('stock', 10);
    await server.collection('stock').createIndex({ n: -1 }, { unique: true });

    const answer = await server.database.command({ reIndex: 'stock' });

    expect(answer).to.include({ nIndexesWas: 2, nIndexes: 2 });
    expect((await failureOf(server.collection('stock').insertOne({ n: 3 })))['code']).to.equal(11000);
    expect(
      await server
        .collection('stock')
        .find({ n: { $lt: 2 } })
        .hint('n_-1')
        .toArray(),
    ).to.have.length(2);
  });

  it('counts and measures with $collStats, dataSize and compact', async () => {
    await filled('sizes', 3);
    const pipeline = [{ $collStats: { count: {}, storageStats: { scale: 2 } } }];
    const [stats] = await server.collection('sizes').aggregate(pipeline).toArray();
    const size = await server.database.command({ dataSize: `${server.database.databaseName}.sizes` });

    expect(stats?.['count']).to.equal(3);
    expect(size).to.include({ numObjects: 3, size: 63 });
    expect(stats?.['storageStats']).to.include({ size: 31, scaleFactor: 2, capped: false });
    expect(await server.database.command({ compact: 'sizes' })).to.include({ bytesFreed: 0 });
    const missing = server.collection('nowhere').aggregate([{ $collStats: { count: {} } }]);
    expect((await failureOf(missing.toArray()))['code']).to.equal(26);
  });

  it('shows what it does now, to who asks in admin', async () => {
    const admin = server.client.db('admin');
    const [operation] = await admin.aggregate([{ $currentOp: { allUsers: true } }]).toArray();

    expect(operation).to.include({ type: 'op', active: true, ns: 'admin.$cmd.aggregate' });
    expect((await admin.command({ currentOp: 1 }))['inprog']).to.have.length(1);
    const elsewhere = server.database.aggregate([{ $currentOp: {} }]).toArray();
    expect((await failureOf(elsewhere))['code']).to.equal(73);
  });

  it('removes expired documents as often as it is told', async () => {
    const admin = server.client.db('admin');
    await server.collection('codes').createIndex({ until: 1 }, { expireAfterSeconds: 0 });
    await server
      .collection('codes')
      .insertMany([{ until: new Date(0) }, { until: new Date(Date.now() + 60_000) }]);

    const { was } = await admin.command({ setParameter: 1, ttlMonitorSleepSecs: 1 });
    const asked = await admin.command({ getParameter: 1, ttlMonitorSleepSecs: 1 });

    expect([was, asked['ttlMonitorSleepSecs']]).to.deep.equal([60, 1]);
    for (let wait = 0; wait < 100; wait++) {
      if ((await server.collection('codes').countDocuments()) === 1) break;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect(await server.collection('codes').countDocuments()).to.equal(1);
  });

  it('answers that everything is on the disk, and that nothing is profiled', async () => {
    expect(await server.client.db('admin').command({ fsync: 1 })).to.include({ ok: 1 });
    expect(await server.database.command({ profile: -1 })).to.include({ was: 0 });
  });
});

describe('embedded MongoDB: buckets of preferred numbers', () => {
  let server: TestServer;
  before(async () => {
    server = await testServer();
    const documents = [0, 1, 2, 3, 7, 12, 24, 52, 99, 120].map((n): Document => ({ n }));
    await server.collection('values').insertMany(documents);
  });
  after(() => server.close());

  const bounds = async (granularity: string, from = -1): Promise<unknown[]> => {
    const stages = [
      { $match: { n: { $gt: from } } },
      { $bucketAuto: { groupBy: '$n', buckets: 3, granularity } },
    ];
    const buckets = await server.collection('values').aggregate(stages).toArray();
    return buckets.map(({ _id: { min, max }, count }) => [min, max, count] as unknown);
  };

  it('ends each bucket at the next number of the series', async () => {
    expect(await bounds('1-2-5')).to.deep.equal([
      [0, 5, 4],
      [5, 50, 3],
      [50, 200, 3],
    ]);
    expect(await bounds('R5', 0)).to.deep.equal([
      [0.63, 4, 3],
      [4, 25, 3],
      [25, 160, 3],
    ]);
    expect(await bounds('POWERSOF2', 0)).to.deep.equal([
      [0.5, 4, 3],
      [4, 32, 3],
      [32, 128, 3],
    ]);
  });

  it('refuses a series that there is not, and what is no number', async () => {
    await server.collection('texts').insertOne({ n: 'x' });
    const texts = server
      .collection('texts')
      .aggregate([{ $bucketAuto: { groupBy: '$n', buckets: 2, granularity: 'E24' } }]);

    expect((await failureOf(bounds('R7')))['code']).to.equal(40257);
    expect((await failureOf(texts.toArray()))['code']).to.equal(40258);
  });
});

describe('embedded MongoDB: what other suites ask', () => {
  let server: TestServer;
  before(async () => {
    server = await testServer();
  });
  after(() => server.close());

  it('finds references among the elements of an array', async () => {
    const links = server.collection('links');
    await links.insertMany([
      { list: [{ $ref: 'batches', $id: 1 }] },
      { list: [{ $ref: 'batches', $id: 2 }] },
    ]);

    expect(await links.countDocuments({ list: { $elemMatch: { $ref: 'batches', $id: 2 } } })).to.equal(1);
  });

  it('reads a hinted index also where it does not hold every document', async () => {
    const lots = server.collection('lots');
    await lots.insertMany([{ n: 1 }, { n: 2, kind: 'tea' }, { kind: 'rice' }]);
    await lots.createIndex({ kind: 1 }, { sparse: true, name: 'sparse' });
    await lots.createIndex({ n: 1 }, { partialFilterExpression: { kind: 'tea' }, name: 'partial' });

    expect(await lots.countDocuments({}, { hint: 'sparse' })).to.equal(2);
    expect(await server.database.command({ count: lots.collectionName, hint: 'sparse' })).to.include({
      n: 2,
    });
    expect(await lots.find({ n: 1 }).hint('partial').toArray()).to.have.length(0);
  });

  it('validates by the collection’s own collation', async () => {
    const options = { validator: { kind: 'tea' }, collation: { locale: 'en', strength: 2 } };
    const teas = await server.database.createCollection('teas', options);

    await teas.insertOne({ kind: 'TEA' });
    expect((await failureOf(teas.insertOne({ kind: 'rice' })))['code']).to.equal(121);
  });

  it('asks the validator of what a pipeline writes, unless told not to', async () => {
    const target = await server.database.createCollection('checked', { validator: { n: { $gt: 0 } } });
    await target.insertOne({ n: 1 });
    const [zero, one] = [{ $set: { n: 0 } }, { $set: { n: 1 } }];
    const write = (stages: Document[], options = {}): Promise<Document[]> =>
      target.aggregate([...stages], options).toArray();

    expect((await failureOf(write([zero, { $out: 'checked' }])))['code']).to.equal(121);
    expect((await failureOf(write([zero, { $merge: 'checked' }])))['code']).to.equal(121);
    expect((await failureOf(write([zero, { $unset: '_id' }, { $merge: 'checked' }])))['code']).to.equal(121);
    expect(await target.countDocuments({ n: 1 })).to.equal(1);
    await write([one, { $out: 'checked' }]);
    await write([zero, { $merge: 'checked' }], { bypassDocumentValidation: true });
    expect(await target.countDocuments({ n: 0 })).to.equal(1);
  });

  it('tells the plan of an aggregation that asks for it itself', async () => {
    const command = { aggregate: 'explained', pipeline: [{ $match: { n: 1 } }], explain: true };
    await server.collection('explained').createIndex({ n: 1 });

    const { queryPlanner } = await server.database.command(command);
    expect(JSON.stringify(queryPlanner.winningPlan)).to.include('n_1');
  });

  it('shows what a sort compared', async () => {
    const sorted = server.collection('sorted');
    await sorted.insertMany([{ a: [3, 1], b: 'x' }, { a: 2 }]);
    const projection = { _id: 0, key: { $meta: 'sortKey' } };

    const keys = await sorted.find({}, { projection }).sort({ a: 1, b: -1 }).toArray();
    expect(keys.map(({ key }) => key as unknown)).to.deep.equal([
      [1, 'x'],
      [2, null],
    ]);
  });

  it('lets an upsert make a field that begins with a $, and no update', async () => {
    const odd = server.collection('odd');
    const change = { $set: { $note: 'x' } };

    await odd.updateOne({ n: 1 }, change, { upsert: true });
    expect((await odd.findOne({ n: 1 }))?.['$note']).to.equal('x');
    expect((await failureOf(odd.updateOne({ n: 1 }, change)))['code']).to.equal(52);
  });

  it('indexes a field with a $ within its name, and the id of a reference', async () => {
    expect(await server.collection('prices').createIndex({ 'link.$id': 1 })).to.equal('link.$id_1');
    expect(await server.collection('prices').createIndex({ a$ap: 1 })).to.equal('a$ap_1');
  });
});
