import { expect } from 'chai';
import type { Collection, CreateIndexesOptions, Document } from 'mongodb';
import { BSONRegExp, MaxKey, MinKey } from 'mongodb';
import type { TestServer } from '../server.ts';
import { testServer } from '../server.ts';
import { codeOf } from './tables.ts';

/** A filter and the `_id`s that it finds. */
type Found = readonly [filter: Document, ids: readonly number[]];

/** `a` of each kind of nothing; 8 has none. */
const NOTHINGS: readonly Document[] = [
  { _id: 0, a: 1 }, { _id: 1, a: null }, { _id: 2, a: [] }, { _id: 3, a: [null] }, { _id: 4, a: [1, null] },
  { _id: 5, a: {} }, { _id: 6, a: { b: null } }, { _id: 7, a: [{ b: 1 }, { c: 1 }] }, { _id: 8 },
  { _id: 9, a: [[]] }, { _id: 10, a: { b: 1 } }, { _id: 11, a: [{ b: null }] }, { _id: 12, a: [1, 2] },
]; // prettier-ignore
/** Source: manual, Query for Null or Missing Fields; server, jstests/core/null_query_semantics.js */
const OF_NOTHING: readonly Found[] = [
  [{ a: null }, [1, 3, 4, 8]],
  [{ a: { $eq: null } }, [1, 3, 4, 8]],
  [{ a: { $ne: null } }, [0, 2, 5, 6, 7, 9, 10, 11, 12]],
  [{ a: { $not: { $eq: null } } }, [0, 2, 5, 6, 7, 9, 10, 11, 12]],
  [{ a: { $in: [null] } }, [1, 3, 4, 8]],
  [{ a: { $in: [null, 1] } }, [0, 1, 3, 4, 8, 12]],
  [{ a: { $nin: [null] } }, [0, 2, 5, 6, 7, 9, 10, 11, 12]],
  [{ a: { $nin: [null, 1] } }, [2, 5, 6, 7, 9, 10, 11]],
  [{ a: { $nin: [] } }, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]],
  [{ a: { $in: [] } }, []],
  [{ a: { $exists: true } }, [0, 1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12]],
  [{ a: { $exists: false } }, [8]],
  [{ a: { $exists: 0 } }, [8]],
  [{ a: { $exists: null } }, [8]],
  [{ a: { $not: { $exists: true } } }, [8]],
  [{ a: { $type: 'null' } }, [1, 3, 4]],
  [{ a: { $type: 10 } }, [1, 3, 4]],
  [{ a: { $not: { $type: 'null' } } }, [0, 2, 5, 6, 7, 8, 9, 10, 11, 12]],
  [{ a: { $type: 'array' } }, [2, 3, 4, 7, 9, 11, 12]],
  [{ a: { $type: 'number' } }, [0, 4, 12]],
  [{ a: { $type: ['null', 'number'] } }, [0, 1, 3, 4, 12]],
  [{ a: { $gte: null } }, [1, 3, 4, 8]],
  [{ a: { $gt: null } }, []],
  [{ a: { $lte: null } }, [1, 3, 4, 8]],
  [{ a: { $size: 0 } }, [2]],
  [{ a: { $size: 1 } }, [3, 9, 11]],
  [{ a: [] }, [2, 9]],
  [{ a: {} }, [5]],
  [{ a: { $elemMatch: { $eq: null } } }, [3, 4]],
  [{ a: { $elemMatch: { $ne: null } } }, [4, 7, 9, 11, 12]],
  [{ a: { $all: [null] } }, [1, 3, 4, 8]],
  [{ a: { $all: [] } }, []],
  [{ 'a.b': null }, [0, 1, 5, 6, 7, 8, 11]],
  [{ 'a.b': { $ne: null } }, [2, 3, 4, 9, 10, 12]],
  [{ 'a.b': { $exists: true } }, [6, 7, 10, 11]],
  [{ 'a.b': { $exists: false } }, [0, 1, 2, 3, 4, 5, 8, 9, 12]],
  [{ 'a.b': { $in: [null, 1] } }, [0, 1, 5, 6, 7, 8, 10, 11]],
  [{ 'a.b': { $type: 'null' } }, [6, 11]],
  [{ 'a.0': null }, [0, 1, 3, 5, 6, 7, 8, 10, 11]],
  [{ 'a.0': { $exists: true } }, [3, 4, 7, 9, 11, 12]],
  [{ 'a.0.b': 1 }, [7]],
  [{ $nor: [{ a: null }, { a: { $exists: true } }] }, []],
  [{ a: { $gt: new MinKey() } }, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]],
  [{ a: { $gte: new MinKey() } }, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]],
  [{ a: { $lt: new MaxKey() } }, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]],
  [{ a: { $lte: new MaxKey() } }, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]],
  [{ a: { $not: { $gt: new MinKey() } } }, []],
  [{ a: { $lte: new MinKey() } }, []],
  [{ a: { $gte: new MaxKey() } }, []],
  [{ 'a.b': { $gt: new MinKey() } }, [0, 1, 5, 6, 7, 8, 10, 11]],
  [{ a: { $elemMatch: { b: { $eq: null } } } }, [7, 9, 11]],
  [{ a: { $elemMatch: { b: { $ne: null } } } }, [7]],
  [{ a: { $elemMatch: { b: { $exists: false } } } }, [7, 9]],
  [{ $alwaysTrue: 1, a: 2 }, [12]],
  [{ $alwaysFalse: 1 }, []],
]; // prettier-ignore

