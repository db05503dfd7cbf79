import { expect } from 'chai';
import type { Document, Long } from 'mongodb';
import { ObjectId, Timestamp } from 'mongodb';
import type { HeldEngine } from './engine.ts';
import { heldEngine } from './engine.ts';

const START = new Date('2026-11-24T00:00:00Z');
const before = (seconds: number): Date => new Date(START.getTime() - seconds * 1_000);

describe('embedded MongoDB: what time does', () => {
  let engine: HeldEngine;
  let collections = 0;
  beforeEach(async () => {
    engine = await heldEngine();
  });
  afterEach(() => engine.close());

  function stored(documents: readonly Document[], index: Document): string {
    const name = `c${collections++}`;
    engine.ask({ createIndexes: name, indexes: [{ name: 'ttl', ...index }] });
    engine.ask({ insert: name, documents });
    return name;
  }
  const left = (name: string): unknown[] =>
    (engine.ask({ find: name, sort: { _id: 1 } })['batch'] as Document[]).map(({ _id }) => _id as unknown);

  const EXPIRING: readonly (readonly [what: string, value: unknown, isGone: boolean])[] = [
    ['a date that is over', before(61), true],
    ['a date that is over to the second', before(60), true],
    ['a date that is not over yet', before(59), false],
    ['a date to come', before(-60), false],
    ['a list whose earliest date is over', [before(-60), before(61)], true],
    ['a list of dates that are not over', [before(1), before(-1)], false],
    ['a list with a date that is over among other things', ['x', before(61), null], true],
    ['an empty list', [], false],
    ['a number', 0, false],
    ['text', '1970-01-01', false],
    ['null', null, false],
    ['a timestamp', new Timestamp({ t: 1, i: 1 }), false],
    ['an ObjectId', new ObjectId('000000000000000000000000'), false],
    ['a document with a date', { at: before(61) }, false],
  ];
  it('removes what a TTL index says is over, and nothing else', () => {
    const documents = [
      ...EXPIRING.map(([, at], place) => ({ _id: place, at })),
      { _id: EXPIRING.length, other: before(61) },
    ];
    const name = stored(documents, { key: { at: 1 }, expireAfterSeconds: 60 });

    engine.tidy();

    const there = new Set(left(name));
    for (const [place, [what, , isGone]] of EXPIRING.entries()) {
      expect(there.has(place), what).to.equal(!isGone);
    }
    expect(there.has(EXPIRING.length), 'without the field').to.equal(true);
  });

  it('removes as the clock goes on, by descending indexes and paths through lists too', () => {
    const name = stored(
      [
        { _id: 1, a: [{ at: before(0) }] },
        { _id: 2, a: { at: before(-30) } },
      ],
      { key: { 'a.at': -1 }, expireAfterSeconds: 60 },
    );

    const seen = [0, 60, 89, 90].map((seconds) => {
      engine.now = before(-seconds);
      engine.tidy();
      return left(name);
    });

    expect(seen).to.deep.equal([[1, 2], [2], [2], []]);
  });

  it('removes only members of a partial index', () => {
    const documents = [1, 2].map((_id) => ({ _id, at: before(61), done: _id === 1 }));
    const index = { key: { at: 1 }, expireAfterSeconds: 60, partialFilterExpression: { done: true } };
    const name = stored(documents, index);

    engine.tidy();

    expect(left(name)).to.deep.equal([2]);
  });

  it('follows collMod, which tells the old time and the new', () => {
    const name = stored([{ _id: 1, at: before(100) }], { key: { at: 1 }, expireAfterSeconds: 3_600 });

    engine.tidy();
    const held = left(name);
    const answer = engine.ask({ collMod: name, index: { keyPattern: { at: 1 }, expireAfterSeconds: 60 } });
    engine.tidy();

    expect(held).to.deep.equal([1]);
    expect(answer).to.include({ expireAfterSeconds_old: 3_600, expireAfterSeconds_new: 60, ok: 1 });
    expect(left(name)).to.deep.equal([]);
  });

  it('removes the entries of other indexes too', () => {
    const name = stored([{ _id: 1, at: before(61), k: 1 }], { key: { at: 1 }, expireAfterSeconds: 60 });
    engine.ask({ createIndexes: name, indexes: [{ key: { k: 1 }, name: 'k', unique: true }] });

    engine.tidy();

    expect(engine.ask({ insert: name, documents: [{ _id: 2, k: 1 }] })['n']).to.equal(1);
    expect(engine.ask({ validate: name })).to.include({ valid: true });
  });

  const INDEXES: readonly (readonly [what: string, index: Document, code: number])[] = [
    ['of two fields', { key: { a: 1, b: 1 }, expireAfterSeconds: 1 }, 67],
    ['that expires before it begins', { key: { a: 1 }, expireAfterSeconds: -1 }, 67],
    ['beyond 31 bits', { key: { a: 1 }, expireAfterSeconds: 2 ** 31 }, 67],
    ['that expires by text', { key: { a: 1 }, expireAfterSeconds: '1' }, 67],
    ['of _id', { key: { _id: 1 }, expireAfterSeconds: 1 }, 197],
  ];
  for (const [what, index, code] of INDEXES) {
    it(`refuses a TTL index ${what} with ${code}`, () => {
      const answer = engine.ask({ createIndexes: 'refused', indexes: [{ name: 'ttl', ...index }] });

      expect(answer['code']).to.equal(code);
    });
  }

  it('refuses another time for an index that there is', () => {
    const name = stored([], { key: { at: 1 }, expireAfterSeconds: 60 });
    const index = { key: { at: 1 }, name: 'ttl', expireAfterSeconds: 61 };

    expect(engine.ask({ createIndexes: name, indexes: [index] })['code']).to.equal(85);
  });

  function opened(options: Document = {}): Long {
    engine.ask({ insert: 'many', documents: Array.from({ length: 10 }, (_, _id) => ({ _id })) });
    return engine.ask({ find: 'many', batchSize: 2, ...options })['id'] as Long;
  }
  const MINUTE = 60_000;

  it('closes a cursor that nobody asks for ten minutes', () => {
    const id = opened();

    const codes = [9, 9, 11].map((minutes) => {
      engine.now = new Date(engine.now.getTime() + minutes * MINUTE);
      engine.tidy();
      return engine.ask({ getMore: id, collection: 'many', batchSize: 1 })['code'] as unknown;
    });

    expect(codes).to.deep.equal([undefined, undefined, 43]);
  });

  it('keeps a cursor without time-out for days', () => {
    const id = opened({ noCursorTimeout: true });

    engine.now = new Date(engine.now.getTime() + 5 * 24 * 60 * MINUTE);
    engine.tidy();

    expect(engine.ask({ getMore: id, collection: 'many' })['batch']).to.have.lengthOf(8);
  });

  const EMPTY = new Timestamp({ t: 0, i: 0 });
  const replaced = { a: EMPTY, in: { a: EMPTY }, list: [EMPTY] };

  /** The commands that write `{ _id: 1, … }`. Source: server, jstests/core/write/empty_ts.js */
  const WRITES: readonly (readonly [what: string, command: (name: string) => Document, isStamped: boolean])[] = [
    ['an insert', (insert) => ({ insert, documents: [{ _id: 1, ...replaced }] }), true],
    ['a replacement', (update) => ({ update, updates: [{ q: { _id: 2 }, u: replaced }] }), true],
    ['an upsert that replaces',
      (update) => ({ update, updates: [{ q: { _id: 1 }, u: replaced, upsert: true }] }), true],
    ['findAndModify that replaces', (findAndModify) => ({ findAndModify, query: { _id: 2 }, update: replaced }), true],
    ['findAndModify that upserts a replacement',
      (findAndModify) => ({ findAndModify, query: { _id: 1 }, update: replaced, upsert: true }), true],
    ['$set', (update) => ({ update, updates: [{ q: { _id: 2 }, u: { $set: replaced } }] }), false],
    ['an upsert by $set',
      (update) => ({ update, updates: [{ q: { _id: 1 }, u: { $set: replaced }, upsert: true }] }), false],
    ['a pipeline', (update) => ({ update, updates: [{ q: { _id: 2 }, u: [{ $set: replaced }] }] }), false],
  ]; // prettier-ignore
  for (const [what, command, isStamped] of WRITES) {
    it(`${isStamped ? 'puts its time in place of' : 'leaves'} an empty timestamp at the top in ${what}`, () => {
      const name = `t${collections++}`;
      engine.ask({ insert: name, documents: [{ _id: 2, old: 1 }] });

      engine.ask(command(name));

      const [found] = engine.ask({ find: name, filter: { a: { $exists: true } } })['batch'] as Document[];
      const stamp = found?.['a'] as Timestamp;
      expect(stamp.getHighBits()).to.equal(isStamped ? START.getTime() / 1_000 : 0);
      expect(stamp.getLowBits() > 0).to.equal(isStamped);
      expect([found?.['in'], found?.['list']]).to.deep.equal([{ a: EMPTY }, [EMPTY]]);
    });
  }

  it('leaves an empty timestamp that is an _id, and gives no two the same', () => {
    const documents = [{ _id: EMPTY, a: EMPTY, b: EMPTY }];
    engine.ask({ insert: 'stamps', documents });

    const [found] = engine.ask({ find: 'stamps', filter: { _id: EMPTY } })['batch'] as Document[];
    expect(found?.['_id']).to.deep.equal(EMPTY);
    expect((found?.['a'] as Timestamp).lessThan(found?.['b'] as Timestamp)).to.equal(true);
  });
});
