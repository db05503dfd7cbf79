import { Int32, Long, ObjectId, Timestamp } from 'bson';
import { CommandError } from '../errors.ts';
import { typeName } from '../match-type.ts';
import { isDocument, isNumeric, toDouble } from '../values.ts';
import {
  dayOfYear,
  DAY_MS,
  difference,
  fromZone,
  inZone,
  isoDay,
  isoWeek,
  later,
  sundayWeek,
  truncated,
  unitOf,
  weekDay,
} from './calendar.ts';
import { formatDate, ISO_FORMAT, parseDate } from './date-format.ts';
import type { ArgumentNames, Compile, Expression, Frame, OperatorCompiler } from './frame.ts';
import { isNullish, namedOperands } from './frame.ts';

/** What counts as a moment. @throws CommandError 16006, or the operator's own code */
function momentOf(value: unknown, code = 16006): Date {
  if (value instanceof Date) return value;
  if (value instanceof ObjectId) return value.getTimestamp();
  if (value instanceof Timestamp) return new Date(value.getHighBitsUnsigned() * 1_000);
  throw new CommandError(code, `can't convert from BSON type ${typeName(value)} to Date`);
}

/** The zone that an argument names, UTC without it; null where it is null. @throws CommandError 40517 */
function zoneOf(value: unknown): string | null {
  if (value === null) return null;
  if (value === undefined) return 'UTC';
  if (typeof value === 'string') return value;
  throw new CommandError(40517, `timezone must evaluate to a string, found ${typeName(value)}`);
}

/** Named arguments, compiled; those that were not given are missing. */
function compiled(given: Readonly<Record<string, unknown>>, compile: Compile) {
  const parts = new Map(Object.entries(given).map(([key, value]) => [key, compile(value)]));
  return (frame: Frame, key: string): unknown => parts.get(key)?.(frame);
}

/** A part of a date: `{ $year: '$at' }` or with a time zone `{ $year: { date, timezone } }`. */
function part(name: string, pick: (local: Date) => unknown): OperatorCompiler {
  return (operand, compile) => {
    const isNamed = isDocument(operand) && 'date' in operand;
    const given = isNamed
      ? namedOperands(name, operand, { required: { date: 40539 }, optional: ['timezone'], code: 40535 })
      : { date: Array.isArray(operand) && operand.length === 1 ? (operand[0] as unknown) : operand };
    const read = compiled(given, compile);
    return (frame) => {
      const date = read(frame, 'date');
      const zone = 'timezone' in given ? zoneOf(read(frame, 'timezone') ?? null) : 'UTC';
      return isNullish(date) || zone === null ? null : pick(inZone(momentOf(date), zone));
    };
  };
}

const int = (pick: (date: Date) => number) => (date: Date) => new Int32(pick(date));

const toText: OperatorCompiler = (operand, compile) => {
  const given = namedOperands('$dateToString', operand, {
    required: { date: 18628 },
    optional: ['format', 'timezone', 'onNull'],
    code: 18629,
    unknown: 18534,
  });
  const read = compiled(given, compile);
  return (frame) => {
    const date = read(frame, 'date');
    const zone = 'timezone' in given ? zoneOf(read(frame, 'timezone') ?? null) : 'UTC';
    if (isNullish(date)) return 'onNull' in given ? read(frame, 'onNull') : null;
    const format = 'format' in given ? read(frame, 'format') : ISO_FORMAT;
    if (zone === null || isNullish(format)) return null;
    if (typeof format !== 'string') {
      throw new CommandError(
        18533,
        `$dateToString requires that 'format' be a string, found: ${typeName(format)}`,
      );
    }
    return formatDate(momentOf(date), format, zone);
  };
};

const fromText: OperatorCompiler = (operand, compile) => {
  const given = namedOperands('$dateFromString', operand, {
    required: { dateString: 40542 },
    optional: ['format', 'timezone', 'onError', 'onNull'],
    code: 40540,
    unknown: 40541,
  });
  const read = compiled(given, compile);
  return (frame) => {
    const text = read(frame, 'dateString');
    if (isNullish(text)) return 'onNull' in given ? read(frame, 'onNull') : null;
    const zone = 'timezone' in given ? read(frame, 'timezone') : undefined;
    const format = 'format' in given ? read(frame, 'format') : undefined;
    if (zone === null || format === null) return null;
    try {
      if (typeof text !== 'string') {
        const message = `$dateFromString requires that 'dateString' be a string, found: ${typeName(text)}`;
        throw new CommandError(241, message);
      }
      return parseDate(
        text,
        format === undefined ? null : String(format),
        zone === undefined ? null : zoneOf(zone),
      );
    } catch (error) {
      if ('onError' in given && error instanceof CommandError) return read(frame, 'onError');
      throw error;
    }
  };
};

