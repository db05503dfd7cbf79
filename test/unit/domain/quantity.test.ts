import { expect } from 'chai';
import fc from 'fast-check';
import {
  comparable,
  formatQuantity,
  fromMicro,
  packsOf,
  toMicro,
  type Quantity,
} from '../../../src/domain/quantity/quantity.ts';
import { referenceFeature } from '../../../src/features/reference/index.ts';

const units = referenceFeature().lists.unitTable;
const unitCodes = fc.constantFrom(...units.keys());

/** A quantity as people write one: up to six decimals, up to a million. */
const quantities: fc.Arbitrary<Quantity> = fc.record({
  value: fc.integer({ min: 1, max: 1_000_000_000_000 }).map((micro) => micro / 1_000_000),
  unit: unitCodes,
});

describe('a quantity', () => {
  it('comes back exactly from its millionths, in its own unit', () => {
    fc.assert(
      fc.property(quantities, (quantity) => {
        const micro = toMicro(units, quantity);
        // What is under a millionth of the base unit is refused rather than rounded to nothing.
        fc.pre(micro !== null);
        const factor = units.get(quantity.unit)?.factorToBase ?? 1;
        const exact = Number.isInteger(Number((quantity.value * factor * 1_000_000).toFixed(6)));
        fc.pre(exact);

        expect(fromMicro(units, micro, quantity.unit)).to.deep.equal(quantity);
      }),
      { numRuns: 500 },
    );
  });

  it('that is more is never counted as less', () => {
    fc.assert(
      fc.property(quantities, quantities, (a, b) => {
        const counted = (value: number) => {
          const one = toMicro(units, { value, unit: a.unit });
          const base = value * (units.get(a.unit)?.factorToBase ?? 1);
          return one ?? (base > 1 ? Infinity : 0);
        };

        if (a.value > b.value) expect(counted(a.value)).to.be.at.least(counted(b.value));
      }),
    );
  });

  it('adds up without the errors of binary fractions', () => {
    const micro = (value: number, unit: string) => toMicro(units, { value, unit }) ?? NaN;

    expect(micro(0.1, 'kg') + micro(0.2, 'kg')).to.equal(micro(0.3, 'kg'));
    expect(micro(1, 'kg')).to.equal(micro(1000, 'g'));
    expect(micro(1, 'kg') - micro(0.9, 'kg')).to.equal(micro(100, 'g'));
  });

  it('is refused when it is nothing, less than can be counted or more than can be', () => {
    const of = (value: number, unit = 'kg') => toMicro(units, { value, unit });

    expect(of(0)).to.equal(null);
    expect(of(0.000001, 'g')).to.equal(null);
    expect(of(9_007_199_254)).to.equal(9_007_199_254_000_000);
    expect(of(9_007_199_255)).to.equal(null);
    expect(() => of(1, 'stone')).to.throw(RangeError);
  });

  it('is counted in whole packs, where the units convert', () => {
    const kg = (value: number) => ({ value, unit: 'kg' });
    const g = (value: number) => ({ value, unit: 'g' });

    expect(packsOf(units, kg(96), g(100))).to.equal(960);
    expect(packsOf(units, kg(0.3), g(100))).to.equal(3);
    expect(packsOf(units, kg(1), g(300))).to.equal(3);
    expect(packsOf(units, g(99), g(100))).to.equal(null);
    expect(packsOf(units, kg(0), g(100))).to.equal(null);
    expect(packsOf(units, kg(1), g(0))).to.equal(null);
    const volume = [...units.values()].find(({ dimension }) => dimension !== units.get('kg')?.dimension);
    expect(packsOf(units, kg(1), { value: 1, unit: volume?.code ?? '' })).to.equal(null);
  });

  it('compares with its own kind only', () => {
    fc.assert(
      fc.property(unitCodes, unitCodes, (a, b) => {
        expect(comparable(units, a, b)).to.equal(units.get(a)?.dimension === units.get(b)?.dimension);
      }),
    );
  });

  it('is written as each language writes numbers and words', () => {
    const [word] = [...units.values()].filter(({ symbol }) => !/^[a-zA-Z²³]{1,3}$/.test(symbol));

    expect(formatQuantity(units, { value: 1234.5, unit: 'kg' }, 'vi')).to.equal('1.234,5 kg');
    expect(formatQuantity(units, { value: 1234.5, unit: 'kg' }, 'en')).to.equal('1,234.5 kg');
    expect(formatQuantity(units, { value: 2, unit: word?.code ?? '' }, 'vi')).to.equal(`2 ${word?.symbol}`);
    expect(formatQuantity(units, { value: 2, unit: word?.code ?? '' }, 'en')).to.equal(`2 ${word?.name.en}`);
    expect(formatQuantity(units, { value: 2, unit: 'stone' }, 'en')).to.equal('2 stone');
  });
});
