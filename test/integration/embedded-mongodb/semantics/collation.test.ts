import { expect } from 'chai';
import type { Document } from 'mongodb';
import type { HeldEngine } from './engine.ts';
import { heldEngine } from './engine.ts';

/** Case does not matter, accents do. */
const ANY_CASE = { locale: 'vi', strength: 2 };
/** Neither case nor tones matter; `đ` and `ê` stay other letters than `d` and `e`. */
const ANY_MARK = { locale: 'vi', strength: 1 };

const NAMES = ['Cà Phê', 'ca phê', 'CÀ PHÊ', 'đá', 'da', 'Đá', 'chè 2', 'chè 10'];

/** Source: manual, Collation; server, jstests/core/query/collation.js, jstests/aggregation/collation*.js */
describe('embedded MongoDB: collation', () => {
  let engine: HeldEngine;
  let collections = 0;
  before(async () => {
    engine = await heldEngine();
  });
  after(() => engine.close());

  function stored(documents: readonly Document[], options: Document = {}): string {
    const name = `c${collections++}`;
    engine.ask({ create: name, ...options });
    engine.ask({ insert: name, documents });
    return name;
  }
  const named = (options: Document = {}): string =>
    stored(
      NAMES.map((n, _id) => ({ _id, n })),
      options,
    );
  const found = (command: Document): Document[] => engine.ask(command)['batch'] as Document[];
  const codeOf = (answer: Document): unknown => ((answer['writeErrors'] ?? []) as Document[])[0]?.['code'];
  const ids = (command: Document): unknown[] =>
    found({ ...command, sort: { _id: 1 } }).map(({ _id }) => _id as unknown);
  const aggregated = (aggregate: string, pipeline: Document[], collation?: Document): Document[] =>
    found({ aggregate, pipeline, cursor: {}, ...(collation === undefined ? {} : { collation }) });

  const EQUAL: readonly (readonly [collation: Document, text: string, ids: readonly number[]])[] = [
    [{ locale: 'simple' }, 'CÀ PHÊ', [2]],
    [{ locale: 'vi' }, 'CÀ PHÊ', [2]],
    [{ locale: 'vi', strength: 3 }, 'cà phê', []],
    [ANY_CASE, 'cà phê', [0, 2]],
    [ANY_MARK, 'cà phê', [0, 1, 2]],
    [{ ...ANY_MARK, caseLevel: true }, 'cà phê', [1]],
    [{ ...ANY_CASE, caseLevel: true }, 'cà phê', []],
    [ANY_MARK, 'DA', [4]],
    [ANY_MARK, 'ĐA', [3, 5]],
    [ANY_CASE, 'ĐÁ', [3, 5]],
    [{ locale: 'vi', numericOrdering: true }, 'chè 02', [6]],
  ];
  for (const [collation, text, wanted] of EQUAL) {
    it(`finds ${text} by ${JSON.stringify(collation)}, with an index of it, of another and without`, () => {
      const name = named();
      const ask = () => ids({ find: name, filter: { n: text }, collation });
      const without = ask();
      engine.ask({ createIndexes: name, indexes: [{ name: 'plain', key: { n: 1 } }] });
      const plain = ask();
      engine.ask({ createIndexes: name, indexes: [{ name: 'own', key: { n: -1 }, collation }] });

      expect([without, plain, ask()]).to.deep.equal([wanted, wanted, wanted]);
    });
  }

  for (const strength of [4, 5]) {
    it(`refuses strength ${strength} rather than take it for another`, () => {
      expect(engine.ask({ find: named(), collation: { locale: 'vi', strength } })['code']).to.equal(115);
    });
  }

  const DEEP = [
    { _id: 0, v: 'a' },
    { _id: 1, v: 'A' },
    { _id: 2, v: { x: 'A' } },
    { _id: 3, v: ['a', 'B'] },
    { _id: 4, v: [{ x: 'a' }, 'C'] },
    { _id: 5, v: { x: 'b' } },
    { _id: 6, v: null },
    { _id: 7 },
  ];
  const FILTERS: readonly (readonly [filter: Document, ids: readonly number[]])[] = [
    [{ v: 'A' }, [0, 1, 3]],
    [{ v: { x: 'a' } }, [2, 4]],
    [{ v: { $eq: { x: 'a' } } }, [2, 4]],
    [{ v: ['A', 'b'] }, [3]],
    [{ v: { $in: [['A', 'b'], { x: 'B' }] } }, [3, 5]],
    [{ v: { $in: ['B', 'c', null] } }, [3, 4, 6, 7]],
    [{ v: { $nin: ['A', null] } }, [2, 4, 5]],
    [{ v: { $ne: 'A' } }, [2, 4, 5, 6, 7]],
    [{ v: { $ne: { x: 'a' } } }, [0, 1, 3, 5, 6, 7]],
    [{ v: { $all: ['A', 'b'] } }, [3]],
    [{ v: { $elemMatch: { x: 'A' } } }, [4]],
    [{ v: { $elemMatch: { $gte: 'B' } } }, [3, 4]],
    [{ v: { $gt: 'a' } }, [3, 4]],
    [{ v: { $lte: 'A' } }, [0, 1, 3]],
    [{ v: { $gt: { x: 'a' } } }, [5]],
    [{ v: { $lte: { x: 'A' } } }, [2, 4]],
    [{ v: { $not: { $eq: 'A' } } }, [2, 4, 5, 6, 7]],
    [{ 'v.x': 'A' }, [2, 4]],
    [{ v: /A/ }, [1]],
    [{ $expr: { $eq: ['$v', 'A'] } }, [0, 1]],
    [{ $expr: { $eq: ['$v', { x: 'a' }] } }, [2]],
  ];
  for (const [filter, wanted] of FILTERS) {
    it(`answers ${JSON.stringify(filter, (_, value: unknown) => (value instanceof RegExp ? String(value) : value))}`, () => {
      const name = stored(DEEP);
      const ask = () => ids({ find: name, filter, collation: ANY_CASE });
      const without = ask();
      const key = { v: 1 };
      engine.ask({
        createIndexes: name,
        indexes: [
          { name: 'plain', key },
          { name: 'own', key, collation: ANY_CASE },
        ],
      });

      expect([without, ask()]).to.deep.equal([wanted, wanted]);
    });
  }

  it('has the orders of a language beside its usual one', () => {
    const name = stored(['äz', 'ad', 'af', 'aez'].map((n, _id) => ({ _id, n })));
    const sorted = (locale: string): unknown[] =>
      found({ find: name, sort: { n: 1 }, collation: { locale } }).map(({ n }) => n as unknown);

    expect(sorted('de')).to.deep.equal(['ad', 'aez', 'af', 'äz']);
    expect(sorted('de@collation=phonebook')).to.deep.equal(['ad', 'aez', 'äz', 'af']);
    const phonebook = { locale: 'de@collation=phonebook', strength: 1 };
    engine.ask({ createIndexes: name, indexes: [{ name: 'n', key: { n: 1 }, collation: phonebook }] });
    expect(ids({ find: name, filter: { n: 'AEZ' }, collation: phonebook })).to.deep.equal([0, 3]);
  });

  it('sorts texts in documents and lists by it, the equal ones as they were met', () => {
    const values = ['b', 'A', 'a', { x: 'B' }, { x: 'a' }, { x: 'A' }, ['C']];
    const name = stored(values.map((v, _id) => ({ _id, v })));
    engine.ask({ createIndexes: name, indexes: [{ name: 'plain', key: { v: 1 } }] });

    const order = (v: number) =>
      found({ find: name, sort: { v }, collation: ANY_CASE }).map(({ _id }) => _id as unknown);

    expect([order(1), order(-1)]).to.deep.equal([
      [1, 2, 0, 6, 4, 5, 3],
      [3, 4, 5, 6, 0, 1, 2],
    ]);
  });

  it('takes equal values for one in distinct, inside documents too', () => {
    const name = stored(DEEP);

    const values = engine.ask({ distinct: name, key: 'v', collation: ANY_CASE })['values'] as unknown[];

    expect(values).to.deep.equal([null, 'a', 'B', 'C', { x: 'A' }, { x: 'b' }]);
  });

  it('is that of the collection where a command has none; simple is none', () => {
    const name = named({ collation: ANY_CASE });
    const filter = { n: 'cà phê' };

    expect(ids({ find: name, filter })).to.deep.equal([0, 2]);
    expect(ids({ find: name, filter, collation: { locale: 'simple' } })).to.deep.equal([]);
    expect(engine.ask({ count: name, query: filter })['n']).to.equal(2);
    expect(engine.ask({ distinct: name, key: 'n' })['values']).to.have.length(6);
    expect(aggregated(name, [{ $match: filter }])).to.have.length(2);
    const updated = engine.ask({
      update: name,
      updates: [{ q: filter, u: { $set: { seen: 1 } }, multi: true }],
    });
    expect(updated).to.include({ n: 2, nModified: 2 });
    expect(
      engine.ask({ findAndModify: name, query: filter, sort: { _id: -1 }, remove: true })['value'],
    ).to.include({ _id: 2 });
    expect(engine.ask({ delete: name, deletes: [{ q: filter, limit: 0 }] })['n']).to.equal(1);
  });

  it('is inherited by the indexes of its collection, unless they have one', () => {
    const name = stored([], { collation: ANY_CASE });
    const unique = true;
    engine.ask({ createIndexes: name, indexes: [{ name: 'n', key: { n: 1 }, unique }] });
    const simple = { locale: 'simple' };
    engine.ask({ createIndexes: name, indexes: [{ name: 'm', key: { m: 1 }, unique, collation: simple }] });

    const codes = [{ n: 'a', m: 'a' }, { n: 'A', m: 'b' }, { n: 'c', m: 'A' }, { n: 'd', m: 'A' }].map(
      (document) =>
        codeOf(engine.ask({ insert: name, documents: [document] })),
    ); // prettier-ignore

    expect(codes).to.deep.equal([undefined, 11000, undefined, 11000]);
  });

  it('keeps unique what is equal by it inside documents and lists, also by updates and upserts', () => {
    const name = stored([]);
    engine.ask({
      createIndexes: name,
      indexes: [{ name: 'v', key: { v: 1 }, unique: true, collation: ANY_CASE }],
    });
    engine.ask({
      insert: name,
      documents: [
        { _id: 1, v: { x: 'a' } },
        { _id: 2, v: ['b', 'B'] },
      ],
    });

    const inserted = [{ v: { x: 'A' } }, { v: 'B' }, { v: ['c', 'B'] }].map((document) =>
      codeOf(engine.ask({ insert: name, documents: [document] })),
    );
    const updates = [
      { q: { _id: 1 }, u: { $set: { v: 'b' } } },
      { q: { _id: 2 }, u: { v: { x: 'A' } } },
      { q: { _id: 3 }, u: { $set: { v: { x: 'A' } } }, upsert: true },
    ];
    const updated = updates.map((update) => codeOf(engine.ask({ update: name, updates: [update] })));

    expect([inserted, updated]).to.deep.equal([[11000, 11000, 11000], [11000, 11000, 11000]]); // prettier-ignore
    expect(engine.ask({ validate: name })['valid']).to.equal(true);
  });

  const UPDATES: readonly (readonly [before: unknown, update: Document, after: unknown])[] = [
    ['b', { $min: { v: 'A' } }, 'A'],
    ['a', { $min: { v: 'A' } }, 'a'],
    ['a', { $max: { v: 'B' } }, 'B'],
    ['B', { $max: { v: 'a' } }, 'B'],
    [{ x: 'a' }, { $max: { v: { x: 'B' } } }, { x: 'B' }],
    [{ x: 'B' }, { $max: { v: { x: 'a' } } }, { x: 'B' }],
    [['a'], { $addToSet: { v: { $each: ['A', 'b', 'B'] } } }, ['a', 'b']],
    [[{ x: 'a' }], { $addToSet: { v: { x: 'A' } } }, [{ x: 'a' }]],
    [['a', 'A', 'b'], { $pull: { v: 'A' } }, ['b']],
    [['a', 'A', 'b'], { $pull: { v: { $in: ['A'] } } }, ['b']],
    [[{ x: 'a' }, { x: 'b' }], { $pull: { v: { x: 'A' } } }, [{ x: 'b' }]],
    [['a', { x: 'a' }, 'b'], { $pullAll: { v: ['A', { x: 'A' }] } }, ['b']],
    [['b', 'A'], { $push: { v: { $each: ['a', 'C'], $sort: 1 } } }, ['A', 'a', 'b', 'C']],
    [['a', 'B'], { $set: { 'v.$[i]': 'x' } }, ['x', 'B']],
  ];
  for (const [v, u, wanted] of UPDATES) {
    it(`changes ${JSON.stringify(v)} by ${JSON.stringify(u)}`, () => {
      const name = stored([{ _id: 1, v }]);
      const arrayFilters = JSON.stringify(u).includes('$[i]') ? { arrayFilters: [{ i: 'A' }] } : {};

      engine.ask({ update: name, updates: [{ q: { _id: 1 }, u, collation: ANY_CASE, ...arrayFilters }] });

      expect(found({ find: name })).to.deep.equal([{ _id: 1, v: wanted }]);
    });
  }

  const EXPRESSIONS: readonly (readonly [expression: unknown, value: unknown])[] = [
    [{ $eq: ['a', 'A'] }, true],
    [{ $ne: ['a', 'A'] }, false],
    [{ $cmp: ['a', 'B'] }, -1],
    [{ $cmp: ['B', 'a'] }, 1],
    [{ $lte: ['A', 'a'] }, true],
    [{ $in: ['A', ['b', 'a']] }, true],
    [{ $indexOfArray: [['b', 'a'], 'A'] }, 1],
    [
      {
        $setEquals: [
          ['a', 'b'],
          ['B', 'A', 'a'],
        ],
      },
      true,
    ],
    [{ $setIsSubset: [['A'], ['a', 'b']] }, true],
    [{ $setIntersection: [['a', 'b'], ['A']] }, ['a']],
    [{ $setDifference: [['a', 'b'], ['A']] }, ['b']],
    [{ $size: { $setUnion: [['a'], ['A', 'b']] } }, 2],
    [{ $max: ['a', 'B'] }, 'B'],
    [{ $min: [['b', 'A', 'C']] }, 'A'],
    [{ $maxN: { n: 2, input: ['a', 'B', 'C'] } }, ['C', 'B']],
    [{ $sortArray: { input: ['b', 'A', 'C'], sortBy: 1 } }, ['A', 'b', 'C']],
    [{ $sortArray: { input: [{ x: 'b' }, { x: 'A' }], sortBy: { x: 1 } } }, [{ x: 'A' }, { x: 'b' }]],
    [{ $switch: { branches: [{ case: { $eq: ['$v', 'A'] }, then: 1 }], default: 2 } }, 1],
    [{ $filter: { input: ['a', 'A', 'b'], cond: { $eq: ['$$this', 'A'] } } }, ['a', 'A']],
    // These look at letters, not at a language. Source: manual, $strcasecmp, $indexOfBytes
    [{ $indexOfBytes: ['a', 'A'] }, -1],
    [{ $strcasecmp: ['a', 'B'] }, -1],
  ];
  for (const [expression, value] of EXPRESSIONS) {
    it(`calculates ${JSON.stringify(expression)}`, () => {
      const name = stored([{ _id: 1, v: 'a' }]);
      const project = [{ $project: { _id: 0, value: expression } }];

      expect(aggregated(name, project, ANY_CASE)).to.deep.equal([{ value }]);
    });
  }

  const words = ['a', 'B', 'A', 'c', 'b'].map((w, _id) => ({ _id, w, d: { x: w } }));
  const STAGES: readonly (readonly [pipeline: Document[], documents: readonly Document[]])[] = [
    [[{ $group: { _id: '$w', n: { $sum: 1 } } }, { $sort: { _id: 1 } }],
      [{ _id: 'a', n: 2 }, { _id: 'B', n: 2 }, { _id: 'c', n: 1 }]],
    [[{ $group: { _id: '$d', n: { $sum: 1 } } }, { $sort: { _id: 1 } }],
      [{ _id: { x: 'a' }, n: 2 }, { _id: { x: 'B' }, n: 2 }, { _id: { x: 'c' }, n: 1 }]],
    [[{ $group: { _id: null, all: { $addToSet: '$w' }, max: { $max: '$w' }, min: { $min: '$w' } } }],
      [{ _id: null, all: ['a', 'B', 'c'], max: 'c', min: 'a' }]],
    [[{ $group: { _id: null, top: { $top: { sortBy: { w: -1 }, output: '$w' } },
      n: { $minN: { n: 3, input: '$w' } } } }],
      [{ _id: null, top: 'c', n: ['a', 'A', 'B'] }]],
    [[{ $sortByCount: '$w' }, { $match: { count: 1 } }], [{ _id: 'c', count: 1 }]],
    [[{ $bucket: { groupBy: '$w', boundaries: ['A', 'b', 'D'] } }], [{ _id: 'A', count: 2 }, { _id: 'b', count: 3 }]],
    [[{ $bucketAuto: { groupBy: '$w', buckets: 3 } }],
      [{ _id: { min: 'a', max: 'B' }, count: 2 }, { _id: { min: 'B', max: 'c' }, count: 2 },
        { _id: { min: 'c', max: 'c' }, count: 1 }]],
    [[{ $setWindowFields: { partitionBy: '$w', sortBy: { _id: 1 }, output: { n: { $sum: 1 } } } },
      { $sort: { _id: 1 } }, { $project: { n: 1 } }],
      [{ _id: 0, n: 2 }, { _id: 1, n: 2 }, { _id: 2, n: 2 }, { _id: 3, n: 1 }, { _id: 4, n: 2 }]],
    [[{ $sort: { w: 1, _id: -1 } }, { $group: { _id: null, ids: { $push: '$_id' } } }],
      [{ _id: null, ids: [2, 0, 4, 1, 3] }]],
    [[{ $match: { w: 'C' } }, { $project: { same: { $eq: ['$w', 'C'] } } }], [{ _id: 3, same: true }]],
    [[{ $match: { w: 'c' } }, { $lookup: { from: 'words', localField: 'w', foreignField: 'w', as: 'found' } },
      { $project: { n: { $size: '$found' } } }], [{ _id: 3, n: 2 }]],
    [[{ $match: { w: 'c' } }, { $lookup: { from: 'words', let: { w: '$w' }, as: 'found',
      pipeline: [{ $match: { $expr: { $eq: ['$w', '$$w'] } } }] } }, { $project: { n: { $size: '$found' } } }],
      [{ _id: 3, n: 2 }]],
    [[{ $facet: { one: [{ $match: { w: 'C' } }, { $count: 'n' }] } }], [{ one: [{ n: 1 }] }]],
  ]; // prettier-ignore
  for (const [pipeline, wanted] of STAGES) {
    it(`runs ${JSON.stringify(pipeline)}`, () => {
      const name = stored(words);
      engine.ask({ drop: 'words' });
      engine.ask({ insert: 'words', documents: [{ w: 'c' }, { w: 'C' }, { w: 'd' }] });

      expect(aggregated(name, pipeline, ANY_CASE)).to.deep.equal(wanted);
    });
  }

  it('compares by bytes in a pipeline without one', () => {
    const name = stored(words);

    const groups = aggregated(name, [{ $group: { _id: '$w' } }, { $sort: { _id: 1 } }]);

    expect(groups.map(({ _id }) => _id as unknown)).to.deep.equal(['A', 'B', 'a', 'b', 'c']);
  });
});
