import { expect } from 'chai';
import type { Document } from 'mongodb';
import { Int32 } from 'mongodb';
import type { HeldEngine } from './engine.ts';
import { heldEngine } from './engine.ts';

const A = { a: 1 };
const partial = (partialFilterExpression: unknown): Document => ({ key: A, partialFilterExpression });
const text = (more: Document, key: Document = { a: 'text' }): Document => ({ key, ...more });

/** A specification, with the name `i` unless it has another, and the code with which it is refused. */
type Refused = readonly [what: string, spec: Document, code: number];

/** Source: server, jstests/core/index_*.js, fts_index.js; db/catalog/index_key_validate.cpp and index_catalog_impl.cpp */
const REFUSED: readonly Refused[] = [
  ['a name that means all', { key: A, name: '*' }, 2],
  ['the name of the index on _id', { key: A, name: '_id_' }, 2],
  ['an empty name', { key: A, name: '' }, 67],
  ['a name that is a number', { key: A, name: 1 }, 14],
  ['a key that is a text', { key: 'a' }, 14],
  ['an empty key', { key: {} }, 67],
  ['the other direction of _id', { key: { _id: -1 } }, 2],
  ...(['unique', 'sparse', 'hidden', 'background'] as const).map((option): Refused => [
    `${option} of the index on _id`,
    { key: { _id: 1 }, [option]: true },
    197,
  ]),
  ['a partial index on _id', { key: { _id: 1 }, partialFilterExpression: { a: 1 } }, 197],
  ['an expiry of _id', { key: { _id: 1 }, expireAfterSeconds: 1 }, 197],
  ['a collation of _id that is not its collection’s', { key: { _id: 1 }, collation: { locale: 'vi' } }, 67],
  ['hidden by a number', { key: A, hidden: 1 }, 14],
  ['a field of a reference at the top', { key: { $id: 1 } }, 67],
  ['its database at the top', { key: { $db: 1 } }, 67],
  ['a direction of zero', { key: { a: 0 } }, 67],
  ['a field before a flat place', { key: { a: 1, b: '2d' } }, 16801],
  ['two flat places', { key: { a: '2d', b: '2d' } }, 16800],
  ['a flat and a round place', { key: { a: '2d', b: '2dsphere' } }, 67],
  ['a round place and a hash', { key: { a: '2dsphere', b: 'hashed' } }, 67],
  ['words and a hash', { key: { a: 'text', b: 'hashed' } }, 67],
  ['two hashes', { key: { a: 'hashed', b: 'hashed' } }, 31303],
  ['a unique hash', { key: { a: 'hashed' }, unique: true }, 16764],
  ['weights of values', { key: A, weights: { a: 1 } }, 67],
  ['a partial filter that is a number', partial(5), 14],
  ['a partial filter and sparse', { ...partial({ a: 1 }), sparse: true }, 67],
  ['a partial filter with a pattern', partial({ a: /abc/ }), 67],
  ['a partial filter with $ne', partial({ a: { $ne: 1 } }), 67],
  ['a partial filter with $exists: false', partial({ a: { $exists: false } }), 67],
  ['a partial filter with $nor', partial({ $nor: [{ a: 1 }] }), 67],
  ['a partial filter with $expr', partial({ $expr: true }), 224],
  ['a partial filter of five levels', partial({ $and: [{ $and: [{ $and: [{ $and: [A] }] }] }] }), 67],
  ['one whose levels are not written', partial({ $or: [{ $and: [{ $or: [{ a: 1, b: 1 }] }] }] }), 67],
  ['a language that there is not', text({ default_language: 'spanglish' }), 67],
  ['a language that is a number', text({ default_language: 3 }), 14],
  ['a field of the language with a dot', text({ language_override: 'a.b' }), 67],
  ['a version of text indexes that there is not', text({ textIndexVersion: 4 }), 67],
  ['weights that are a word', text({ weights: 'x' }), 67],
  ['a weight that is a word', text({ weights: { a: 'x' } }), 67],
  ['a weight of nothing', text({ weights: { a: 0 } }), 67],
  ['a weight of an empty field', text({ weights: { '': 1 } }), 67],
  ['a weight of an operator', text({ weights: { 'a.$b': 1 } }), 67],
  ['_fts as a number', { key: { _fts: 1 } }, 67],
  ['_fts without _ftsx', text({}, { _fts: 'text' }), 67],
  ['_fts without weights', text({}, { _fts: 'text', _ftsx: 1 }), 67],
  ['_ftsx beside words', text({}, { a: 'text', _ftsx: 1 }), 67],
  ['words that are not adjacent', text({}, { a: 'text', b: 1, c: 'text' }), 67],
  ['words beside a direction of two', text({}, { a: 'text', b: 2 }), 67],
];

