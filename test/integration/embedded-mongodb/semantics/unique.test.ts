import { expect } from 'chai';
import { Binary, BSONRegExp, Decimal128, Double, Int32, Long, ObjectId, Timestamp } from 'mongodb';
import type { Document } from 'mongodb';
import type { TestServer } from '../server.ts';
import { testServer } from '../server.ts';
import type { HeldEngine } from './engine.ts';
import { heldEngine } from './engine.ts';

const decimal = (text: string): Decimal128 => Decimal128.fromString(text);
const TAKEN = 11000;

/** An index, and documents that come one after the other: each is taken, or refused with a code. */
type Case = readonly [
  what: string,
  index: Document,
  documents: readonly (readonly [fields: Document, code?: number])[],
];

const A = { a: 1 };

/** Source: manual, Unique Indexes, Sparse Indexes, Partial Indexes, Multikey Indexes; server, jstests/core/index */
const CASES: readonly Case[] = [
  ['null and a missing field are one', { key: A }, [[{ a: null }], [{}, TAKEN], [{ a: null }, TAKEN], [{ a: 0 }]]],
  ['a missing field first', { key: A }, [[{}], [{ a: null }, TAKEN], [{ b: 1 }, TAKEN]]],
  ['sparse: missing fields are none, null is one', { key: A, sparse: true },
    [[{}], [{}], [{ b: 1 }], [{ a: null }], [{ a: null }, TAKEN]]],
  ['sparse and compound: one field is enough', { key: { a: 1, b: 1 }, sparse: true },
    [[{}], [{}], [{ a: 1 }], [{ a: 1 }, TAKEN], [{ b: 1 }], [{ b: 1 }, TAKEN], [{ a: 1, b: null }, TAKEN]]],
  ['partial: only members count', { key: A, partialFilterExpression: { b: { $gt: 5 } } },
    [[{ a: 1 }], [{ a: 1 }], [{ a: 1, b: 5 }], [{ a: 1, b: 6 }], [{ a: 1, b: 7 }, TAKEN], [{ a: 2, b: 7 }], [{ b: 6 }],
      [{ b: 8 }, TAKEN]]],
  ['partial by what exists', { key: A, partialFilterExpression: { a: { $exists: true } } },
    [[{}], [{}], [{ a: null }], [{ a: null }, TAKEN]]],
  ['a list may hold a value twice; another document may not', { key: A },
    [[{ a: [1, 1] }], [{ a: 1 }, TAKEN], [{ a: [2, 1] }, TAKEN], [{ a: [2, 3] }], [{ a: 3 }, TAKEN]]],
  ['an empty list is one, and is not null', { key: A },
    [[{ a: [] }], [{ a: [] }, TAKEN], [{ a: null }], [{ a: [null] }, TAKEN], [{ a: [[]] }]]],
  ['a list in a list is a value of its own', { key: A }, [[{ a: [[1]] }], [{ a: [1] }], [{ a: [[1], 2] }, TAKEN]]],
  ['the elements of a list beside another field', { key: { a: 1, b: 1 } },
    [[{ a: [1, 2], b: 1 }], [{ a: 2, b: 2 }], [{ a: 2, b: 1 }, TAKEN], [{ a: [3, 2], b: 1 }, TAKEN], [{ a: 3, b: 1 }]]],
  ['two lists in one key', { key: { a: 1, b: 1 } },
    [[{ a: [1], b: [1] }, 171], [{ a: 1, b: [1] }], [{ a: [1], b: 1 }, TAKEN]]],
  ['fields of the documents in a list', { key: { 'a.b': 1 } },
    [[{ a: [{ b: 1 }, { b: 1 }] }], [{ a: { b: 1 } }, TAKEN], [{ a: [{ b: 2 }, {}] }], [{ a: {} }, TAKEN], [{}, TAKEN],
      [{ a: [{ b: [3, 4] }] }], [{ a: { b: 4 } }, TAKEN]]],
  ['two fields of the documents in a list', { key: { 'a.b': 1, 'a.c': 1 } },
    [[{ a: [{ b: 1, c: 1 }, { b: 2, c: 2 }] }], [{ a: { b: 1, c: 2 } }], [{ a: [{ b: 2, c: 2 }] }, TAKEN]]],
  ['documents by the order of their fields', { key: A },
    [[{ a: { x: 1, y: 2 } }], [{ a: { y: 2, x: 1 } }], [{ a: { x: new Double(1), y: 2 } }, TAKEN], [{ a: { x: 1 } }],
      [{ a: {} }], [{ a: {} }, TAKEN]]],
  ['numbers of every type', { key: A },
    [[{ a: new Int32(1) }], [{ a: Long.fromNumber(1) }, TAKEN], [{ a: new Double(1) }, TAKEN],
      [{ a: decimal('1.00') }, TAKEN],
      [{ a: '1' }], [{ a: true }], [{ a: new Double(1.5) }], [{ a: decimal('1.5') }, TAKEN]]],
  ['numbers beyond what a double has', { key: A },
    [[{ a: Long.fromString('9007199254740993') }], [{ a: new Double(9007199254740992) }],
      [{ a: decimal('9007199254740993') }, TAKEN], [{ a: decimal('0.1') }], [{ a: new Double(0.1) }]]],
  ['zero whatever its sign', { key: A },
    [[{ a: new Double(-0) }], [{ a: 0 }, TAKEN], [{ a: decimal('-0E+3') }, TAKEN], [{ a: Long.ZERO }, TAKEN]]],
  ['NaN of every type', { key: A },
    [[{ a: new Double(NaN) }], [{ a: new Double(NaN) }, TAKEN], [{ a: decimal('NaN') }, TAKEN],
      [{ a: new Double(Infinity) }],
      [{ a: decimal('Infinity') }, TAKEN], [{ a: decimal('-Infinity') }]]],
  ['types that look alike', { key: A },
    [[{ a: new Date(1_000) }], [{ a: new Timestamp({ t: 1, i: 0 }) }], [{ a: 1_000 }],
      [{ a: new ObjectId('aaaaaaaaaaaaaaaaaaaaaaaa') }], [{ a: 'aaaaaaaaaaaaaaaaaaaaaaaa' }],
      [{ a: new Binary(Buffer.from('a'), 0) }], [{ a: new Binary(Buffer.from('a'), 5) }],
      [{ a: new Binary(Buffer.from('a'), 0) }, TAKEN], [{ a: new BSONRegExp('a', '') }],
      [{ a: new BSONRegExp('a', 'i') }],
      [{ a: new BSONRegExp('a', 'i') }, TAKEN], [{ a: 'a' }], [{ a: 'A' }], [{ a: '\u00e1' }], [{ a: 'a\u0301' }]]],
  ['a descending key', { key: { a: -1, b: 1 } },
    [[{ a: 1, b: 1 }], [{ a: 1, b: 1 }, TAKEN], [{ a: 1 }], [{ a: 1, b: null }, TAKEN]]],
]; // prettier-ignore

