import { expect } from 'chai';
import { BSON, Code, Int32 } from 'mongodb';
import type { Document } from 'mongodb';
import { decodeDocument, encodeDocument } from '../../../../src/embedded-mongodb/raw-bson.ts';
import type { TestServer } from '../server.ts';
import { failureOf, testServer } from '../server.ts';
import type { HeldEngine } from './engine.ts';
import { heldEngine } from './engine.ts';

/**
 * MongoDB keeps the order of a document's fields whatever their names; an object of JavaScript puts those that whole
 * numbers name first. So documents are given and compared here as the lists of their fields, in bytes.
 */
type Fields = readonly (readonly [name: string, value: unknown])[];

/** A document with its fields in this order. */
const doc = (...fields: Fields): ReadonlyMap<string, unknown> => new Map(fields);

/** Every field of a document in its order, by the bytes alone: `{b: 1, 1: {x: 2}}` is `[['b', 1], ['1', [['x', 2]]]]`. */
function listed(bytes: unknown): unknown[] {
  // With `raw: true` the driver gives the bytes where its types say a document.
  const buffer = Buffer.from(bytes as Uint8Array);
  const elements = [...BSON.onDemand.parseToElements(buffer)];
  return elements.map(([type, nameAt, nameLength, at, length]) => {
    const name = buffer.toString('utf8', nameAt, nameAt + nameLength);
    const value = buffer.subarray(at, at + length);
    if (type === 0x03 || type === 0x04) return [name, listed(value)];
    const size = Buffer.alloc(4);
    size.writeInt32LE(length + 8);
    const one = Buffer.concat([size, Buffer.from([type]), Buffer.from('v\0'), value, Buffer.alloc(1)]);
    return [name, BSON.deserialize(one)['v']];
  });
}

const order = (document: ReadonlyMap<string, unknown>): unknown[] => listed(BSON.serialize(document));