/** A specification that is taken, and what is kept of it beside `v`, `key` and `name`. */
const TAKEN: readonly (readonly [what: string, spec: Document, kept?: Document])[] = [
  ['a key in version 1', { key: A, v: 1 }],
  ['what older drivers send', { key: A, background: true, ns: 'test.c', dropDups: true, unique: false, sparse: false },
    { background: true, sparse: false }],
  ['fields of a reference', { key: { 'a.$id': 1, 'a.$ref': 1, 'a.$db': 1 } }],
  ['a hash of _id', { key: { _id: 'hashed' } }],
  ['a hash beside a value', { key: { a: 'hashed', b: -1 } }],
  ['an option of another kind', { key: A, default_language: 'none' }, { default_language: 'none' }],
  ...([{ a: { $gt: 1, $lt: 5 } }, { a: 1, b: null }, { $and: [{ $and: [{ $and: [A] }] }] },
    { $or: [A, { b: { $in: [1] } }] }, { a: { $type: 'string' } }, { a: { $exists: true } }, {},
  ]).map((partialFilterExpression) =>
    [`a partial filter ${JSON.stringify(partialFilterExpression)}`, partial(partialFilterExpression),
      { partialFilterExpression }] as const),
  ['words of a known language', text({ default_language: 'Spanish', textIndexVersion: 2 }),
    { weights: A, default_language: 'Spanish', language_override: 'language', textIndexVersion: 2 }],
  ['words as they are listed', { key: { b: 1, _fts: 'text', _ftsx: 1 }, weights: { a: 2.5 } },
    { weights: { a: 2 }, default_language: 'english', language_override: 'language', textIndexVersion: 3 }],
  ['words of all fields', text({ weights: '$**' }),
    { weights: { '$**': 1, a: 1 }, default_language: 'english', language_override: 'language', textIndexVersion: 3 }],
]; // prettier-ignore

