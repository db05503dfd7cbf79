import { formatNumber } from '../domain/text/number.ts';
import { clockInVietnam, dateInVietnam } from './clock.ts';
import type { Language } from './i18n.ts';

export { formatNumber };

/** `2026-11-24` as `24/11/2026`, which both languages write here. */
export function formatDate(date: string): string {
  const [year = '', month = '', day = ''] = date.slice(0, 10).split('-');
  return `${day}/${month}/${year}`;
}

/** `2026-11-24` as `11/2026`. */
export function formatMonth(date: string): string {
  return formatDate(date).slice(3);
}

/** The date in Vietnam at an instant, `dd/MM/yyyy`. */
export function formatDay(instant: Date): string {
  return formatDate(dateInVietnam(instant));
}

/** `08:30, 24/11/2026` in Vietnam time. */
export function formatInstant(instant: Date): string {
  return `${clockInVietnam(instant).slice(11, 16)}, ${formatDay(instant)}`;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** A span in its largest whole unit: “3 giờ”, “2 ngày”, “1 hour”; under a minute counts as a minute. */
export function formatDelay(elapsedMs: number, language: Language): string {
  const [count, vi, en] =
    elapsedMs >= DAY_MS
      ? ([Math.floor(elapsedMs / DAY_MS), 'ngày', 'day'] as const)
      : elapsedMs >= HOUR_MS
        ? ([Math.floor(elapsedMs / HOUR_MS), 'giờ', 'hour'] as const)
        : ([Math.max(1, Math.floor(elapsedMs / 60_000)), 'phút', 'minute'] as const);
  const shown = formatNumber(count, language);
  return language === 'vi' ? `${shown} ${vi}` : `${shown} ${en}${count === 1 ? '' : 's'}`;
}

/** The value of an `<input type="datetime-local">` for an instant, in Vietnam time. */
export function localInputValue(instant: Date): string {
  return clockInVietnam(instant).slice(0, 16);
}
