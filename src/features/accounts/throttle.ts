import { Schema, type Connection } from 'mongoose';
import { STRICT } from '../../store/connect.ts';
import { Problem } from '../../platform/problem.ts';
import type { Clock } from '../../platform/clock.ts';

/** After how many failures a wait begins, and how it grows. */
export type ThrottleRule = {
  readonly freeTries: number;
  readonly firstWaitMs: number;
  readonly longestWaitMs: number;
  /** Failures are forgotten after this long without another. */
  readonly memoryMs: number;
};

const MINUTE_MS = 60_000;

/** Somebody who mistypes is not held up; somebody who guesses gets four tries an hour. */
export const PER_ACCOUNT_AND_ADDRESS: ThrottleRule = {
  freeTries: 5,
  firstWaitMs: 2_000,
  longestWaitMs: 15 * MINUTE_MS,
  memoryMs: 60 * MINUTE_MS,
};
/**
 * Guesses at one account from many addresses. The waits are short: whoever wants to keep a person out by guessing
 * wrong holds up only addresses from which that person never signed in, a minute at most.
 */
export const PER_ACCOUNT: ThrottleRule = {
  freeTries: 20,
  firstWaitMs: 2_000,
  longestWaitMs: MINUTE_MS,
  memoryMs: 60 * MINUTE_MS,
};
/** A cooperative's whole office may share one address. */
export const PER_ADDRESS: ThrottleRule = {
  freeTries: 100,
  firstWaitMs: 10_000,
  longestWaitMs: 15 * MINUTE_MS,
  memoryMs: 60 * MINUTE_MS,
};
/** How long an address from which somebody signed in is known as theirs. */
const KNOWN_MS = 60 * 24 * 60 * MINUTE_MS;

const definition = {
  _id: { type: String, required: true },
  count: { type: Number, required: true },
  blockedUntil: { type: Date, required: true },
  forgetAt: { type: Date, required: true },
} as const;

export type Throttle = {
  /** @throws Problem `too-many-requests` with Retry-After while `key` must wait */
  check(key: string): Promise<void>;
  fail(key: string, rule: ThrottleRule): Promise<void>;
  forget(key: string): Promise<void>;
  /** Keeps in mind that `key`, a person at an address, was who they said. */
  remember(key: string): Promise<void>;
  isKnown(key: string): Promise<boolean>;
};

function waitMs(count: number, rule: ThrottleRule): number {
  const over = count - rule.freeTries;
  return over < 0 ? 0 : Math.min(rule.longestWaitMs, rule.firstWaitMs * 2 ** Math.min(over, 30));
}

/** Counts in the database, so that several processes count together. */
export function throttle(connection: Connection, clock: Clock): Throttle {
  const schema = new Schema(definition, STRICT);
  schema.index({ forgetAt: 1 }, { expireAfterSeconds: 0 });
  const Counts = connection.model('Throttle', schema, 'throttle');
  return {
    async check(key) {
      const now = clock.now().getTime();
      const found = await Counts.findById(key).lean();
      const leftMs = (found?.blockedUntil.getTime() ?? 0) - now;
      if (leftMs <= 0) return;
      const seconds = Math.ceil(leftMs / 1000);
      throw new Problem('too-many-requests', {
        detail: {
          vi: `Có quá nhiều lần thử. Vui lòng thử lại sau ${seconds} giây.`,
          en: `Too many tries. Please try again in ${seconds} seconds.`,
        },
        headers: { 'Retry-After': String(seconds) },
      });
    },
    async fail(key, rule) {
      const now = clock.now().getTime();
      const forgetAt = new Date(now + rule.memoryMs);
      await Counts.deleteOne({ _id: key, forgetAt: { $lt: new Date(now) } });
      const counted = await Counts.findOneAndUpdate(
        { _id: key },
        { $inc: { count: 1 }, $set: { forgetAt }, $setOnInsert: { blockedUntil: new Date(0) } },
        { upsert: true, returnDocument: 'after' },
      ).lean();
      const wait = waitMs(counted?.count ?? 1, rule);
      if (wait > 0) await Counts.updateOne({ _id: key }, { $max: { blockedUntil: new Date(now + wait) } });
    },
    async forget(key) {
      await Counts.deleteOne({ _id: key });
    },
    async remember(key) {
      const now = clock.now().getTime();
      await Counts.updateOne(
        { _id: `known:${key}` },
        { $set: { count: 0, blockedUntil: new Date(0), forgetAt: new Date(now + KNOWN_MS) } },
        { upsert: true },
      );
    },
    async isKnown(key) {
      return (await Counts.exists({ _id: `known:${key}`, forgetAt: { $gt: clock.now() } })) !== null;
    },
  };
}
