import { Double, Int32 } from 'bson';
import { keysBy } from '../collation.ts';
import { CommandError } from '../errors.ts';
import { sizeOf } from '../memory.ts';
import type { TextOrder } from '../values.ts';
import { compareValues, isDocument, isNumeric, toDouble } from '../values.ts';
import type { Compile, Expression, Frame } from './frame.ts';
import { isNullish, namedOperands } from './frame.ts';
import { amountOf, N_ARGUMENTS, orderOf } from './lists.ts';
import { combine, quotient } from './numbers.ts';
import { mergedObjects } from './objects.ts';

/** What an accumulator holds of one group: it is given documents, then asked. */
export type Accumulator = {
  add(frame: Frame): void;
  result(): unknown;
  /** Bytes by which what it holds has grown since this was last asked; not there where it holds a value or two. */
  readonly grown?: (() => number) | undefined;
};

/** Compiles an accumulator; each group has one of its own. */
export type AccumulatorCompiler = (operand: unknown, compile: Compile) => () => Accumulator;

/** The values themselves, one after the other, as an expression over a list gives them too. */
export type Fold = Omit<Accumulator, 'add'> & { add(value: unknown): void };

/** Counts what was added until somebody asks. */
function growth(): { add(bytes: number): void; taken(): number } {
  let bytes = 0;
  return {
    add(more) {
      bytes += more;
    },
    taken() {
      const grown = bytes;
      bytes = 0;
      return grown;
    },
  };
}

function sum(): Fold {
  let total: unknown = new Int32(0);
  return {
    add(value) {
      if (isNumeric(value)) total = combine('add', total, value);
    },
    result: () => total,
  };
}

function average(): Fold {
  const total = sum();
  let count = 0;
  return {
    add(value) {
      if (!isNumeric(value)) return;
      total.add(value);
      count++;
    },
    result: () => (count === 0 ? null : quotient(total.result(), new Int32(count))),
  };
}

const extreme =
  (sign: 1 | -1) =>
  (order: TextOrder): Fold => {
    let best: unknown = null;
    return {
      add(value) {
        if (isNullish(value)) return;
        if (best === null || compareValues(value, best, order) * sign > 0) best = value;
      },
      result: () => best,
    };
  };

/** Welford's method: one pass, no great sums. */
const deviation = (isSample: boolean) => (): Fold => {
  let [count, mean, squares] = [0, 0, 0];
  return {
    add(value) {
      if (!isNumeric(value)) return;
      const number = toDouble(value);
      const distance = number - mean;
      mean += distance / ++count;
      squares += distance * (number - mean);
    },
    result() {
      const divisor = isSample ? count - 1 : count;
      return divisor <= 0 ? null : new Double(Math.sqrt(squares / divisor));
    },
  };
};

/** Accumulators that are also expressions over a list. */
export const FOLDS: Readonly<Record<string, (order: TextOrder) => Fold>> = {
  $sum: sum,
  $avg: average,
  $max: extreme(1),
  $min: extreme(-1),
  $stdDevPop: deviation(false),
  $stdDevSamp: deviation(true),
};

const first = (): Fold => {
  let held: readonly unknown[] = [];
  return {
    add(value) {
      if (held.length === 0) held = [value ?? null];
    },
    result: () => held[0] ?? null,
  };
};

const last = (): Fold => {
  let held: unknown = null;
  return {
    add(value) {
      held = value ?? null;
    },
    result: () => held,
  };
};

const push = (): Fold => {
  const values: unknown[] = [];
  const size = growth();
  return {
    add(value) {
      if (value === undefined) return;
      values.push(value);
      size.add(sizeOf(value));
    },
    result: () => values,
    grown: size.taken,
  };
};

const addToSet = (order: TextOrder): Fold => {
  const keyOf = keysBy(order);
  const values = new Map<string, unknown>();
  const size = growth();
  return {
    add(value) {
      if (value === undefined) return;
      const key = keyOf(value);
      if (values.has(key)) return;
      values.set(key, value);
      size.add(sizeOf(value) + key.length);
    },
    result: () => [...values.values()],
    grown: size.taken,
  };
};

