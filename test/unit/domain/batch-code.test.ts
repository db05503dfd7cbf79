import { expect } from 'chai';
import fc from 'fast-check';
import {
  BATCH_CODE_BYTES,
  BATCH_CODE_LENGTH,
  CODE_ALPHABET,
  UNIT_CODE_LENGTH,
  groupCode,
  makeBatchCode,
  readCode,
} from '../../../src/domain/batch-code/batch-code.ts';

const codes = fc
  .uint8Array({ minLength: BATCH_CODE_BYTES, maxLength: BATCH_CODE_BYTES })
  .map((bytes) => makeBatchCode(bytes));

describe('a batch’s code', () => {
  it('is read back as it was made', () => {
    fc.assert(
      fc.property(codes, (code) => {
        expect(code).to.match(/^[0-9A-HJKMNP-TV-Z]{12}$/);
        expect(readCode(code)).to.deep.equal({ kind: 'batch', code });
      }),
    );
  });

  it('with one changed character is always refused', () => {
    fc.assert(
      fc.property(codes, (code) => {
        for (let place = 0; place < code.length; place += 1) {
          for (const character of CODE_ALPHABET) {
            if (character === code[place]) continue;
            expect(readCode(code.slice(0, place) + character + code.slice(place + 1))).to.equal(null);
          }
        }
      }),
      { numRuns: 50 },
    );
  });

  it('with two neighbours swapped is refused, but for 0 and Z, which the Luhn algorithm cannot see', () => {
    fc.assert(
      fc.property(codes, (code) => {
        for (let place = 0; place + 1 < code.length; place += 1) {
          const [first = '', second = ''] = code.slice(place, place + 2);
          if (first === second) continue;
          const swapped = code.slice(0, place) + second + first + code.slice(place + 2);
          const unseen = [first, second].sort().join('') === '0Z';
          expect(readCode(swapped) !== null, `${code} ${swapped}`).to.equal(unseen);
        }
      }),
    );
  });

  it('is read in any case, with spaces and hyphens, and with the letters that look like its digits', () => {
    const separators = fc.constantFrom('', ' ', '-', '\u00ad', '\u2011', '\u2013', '\u2212', '\u00a0', '\t');
    const lookalikes: Readonly<Record<string, string>> = { '0': 'o', '1': 'l' };
    fc.assert(
      fc.property(
        codes,
        fc.array(separators, { minLength: 12, maxLength: 12 }),
        fc.boolean(),
        (code, marks, i) => {
          const typed = [...code].map((character, index) => {
            const like = i && character === '1' ? 'I' : (lookalikes[character] ?? character.toLowerCase());
            return like + (marks[index] ?? '');
          });

          expect(readCode(typed.join(''))).to.deep.equal({ kind: 'batch', code });
        },
      ),
    );
  });

  it('grouped by fours for people is read all the same', () => {
    fc.assert(
      fc.property(codes, (code) => {
        expect(groupCode(code)).to.match(/^\w{4} \w{4} \w{4}$/);
        expect(readCode(groupCode(code))?.code).to.equal(code);
      }),
    );
  });

  it('is told from a unit’s code by its length alone, and from anything else', () => {
    const unit = CODE_ALPHABET.slice(0, UNIT_CODE_LENGTH);

    expect(readCode(unit)).to.deep.equal({ kind: 'unit', code: unit });
    for (const text of ['', 'U'.repeat(BATCH_CODE_LENGTH), 'x', '0'.repeat(13), 'mã tem', '0'.repeat(65)]) {
      expect(readCode(text), text).to.equal(null);
    }
  });

  it('never throws, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (typed) => {
        const read = readCode(typed);

        expect(read === null || readCode(read.code)?.code === read.code).to.equal(true);
      }),
      { numRuns: 500 },
    );
  });

  it('needs its seven random bytes, and uses 55 of their bits', () => {
    const bytes = new Uint8Array(BATCH_CODE_BYTES);

    expect(() => makeBatchCode(bytes.slice(1))).to.throw(RangeError);
    const made = new Set<string>();
    for (let bit = 0; bit < 8 * BATCH_CODE_BYTES; bit += 1) {
      const one = new Uint8Array(BATCH_CODE_BYTES);
      one[Math.floor(bit / 8)] = 1 << (bit % 8);
      made.add(makeBatchCode(one));
    }
    // Of 56 bits, the highest is not used: its code is that of no bit at all.
    expect(made.size).to.equal(56);
    expect(made.has(makeBatchCode(bytes))).to.equal(true);
  });
});