const LISTS: readonly Document[] = [
  { _id: 0, a: [{ b: 1, c: 1 }, { b: 2, c: 2 }] }, { _id: 1, a: [{ b: 1, c: 2 }, { b: 2, c: 1 }] },
  { _id: 2, a: { b: 1, c: 2 } }, { _id: 3, a: [5, 15] }, { _id: 4, a: [10] }, { _id: 5, a: 10 },
  { _id: 6, a: [[7, 8], [9]] }, { _id: 7, a: [{ b: [1, 5] }, { b: [9] }] }, { _id: 8, a: [{ b: [{ c: 1 },
    { c: 3 }] }] },
  { _id: 9, a: [] },
]; // prettier-ignore
/** Source: manual, `$elemMatch`, Query an Array; server, jstests/core/elemMatch*.js, arrayfind*.js */
const OF_LISTS: readonly Found[] = [
  [{ 'a.b': 1, 'a.c': 2 }, [0, 1, 2]],
  [{ a: { $elemMatch: { b: 1, c: 2 } } }, [1]],
  [{ a: { $elemMatch: { b: 1 } } }, [0, 1, 7]],
  [{ a: { $gt: 8, $lt: 12 } }, [3, 4, 5]],
  [{ a: { $elemMatch: { $gt: 8, $lt: 12 } } }, [4]],
  [{ a: { $elemMatch: { $in: [5, 10] } } }, [3, 4]],
  [{ a: { $elemMatch: { $not: { $gt: 8 } } } }, [0, 1, 3, 6, 7, 8]],
  [{ a: { $not: { $elemMatch: { $gt: 8 } } } }, [0, 1, 2, 5, 6, 7, 8, 9]],
  [{ a: { $elemMatch: { $elemMatch: { $eq: 8 } } } }, [6]],
  [{ a: { $elemMatch: { $size: 2 } } }, [6]],
  [{ a: { $elemMatch: { 0: 7 } } }, [6]],
  [{ a: { $elemMatch: { 0: 9 } } }, [6]],
  [{ 'a.0': 5 }, [3]],
  [{ 'a.0.0': 7 }, [6]],
  [{ 'a.1.b': 2 }, [0, 1]],
  [{ a: [5, 15] }, [3]],
  [{ a: [7, 8] }, [6]],
  [{ 'a.b': { $gt: 4, $lt: 2 } }, [7]],
  [{ 'a.b': { $elemMatch: { $gt: 4, $lt: 8 } } }, [7]],
  [{ 'a.b': { $elemMatch: { c: 3 } } }, [8]],
  [{ 'a.b.c': { $gt: 2 } }, [8]],
  [{ 'a.b.c': { $lt: 2, $gt: 2 } }, [8]],
  [{ 'a.b': { $size: 2 } }, [7, 8]],
  [{ a: { $elemMatch: { b: 1, $or: [{ c: 2 }, { c: 9 }] } } }, [1]],
  [{ a: { $elemMatch: { $or: [{ b: 2, c: 2 }, { b: 9 }] } } }, [0, 7]],
  [{ a: { $elemMatch: { $and: [{ b: 1 }, { c: 1 }] } } }, [0]],
  [{ a: { $elemMatch: { b: { $exists: false } } } }, [6]],
  [{ a: { $elemMatch: {} } }, [0, 1, 6, 7, 8]],
  [{ a: { $all: [5, 15] } }, [3]],
  [{ a: { $all: [{ $elemMatch: { b: 1, c: 1 } }, { $elemMatch: { b: 2 } }] } }, [0]],
  [{ a: { $all: [[7, 8]] } }, [6]],
  [{ a: { $ne: 10 } }, [0, 1, 2, 3, 6, 7, 8, 9]],
  [{ a: { $nin: [5, 10] } }, [0, 1, 2, 6, 7, 8, 9]],
  [{ a: { $mod: [5, 0] } }, [3, 4, 5]],
  [{ a: { $elemMatch: { b: { $elemMatch: { c: { $gt: 2 } } } } } }, [8]],
]; // prettier-ignore