describe('names of whole numbers keep their places', () => {
  let server: TestServer;
  let engine: HeldEngine;
  before(async () => {
    server = await testServer();
    engine = await heldEngine();
  });
  after(async () => {
    await server.close();
    await engine.close();
  });

  const options = { raw: true } as const;

  /** The only document of a collection, as it is stored. */
  async function stored(collection: string): Promise<unknown[]> {
    const [bytes] = await server.database.collection(collection).find({}, options).toArray();
    return listed(bytes);
  }

  async function filled(...documents: ReadonlyMap<string, unknown>[]): Promise<string> {
    const { collectionName } = server.collection();
    await server.database.command({ insert: collectionName, documents });
    return collectionName;
  }

  const whole = doc(['_id', 1], ['b', 1], ['10', 2], ['1', doc(['z', 1], ['2', 2], ['a', 3])], ['a', 3]);
  const nested = doc(['z', 1], ['2', 2], ['a', 3]);

  const UPDATES: readonly (readonly [what: string, update: unknown, after: ReadonlyMap<string, unknown>])[] = [
    ['$set of another field', { $set: { a: 4 } },
      doc(['_id', 1], ['b', 1], ['10', 2], ['1', nested], ['a', 4])],
    ['$set of such a field', { $set: { 10: 5 } },
      doc(['_id', 1], ['b', 1], ['10', 5], ['1', nested], ['a', 3])],
    ['$set of a new one', { $set: { 0: 5 } },
      doc(['_id', 1], ['b', 1], ['10', 2], ['1', nested], ['a', 3], ['0', 5])],
    ['$set below one', { $set: { '1.2': 5, '1.0': 6 } },
      doc(['_id', 1], ['b', 1], ['10', 2], ['1', doc(['z', 1], ['2', 5], ['a', 3], ['0', 6])], ['a', 3])],
    ['$set of a document with such fields', { $set: { a: doc(['y', 1], ['3', 2]) } },
      doc(['_id', 1], ['b', 1], ['10', 2], ['1', nested], ['a', doc(['y', 1], ['3', 2])])],
    ['$push of one', { $push: { c: doc(['y', 1], ['3', 2]) } },
      doc(['_id', 1], ['b', 1], ['10', 2], ['1', nested], ['a', 3], ['c', [doc(['y', 1], ['3', 2])]])],
    ['$unset', { $unset: { 10: '' } }, doc(['_id', 1], ['b', 1], ['1', nested], ['a', 3])],
    ['$rename', { $rename: { b: '7', 10: 'c' } },
      doc(['_id', 1], ['1', nested], ['a', 3], ['c', 2], ['7', 1])],
    ['$inc', { $inc: { 10: 1, '1.2': 1 } },
      doc(['_id', 1], ['b', 1], ['10', 3], ['1', doc(['z', 1], ['2', 3], ['a', 3])], ['a', 3])],
    ['a pipeline', [{ $set: { a: '$1.2', 5: '$10' } }],
      doc(['_id', 1], ['b', 1], ['10', 2], ['1', nested], ['a', 2], ['5', 2])],
    ['a pipeline that replaces', [{ $replaceWith: doc(['q', '$1'], ['4', '$10']) }],
      doc(['_id', 1], ['q', nested], ['4', 2])],
    ['a replacement', doc(['z', 1], ['1', 2], ['0', doc(['y', 1], ['3', 2])]),
      doc(['_id', 1], ['z', 1], ['1', 2], ['0', doc(['y', 1], ['3', 2])])],
  ]; // prettier-ignore

  for (const [what, u, wanted] of UPDATES) {
    it(`after ${what}`, async () => {
      const name = await filled(whole);

      await server.database.command({ update: name, updates: [{ q: { _id: 1 }, u }] });

      expect(await stored(name)).to.deep.equal(order(wanted));
    });

    it(`in the answer of findAndModify with ${what}`, () => {
      const name = what.replaceAll(/\W/g, '');
      engine.ask({ insert: name, documents: [whole] });

      const answer = engine.bytes({ findAndModify: name, query: { 10: 2 }, update: u, new: true });

      expect(listed(answer)).to.deep.include(['value', order(wanted)]);
    });
  }

  it('after an update in an array', async () => {
    const name = await filled(doc(['_id', 1], ['a', [doc(['x', 1], ['5', 1]), doc(['x', 2], ['5', 2])]]));

    const updates = [
      { q: { 'a.x': 2 }, u: { $set: { 'a.$.6': 1 } } },
      { q: {}, u: { $set: { 'a.$[].5': 9 } } },
      { q: {}, u: { $set: { 'a.0.4': 3 } } },
      { q: {}, u: { $inc: { 'a.$[e].5': 1 } }, arrayFilters: [{ 'e.5': 9, 'e.6': 1 }] },
    ];
    await server.database.command({ update: name, updates });

    const first = doc(['x', 1], ['5', 9], ['4', 3]);
    const second = doc(['x', 2], ['5', 10], ['6', 1]);
    expect(await stored(name)).to.deep.equal(order(doc(['_id', 1], ['a', [first, second]])));
  });

  it('after an upsert', async () => {
    const { collectionName: update } = server.collection();

    const q = { _id: 1, b: 1, 3: 4, '5.1': 6 };
    await server.database.command({ update, updates: [{ q, u: { $set: { c: 1, 0: 2 } }, upsert: true }] });

    // What the filter names comes by name, then what the update names. Source: server, upsert_stage.cpp
    const wanted = doc(['_id', 1], ['3', 4], ['5', doc(['1', 6])], ['b', 1], ['0', 2], ['c', 1]);
    expect(await stored(update)).to.deep.equal(order(wanted));
  });

  it('refuses an upsert whose filter names a field and one below it', async () => {
    const { collectionName: update } = server.collection();

    const u = { $set: { c: 1 } };
    const answer = await server.database.command({
      update,
      updates: [{ q: { 3: {}, '3.1': 6 }, u, upsert: true }],
    });

    expect((answer['writeErrors'] as Document[])[0]).to.include({
      code: 54,
      errmsg: "cannot infer query fields to set, both paths '3.1' and '3' are matched",
    });
  });

  const PIPELINES: readonly (readonly [stage: Document, after: ReadonlyMap<string, unknown>])[] = [
    [{ $project: { b: 1, 1: 1 } }, doc(['_id', 1], ['b', 1], ['1', nested])],
    [{ $project: { '1.2': 0, 10: 0 } }, doc(['_id', 1], ['b', 1], ['1', doc(['z', 1], ['a', 3])], ['a', 3])],
    [{ $project: { b: 1, 7: '$a' } }, doc(['_id', 1], ['b', 1], ['7', 3])],
    [{ $unset: ['10', '1.z'] }, doc(['_id', 1], ['b', 1], ['1', doc(['2', 2], ['a', 3])], ['a', 3])],
    [{ $addFields: { 0: '$10' } }, doc(['_id', 1], ['b', 1], ['10', 2], ['1', nested], ['a', 3], ['0', 2])],
    [{ $replaceRoot: { newRoot: '$1' } }, nested],
    [{ $replaceWith: { $mergeObjects: ['$1', doc(['c', 1], ['0', 2])] } },
      doc(['z', 1], ['2', 2], ['a', 3], ['c', 1], ['0', 2])],
    [{ $replaceWith: { $setField: { field: '5', input: '$1', value: 1 } } },
      doc(['z', 1], ['2', 2], ['a', 3], ['5', 1])],
    [{ $replaceWith: { $unsetField: { field: '2', input: '$1' } } }, doc(['z', 1], ['a', 3])],
    [{ $replaceWith: { v: { $getField: { field: '2', input: '$1' } } } }, doc(['v', 2])],
    [{ $replaceWith: { v: { $objectToArray: '$1' } } },
      doc(['v', [doc(['k', 'z'], ['v', 1]), doc(['k', '2'], ['v', 2]), doc(['k', 'a'], ['v', 3])]])],
    [{ $replaceWith: { $arrayToObject: [[['q', 1], ['4', 2]]] } }, doc(['q', 1], ['4', 2])],
    [{ $replaceWith: { v: { $bsonSize: '$1' } } }, doc(['v', 26])],
    [{ $group: { _id: '$1', 3: { $sum: '$10' } } }, doc(['_id', nested], ['3', 2])],
    [{ $unwind: '$1' }, whole],
    [{ $count: '5' }, doc(['5', 1])],
    [{ $facet: doc(['b', [{ $project: { 1: 1 } }]], ['2', []]) },
      doc(['b', [doc(['_id', 1], ['1', nested])]], ['2', [whole]])],
    [{ $setWindowFields: { sortBy: { 10: 1 }, output: { 0: { $sum: '$10' } } } },
      doc(['_id', 1], ['b', 1], ['10', 2], ['1', nested], ['a', 3], ['0', 2])],
    [{ $fill: { output: { 0: { value: 7 } } } },
      doc(['_id', 1], ['b', 1], ['10', 2], ['1', nested], ['a', 3], ['0', 7])],
    [{ $redact: { $cond: [{ $eq: ['$z', 1] }, '$$PRUNE', '$$DESCEND'] } },
      doc(['_id', 1], ['b', 1], ['10', 2], ['a', 3])],
  ]; // prettier-ignore

  for (const [stage, wanted] of PIPELINES) {
    it(`through ${JSON.stringify(stage, (_, value: unknown) => (value instanceof Map ? [...value] : value))}`, async () => {
      const name = await filled(whole);

      const found = await server.database.collection(name).aggregate([stage], options).toArray();

      expect(found.map((bytes) => listed(bytes))).to.deep.equal([order(wanted)]);
    });
  }

  it('through $lookup, $graphLookup and $merge', async () => {
    const name = await filled(whole);
    const { collectionName: into } = server.collection();
    const lookup = { from: name, localField: '10', foreignField: '10', as: '8' };
    const reach = {
      from: name,
      startWith: '$10',
      connectFromField: 'a',
      connectToField: '10',
      as: 'g',
      depthField: '6',
    };

    const stages = [{ $lookup: lookup }, { $graphLookup: reach }, { $merge: { into, on: '_id' } }];
    await server.database.collection(name).aggregate(stages).toArray();

    const reached = doc(...whole, ['6', 0]);
    expect(await stored(into)).to.deep.equal(order(doc(...whole, ['8', [whole]], ['g', [reached]])));
  });

  it('in projections of find', async () => {
    const name = await filled(whole);
    const find = server.database.collection(name);

    const asked = [{ 1: 1, b: 1 }, { 10: 0 }, { _id: 0, v: '$1' }, { '1.2': 1, '1.a': 1, _id: 0 }];
    const found = await Promise.all(
      asked.map((projection) => find.find({}, { projection, raw: true }).toArray()),
    );

    expect(found.map(([bytes]) => listed(bytes))).to.deep.equal([
      order(doc(['_id', 1], ['b', 1], ['1', nested])),
      order(doc(['_id', 1], ['b', 1], ['1', nested], ['a', 3])),
      order(doc(['v', nested])),
      order(doc(['1', doc(['2', 2], ['a', 3])])),
    ]);
  });

  it('are equal to a document in the same order only, with an index and without', async () => {
    const name = await filled(whole);
    const collection = server.database.collection(name);
    const ask = () =>
      Promise.all(
        [nested, doc(['2', 2], ['z', 1], ['a', 3])].map(
          async (value) =>
            (await server.database.command({ count: name, query: { 1: value } }))['n'] as number,
        ),
      );

    const without = await ask();
    await collection.createIndex({ 1: 1 });

    expect([without, await ask()]).to.deep.equal([[1, 0], [1, 0]]); // prettier-ignore
  });

  it('are found and kept unique by their indexes', async () => {
    const name = await filled(whole);
    const collection = server.database.collection<Document>(name);
    await collection.createIndex({ 10: 1, '1.2': -1 }, { unique: true });

    const again = await failureOf(collection.insertOne({ 10: 2, 1: { 2: 2 } }));
    const found = await collection.find({ 10: 2, '1.2': { $gte: 2 } }).toArray();

    expect(again).to.deep.include({
      code: 11000,
      keyPattern: { 10: 1, '1.2': -1 },
      keyValue: { 10: 2, '1.2': 2 },
    });
    expect(String(again['message'])).to.include('dup key: { 10: 2, 1.2: 2 }');
    expect(found).to.have.length(1);
  });

  it('are checked and named plainly by $jsonSchema', async () => {
    const { collectionName: name } = server.collection();
    const schema = {
      required: ['1', '2'],
      properties: { 3: { bsonType: 'string' } },
      patternProperties: { '^4': {} },
    };
    const validator = { $jsonSchema: { ...schema, additionalProperties: false } };
    await server.database.command({ create: name, validator });

    const document = { 1: 1, 3: 1, 40: 1, 50: 1 };
    const answer = await failureOf(server.database.collection<Document>(name).insertOne(document));

    const rules = (answer['errInfo'] as Document)['details'].schemaRulesNotSatisfied as Document[];
    expect(Object.fromEntries(rules.map((rule) => [rule['operatorName'], rule]))).to.deep.nested.include({
      'required.missingProperties': ['2'],
      'properties.propertiesNotSatisfied[0].propertyName': '3',
      'additionalProperties.additionalProperties': ['_id', '1', '50'],
    });
  });

  it('mean places in arrays and fields in documents, as before', async () => {
    const { collectionName: name } = server.collection();
    const collection = server.database.collection<Document>(name);
    await collection.insertMany([
      { _id: 1 as never, a: [{ b: 1 }, { b: 2 }] },
      { _id: 2 as never, a: { 1: { b: 2 } } },
      { _id: 3 as never, a: [{ 1: { b: 2 } }] },
    ]);

    const found = await collection.find({ 'a.1.b': 2 }).sort({ _id: 1 }).toArray();
    const element = await collection.find({ a: { $elemMatch: { '1.b': 2 } } }).toArray();

    expect(found.map(({ _id }) => _id as unknown)).to.deep.equal([1, 2, 3]);
    expect(element.map(({ _id }) => _id as unknown)).to.deep.equal([3]);
  });

  it('in bytes that are decoded and encoded, beside every other type', () => {
    const bytes = Buffer.from(
      BSON.serialize(
        doc(
          ['z', 'x'],
          ['1', new Int32(1)],
          ['c', new Code('f()')],
          ['0', [1, doc(['y', /a/i], ['7', null])]],
        ),
      ),
    );

    expect(encodeDocument(decodeDocument(bytes)).equals(bytes)).to.equal(true);
  });
});
