import { CommandError } from '../errors.ts';

/** Dates in a time zone: a moment shifted so that its UTC fields are the zone's, and back. */

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

const formatters = new Map<string, Intl.DateTimeFormat>();

/** What the zone is ahead of UTC at a moment. @throws CommandError 40485 for a zone that nobody knows */
export function offsetMs(zone: string, moment: number): number {
  if (/^(UTC|GMT|Z)$/.test(zone)) return 0;
  const numeric = /^([-+])(\d{2}):?(\d{2})?$/.exec(zone);
  if (numeric !== null) {
    const size = Number(numeric[2]) * HOUR_MS + Number(numeric[3] ?? 0) * MINUTE_MS;
    return numeric[1] === '-' ? -size : size;
  }
  const parts = formatterOf(zone).formatToParts(moment);
  const part = (type: string): number => Number(parts.find((known) => known.type === type)?.value);
  const shown = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return shown - Math.floor(moment / 1_000) * 1_000;
}

function formatterOf(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone);
  if (known !== undefined) return known;
  const numeric = 'numeric' as const;
  const fields = {
    year: numeric,
    month: numeric,
    day: numeric,
    hour: numeric,
    minute: numeric,
    second: numeric,
  };
  try {
    const formatter = new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', ...fields });
    formatters.set(zone, formatter);
    return formatter;
  } catch {
    throw new CommandError(40485, `unrecognized time zone identifier: "${zone}"`);
  }
}

/** The moment with the zone's fields in place of UTC's. */
export function inZone(date: Date, zone: string): Date {
  return new Date(date.getTime() + offsetMs(zone, date.getTime()));
}

/** The moment at which the zone shows these fields. */
export function fromZone(local: number, zone: string): Date {
  const guess = local - offsetMs(zone, local);
  return new Date(local - offsetMs(zone, guess));
}

/** Day of the year, the first is 1. */
export function dayOfYear(date: Date): number {
  return Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / DAY_MS) + 1;
}

/** 1 for Monday to 7 for Sunday. */
export function isoDay(date: Date): number {
  return date.getUTCDay() || 7;
}

/** Week by ISO 8601 with the year that it belongs to. */
export function isoWeek(date: Date): { readonly week: number; readonly year: number } {
  const thursday = new Date(date.getTime() + (4 - isoDay(date)) * DAY_MS);
  const year = thursday.getUTCFullYear();
  return { week: Math.ceil(dayOfYear(thursday) / 7), year };
}

/** Week whose first day is Sunday; days before the first Sunday are week 0. */
export function sundayWeek(date: Date): number {
  return Math.floor((dayOfYear(date) + 6 - date.getUTCDay()) / 7);
}

export type Unit =
  | 'year' | 'quarter' | 'month' | 'week' | 'day' | 'hour' | 'minute' | 'second' | 'millisecond'; // prettier-ignore

const FIXED_MS: Readonly<Partial<Record<Unit, number>>> = {
  week: 7 * DAY_MS,
  day: DAY_MS,
  hour: HOUR_MS,
  minute: MINUTE_MS,
  second: 1_000,
  millisecond: 1,
};
const MONTHS: Readonly<Partial<Record<Unit, number>>> = { year: 12, quarter: 3, month: 1 };

/** @throws CommandError 9 */
export function unitOf(name: string, unit: unknown): Unit {
  if (typeof unit === 'string' && (unit in FIXED_MS || unit in MONTHS)) return unit as Unit;
  throw new CommandError('FailedToParse', `unknown time unit value: ${String(unit)} in ${name}`);
}

/** So many units later; the day of the month is cut to the last there is. */
export function later(
  date: Date,
  { unit, amount, zone }: { unit: Unit; amount: number; zone: string },
): Date {
  const fixed = FIXED_MS[unit];
  // Hours and less are lengths of time; days and more keep the time of day that the zone shows.
  if (fixed !== undefined && fixed < DAY_MS) return new Date(date.getTime() + fixed * amount);
  const local = inZone(date, zone);
  if (fixed !== undefined) return fromZone(local.getTime() + fixed * amount, zone);
  const months = monthsOf(local) + amount * (MONTHS[unit] ?? 1);
  const [year, month] = [Math.floor(months / 12), ((months % 12) + 12) % 12];
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const day = Math.min(local.getUTCDate(), lastDay);
  const time = ((local.getTime() % DAY_MS) + DAY_MS) % DAY_MS;
  return fromZone(Date.UTC(year, month, day) + time, zone);
}

const monthsOf = (date: Date): number => date.getUTCFullYear() * 12 + date.getUTCMonth();

const WEEK_DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** Number of a day by its name, 0 for Sunday. @throws CommandError 9 */
export function weekDay(name: unknown): number {
  const day = typeof name === 'string' ? WEEK_DAYS.indexOf(name.toLowerCase().slice(0, 3)) : -1;
  if (day !== -1) return day;
  throw new CommandError('FailedToParse', `unknown day of week value: ${String(name)}`);
}

/** How many unit boundaries lie between two moments. */
export function difference(
  start: Date,
  end: Date,
  { unit, zone, firstDay }: { unit: Unit; zone: string; firstDay: number },
): number {
  const fixed = FIXED_MS[unit];
  if (fixed !== undefined && fixed < DAY_MS) {
    return Math.floor(end.getTime() / fixed) - Math.floor(start.getTime() / fixed);
  }
  const [from, to] = [inZone(start, zone), inZone(end, zone)];
  if (unit === 'day') return dayNumber(to) - dayNumber(from);
  // 1970-01-01 was a Thursday, day 4.
  const week = (date: Date): number => Math.floor((dayNumber(date) + 4 - firstDay) / 7);
  if (unit === 'week') return week(to) - week(from);
  const size = MONTHS[unit] ?? 1;
  return Math.floor(monthsOf(to) / size) - Math.floor(monthsOf(from) / size);
}

const dayNumber = (date: Date): number => Math.floor(date.getTime() / DAY_MS);

/** Bins are counted from this moment. Source: MongoDB manual, $dateTrunc */
const REFERENCE = Date.UTC(2000, 0, 1);

/** The beginning of the bin of `size` units in which a moment lies. */
export function truncated(
  date: Date,
  { unit, size, zone, firstDay }: { unit: Unit; size: number; zone: string; firstDay: number },
): Date {
  const local = inZone(date, zone);
  const months = MONTHS[unit];
  if (months !== undefined) {
    const from = 2000 * 12;
    const step = months * size;
    const at = from + Math.floor((monthsOf(local) - from) / step) * step;
    return fromZone(Date.UTC(Math.floor(at / 12), at % 12, 1), zone);
  }
  const step = (FIXED_MS[unit] ?? 1) * size;
  // 2000-01-01 was a Saturday; weeks are counted from the first day of the week after it.
  const from = unit === 'week' ? REFERENCE + ((firstDay - 6 + 7) % 7) * DAY_MS : REFERENCE;
  return fromZone(from + Math.floor((local.getTime() - from) / step) * step, zone);
}