const NESTED: readonly Document[] = [
  { _id: 0, a: [{ b: 1 }] }, { _id: 1, a: [[{ b: 1 }]] }, { _id: 2, a: [[]] }, { _id: 3, a: [{}] },
  { _id: 4, a: [[{ b: [0, 2] }]] }, { _id: 5, a: [[1, 2], [3]] }, { _id: 6 },
]; // prettier-ignore
/** Source: server, jstests/core/arrayfind8.js, null_query_semantics.js; matcher/path_test.cpp */
const OF_NESTED: readonly Found[] = [
  [{ a: { $elemMatch: { b: 1 } } }, [0]],
  [{ a: { $elemMatch: { b: { $gte: 1, $lte: 1 } } } }, [0]],
  [{ a: { $elemMatch: { '0.b': 1 } } }, [1]],
  [{ a: { $elemMatch: { '0.b': 2 } } }, [4]],
  [{ a: { $elemMatch: { b: { $eq: null } } } }, [1, 2, 3, 4, 5]],
  [{ a: { $elemMatch: { b: { $in: [null, 1] } } } }, [0, 1, 2, 3, 4, 5]],
  [{ a: { $elemMatch: { b: { $ne: null } } } }, [0]],
  [{ a: { $elemMatch: { b: { $gt: new MinKey() } } } }, [0, 1, 2, 3, 4, 5]],
  [{ 'a.0': 1 }, []],
  [{ 'a.0': [1, 2] }, [5]],
  [{ 'a.0': { $ne: 1 } }, [0, 1, 2, 3, 4, 5, 6]],
  [{ 'a.0': { $elemMatch: { $eq: 2 } } }, [5]],
  [{ 'a.0': { $size: 2 } }, [5]],
  [{ 'a.0.1': 2 }, [5]],
  [{ 'a.0.b': 1 }, [0, 1]],
]; // prettier-ignore

