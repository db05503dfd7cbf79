import { expect } from 'chai';
import type { Document } from 'mongodb';
import { Binary } from 'mongodb';
import type { TestServer } from '../server.ts';
import { testServer } from '../server.ts';
import { codeOf, held } from './tables.ts';

const MIB = 1024 * 1024;
const taken = (index: number): Document => ({ index, code: 11000 });

/** Commands on a collection with `{ _id: 1, k: 1 }` and `{ _id: 2, k: 2 }`, whose `k` is unique. */
type Bulk = readonly [
  what: string,
  command: Document,
  counts: Document,
  errors: readonly Document[],
  ids: readonly number[],
];
const update = (q: Document, u: unknown, more: Document = {}): Document => ({ q, u, ...more });
const set = (k: number): Document => ({ $set: { k } });

/** Source: manual, insert, update, delete: ordered, writeErrors, n, nModified, upserted */
const BULKS: readonly Bulk[] = [
  ['an ordered insert stops', { insert: 'c', documents: [{ _id: 3 }, { _id: 1 }, { _id: 4 }] },
    { n: 1 }, [taken(1)], [1, 2, 3]],
  ['an unordered insert goes on', { insert: 'c', documents: [{ _id: 1 }, { _id: 3, k: 3 }, { _id: 4, k: 3 },
    { _id: 5, k: 5 }], ordered: false },
    { n: 2 }, [taken(0), taken(2)], [1, 2, 3, 5]],
  ['an ordered update stops', { update: 'c', updates: [update({ _id: 1 }, set(3)), update({ _id: 2 }, set(3)),
    update({ _id: 1 }, set(9))] },
    { n: 1, nModified: 1 }, [taken(1)], [1, 2]],
  ['an unordered update goes on', { update: 'c', updates: [update({ _id: 1 }, set(2)), update({ _id: 2 },
    set(9))], ordered: false },
    { n: 1, nModified: 1 }, [taken(0)], [1, 2]],
  ['an update without a change', { update: 'c', updates: [update({ _id: 1 }, set(1)), update({ _id: 9 }, set(1))] },
    { n: 1, nModified: 0 }, [], [1, 2]],
  ['a replacement that is the document', { update: 'c', updates: [update({ k: 1 }, { _id: 1, k: 1 })] },
    { n: 1, nModified: 0 }, [], [1, 2]],
  ['a replacement without `_id`', { update: 'c', updates: [update({ _id: 1 }, { k: 1 })] },
    { n: 1, nModified: 1 }, [], [1, 2]],
  ['a replacement in another order', { update: 'c', updates: [update({ _id: 1 }, { k: 1, _id: 1 })] },
    { n: 1, nModified: 1 }, [], [1, 2]],
  ['an empty $set', { update: 'c', updates: [update({ _id: 1 }, { $set: {} })] }, { n: 1, nModified: 0 }, [], [1, 2]],
  ['a pipeline without a change', { update: 'c', updates: [update({ _id: 1 }, [{ $set: { k: '$k' } }])] },
    { n: 1, nModified: 0 }, [], [1, 2]],
  ['many updated', { update: 'c', updates: [update({}, { $inc: { n: 1 } }, { multi: true })] },
    { n: 2, nModified: 2 }, [], [1, 2]],
  ['many, of which one changes', { update: 'c', updates: [update({}, { $max: { m: 1 }, $min: { k: 1 } },
    { multi: true })] },
    { n: 0, nModified: 0 }, [taken(0)], [1, 2]],
  ['upserts among updates', { update: 'c', updates: [update({ _id: 1 }, set(7)), update({ _id: 5 }, set(5),
    { upsert: true }), update({ _id: 6 }, set(6), { upsert: true })] },
    { n: 3, nModified: 1, upserted: [{ index: 1, _id: 5 }, { index: 2, _id: 6 }] }, [], [1, 2, 5, 6]],
  ['an upsert that a unique index refuses', { update: 'c', updates: [update({ _id: 5 }, set(1),
    { upsert: true }), update({ _id: 6 }, set(6), { upsert: true })] },
    { n: 0, nModified: 0 }, [taken(0)], [1, 2]],
  ['an update that is none, among others', { update: 'c', updates: [update({ _id: 1 }, { $nonsense: { a: 1 } }),
    update({ _id: 2 }, set(9))], ordered: false },
    { n: 1, nModified: 1 }, [{ index: 0, code: 9 }], [1, 2]],
  ['deletes', { delete: 'c', deletes: [{ q: { _id: 1 }, limit: 1 }, { q: { _id: 9 }, limit: 1 }] }, { n: 1 },
    [], [2]],
  ['a delete of one of many', { delete: 'c', deletes: [{ q: {}, limit: 1 }] }, { n: 1 }, [], [2]],
  ['a delete of all', { delete: 'c', deletes: [{ q: {}, limit: 0 }] }, { n: 2 }, [], []],
  ['deletes, one of which is none', { delete: 'c', deletes: [{ q: { a: { $nonsense: 1 } }, limit: 1 },
    { q: { _id: 1 }, limit: 1 }], ordered: false },
    { n: 1 }, [{ index: 0, code: 2 }], [2]],
  ['deletes, the first of which is none', { delete: 'c', deletes: [{ q: { a: { $nonsense: 1 } }, limit: 1 },
    { q: { _id: 1 }, limit: 1 }] },
    { n: 0 }, [{ index: 0, code: 2 }], [1, 2]],
]; // prettier-ignore

