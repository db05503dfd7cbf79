import { expect } from 'chai';
import fc from 'fast-check';
import { checkDigit } from '../../../src/domain/gs1/check-digit.ts';
import { parseGtin } from '../../../src/domain/gs1/gtin.ts';

const digits = (length: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: length, maxLength: length });

/** Right GTINs of the four lengths. */
const gtins = fc
  .constantFrom(8, 12, 13, 14)
  .chain((length) => digits(length - 1))
  .filter((body) => !/^0+$/.test(body))
  .map((body) => `${body}${checkDigit(body)}`);

describe('a GTIN', () => {
  // GS1 General Specifications §7.9.1, table 7.9.1-1 shows the weights with this number.
  it('has the check digit of the standard’s own example', () => {
    expect(checkDigit('629104150021')).to.equal(3);
    expect(parseGtin('6291041500213')).to.deep.equal({
      digits: '6291041500213',
      gtin14: '06291041500213',
      restricted: false,
    });
  });

  it('is read back with any check digit that we make, and with spaces or hyphens', () => {
    fc.assert(
      fc.property(gtins, (gtin) => {
        expect(parseGtin(gtin)?.digits).to.equal(gtin);
        expect(parseGtin(` ${gtin.slice(0, 3)}-${gtin.slice(3)} `)?.digits).to.equal(gtin);
        expect(parseGtin(gtin)?.gtin14).to.have.length(14);
      }),
    );
  });

  it('with one changed digit is always refused', () => {
    fc.assert(
      fc.property(gtins, (gtin) => {
        for (let place = 0; place < gtin.length; place += 1) {
          for (const digit of '0123456789') {
            if (digit === gtin[place]) continue;
            expect(parseGtin(gtin.slice(0, place) + digit + gtin.slice(place + 1))).to.equal(null);
          }
        }
      }),
      { numRuns: 50 },
    );
  });

  it('with two neighbours swapped is refused unless they differ by five, which modulo 10 cannot see', () => {
    fc.assert(
      fc.property(gtins, fc.nat(), (gtin, at) => {
        const place = at % (gtin.length - 1);
        const [first = '', second = ''] = gtin.slice(place, place + 2);
        const swapped = gtin.slice(0, place) + second + first + gtin.slice(place + 2);
        const unseen = Math.abs(Number(first) - Number(second)) % 5 === 0;

        expect(parseGtin(swapped) !== null).to.equal(unseen);
      }),
    );
  });

  it('is not a text of another length, with letters, or of noughts alone', () => {
    for (const text of [
      '',
      '1234567',
      '123456789',
      '20090010000171',
      'x2009001000017',
      '00000000',
      '٣'.repeat(8),
    ]) {
      expect(parseGtin(text), text).to.equal(null);
    }
  });

  // GS1 General Specifications, figures 1.4.2-1 and 1.4.3-1.
  it('knows the ranges that are for use inside a shop only', () => {
    const made = (body: string) => parseGtin(`${body}${checkDigit(body)}`)?.restricted;
    const inside = ['200900100001', '021234567890', '041234567890', '2123456', '0123456'];
    const open = ['893123456789', '629104150021', '012345678901', '9631234'];

    expect(inside.filter((body) => made(body) !== true)).to.deep.equal([]);
    expect(open.filter((body) => made(body) !== false)).to.deep.equal([]);
  });
});
