import { BSONRegExp, Decimal128, Long } from 'mongodb';
import { expect } from 'chai';
import type { TestServer } from './server.ts';
import { failureOf, testServer } from './server.ts';

describe('embedded MongoDB: reading', () => {
  let server: TestServer;
  before(async () => {
    server = await testServer();
  });
  after(() => server.close());

  const documents = [
    { _id: 1, a: 1, tags: ['x', 'y'], n: { m: 1 } },
    {
      _id: 2,
      a: null,
      tags: [],
      list: [
        { b: 1, c: 2 },
        { b: 3, c: 4 },
      ],
    },
    { _id: 3, tags: 'x', list: [{ b: 1, c: 4 }] },
    { _id: 4, a: 'text', n: { m: [1, 2, 3] } },
    { _id: 5, a: [1, 5], when: new Date(0) },
    { _id: 6, a: 5.5, n: 7 },
  ];
  const filters: readonly (readonly [string, object, readonly number[]])[] = [
    ['equality reaches into arrays', { a: 1 }, [1, 5]],
    ['equality with a whole array', { a: [1, 5] }, [5]],
    ['null means null or missing', { a: null }, [2, 3]],
    ['ranges stay within their type', { a: { $gt: 0 } }, [1, 5, 6]],
    ['two bounds may be met by two elements', { a: { $gt: 4, $lt: 2 } }, [5]],
    ['$elemMatch wants one element', { list: { $elemMatch: { b: 1, c: 4 } } }, [3]],
    ['paths reach into documents of arrays', { 'list.b': 1, 'list.c': 4 }, [2, 3]],
    ['a number is a place in an array', { 'list.1.b': 3 }, [2]],
    ['$in with null', { a: { $in: [null, 'text'] } }, [2, 3, 4]],
    ['$nin', { a: { $nin: [1, null] } }, [4, 6]],
    ['$ne', { a: { $ne: 1 } }, [2, 3, 4, 6]],
    ['$not', { a: { $not: { $gt: 1 } } }, [1, 2, 3, 4]],
    ['$exists', { list: { $exists: true } }, [2, 3]],
    ['$size', { tags: { $size: 2 } }, [1]],
    ['$size of an empty array', { tags: { $size: 0 } }, [2]],
    ['$all', { tags: { $all: ['x', 'y'] } }, [1]],
    ['$type', { a: { $type: 'string' } }, [4]],
    ['$type array', { a: { $type: 'array' } }, [5]],
    ['$mod', { n: { $mod: [7, 0] } }, [6]],
    ['$regex', { a: /^TE/i }, [4]],
    ['$or and $and', { $or: [{ a: 5.5 }, { $and: [{ tags: 'x' }, { a: 1 }] }] }, [1, 6]],
    ['$nor', { $nor: [{ a: { $exists: true } }] }, [3]],
    ['$expr', { $expr: { $gt: ['$a', 5] } }, [4, 5, 6]],
    ['documents are equal with their fields in order', { n: { m: 1 } }, [1]],
    ['a path into an array of numbers', { 'n.m': 2 }, [4]],
    ['dates', { when: { $lte: new Date(0) } }, [5]],
  ];
  for (const isIndexed of [false, true]) {
    describe(isIndexed ? 'with indexes' : 'without indexes', () => {
      before(async () => {
        const collection = server.collection(`filters_${String(isIndexed)}`);
        await collection.insertMany(documents as object[]);
        if (!isIndexed) return;
        for (const field of ['a', 'tags', 'n', 'n.m', 'list.b', 'when'])
          await collection.createIndex({ [field]: 1 });
        await collection.createIndex({ 'list.c': -1, 'list.b': 1 });
      });
      for (const [name, filter, expected] of filters) {
        it(`filters: ${name}`, async () => {
          const found = await server
            .collection(`filters_${String(isIndexed)}`)
            .find(filter)
            .sort({ _id: 1 })
            .toArray();

          expect(found.map(({ _id }) => Number(_id))).to.deep.equal(expected);
        });
      }
    });
  }

  it('compares numbers by value, whatever their type', async () => {
    const collection = server.collection();
    const numbers = [
      Long.fromString('9007199254740993'),
      Decimal128.fromString('1.5'),
      2,
      -1.25,
      Long.fromNumber(1),
    ];
    await collection.insertMany(numbers.map((n, index) => ({ _id: index, n })) as object[]);
    await collection.createIndex({ n: 1 });

    const sorted = await collection
      .find({ n: { $gt: -5 } })
      .sort({ n: 1 })
      .toArray();
    const equal = await collection.find({ n: 1.5 }).toArray();

    expect(sorted.map(({ _id }) => Number(_id))).to.deep.equal([3, 4, 1, 2, 0]);
    expect(equal.map(({ _id }) => Number(_id))).to.deep.equal([1]);
  });

  it('sorts across types, with the least and the greatest element of arrays', async () => {
    const collection = server.collection();
    const values = [new Date(0), true, { x: 1 }, 'b', 3, null, [], [9, 1]];
    await collection.insertMany(values.map((v, index) => ({ _id: index, v })) as object[]);

    const ascending = (await collection.find().sort({ v: 1, _id: 1 }).toArray()).map(({ _id }) =>
      Number(_id),
    );
    const descending = (await collection.find().sort({ v: -1, _id: 1 }).toArray()).map(({ _id }) =>
      Number(_id),
    );

    expect(ascending).to.deep.equal([6, 5, 7, 4, 3, 2, 1, 0]);
    expect(descending).to.deep.equal([0, 1, 2, 3, 7, 4, 5, 6]);
  });

  const projections: readonly (readonly [string, object, object])[] = [
    ['includes', { a: 1 }, { _id: 1, a: 1 }],
    ['includes without _id', { a: 1, _id: 0 }, { a: 1 }],
    ['excludes', { list: 0, d: 0, nested: 0 }, { _id: 1, a: 1 }],
    ['reaches into arrays of documents', { 'list.x': 1, _id: 0 }, { list: [{ x: 1 }, { x: 2 }] }],
    ['cuts arrays', { list: { $slice: 1 }, d: 0, nested: 0 }, { _id: 1, a: 1, list: [{ x: 1, y: 1 }] }],
    ['picks an element', { list: { $elemMatch: { x: 2 } } }, { _id: 1, list: [{ x: 2, y: 2 }] }],
    ['calculates', { _id: 0, sum: { $add: ['$a', '$d'] } }, { sum: 5 }],
    ['keeps empty documents', { 'nested.none': 1, _id: 0 }, { nested: {} }],
  ];
  for (const [name, projection, expected] of projections) {
    it(`projects: ${name}`, async () => {
      const collection = server.collection();
      const list = [
        { x: 1, y: 1 },
        { x: 2, y: 2 },
      ];
      await collection.insertOne({ _id: 1, a: 1, list, d: 4, nested: { deep: 1 } } as object);

      expect(await collection.findOne({}, { projection })).to.deep.equal(expected);
    });
  }

  it('projects the element that the query found', async () => {
    const collection = server.collection();
    await collection.insertOne({ list: [{ k: 1 }, { k: 2, v: 1 }] });

    const found = await collection.findOne({ 'list.k': 2 }, { projection: { 'list.$': 1, _id: 0 } });

    expect(found).to.deep.equal({ list: [{ k: 2, v: 1 }] });
  });

  it('reads on in batches', async () => {
    const collection = server.collection();
    await collection.insertMany(Array.from({ length: 1_234 }, (_, n) => ({ n })));

    const found = await collection.find().batchSize(100).toArray();
    const part = await collection.find().sort({ n: -1 }).skip(10).limit(20).toArray();

    expect(found.map(({ n }) => Number(n))).to.deep.equal(Array.from({ length: 1_234 }, (_, n) => n));
    expect(part.map(({ n }) => Number(n))).to.deep.equal(Array.from({ length: 20 }, (_, n) => 1_223 - n));
  });

  it('forgets a cursor that was closed', async () => {
    const collection = server.collection();
    await collection.insertMany(Array.from({ length: 300 }, (_, n) => ({ n })));
    const cursor = collection.find().batchSize(10);
    await cursor.next();
    const { id } = cursor;

    await cursor.close();
    const more = { getMore: id, collection: collection.collectionName };
    const error = await failureOf(server.database.command(more));

    expect(error['code']).to.equal(43);
  });

  it('counts and lists distinct values', async () => {
    const collection = server.collection();
    await collection.insertMany([{ t: ['b', 'a'] }, { t: 'a' }, { t: 3 }, {}]);

    expect(await collection.countDocuments({ t: 'a' })).to.equal(2);
    expect(await collection.countDocuments({}, { skip: 1, limit: 2 })).to.equal(2);
    expect(await collection.estimatedDocumentCount()).to.equal(4);
    expect(await collection.distinct('t')).to.deep.equal([3, 'a', 'b']);
  });

  it('compares strings by a language when asked to', async () => {
    const collection = server.collection();
    await collection.insertMany([{ s: 'B' }, { s: 'a' }, { s: 'á' }]);
    const collation = { locale: 'vi', strength: 1 };

    expect(await collection.countDocuments({ s: 'A' }, { collation })).to.equal(2);
    const sorted = await collection.find().collation({ locale: 'vi' }).sort({ s: 1 }).toArray();
    expect(sorted.map(({ s }) => String(s))).to.deep.equal(['a', 'á', 'B']);
  });

  const refusals: readonly (readonly [string, object, number])[] = [
    ['an unknown operator', { a: { $nothing: 1 } }, 2],
    ['an unknown top level operator', { $nothing: 1 }, 2],
    ['an empty $or', { $or: [] }, 2],
    ['$in without an array', { a: { $in: 1 } }, 2],
    ['a regular expression that is none', { a: new BSONRegExp('(') }, 51091],
  ];
  for (const [name, filter, code] of refusals) {
    it(`refuses ${name} with MongoDB's code ${code}`, async () => {
      expect((await failureOf(server.collection().find(filter).toArray()))['code']).to.equal(code);
    });
  }

  it('refuses a projection that includes and excludes', async () => {
    const options = { projection: { a: 1, b: 0 } };
    expect((await failureOf(server.collection().find({}, options).toArray()))['code']).to.equal(31254);
  });
});
