import { Int32 } from 'bson';
import { CommandError } from '../errors.ts';
import { isTruthy } from '../match.ts';
import { typeName } from '../match-type.ts';
import { STAGE_BYTES_MAX } from '../memory.ts';
import { compileSort } from '../sort.ts';
import type { TextOrder } from '../values.ts';
import { compareValues, isDocument, isNumeric, toDouble } from '../values.ts';
import type { OperatorCompiler } from './frame.ts';
import { comparing, isNullish, namedOperands, plain, withVariables } from './frame.ts';
import { compareCalculated } from './logic.ts';

const MANY = 1_000_000;

/** The list that an operator needs; null where it is null or missing. @throws CommandError with this code */
function listOf(name: string, value: unknown, code: number): readonly unknown[] | null {
  if (isNullish(value)) return null;
  if (Array.isArray(value)) return value as unknown[];
  throw new CommandError(code, `${name} requires an array, but was passed: ${typeName(value)}`);
}

const INT32_MAX = 0x7fffffff;

/** A whole number of 32 bits. @throws CommandError with the first code for what is no number, with the last otherwise */
export function wholeOf(name: string, value: unknown, codes: readonly [number, number?]): number {
  const number = isNumeric(value) ? toDouble(value) : Number.NaN;
  if (Number.isInteger(number) && number >= -INT32_MAX - 1 && number <= INT32_MAX) return number;
  const code = (isNumeric(value) ? codes.at(-1) : codes[0]) ?? 2;
  throw new CommandError(code, `${name} requires a whole number of 32 bits, found: ${typeName(value)}`);
}

function elementAt(list: unknown, at: unknown): unknown {
  if (isNullish(list) || isNullish(at)) return null;
  const elements = listOf("$arrayElemAt's first argument", list, 28689) ?? [];
  if (!isNumeric(at)) {
    throw new CommandError(
      28690,
      `$arrayElemAt's second argument must be a numeric value, but is ${typeName(at)}`,
    );
  }
  return elements.at(wholeOf('$arrayElemAt', at, [28691]));
}

function concatLists(...lists: unknown[]): unknown {
  const all = lists.map((list) => listOf('$concatArrays', list, 28664));
  return all.some((list) => list === null) ? null : all.flatMap((list) => list ?? []);
}

function slice(list: unknown, first: unknown, count: unknown): unknown {
  if (isNullish(list) || isNullish(first) || count === null) return null;
  const elements = listOf('First argument to $slice', list, 28724) ?? [];
  const from = wholeOf('Second argument to $slice', first, [28725, 28726]);
  if (count === undefined) return from < 0 ? elements.slice(from) : elements.slice(0, from);
  const size = wholeOf('Third argument to $slice', count, [28727, 28728]);
  if (size <= 0) throw new CommandError(28729, `Third argument to $slice must be positive: ${size}`);
  const start = from < 0 ? Math.max(elements.length + from, 0) : from;
  return elements.slice(start, start + size);
}

const indexOfArray =
  (order: TextOrder) =>
  (list: unknown, value: unknown, from: unknown, to: unknown): unknown => {
    const elements = listOf('$indexOfArray', list, 40090);
    if (elements === null) return null;
    const [start, end] = [from ?? new Int32(0), to ?? new Int32(elements.length)].map((bound) => {
      const place = wholeOf('$indexOfArray', bound, [40096]);
      if (place >= 0) return place;
      throw new CommandError(40097, `$indexOfArray requires a nonnegative index, found: ${place}`);
    }) as [number, number];
    const index = elements.findIndex(
      (element, at) => at >= start && at < end && compareCalculated(element, value, order) === 0,
    );
    return new Int32(index);
  };

/** What an element of a `$range` is counted as. Source: server, expression.cpp, ExpressionRange; sizeof(Value) */
const RANGE_ELEMENT_BYTES = 16;

function range(start: unknown, end: unknown, step: unknown): unknown {
  const [from, to, by] = [
    wholeOf("$range's starting value", start, [34443, 34444]),
    wholeOf("$range's ending value", end, [34445, 34446]),
    step === undefined ? 1 : wholeOf("$range's step", step, [34447, 34448]),
  ];
  if (by === 0) throw new CommandError(34449, '$range requires a non-zero step value');
  const length = Math.max(Math.ceil((to - from) / by), 0);
  if (length * RANGE_ELEMENT_BYTES > STAGE_BYTES_MAX) {
    const message = `$range would use too much memory and cannot spill to disk. Memory limit: ${STAGE_BYTES_MAX} bytes`;
    throw new CommandError('ExceededMemoryLimit', message);
  }
  return Array.from({ length }, (_, at) => new Int32(from + at * by));
}

