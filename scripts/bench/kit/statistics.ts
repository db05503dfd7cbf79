/** Of an even number of values, halfway between the two in the middle; NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}

/** The least value that this share of all, from 0 to 1, does not go beyond; NaN of none. */
export const percentile = (values: readonly number[], share: number): number =>
  [...values].sort((left, right) => left - right)[Math.ceil(values.length * share) - 1] ?? Number.NaN;
