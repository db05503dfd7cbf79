import { randomInt } from 'node:crypto';
import type { Clock } from '../../platform/clock.ts';
import { packageVersion } from '../../platform/package-root.ts';
import { Problem } from '../../platform/problem.ts';
import type { CheckStore, RunCheck } from './check-store.ts';
import type { FileMaker } from './maker.ts';
import { DOES_NOT_READ } from './messages.ts';
import { keysOfRun } from './run-keys.ts';
import { samplePlaces } from './self-check.ts';
import type { StoredRun } from './store.ts';
import type { UnitKeys } from './unit-keys.ts';

export type ReleaseDeps = {
  readonly maker: Pick<FileMaker, 'check'>;
  readonly store: CheckStore;
  readonly clock: Clock;
  readonly keys: Pick<UnitKeys, 'inForce'>;
};

/** A run is released when labels of it were read: before its first download, once. */
export type Release = {
  /** @throws Problem `labels-do-not-read` naming the label */
  ensure(run: StoredRun): Promise<void>;
  /**
   * Checks a new run while nobody waits, after those before it: many new runs must not take the places of downloads.
   * What goes wrong shows at its first download, which checks again.
   */
  prepare(run: StoredRun): void;
  /** The run's check by this version; null before its first download. */
  checkOf(runId: string): Promise<RunCheck | null>;
};

const PRECISION = 2 ** 32;

/** Decides whether a run may be downloaded, by what reading its labels found. */
export function runRelease({ maker, store, clock, keys }: ReleaseDeps): Release {
  /** Checks under way: several files of a run that are asked for at once wait for one. */
  const under = new Map<string, Promise<RunCheck>>();
  let lastPrepared: Promise<unknown> = Promise.resolve();

  async function check(run: StoredRun): Promise<RunCheck> {
    const places = samplePlaces(run.count, () => randomInt(PRECISION) / PRECISION);
    const { failed, ...found } = await maker.check({ run, keys: keysOfRun(run, keys.inForce()), places });
    const made: RunCheck = {
      runId: run.id,
      version: packageVersion,
      ...found,
      failedNumber: failed?.number ?? null,
      checkedAt: clock.now(),
    };
    await store.insert(made);
    return made;
  }

  async function checked(run: StoredRun): Promise<RunCheck> {
    const known = await store.of(run.id, packageVersion);
    if (known !== null) return known;
    const waiting = under.get(run.id) ?? check(run).finally(() => under.delete(run.id));
    under.set(run.id, waiting);
    return waiting;
  }

  return {
    async ensure(run) {
      const { failedNumber, dotsPerInch } = await checked(run);
      if (failedNumber === null) return;
      throw new Problem('labels-do-not-read', {
        detail: DOES_NOT_READ({ number: failedNumber, dotsPerInch }),
        members: { number: failedNumber, dotsPerInch },
      });
    },
    prepare(run) {
      lastPrepared = lastPrepared.then(async () => checked(run)).catch(() => {});
    },
    checkOf: async (runId) => store.of(runId, packageVersion),
  };
}
