import { expect } from 'chai';
import type { Document } from 'mongodb';
import { BSONRegExp } from 'mongodb';
import type { CommandError } from '../../../../src/embedded-mongodb/errors.ts';
import { compileRegex, literalPrefix } from '../../../../src/embedded-mongodb/regex.ts';
import type { HeldEngine } from './engine.ts';
import { heldEngine } from './engine.ts';

type Case = readonly [pattern: string, options: string, found: readonly string[], other: readonly string[]];

/** Source: pcre2pattern(3); server, jstests/core/regex*.js */
const CASES: readonly Case[] = [
  ['\\Aab', 'm', ['ab'], ['x\nab']],
  ['ab\\z', 'm', ['ab'], ['ab\n', 'ab\nx']],
  ['ab\\Z', 'm', ['ab', 'ab\n'], ['ab\nx']],
  ['ab$', '', ['ab', 'ab\n'], ['ab\nx', 'ab\n\n', 'ab\r']],
  ['ab$', 'm', ['ab\nx'], ['ab\rx']],
  ['^b', '', ['b'], ['a\nb']],
  ['^b', 'm', ['a\nb'], ['a\rb', 'ab']],
  ['^$', 'm', ['', '\n', 'a\n\nb'], ['a\n']],
  ['a.b', '', ['a\rb', 'a\u2028b', 'a😀b'], ['a\nb', 'ab']],
  ['a.b', 's', ['a\nb'], ['ab']],
  ['a\\Nb', 's', ['axb'], ['a\nb']],
  ['\\Qa.b\\E', '', ['a.b'], ['axb']],
  ['\\Qa+\\E+', '', ['a++'], ['aa']],
  ['[\\Q^]\\E]', '', ['^', ']'], ['Q']],
  ['a\\Eb', '', ['ab'], []],
  ['^[[:alpha:]]+$', '', ['abC'], ['ab1', 'é']],
  ['^[^[:space:]]$', '', ['a', '\u00a0'], [' ', '\t']],
  ['^[[:^digit:]a]$', '', ['x'], ['1']],
  ['^[[:punct:]]+$', '', ['!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~'], ['a']],
  ['^[]a]+$', '', [']a'], ['b']],
  ['^[^]a]$', '', ['b'], [']', 'a']],
  ['^[a-]+$', '', ['a-'], ['b']],
  ['^[\\w.-]+$', '', ['a.b-c'], ['a b']],
  ['^[^\\W\\d]+$', '', ['abc'], ['a1']],
  ['\\s', '', ['a b', '\v'], ['\u00a0', '\ufeff']],
  ['\\h', '', ['\u00a0', '\t'], ['\n']],
  ['\\v', '', ['\n', '\u2028'], ['\t']],
  ['^\\R$', '', ['\r\n', '\n', '\r'], ['\n\n\n']],
  ['(?P<n>a)(?P=n)', '', ['aa'], ['a']],
  ["(?'n'a)\\k{n}\\k<n>\\k'n'\\g{n}", '', ['aaaaa'], ['aaaa']],
  ['(a)(b)\\g{-1}\\g1\\1', '', ['abbaa'], ['abb']],
  ['(a)\\11', '', ['a\t'], ['aa1']],
  ['a++b', '', ['aab'], ['b']],
  ['a++a', '', [], ['aaa']],
  ['^(?>a+|b)c$', '', ['aac', 'bc'], ['c']],
  ['^(?>a|ab)c', '', ['ac'], ['abc']],
  ['^(?>.*b)', '', ['aab'], ['aa']],
  ['(a?+b){2}+', '', ['abb'], ['ab']],
  ['(*UTF)é', '', ['é'], ['e']],
  ['(*UCP)^\\w+$', '', ['cà'], ['c à']],
  ['^\\w+$', '', ['ca'], ['cà']],
  ['(*UCP)\\bà', '', ['a à'], ['aà']],
  ['(?i)ab', '', ['AB'], ['A']],
  ['^(?i)ab', '', ['AB'], ['xab']],
  ['^(?i:ab)1$', '', ['AB1'], ['AB']],
  ['(?s).(?-s).', '', ['\na'], ['a\n']],
  ['(?m:^a)', '', ['x\na'], ['xa']],
  ['a(?x) b # c', '', ['ab'], ['a b']],
  ['a b # c\n d', 'x', ['abd'], ['a b']],
  ['a\\ b[ ]', 'x', ['a b '], ['ab ']],
  ['a (?# c ) +', 'x', ['aa'], ['b']],
  ['a(*FAIL)|b', '', ['b'], ['a']],
  ['\\x{e9}\\xe9\\x41\\101\\o{101}', '', ['ééAAA'], ['é']],
  ['\\cA\\e\\a\\f', '', ['\x01\x1b\x07\x0c'], ['cA']],
  ['\\p{Lu}\\pL\\P{L}', '', ['Aa1'], ['aa1']],
  ['\\p{Greek}\\p{^Greek}', '', ['αa'], ['aa']],
  ['a{,2}', '', ['a{,2}'], ['aa']],
  ['a{2', '', ['a{2'], ['aa']],
  ['{a}', '', ['{a}'], ['a']],
  ['^(?=a)*b', '', ['b'], ['a']],
  ['\\.\\-\\/\\_\\@\\é', '', ['.-/_@é'], ['a']],
  ['é', 'i', ['É'], ['e']],
  ['^.$', '', ['😀'], ['ab']],
  ['(?<=a)b(?!c)', '', ['ab'], ['abc', 'b']],
];