describe('embedded MongoDB: unique indexes', () => {
  let engine: HeldEngine;
  let server: TestServer;
  let collections = 0;
  before(async () => {
    engine = await heldEngine();
    server = await testServer();
  });
  after(async () => {
    await engine.close();
    await server.close();
  });

  const indexed = (index: Document = { key: A }): string => {
    const name = `c${collections++}`;
    engine.ask({ createIndexes: name, indexes: [{ name: 'own', unique: true, ...index }] });
    return name;
  };
  const codeOf = (answer: Document): unknown =>
    ((answer['writeErrors'] ?? []) as Document[])[0]?.['code'] ?? answer['code'];
  const put = (insert: string, document: Document): unknown =>
    codeOf(engine.ask({ insert, documents: [document] }));
  const all = (find: string): Document[] => engine.ask({ find, sort: { _id: 1 } })['batch'] as Document[];
  const expectValid = (validate: string): void => {
    expect(engine.ask({ validate })).to.include({ ok: 1, valid: true });
  };

  for (const [what, index, documents] of CASES) {
    it(what, () => {
      const name = indexed(index);

      const codes = documents.map(([fields], _id) => put(name, { _id, ...fields }));

      expect(codes).to.deep.equal(documents.map(([, code]) => code));
      expect(all(name)).to.have.lengthOf(documents.filter(([, code]) => code === undefined).length);
      expectValid(name);
    });

    it(`${what}: so an index over them is refused, or made`, () => {
      const name = `c${collections++}`;
      for (const [_id, [fields]] of documents.entries()) put(name, { _id, ...fields });

      const answer = engine.ask({ createIndexes: name, indexes: [{ name: 'own', unique: true, ...index }] });

      const codes = documents.flatMap(([, code]) => (code === undefined ? [] : [code]));
      expect([undefined, ...codes]).to.include(answer['code'] as number | undefined);
      expect(answer['ok']).to.equal(codes.length === 0 ? 1 : 0);
      expectValid(name);
    });
  }

  const two = [{ _id: 1, a: 1 }, { _id: 2, a: 2 }, { _id: 3, a: [3, 4] }]; // prettier-ignore

  /** What changes one of the three documents, and the code where it is refused. */
  const CHANGES: readonly (readonly [what: string, update: Document, code?: number])[] = [
    ['$set to a value that is taken', { q: { _id: 1 }, u: { $set: { a: 2 } } }, TAKEN],
    ['$set to its own value', { q: { _id: 1 }, u: { $set: { a: new Double(1) } } }],
    ['$inc to a value that is taken', { q: { _id: 1 }, u: { $inc: { a: 1 } } }, TAKEN],
    ['$push of its own value', { q: { _id: 3 }, u: { $push: { a: 3 } } }],
    ['$push of a value that is taken', { q: { _id: 3 }, u: { $push: { a: 2 } } }, TAKEN],
    ['$set to an element of another', { q: { _id: 1 }, u: { $set: { a: 4 } } }, TAKEN],
    ['$pull', { q: { _id: 3 }, u: { $pull: { a: 4 } } }],
    ['$unset of one', { q: { _id: 1 }, u: { $unset: { a: '' } } }],
    ['$unset of two', { q: { _id: { $lt: 3 } }, u: { $unset: { a: '' } }, multi: true }, TAKEN],
    ['a replacement by a value that is taken', { q: { _id: 1 }, u: { a: 2 } }, TAKEN],
    ['a replacement that keeps the value', { q: { _id: 1 }, u: { a: 1, b: 1 } }],
    [
      'a pipeline to a value that is taken',
      { q: { _id: 1 }, u: [{ $set: { a: { $add: ['$a', 1] } } }] },
      TAKEN,
    ],
    ['an upsert of a value that is taken', { q: { _id: 9 }, u: { $set: { a: 2 } }, upsert: true }, TAKEN],
    [
      'an upsert that its filter gives a taken value',
      { q: { _id: 9, a: 2 }, u: { $set: { b: 1 } }, upsert: true },
      TAKEN,
    ],
    ['an upsert of a new value', { q: { a: 9 }, u: { $set: { b: 1 } }, upsert: true }],
    ['an upsert that finds one', { q: { a: 2 }, u: { $set: { b: 1 } }, upsert: true }],
  ];
  for (const [what, update, code] of CHANGES) {
    it(`${what}${code === undefined ? '' : ` → ${code}`}`, () => {
      const name = indexed();
      engine.ask({ insert: name, documents: two });

      const answer = engine.ask({ update: name, updates: [update] });

      expect(codeOf(answer)).to.equal(code);
      // A change of many is no whole: what was done before the failure stays.
      if (code !== undefined && update['multi'] !== true) expect(all(name)).to.deep.equal(two);
      expectValid(name);
    });
  }

  it('lets a value go to another document within one bulk, in its order', () => {
    const name = indexed();
    engine.ask({ insert: name, documents: two });

    const set = (_id: number, a: number): Document => ({ q: { _id }, u: { $set: { a } } });
    const answer = engine.ask({ update: name, updates: [set(1, 9), set(2, 1), set(1, 2)] });

    expect(answer).to.include({ n: 3, nModified: 3 });
    expect(all(name).map(({ a }) => a as unknown)).to.deep.equal([2, 1, [3, 4]]);
    expectValid(name);
  });

  it('goes on after a refusal in an unordered bulk, and stops in an ordered one', () => {
    const documents = [{ _id: 1, a: 1 }, { _id: 2, a: 1 }, { _id: 3, a: 2 }]; // prettier-ignore
    const [ordered, unordered] = [indexed(), indexed()];

    engine.ask({ insert: ordered, documents });
    engine.ask({ insert: unordered, documents, ordered: false });

    expect([ordered, unordered].map((name) => all(name).map(({ _id }) => _id as unknown))).to.deep.equal([
      [1],
      [1, 3],
    ]);
  });

  it('says which index, key and value', () => {
    const name = indexed({ key: { 'a.b': 1, c: -1 } });
    put(name, { _id: 1, a: [{ b: 1 }, { b: 2 }], c: 'x' });

    const { writeErrors } = engine.ask({ insert: name, documents: [{ _id: 2, a: { b: 2 }, c: 'x' }] });

    expect((writeErrors as Document[])[0]).to.deep.include({
      code: TAKEN,
      keyPattern: { 'a.b': 1, c: -1 },
      keyValue: { 'a.b': 2, c: 'x' },
      errmsg: `E11000 duplicate key error collection: test.${name} index: own dup key: { a.b: 2, c: "x" }`,
    });
  });

  it('lets one of many upserts at once make the document, and the others change it', async () => {
    const collection = server.collection();
    await collection.createIndex({ k: 1 }, { unique: true });

    const upserts = Array.from({ length: 40 }, (_, at) =>
      at % 2 === 0
        ? collection.updateOne({ k: at % 4 }, { $inc: { n: 1 } }, { upsert: true })
        : collection.findOneAndUpdate({ k: (at - 1) % 4 }, { $inc: { n: 1 } }, { upsert: true }),
    );
    await Promise.all(upserts);

    const made = await collection
      .find({}, { projection: { _id: 0 } })
      .sort({ k: 1 })
      .toArray();
    expect(made).to.deep.equal([{ k: 0, n: 20 }, { k: 2, n: 20 }]); // prettier-ignore
  });

  it('takes one of many inserts at once', async () => {
    const collection = server.collection();
    await collection.createIndex({ k: 1 }, { unique: true });

    const inserts = Array.from({ length: 30 }, (_, at) => collection.insertOne({ k: at % 3 }));
    const outcomes = await Promise.allSettled(inserts);

    expect(outcomes.filter(({ status }) => status === 'fulfilled')).to.have.lengthOf(3);
    expect(await collection.countDocuments()).to.equal(3);
  });
});
