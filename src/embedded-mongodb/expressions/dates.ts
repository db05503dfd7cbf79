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
import type { Compile, Expression, Frame, OperatorCompiler } from './frame.ts';
import { isNullish, namedOperands } from './frame.ts';

/** What counts as a moment. @throws CommandError 16006 */
function momentOf(value: unknown): Date {
  if (value instanceof Date) return value;
  if (value instanceof ObjectId) return value.getTimestamp();
  if (value instanceof Timestamp) return new Date(value.getHighBitsUnsigned() * 1_000);
  throw new CommandError(16006, `can't convert from BSON type ${typeName(value)} to Date`);
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
      ? namedOperands(name, operand, { required: ['date'], optional: ['timezone'], code: 40535 })
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
    required: ['date'],
    optional: ['format', 'timezone', 'onNull'],
    code: 18534,
  });
  const read = compiled(given, compile);
  return (frame) => {
    const date = read(frame, 'date');
    const zone = 'timezone' in given ? zoneOf(read(frame, 'timezone') ?? null) : 'UTC';
    if (isNullish(date)) return 'onNull' in given ? read(frame, 'onNull') : null;
    const fallback = zone === 'UTC' ? `${ISO_FORMAT}Z` : ISO_FORMAT;
    const format = 'format' in given ? read(frame, 'format') : fallback;
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
    required: ['dateString'],
    optional: ['format', 'timezone', 'onError', 'onNull'],
    code: 40540,
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
  const given = namedOperands('$dateFromParts', operand, { required: [], optional, code: 40518 });
  const isIso = 'isoWeekYear' in given;
  if (!isIso && !('year' in given))
    throw new CommandError(40516, "$dateFromParts requires either 'year' or 'isoWeekYear' to be present");
  const read = compiled(given, compile);
  return (frame) => {
    const zone = 'timezone' in given ? zoneOf(read(frame, 'timezone') ?? null) : 'UTC';
    const names = isIso ? ISO_PARTS : PARTS;
    const numbers = names.map((name, at) => {
      if (!(name in given)) return at < 3 ? 1 : 0;
      const value = read(frame, name);
      if (isNullish(value)) return null;
      const number = isNumeric(value) ? toDouble(value) : Number.NaN;
      if (Number.isInteger(number)) return number;
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
    if (year < 1 || year > 9999)
      throw new CommandError(
        40523,
        `'year' must evaluate to an integer in the range 1 to 9999, found ${year}`,
      );
    const day = isIso
      ? isoStart(year) + ((second - 1) * 7 + third - 1) * DAY_MS
      : Date.UTC(year, second - 1, third);
    return fromZone(day + ((hour * 60 + minute) * 60 + seconds) * 1_000 + ms, zone);
  };
};

/** Monday of the year's first ISO week: the week that has 4 January. */
function isoStart(year: number): number {
  const fourth = new Date(Date.UTC(year, 0, 4));
  return fourth.getTime() - (isoDay(fourth) - 1) * DAY_MS;
}

const toParts: OperatorCompiler = (operand, compile) => {
  const optional = ['timezone', 'iso8601'];
  const given = namedOperands('$dateToParts', operand, { required: ['date'], optional, code: 40520 });
  const read = compiled(given, compile);
  return (frame) => {
    const date = read(frame, 'date');
    const zone = 'timezone' in given ? zoneOf(read(frame, 'timezone') ?? null) : 'UTC';
    if (isNullish(date) || zone === null) return null;
    const local = inZone(momentOf(date), zone);
    const week = isoWeek(local);
    const head =
      read(frame, 'iso8601') === true
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
  names: { required: readonly string[]; optional: readonly string[] },
  answer: (read: Read, frame: Frame, zone: string) => unknown,
): OperatorCompiler {
  return (operand, compile): Expression => {
    const given = namedOperands(name, operand, { ...names, code: 5166301 });
    const read = compiled(given, compile);
    return (frame) => {
      if (Object.keys(given).some((key) => isNullish(read(frame, key)))) return null;
      return answer(read, frame, zoneOf(read(frame, 'timezone')) ?? 'UTC');
    };
  };
}

function moved(name: '$dateAdd' | '$dateSubtract', sign: 1 | -1): OperatorCompiler {
  const names = { required: ['startDate', 'unit', 'amount'], optional: ['timezone'] };
  return nullable(name, names, (read, frame, zone) => {
    const amount = read(frame, 'amount');
    if (!isNumeric(amount) || !Number.isInteger(toDouble(amount))) {
      throw new CommandError(5166405, `${name} expects integer amount of time units`);
    }
    const unit = unitOf(name, read(frame, 'unit'));
    return later(momentOf(read(frame, 'startDate')), { unit, amount: toDouble(amount) * sign, zone });
  });
}

const diff = nullable(
  '$dateDiff',
  { required: ['startDate', 'endDate', 'unit'], optional: ['timezone', 'startOfWeek'] },
  (read, frame, zone) => {
    const unit = unitOf('$dateDiff', read(frame, 'unit'));
    const firstDay = weekDay(read(frame, 'startOfWeek') ?? 'sunday');
    const [start, end] = [momentOf(read(frame, 'startDate')), momentOf(read(frame, 'endDate'))];
    return Long.fromNumber(difference(start, end, { unit, zone, firstDay }));
  },
);

const trunc = nullable(
  '$dateTrunc',
  { required: ['date', 'unit'], optional: ['binSize', 'timezone', 'startOfWeek'] },
  (read, frame, zone) => {
    const unit = unitOf('$dateTrunc', read(frame, 'unit'));
    const firstDay = weekDay(read(frame, 'startOfWeek') ?? 'sunday');
    const size = toDouble(read(frame, 'binSize') ?? 1);
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