const REFUSED: readonly (readonly [what: string, pattern: string])[] = [
  ['a group without end', '('],
  ['an end without a group', ')'],
  ['a class without end', '[a'],
  ['nothing to repeat', '*a'],
  ['two quantifiers', 'a**'],
  ['a place that is repeated', '^*a'],
  ['a quantifier out of order', 'a{3,2}'],
  ['a quantifier that is too large', 'a{65536}'],
  ['a range out of order', '[z-a]'],
  ['a range to a set', '[\\w-.]'],
  ['an unknown set', '[[:letters:]]'],
  ['an unknown escape', '\\y'],
  ['a backslash at the end', 'a\\'],
  ['JavaScript’s own escape', '\\u0041'],
  ['an unknown script', '\\p{Nonsense}'],
  ['a reference to nothing', '(a)\\2'],
  ['a reference to no name', '\\k<n>'],
  ['two groups of one name', '(?<n>a)(?<n>b)'],
  ['groups too deep', `${'('.repeat(251)}${')'.repeat(251)}`],
  // From here on: what MongoDB would take.
  ['a character by its name', '\\N{COMMA}'],
  ['a new start of the match', 'a\\Kbc'],
  ['a reference to what may not be there', '(a)?\\1'],
  ['a reference to another branch', '(?:(a)|b)\\1'],
  ['a reference to what comes later', '\\1(a)'],
  ['upper case where case does not matter', '(?i)\\p{Lu}'],
  ['recursion', '(a(?1)?b)'],
  ['a condition', '(?(?=a)a|b)'],
  ['a reset of numbers', '(?|(a)|(b))'],
  ['a verb', 'a(*COMMIT)b'],
  ['case that matters to a part only', 'a(?i)b'],
  ['another line feed', '(*CRLF)a'],
];

const prefixOf = (pattern: string, options = ''): string | null =>
  literalPrefix(new BSONRegExp(pattern, options));

describe('embedded MongoDB: regular expressions', () => {
  let engine: HeldEngine;
  before(async () => {
    engine = await heldEngine();
  });
  after(() => engine.close());

  for (const [pattern, options, found, other] of CASES) {
    it(`follows PCRE in /${pattern}/${options}`, () => {
      const regex = compileRegex(new BSONRegExp(pattern, options));

      expect(found.filter((text) => !regex.test(text))).to.deep.equal([]);
      expect(other.filter((text) => regex.test(text))).to.deep.equal([]);
    });
  }

  for (const [what, pattern] of REFUSED) {
    it(`refuses ${what}: /${pattern.slice(0, 20)}/`, () => {
      const codes = [51091, 51111].map((code) => {
        try {
          return compileRegex(new BSONRegExp(pattern, ''), code) === null ? -1 : 0;
        } catch (error) {
          return (error as CommandError).code;
        }
      });

      expect(codes).to.deep.equal([51091, 51111]);
    });
  }

  it('catches what its own groups catch, by their numbers', () => {
    const regex = compileRegex(new BSONRegExp('(?>(a+))(?<n>b)?+(c)?', ''));

    expect(regex.find('xaab')).to.deep.equal({ text: 'aab', index: 1, captures: ['aa', 'b', null] });
  });

  it('bounds an index only by what every match begins with', () => {
    const prefixes = [
      '^ab',
      '^ab*',
      '^ab++c',
      '^a\\.b',
      '^ab\\E*',
      '^a\\Qb\\E',
      '^ab(?#x)*',
      '^(?i)ab',
      '(*UTF)^ab',
    ];

    expect(prefixes.map((pattern) => prefixOf(pattern))).to.deep.equal(
      ['ab', 'a', 'ab', 'a.b', null, null, null, null, null], // prettier-ignore
    );
  });

  it('gives up a match that would take for ever, in a filter as none, in an expression with 51156', () => {
    engine.ask({
      insert: 'c',
      documents: [
        { _id: 1, a: `${'a'.repeat(5_000)}b` },
        { _id: 2, a: 'aaa' },
      ],
    });
    const patterns = ['^(a+)+$', '^(a|aa)+$', 'a*a*a*a*a*c|^aaa$', '(.*)(.*)(.*)\\1\\2\\3c|^a{3}$'];
    const started = performance.now();

    const found = patterns.map(
      (pattern) => engine.ask({ find: 'c', filter: { a: { $regex: pattern } } })['batch'] as Document[],
    );
    const refused = ['$regexMatch', '$regexFind', '$regexFindAll'].map(
      (name) =>
        engine.ask({
          aggregate: 'c',
          pipeline: [{ $project: { x: { [name]: { input: '$a', regex: { $literal: '^(a+)+$' } } } } }],
          cursor: {},
        })['code'] as unknown,
    );

    expect(found.map((batch) => batch.map(({ _id }) => _id as unknown))).to.deep.equal(
      patterns.map(() => [2]),
    );
    expect(refused).to.deep.equal([51156, 51156, 51156]);
    expect(performance.now() - started).to.be.below(10_000);
  });

  it('refuses options in two places, and those that are no text', () => {
    const codes = [
      { $regex: new BSONRegExp('ab', 'i'), $options: 's' },
      { $regex: new BSONRegExp('ab', 'i'), $options: '' },
      { $regex: 'ab', $options: 1 },
      { $regex: new BSONRegExp('ab', ''), $options: 'i' },
    ].map((a) => engine.ask({ find: 'c', filter: { a } })['code'] as unknown);

    expect(codes).to.deep.equal([51075, 51075, 2, undefined]);
  });
});
