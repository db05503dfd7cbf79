import { expect } from 'chai';
import fc from 'fast-check';
import { shuffleOf } from '../../../../src/domain/unit-code/shuffle.ts';
import { unitKey } from '../../../../src/domain/unit-code/unit-code.ts';

const key = unitKey(Buffer.alloc(32, 7), 1);

describe('the order of a shuffled run', () => {
  it('has every number once, and tells the place of each', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 3_000 }),
        fc.integer({ min: 1, max: 2 ** 28 - 1 }),
        (count, run) => {
          const { numberAt, placeOf } = shuffleOf(key, run, count);
          const numbers = Array.from({ length: count }, (_, at) => numberAt(at + 1));
          expect([...numbers].sort((a, b) => a - b)).to.deep.equal(numbers.map((_, at) => at + 1));
          expect(numbers.map(placeOf)).to.deep.equal(numbers.map((_, at) => at + 1));
        },
      ),
    );
  });

  it('goes there and back in the longest runs, too', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000_000 }), (place) => {
        const { numberAt, placeOf } = shuffleOf(key, 12, 10_000_000);
        expect(numberAt(place)).to.be.within(1, 10_000_000);
        expect(placeOf(numberAt(place))).to.equal(place);
      }),
    );
  });

  it('seldom leaves neighbours side by side, and is another for each run and key', () => {
    const count = 10_000;
    const order = (of: typeof key, run: number) => {
      const { numberAt } = shuffleOf(of, run, count);
      return Array.from({ length: count }, (_, at) => numberAt(at + 1));
    };
    const first = order(key, 1);
    const near = first.filter((number, at) => Math.abs(number - (first[at + 1] ?? -count)) <= 3).length;
    expect(near).to.be.lessThan(30);
    for (const other of [order(key, 2), order(unitKey(Buffer.alloc(32, 8), 1), 1)]) {
      expect(other.filter((number, at) => number === first[at]).length).to.be.lessThan(30);
    }
  });
});