/** Whole commands that are refused before anything is done. */
const REFUSED: readonly (readonly [what: string, command: Document, code: number])[] = [
  ['no documents', { insert: 'c', documents: [] }, 72],
  ['documents left out', { insert: 'c' }, 40414],
  ['documents that are none', { insert: 'c', documents: 5 }, 14],
  ['no updates', { update: 'c', updates: [] }, 72],
  ['an update without a filter', { update: 'c', updates: [{ u: { $set: { a: 1 } } }] }, 40414],
  ['an update without an update', { update: 'c', updates: [{ q: {} }] }, 40414],
  ['a delete without a filter', { delete: 'c', deletes: [{ limit: 0 }] }, 40414],
  ['a delete without a limit', { delete: 'c', deletes: [{ q: {} }] }, 40414],
  ['a delete of two', { delete: 'c', deletes: [{ q: {}, limit: 2 }] }, 9],
  ['a list as _id', { insert: 'c', documents: [{ _id: [1] }] }, 53],
  ['a pattern as _id', { insert: 'c', documents: [{ _id: /x/ }] }, 53],
  ['an operator in _id', { insert: 'c', documents: [{ _id: { $x: 1 } }] }, 52],
  ['a name with a NUL in $rename', { update: 'c', updates: [{ q: {}, u: { $rename: { a: 'b\0' } } }] }, 2],
  ['a pattern with a NUL', { find: 'c', filter: { a: { $regex: 'a\0' } } }, 2],
  ['a collection with a NUL', { insert: 'c\0', documents: [{ a: 1 }] }, 73],
  ['an index with a NUL', { createIndexes: 'c', indexes: [{ key: { a: 1 }, name: 'a\0' }] }, 67],
  ['a pair with a NUL', { aggregate: 'c', pipeline: [{ $set: { o: { $arrayToObject: [[['a\0', 1]]] } } }],
    cursor: {} }, 4940400],
  ['an index of no field', { createIndexes: 'c', indexes: [{ key: { '': 1 }, name: 'x' }] }, 67],
  ['an index of an operator', { createIndexes: 'c', indexes: [{ key: { $a: 1 }, name: 'x' }] }, 67],
  ['an index of half a path', { createIndexes: 'c', indexes: [{ key: { 'a..b': 1 }, name: 'x' }] }, 67],
  ['an order that is neither up nor down', { find: 'c', sort: { a: 2 } }, 15975],
  ['an order that is text', { find: 'c', sort: { a: 'up' } }, 15974],
  ['an order by nothing', { find: 'c', sort: { '': 1 } }, 40352],
  ['a group named with a dot', { aggregate: 'c', pipeline: [{ $group: { _id: 1, 'a.b': { $sum: 1 } } }],
    cursor: {} }, 40235],
]; // prettier-ignore

