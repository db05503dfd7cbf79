import { expect } from 'chai';
import fc from 'fast-check';
import { checkDigit } from '../../../src/domain/gs1/check-digit.ts';
import { eanSymbol, type EanSymbol } from '../../../src/domain/gs1/ean.ts';
import { parseGtin } from '../../../src/domain/gs1/gtin.ts';

const symbolOf = (digits: string): EanSymbol => {
  const symbol = eanSymbol({ digits });
  if (symbol === null) throw new RangeError(digits);
  return symbol;
};

/** The symbol as modules, dark ones 1. */
const modulesOf = ({ bars, width }: EanSymbol): string => {
  const modules = Array<string>(width).fill('0');
  for (const bar of bars) modules.fill('1', bar.module, bar.module + bar.width);
  return modules.join('');
};

/** The left half’s sets by their widths of space, bar, space, bar; ISO/IEC 15420 table 1 the other way round. */
const WIDTHS = ['3211', '2221', '2122', '1411', '1132', '1231', '1114', '1312', '1213', '3112'];
const PARITIES = [
  'AAAAAA',
  'AABABB',
  'AABBAB',
  'AABBBA',
  'ABAABB',
  'ABBAAB',
  'ABBBAA',
  'ABABAB',
  'ABABBA',
  'ABBABA',
];

/** Reads thirteen digits back from the widths of bars and spaces, as a scanner's manual tells it. */
function readThirteen(modules: string): string {
  const widths = (from: number) =>
    [...modules.slice(from, from + 7).matchAll(/0+|1+/g)].map(({ 0: run }) => run.length).join('');
  const backwards = (text: string) => [...text].reverse().join('');
  const left = Array.from({ length: 6 }, (_, at) => {
    const found = widths(3 + 7 * at);
    const plain = WIDTHS.indexOf(found);
    return plain >= 0 ? { digit: plain, set: 'A' } : { digit: WIDTHS.indexOf(backwards(found)), set: 'B' };
  });
  const right = Array.from({ length: 6 }, (_, at) => WIDTHS.indexOf(widths(50 + 7 * at)));
  const first = PARITIES.indexOf(left.map(({ set }) => set).join(''));
  return [first, ...left.map(({ digit }) => digit), ...right].join('');
}

describe('a linear symbol', () => {
  it('has the bars that the standard’s examples have', () => {
    expect(modulesOf(symbolOf('5901234123457'))).to.equal(
      '10100010110100111011001100100110111101001110101010110011011011001000010101110010011101000100101',
    );
    expect(modulesOf(symbolOf('96385074'))).to.equal(
      '1010001011010111101111010110111010101001110111001010001001011100101',
    );
  });

  it('gives every number of 13 digits back', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{12}$/), (body) => {
        const digits = body + String(checkDigit(body));

        expect(readThirteen(modulesOf(symbolOf(digits)))).to.equal(digits);
      }),
    );
  });

  it('is of 12 digits the same as of those after a nought', () => {
    expect(modulesOf(symbolOf('614141000036'))).to.equal(modulesOf(symbolOf('0614141000036')));
  });

  it('is not made of the number of a case', () => {
    const gtin = parseGtin('10614141000415');

    expect(gtin).to.not.equal(null);
    expect(gtin === null ? undefined : eanSymbol(gtin)).to.equal(null);
  });

  it('has longer bars at both ends and in the middle only', () => {
    const guards = symbolOf('5901234123457').bars.filter(({ isGuard }) => isGuard);

    expect(guards.map(({ module }) => module)).to.deep.equal([0, 2, 46, 48, 92, 94]);
  });

  it('keeps eleven light modules before and seven after, the first digit in the former', () => {
    const { quietLeft, quietRight, digits } = symbolOf('5901234123457');

    expect([quietLeft, quietRight]).to.deep.equal([11, 7]);
    expect(digits.map(({ digit }) => digit).join('')).to.equal('5901234123457');
    expect(digits[0]?.module).to.be.within(-11, -7);
  });
});
