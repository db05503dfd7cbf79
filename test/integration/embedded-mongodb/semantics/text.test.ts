import { expect } from 'chai';
import type { Document } from 'mongodb';
import type { HeldEngine } from './engine.ts';
import { heldEngine } from './engine.ts';

const $search = 'blue';
const $text = { $search };
const score = { s: { $meta: 'textScore' } };

/** A `find`, and the `_id`s that it answers or the code of its refusal. */
type Case = readonly [what: string, find: Document, answer: readonly number[] | number];

/** Source: server, jstests/core/fts_*.js; db/query/query_planner.cpp */
const WORDS: readonly Case[] = [
  ['words', { filter: { $text } }, [1, 2]],
  [
    'words in a language of capitals',
    { filter: { $text: { $search: 'Blues', $language: 'English' } } },
    [1, 2],
  ],
  ['a language without rules', { filter: { $text: { $search: 'blues', $language: 'none' } } }, []],
  ['a language that there is not', { filter: { $text: { $search, $language: 'spanglish' } } }, 2],
  ['a language that is a number', { filter: { $text: { $search, $language: 3 } } }, 14],
  ['case by a word', { filter: { $text: { $search, $caseSensitive: 'x' } } }, 14],
  ['case by a number', { filter: { $text: { $search, $caseSensitive: 1 } } }, [1]],
  ['marks by a word', { filter: { $text: { $search, $diacriticSensitive: 'x' } } }, 14],
  ['something else', { filter: { $text: { $search, $foo: 1 } } }, 2],
  ['the score', { filter: { $text }, projection: score, sort: score }, [1, 2]],
  ['the score of nothing', { projection: score }, 40218],
  ['the order of nothing', { sort: score }, 40218],
];

/** With a field before the words. */
const PREFIXED: readonly Case[] = [
  ['nothing of the field', { filter: { $text } }, 291],
  ['a range of the field', { filter: { $text, x: { $gt: 0 } } }, 291],
  ['two values of the field', { filter: { $text, x: { $in: [1, 2] } } }, 291],
  ['the field', { filter: { $text, x: 1 } }, [1]],
  ['the field by its operator', { filter: { $text, x: { $eq: 2 } } }, [2]],
  ['the field beside', { filter: { $and: [{ $text }, { x: { $in: [2] } }] } }, [2]],
];

describe('embedded MongoDB: text', () => {
  let engine: HeldEngine;
  before(async () => {
    engine = await heldEngine();
    for (const [name, key] of [
      ['words', { y: 'text' }],
      ['prefixed', { x: 1, y: 'text' }],
    ] as const) {
      const documents = [
        { _id: 1, x: 1, y: 'blue' },
        { _id: 2, x: 2, y: 'Blue' },
        { _id: 3, x: 1, y: 'red' },
      ];
      engine.ask({ insert: name, documents });
      engine.ask({ createIndexes: name, indexes: [{ name: 'y', key }] });
    }
  });
  after(() => engine.close());

  const ask = (find: string, command: Document): unknown => {
    const { batch, code } = engine.ask({ find, ...command }) as {
      readonly batch?: Document[];
      code?: number;
    };
    return batch === undefined ? code : batch.map(({ _id }) => _id as unknown).sort();
  };

  for (const [what, find, answer] of WORDS) {
    it(`answers ${what}: ${JSON.stringify(answer)}`, () => {
      expect(ask('words', find)).to.deep.equal(answer);
    });
  }

  for (const [what, find, answer] of PREFIXED) {
    it(`answers a search with ${what}: ${JSON.stringify(answer)}`, () => {
      expect(ask('prefixed', find)).to.deep.equal(answer);
    });
  }

  it('does not search in an index that is hidden', () => {
    engine.ask({ collMod: 'words', index: { name: 'y', hidden: true } });
    expect(ask('words', { filter: { $text } })).to.equal(291);

    engine.ask({ collMod: 'words', index: { name: 'y', hidden: false } });
    expect(ask('words', { filter: { $text } })).to.deep.equal([1, 2]);
  });
});
