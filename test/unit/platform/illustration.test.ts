import { expect } from 'chai';
import { ILLUSTRATED_CATEGORIES, illustration } from '../../../src/platform/illustration.ts';

const BYTES_MAX = 1536;

describe('illustrations of products without a photo', () => {
  it('has one for each of the 26 OCOP product sets', () => {
    const drawn = new Set(ILLUSTRATED_CATEGORIES);

    expect(drawn.size).to.equal(26);
  });

  for (const category of [...ILLUSTRATED_CATEGORIES, 'never heard of']) {
    it(`draws ${category} small, in full colour, without ids, styles or scripts`, () => {
      const svg = illustration(category);

      expect(Buffer.byteLength(svg)).to.be.at.most(BYTES_MAX);
      expect(svg).to.match(/^<svg [^>]*viewBox="0 0 96 96"[^>]*>.*<\/svg>$/s);
      expect(svg).not.to.match(/#[0-3]"| id=| style=|<style|<script|<text| on[a-z]+=/);
    });
  }

  it('draws tea and coffee differently', () => {
    const [tea, coffee] = [illustration('1.11'), illustration('1.13')];

    expect(tea).not.to.equal(coffee);
  });
});
