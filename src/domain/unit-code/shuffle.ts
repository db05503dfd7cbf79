import { createHmac } from 'node:crypto';
import type { UnitKey } from './unit-code.ts';

/** An order of the numbers from 1 to `count` that only the key's holder can tell. */
export type Shuffle = {
  /** The number at place `place`, both from 1 to the count. */
  numberAt(place: number): number;
  /** The place of number `number`. */
  placeOf(number: number): number;
};

const ROUNDS = 8;

/** Spreads every bit of a 32-bit number over all others. */
function mixed(value: number): number {
  let bits = Math.imul(value ^ (value >>> 16), 0x45d9f3b);
  bits = Math.imul(bits ^ (bits >>> 15), 0x2c1b3c6d);
  return (bits ^ (bits >>> 16)) >>> 0;
}

/**
 * The order in which a shuffled run's labels leave the printer: a Feistel network over `left` × `right` ≥ count, walked
 * until it is back among the count (fewer than two steps on average). It keeps neighbours on a roll from being
 * neighbours in number; what hides numbers in codes is the code's own mask.
 */
export function shuffleOf(key: UnitKey, run: number, count: number): Shuffle {
  const left = Math.ceil(Math.sqrt(count));
  const right = Math.ceil(count / left);
  const seed = createHmac('sha256', key.shuffle).update(`${run}/${count}`).digest();
  const keys = Uint32Array.from({ length: ROUNDS }, (_, round) => seed.readUInt32BE(4 * round));
  const added = (half: number, round: number): number => mixed(half ^ Number(keys[round]));

  function forward(value: number): number {
    let a = Math.floor(value / right);
    let b = value % right;
    for (let round = 0; round < ROUNDS; round += 2) {
      a = (a + added(b, round)) % left;
      b = (b + added(a, round + 1)) % right;
    }
    return a * right + b;
  }

  function backward(value: number): number {
    let a = Math.floor(value / right);
    let b = value % right;
    for (let round = ROUNDS - 2; round >= 0; round -= 2) {
      b = (b - (added(a, round + 1) % right) + right) % right;
      a = (a - (added(b, round) % left) + left) % left;
    }
    return a * right + b;
  }

  function walk(step: (value: number) => number, from: number): number {
    let at = step(from - 1);
    while (at >= count) at = step(at);
    return at + 1;
  }

  return { numberAt: (place) => walk(forward, place), placeOf: (number) => walk(backward, number) };
}
