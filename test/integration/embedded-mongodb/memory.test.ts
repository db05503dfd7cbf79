import { expect } from 'chai';
import type { Collection, Document } from 'mongodb';
import type { TestServer } from './server.ts';
import { failureOf, testServer } from './server.ts';

const MEBIBYTE = 1024 * 1024;
/** Of one mebibyte each: more than the 100 MiB that a stage may hold. */
const DOCUMENTS = 104;
const TOO_MUCH = { code: 292, codeName: 'QueryExceededMemoryLimitNoDiskUseAllowed' };

/** Expects MongoDB's refusal of a query that would hold too much. */
async function expectTooMuch(query: { toArray(): Promise<unknown> }): Promise<void> {
  expect(await failureOf(query.toArray())).to.include(TOO_MUCH);
}

describe('embedded MongoDB: memory of a query', function () {
  this.timeout(60_000);
  let server: TestServer;
  let large: Collection<Document>;
  before(async function () {
    this.timeout(60_000);
    server = await testServer();
    large = server.collection('large');
    await large.createIndex({ indexed: 1 });
    for (let n = 0; n < DOCUMENTS; n++) {
      const text = String(n).padStart(MEBIBYTE, 'x');
      await large.insertOne({ n, indexed: -n, next: -n - 1, text });
    }
  });
  after(() => server.close());

  it('refuses to sort more than a stage may hold, with or without allowDiskUse', async () => {
    await expectTooMuch(large.find().sort({ n: -1 }));
    await expectTooMuch(large.find().sort({ n: -1 }).allowDiskUse());
    await expectTooMuch(large.aggregate([{ $addFields: { m: 1 } }, { $sort: { n: -1 } }]));
  });

  it('sorts any amount that an index has in order', async () => {
    let expected = DOCUMENTS;
    for await (const { n } of large.find().sort({ indexed: 1 }).batchSize(5)) expect(n).to.equal(--expected);
    expect(expected).to.equal(0);
  });

  it('finds the first few of any amount', async () => {
    const found = await large.find().sort({ n: -1 }).limit(3).project({ n: 1 }).toArray();
    const piped = await large
      .aggregate([{ $sort: { n: -1 } }, { $limit: 3 }, { $project: { n: 1 } }])
      .toArray();

    expect(found.map(({ n }) => n)).to.deep.equal([103, 102, 101]);
    expect(piped).to.deep.equal(found);
  });

  it('refuses groups that hold too much, and makes small ones of any amount', async () => {
    await expectTooMuch(large.aggregate([{ $group: { _id: '$text' } }]));
    await expectTooMuch(large.aggregate([{ $group: { _id: null, all: { $push: '$text' } } }]));
    await expectTooMuch(large.aggregate([{ $group: { _id: null, all: { $addToSet: '$text' } } }]));
    await expectTooMuch(
      large.aggregate([{ $group: { _id: null, all: { $firstN: { input: '$text', n: 200 } } } }]),
    );

    const counted = await large
      .aggregate([{ $group: { _id: null, n: { $sum: 1 }, last: { $max: '$n' } } }])
      .toArray();
    expect(counted).to.deep.equal([{ _id: null, n: DOCUMENTS, last: DOCUMENTS - 1 }]);
  });

  it('refuses stages that see all documents at once when they are too many', async () => {
    const bucket = { groupBy: '$n', boundaries: [0, 1_000], output: { all: { $push: '$text' } } };
    const windows = { sortBy: { n: 1 }, output: { sum: { $sum: '$n' } } };
    await expectTooMuch(large.aggregate([{ $facet: { count: [{ $count: 'n' }] } }]));
    await expectTooMuch(large.aggregate([{ $bucket: bucket }]));
    // What the pipeline does not read is not held: the texts must be asked for.
    const { output } = bucket;
    await expectTooMuch(large.aggregate([{ $bucketAuto: { groupBy: '$n', buckets: 2, output } }]));
    await expectTooMuch(large.aggregate([{ $setWindowFields: windows }]));
  });

  it('refuses to write more than a stage may hold by $out and $merge, and writes nothing then', async () => {
    const copy = server.collection('copy');
    await copy.insertOne({ kept: true });

    await expectTooMuch(large.aggregate([{ $out: 'copy' }]));
    await expectTooMuch(large.aggregate([{ $merge: 'copy' }]));
    expect(await copy.countDocuments()).to.equal(1);
    await large.aggregate([{ $limit: 3 }, { $out: 'copy' }]).toArray();
    expect(await copy.countDocuments()).to.equal(3);
  });

  it('refuses one document that $lookup would make larger than a stage may hold', async () => {
    const all = { from: 'large', pipeline: [], as: 'all' };
    await expectTooMuch(large.aggregate([{ $limit: 1 }, { $lookup: all }, { $project: { n: 1 } }]));
  });

  it('refuses joins, samples and series that hold too much', async () => {
    const joined = { from: 'large', localField: 'n', foreignField: 'n', as: 'own' };
    const one = [{ $match: { indexed: 0 } }];
    await expectTooMuch(large.aggregate([...one, { $lookup: joined }, { $project: { n: 1 } }]));
    await expectTooMuch(large.aggregate([{ $sample: { size: 200 } }]));
    await expectTooMuch(large.aggregate([{ $densify: { field: 'n', range: { step: 1, bounds: 'full' } } }]));
    await expectTooMuch(
      large.aggregate([{ $fill: { sortBy: { n: 1 }, output: { m: { method: 'locf' } } } }]),
    );
    const reached = {
      from: 'large',
      startWith: 0,
      connectFromField: 'next',
      connectToField: 'indexed',
      as: 'all',
    };
    const graph = large.aggregate([...one, { $graphLookup: reached }, { $project: { n: 1 } }]);
    expect(await failureOf(graph.toArray())).to.include({ code: 40099 });
  });

  it('refuses accumulators that keep too many texts', async () => {
    for (const kept of [
      { $topN: { n: 200, sortBy: { n: 1 }, output: '$text' } },
      { $bottomN: { n: 200, sortBy: { n: 1 }, output: '$text' } },
      { $minN: { n: 200, input: '$text' } },
      { $lastN: { n: 200, input: '$text' } },
    ]) {
      await expectTooMuch(large.aggregate([{ $group: { _id: null, kept } }]));
    }
  });

  it('streams what needs no memory', async () => {
    const stages = [
      { $addFields: { list: [1, 2] } },
      { $unwind: '$list' },
      { $match: { list: 2 } },
      { $skip: 1 },
    ];
    let count = 0;
    for await (const { text } of large.aggregate(stages, { batchSize: 5 })) count += text.length / MEBIBYTE;

    expect(count).to.equal(DOCUMENTS - 1);
  });
});
