/** Whole numbers from one to another, both included. */
export type Range = { readonly from: number; readonly to: number };

/** Ranges in ascending order that neither touch nor overlap: a set of whole numbers that takes little room. */
export type Ranges = readonly Range[];

export const sizeOf = (ranges: Ranges): number =>
  ranges.reduce((sum, { from, to }) => sum + to - from + 1, 0);

/** The numbers that are in any of `ranges`, which may be in any order and overlap. */
export function union(ranges: readonly Range[]): Ranges {
  const merged: { from: number; to: number }[] = [];
  for (const { from, to } of [...ranges].sort((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last !== undefined && from <= last.to + 1) last.to = Math.max(last.to, to);
    else merged.push({ from, to });
  }
  return merged;
}

/** The numbers of `all` that are not in `taken`. */
export function minus(all: Ranges, taken: Ranges): Ranges {
  const left: Range[] = [];
  let next = 0;
  for (const range of all) {
    let { from } = range;
    // A range of `taken` may reach into the next range of `all`: it is not passed before that has begun.
    for (let hole = taken[next]; hole !== undefined && hole.from <= range.to; hole = taken[next]) {
      if (hole.from > from) left.push({ from, to: hole.from - 1 });
      from = Math.max(from, hole.to + 1);
      if (hole.to > range.to) break;
      next += 1;
    }
    if (from <= range.to) left.push({ from, to: range.to });
  }
  return left;
}

/** The lowest `count` numbers of a set; all of them when it has fewer. */
export function lowest(ranges: Ranges, count: number): Ranges {
  const taken: Range[] = [];
  let wanted = count;
  for (const { from, to } of ranges) {
    if (wanted <= 0) break;
    const last = Math.min(to, from + wanted - 1);
    taken.push({ from, to: last });
    wanted -= last - from + 1;
  }
  return taken;
}

/** Whether `number` is in the set. */
export const has = (ranges: Ranges, number: number): boolean =>
  ranges.some(({ from, to }) => from <= number && number <= to);

/** A set's numbers by their place in it, from 1. */
export type Numbering = {
  /** @throws RangeError beyond the last */
  at(place: number): number;
  /** Null of a number that is not in it. */
  placeOf(number: number): number | null;
  /** The numbers at these places. */
  ofPlaces(places: Ranges): Ranges;
  /** The places of these numbers, as far as they are in it. */
  placesOf(numbers: Ranges): Ranges;
};

/** Finds the last range whose `key` is not above `value`; -1 where there is none. */
function lastUpTo(keys: readonly number[], value: number): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (Number(keys[middle]) <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Looks numbers up in a set, by place and back, in a time that hardly grows with its ranges. */
export function numberingOf(ranges: Ranges): Numbering {
  const starts: number[] = [];
  let places = 1;
  for (const { from, to } of ranges) {
    starts.push(places);
    places += to - from + 1;
  }
  const froms = ranges.map(({ from }) => from);
  const asPlaces = ranges.map(({ from, to }, at) => {
    const start = Number(starts[at]);
    return { from: start, to: start + to - from };
  });
  return {
    at(place) {
      const at = lastUpTo(starts, place);
      const range = ranges[at];
      const start = starts[at];
      if (range === undefined || start === undefined || place >= places) throw new RangeError(`No ${place}`);
      return range.from + place - start;
    },
    placeOf(number) {
      const at = lastUpTo(froms, number);
      const range = ranges[at];
      const start = starts[at];
      if (range === undefined || start === undefined || number > range.to) return null;
      return start + number - range.from;
    },
    ofPlaces: (wanted) => carried(asPlaces, ranges, wanted),
    placesOf: (wanted) => carried(ranges, asPlaces, wanted),
  };
}

/** What of `wanted` lies in `sources`, moved to where the same range of `targets` is. */
function carried(sources: Ranges, targets: Ranges, wanted: Ranges): Ranges {
  const found = sources.flatMap((source, at) => {
    const moved = Number(targets[at]?.from) - source.from;
    return wanted.flatMap(({ from, to }) => {
      const [first, last] = [Math.max(from, source.from), Math.min(to, source.to)];
      return first > last ? [] : [{ from: first + moved, to: last + moved }];
    });
  });
  return union(found);
}
