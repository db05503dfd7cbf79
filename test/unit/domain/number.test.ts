import { expect } from 'chai';
import fc from 'fast-check';
import { formatNumber } from '../../../src/domain/text/number.ts';

const LOCALES = { vi: 'vi-VN', en: 'en-GB' } as const;

/** Numbers of at most six decimals, as quantities have them. */
const numbers = fc
  .record({ whole: fc.integer({ min: -1e13, max: 1e13 }), decimals: fc.integer({ min: 0, max: 6 }) })
  .map(({ whole, decimals }) => Number(`${whole}e-${decimals}`));

describe('a number as people write it', () => {
  it('has points for thousands and a comma for decimals in Vietnamese, and the other way round in English', () => {
    expect(formatNumber(1234567.25, 'vi')).to.equal('1.234.567,25');
    expect(formatNumber(1234567.25, 'en')).to.equal('1,234,567.25');
    expect(formatNumber(999, 'vi')).to.equal('999');
    expect(formatNumber(0.5, 'vi')).to.equal('0,5');
    expect(formatNumber(1.256, 'vi', 2)).to.equal('1,26');
  });

  it('is written as Unicode has it for both languages', () => {
    for (const language of ['vi', 'en'] as const) {
      const theirs = new Intl.NumberFormat(LOCALES[language], { maximumFractionDigits: 6 });

      fc.assert(
        fc.property(numbers, (number) => {
          expect(formatNumber(number, language)).to.equal(theirs.format(number));
        }),
      );
    }
  });
});
