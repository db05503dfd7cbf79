import { Int32 } from 'bson';
import { CommandError } from '../errors.ts';
import { encodeValue } from '../key-encoding.ts';
import { isTruthy } from '../match.ts';
import { typeName } from '../match-type.ts';
import { compileSort } from '../sort.ts';
import { compareValues, isDocument, isNumeric, toDouble } from '../values.ts';
import type { OperatorCompiler } from './frame.ts';
import { isNullish, namedOperands, operandsOf, plain, withVariables } from './frame.ts';
import { compareCalculated } from './logic.ts';

const MANY = 1_000_000;

/** The list that an operator needs; null where it is null or missing. @throws CommandError with this code */
function listOf(name: string, value: unknown, code: number): readonly unknown[] | null {
  if (isNullish(value)) return null;
  if (Array.isArray(value)) return value as unknown[];
  throw new CommandError(code, `${name} requires an array, but was passed: ${typeName(value)}`);
}

/** A whole number. @throws CommandError with this code */
function wholeOf(name: string, value: unknown, code: number): number {
  const number = isNumeric(value) ? toDouble(value) : Number.NaN;
  if (Number.isInteger(number)) return number;
  throw new CommandError(code, `${name} requires a whole number, found: ${typeName(value)}`);
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
  return elements.at(wholeOf('$arrayElemAt', at, 28691));
}

function concatLists(...lists: unknown[]): unknown {
  const all = lists.map((list) => listOf('$concatArrays', list, 28664));
  return all.some((list) => list === null) ? null : all.flatMap((list) => list ?? []);
}

function slice(list: unknown, first: unknown, count: unknown): unknown {
  if (isNullish(list) || isNullish(first) || count === null) return null;
  const elements = listOf('First argument to $slice', list, 28724) ?? [];
  const from = wholeOf('Second argument to $slice', first, 28725);
  if (count === undefined) return from < 0 ? elements.slice(from) : elements.slice(0, from);
  const size = wholeOf('Third argument to $slice', count, 28727);
  if (size <= 0) throw new CommandError(28729, `Third argument to $slice must be positive: ${size}`);
  const start = from < 0 ? Math.max(elements.length + from, 0) : from;
  return elements.slice(start, start + size);
}

function indexOfArray(list: unknown, value: unknown, from: unknown, to: unknown): unknown {
  const elements = listOf('$indexOfArray', list, 40090);
  if (elements === null) return null;
  const start = from === undefined ? 0 : wholeOf('$indexOfArray', from, 40096);
  const end = to === undefined ? elements.length : wholeOf('$indexOfArray', to, 40096);
  const index = elements.findIndex(
    (element, at) => at >= start && at < end && compareCalculated(element, value) === 0,
  );
  return new Int32(index);
}

function range(start: unknown, end: unknown, step: unknown): unknown {
  const [from, to, by] = [
    wholeOf("$range's starting value", start, 34443),
    wholeOf("$range's ending value", end, 34445),
    step === undefined ? 1 : wholeOf("$range's step", step, 34447),
  ];
  if (by === 0) throw new CommandError(34449, '$range requires a non-zero step value');
  const length = Math.max(Math.ceil((to - from) / by), 0);
  return Array.from({ length }, (_, at) => new Int32(from + at * by));
}

/** `$map`, `$filter`: an expression for each element under a name of its own. */
function each(
  name: string,
  body: 'in' | 'cond',
  collect: (values: readonly unknown[], bodies: unknown[]) => unknown,
) {
  const compiler: OperatorCompiler = (operand, compile) => {
    const optional = body === 'cond' ? ['as', 'limit'] : ['as'];
    const given = namedOperands(name, operand, { required: ['input', body], optional, code: 16878 });
    const as = typeof given['as'] === 'string' ? given['as'] : 'this';
    const [input, inner] = [compile(given['input']), compile(given[body])];
    const limit = 'limit' in given ? compile(given['limit']) : null;
    return (frame) => {
      const list = listOf(`input to ${name}`, input(frame), body === 'in' ? 16883 : 28651);
      if (list === null) return null;
      const result = collect(
        list,
        list.map((element) => inner(withVariables(frame, { [as]: element }))),
      );
      const most = limit?.(frame);
      return isNullish(most) || !Array.isArray(result) ? result : result.slice(0, toDouble(most));
    };
  };
  return compiler;
}

const reduce: OperatorCompiler = (operand, compile) => {
  const given = namedOperands('$reduce', operand, { required: ['input', 'initialValue', 'in'], code: 40076 });
  const [input, start, inner] = [
    compile(given['input']),
    compile(given['initialValue']),
    compile(given['in']),
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
    required: ['inputs'],
    optional: ['useLongestLength', 'defaults'],
    code: 34464,
  });
  const inputs = Array.isArray(given['inputs']) ? given['inputs'].map(compile) : [];
  const defaults = 'defaults' in given ? compile(given['defaults']) : null;
  const isLongest = given['useLongestLength'] === true;
  if (inputs.length === 0) throw new CommandError(34465, '$zip requires at least one input array');
  if (defaults !== null && !isLongest)
    throw new CommandError(34466, '$zip can only have defaults with useLongestLength: true');
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
  const given = namedOperands('$sortArray', operand, { required: ['input', 'sortBy'], code: 2942500 });
  const input = compile(given['input']);
  const order = orderOf(given['sortBy']);
  return (frame) => {
    const list = listOf('The input argument to $sortArray', input(frame), 2942504);
    return list === null ? null : [...list].sort(order);
  };
};