describe('embedded MongoDB: indexes', () => {
  let engine: HeldEngine;
  let collections = 0;
  before(async () => {
    engine = await heldEngine();
  });
  after(() => engine.close());

  const made = (...documents: readonly Document[]): string => {
    const name = `c${collections++}`;
    engine.ask({ create: name });
    if (documents.length > 0) engine.ask({ insert: name, documents });
    return name;
  };
  const index = (name: string, ...specs: readonly Document[]): Document =>
    engine.ask({ createIndexes: name, indexes: specs.map((spec) => ({ name: 'i', ...spec })) });
  const names = (listIndexes: string): unknown[] =>
    (engine.ask({ listIndexes })['batch'] as Document[]).map((known) => known['name']);
  const codeOf = (answer: Document): unknown =>
    ((answer['writeErrors'] ?? []) as Document[])[0]?.['code'] ?? answer['code'];

  for (const [what, spec, code] of REFUSED) {
    it(`refuses ${what} with ${code}`, () => {
      const name = made();

      expect(index(name, { key: { other: 1 }, name: 'other' }, spec)['code']).to.equal(code);
      expect(names(name)).to.deep.equal(['_id_']);
    });
  }

  for (const [what, spec, kept = {}] of TAKEN) {
    it(`takes ${what}, and again`, () => {
      const name = made();

      expect(index(name, spec)).to.include({ ok: 1, numIndexesAfter: 2 });
      expect(index(name, spec)).to.include({ ok: 1, numIndexesAfter: 2 });
      const {
        v,
        key,
        name: _,
        ...rest
      } = (engine.ask({ listIndexes: name })['batch'] as Document[])[1] ?? {};
      expect([v, key !== undefined, rest]).to.deep.equal([2, true, kept]);
    });
  }

  it('takes the index on _id by any name, with the fields that it may have', () => {
    const name = made();

    for (const more of [
      {},
      { name: '_id_', v: 2, ns: 'test.c' },
      { name: 'bad' },
      { collation: { locale: 'simple' } },
    ]) {
      expect(index(name, { key: { _id: new Int32(1) }, ...more })).to.include({ ok: 1, numIndexesAfter: 1 });
    }
    const collated = `c${collections++}`;
    engine.ask({ create: collated, collation: { locale: 'vi' } });
    expect(index(collated, { key: { _id: 1 }, collation: { locale: 'vi', strength: 3 } })).to.include({
      ok: 1,
    });
    expect(index(collated, { key: { _id: 1 } })).to.include({ ok: 1 });
    expect(index(collated, { key: { _id: 1 }, collation: { locale: 'simple' } })).to.include({ code: 67 });
  });

  it('leaves out options that there are not where it is asked to', () => {
    const indexes = [{ key: A, name: 'i', nonsense: 1 }];
    const name = made();

    expect(engine.ask({ createIndexes: name, indexes, ignoreUnknownIndexOptions: true })).to.include({
      ok: 1,
    });
    for (const [ignoreUnknownIndexOptions, code] of [
      [false, 197],
      ['x', 14],
    ] as const) {
      expect(engine.ask({ createIndexes: name, indexes, ignoreUnknownIndexOptions })).to.include({ code });
    }
  });

  it('has one text index, whatever is beside its words', () => {
    const name = made();
    index(name, { key: { a: 'text' } });

    expect(index(name, { key: { b: 'text' }, name: 'j' })).to.include({ code: 85 });
    expect(index(name, { key: { b: 1, a: 'text' }, name: 'j' })).to.include({ code: 67 });
    expect(index(name, { key: { a: 'text' }, default_language: 'none' })).to.include({ code: 85 });
  });

  /** What a hashed index, and a text index beside its words, do not take. */
  const ARRAYS: readonly (readonly [key: Document, document: Document, code?: number])[] = [
    [{ a: 'hashed' }, { a: [1] }, 16766],
    [{ a: 'hashed' }, { a: [] }, 16766],
    [{ 'a.b': 'hashed' }, { a: [{ b: 1 }] }, 16766],
    [{ 'a.0': 'hashed' }, { a: [1] }, 16766],
    [{ a: 'hashed', b: 1 }, { b: [1] }, 16766],
    [{ a: 'hashed', b: 1 }, { a: [1], b: [1] }, 16766],
    [{ a: 'hashed' }, { a: { b: [1] } }],
    [{ a: 1, b: 'text' }, { a: [1], b: 'x' }, 201],
    [{ b: 'text', a: 1 }, { a: [1], b: 'x' }, 201],
    [{ b: 'text', 'a.c': 1 }, { a: [{ c: 1 }], b: 'x' }, 201],
    [
      { b: 'text', 'a.0': 1 },
      { a: [1], b: 'x' },
    ],
    [
      { a: 1, b: 'text' },
      { a: 1, b: ['x', 'y'] },
    ],
    [{ b: 'text' }, { language: 'spanglish' }, 17262],
    [{ b: 'text' }, { language: 1 }, 17261],
    [{ b: 'text' }, { language: 'Spanish' }],
    [{ b: 1 }, { language: 'spanglish' }],
  ];
  for (const [key, document, code] of ARRAYS) {
    it(`${code === undefined ? 'takes' : `refuses with ${code}`} ${JSON.stringify(document)} under ${JSON.stringify(key)}`, () => {
      const name = made({ _id: 1 });
      index(name, { key });

      expect(codeOf(engine.ask({ insert: name, documents: [document] }))).to.equal(code);
      expect(
        codeOf(engine.ask({ update: name, updates: [{ q: { _id: 1 }, u: { $set: document } }] })),
      ).to.equal(code);
      expect(index(made(document), { key })['code']).to.equal(code);
      expect(index(made(document), { key, partialFilterExpression: { member: true } })).to.include({ ok: 1 });
    });
  }

  describe('dropped', () => {
    const two = (): string => {
      const name = made();
      index(name, { key: A, name: 's' }, { key: A, name: 't', unique: true }, { key: { b: 1 }, name: 'u' });
      return name;
    };
    const KEPT: readonly (readonly [index: unknown, code: number])[] = [
      [['s', '_id_'], 72],
      [['s', 'nonsense'], 27],
      [['s', 123], 14],
      [123, 14],
      [undefined, 40414],
      [A, 181],
      [{ c: 1 }, 27],
      [{ _id: 1 }, 72],
      ['_id_', 72],
      ['nonsense', 27],
    ];
    for (const [wanted, code] of KEPT) {
      it(`are none where ${JSON.stringify(wanted)} is asked: ${code}`, () => {
        const name = two();

        const answer = engine.ask({ dropIndexes: name, ...(wanted === undefined ? {} : { index: wanted }) });

        expect(answer['code']).to.equal(code);
        expect(names(name)).to.deep.equal(['_id_', 's', 't', 'u']);
      });
    }

    it('by name, by names, by key, or all', () => {
      const name = two();
      const drop = (wanted: unknown): unknown =>
        engine.ask({ dropIndexes: name, index: wanted })['nIndexesWas'];

      expect(drop('s')).to.equal(4);
      expect(names(name)).to.deep.equal(['_id_', 't', 'u']);
      expect(drop(A)).to.equal(3);
      expect(names(name)).to.deep.equal(['_id_', 'u']);
      expect(drop(['u', 'u'])).to.equal(2);
      expect(names(name)).to.deep.equal(['_id_']);
      index(name, { key: A }, { key: { b: 1 }, name: 'j' });
      expect(drop('*')).to.equal(3);
      expect(names(name)).to.deep.equal(['_id_']);
    });

    it('not of a view', () => {
      engine.ask({ create: 'view', viewOn: 'c0' });

      expect(engine.ask({ dropIndexes: 'view', index: '*' })).to.include({ code: 166 });
    });
  });

  it('that are named by a key of two are an ambiguous hint', () => {
    const name = made({ _id: 1, a: 1 });
    index(name, { key: A }, { key: A, name: 'j', collation: { locale: 'vi' } });

    expect(engine.ask({ find: name, filter: A, hint: A })).to.include({ code: 27 });
    expect(engine.ask({ find: name, filter: A, hint: 'j' })['batch']).to.have.lengthOf(1);
  });

  it('are hinted by their own kind', () => {
    const name = made({ _id: 1, a: 1 });
    index(name, { key: { a: 'hashed' } }, { key: A, name: 'j' });

    for (const hint of [{ a: 'hashed' }, A, 'i']) {
      expect(engine.ask({ find: name, filter: A, hint })['batch']).to.have.lengthOf(1);
    }
    expect(engine.ask({ find: name, filter: A, hint: { a: -1 } })).to.include({ code: 2 });
  });

  describe('among several', () => {
    const used = (name: string, filter: Document): unknown => {
      const { queryPlanner } = engine.ask({ explain: { find: name, filter } }) as { queryPlanner: Document };
      const { inputStage } = queryPlanner['winningPlan'] as { inputStage?: Document };
      return inputStage?.['indexName'];
    };
    const many = Array.from({ length: 100 }, (_, n) => ({ _id: n, key: n % 2, value: n, score: n }));

    it('take the one with fewest entries, also where a unique one is read in part', () => {
      const name = made(...many);
      index(name, { key: { value: 1 }, name: 'unique', unique: true }, { key: { score: 1 }, name: 'score' });

      expect(used(name, { _id: { $gte: 10 }, score: 50 })).to.equal('score');
      expect(used(name, { value: { $gte: 10 }, score: 50 })).to.equal('score');
      expect(used(name, { value: 50, score: { $gte: 10 } })).to.equal('unique');
      expect(used(name, { value: { $gte: 98 }, score: { $gte: 10 } })).to.equal('unique');
    });

    it('take a unique one all of whose fields have one value', () => {
      const name = made(...many);
      index(
        name,
        { key: { key: 1, score: -1 }, name: 'score' },
        { key: { key: 1, value: -1 }, name: 'unique', unique: true },
      );

      expect(used(name, { key: 1, value: 51 })).to.equal('unique');
      expect(used(name, { key: 1, score: 51 })).to.equal('score');
      expect(used(name, { key: 1, value: { $gte: 98 } })).to.equal('unique');
      expect(used(name, { key: 1, score: { $gte: 98 }, value: { $gte: 0 } })).to.equal('score');
    });
  });

  it('are of no use to a query while they are hidden, but keep what is unique, and what is over goes', () => {
    const name = made({ _id: 1, a: 1, at: new Date(0) });
    index(name, { key: A, unique: true }, { key: { at: 1 }, name: 'at', expireAfterSeconds: 1 });
    const hide = (hidden: boolean): void => {
      for (const hiddenName of ['i', 'at'])
        engine.ask({ collMod: name, index: { name: hiddenName, hidden } });
    };
    const stage = (): unknown => {
      const { queryPlanner } = engine.ask({ explain: { find: name, filter: A } }) as {
        queryPlanner: Document;
      };
      const plan = queryPlanner['winningPlan'] as Document;
      return (plan['inputStage'] as Document | undefined)?.['stage'] ?? plan['stage'];
    };
    expect(stage()).to.equal('IXSCAN');

    hide(true);

    expect(stage()).to.equal('COLLSCAN');
    expect(engine.ask({ find: name, hint: 'i' })).to.include({ code: 2 });
    expect(codeOf(engine.ask({ insert: name, documents: [{ a: 1 }] }))).to.equal(11000);
    engine.tidy();
    expect(engine.ask({ find: name })['batch']).to.deep.equal([]);
    hide(false);
    expect(stage()).to.equal('IXSCAN');
  });

  it('serve a long $in, of which each value is searched', () => {
    const name = made();
    index(name, { key: A });
    for (let from = 0; from < 3_000; from += 100) {
      const documents = Array.from({ length: 100 }, (_, at) => ({ _id: from + at, a: (from + at) % 1_500 }));
      engine.ask({ insert: name, documents });
    }
    const $in = Array.from({ length: 1_200 }, (_, n) => n * 7);
    const counts = (filter: Document): Document =>
      (engine.ask({ explain: { find: name, filter } }) as { executionStats: Document }).executionStats;

    expect(counts({ _id: { $in } })).to.include({ nReturned: 429, totalKeysExamined: 429 });
    expect(counts({ a: { $in } })).to.include({ nReturned: 430, totalKeysExamined: 430 });
    expect(counts({ $and: [{ a: { $in } }, { a: { $in: [0, 7, 8] } }] })).to.include({
      nReturned: 4,
      totalKeysExamined: 4,
    });
  });

  it('of a place in a list find null where an element has no field of that name', () => {
    const name = made({ _id: 1, a: [null, {}] });
    index(name, { key: { 'a.1': 1 } });
    expect(engine.ask({ find: name, filter: { 'a.1': null } })['batch']).to.have.lengthOf(1);
  });

  /** Documents that an expression finds though their keys lie elsewhere. */
  const ELSEWHERE: readonly (readonly [
    key: string,
    sparse: boolean,
    document: Document,
    expression: Document,
  ])[] = [
    ['a', false, {}, { $lt: ['$a', null] }],
    ['a', false, { a: [5] }, { $gt: ['$a', 'x'] }],
    ['a.0', false, { a: [5] }, { $gt: ['$a.0', 7] }],
    ['a.b', true, { a: [] }, { $gt: ['$a.b', 'x'] }],
  ];
  for (const [key, sparse, document, expression] of ELSEWHERE) {
    it(`lose nothing to ${JSON.stringify(expression)} of ${JSON.stringify(document)}`, () => {
      const name = made({ _id: 1, ...document });
      index(name, { key: { [key]: 1 }, ...(sparse ? { sparse } : {}) });
      expect(engine.ask({ find: name, filter: { $expr: expression } })['batch']).to.have.lengthOf(1);
    });
  }
});
