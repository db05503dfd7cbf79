import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Schema, type Connection } from 'mongoose';
import { STRICT, duplicateKey } from './connect.ts';
import { Problem } from '../platform/problem.ts';
import type { Clock } from '../platform/clock.ts';
import type { Answer } from '../platform/routing.ts';

/** How long one attempt may take before a retry takes over; every step of an attempt is idempotent. */
const LEASE_MS = 10_000;
/** How long a key is remembered: longer than any phone keeps an unsent form. */
const KEPT_SECONDS = 7 * 24 * 3600;
const POLL_MS = 50;

const definition = {
  _id: { type: String, required: true },
  requestHash: { type: String, required: true },
  operationId: { type: String, required: true },
  leaseUntil: { type: Date, required: true },
  createdAt: { type: Date, required: true },
  /** The answer as JSON; absent while the first attempt is under way. */
  answer: { type: String },
} as const;

type Attempt = { readonly key: string; readonly requestHash: string };
type StoredAnswer = Extract<Answer, { kind: 'json' | 'redirect' }>;

export type Idempotency = {
  /** The record's key for one caller's key: two callers never share one. */
  attemptOf(caller: string, key: string, request: { path: string; content: string }): Attempt;
  /** Runs `work` once per key; a repeat gets the first answer. `work` receives the operation's id. */
  once(attempt: Attempt, work: (operationId: string) => Promise<Answer>): Promise<Answer>;
};

/** Answers of creating requests by their key, kept in the database so that any process knows them. */
export function idempotency(deps: {
  readonly connection: Connection;
  readonly clock: Clock;
  readonly newId: () => string;
  /** Requests hold passwords: with a plain hash, whoever read the database could try guesses against it. */
  readonly secret: Uint8Array;
}): Idempotency {
  const hash = (text: string) =>
    createHmac('sha256', deps.secret).update(`nguon/idempotency/${text}`).digest('base64url');
  const schema = new Schema(definition, STRICT);
  schema.index({ createdAt: 1 }, { expireAfterSeconds: KEPT_SECONDS });
  const Records = deps.connection.model('Idempotency', schema, 'idempotency');

  async function claim({ key, requestHash }: Attempt): Promise<{ operationId: string } | { answer: Answer }> {
    const operationId = deps.newId();
    const giveUpAt = deps.clock.now().getTime() + 3 * LEASE_MS;
    for (;;) {
      const now = deps.clock.now();
      const leaseUntil = new Date(now.getTime() + LEASE_MS);
      try {
        await Records.create([{ _id: key, requestHash, operationId, leaseUntil, createdAt: now }]);
        return { operationId };
      } catch (error) {
        if (duplicateKey(error) === null) throw error;
      }
      const first = await Records.findById(key).lean();
      if (first === null) continue;
      if (first.requestHash !== requestHash) throw new Problem('idempotency-key-reused');
      if (typeof first.answer === 'string') return { answer: JSON.parse(first.answer) as StoredAnswer };
      const takenOver = await Records.updateOne(
        { _id: key, leaseUntil: { $lte: now } },
        { $set: { leaseUntil } },
      );
      if (takenOver.modifiedCount === 1) return { operationId: first.operationId };
      if (now.getTime() > giveUpAt) {
        throw new Problem('request-under-way', { headers: { 'Retry-After': '10' } });
      }
      await sleep(POLL_MS);
    }
  }

  return {
    attemptOf: (caller, key, { path, content }) => ({
      key: hash(`${caller}\n${key}`),
      requestHash: hash(`${path}\n${content}`),
    }),
    async once(attempt, work) {
      const claimed = await claim(attempt);
      if ('answer' in claimed) return claimed.answer;
      try {
        const answer = await work(claimed.operationId);
        if (answer.kind === 'json' && answer.secret === true) {
          // The retry runs at once, under the same operation id, and so comes to the same answer.
          await Records.updateOne({ _id: attempt.key }, { $set: { leaseUntil: deps.clock.now() } });
        } else if (isStorable(answer)) {
          await Records.updateOne({ _id: attempt.key }, { $set: { answer: JSON.stringify(answer) } });
        } else {
          await Records.deleteOne({ _id: attempt.key });
        }
        return answer;
      } catch (error) {
        // A refusal made nothing, so the same key may come again with what was mended. Any other error leaves
        // the record: its retry runs under the same operation id and finishes what was begun.
        if (error instanceof Problem) await Records.deleteOne({ _id: attempt.key });
        else await Records.updateOne({ _id: attempt.key }, { $set: { leaseUntil: deps.clock.now() } });
        throw error;
      }
    },
  };
}

function isStorable(answer: Answer): answer is StoredAnswer {
  return (
    (answer.kind === 'json' && answer.status < 300) ||
    (answer.kind === 'redirect' && (answer.cookies ?? []).length === 0)
  );
}