/** Source: server, expression.cpp, ExpressionMap::parse, ExpressionFilter::parse */
const ELEMENT_ARGUMENTS = {
  in: { required: { input: 16880, in: 16882 }, code: 16878, unknown: 16879 },
  cond: { required: { input: 28648, cond: 28650 }, code: 28646, unknown: 28647 },
} as const;

/** `$map`, `$filter`: an expression for each element under a name of its own. */
function each(
  name: string,
  body: 'in' | 'cond',
  collect: (values: readonly unknown[], bodies: unknown[]) => unknown,
) {
  const compiler: OperatorCompiler = (operand, compile) => {
    const optional = body === 'cond' ? ['as', 'limit'] : ['as'];
    const given = namedOperands(name, operand, { ...ELEMENT_ARGUMENTS[body], optional });
    const { as: own = 'this' } = given;
    const as = typeof own === 'string' ? own : '';
    const [input, inner] = [compile(given['input']), compile.having([as])(given[body])];
    const limit = 'limit' in given ? compile(given['limit']) : null;
    return (frame) => {
      const list = listOf(`input to ${name}`, input(frame), body === 'in' ? 16883 : 28651);
      if (list === null) return null;
      const result = collect(
        list,
        list.map((element) => inner(withVariables(frame, { [as]: element }))),
      );
      const most = limit?.(frame);
      return isNullish(most) || !Array.isArray(result) ? result : result.slice(0, limitOf(most));
    };
  };
  return compiler;
}

/** @throws CommandError 327391, 327392 */
function limitOf(value: unknown): number {
  const limit = wholeOf("$filter's limit", value, [327391]);
  if (limit > 0) return limit;
  throw new CommandError(327392, `$filter: limit must be greater than 0: ${limit}`);
}

const reduce: OperatorCompiler = (operand, compile) => {
  const given = namedOperands('$reduce', operand, {
    required: { input: 40077, initialValue: 40078, in: 40079 },
    code: 40075,
    unknown: 40076,
  });
  const [input, start, inner] = [
    compile(given['input']),
    compile(given['initialValue']),
    compile.having(['value', 'this'])(given['in']),
  ];
  return (frame) => {
    const list = listOf("$reduce's 'input'", input(frame), 40080);
    if (list === null) return null;
    return list.reduce(
      (value, element) => inner(withVariables(frame, { value, this: element })),
      start(frame),
    );
  };
};

const zip: OperatorCompiler = (operand, compile) => {
  const given = namedOperands('$zip', operand, {
    required: { inputs: 34465 },
    optional: ['useLongestLength', 'defaults'],
    code: 34460,
    unknown: 34464,
  });
  if (!Array.isArray(given['inputs']))
    throw new CommandError(34461, 'inputs must be an array of expressions');
  const inputs = given['inputs'].map((input: unknown) => compile(input));
  const { defaults: own } = given;
  if (own !== undefined && !Array.isArray(own)) {
    throw new CommandError(34462, 'defaults must be an array of expressions');
  }
  const defaults = own === undefined ? null : compile(own);
  const isLongest = given['useLongestLength'] ?? false;
  if (typeof isLongest !== 'boolean') {
    throw new CommandError(34463, `useLongestLength must be a bool, found ${typeName(isLongest)}`);
  }
  if (inputs.length === 0) throw new CommandError(34465, '$zip requires at least one input array');
  if (defaults !== null && !isLongest)
    throw new CommandError(34466, '$zip can only have defaults with useLongestLength: true');
  if (own !== undefined && own.length !== inputs.length)
    throw new CommandError(34467, 'defaults and inputs must have the same length');
  return (frame) => {
    const lists = inputs.map((input) => listOf('$zip', input(frame), 34468));
    if (lists.some((list) => list === null)) return null;
    const lengths = lists.map((list) => list?.length ?? 0);
    const length = isLongest ? Math.max(...lengths) : Math.min(...lengths);
    const fill = (defaults?.(frame) ?? []) as unknown[];
    return Array.from({ length }, (_, at) => lists.map((list, which) => list?.[at] ?? fill[which] ?? null));
  };
};

const sortArray: OperatorCompiler = (operand, compile) => {
  const given = namedOperands('$sortArray', operand, {
    required: { input: 2942502, sortBy: 2942503 },
    code: 2942500,
    unknown: 2942501,
  });
  const input = compile(given['input']);
  const order = orderOf(given['sortBy'], compile.order);
  return (frame) => {
    const list = listOf('The input argument to $sortArray', input(frame), 2942504);
    return list === null ? null : [...list].sort(order);
  };
};

