import { expect } from 'chai';
import { collateOf, keysBy } from '../../../src/embedded-mongodb/collation.ts';

/** More than the texts whose keys are remembered. */
const TEXTS = 12_000;

describe('keys of texts under a collation', () => {
  it('are one for texts that are equal in it, however many came between', () => {
    const keyOf = keysBy(collateOf({ locale: 'vi', strength: 2 }));
    const text = (number: number) => `Lô ${number}`;
    const keys = Array.from({ length: TEXTS }, (_, number) => keyOf(text(number)));

    expect(new Set(keys).size).to.equal(TEXTS);
    for (const number of [0, 1, TEXTS / 2, TEXTS - 1]) {
      expect(keyOf(text(number).toUpperCase()), text(number)).to.equal(keys[number]);
    }
  });
});