const merge = (): Fold => {
  let merged = {};
  return {
    add(value) {
      merged = mergedObjects([merged, value]);
    },
    result: () => merged,
  };
};

function folded(name: string, fold: (order: TextOrder) => Fold): AccumulatorCompiler {
  return (operand, compile) => {
    if (Array.isArray(operand) && operand.length !== 1) {
      throw new CommandError(40237, `The ${name} accumulator is a unary operator`);
    }
    const value = compile(Array.isArray(operand) ? (operand[0] as unknown) : operand);
    return () => {
      const state = fold(compile.order);
      return {
        add(frame) {
          state.add(value(frame));
        },
        result: () => state.result(),
        grown: state.grown,
      };
    };
  };
}

const count: AccumulatorCompiler = (operand) => {
  if (!isDocument(operand) || Object.keys(operand).length > 0) {
    throw new CommandError('TypeMismatch', '$count takes no arguments, i.e. $count:{}');
  }
  return () => {
    let n = 0;
    return {
      add() {
        n++;
      },
      result: () => new Int32(n),
    };
  };
};

type Held = { readonly key: unknown; readonly value: unknown };

/** Of all values those that come first in an order; without an order, those that came first or last. */
function several(
  { n, key, value }: { readonly n: Expression; readonly key: Expression; readonly value: Expression },
  order: ((left: unknown, right: unknown) => number) | 'first' | 'last',
): () => Accumulator & { readonly kept: () => readonly unknown[] } {
  return () => {
    let held: Held[] = [];
    let amount = 0;
    const size = growth();
    const kept = (): unknown[] => {
      if (typeof order !== 'string') held.sort((left, right) => order(left.key, right.key));
      return (order === 'last' ? held.slice(-amount) : held.slice(0, amount)).map((one) => one.value);
    };
    return {
      add(frame) {
        amount ||= amountOf(n(frame));
        if (order === 'first' && held.length >= amount) return;
        const added = { key: key(frame), value: value(frame) ?? null };
        held.push(added);
        // Beyond the amount one comes and another goes.
        if (held.length <= amount) size.add(sizeOf(added.value) + sizeOf(added.key));
        if (held.length < amount * 2 + 100) return;
        if (typeof order !== 'string') held.sort((left, right) => order(left.key, right.key));
        held = order === 'last' ? held.slice(-amount) : held.slice(0, amount);
      },
      kept,
      result: kept,
      grown: size.taken,
    };
  };
}

const none: Expression = () => null;
const one: Expression = () => new Int32(1);

function endN(name: string, order: 'first' | 'last'): AccumulatorCompiler {
  return (operand, compile) => {
    const given = namedOperands(name, operand, { ...N_ARGUMENTS, code: 5787801 });
    return several({ n: compile(given['n']), key: none, value: compile(given['input']) }, order);
  };
}

function extremeN(name: string, sign: 1 | -1): AccumulatorCompiler {
  return (operand, compile) => {
    const given = namedOperands(name, operand, { ...N_ARGUMENTS, code: 5787900 });
    const value = compile(given['input']);
    const { order } = compile;
    const parts = { n: compile(given['n']), key: value, value };
    const make = several(parts, (a, b) => compareValues(a, b, order) * sign);
    return () => {
      const inner = make();
      return {
        add(frame) {
          if (!isNullish(value(frame))) inner.add(frame);
        },
        result: () => inner.result(),
        grown: inner.grown,
      };
    };
  };
}

