import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { CODE_ALPHABET, UNIT_CODE_LENGTH } from '../batch-code/batch-code.ts';

/**
 * One code per pack, of which nothing is stored: run and index of the label, hidden under a mask, behind a tag that
 * only the holder of the key can make. 100 bits as 20 characters:
 *
 *     tag (44)  = HMAC-SHA-256(tag key,  run ‖ index as 7 bytes, big-endian)
 *     mask (56) = HMAC-SHA-256(mask key, tag as 6 bytes, big-endian, its 44 bits right-aligned)
 *     code      = tag ‖ (run ‖ index XOR mask)
 *
 * The synthetic-IV construction of RFC 5297 with HMAC as its PRF. The keys are HKDF-SHA-256 (RFC 5869) of a master key.
 */

/** The greatest run and index: 28 bits each, both from 1. */
export const UNIT_NUMBER_MAX = 2 ** 28 - 1;

export const MASTER_KEY_BYTES = 32;

/** What a master key becomes. Plain bytes, so that it can be handed to a worker thread. */
export type UnitKey = {
  /** From 1; each rotation counts one further. */
  readonly epoch: number;
  readonly tag: Uint8Array;
  readonly mask: Uint8Array;
  /** Orders the labels of a shuffled run. */
  readonly shuffle: Uint8Array;
};

/** Which label a code is of. */
export type UnitNumber = { readonly run: number; readonly index: number };

const DERIVED_BYTES = 32;
const NO_SALT = new Uint8Array(DERIVED_BYTES);

function derived(master: Uint8Array, purpose: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', master, NO_SALT, `nguon/unit-code/v1/${purpose}`, DERIVED_BYTES));
}

/** @param master MASTER_KEY_BYTES of them */
export function unitKey(master: Uint8Array, epoch: number): UnitKey {
  if (master.length !== MASTER_KEY_BYTES) throw new RangeError(`A master key has ${MASTER_KEY_BYTES} bytes`);
  return {
    epoch,
    tag: derived(master, 'tag'),
    mask: derived(master, 'mask'),
    shuffle: derived(master, 'shuffle'),
  };
}

/** What a database may keep of a master key, to know it again: it tells nothing of the key. Hex. */
export function checkValueOf(master: Uint8Array): string {
  return Buffer.from(derived(master, 'check').subarray(0, 16)).toString('hex');
}

const TAG_BYTES = 6;
const NUMBER_BYTES = 7;

/** Run and index as 7 bytes, big-endian. */
function numberBytes(run: number, index: number): Buffer {
  const bytes = Buffer.allocUnsafe(NUMBER_BYTES);
  bytes.writeUInt32BE(run * 16 + (index >>> 24), 0);
  bytes.writeUIntBE(index & 0xffffff, 4, 3);
  return bytes;
}

/** The first 44 bits of the tag, as 6 bytes whose first 4 bits are 0. */
function tagOf(key: UnitKey, number: Buffer): Buffer {
  const mac = createHmac('sha256', key.tag).update(number).digest();
  const tag = Buffer.allocUnsafe(TAG_BYTES);
  const high = mac.readUIntBE(0, 3);
  const low = mac.readUIntBE(3, 3);
  tag.writeUIntBE(high >>> 4, 0, 3);
  tag.writeUIntBE(((high & 15) << 20) | (low >>> 4), 3, 3);
  return tag;
}

const maskOf = (key: UnitKey, tag: Buffer): Buffer => createHmac('sha256', key.mask).update(tag).digest();

/** Every place of a code has five of its bits. */
const PLACE_BITS = 5;

/** The lowest `5 × places` bits of `bits`, 30 at most, as characters. */
function characters(bits: number, places: number): string {
  let text = '';
  for (let shift = (places - 1) * PLACE_BITS; shift >= 0; shift -= PLACE_BITS) {
    text += CODE_ALPHABET.charAt((bits >>> shift) & 31);
  }
  return text;
}