/** Order of values, or of documents by their fields. */
export function orderOf(sortBy: unknown, by: TextOrder): (left: unknown, right: unknown) => number {
  if (isDocument(sortBy)) {
    const sort = compileSort(sortBy, by);
    return (left, right) => sort.compare(sort.keyOf(left), sort.keyOf(right));
  }
  const direction = isNumeric(sortBy) ? toDouble(sortBy) : Number.NaN;
  if (direction !== 1 && direction !== -1) {
    throw new CommandError(2942507, 'The $sortArray sortBy must be 1, -1 or an object');
  }
  return (left, right) => compareValues(left, right, by) * direction;
}

/** How many a `…N` operator keeps. Source: server, accumulator_multi.cpp, validateN. @throws CommandError 5787902, 5787908 */
export function amountOf(value: unknown): number {
  const n = isNumeric(value) ? toDouble(value) : Number.NaN;
  if (!Number.isInteger(n)) throw new CommandError(5787902, "Value for 'n' must be of integral type");
  if (n > 0) return n;
  throw new CommandError(5787908, `'n' must be greater than 0, found ${n}`);
}

/** Source: server, accumulator_multi.cpp, AccumulatorN::parseArgs */
export const N_ARGUMENTS = { required: { n: 5787906, input: 5787907 }, unknown: 5787901 } as const;

/** `$firstN`, `$lastN`, `$maxN`, `$minN` of a list. */
function someOf(
  name: string,
  pick: (list: readonly unknown[], n: number, order: TextOrder) => unknown,
): OperatorCompiler {
  return (operand, compile) => {
    const given = namedOperands(name, operand, {
      ...N_ARGUMENTS,
      code: name.startsWith('$m') ? 5787900 : 5787801,
    });
    const [n, input] = [compile(given['n']), compile(given['input'])];
    return (frame) => {
      const list = listOf(name, input(frame), 5788200);
      const count = amountOf(n(frame));
      return list === null ? null : pick(list, count, compile.order);
    };
  };
}

const known = (list: readonly unknown[]): unknown[] => list.filter((value) => !isNullish(value));

function end(name: string, at: 0 | -1): OperatorCompiler {
  return plain(name, 1, (list) => {
    const elements = listOf(name, list, 28689);
    return elements === null ? null : elements.at(at);
  });
}

const includes = comparing('$in', 2, (order) => (value, list) => {
  if (Array.isArray(list)) return list.some((element) => compareCalculated(value, element, order) === 0);
  throw new CommandError(40081, `$in requires an array as a second argument, found: ${typeName(list)}`);
});

/** Lists. */
export const LISTS: Readonly<Record<string, OperatorCompiler>> = {
  $arrayElemAt: plain('$arrayElemAt', 2, elementAt),
  $first: end('$first', 0),
  $last: end('$last', -1),
  $in: includes,
  $size: plain('$size', 1, (list) => {
    if (Array.isArray(list)) return new Int32(list.length);
    throw new CommandError(
      17124,
      `The argument to $size must be an array, but was of type: ${typeName(list)}`,
    );
  }),
  $concatArrays: plain('$concatArrays', [0, MANY], concatLists),
  $slice: plain('$slice', [2, 3], slice),
  $indexOfArray: comparing('$indexOfArray', [2, 4], indexOfArray),
  $range: plain('$range', [2, 3], range),
  $reverseArray: plain('$reverseArray', 1, (list) => {
    const elements = listOf('The argument to $reverseArray', list, 34435);
    return elements === null ? null : [...elements].reverse();
  }),
  $map: each('$map', 'in', (_list, values) => values.map((value) => value ?? null)),
  $filter: each('$filter', 'cond', (list, values) => list.filter((_, at) => isTruthy(values[at]))),
  $reduce: reduce,
  $zip: zip,
  $sortArray: sortArray,
  $firstN: someOf('$firstN', (list, n) => list.slice(0, n)),
  $lastN: someOf('$lastN', (list, n) => list.slice(-n)),
  $maxN: someOf('$maxN', (list, n, order) =>
    known(list)
      .sort((a, b) => compareValues(b, a, order))
      .slice(0, n),
  ),
  $minN: someOf('$minN', (list, n, order) =>
    known(list)
      .sort((a, b) => compareValues(a, b, order))
      .slice(0, n),
  ),
};
