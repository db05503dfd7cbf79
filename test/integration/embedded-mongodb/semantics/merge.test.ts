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
  ['wants one value to find by: a list', OLD, [{ a: [1] }], { on: 'a' }, 51132],
  ['wants a unique index to find by', OLD, [{ b: 1 }], { on: 'b' }, 51183],
  ['wants a unique index of all that it finds by', OLD, [{ a: 1, b: 1 }], { on: ['a', 'b'] }, 51183],
  ['knows what to do where one is there', OLD, [], { whenMatched: 'update' }, 2],
  ['knows what to do where none is there', OLD, [], { whenNotMatched: 'replace' }, 2],
  ['has variables for a pipeline only', OLD, [], { let: { a: 1 }, whenMatched: 'merge' }, 51199],
  ['keeps $$new for the result', OLD, [], { let: { new: 1 }, whenMatched: [{ $set: { a: 1 } }] }, 51273],
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

  it('takes what it reads from its own target', () => {
    engine.ask({ insert: 'own', documents: OLD });

    engine.ask({ aggregate: 'own', pipeline: [{ $set: { seen: true } }, { $merge: 'own' }], cursor: {} });

    const there = engine.ask({ find: 'own', sort: { _id: 1 } })['batch'] as Document[];
    expect(there).to.deep.equal(OLD.map((document) => ({ ...document, seen: true })));
  });
});
