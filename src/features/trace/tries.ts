import { formatNumber } from '../../platform/format.ts';
import {
  CODE_MISSES_ALARM_PER_MINUTE,
  CODE_MISSES_OF_ALL,
  CODE_MISSES_PER_CLIENT,
} from '../../platform/limits.ts';
import { networkOf } from '../../platform/network.ts';
import { Problem } from '../../platform/problem.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Log } from '../../platform/log.ts';
import type { Verdict } from './rules.ts';

type Rate = { readonly atOnce: number; readonly perSecond: number };

/** What operators are told of checks; `/metrics` has it. */
export type CodeMeters = {
  checked(verdict: Verdict): void;
  limited(): void;
  /** Codes that led nowhere in the minute that is running, and whether that is an attack. */
  misses(thisMinute: number, isAlarm: boolean): void;
};

export type CodeTriesDeps = {
  readonly clock: Clock;
  readonly log: Log;
  readonly meters: CodeMeters;
  /** How many processes serve: what all clients may together is shared out among them. */
  readonly processes: number;
  readonly perClient?: Rate;
  readonly ofAll?: Rate;
  readonly alarmPerMinute?: number;
};

/**
 * Guessing a code is hopeless; this keeps it so, and tells of it. Kept in memory: each process counts for itself, a
 * client by the whole of what a client may, everybody by the process's share.
 */
export type CodeTries = {
  /** @throws Problem `too-many-requests` with Retry-After while this client, or everybody, has missed too often */
  check(address: string): void;
  /** What the codes of a client turned out to be. */
  count(address: string, verdicts: readonly Verdict[]): void;
};

/** The most clients that are kept in mind; those without a recent miss are forgotten first. */
const CLIENTS_MAX = 50_000;
const MINUTE_MS = 60_000;

const shareOf = ({ atOnce, perSecond }: Rate, processes: number): Rate => ({
  atOnce: atOnce / processes,
  perSecond: perSecond / processes,
});

type Bucket = { left: number; atMs: number };

function filled(bucket: Bucket | undefined, rate: Rate, nowMs: number): Bucket {
  if (bucket === undefined) return { left: rate.atOnce, atMs: nowMs };
  const gained = ((nowMs - bucket.atMs) / 1_000) * rate.perSecond;
  return { left: Math.min(rate.atOnce, bucket.left + Math.max(0, gained)), atMs: nowMs };
}

/** Counts codes that lead nowhere, per network and of all together. */
export function codeTries(deps: CodeTriesDeps): CodeTries {
  const { clock, log, meters, perClient = CODE_MISSES_PER_CLIENT } = deps;
  const ofAll = shareOf(deps.ofAll ?? CODE_MISSES_OF_ALL, deps.processes);
  const alarmPerMinute = (deps.alarmPerMinute ?? CODE_MISSES_ALARM_PER_MINUTE) / deps.processes;
  const clients = new Map<string, Bucket>();
  let all: Bucket | undefined;
  let minute = { startMs: 0, misses: 0, isTold: false };

  function tell(misses: number, nowMs: number): void {
    if (nowMs - minute.startMs >= MINUTE_MS) minute = { startMs: nowMs, misses: 0, isTold: false };
    minute.misses += misses;
    const isAlarm = minute.misses > alarmPerMinute;
    meters.misses(minute.misses, isAlarm);
    if (!isAlarm || minute.isTold) return;
    minute.isTold = true;
    log.warn(
      { misses: minute.misses },
      'codes are being guessed: more unknown ones a minute than people mistype',
    );
  }

  function forgetSome(): void {
    // A map keeps the order of insertion: whoever missed last stands last.
    for (const key of clients.keys()) {
      if (clients.size <= CLIENTS_MAX) return;
      clients.delete(key);
    }
  }

  function refuse(lacking: number, rate: Rate): never {
    meters.limited();
    const seconds = Math.max(1, Math.ceil(lacking / rate.perSecond));
    throw new Problem('too-many-requests', {
      detail: {
        vi: `Có quá nhiều mã không tìm thấy. Vui lòng thử lại sau ${formatNumber(seconds, 'vi')} giây.`,
        en: `Too many codes were not found. Please try again in ${formatNumber(seconds, 'en')} seconds.`,
      },
      headers: { 'Retry-After': String(seconds) },
    });
  }

  return {
    check(address) {
      const nowMs = clock.now().getTime();
      tell(0, nowMs);
      const client = filled(clients.get(networkOf(address)), perClient, nowMs);
      if (client.left < 1) refuse(1 - client.left, perClient);
      const everybody = filled(all, ofAll, nowMs);
      if (everybody.left < 1) refuse(1 - everybody.left, ofAll);
    },

    count(address, verdicts) {
      for (const verdict of verdicts) meters.checked(verdict);
      const misses = verdicts.filter((verdict) => verdict === 'unknown').length;
      if (misses === 0) return;
      const nowMs = clock.now().getTime();
      const key = networkOf(address);
      const client = filled(clients.get(key), perClient, nowMs);
      clients.delete(key);
      clients.set(key, { ...client, left: client.left - misses });
      forgetSome();
      const everybody = filled(all, ofAll, nowMs);
      all = { ...everybody, left: everybody.left - misses };
      tell(misses, nowMs);
    },
  };
}