/** `$top`, `$topN`, `$bottom`, `$bottomN`: by an order of the documents. */
function ranked(name: string, isBottom: boolean): AccumulatorCompiler {
  return (operand, compile) => {
    const isSingle = !name.endsWith('N');
    const required = { ...(isSingle ? {} : { n: 5788003 }), output: 5788004, sortBy: 5788005 };
    const given = namedOperands(name, operand, { required, code: 5788001, unknown: 5788002 });
    const order = orderOf(given['sortBy'], compile.order);
    const parts = {
      n: isSingle ? one : compile(given['n']),
      key: (frame: Frame) => frame.root,
      value: compile(given['output']),
    };
    const make = several(parts, isBottom ? (a, b) => order(b, a) : order);
    return () => {
      const inner = make();
      return {
        add: (frame) => {
          inner.add(frame);
        },
        grown: inner.grown,
        result() {
          const kept = inner.kept();
          if (isSingle) return kept[0] ?? null;
          return isBottom ? [...kept].reverse() : kept;
        },
      };
    };
  };
}

const NUMBER_BYTES = 8;

/** `$median`, `$percentile`: the value at the place, not one between two. Source: MongoDB manual, $percentile */
function percentile(name: '$median' | '$percentile'): AccumulatorCompiler {
  return (operand, compile) => {
    const place = name === '$median' ? {} : { p: null };
    const required = { input: null, method: null, ...place };
    const given = namedOperands(name, operand, { required, code: 7436100 });
    if (given['method'] !== 'approximate') {
      throw new CommandError('BadValue', `Currently only 'approximate' can be used as percentile 'method'`);
    }
    const input = compile(given['input']);
    const places = name === '$median' ? () => [0.5] : placesOf(compile(given['p']));
    return () => {
      const numbers: number[] = [];
      let wanted: readonly unknown[] = [];
      const size = growth();
      return {
        grown: size.taken,
        add(frame) {
          wanted = places(frame);
          const value = input(frame);
          if (!isNumeric(value)) return;
          numbers.push(toDouble(value));
          size.add(NUMBER_BYTES);
        },
        result() {
          const found = percentilesOf(numbers, wanted);
          return name === '$median' ? (found[0] ?? null) : found;
        },
      };
    };
  };
}

/** The places (0 to 1) that `p` of `$percentile` asks for. @throws CommandError 7750301, 7750302, 7750303 */
export function placesOf(given: Expression): (frame: Frame) => readonly unknown[] {
  return (frame) => {
    const places = given(frame);
    if (!Array.isArray(places) || places.length === 0) {
      throw new CommandError(7750301, `'p' of $percentile must be a non-empty array of numbers`);
    }
    for (const place of places as unknown[]) {
      if (!isNumeric(place)) throw new CommandError(7750302, `'p' of $percentile must hold numbers only`);
      const at = toDouble(place);
      if (!(at >= 0 && at <= 1))
        throw new CommandError(7750303, `'p' of $percentile must be between 0 and 1`);
    }
    return places as unknown[];
  };
}

/** The values at these places (0 to 1) of the numbers. */
export function percentilesOf(numbers: number[], places: readonly unknown[]): unknown[] {
  numbers.sort((a, b) => a - b);
  return places.map((place) => {
    const at = Math.max(Math.ceil(toDouble(place) * numbers.length) - 1, 0);
    const found = numbers[at];
    return found === undefined ? null : new Double(found);
  });
}

/** Accumulators of `$group`, `$bucket` and `$setWindowFields`. */
export const ACCUMULATORS: Readonly<Record<string, AccumulatorCompiler>> = {
  ...Object.fromEntries(Object.entries(FOLDS).map(([name, fold]) => [name, folded(name, fold)])),
  $first: folded('$first', first),
  $last: folded('$last', last),
  $push: folded('$push', push),
  $addToSet: folded('$addToSet', addToSet),
  $mergeObjects: folded('$mergeObjects', merge),
  $count: count,
  $firstN: endN('$firstN', 'first'),
  $lastN: endN('$lastN', 'last'),
  $maxN: extremeN('$maxN', -1),
  $minN: extremeN('$minN', 1),
  $top: ranked('$top', false),
  $topN: ranked('$topN', false),
  $bottom: ranked('$bottom', true),
  $bottomN: ranked('$bottomN', true),
  $median: percentile('$median'),
  $percentile: percentile('$percentile'),
  $accumulator: () => {
    throw new CommandError(31264, '$accumulator not allowed: server-side JavaScript is disabled');
  },
};
