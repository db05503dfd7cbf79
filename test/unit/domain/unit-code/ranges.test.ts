import { expect } from 'chai';
import fc from 'fast-check';
import {
  has,
  lowest,
  minus,
  numberingOf,
  sizeOf,
  union,
  type Ranges,
} from '../../../../src/domain/unit-code/ranges.ts';

const range = fc.tuple(fc.integer({ min: 1, max: 60 }), fc.nat(9)).map(([from, more]) => ({
  from,
  to: from + more,
}));
const anyRanges = fc.array(range, { maxLength: 8 });
const sets = anyRanges.map(union);

const numbersOf = (ranges: Ranges): readonly number[] =>
  ranges.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, at) => from + at));
const sorted = (numbers: Iterable<number>) => [...numbers].sort((a, b) => a - b);

/** In order, and with a gap between any two. */
function expectTidy(ranges: Ranges): void {
  for (const [at, { from, to }] of ranges.entries()) {
    expect(from).to.be.at.most(to);
    expect(from).to.be.above((ranges[at - 1]?.to ?? -1) + 1);
  }
}

describe('sets of numbers as ranges', () => {
  it('have every number of any of their parts once', () => {
    fc.assert(
      fc.property(anyRanges, (ranges) => {
        expectTidy(union(ranges));
        expect(numbersOf(union(ranges))).to.deep.equal(sorted(new Set(numbersOf(ranges))));
        expect(sizeOf(union(ranges))).to.equal(new Set(numbersOf(ranges)).size);
      }),
    );
  });

  it('lose exactly what is taken', () => {
    fc.assert(
      fc.property(sets, sets, (all, taken) => {
        const left = minus(all, taken);
        expectTidy(left);
        expect(numbersOf(left)).to.deep.equal(numbersOf(all).filter((number) => !has(taken, number)));
      }),
    );
  });

  it('give their lowest numbers first', () => {
    fc.assert(
      fc.property(sets, fc.nat(70), (all, count) => {
        expect(numbersOf(lowest(all, count))).to.deep.equal(numbersOf(all).slice(0, count));
      }),
    );
  });

  it('know each number by its place and back, one by one and in ranges', () => {
    fc.assert(
      fc.property(sets, sets, (all, wanted) => {
        const numbering = numberingOf(all);
        const numbers = numbersOf(all);
        expect(numbers.map((_, at) => numbering.at(at + 1))).to.deep.equal(numbers);
        for (let number = 0; number <= 80; number += 1) {
          const at = numbers.indexOf(number);
          expect(numbering.placeOf(number)).to.equal(at < 0 ? null : at + 1);
        }
        const places = numbersOf(wanted).filter((place) => place <= numbers.length);
        expect(numbersOf(numbering.ofPlaces(wanted))).to.deep.equal(
          places.map((place) => numbers[place - 1]),
        );
        expect(numbersOf(numbering.placesOf(wanted))).to.deep.equal(
          numbers.flatMap((number, at) => (has(wanted, number) ? [at + 1] : [])),
        );
        expect(() => numbering.at(numbers.length + 1)).to.throw(RangeError);
        expect(() => numbering.at(0)).to.throw(RangeError);
      }),
    );
  });
});
