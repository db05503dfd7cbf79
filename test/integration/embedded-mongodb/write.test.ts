import { Binary, Decimal128, Double, Int32, Long, ObjectId } from 'mongodb';
import { expect } from 'chai';
import type { TestServer } from './server.ts';
import { failureOf, testServer } from './server.ts';

describe('embedded MongoDB: writing', () => {
  let server: TestServer;
  before(async () => {
    server = await testServer();
  });
  after(() => server.close());

  it('gives back a document as it was stored, with _id first', async () => {
    const collection = server.collection();
    const id = new ObjectId();
    const stored = { z: 1, a: 'á', when: new Date(5), bytes: new Binary(Buffer.from([1, 2])), _id: id };

    await collection.insertOne({ ...stored });

    const found = await collection.findOne({ _id: id });
    expect(Object.keys(found ?? {})).to.deep.equal(['_id', 'z', 'a', 'when', 'bytes']);
    expect(found).to.deep.equal({
      _id: id,
      z: 1,
      a: 'á',
      when: new Date(5),
      bytes: new Binary(Buffer.from([1, 2])),
    });
  });

  it('keeps the numeric type of every field that an update does not name', async () => {
    const collection = server.collection();
    const numbers = {
      int: new Int32(5),
      long: Long.fromNumber(5),
      double: new Double(5),
      decimal: Decimal128.fromString('5.00'),
    };
    await collection.insertOne({ ...numbers });

    await collection.updateOne({}, { $set: { other: 1 } });

    const found = await collection.findOne({}, { promoteValues: false });
    expect(found?.['int']).to.be.instanceOf(Int32);
    expect(found?.['long']).to.be.instanceOf(Long);
    expect(found?.['double']).to.be.instanceOf(Double);
    expect(String(found?.['decimal'])).to.equal('5.00');
  });

  it('names the key of a duplicate as MongoDB does', async () => {
    const collection = server.collection('duplicates');
    await collection.createIndex({ email: 1 }, { unique: true });
    await collection.insertOne({ email: 'a@b.vn' });

    const error = await failureOf(collection.insertOne({ email: 'a@b.vn' }));

    expect(error).to.include({ code: 11000 });
    expect(error['keyPattern']).to.deep.equal({ email: 1 });
    expect(error['keyValue']).to.deep.equal({ email: 'a@b.vn' });
    const place = `collection: ${server.database.databaseName}.duplicates index: email_1`;
    expect(error['message']).to.equal(`E11000 duplicate key error ${place} dup key: { email: "a@b.vn" }`);
  });

  it('stores nothing of a document that a unique index refuses', async () => {
    const collection = server.collection();
    await collection.createIndex({ a: 1 });
    await collection.createIndex({ b: 1 }, { unique: true });
    await collection.insertOne({ a: 1, b: 1 });

    await failureOf(collection.insertOne({ a: 2, b: 1 }));

    expect(await collection.countDocuments({ a: 2 })).to.equal(0);
    expect(await collection.countDocuments({})).to.equal(1);
  });

  it('goes on after a failure when unordered and stops when ordered', async () => {
    const unordered = server.collection();
    const ordered = server.collection();
    const documents = [{ _id: 1 }, { _id: 1 }, { _id: 2 }] as object[];

    const first = await failureOf(unordered.insertMany(documents, { ordered: false }));
    const second = await failureOf(ordered.insertMany(documents));

    expect(first['insertedCount']).to.equal(2);
    expect(second['insertedCount']).to.equal(1);
    expect(await unordered.countDocuments()).to.equal(2);
    expect(await ordered.countDocuments()).to.equal(1);
  });

  it('counts matched and modified apart', async () => {
    const collection = server.collection();
    await collection.insertMany([{ a: 1 }, { a: 2 }]);

    const result = await collection.updateMany({}, { $set: { a: 2 } });

    expect(result).to.include({ matchedCount: 2, modifiedCount: 1 });
  });

  it('upserts with the equalities of its filter', async () => {
    const collection = server.collection();

    const filter = { a: 1, b: { $gt: 5 }, 'c.d': 'x' };
    const result = await collection.updateOne(
      filter,
      { $set: { e: 2 }, $setOnInsert: { f: 3 } },
      { upsert: true },
    );

    const found = await collection.findOne({ _id: result.upsertedId as ObjectId });
    expect(found).to.deep.equal({ _id: result.upsertedId, a: 1, c: { d: 'x' }, e: 2, f: 3 });
  });

  const updates: readonly (readonly [string, object, object, object])[] = [
    ['$inc makes a missing field', { n: 1 }, { $inc: { n: 2, m: 5 } }, { n: 3, m: 5 }],
    ['$mul makes zero of a missing field', { n: 4 }, { $mul: { n: 3, m: 5 } }, { n: 12, m: 0 }],
    ['$min and $max compare by value', { a: 5, b: 5 }, { $min: { a: 3 }, $max: { b: 3 } }, { a: 3, b: 5 }],
    [
      '$unset leaves null in an array',
      { a: [1, 2], b: 1 },
      { $unset: { 'a.0': '', b: '' } },
      { a: [null, 2] },
    ],
    ['$rename moves a field', { a: { b: 1 } }, { $rename: { 'a.b': 'c' } }, { a: {}, c: 1 }],
    [
      '$push sorts, cuts and places',
      { a: [3, 1] },
      { $push: { a: { $each: [2, 5], $sort: 1, $slice: -3 } } },
      { a: [2, 3, 5] },
    ],
    ['$push places', { a: [1, 4] }, { $push: { a: { $each: [2, 3], $position: 1 } } }, { a: [1, 2, 3, 4] }],
    ['$addToSet adds once', { a: [1] }, { $addToSet: { a: { $each: [1, 2, 2] } } }, { a: [1, 2] }],
    ['$pop takes the first', { a: [1, 2] }, { $pop: { a: -1 } }, { a: [2] }],
    ['$pull takes what matches', { a: [1, 5, 8] }, { $pull: { a: { $gte: 5 } } }, { a: [1] }],
    [
      '$pull matches the fields of documents',
      { a: [{ x: 1, y: 2 }, { x: 2 }] },
      { $pull: { a: { x: 1 } } },
      { a: [{ x: 2 }] },
    ],
    ['$pullAll takes equals', { a: [1, 2, 3] }, { $pullAll: { a: [1, 3] } }, { a: [2] }],
    ['$bit calculates', { a: 13 }, { $bit: { a: { and: 10 } } }, { a: 8 }],
    [
      '$[] reaches every element',
      { a: [{ n: 1 }, { n: 2 }] },
      { $inc: { 'a.$[].n': 1 } },
      { a: [{ n: 2 }, { n: 3 }] },
    ],
    ['a path makes documents', {}, { $set: { 'a.b.c': 1 } }, { a: { b: { c: 1 } } }],
    ['a path fills an array', { a: [1] }, { $set: { 'a.3': 4 } }, { a: [1, null, null, 4] }],
  ];
  for (const [name, stored, update, expected] of updates) {
    it(`updates: ${name}`, async () => {
      const collection = server.collection();
      await collection.insertOne({ _id: 1, ...stored } as object);

      await collection.updateOne({}, update);

      expect(await collection.findOne({})).to.deep.equal({ _id: 1, ...expected });
    });
  }

  it('changes the element that the query found', async () => {
    const collection = server.collection();
    await collection.insertOne({
      items: [
        { k: 'a', n: 1 },
        { k: 'b', n: 1 },
      ],
    });

    await collection.updateOne({ 'items.k': 'b' }, { $set: { 'items.$.n': 9 } });

    const found = await collection.findOne({});
    expect(found?.['items']).to.deep.equal([
      { k: 'a', n: 1 },
      { k: 'b', n: 9 },
    ]);
  });

  it('changes the elements that an array filter names', async () => {
    const collection = server.collection();
    await collection.insertOne({ n: [1, 5, 9] });

    await collection.updateOne({}, { $set: { 'n.$[big]': 0 } }, { arrayFilters: [{ big: { $gte: 5 } }] });

    expect((await collection.findOne({}))?.['n']).to.deep.equal([1, 0, 0]);
  });

  it('updates by a pipeline and keeps the types of the rest', async () => {
    const collection = server.collection();
    await collection.insertOne({ a: 2, b: 3, long: Long.fromNumber(7) });

    await collection.updateOne({}, [{ $set: { sum: { $add: ['$a', '$b'] } } }, { $unset: 'a' }]);

    const found = await collection.findOne({}, { promoteValues: false, projection: { _id: 0 } });
    expect(Number(found?.['sum'])).to.equal(5);
    expect(found?.['long']).to.be.instanceOf(Long);
    expect(found).to.not.have.property('a');
  });

  const refusals: readonly (readonly [string, object, number])[] = [
    ['two changes of one field', { $set: { a: 1 }, $inc: { a: 1 } }, 40],
    ['a change below a changed field', { $set: { a: 1, 'a.b': 1 } }, 40],
    ['another _id', { $set: { _id: 2 } }, 66],
    ['an unknown operator', { $nothing: { a: 1 } }, 9],
    ['a number from a string', { $inc: { text: 1 } }, 14],
    ['a field inside a string', { $set: { 'text.x': 1 } }, 28],
    ['pushing into a string', { $push: { text: 1 } }, 2],
    ['the positional operator without an array', { $set: { 'list.$': 1 } }, 2],
    ['an unknown array filter', { $set: { 'list.$[x]': 1 } }, 2],
  ];
  for (const [name, update, code] of refusals) {
    it(`refuses ${name} with MongoDB's code ${code}`, async () => {
      const collection = server.collection();
      await collection.insertOne({ _id: 1, text: 'x', a: 1, list: [1] } as object);

      const error = await failureOf(collection.updateOne({ _id: 1 } as object, update));

      expect(error['code']).to.equal(code);
    });
  }

  it('finds and modifies one', async () => {
    const collection = server.collection();
    await collection.insertMany([{ n: 2 }, { n: 1 }]);

    const before = await collection.findOneAndUpdate({}, { $inc: { n: 10 } }, { sort: { n: 1 } });
    const after = await collection.findOneAndReplace({ n: 11 }, { m: 1 }, { returnDocument: 'after' });
    const removed = await collection.findOneAndDelete({ n: 2 }, { projection: { _id: 0 } });

    expect(before?.['n']).to.equal(1);
    expect(after).to.deep.include({ m: 1 });
    expect(removed).to.deep.equal({ n: 2 });
    expect(await collection.countDocuments()).to.equal(1);
  });

  it('takes writes that nobody waits for', async () => {
    const collection = server.collection();

    await collection.insertOne({ _id: 1 } as object, { writeConcern: { w: 0 } });
    await collection.insertOne({ _id: 2 } as object);

    expect(await collection.countDocuments({ _id: 2 } as object)).to.equal(1);
  });

  it('runs a mixed bulk in order', async () => {
    const collection = server.collection();

    const result = await collection.bulkWrite([
      { insertOne: { document: { _id: 1, n: 1 } as object } },
      { updateOne: { filter: { _id: 1 } as object, update: { $inc: { n: 1 } } } },
      { updateOne: { filter: { _id: 2 } as object, update: { $set: { n: 5 } }, upsert: true } },
      { replaceOne: { filter: { _id: 2 } as object, replacement: { m: 1 } } },
      { deleteOne: { filter: { _id: 1 } as object } },
    ]);

    expect(result).to.include({
      insertedCount: 1,
      matchedCount: 2,
      modifiedCount: 2,
      upsertedCount: 1,
      deletedCount: 1,
    });
    expect(await collection.find().toArray()).to.deep.equal([{ _id: 2, m: 1 }]);
  });

  it('refuses a document beyond 16 MiB', async () => {
    const collection = server.collection();
    await collection.insertOne({ _id: 1, text: 'x'.repeat(9_000_000) } as object);

    const error = await failureOf(collection.updateOne({}, { $set: { more: 'y'.repeat(9_000_000) } }));

    expect(error['code']).to.be.oneOf([10334, 17419]);
  });

  it('refuses transactions as a standalone does', async () => {
    if (server.isMongodb) return;
    const command = { insert: 'c', documents: [{ a: 1 }], txnNumber: Long.fromNumber(1), autocommit: false };

    const error = await failureOf(server.database.command(command));

    expect(error['code']).to.equal(20);
  });
});
