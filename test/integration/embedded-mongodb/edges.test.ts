import { expect } from 'chai';
import type { Document } from 'mongodb';
import { Decimal128, Double, Int32, Long } from 'mongodb';
import type { TestServer } from './server.ts';
import { failureOf, testServer } from './server.ts';

const long = (text: string): Long => Long.fromString(text);

/** Field before, operand, field after: the wider type wins, int32 grows. Source: MongoDB manual, $inc, $mul */
const INCREMENTS: readonly (readonly [before: unknown, by: unknown, after: unknown])[] = [
  [new Int32(1), new Int32(1), new Int32(2)],
  [new Int32(2147483647), new Int32(1), long('2147483648')],
  [new Int32(-2147483648), new Int32(-1), long('-2147483649')],
  [new Int32(1), long('1'), long('2')],
  [new Int32(1), new Double(1), new Double(2)],
  [long('1'), new Double(0.5), new Double(1.5)],
  [new Double(0.1), Decimal128.fromString('0.1'), Decimal128.fromString('0.200000000000000')],
  [Decimal128.fromString('1.10'), new Int32(1), Decimal128.fromString('2.10')],
];

const shape = (value: unknown): string => `${(value as object).constructor.name} ${Number(String(value))}`;

describe('embedded MongoDB: edges', () => {
  let server: TestServer;
  before(async () => {
    server = await testServer();
  });
  after(() => server.close());

  for (const [before, by, after] of INCREMENTS) {
    it(`$inc of ${shape(before)} by ${shape(by)} is ${shape(after)}`, async () => {
      const collection = server.collection();
      await collection.insertOne({ n: before });

      await collection.updateOne({}, { $inc: { n: by as number } });

      const found = await collection.findOne({}, { promoteValues: false });
      expect(shape(found?.['n'])).to.equal(shape(after));
    });
  }

  it('refuses an $inc beyond a long and changes nothing', async () => {
    const collection = server.collection();
    await collection.insertOne({ n: long('9223372036854775807') });

    const error = await failureOf(collection.updateOne({}, { $inc: { n: new Int32(1) } }));

    expect(error['code']).to.equal(2);
    expect(String((await collection.findOne({}, { promoteLongs: false }))?.['n'])).to.equal(
      '9223372036854775807',
    );
  });

  const UNIQUE: readonly (readonly [string, Document, readonly Document[], readonly number[]])[] = [
    ['takes missing and null for one value', {}, [{ _id: 1 }, { _id: 2, a: null }, { _id: 3, a: 1 }], [1, 3]],
    [
      'takes several missing when it is sparse',
      { sparse: true },
      [{ _id: 1 }, { _id: 2 }, { _id: 3, a: null }, { _id: 4, a: null }],
      [1, 2, 3],
    ],
    [
      'looks only at its own documents when it is partial',
      { partialFilterExpression: { b: true } },
      [
        { _id: 1, a: 1 },
        { _id: 2, a: 1 },
        { _id: 3, a: 1, b: true },
        { _id: 4, a: 1, b: true },
      ],
      [1, 2, 3],
    ],
    [
      'compares the elements of lists between documents, not within one',
      {},
      [
        { _id: 1, a: [1, 1] },
        { _id: 2, a: [2, 1] },
        { _id: 3, a: [3] },
      ],
      [1, 3],
    ],
    [
      'takes equal numbers of all types for one',
      {},
      [
        { _id: 1, a: new Int32(1) },
        { _id: 2, a: new Double(1) },
        { _id: 3, a: Decimal128.fromString('1.0') },
      ],
      [1],
    ],
  ];
  for (const [name, options, documents, kept] of UNIQUE) {
    it(`a unique index ${name}`, async () => {
      const collection = server.collection();
      await collection.createIndex({ a: 1 }, { unique: true, ...options });
      await collection.insertMany(documents as Document[], { ordered: false }).catch(() => undefined);

      const found = await collection.find().sort({ _id: 1 }).toArray();

      expect(found.map(({ _id }) => Number(_id))).to.deep.equal(kept);
    });
  }

  it('keeps names with dots, dollars, nothing and beyond ASCII, 100 levels deep', async () => {
    const collection = server.collection();
    let deep: Document = { end: 1 };
    for (let level = 0; level < 100; level++) deep = { d: deep };
    const document = { _id: 1, 'a.b': 1, a$b: 2, '': 3, 'cà phê ☕': 4, deep, $set: 5 } as Document;
    await collection.insertOne(document);

    expect(await collection.findOne({ 'cà phê ☕': 4 })).to.deep.equal(document);
    expect(await collection.countDocuments({ 'a.b': 1 })).to.equal(0);
    expect(await collection.countDocuments({ [`deep${'.d'.repeat(100)}.end`]: 1 })).to.equal(1);
  });

  it('numbers the failures of a bulk by their place, ordered and not', async () => {
    const writes = [1, 1, 2, 2, 3].map((_id) => ({ insertOne: { document: { _id } as Document } }));
    for (const [ordered, places, kept] of [
      [true, [1], 1],
      [false, [1, 3], 3],
    ] as const) {
      const collection = server.collection();

      const error = await failureOf(collection.bulkWrite(writes, { ordered }));

      const errors = error['writeErrors'] as { readonly index: number; readonly code: number }[];
      expect(errors.map(({ index }) => index)).to.deep.equal(places);
      expect(errors.every(({ code }) => code === 11000)).to.equal(true);
      expect(await collection.countDocuments()).to.equal(kept);
    }
  });

  it('reads on while others write, and shows no document twice', async () => {
    const collection = server.collection();
    await collection.insertMany(
      Array.from({ length: 300 }, (_, at) => ({ _id: at, a: at % 7 })) as Document[],
    );
    await collection.createIndex({ a: 1 });
    const cursor = collection.find({ a: { $gte: 0 } }).batchSize(20);
    const seen: number[] = [];
    for await (const { _id } of cursor) {
      seen.push(Number(_id));
      if (seen.length % 50 === 0) {
        await collection.deleteOne({ _id: 299 } as Document);
        await collection.insertOne({ a: 3 });
        await collection.updateOne({ _id: seen[0] } as Document, { $set: { b: seen.length } });
      }
    }
    const own = seen.filter((id) => id < 299);

    expect(new Set(own).size).to.equal(own.length);
    expect(own).to.have.lengthOf(299);
  });

  it('upserts with $setOnInsert, equalities of $and, and no operators', async () => {
    const collection = server.collection();
    const filter = { $and: [{ 'a.b': 1 }, { c: { $eq: 2 } }, { d: { $gt: 3 } }], e: { $in: [4] } };

    const result = await collection.updateOne(
      filter,
      { $set: { f: 5 }, $setOnInsert: { g: 6 } },
      { upsert: true },
    );

    const found = await collection.findOne({}, { projection: { _id: 0 } });
    expect(result.upsertedCount).to.equal(1);
    expect(found).to.deep.equal({ a: { b: 1 }, c: 2, e: 4, f: 5, g: 6 });
  });
});
