import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import fc from 'fast-check';
import { byAlphabet } from '../../../src/domain/text/alphabet.ts';

const names = (file: string, list: string): readonly string[] => {
  const path = new URL(`../../../reference/${file}`, import.meta.url);
  const read = JSON.parse(readFileSync(path, 'utf8')) as Record<string, { readonly name: string }[]>;
  return (read[list] ?? []).map(({ name }) => name);
};

/** Huyền, hỏi, ngã, sắc, nặng. */
const TONES = [...'\u0300\u0309\u0303\u0301\u0323'];
const LETTERS = [...'aàáảãạăằâậbdđeẹêếghiìkmnoòôốơợuùưựyỳAĐƠ '];
const texts = fc.array(fc.constantFrom(...LETTERS), { maxLength: 8 }).map((letters) => letters.join(''));

describe('the Vietnamese alphabet', () => {
  const theirs = new Intl.Collator('vi', { sensitivity: 'accent' });

  it('has its letters before its tones, and đ after d', () => {
    const places = ['Đà Nẵng', 'Cần Thơ', 'Dầu Tiếng', 'Cao Bằng', 'Cà Mau', 'Cả'];

    expect([...places].sort(byAlphabet)).to.deep.equal([
      'Cả',
      'Cà Mau',
      'Cao Bằng',
      'Cần Thơ',
      'Dầu Tiếng',
      'Đà Nẵng',
    ]);
  });

  it('orders every province and commune as Unicode does', () => {
    const places = [...names('provinces.json', 'provinces'), ...names('communes.json', 'communes')];
    expect(places.length).to.be.greaterThan(3000);

    expect([...places].sort(byAlphabet)).to.deep.equal([...places].sort(theirs.compare));
  });

  it('orders any two texts as Unicode does', () => {
    fc.assert(
      fc.property(texts, texts, (a, b) => {
        expect(byAlphabet(a, b)).to.equal(theirs.compare(a, b));
      }),
    );
  });

  it('orders texts that differ in tones only as Unicode does', () => {
    const words = ['a', 'â', 'ơ'].flatMap((vowel) =>
      ['', ...TONES].flatMap((tone) => ['', ...TONES].map((last) => `${vowel}${tone}n ${vowel}${last}`)),
    );

    for (const a of words) {
      for (const b of words) expect(byAlphabet(a, b), `${a} | ${b}`).to.equal(theirs.compare(a, b));
    }
  });
});
