import { expect } from 'chai';
import type { Document } from 'mongodb';
import type { HeldEngine } from './engine.ts';
import { heldEngine } from './engine.ts';

/** What is in the target, what the pipeline gives, the options of `$merge`; what is there then, or a code. */
type Case = readonly [
  what: string,
  target: readonly Document[],
  results: readonly Document[],
  options: Document,
  then: readonly Document[] | number,
];

const OLD = [{ _id: 1, a: 1, b: { x: 1 } }, { _id: 2, a: 2 }]; // prettier-ignore

/** Source: manual, $merge; server, jstests/aggregation/sources/merge/*.js; document_source_merge.cpp */
const CASES: readonly Case[] = [
  ['merges the fields at the top and inserts what is new', OLD, [{ _id: 1, b: { y: 2 }, c: 3 }, { _id: 3, c: 4 }], {},
    [{ _id: 1, a: 1, b: { y: 2 }, c: 3 }, { _id: 2, a: 2 }, { _id: 3, c: 4 }]],
  ['replaces', OLD, [{ _id: 1, c: 3 }], { whenMatched: 'replace' }, [{ _id: 1, c: 3 }, { _id: 2, a: 2 }]],
  ['keeps what is there', OLD, [{ _id: 1, c: 3 }, { _id: 3 }], { whenMatched: 'keepExisting' },
    [...OLD, { _id: 3 }]],
  ['fails where one is there', OLD, [{ _id: 1, c: 3 }], { whenMatched: 'fail' }, 11000],
  ['discards what is new', OLD, [{ _id: 1, c: 3 }, { _id: 3 }], { whenNotMatched: 'discard' },
    [{ _id: 1, a: 1, b: { x: 1 }, c: 3 }, { _id: 2, a: 2 }]],
  ['fails where none is there', OLD, [{ _id: 3 }], { whenNotMatched: 'fail' }, 13113],
  ['runs a pipeline over what is there', OLD, [{ _id: 1, a: 10 }],
    { whenMatched: [{ $set: { a: { $add: ['$a', '$$new.a'] } } }] },
    [{ _id: 1, a: 11, b: { x: 1 } }, { _id: 2, a: 2 }]],
  ['gives the pipeline variables of its own', OLD, [{ _id: 1, a: 10 }],
    { whenMatched: [{ $set: { sum: { $add: ['$a', '$$own', '$$new.a'] } } }], let: { own: { $multiply: ['$a', 2] } } },
    [{ _id: 1, a: 1, b: { x: 1 }, sum: 31 }, { _id: 2, a: 2 }]],
  ['lets the pipeline remove fields', OLD, [{ _id: 1 }], { whenMatched: [{ $unset: 'b' }] },
    [{ _id: 1, a: 1 }, { _id: 2, a: 2 }]],
  ['finds by other fields, and keeps _id', OLD, [{ a: 2, c: 1 }], { on: 'a' }, [OLD[0] ?? {}, { _id: 2, a: 2, c: 1 }]],
  ['replaces by other fields, and keeps _id', OLD, [{ a: 2, c: 1 }], { on: ['a'], whenMatched: 'replace' },
    [OLD[0] ?? {}, { _id: 2, a: 2, c: 1 }]],
  ['refuses another _id', OLD, [{ _id: 9, a: 2 }], { on: 'a' }, 66],
  ['refuses another _id in a replacement', OLD, [{ _id: 9, a: 2 }], { on: 'a', whenMatched: 'replace' }, 66],
  ['finds by a path', [{ _id: 1, k: { p: 1 } }], [{ k: { p: 1 }, c: 1 }], { on: 'k.p' },
    [{ _id: 1, k: { p: 1 }, c: 1 }]],
  ['wants one value to find by: none', OLD, [{ c: 1 }], { on: 'a' }, 51132],
  ['wants one value to find by: null', OLD, [{ a: null }], { on: 'a' }, 51132],
  ['wants one value to find by: a list', OLD, [{ a: [1] }], { on: 'a' }, 51185],
  ['wants a unique index to find by', OLD, [{ b: 1 }], { on: 'b' }, 51183],
  ['wants a unique index of all that it finds by', OLD, [{ a: 1, b: 1 }], { on: ['a', 'b'] }, 51183],
  ['knows what to do where one is there', OLD, [], { whenMatched: 'update' }, 2],
  ['knows what to do where none is there', OLD, [], { whenNotMatched: 'replace' }, 2],
  ['has variables for a pipeline only', OLD, [], { let: { a: 1 }, whenMatched: 'merge' }, 51199],
  ['keeps $$new for the result', OLD, [], { let: { new: 1 }, whenMatched: [{ $set: { a: 1 } }] }, 51273],
  ['fails in no case without inserting', OLD, [], { whenMatched: 'fail', whenNotMatched: 'fail' }, 51181],
  ['does not fail and discard', OLD, [], { whenMatched: 'fail', whenNotMatched: 'discard' }, 51181],
  ['does not keep and fail', OLD, [], { whenMatched: 'keepExisting', whenNotMatched: 'fail' }, 51181],
  ['does not keep and discard', OLD, [], { whenMatched: 'keepExisting', whenNotMatched: 'discard' }, 51181],
  ['knows what to do by a name or a pipeline', OLD, [], { whenMatched: 1 }, 51191],
  ['finds by names: a number', OLD, [], { on: 3.14 }, 51186],
  ['finds by names: a document', OLD, [], { on: { _id: 1 } }, 51186],
  ['finds by names: none', OLD, [], { on: [] }, 51187],
  ['finds by names: a list in the list', OLD, [], { on: [['_id']] }, 51134],
  ['finds by a name once', OLD, [], { on: ['a', 'a'] }, 31465],
  ['has no variables without a pipeline', OLD, [], { let: {} }, 51199],
  ['has no field that it does not know', OLD, [], { nonsense: 1 }, 40415],
  ['runs no other stages', OLD, [{ _id: 1 }], { whenMatched: [{ $match: {} }] }, 72],
]; // prettier-ignore

