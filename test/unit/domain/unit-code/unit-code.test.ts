import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import fc from 'fast-check';
import { CODE_ALPHABET, readCode } from '../../../../src/domain/batch-code/batch-code.ts';
import {
  UNIT_NUMBER_MAX,
  checkValueOf,
  decodeUnit,
  encodeUnit,
  unitKey,
} from '../../../../src/domain/unit-code/unit-code.ts';

type Vector = {
  readonly key: string;
  readonly run: number;
  readonly index: number;
  readonly code: string;
  readonly forged: string;
};
const { vectors } = JSON.parse(
  readFileSync(new URL('../../../vectors/unit-codes.json', import.meta.url), 'utf8'),
) as { readonly vectors: readonly Vector[] };

const hmac = (key: Uint8Array, data: Uint8Array | string): Buffer =>
  createHmac('sha256', key).update(data).digest();

const bytesOf = (value: bigint, length: number): Buffer =>
  Buffer.from(value.toString(16).padStart(2 * length, '0'), 'hex');

/** The specification once more, slowly and with whole numbers of 100 bits: nothing is shared with the code. */
function slowCode(master: Uint8Array, run: number, index: number): string {
  const secret = hmac(Buffer.alloc(32), master);
  const expanded = (info: string) => hmac(secret, Buffer.concat([Buffer.from(info), Buffer.from([1])]));
  const number = (BigInt(run) << 28n) | BigInt(index);
  const first = (mac: Buffer, bits: bigint) => BigInt(`0x${mac.toString('hex')}`) >> (256n - bits);
  const tag = first(hmac(expanded('nguon/unit-code/v1/tag'), bytesOf(number, 7)), 44n);
  const mask = first(hmac(expanded('nguon/unit-code/v1/mask'), bytesOf(tag, 6)), 56n);
  let bits = (tag << 56n) | (number ^ mask);
  let code = '';
  for (let place = 0; place < 20; place += 1) {
    code = CODE_ALPHABET.charAt(Number(bits & 31n)) + code;
    bits >>= 5n;
  }
  return code;
}

const masters = fc.uint8Array({ minLength: 32, maxLength: 32 });
const numbers = fc.oneof(
  fc.integer({ min: 1, max: UNIT_NUMBER_MAX }),
  fc.constantFrom(1, 2, 2 ** 24, UNIT_NUMBER_MAX),
);
/** Uniqueness and mutations are tried on so many; `UNIT_CODES=1000000` tries more. */
const MANY = Number(process.env['UNIT_CODES'] ?? 100_000);

describe('a unit code', () => {
  const key = unitKey(Buffer.alloc(32, 7), 1);

  it('is what the specification’s vectors say, and their forged twins are refused', () => {
    expect(vectors.length).to.be.greaterThan(20);
    for (const vector of vectors) {
      const known = unitKey(Buffer.from(vector.key, 'hex'), 3);
      expect(encodeUnit(known, vector.run, vector.index)).to.equal(vector.code);
      const { run, index } = vector;
      expect(decodeUnit([known], vector.code)).to.deep.equal({ run, index, epoch: 3 });
      expect(decodeUnit([known], vector.forged)).to.equal(null);
    }
  });

  it('is what a second, slow reading of the specification gives', () => {
    fc.assert(
      fc.property(masters, numbers, numbers, (master, run, index) => {
        expect(encodeUnit(unitKey(master, 1), run, index)).to.equal(slowCode(master, run, index));
      }),
    );
  });

  it('leads back to its run and index under its own key, whichever others are in force', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(masters, { minLength: 1, maxLength: 4, selector: String }),
        fc.nat(3),
        numbers,
        numbers,
        (known, at, run, index) => {
          const keys = known.map((master, epoch) => unitKey(master, epoch + 1));
          const mine = keys[at % keys.length] ?? key;
          const code = encodeUnit(mine, run, index);
          expect(readCode(code)).to.deep.equal({ kind: 'unit', code });
          expect(decodeUnit(keys, code)).to.deep.equal({ run, index, epoch: mine.epoch });
          expect(
            decodeUnit(
              keys.filter((other) => other !== mine),
              code,
            ),
          ).to.equal(null);
        },
      ),
    );
  });

  it('with any one character changed is refused', () => {
    fc.assert(
      fc.property(numbers, numbers, (run, index) => {
        const code = encodeUnit(key, run, index);
        for (let place = 0; place < code.length; place += 1) {
          for (const sign of CODE_ALPHABET) {
            if (sign === code[place]) continue;
            const changed = code.slice(0, place) + sign + code.slice(place + 1);
            expect(decodeUnit([key], changed), changed).to.equal(null);
          }
        }
      }),
      { numRuns: 25 },
    );
  });

  it('of many labels is never the same twice', () => {
    const seen = new Set<string>();
    for (let index = 1; index <= MANY; index += 1) seen.add(encodeUnit(key, 1 + (index % 3), index));
    expect(seen.size).to.equal(MANY);
  });

  it('has neither run nor index that can be read off it: neighbours share no more characters than chance', () => {
    let same = 0;
    const pairs = 2_000;
    for (let index = 1; index <= pairs; index += 1) {
      const [one, other] = [encodeUnit(key, 9, index), encodeUnit(key, 9, index + 1)];
      same += [...one].filter((sign, place) => sign === other[place]).length;
    }
    expect(same / (20 * pairs)).to.be.within(0.025, 0.038);
  });

  it('exists for runs and indices from 1 to the greatest of 28 bits only', () => {
    for (const wrong of [0, -1, 1.5, UNIT_NUMBER_MAX + 1, Number.NaN]) {
      expect(() => encodeUnit(key, wrong, 1)).to.throw(RangeError);
      expect(() => encodeUnit(key, 1, wrong)).to.throw(RangeError);
    }
  });

  it('is refused when it has not twenty characters of the alphabet', () => {
    const code = encodeUnit(key, 1, 1);
    for (let place = 0; place < code.length; place += 1) {
      expect(decodeUnit([key], `${code.slice(0, place)}U${code.slice(place + 1)}`)).to.equal(null);
    }
    for (const wrong of ['', code.slice(1), `${code}0`, code.toLowerCase()]) {
      expect(decodeUnit([key], wrong)).to.equal(null);
    }
  });

  it('needs a master key of 32 bytes, whose check value tells keys apart and is none of what is derived', () => {
    expect(() => unitKey(new Uint8Array(31), 1)).to.throw(RangeError);
    const check = checkValueOf(Buffer.alloc(32, 7));
    expect(check).to.match(/^[0-9a-f]{32}$/);
    expect(checkValueOf(Buffer.alloc(32, 8))).to.not.equal(check);
    for (const part of [key.tag, key.mask, key.shuffle]) {
      expect(Buffer.from(part).toString('hex').startsWith(check)).to.equal(false);
    }
  });
});
