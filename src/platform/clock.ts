import { AsyncLocalStorage } from 'node:async_hooks';

/** The time as an argument, so that a test can say what day it is. */
export type Clock = { now(): Date };

export const systemClock: Clock = { now: () => new Date() };

/**
 * Clocks of the whole country are seven hours ahead since 13 June 1975, in summer too.
 * Source: IANA time zone database, Asia/Ho_Chi_Minh
 */
const VIETNAM_AHEAD_MS = 7 * 3_600_000;

/** What calendars and clocks in Vietnam show at an instant: `YYYY-MM-DDTHH:mm:ss.sss`. */
export function clockInVietnam(instant: Date): string {
  return new Date(instant.getTime() + VIETNAM_AHEAD_MS).toISOString().slice(0, -1);
}

/** The calendar date in Vietnam at an instant, as `YYYY-MM-DD`. */
export function dateInVietnam(instant: Date): string {
  return clockInVietnam(instant).slice(0, 10);
}

/** `date` moved by whole days; both are `YYYY-MM-DD`. */
export function addDays(date: string, days: number): string {
  const moved = new Date(`${date}T00:00:00Z`);
  moved.setUTCDate(moved.getUTCDate() + days);
  return moved.toISOString().slice(0, 10);
}

/** What counts from its first to its last day, both included; dates are `YYYY-MM-DD`. */
type Term = { readonly issuedOn: string; readonly expiresOn: string };

/** Whether a certificate, a rank or anything else with a term counts on `date`. */
export function validOn({ issuedOn, expiresOn }: Term, date: string): boolean {
  return issuedOn <= date && date <= expiresOn;
}

/** Whole days from `from` to `to`, negative when `to` is earlier; both are `YYYY-MM-DD`. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

/** A clock that can tell one piece of work another time. */
export type ImportClock = Clock & {
  /** Runs `work`: for it, and for whatever it awaits, it is `instant`; everybody else goes on with the real time. */
  at<T>(instant: Date, work: () => Promise<T>): Promise<T>;
};

/**
 * The clock for a server that also enters records of earlier days. Only who holds `at` can change the time, and no
 * request handler is given it.
 */
export function importClock(clock: Clock): ImportClock {
  const told = new AsyncLocalStorage<Date>();
  let underWay = 0;
  return {
    now: () => told.getStore() ?? clock.now(),
    async at(instant, work) {
      underWay += 1;
      try {
        return await told.run(instant, work);
      } finally {
        underWay -= 1;
        // Following a piece of work through its promises costs every other one a little, so it ends with the work.
        if (underWay === 0) told.disable();
      }
    },
  };
}
