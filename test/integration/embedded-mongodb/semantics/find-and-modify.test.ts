import { expect } from 'chai';
import type { Document } from 'mongodb';
import { Int32 } from 'mongodb';
import type { TestServer } from '../server.ts';
import { testServer } from '../server.ts';
import { codeOf, exact, held } from './tables.ts';

/** What is stored, what is asked; the answer (`lastErrorObject`, `value`) and what is stored then, or a code. */
type Case = readonly [
  what: string,
  before: readonly Document[],
  command: Document,
  answer:
    { readonly last: Document; readonly value: Document | null; readonly then: readonly Document[] } | number,
];

const DONE = { n: 1, updatedExisting: true };
const NONE = { n: 0, updatedExisting: false };
const two = [{ _id: 1, n: 2 }, { _id: 2, n: 1 }]; // prettier-ignore
const list = [{ _id: 1, a: [{ k: 1, v: 1 }, { k: 2, v: 1 }] }]; // prettier-ignore
const inc = { $inc: { n: 10 } };

/** Source: manual, findAndModify; server, jstests/core/write/find_and_modify/*.js */
const CASES: readonly Case[] = [
  ['gives the document as it was', two, { query: { _id: 1 }, update: inc },
    { last: DONE, value: { _id: 1, n: 2 }, then: [{ _id: 1, n: 12 }, { _id: 2, n: 1 }] }],
  ['gives the document as it is', two, { query: { _id: 1 }, update: inc, new: true },
    { last: DONE, value: { _id: 1, n: 12 }, then: [{ _id: 1, n: 12 }, { _id: 2, n: 1 }] }],
  ['takes the first of an order, before', two, { query: {}, sort: { n: 1 }, update: inc },
    { last: DONE, value: { _id: 2, n: 1 }, then: [{ _id: 1, n: 2 }, { _id: 2, n: 11 }] }],
  ['takes the first of an order, after', two, { query: {}, sort: { n: -1 }, update: inc, new: true },
    { last: DONE, value: { _id: 1, n: 12 }, then: [{ _id: 1, n: 12 }, { _id: 2, n: 1 }] }],
  ['removes the first of an order', two, { query: {}, sort: { n: 1 }, remove: true },
    { last: { n: 1 }, value: { _id: 2, n: 1 }, then: [{ _id: 1, n: 2 }] }],
  ['replaces and keeps _id', two, { query: { _id: 1 }, update: { m: 1 }, new: true },
    { last: DONE, value: { _id: 1, m: 1 }, then: [{ _id: 1, m: 1 }, { _id: 2, n: 1 }] }],
  ['finds nothing to update', two, { query: { _id: 9 }, update: inc, new: true },
    { last: NONE, value: null, then: two }],
  ['finds nothing to remove', two, { query: { _id: 9 }, remove: true }, { last: { n: 0 }, value: null, then: two }],
  ['changes nothing and yet has found', two, { query: { _id: 1 }, update: { $set: { n: 2 } }, new: true },
    { last: DONE, value: { _id: 1, n: 2 }, then: two }],
  ['upserts and gives nothing', [], { query: { _id: 3 }, update: inc, upsert: true },
    { last: { n: 1, updatedExisting: false, upserted: 3 }, value: null, then: [{ _id: 3, n: 10 }] }],
  ['upserts and gives what is new', [], { query: { _id: 3, k: 1 }, update: inc, upsert: true, new: true },
    { last: { n: 1, updatedExisting: false, upserted: 3 }, value: { _id: 3, k: 1, n: 10 },
      then: [{ _id: 3, k: 1, n: 10 }] }],
  ['upserts with an order', [], { query: { _id: 3 }, sort: { n: 1 }, update: { a: 1 }, upsert: true, new: true },
    { last: { n: 1, updatedExisting: false, upserted: 3 }, value: { _id: 3, a: 1 }, then: [{ _id: 3, a: 1 }] }],
  ['upsert finds one', two, { query: { _id: 1 }, update: inc, upsert: true },
    { last: DONE, value: { _id: 1, n: 2 }, then: [{ _id: 1, n: 12 }, { _id: 2, n: 1 }] }],
  ['fields, before', two, { query: { _id: 1 }, update: inc, fields: { _id: 0 } },
    { last: DONE, value: { n: 2 }, then: [{ _id: 1, n: 12 }, { _id: 2, n: 1 }] }],
  ['fields, after', two, { query: { _id: 1 }, update: inc, fields: { n: 1, _id: 0 }, new: true },
    { last: DONE, value: { n: 12 }, then: [{ _id: 1, n: 12 }, { _id: 2, n: 1 }] }],
  ['fields of what is removed', two, { query: { _id: 1 }, remove: true, fields: { n: 0 } },
    { last: { n: 1 }, value: { _id: 1 }, then: [{ _id: 2, n: 1 }] }],
  ['fields of what is upserted', [], { query: { _id: 3 }, update: inc, upsert: true, new: true, fields: { _id: 0 } },
    { last: { n: 1, updatedExisting: false, upserted: 3 }, value: { n: 10 }, then: [{ _id: 3, n: 10 }] }],
  ['$elemMatch looks at what is given, after', [{ _id: 1, a: [{ x: 1, y: 1 }, { x: 1, y: 2 }] }],
    { query: { _id: 1 }, fields: { a: { $elemMatch: { x: 1 } } }, update: { $pop: { a: -1 } }, new: true },
    { last: DONE, value: { _id: 1, a: [{ x: 1, y: 2 }] }, then: [{ _id: 1, a: [{ x: 1, y: 2 }] }] }],
  ['the element that was found, before', list,
    { query: { 'a.k': 2 }, fields: { 'a.$': 1 }, update: { $set: { 'a.$.v': 9 } } },
    { last: DONE, value: { _id: 1, a: [{ k: 2, v: 1 }] }, then: [{ _id: 1, a: [{ k: 1, v: 1 }, { k: 2, v: 9 }] }] }],
  ['the element that was found, removed', [{ _id: 42, a: [1, 2] }],
    { query: { a: 2 }, fields: { 'a.$': 1 }, remove: true }, { last: { n: 1 }, value: { _id: 42, a: [2] }, then: [] }],
  ['arrayFilters', list,
    { query: {}, update: { $set: { 'a.$[i].v': 5 } }, arrayFilters: [{ 'i.k': 1 }], new: true },
    { last: DONE, value: { _id: 1, a: [{ k: 1, v: 5 }, { k: 2, v: 1 }] },
      then: [{ _id: 1, a: [{ k: 1, v: 5 }, { k: 2, v: 1 }] }] }],
  ['a pipeline, before, with fields', two, { query: { _id: 1 }, update: [{ $set: { y: '$n' } }], fields: { n: 0 } },
    { last: DONE, value: { _id: 1 }, then: [{ _id: 1, n: 2, y: 2 }, { _id: 2, n: 1 }] }],
  ['a pipeline, after, with an order', two, { update: [{ $set: { y: '$n' } }], sort: { n: -1 }, new: true },
    { last: DONE, value: { _id: 1, n: 2, y: 2 }, then: [{ _id: 1, n: 2, y: 2 }, { _id: 2, n: 1 }] }],
  ['a pipeline that upserts', [], { query: { _id: 3 }, update: [{ $set: { y: 1 } }], upsert: true, new: true },
    { last: { n: 1, updatedExisting: false, upserted: 3 }, value: { _id: 3, y: 1 }, then: [{ _id: 3, y: 1 }] }],
  ['numbers for yes and no', two, { query: { _id: 1 }, update: inc, new: 1, remove: 0 },
    { last: DONE, value: { _id: 1, n: 12 }, then: [{ _id: 1, n: 12 }, { _id: 2, n: 1 }] }],
  ['null for what is not given', two, { query: null, sort: null, fields: null, update: inc },
    { last: DONE, value: { _id: 1, n: 2 }, then: [{ _id: 1, n: 12 }, { _id: 2, n: 1 }] }],
  ['the element that was found, after', list,
    { query: { 'a.k': 2 }, fields: { 'a.$': 1 }, update: { $set: { 'a.$.v': 9 } }, new: true }, 2],
  ['neither an update nor a removal', two, { query: { _id: 1 } }, 9],
  ['an update and a removal', two, { query: {}, update: inc, remove: true }, 9],
  ['a removal that gives what is new', two, { query: {}, remove: true, new: true }, 9],
  ['a removal that upserts', two, { query: {}, remove: true, upsert: true }, 9],
  ['a removal with arrayFilters', two, { query: {}, remove: true, arrayFilters: [{ x: 1 }] }, 9],
  ['a pipeline with arrayFilters', two, { query: {}, update: [], arrayFilters: [{ x: 1 }] }, 9],
  ['operators beside fields', two, { query: {}, update: { $set: { a: 1 }, b: 1 } }, 9],
  ['an unknown operator', two, { query: {}, update: { $nonsense: { a: 1 } } }, 9],
  ['an update that is none', two, { query: {}, update: 5 }, 9],
  ['another _id', two, { query: { _id: 1 }, update: { $set: { _id: 5 } } }, 66],
  ['another _id in a replacement', two, { query: { _id: 1 }, update: { _id: 5 } }, 66],
  ['a query that is none', two, { query: 1, update: inc }, 14],
  ['an order that is none', two, { query: {}, sort: 1, update: inc }, 14],
  ['fields that are none', two, { query: {}, fields: 'x', update: inc }, 14],
  ['a projection of both ways', two, { query: {}, fields: { n: 1, m: 0 }, update: inc }, 31254],
  ['a hint of an index that there is not', two, { query: {}, update: inc, hint: 'nonsense' }, 2],
  ['a number as hint', two, { query: {}, update: inc, hint: 1 }, 9],
  ['an unknown field', two, { query: {}, update: inc, nonsense: 1 }, 40415],
  ['text to a number', two, { query: {}, update: { $inc: { n: 'x' } } }, 14],
]; // prettier-ignore