describe('embedded MongoDB: $merge', () => {
  let engine: HeldEngine;
  let collections = 0;
  before(async () => {
    engine = await heldEngine();
  });
  after(() => engine.close());

  for (const [what, target, results, options, then] of CASES) {
    it(`${what}${typeof then === 'number' ? ` → ${then}` : ''}`, () => {
      const into = `t${collections++}`;
      const path = options['on'] === 'k.p' ? 'k.p' : 'a';
      engine.ask({ createIndexes: into, indexes: [{ name: 'own', key: { [path]: 1 }, unique: true }] });
      engine.ask({ insert: into, documents: target });
      const pipeline = [{ $documents: results }, { $merge: { into, ...options } }];

      const answer = engine.ask({ aggregate: 1, pipeline, cursor: {} });

      const there = engine.ask({ find: into, sort: { _id: 1 } })['batch'] as Document[];
      expect(answer['code'] ?? 0).to.equal(typeof then === 'number' ? then : 0);
      expect(there).to.deep.equal(typeof then === 'number' ? target : then);
      expect(engine.ask({ validate: into })['valid']).to.equal(true);
    });
  }

  const collated = { locale: 'en_US', strength: 2 };
  /** Source: server, jstests/aggregation/sources/merge/requires_unique_index.js */
  const COLLATIONS: readonly (readonly [index: Document, own: Document, pipeline: Document, code: number])[] =
    [
      [{ collation: collated }, {}, {}, 51183],
      [{ collation: collated }, {}, { collation: { locale: 'en_US' } }, 51183],
      [{ collation: collated }, {}, { collation: { locale: 'simple' } }, 51183],
      [{ collation: collated }, {}, { collation: collated }, 0],
      [{}, {}, { collation: collated }, 51183],
      [{}, {}, { collation: { locale: 'simple' } }, 0],
      [{}, { collation: collated }, {}, 51183],
      [{}, { collation: collated }, { collation: collated }, 0],
    ];
  for (const [index, own, options, code] of COLLATIONS) {
    const what = JSON.stringify([index, own, options]);
    it(`finds by a unique index of the pipeline's collation: ${what} → ${code}`, () => {
      const into = `t${collections++}`;
      engine.ask({ create: into, ...own });
      engine.ask({ createIndexes: into, indexes: [{ name: 'own', key: { a: 1 }, unique: true, ...index }] });
      const pipeline = [{ $documents: [{ _id: 1, a: 'x' }] }, { $merge: { into, on: 'a' } }];

      const answer = engine.ask({ aggregate: 1, pipeline, cursor: {}, ...options });

      expect(answer['code'] ?? 0).to.equal(code);
    });
  }

  it("takes the index of _id to have its collection's collation", () => {
    engine.ask({ create: 'lettered', collation: collated });
    const pipeline = [{ $documents: [{ _id: 'x' }] }, { $merge: { into: 'lettered', on: '_id' } }];
    const code = (options: Document): unknown =>
      engine.ask({ aggregate: 1, pipeline, cursor: {}, ...options })['code'];

    expect([code({ collation: collated }), code({})]).to.deep.equal([undefined, 51183]);
  });

  it("finds what it merges with by its target's collation, not by the pipeline's", () => {
    engine.ask({
      createIndexes: 'folded',
      indexes: [{ name: 'own', key: { a: 1 }, collation: collated, unique: true }],
    });
    engine.ask({ insert: 'folded', documents: [{ _id: 1, a: 'x' }] });
    const pipeline = [{ $documents: [{ a: 'X', b: 1 }] }, { $merge: { into: 'folded', on: 'a' } }];

    const answer = engine.ask({ aggregate: 1, pipeline, cursor: {}, collation: collated });

    expect(answer['code']).to.equal(11000);
  });

  /** Source: server, document_source_out.cpp, document_source_merge.cpp, create */
  const NO_TARGETS: readonly (readonly [stage: Document, code: number])[] = [
    [{ $out: 'system.x' }, 17385],
    [{ $out: { db: 'admin', coll: 'x' } }, 31321],
    [{ $merge: 'system.x' }, 31319],
    [{ $merge: { into: { db: 'config', coll: 'x' } } }, 31320],
    [{ $merge: 1 }, 14],
  ];
  for (const [stage, code] of NO_TARGETS) {
    it(`does not write to ${JSON.stringify(stage)} → ${code}`, () => {
      expect(
        engine.ask({ aggregate: 1, pipeline: [{ $documents: [] }, stage], cursor: {} })['code'],
      ).to.equal(code);
    });
  }

  it('makes no collection that it then refuses to write', () => {
    engine.ask({
      aggregate: 1,
      pipeline: [{ $documents: [] }, { $merge: { into: 'unmade', on: 'a' } }],
      cursor: {},
    });

    expect(engine.ask({ listCollections: 1, filter: { name: 'unmade' } })['batch']).to.deep.equal([]);
  });

  it('takes a write concern with a pipeline that writes nothing', () => {
    const command = { aggregate: 1, pipeline: [{ $documents: [{ a: 1 }] }], cursor: {} };

    expect(engine.ask({ ...command, writeConcern: { w: 1 } })['batch']).to.deep.equal([{ a: 1 }]);
  });

  it('takes what it reads from its own target', () => {
    engine.ask({ insert: 'own', documents: OLD });

    engine.ask({ aggregate: 'own', pipeline: [{ $set: { seen: true } }, { $merge: 'own' }], cursor: {} });

    const there = engine.ask({ find: 'own', sort: { _id: 1 } })['batch'] as Document[];
    expect(there).to.deep.equal(OLD.map((document) => ({ ...document, seen: true })));
  });
});