const PARTS = ['year', 'month', 'day', 'hour', 'minute', 'second', 'millisecond'] as const;
const ISO_PARTS = [
  'isoWeekYear',
  'isoWeek',
  'isoDayOfWeek',
  'hour',
  'minute',
  'second',
  'millisecond',
] as const;

const fromParts: OperatorCompiler = (operand, compile) => {
  const optional = [...PARTS, ...ISO_PARTS, 'timezone'];
  const given = namedOperands('$dateFromParts', operand, {
    required: {},
    optional,
    code: 40519,
    unknown: 40518,
  });
  const isIso = 'isoWeekYear' in given;
  if (!isIso && !('year' in given))
    throw new CommandError(40516, "$dateFromParts requires either 'year' or 'isoWeekYear' to be present");
  const odd = (isIso ? PARTS : ISO_PARTS).slice(0, 3).some((name) => name in given);
  if (odd) throw new CommandError(isIso ? 40525 : 40489, '$dateFromParts does not mix natural and ISO dates');
  const read = compiled(given, compile);
  return (frame) => {
    const zone = 'timezone' in given ? zoneOf(read(frame, 'timezone') ?? null) : 'UTC';
    const names = isIso ? ISO_PARTS : PARTS;
    const numbers = names.map((name, at) => {
      if (!(name in given)) return at < 3 ? 1 : 0;
      const value = read(frame, name);
      if (isNullish(value)) return null;
      const number = isNumeric(value) ? toDouble(value) : Number.NaN;
      if (Number.isInteger(number) && Math.abs(number) <= LONG_MAX) return partWithin(name, number);
      throw new CommandError(40515, `'${name}' must evaluate to an integer, found ${typeName(value)}`);
    });
    if (zone === null || numbers.includes(null)) return null;
    const [year, second, third, hour, minute, seconds, ms] = numbers as [
      number,
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    const day = isIso ? isoStart(year) + ((second - 1) * 7 + third - 1) * DAY_MS : dayOf(year, second, third);
    const local = day + ((hour * 60 + minute) * 60 + seconds) * 1_000 + ms;
    if (Math.abs(local) <= DATE_MAX_MS) return fromZone(local, zone);
    const message = 'Overflow casting from a lower-precision duration to a higher-precision duration';
    throw new CommandError('DurationOverflow', message);
  };
};

/** The double next to the greatest long. */
const LONG_MAX = 2 ** 63;
/** What is later has no `Date`, whatever its zone. MongoDB's dates, of 64 bits of microseconds here, end close by. */
const DATE_MAX_MS = 8.64e15 - DAY_MS;

/** What a part but the year may be. Source: server, expression.cpp, ExpressionDateFromParts::kMinValueForDatePart */
const PART_MAX = 32_767;

/** @throws CommandError 40523, 31095 for a year, 31034 for another part */
function partWithin(name: string, value: number): number {
  const isYear = name === 'year' || name === 'isoWeekYear';
  if (isYear ? value >= 1 && value <= 9999 : value >= -PART_MAX - 1 && value <= PART_MAX) return value;
  const isFree = name === 'second' || name === 'millisecond';
  if (isFree) return value;
  const code = name === 'year' ? 40523 : isYear ? 31095 : 31034;
  throw new CommandError(code, `'${name}' must evaluate to an integer in its range, found ${value}`);
}

/** Midnight of a day; `Date.UTC` would take the first hundred years for those of the last century. */
function dayOf(year: number, month: number, day: number): number {
  return new Date(0).setUTCFullYear(year, month - 1, day);
}

/** Monday of the year's first ISO week: the week that has 4 January. */
function isoStart(year: number): number {
  const fourth = new Date(dayOf(year, 1, 4));
  return fourth.getTime() - (isoDay(fourth) - 1) * DAY_MS;
}

const toParts: OperatorCompiler = (operand, compile) => {
  const optional = ['timezone', 'iso8601'];
  const given = namedOperands('$dateToParts', operand, {
    required: { date: 40522 },
    optional,
    code: 40524,
    unknown: 40520,
  });
  const read = compiled(given, compile);
  return (frame) => {
    const date = read(frame, 'date');
    const zone = 'timezone' in given ? zoneOf(read(frame, 'timezone') ?? null) : 'UTC';
    if (isNullish(date) || zone === null) return null;
    const local = inZone(momentOf(date), zone);
    const week = isoWeek(local);
    const isIso = 'iso8601' in given ? read(frame, 'iso8601') : false;
    if (isNullish(isIso)) return null;
    if (typeof isIso !== 'boolean') {
      throw new CommandError(40521, `iso8601 must evaluate to a bool, found ${typeName(isIso)}`);
    }
    const head =
      isIso === true
        ? { isoWeekYear: week.year, isoWeek: week.week, isoDayOfWeek: isoDay(local) }
        : { year: local.getUTCFullYear(), month: local.getUTCMonth() + 1, day: local.getUTCDate() };
    const time = {
      hour: local.getUTCHours(),
      minute: local.getUTCMinutes(),
      second: local.getUTCSeconds(),
      millisecond: local.getUTCMilliseconds(),
    };
    return Object.fromEntries(
      Object.entries({ ...head, ...time }).map(([name, value]) => [name, new Int32(value)]),
    );
  };
};

type Read = (frame: Frame, key: string) => unknown;

/** Arguments of which null or missing makes the whole null. */
function nullable(
  name: string,
  names: ArgumentNames,
  answer: (read: Read, frame: Frame, zone: string) => unknown,
): OperatorCompiler {
  return (operand, compile): Expression => {
    const given = namedOperands(name, operand, names);
    const read = compiled(given, compile);
    return (frame) => {
      if (Object.keys(given).some((key) => isNullish(read(frame, key)))) return null;
      return answer(read, frame, zoneOf(read(frame, 'timezone')) ?? 'UTC');
    };
  };
}

function moved(name: '$dateAdd' | '$dateSubtract', sign: 1 | -1): OperatorCompiler {
  const missing = 5166402;
  const names = {
    required: { startDate: missing, unit: missing, amount: missing },
    optional: ['timezone'],
    code: 5166400,
    unknown: 5166401,
  };
  return nullable(name, names, (read, frame, zone) => {
    const amount = read(frame, 'amount');
    if (!isNumeric(amount) || !Number.isInteger(toDouble(amount))) {
      throw new CommandError(5166405, `${name} expects integer amount of time units`);
    }
    const unit = unitOf(name, read(frame, 'unit'));
    return later(momentOf(read(frame, 'startDate'), 5166403), {
      unit,
      amount: toDouble(amount) * sign,
      zone,
    });
  });
}

const diff = nullable(
  '$dateDiff',
  {
    required: { startDate: 5166303, endDate: 5166304, unit: 5166305 },
    optional: ['timezone', 'startOfWeek'],
    code: 5166301,
    unknown: 5166302,
  },
  (read, frame, zone) => {
    const unit = unitOf('$dateDiff', read(frame, 'unit'));
    const firstDay = weekDay(read(frame, 'startOfWeek') ?? 'sunday');
    const [start, end] = ['startDate', 'endDate'].map((key) => momentOf(read(frame, key), 5166307)) as [
      Date,
      Date,
    ];
    return Long.fromNumber(difference(start, end, { unit, zone, firstDay }));
  },
);

const trunc = nullable(
  '$dateTrunc',
  {
    required: { date: 5439009, unit: 5439010 },
    optional: ['binSize', 'timezone', 'startOfWeek'],
    code: 5439007,
    unknown: 5439008,
  },
  (read, frame, zone) => {
    const unit = unitOf('$dateTrunc', read(frame, 'unit'));
    const firstDay = weekDay(read(frame, 'startOfWeek') ?? 'sunday');
    const given = read(frame, 'binSize') ?? new Int32(1);
    const size = isNumeric(given) ? toDouble(given) : Number.NaN;
    if (!Number.isInteger(size))
      throw new CommandError(5439017, "$dateTrunc requires 'binSize' to be an integer");
    if (!(size > 0)) throw new CommandError(5439018, '$dateTrunc requires binSize to be greater than 0');
    return truncated(momentOf(read(frame, 'date')), { unit, size, zone, firstDay });
  },
);

/** Dates. */
export const DATES: Readonly<Record<string, OperatorCompiler>> = {
  $year: part(
    '$year',
    int((date) => date.getUTCFullYear()),
  ),
  $month: part(
    '$month',
    int((date) => date.getUTCMonth() + 1),
  ),
  $dayOfMonth: part(
    '$dayOfMonth',
    int((date) => date.getUTCDate()),
  ),
  $dayOfWeek: part(
    '$dayOfWeek',
    int((date) => date.getUTCDay() + 1),
  ),
  $dayOfYear: part('$dayOfYear', int(dayOfYear)),
  $hour: part(
    '$hour',
    int((date) => date.getUTCHours()),
  ),
  $minute: part(
    '$minute',
    int((date) => date.getUTCMinutes()),
  ),
  $second: part(
    '$second',
    int((date) => date.getUTCSeconds()),
  ),
  $millisecond: part(
    '$millisecond',
    int((date) => date.getUTCMilliseconds()),
  ),
  $week: part('$week', int(sundayWeek)),
  $isoWeek: part(
    '$isoWeek',
    int((date) => isoWeek(date).week),
  ),
  $isoWeekYear: part('$isoWeekYear', (date) => Long.fromNumber(isoWeek(date).year)),
  $isoDayOfWeek: part('$isoDayOfWeek', int(isoDay)),
  $dateToString: toText,
  $dateFromString: fromText,
  $dateFromParts: fromParts,
  $dateToParts: toParts,
  $dateAdd: moved('$dateAdd', 1),
  $dateSubtract: moved('$dateSubtract', -1),
  $dateDiff: diff,
  $dateTrunc: trunc,
};