const WORDS = ['abc', 'abd', 'ABC', 'ab', 'a.c', 'xabc', 'x\nabc', 'b', 'a|b', '😀a', 'áb', 'a', ''];
const pattern = (source: string, options = ''): BSONRegExp => new BSONRegExp(source, options);
/** Patterns and the words that they find; `true` where an index bounds them. Source: manual, `$regex`, Index Use */
const PATTERNS: readonly (readonly [pattern: BSONRegExp, words: readonly string[], isBounded: boolean])[] = [
  [pattern('^ab'), ['abc', 'abd', 'ab'], true],
  [pattern('^abc'), ['abc'], true],
  [pattern('^abc.*'), ['abc'], true],
  [pattern('^ab.?'), ['abc', 'abd', 'ab'], true],
  [pattern('^abc?'), ['abc', 'abd', 'ab'], true],
  [pattern('^ab*'), ['abc', 'abd', 'ab', 'a.c', 'a|b', 'a'], true],
  [pattern('^ab+'), ['abc', 'abd', 'ab'], true],
  [pattern('^ab{0,1}c'), ['abc'], true],
  [pattern('^a\\.c'), ['a.c'], true],
  [pattern('^a.c'), ['abc', 'a.c'], true],
  [pattern('^a\\|b'), ['a|b'], false],
  [pattern('^abc$'), ['abc'], true],
  [pattern('^áb'), ['áb'], true],
  [pattern('^😀*a'), ['abc', 'abd', 'ab', 'a.c', 'a|b', '😀a', 'a'], false],
  [pattern('^😀'), ['😀a'], true],
  [pattern('^ab', 'i'), ['abc', 'abd', 'ABC', 'ab'], false],
  [pattern('^ab', 'm'), ['abc', 'abd', 'ab', 'x\nabc'], false],
  [pattern('^ab', 's'), ['abc', 'abd', 'ab'], true],
  [pattern('^a b', 'x'), ['abc', 'abd', 'ab'], false],
  [pattern('^abc|^x'), ['abc', 'xabc', 'x\nabc'], false],
  [pattern('^(abc|b)'), ['abc', 'b'], false],
  [pattern('^(?i)abc'), ['abc', 'ABC'], false],
  [pattern('(?i)^abc'), ['abc', 'ABC'], false],
  [pattern('abc'), ['abc', 'xabc', 'x\nabc'], false],
  [pattern('^[ab]$'), ['b', 'a'], false],
  [pattern('^\\w{2}$'), ['ab'], false],
  [pattern('^$'), [''], false],
]; // prettier-ignore

type Indexes = readonly [what: string, indexes: readonly Document[], options?: CreateIndexesOptions];
const INDEXES: readonly Indexes[] = [
  ['without an index', []],
  ['by an index', [{ a: 1 }]],
  ['by indexes of fields below', [{ 'a.b': 1 }, { 'a.0': 1 }, { 'a.b': -1, 'a.c': 1 }]],
  ['by a compound index', [{ a: -1, _id: 1 }]],
  ['by sparse indexes', [{ a: 1 }, { 'a.b': 1 }, { 'a.0': 1 }], { sparse: true }],
  ['by a partial index', [{ a: 1 }], { partialFilterExpression: { a: { $exists: true } } }],
];