describe('embedded MongoDB: findAndModify', () => {
  let server: TestServer;
  let outcomes: { readonly code: number; readonly answer: Document; readonly then: readonly Document[] }[] =
    [];
  before(async () => {
    server = await testServer();
    outcomes = await Promise.all(
      CASES.map(async ([, stored, command]) => {
        const collection = server.collection();
        if (stored.length > 0) await collection.insertMany(stored.map((one) => ({ ...one })));
        const asked = { findAndModify: collection.collectionName, ...command };
        const options = { promoteValues: false };
        const answered = server.database.command(asked, options).catch((error: unknown) => error as Document);
        const code = await codeOf(answered);
        return { code, answer: await answered, then: await held(collection) };
      }),
    );
  });
  after(() => server.close());

  CASES.forEach(([what, stored, , wanted], at) => {
    it(`${what}${typeof wanted === 'number' ? ` → ${wanted}` : ''}`, () => {
      const { code, answer, then = [] } = outcomes[at] ?? { code: -1, answer: {} as Document };

      expect(code).to.equal(typeof wanted === 'number' ? wanted : 0);
      expect(exact(then)).to.equal(exact(typeof wanted === 'number' ? stored : wanted.then));
      if (typeof wanted === 'number') return;
      expect(exact(answer['lastErrorObject'])).to.equal(exact(wanted.last));
      expect(exact(answer['value'])).to.equal(exact(wanted.value));
    });
  });

  it('names the key that is taken, as a command and not as a write error', async () => {
    const collection = server.collection();
    await collection.createIndex({ k: 1 }, { unique: true });
    await collection.insertMany([{ k: 1 }, { k: 2 }]);
    const command = { findAndModify: collection.collectionName, query: { k: 1 }, update: { $set: { k: 2 } } };

    const error = await server.database.command(command).catch((failure: unknown) => failure as Document);

    expect(error['code']).to.equal(11000);
    expect(error['keyPattern'] ?? error['errorResponse']?.keyPattern).to.deep.equal({ k: 1 });
    expect(error['keyValue'] ?? error['errorResponse']?.keyValue).to.deep.equal({ k: 2 });
  });

  it('gives each of many clients another document', async () => {
    const collection = server.collection();
    await collection.insertMany(Array.from({ length: 20 }, (_, at) => ({ at, state: 'open' })));

    const taken = await Promise.all(
      Array.from({ length: 25 }, () =>
        collection.findOneAndUpdate({ state: 'open' }, { $set: { state: 'taken' } }, { sort: { at: 1 } }),
      ),
    );

    const places = taken.map((one) => (one === null ? null : Number(one['at'])));
    expect(places.filter((at) => at !== null)).to.have.members(Array.from({ length: 20 }, (_, at) => at));
    expect(places.filter((at) => at === null)).to.have.lengthOf(5);
  });

  it('answers the name in small letters too', async () => {
    const answer = await server.database.command({
      findandmodify: 'small',
      query: { _id: new Int32(1) },
      update: { $set: { a: 1 } },
      upsert: true,
    });

    expect(answer['lastErrorObject']).to.deep.equal({ n: 1, updatedExisting: false, upserted: 1 });
  });
});
