import { addDays, dateInVietnam } from '../../platform/clock.ts';
import type { DayOffset, DemoEvent } from './data.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Somebody who writes several things down needs this long for each. */
const BETWEEN_RECORDS_MS = 3 * MINUTE_MS;

/**
 * The days of a demonstration that was installed at `installedAt`, in Vietnam's time. Nothing of it lies in the
 * future, whatever the hour of the installation.
 */
export function demoDays(installedAt: Date) {
  const today = dateInVietnam(installedAt);
  const notAfterInstallation = (instant: Date): Date => (instant < installedAt ? instant : installedAt);

  /** @returns `YYYY-MM-DD` */
  const date = (offset: DayOffset): string => {
    if (!/^(?:[+-]\d+|0)d$/.test(offset)) throw new RangeError(`Not an offset in days: ${offset}`);
    return addDays(today, Number.parseInt(offset, 10));
  };
  const instant = (offset: DayOffset, timeOfDay: string): Date =>
    notAfterInstallation(new Date(`${date(offset)}T${timeOfDay}:00+07:00`));

  /**
   * When each of a batch's events was written down: within two hours or as late as the file says, and never before
   * the one that stands ahead of it.
   */
  const recordedAt = (events: readonly DemoEvent[]): readonly Date[] => {
    let previous = 0;
    return events.map((event, index) => {
      const delayMs =
        event.recordedAfterHours === undefined
          ? (7 + ((index * 37 + event.step.length * 11) % 110)) * MINUTE_MS
          : event.recordedAfterHours * HOUR_MS;
      const written = instant(event.occurredAt, event.timeOfDay).getTime() + delayMs;
      previous = Math.max(written, previous + BETWEEN_RECORDS_MS);
      return notAfterInstallation(new Date(previous));
    });
  };

  return { date, instant, recordedAt, notAfterInstallation };
}

export type DemoDays = ReturnType<typeof demoDays>;