/** The characters of a code from `from` to `to`, six at most, as bits; negative when one is not of the alphabet. */
function bitsOf(code: string, from: number, to: number): number {
  let bits = 0;
  let strange = 0;
  for (let at = from; at < to; at += 1) {
    const value = CODE_ALPHABET.indexOf(code.charAt(at));
    strange |= value;
    bits = bits * 32 + value;
  }
  return strange < 0 ? -1 : bits;
}

/** Covers run and index, or uncovers them. */
function masked(number: Buffer, mask: Buffer): Buffer {
  const other = Buffer.allocUnsafe(NUMBER_BYTES);
  other.writeInt32BE(number.readInt32BE(0) ^ mask.readInt32BE(0), 0);
  other.writeUIntBE(number.readUIntBE(4, 3) ^ mask.readUIntBE(4, 3), 4, 3);
  return other;
}

const isUnitNumber = (value: number): boolean =>
  Number.isInteger(value) && value >= 1 && value <= UNIT_NUMBER_MAX;

/**
 * The code of label `index` of run `run`: 20 characters.
 * @throws RangeError when either is not from 1 to UNIT_NUMBER_MAX
 */
export function encodeUnit(key: UnitKey, run: number, index: number): string {
  if (!isUnitNumber(run) || !isUnitNumber(index)) {
    throw new RangeError(`No unit code has run ${run}, index ${index}`);
  }
  const number = numberBytes(run, index);
  const tag = tagOf(key, number);
  const hidden = masked(number, maskOf(key, tag));
  const [tagHigh, tagLow] = [tag.readUIntBE(0, 3), tag.readUIntBE(3, 3)];
  const [first, middle, last] = [hidden.readUIntBE(0, 2), hidden.readUIntBE(2, 3), hidden.readUIntBE(5, 2)];
  // The 100 bits stand in parts of 20, 24, 16, 24 and 16, and are written in parts of 30, 30, 30 and 10.
  return (
    characters(tagHigh * 1024 + (tagLow >>> 14), 6) +
    characters((tagLow & 0x3fff) * 65_536 + first, 6) +
    characters(middle * 64 + (last >>> 10), 6) +
    characters(last & 1023, 2)
  );
}

/** Tag and hidden number of a code; null when it has not the shape of one. */
function partsOf(code: string): { readonly tag: Buffer; readonly hidden: Buffer } | null {
  if (code.length !== UNIT_CODE_LENGTH) return null;
  const a = bitsOf(code, 0, 6);
  const b = bitsOf(code, 6, 12);
  const c = bitsOf(code, 12, 18);
  const d = bitsOf(code, 18, 20);
  if (Math.min(a, b, c, d) < 0) return null;
  const tag = Buffer.allocUnsafe(TAG_BYTES);
  tag.writeUIntBE(a >>> 10, 0, 3);
  tag.writeUIntBE(((a & 1023) << 14) | (b >>> 16), 3, 3);
  const hidden = Buffer.allocUnsafe(NUMBER_BYTES);
  hidden.writeUIntBE(b & 0xffff, 0, 2);
  hidden.writeUIntBE(c >>> 6, 2, 3);
  hidden.writeUIntBE(((c & 63) << 10) | d, 5, 2);
  return { tag, hidden };
}

/**
 * Whose code this is, by whichever of the keys made it; null when none did. Every key is tried to its end, and tags
 * are compared in constant time: how long it takes tells nothing about how near a guess was.
 * @param code upper case, without separators
 */
export function decodeUnit(
  keys: readonly UnitKey[],
  code: string,
): (UnitNumber & { readonly epoch: number }) | null {
  const parts = partsOf(code);
  if (parts === null) return null;
  const { tag, hidden } = parts;
  let found: (UnitNumber & { readonly epoch: number }) | null = null;
  for (const key of keys) {
    const number = masked(hidden, maskOf(key, tag));
    const isOurs = timingSafeEqual(tagOf(key, number), tag);
    const run = number.readUInt32BE(0) >>> 4;
    const index = (number.readUInt8(3) & 15) * 2 ** 24 + number.readUIntBE(4, 3);
    if (isOurs && isUnitNumber(run) && isUnitNumber(index)) found = { run, index, epoch: key.epoch };
  }
  return found;
}