describe('embedded MongoDB: writes in bulk, and what may be stored', () => {
  let server: TestServer;
  before(async () => {
    server = await testServer();
  });
  after(() => server.close());

  const onOwn = (command: Document, name: string): Document => {
    const [[verb, given] = ['', ''], ...rest] = Object.entries(command);
    return { [verb]: String(given).replace('c', name), ...Object.fromEntries(rest) };
  };

  for (const [what, command, counts, errors, ids] of BULKS) {
    it(`counts and numbers ${what}`, async () => {
      const collection = server.collection();
      await collection.createIndex({ k: 1 }, { unique: true, sparse: true });
      await collection.insertMany([1, 2].map((_id) => ({ _id, k: _id })) as Document[]);

      const answer = await server.database.command(onOwn(command, collection.collectionName));

      const { writeErrors = [], ok, ...rest } = answer as Document & { writeErrors?: Document[] };
      expect(ok).to.equal(1);
      expect(rest).to.deep.equal(counts);
      expect(writeErrors.map(({ index, code }) => ({ index, code }))).to.deep.equal(errors);
      for (const error of writeErrors.filter(({ code }) => code === 11000)) {
        const [name = ''] = Object.keys(error['keyPattern'] as Document);
        expect(name).to.be.oneOf(['k', '_id']);
        expect(Object.keys(error['keyValue'] as Document)).to.deep.equal([name]);
      }
      expect((await held(collection)).map(({ _id }) => Number(_id))).to.deep.equal(ids);
    });
  }

  for (const [what, command, code] of REFUSED) {
    it(`refuses ${what} with ${code}, and changes nothing`, async () => {
      const collection = server.collection();
      await collection.insertMany([{ _id: 1, a: 'x' }, { _id: 2 }] as Document[]);

      expect(await codeOf(server.database.command(onOwn(command, collection.collectionName)))).to.equal(code);
      expect(await collection.countDocuments({ b: { $exists: false } })).to.equal(2);
    });
  }

  it('keeps names with nothing, dots, dollars and any letters, in updates and answers too', async () => {
    const collection = server.collection();
    const inner = { '': 1, 'a.b': 2, $c: 3, ê: 4, 'e\u0302': 5, '☕😀': 6, __proto__x: 7, constructor: 8 };
    await collection.insertOne({ _id: 1, inner, ...inner } as Document);

    await collection.updateOne({}, { $set: { other: 1, 'new.☕😀': 1 } });
    const moved = await collection.findOneAndUpdate({ 'inner.ê': 4 }, [{ $set: { copy: '$inner' } }], {
      returnDocument: 'after',
    });

    expect(moved).to.deep.equal({ _id: 1, inner, ...inner, other: 1, new: { '☕😀': 1 }, copy: inner });
    expect(Object.keys(moved?.['inner'] as Document)).to.deep.equal(Object.keys(inner));
    expect(await collection.countDocuments({ '': 1, 'inner.e\u0302': 5, 'inner.': 1 })).to.equal(1);
  });

  it('keeps a name like __proto__ as any other', async () => {
    const collection = server.collection();
    const document = JSON.parse('{ "_id": 1, "__proto__": { "x": 1 } }') as Document;
    await collection.insertOne(document);

    await collection.updateOne({}, { $set: { y: 1 } });

    expect(await collection.countDocuments({ '__proto__.x': 1, y: 1 })).to.equal(1);
  });

  const nested = (levels: number): Document => {
    let document: Document = { end: 1 };
    for (let level = 1; level < levels; level++) document = { d: document };
    return document;
  };
  for (const [levels, code] of [
    [100, 0],
    [180, 0],
    [181, 15],
    [200, 15],
    [260, 15],
  ] as const) {
    it(`${code === 0 ? 'stores' : 'refuses'} a document of ${levels} levels, and goes on`, async () => {
      const collection = server.collection();
      const { collectionName } = collection;
      const insert = { insert: collectionName, documents: [nested(levels)] };

      expect(await codeOf(server.database.command(insert))).to.equal(code);
      expect(await collection.countDocuments()).to.equal(code === 0 ? 1 : 0);
    });
  }

  it('refuses an update that nests too deep', async () => {
    const collection = server.collection();
    await collection.insertOne({ _id: 1, d: nested(170) } as Document);
    const path = `d.${'d.'.repeat(169)}x`;

    const u = { $set: { [path]: nested(20) } };
    const update = { update: collection.collectionName, updates: [{ q: {}, u }] };

    expect(await codeOf(server.database.command(update))).to.equal(15);
  });

  const text = (bytes: number): string => 'x'.repeat(bytes);
  /** What `{ _id: 1, t: '' }` has in BSON. */
  const rest = 22;

  it('takes a document of 16 MiB to the byte, and none larger', async () => {
    const collection = server.collection();
    const insert = async (bytes: number): Promise<number> => {
      const documents = [{ _id: bytes % 1_000_003, t: text(bytes) }];
      return codeOf(server.database.command({ insert: collection.collectionName, documents }));
    };

    const fitting = 16 * MIB - rest;
    expect(await insert(fitting)).to.equal(0);
    expect(await insert(fitting + 1)).to.equal(2);
    expect(await codeOf(collection.insertOne({ t: text(16 * MIB + 20_000) }))).to.equal(10334);
    expect(await collection.countDocuments()).to.equal(1);
  });

  it('refuses growth beyond 16 MiB, by any update, and changes nothing', async () => {
    const collection = server.collection();
    await collection.insertOne({ _id: 1, t: text(9 * MIB) } as Document);
    const more = text(8 * MIB);
    const command = (u: unknown, upsert = false, q: Document = { _id: 1 }): Document => ({
      update: collection.collectionName,
      updates: [{ q, u, upsert }],
    });

    const codes = [
      await codeOf(server.database.command(command({ $set: { more } }))),
      await codeOf(server.database.command(command({ $push: { list: more } }))),
      await codeOf(server.database.command(command([{ $set: { t: { $concat: ['$t', '$t'] } } }]))),
      await codeOf(server.database.command(command({ $set: { more } }, true, { _id: 2, t: more }))),
    ];

    expect(codes).to.deep.equal([17419, 17419, 17419, 17420]);
    expect(await collection.countDocuments({ more: null, list: null })).to.equal(1);
  });

  it('refuses a $group whose list is beyond 16 MiB', async () => {
    const collection = server.collection();
    await collection.insertMany([1, 2, 3].map((_id) => ({ _id, t: text(6 * MIB) }) as Document));
    const pipeline = [{ $group: { _id: null, all: { $push: '$t' } } }];

    const code = await codeOf(
      server.database.command({ aggregate: collection.collectionName, pipeline, cursor: {} }),
    );

    expect(code).to.equal(10334);
  });

  it('takes a message of more than 16 MiB, in many documents', async () => {
    const collection = server.collection();
    const bytes = new Binary(Buffer.alloc(MIB));

    const { insertedCount } = await collection.insertMany(
      Array.from({ length: 40 }, (_, at) => ({ at, bytes })),
    );

    expect(insertedCount).to.equal(40);
    expect(await collection.countDocuments()).to.equal(40);
  });
});
