import { expect } from 'chai';
import fc from 'fast-check';
import { LOT_MAX_LENGTH, digitalLinkPath, isLot } from '../../../src/domain/gs1/lot.ts';

/** GS1 AI encodable character set 82, General Specifications figure 7.11-1, written out. */
const SET_82 = '!"%&\'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz';

describe('a lot number', () => {
  it('is any text of the standard’s 82 characters, up to 20 of them', () => {
    expect(SET_82).to.have.length(82);
    expect(isLot(SET_82.slice(0, LOT_MAX_LENGTH))).to.equal(true);
    expect([...SET_82].every(isLot)).to.equal(true);
    expect(isLot('x'.repeat(LOT_MAX_LENGTH + 1))).to.equal(false);
    expect(isLot('')).to.equal(false);
  });

  it('has no character besides those', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }), (character) => {
        expect(isLot(character)).to.equal(SET_82.includes(character));
      }),
    );
  });

  it('comes back whole from the path of its Digital Link', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...SET_82), minLength: 1, maxLength: 20 }), (lot) => {
        const [, ai, gtin, key, value = ''] = digitalLinkPath('06291041500213', lot).split('/');

        expect([ai, gtin, key, decodeURIComponent(value)]).to.deep.equal(['01', '06291041500213', '10', lot]);
      }),
    );
  });
});
