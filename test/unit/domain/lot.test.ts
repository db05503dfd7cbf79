import { expect } from 'chai';
import fc from 'fast-check';
import { digitalLinkPath } from '../../../src/domain/gs1/digital-link.ts';
import { LOT_MAX_LENGTH, isLot } from '../../../src/domain/gs1/lot.ts';

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
        const path = digitalLinkPath({ gtin14: '06291041500213', lot });

        const [, ai, gtin, key, value = ''] = path.split('/');
        expect([ai, gtin, key, decodeURIComponent(value)]).to.deep.equal(['01', '06291041500213', '10', lot]);
        expect(value).to.match(/^(?:[A-Za-z0-9._-]|%[0-9A-F]{2})+$/);
      }),
    );
  });

  it('stands before the serial number in the path of a pack', () => {
    const keys = { gtin14: '06291041500213', lot: 'A/1', serial: '0123456789ABCDEFGHJK' };

    expect(digitalLinkPath(keys)).to.equal('/01/06291041500213/10/A%2F1/21/0123456789ABCDEFGHJK');
  });
});