/** Order of values, or of documents by their fields. */
export function orderOf(sortBy: unknown): (left: unknown, right: unknown) => number {
  if (isDocument(sortBy)) {
    const sort = compileSort(sortBy, null);
    return (left, right) => sort.compare(sort.keyOf(left), sort.keyOf(right));
  }
  const direction = isNumeric(sortBy) ? toDouble(sortBy) : Number.NaN;
  if (direction !== 1 && direction !== -1) {
    throw new CommandError(2942507, 'The $sortArray sortBy must be 1, -1 or an object');
  }
  return (left, right) => compareValues(left, right) * direction;
}

/** `$firstN`, `$lastN`, `$maxN`, `$minN` of a list. */
function someOf(name: string, pick: (list: readonly unknown[], n: number) => unknown): OperatorCompiler {
  return (operand, compile) => {
    const given = namedOperands(name, operand, { required: ['n', 'input'], code: 5787801 });
    const [n, input] = [compile(given['n']), compile(given['input'])];
    return (frame) => {
      const list = listOf(name, input(frame), 5788200);
      const count = wholeOf(`n of ${name}`, n(frame), 5787902);
      if (count <= 0) throw new CommandError(5787908, "'n' must be greater than 0");
      return list === null ? null : pick(list, count);
    };
  };
}

const known = (list: readonly unknown[]): unknown[] => list.filter((value) => !isNullish(value));

const byText = (value: unknown): string => encodeValue(value).toString('latin1');

/** Each value once, in MongoDB's order. */
export function distinctOf(values: readonly unknown[]): unknown[] {
  const byKey = new Map(values.map((value) => [byText(value), value] as const));
  return [...byKey.values()].sort(compareValues);
}

/** A set operator over lists; null where one of them is null, unless the operator refuses that. */
function ofSets(
  name: string,
  count: readonly [number, number],
  {
    code,
    isNullable,
    calculate,
  }: {
    code: number;
    isNullable: boolean;
    calculate: (sets: readonly (readonly unknown[])[]) => unknown;
  },
): OperatorCompiler {
  return (operand, compile) => {
    const parts = operandsOf(name, operand, compile, count);
    return (frame) => {
      const lists = parts.map((part) => {
        const value = part(frame);
        if (isNullish(value) && isNullable) return null;
        if (Array.isArray(value)) return value as unknown[];
        throw new CommandError(
          code,
          `All operands of ${name} must be arrays. One argument is of type: ${typeName(value)}`,
        );
      });
      return lists.includes(null) ? null : calculate(lists.map((list) => list ?? []));
    };
  };
}

const keysOf = (list: readonly unknown[] | undefined): Set<string> => new Set((list ?? []).map(byText));

function intersection([first = [], ...others]: readonly (readonly unknown[])[]): unknown[] {
  const sets = others.map(keysOf);
  return distinctOf(first.filter((value) => sets.every((set) => set.has(byText(value)))));
}

function areEqual([first, ...others]: readonly (readonly unknown[])[]): boolean {
  const wanted = keysOf(first);
  return others.every((other) => {
    const keys = keysOf(other);
    return keys.size === wanted.size && [...keys].every((key) => wanted.has(key));
  });
}

function truthOfAll(
  name: string,
  code: number,
  calculate: (list: readonly unknown[]) => boolean,
): OperatorCompiler {
  return plain(name, 1, (list) => {
    if (Array.isArray(list)) return calculate(list);
    throw new CommandError(code, `${name}'s argument must be an array, but is ${typeName(list)}`);
  });
}

function end(name: string, at: 0 | -1): OperatorCompiler {
  return plain(name, 1, (list) => {
    const elements = listOf(name, list, 28689);
    return elements === null ? null : elements.at(at);
  });
}

const includes = plain('$in', 2, (value, list) => {
  if (Array.isArray(list)) return list.some((element) => compareCalculated(value, element) === 0);
  throw new CommandError(40081, `$in requires an array as a second argument, found: ${typeName(list)}`);
});

/** Lists and sets. */
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
  $indexOfArray: plain('$indexOfArray', [2, 4], indexOfArray),
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
  $maxN: someOf('$maxN', (list, n) =>
    known(list)
      .sort((a, b) => compareValues(b, a))
      .slice(0, n),
  ),
  $minN: someOf('$minN', (list, n) => known(list).sort(compareValues).slice(0, n)),
  $setUnion: ofSets('$setUnion', [0, MANY], {
    code: 17043,
    isNullable: true,
    calculate: (sets) => distinctOf(sets.flat()),
  }),
  $setIntersection: ofSets('$setIntersection', [0, MANY], {
    code: 17047,
    isNullable: true,
    calculate: intersection,
  }),
  $setDifference: ofSets('$setDifference', [2, 2], {
    code: 17048,
    isNullable: true,
    calculate([first = [], second]) {
      const without = keysOf(second);
      const seen = new Set<string>();
      return first.filter((value) => {
        const key = byText(value);
        const isNew = !without.has(key) && !seen.has(key);
        seen.add(key);
        return isNew;
      });
    },
  }),
  $setEquals: ofSets('$setEquals', [2, MANY], { code: 17044, isNullable: false, calculate: areEqual }),
  $setIsSubset: ofSets('$setIsSubset', [2, 2], {
    code: 17046,
    isNullable: false,
    calculate: ([first, second]) => [...keysOf(first)].every((key) => keysOf(second).has(key)),
  }),
  $allElementsTrue: truthOfAll('$allElementsTrue', 17040, (list) => list.every(isTruthy)),
  $anyElementTrue: truthOfAll('$anyElementTrue', 17041, (list) => list.some(isTruthy)),
};
