import { Binary, Decimal128, Double, Int32, Long, ObjectId } from 'mongodb';
import { expect } from 'chai';
import type { Collection, Document } from 'mongodb';
import type { TestServer } from './server.ts';
import { testServer } from './server.ts';

/** Keeps every document as it is, and is a stage that hands on whole documents: what follows decodes all of them. */
const WHOLE = { $unset: 'nobody-has-this' };

const VALUES: readonly unknown[] = [
  null, 0, new Double(1.5), new Int32(7), Long.fromNumber(7), Decimal128.fromString('7'), 'a', 'á', '', true, false,
  new Date(5), new ObjectId('0'.repeat(24)), new Binary(Buffer.from([1, 2])), /a/i, [], [1, 2], [{ b: 1 }, { b: 7 }],
  { b: 7 }, { b: [1, { c: 'a' }] }, {},
]; // prettier-ignore

const FILTERS: readonly Document[] = [
  {}, { a: 7 }, { a: null }, { a: { $exists: false } }, { 'a.b': 7 }, { 'a.b.c': 'a' }, { a: { $gt: 1 } },
  { a: { $elemMatch: { b: 1 } } }, { $or: [{ a: 7 }, { 'đ.b': 7 }] }, { $nor: [{ a: 7 }, { aa: 'a' }] },
  { $and: [{ a: 7 }, { $or: [{ aa: 7 }, { 'đ': 'a' }] }] }, { $expr: { $eq: ['$a', '$aa'] } },
  { $expr: { $gt: ['$$ROOT.a', 1] } }, { $expr: { $eq: [{ $getField: 'a' }, 7] } },
  { $expr: { $eq: [{ $let: { vars: { x: '$a' }, in: '$$x' } }, 7] } }, { a: { $not: { $type: 'string' } } },
  { a: /a/, $comment: 'as it is' }, { _id: { $lt: 9 } }, { _id: 3 },
]; // prettier-ignore

const GROUPS: readonly Document[] = [
  { $group: { _id: '$a', n: { $sum: 1 } } },
  { $group: { _id: { x: '$a.b', y: '$aa' }, sum: { $sum: '$đ' }, all: { $push: '$aa' } } },
  { $group: { _id: null, all: { $push: '$$ROOT' } } },
  { $group: { _id: null, all: { $push: '$$CURRENT.a' } } },
  { $group: { _id: { $literal: '$a' }, n: { $count: {} } } },
  { $group: { _id: '$aa', top: { $top: { sortBy: { _id: -1 }, output: '$a' } } } },
  { $group: { _id: { $getField: 'aa' }, mean: { $avg: { $cond: [{ $isNumber: '$a' }, '$a', 0] } } } },
  { $sortByCount: '$a' },
  { $count: 'n' },
  { $bucket: { groupBy: '$_id', boundaries: [0, 200, 900], output: { all: { $addToSet: '$a' } } } },
  { $bucketAuto: { groupBy: '$_id', buckets: 3 } },
];

/** Documents with each pair of values under names of which one begins with the other. */
function documents(): Document[] {
  return VALUES.flatMap((a, row) =>
    VALUES.map((aa, column) => {
      const other = VALUES[(row + column) % VALUES.length];
      const fields = { a, aa, đ: other, ab: row };
      const kept = Object.entries(fields).filter((_, at) => (row + column) % 5 !== at);
      return { _id: row * VALUES.length + column, ...Object.fromEntries(kept) };
    }),
  );
}

describe('embedded MongoDB: decoding only what a query reads', () => {
  let server: TestServer;
  let collection: Collection<Document>;
  before(async () => {
    server = await testServer();
    collection = server.collection();
    await collection.insertMany(documents());
  });
  after(() => server.close());

  it('keeps the keys of indexes that name, share and test fields', async () => {
    const indexed = server.collection();
    await indexed.createIndex({ 'a.b': 1, ab: -1 });
    await indexed.createIndex({ ab: 1 }, { partialFilterExpression: { đ: { $exists: true } } });
    await indexed.insertMany(documents());

    expect(await server.database.command({ validate: indexed.collectionName })).to.include({ valid: true });
    for (const filter of [{ 'a.b': 7 }, { ab: 4, đ: { $exists: true } }]) {
      const found = await indexed.find(filter).sort({ _id: 1 }).toArray();
      expect(found).to.deep.equal(await collection.find(filter).sort({ _id: 1 }).toArray());
      expect(found).not.to.have.length(0);
    }
  });

  for (const filter of FILTERS) {
    it(`finds the same as with whole documents: ${JSON.stringify(filter)}`, async () => {
      const found = await collection.find(filter, { promoteValues: false }).sort({ a: 1, _id: 1 }).toArray();
      const whole = [WHOLE, { $match: filter }, { $sort: { a: 1, _id: 1 } }];
      const expected = await collection.aggregate(whole, { promoteValues: false }).toArray();

      expect(found).to.deep.equal(expected);
      expect(await collection.countDocuments(filter)).to.equal(expected.length);
    });
  }

  for (const group of GROUPS) {
    it(`groups the same as with whole documents: ${JSON.stringify(group)}`, async () => {
      for (const filter of [{}, { ab: { $gt: 3 } }]) {
        const few = await collection
          .aggregate([{ $match: filter }, group], { promoteValues: false })
          .toArray();
        const all = [WHOLE, { $match: filter }, group];
        const expected = await collection.aggregate(all, { promoteValues: false }).toArray();

        expect(few).to.deep.equal(expected);
      }
    });
  }
});
