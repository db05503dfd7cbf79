/** Reed–Solomon codewords over GF(2⁸) with x⁸ + x⁴ + x³ + x² + 1. Source: ISO/IEC 18004:2024 §7.5.2, Annex A */

const FIELD = 0b1_0001_1101;

const EXPONENTIAL = new Uint8Array(510);
const LOGARITHM = new Uint8Array(256);
for (let power = 0, value = 1; power < 255; power += 1) {
  EXPONENTIAL[power] = value;
  EXPONENTIAL[power + 255] = value;
  LOGARITHM[value] = power;
  value = value < 128 ? value << 1 : (value << 1) ^ FIELD;
}

function product(a: number, b: number): number {
  if (a === 0 || b === 0) return 0;
  return EXPONENTIAL[(LOGARITHM[a] ?? 0) + (LOGARITHM[b] ?? 0)] ?? 0;
}

/** (x − 1)(x − α)…(x − αⁿ⁻¹), its leading 1 left out, highest power first. */
function generatorOf(degree: number): Uint8Array {
  let factors = Uint8Array.of(1);
  for (let root = 0; root < degree; root += 1) {
    const next = new Uint8Array(factors.length + 1);
    for (const [at, factor] of factors.entries()) {
      next[at] = (next[at] ?? 0) ^ factor;
      next[at + 1] = product(factor, EXPONENTIAL[root] ?? 0);
    }
    factors = next;
  }
  return factors.subarray(1);
}

/** The `count` codewords by which a reader mends this block. */
export function correctionOf(block: Uint8Array, count: number): Uint8Array {
  const generator = generatorOf(count);
  const rest = new Uint8Array(count);
  for (const codeword of block) {
    const factor = codeword ^ (rest[0] ?? 0);
    rest.copyWithin(0, 1);
    rest[count - 1] = 0;
    for (const [at, of] of generator.entries()) rest[at] = (rest[at] ?? 0) ^ product(factor, of);
  }
  return rest;
}
