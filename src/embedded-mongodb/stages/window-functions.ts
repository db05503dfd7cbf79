import { Double, Int32 } from 'bson';
import { CommandError } from '../errors.ts';
import { frameOf } from '../expressions/expression.ts';
import type { Compile, Expression } from '../expressions/frame.ts';
import { namedOperands } from '../expressions/frame.ts';
import { combine } from '../expressions/numbers.ts';
import { isDocument, isNumeric, toDouble } from '../values.ts';
import type { Partition, WindowFunction } from './windows.ts';

type Compiler = (operand: unknown, compile: Compile) => WindowFunction;

const valuesOf = ({ documents, variables }: Partition, expression: Expression): unknown[] =>
  documents.map((document) => expression(frameOf(document, variables)));

/** Numbers of the order and of the input, for functions over both; dates count in milliseconds. */
const numberOf = (value: unknown): number =>
  value instanceof Date ? value.getTime() : isNumeric(value) ? toDouble(value) : Number.NaN;

const rank =
  (isDense: boolean): Compiler =>
  () =>
  ({ documents, isTie }) => {
    let held = 0;
    return documents.map((_, at) => {
      if (at === 0 || !isTie(at - 1, at)) held = isDense ? held + 1 : at + 1;
      return new Int32(held);
    });
  };

const shift: Compiler = (operand, compile) => {
  const given = namedOperands('$shift', operand, {
    required: { output: null, by: null },
    optional: ['default'],
  });
  const by = toDouble(given['by']);
  const output = compile(given['output']);
  return (partition) => {
    const values = valuesOf(partition, output);
    return values.map((_, at) => {
      const place = at + by;
      return place >= 0 && place < values.length ? (values[place] ?? null) : (given['default'] ?? null);
    });
  };
};

/** Milliseconds of the units that have a fixed length. */
const UNIT_MS: Readonly<Record<string, number>> = {
  week: 604_800_000, day: 86_400_000, hour: 3_600_000, minute: 60_000, second: 1_000, millisecond: 1,
}; // prettier-ignore

function unitMs(unit: unknown): number {
  if (unit === undefined) return 1;
  const ms = typeof unit === 'string' ? UNIT_MS[unit] : undefined;
  if (ms !== undefined) return ms;
  throw new CommandError(5490704, 'unit must be week, day, hour, minute, second or millisecond');
}

/** Rate of change over the whole partition's documents up to the current one, and the area under them. */
const derivative: Compiler = (operand, compile) => {
  const given = namedOperands('$derivative', operand, { required: { input: null }, optional: ['unit'] });
  const scale = unitMs(given['unit']);
  const input = compile(given['input']);
  return (partition) => {
    const ys = valuesOf(partition, input).map(numberOf);
    const xs = partition.documents.map((document) => numberOf(partition.orderValue(document)));
    return ys.map((y, at) => {
      const before = at - 1;
      if (before < 0) return null;
      return new Double((y - (ys[before] ?? 0)) / (((xs[at] ?? 0) - (xs[before] ?? 0)) / scale));
    });
  };
};

const integral: Compiler = (operand, compile) => {
  const given = namedOperands('$integral', operand, { required: { input: null }, optional: ['unit'] });
  const scale = unitMs(given['unit']);
  const input = compile(given['input']);
  return (partition) => {
    const ys = valuesOf(partition, input).map(numberOf);
    const xs = partition.documents.map((document) => numberOf(partition.orderValue(document)));
    const area = ys.reduce(
      (sum, y, at) =>
        at === 0 ? 0 : sum + (((xs[at] ?? 0) - (xs[at - 1] ?? 0)) / scale) * ((y + (ys[at - 1] ?? 0)) / 2),
      0,
    );
    return ys.map(() => new Double(area));
  };
};

const expMovingAvg: Compiler = (operand, compile) => {
  const given = namedOperands('$expMovingAvg', operand, {
    required: { input: null },
    optional: ['N', 'alpha'],
  });
  if ('N' in given === 'alpha' in given) {
    throw new CommandError('FailedToParse', '$expMovingAvg sub object must have exactly one of N and alpha');
  }
  const alpha = 'alpha' in given ? toDouble(given['alpha']) : 2 / (toDouble(given['N']) + 1);
  const input = compile(given['input']);
  return (partition) => {
    let average: number | null = null;
    return valuesOf(partition, input).map((value) => {
      if (!isNumeric(value)) return average === null ? null : new Double(average);
      const number = toDouble(value);
      average = average === null ? number : number * alpha + average * (1 - alpha);
      return new Double(average);
    });
  };
};

/** Values in place of the missing ones, on the line between their neighbours. */
const linearFill: Compiler = (operand, compile) => {
  const input = compile(operand);
  return (partition) => {
    const values = valuesOf(partition, input);
    const xs = partition.documents.map((document) => numberOf(partition.orderValue(document)));
    return values.map((value, at) => {
      if (value !== null && value !== undefined) return value;
      const before = values.findLastIndex((known, place) => place < at && isNumeric(known));
      const after = values.findIndex((known, place) => place > at && isNumeric(known));
      if (before === -1 || after === -1) return null;
      const [x0, x1, y0, y1] = [
        xs[before] ?? 0,
        xs[after] ?? 0,
        toDouble(values[before]),
        toDouble(values[after]),
      ];
      return new Double(y0 + ((y1 - y0) * ((xs[at] ?? 0) - x0)) / (x1 - x0));
    });
  };
};

/** The last value that there was. */
const locf: Compiler = (operand, compile) => {
  const input = compile(operand);
  return (partition) => {
    let held: unknown = null;
    return valuesOf(partition, input).map((value) => (held = value ?? held));
  };
};

const covariance =
  (name: string, isSample: boolean): Compiler =>
  (operand, compile) => {
    if (!Array.isArray(operand) || operand.length !== 2) {
      throw new CommandError('FailedToParse', `${name} takes exactly 2 arguments`);
    }
    const parts = operand.map((part: unknown) => compile(part));
    return (partition) => {
      const [xs, ys] = parts.map((part) => valuesOf(partition, part)) as [unknown[], unknown[]];
      const pairs = xs
        .map((x, at) => [x, ys[at]] as const)
        .filter((pair) => pair.every(isNumeric))
        .map(([x, y]) => [toDouble(x), toDouble(y)] as const);
      const mean = (which: 0 | 1): number => pairs.reduce((sum, pair) => sum + pair[which], 0) / pairs.length;
      const [mx, my] = [mean(0), mean(1)];
      const divisor = isSample ? pairs.length - 1 : pairs.length;
      const sum = pairs.reduce((total, [x, y]) => total + (x - mx) * (y - my), 0);
      return partition.documents.map(() => (divisor <= 0 ? null : new Double(sum / divisor)));
    };
  };

const documentNumber: Compiler = (operand) => {
  if (!isDocument(operand) || Object.keys(operand).length > 0) {
    throw new CommandError(5371603, '$documentNumber must be specified with {} as the value');
  }
  return ({ documents }) => documents.map((_, at) => combine('add', new Int32(at), new Int32(1)));
};

/** Functions of `$setWindowFields` that are no accumulators: they look at the order. */
export const WINDOW_FUNCTIONS: Readonly<Record<string, Compiler>> = {
  $rank: rank(false),
  $denseRank: rank(true),
  $documentNumber: documentNumber,
  $shift: shift,
  $derivative: derivative,
  $integral: integral,
  $expMovingAvg: expMovingAvg,
  $linearFill: linearFill,
  $locf: locf,
  $covariancePop: covariance('$covariancePop', false),
  $covarianceSamp: covariance('$covarianceSamp', true),
};
