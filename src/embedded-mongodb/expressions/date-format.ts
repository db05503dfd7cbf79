import { CommandError } from '../errors.ts';
import { dateOf } from './conversion.ts';
import { dayOfYear, DAY_MS, fromZone, inZone, isoDay, isoWeek, offsetMs, sundayWeek } from './calendar.ts';

/** The format without one given, with its `Z` in every zone up to MongoDB 7.0. Source: DRIVERS-2620, done in 7.1 */
export const ISO_FORMAT = '%Y-%m-%dT%H:%M:%S.%LZ';

const MONTHS = [
  'January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November',
  'December',
]; // prettier-ignore

const pad = (number: number, length: number): string => String(number).padStart(length, '0');

/** What each specifier shows of the zone's date. Source: MongoDB manual, $dateToString, Format Specifiers */
const SHOWN: Readonly<Record<string, (local: Date, offset: number) => string>> = {
  d: (date) => pad(date.getUTCDate(), 2),
  G: (date) => pad(isoWeek(date).year, 4),
  H: (date) => pad(date.getUTCHours(), 2),
  j: (date) => pad(dayOfYear(date), 3),
  L: (date) => pad(date.getUTCMilliseconds(), 3),
  m: (date) => pad(date.getUTCMonth() + 1, 2),
  M: (date) => pad(date.getUTCMinutes(), 2),
  S: (date) => pad(date.getUTCSeconds(), 2),
  w: (date) => String(date.getUTCDay() + 1),
  u: (date) => String(isoDay(date)),
  U: (date) => pad(sundayWeek(date), 2),
  V: (date) => pad(isoWeek(date).week, 2),
  Y: (date) => pad(date.getUTCFullYear(), 4),
  b: (date) => (MONTHS[date.getUTCMonth()] ?? '').slice(0, 3),
  B: (date) => MONTHS[date.getUTCMonth()] ?? '',
  z: (_date, offset) => {
    const minutes = Math.abs(Math.trunc(offset / 60_000));
    return `${offset < 0 ? '-' : '+'}${pad(Math.floor(minutes / 60), 2)}${pad(minutes % 60, 2)}`;
  },
  Z: (_date, offset) => String(Math.trunc(offset / 60_000)),
  '%': () => '%',
};

/** @throws CommandError 18535 for a `%` at the end, 18536 for a specifier that there is not */
function checkFormat(format: string, known: Readonly<Record<string, unknown>>): void {
  for (const [, specifier = ''] of format.matchAll(/%(.?)/gs)) {
    if (specifier === '') throw new CommandError(18535, "Unmatched '%' at end of format string");
    if (specifier !== '%' && !Object.hasOwn(known, specifier)) {
      throw new CommandError(18536, `Invalid format character '%${specifier}' in format string`);
    }
  }
}

/** A moment as text. @throws CommandError 18535, 18536 for a wrong format, 18537 for a year out of four digits */
export function formatDate(date: Date, format: string, zone: string): string {
  const local = inZone(date, zone);
  const offset = offsetMs(zone, date.getTime());
  if (local.getUTCFullYear() > 9999 || local.getUTCFullYear() < 0) {
    throw new CommandError(
      18537,
      `Could not convert date to string: date component was outside the supported range of 0-9999: ${date.getTime()}`,
    );
  }
  checkFormat(format, SHOWN);
  return format.replace(/%(.)/gs, (all, specifier: string) => SHOWN[specifier]?.(local, offset) ?? all);
}

/** What each specifier takes from a text. */
const READ: Readonly<Record<string, { readonly pattern: string; readonly field: string }>> = {
  d: { pattern: '(\\d{1,2})', field: 'day' },
  H: { pattern: '(\\d{1,2})', field: 'hour' },
  j: { pattern: '(\\d{1,3})', field: 'dayOfYear' },
  L: { pattern: '(\\d{1,3})', field: 'millisecond' },
  m: { pattern: '(\\d{1,2})', field: 'month' },
  M: { pattern: '(\\d{1,2})', field: 'minute' },
  S: { pattern: '(\\d{1,2})', field: 'second' },
  Y: { pattern: '(\\d{4})', field: 'year' },
  G: { pattern: '(\\d{4})', field: 'isoYear' },
  V: { pattern: '(\\d{1,2})', field: 'isoWeek' },
  u: { pattern: '([1-7])', field: 'isoDay' },
  b: { pattern: '([A-Za-z]{3})', field: 'monthName' },
  B: { pattern: '([A-Za-z]+)', field: 'monthName' },
  z: { pattern: '(Z|[-+]\\d{2}:?\\d{2})', field: 'zone' },
  Z: { pattern: '([-+]?\\d{1,3})', field: 'minutes' },
};

/** A text as a moment, in ISO 8601 or by a format. @throws CommandError 241 */
export function parseDate(text: string, format: string | null, zone: string | null): Date {
  if (format !== null) return parsedBy(text, format, zone);
  const date = dateOf(text);
  const hasZone = /(Z|[-+]\d{2}:?\d{2})$/i.test(text) && text.includes(':');
  if (zone === null || zone === 'UTC') return date;
  if (hasZone) {
    const message = `you cannot pass in a date/time string with time zone information ('${text}') together with a timezone argument`;
    throw new CommandError(241, message);
  }
  return fromZone(date.getTime(), zone);
}

function parsedBy(text: string, format: string, zone: string | null): Date {
  checkFormat(format, READ);
  const fields: string[] = [];
  const pattern = format.replace(/%(.)|[.*+?^${}()|[\]\\]/gs, (all, specifier: string | undefined) => {
    if (specifier === undefined) return `\\${all}`;
    const read = READ[specifier];
    if (read === undefined) return '%';
    fields.push(read.field);
    return read.pattern;
  });
  const match = new RegExp(`^${pattern}$`).exec(text);
  if (match === null) throw new CommandError(241, `Error parsing date string '${text}'`);
  const found = new Map(fields.map((field, at) => [field, match[at + 1] ?? '']));
  return momentFrom(found, text, zone);
}

function momentFrom(found: ReadonlyMap<string, string>, text: string, zone: string | null): Date {
  const number = (field: string, otherwise: number): number => Number(found.get(field) ?? otherwise);
  const name = found.get('monthName')?.toLowerCase().slice(0, 3);
  const month =
    name === undefined
      ? number('month', 1)
      : MONTHS.findIndex((known) => known.toLowerCase().startsWith(name)) + 1;
  const year = number('year', 1970);
  const time =
    ((number('hour', 0) * 60 + number('minute', 0)) * 60 + number('second', 0)) * 1_000 +
    Number((found.get('millisecond') ?? '0').padEnd(3, '0'));
  const day =
    found.has('isoWeek') || found.has('isoYear')
      ? isoMonday(number('isoYear', year)) +
        ((number('isoWeek', 1) - 1) * 7 + number('isoDay', 1) - 1) * DAY_MS
      : found.has('dayOfYear')
        ? Date.UTC(year, 0, number('dayOfYear', 1))
        : Date.UTC(year, month - 1, number('day', 1));
  if (month < 1 || month > 12 || number('day', 1) > 31 || number('hour', 0) > 24) {
    throw new CommandError(241, `Error parsing date string '${text}'`);
  }
  const own = found.get('zone');
  const minutes = found.get('minutes');
  if (minutes !== undefined) return new Date(day + time - Number(minutes) * 60_000);
  return fromZone(day + time, own ?? zone ?? 'UTC');
}

function isoMonday(year: number): number {
  const fourth = new Date(Date.UTC(year, 0, 4));
  return fourth.getTime() - (isoDay(fourth) - 1) * DAY_MS;
}
