import { expect } from 'chai';
import type { Document } from 'mongodb';
import type { HeldEngine } from './engine.ts';
import { heldEngine } from './engine.ts';

type Case = readonly [expression: Document, value: unknown];

const found = (text: string, idx: number, ...captures: unknown[]): Document => ({
  match: text,
  idx,
  captures,
});
const all = (input: string, regex: string): Document => ({
  $regexFindAll: { input, regex: { $literal: regex } },
});

/** Source: server, jstests/aggregation/expressions/regex.js, indexof_codepoints.js, indexof_bytes.js */
const CASES: readonly Case[] = [
  [all('aXbX', 'X'), [found('X', 1), found('X', 3)]],
  [all('a😀b😀', '😀'), [found('😀', 1), found('😀', 3)]],
  [all('😀b', ''), [found('', 0), found('', 1)]],
  [all('', ''), [found('', 0)]],
  [all('ab', '$'), [found('', 2)]],
  [all('aab', 'a*'), [found('aa', 0), found('', 2)]],
  [all('ab', '^'), [found('', 0)]],
  [all('ab', '(a)|(b)'), [found('a', 0, 'a', null), found('b', 1, null, 'b')]],
  [{ $regexFind: { input: '😀😀b', regex: 'b' } }, found('b', 2)],
  [{ $indexOfCP: ['a😀b😀', '😀', 2] }, 3],
  [{ $indexOfCP: ['a😀b', 'b', 0, 2] }, -1],
  [{ $indexOfCP: ['abc', '', 3] }, 3],
  [{ $indexOfCP: ['abc', '', 4] }, -1],
  [{ $indexOfCP: ['abc', '', 2, 1] }, -1],
  [{ $indexOfCP: ['abc', 'bc', 1, 3] }, 1],
  [{ $indexOfBytes: ['aéb', 'b'] }, 3],
  [{ $indexOfBytes: ['aéb', 'b', 0, 3] }, -1],
  [{ $indexOfBytes: ['abc', '', 3] }, 3],
  [{ $indexOfBytes: ['abc', '', 4] }, -1],
  [{ $replaceAll: { input: 'aa', find: '', replacement: '-' } }, '-a-a-'],
  [{ $replaceAll: { input: 'aXa', find: 'a', replacement: 'bb' } }, 'bbXbb'],
];

const LONG = 'c'.repeat(1_000_000);

/** What would take minutes, or more memory than there is, if it were done as it is written. */
const LONG_CASES: readonly (readonly [what: string, expression: Document, outcome: unknown])[] = [
  ['a match of each of many characters', { $size: all('c'.repeat(100_000), 'c') }, 100_000],
  ['more matches than there may be', all(LONG, 'c'), 51151],
  ['more captures than there may be', all('c'.repeat(100_000), '()'.repeat(100)), 51151],
  ['a part of half the length', { $indexOfCP: [LONG, `${LONG.slice(0, 500_000)}d`] }, -1],
  ['the same in bytes', { $indexOfBytes: [LONG, `${LONG.slice(0, 500_000)}d`] }, -1],
  ['a text that grows without end', { $replaceAll: { input: LONG, find: 'c', replacement: LONG } }, 13548],
  [
    'a text that grows letter by letter',
    {
      $strLenBytes: {
        $reduce: { input: { $range: [0, 300_000] }, initialValue: '', in: { $concat: ['$$value', 'x'] } },
      },
    },
    300_000,
  ],
  ['many pieces', { $size: { $split: [LONG, 'c'] } }, 1_000_001],
];

describe('embedded MongoDB: texts in expressions', () => {
  let engine: HeldEngine;
  before(async () => {
    engine = await heldEngine();
    engine.ask({ insert: 'c', documents: [{ _id: 1 }] });
  });
  after(() => engine.close());

  const asked = (value: Document): Document =>
    engine.ask({ aggregate: 'c', pipeline: [{ $project: { _id: 0, value } }], cursor: {} });

  for (const [expression, value] of CASES) {
    it(`answers ${JSON.stringify(expression)}`, () => {
      expect((asked(expression)['batch'] as Document[])[0]?.['value']).to.deep.equal(value);
    });
  }

  for (const [what, expression, outcome] of LONG_CASES) {
    it(`answers at once ${what}`, () => {
      const started = performance.now();

      const answer = asked(expression);

      const [first] = (answer['batch'] ?? []) as Document[];
      expect(answer['code'] ?? first?.['value']).to.equal(outcome);
      expect(performance.now() - started).to.be.below(5_000);
    });
  }
});