describe('embedded MongoDB: filters', () => {
  let server: TestServer;
  before(async () => {
    server = await testServer();
  });
  after(() => server.close());

  function find(documents: readonly Document[], cases: readonly Found[]): void {
    for (const [what, indexes, options] of INDEXES) {
      describe(what, () => {
        let collection: Collection;
        before(async () => {
          collection = server.collection();
          for (const index of indexes) await collection.createIndex(index as Record<string, 1>, options);
          await collection.insertMany(documents.map((one) => ({ ...one })));
        });
        for (const [filter, ids] of cases) {
          it(`${JSON.stringify(filter)} finds ${ids.join(', ') || 'nothing'}`, async () => {
            const found = await collection.find(filter).sort({ _id: 1 }).toArray();

            expect(found.map(({ _id }) => Number(_id))).to.deep.equal(ids);
            expect(await collection.countDocuments(filter)).to.equal(ids.length);
          });
        }
      });
    }
  }
  describe('null, missing and empty', () => {
    find(NOTHINGS, OF_NOTHING);
  });
  describe('lists', () => {
    find(LISTS, OF_LISTS);
  });
  describe('lists in lists', () => {
    find(NESTED, OF_NESTED);
  });

  describe('patterns', () => {
    let collection: Collection;
    before(async () => {
      collection = server.collection();
      await collection.createIndex({ word: 1 });
      await collection.insertMany(WORDS.map((word) => ({ word })));
      await collection.insertMany([{ word: ['q', 'abc'] }, { word: pattern('^ab') }, { word: 5 }, {}]);
    });
    for (const [regex, words, isBounded] of PATTERNS) {
      const { pattern: source, options } = regex;
      const bounded = isBounded ? 'within bounds' : 'without bounds';
      it(`/${source}/${options} finds ${JSON.stringify(words)} by the index, ${bounded}`, async () => {
        const filter = { word: regex };
        const natural = await collection.find(filter).hint({ $natural: 1 }).toArray();
        const indexed = await collection.find(filter).hint({ word: 1 }).toArray();
        const options = { bsonRegExp: true };
        const plan = await collection.find(filter, options).hint({ word: 1 }).explain('executionStats');

        const texts = natural.map(({ word }) => word as unknown).filter((word) => typeof word === 'string');
        expect(texts).to.have.members([...words]);
        expect(indexed.map(({ _id }) => String(_id))).to.have.members(natural.map(({ _id }) => String(_id)));
        const keys = (plan['executionStats'] as Document)['totalKeysExamined'] as number;
        if (isBounded) expect(keys).to.be.lessThan(WORDS.length);
        else expect(keys).to.be.at.least(WORDS.length);
      });
    }
    it('finds a pattern that is stored by one that equals it', async () => {
      const found = await collection.find({ word: pattern('^ab') }, { promoteValues: false }).toArray();

      expect(
        found.filter(({ word }) => word instanceof BSONRegExp || word instanceof RegExp),
      ).to.have.lengthOf(1);
    });
  });

  const REFUSED: readonly (readonly [filter: Document, code: number])[] = [
    [{ a: { $elemMatch: 5 } }, 2],
    [{ a: { $elemMatch: { $nonsense: 1 } } }, 2],
    [{ a: { $elemMatch: { $expr: { $eq: ['$b', 1] } } } }, 2],
    [{ a: { $not: 5 } }, 2],
    [{ a: { $not: {} } }, 2],
    [{ a: { $ne: pattern('a') } }, 2],
    [{ a: { $gt: pattern('a') } }, 2],
    [{ a: { $in: 5 } }, 2],
    [{ a: { $in: [{ $gt: 1 }] } }, 2],
    [{ a: { $nin: 5 } }, 2],
    [{ a: { $all: 5 } }, 2],
    [{ a: { $all: [{ $gt: 1 }] } }, 2],
    [{ a: { $size: -1 } }, 9],
    [{ a: { $size: 1.5 } }, 9],
    [{ a: { $size: 'x' } }, 9],
    [{ a: { $type: 'nonsense' } }, 2],
    [{ a: { $type: 'constructor' } }, 2],
    [{ $jsonSchema: { type: 'constructor' } }, 2],
    [{ a: { $type: 999 } }, 2],
    [{ a: { $mod: [0, 1] } }, 2],
    [{ a: { $mod: [1] } }, 2],
    [{ a: { $regex: 5 } }, 2],
    [{ a: { $regex: 'a', $options: 'q' } }, 51108],
    [{ a: { $options: 'i' } }, 2],
    [{ a: { $gt: 1, b: 2 } }, 2],
    [{ $and: [] }, 2],
    [{ $or: 5 }, 2],
    [{ $nor: [5] }, 2],
    [{ $a: 5 }, 2],
    [{ a: { $expr: 1 } }, 2],
  ];
  for (const [filter, code] of REFUSED) {
    it(`refuses ${JSON.stringify(filter)} with ${code}`, async () => {
      expect(await codeOf(server.database.command({ find: 'none', filter }))).to.equal(code);
    });
  }
});
