import { minus, type Ranges } from '../../domain/unit-code/ranges.ts';
import { perPage } from '../../domain/label/template.ts';
import type { Actor } from '../../platform/access.ts';
import type { Clock } from '../../platform/clock.ts';
import type { ListPage, ListRequest } from '../../platform/list-page.ts';
import { Problem, invalidField } from '../../platform/problem.ts';
import type { Reprint } from './contract.ts';
import type { NewReprint } from './input.ts';
import { ALL_VOID, START_AT_RANGE } from './messages.ts';
import { rangeOfRun } from './run-range.ts';
import type { Printout } from './printout.ts';
import type { ReprintStore } from './reprint-store.ts';
import type { LabelService } from './service.ts';
import { keysOfRun } from './run-keys.ts';
import type { StoredRun } from './store.ts';
import type { UnitKeys } from './unit-keys.ts';
import type { VoidStore } from './void-store.ts';

export type ReprintDeps = {
  readonly runs: Pick<LabelService, 'read' | 'place'>;
  readonly store: ReprintStore;
  readonly voids: Pick<VoidStore, 'voidedOfRuns'>;
  readonly clock: Clock;
  readonly keys: Pick<UnitKeys, 'inForce'>;
};

/** Reprints of one run collide as often as its people print at once. */
const NUMBER_TRIES_MAX = 50;

/** A reprint with the run that it is of. */
export type RunReprint = { readonly run: StoredRun; readonly reprint: Reprint };

type Operation = { readonly actor: Actor | null; readonly id: string };

/** Which labels would be printed again, and where on the first sheet they begin. */
export type ReprintPlaces = Pick<Reprint, 'from' | 'to' | 'leftOut' | 'startAt'>;

/**
 * Which labels are asked for, all of the run where nothing is said, without those that are void: a code that was taken
 * out does not come back onto a pack.
 * @throws Problem `invalid` with the field that is wrong
 */
function reprintPlaces(run: StoredRun, asked: Omit<NewReprint, 'reason'>, voided: Ranges): ReprintPlaces {
  const { from = 1, to = run.count, startAt } = asked;
  const range = rangeOfRun(run, { from, to });
  const places = perPage(run.template);
  if (startAt > places) throw invalidField('/startAt', START_AT_RANGE(places));
  const rest = minus([range], voided);
  if (rest.length === 0) throw invalidField('/from', ALL_VOID);
  return { ...range, leftOut: minus([range], rest), startAt };
}

/**
 * Printing labels again: the same labels with the same codes, in place of paper that is lost or spoiled. Each is
 * recorded and numbered; none counts as new labels in circulation.
 */
export function reprintService({ runs, store, voids, clock, keys }: ReprintDeps) {
  async function placesOf(run: StoredRun, asked: Omit<NewReprint, 'reason'>): Promise<ReprintPlaces> {
    return reprintPlaces(run, asked, (await voids.voidedOfRuns([run.id])).get(run.id) ?? []);
  }

  async function insert(run: StoredRun, input: NewReprint, operation: Operation & { actor: Actor }) {
    const { actor, id } = operation;
    const places = await placesOf(run, input);
    for (let attempt = 0; attempt < NUMBER_TRIES_MAX; attempt += 1) {
      const outcome = await store.insert({
        id,
        runId: run.id,
        number: (await store.lastNumber(run.id)) + 1,
        ...places,
        reason: input.reason,
        createdAt: clock.now(),
        createdBy: actor.userId,
        createdByName: actor.name,
      });
      if (outcome !== 'number-taken') return;
    }
    throw new Error(`Print run ${run.id} takes no reprint after ${NUMBER_TRIES_MAX} tries`);
  }

  async function runFor(runId: string, actor: Actor | null): Promise<StoredRun> {
    const run = await runs.read(runId, actor);
    await runs.place(run.batchId, actor);
    return run;
  }

  return {
    /** The run for someone who may print it again. @throws Problem `not-found`, `not-allowed` */
    runFor,

    /** What a reprint would be. @throws Problem `invalid` with the field that is wrong */
    placesOf,

    /** Records that labels of a run are printed again. @throws Problem that says what is in the way */
    async create(runId: string, input: NewReprint, operation: Operation): Promise<RunReprint> {
      const { actor, id } = operation;
      const run = await runFor(runId, actor);
      if (actor === null) throw new Problem('sign-in-first');
      if ((await store.byId(id)) === null) {
        keysOfRun(run, keys.inForce());
        await insert(run, input, { actor, id });
      }
      const reprint = await store.byId(id);
      if (reprint === null) throw new Error(`Reprint ${id} vanished`);
      return { run, reprint };
    },

    /** Newest first. */
    async list(runId: string, request: ListRequest, actor: Actor | null) {
      const run = await runs.read(runId, actor);
      const found: ListPage<Reprint> = await store.ofRun(run.id, request);
      return { run, ...found };
    },

    countsOf: store.countsOf,

    /** What goes to the printer for the run's reprint of this number. @throws Problem `not-found` */
    async printout(runId: string, number: number, actor: Actor | null): Promise<Printout> {
      const run = await runs.read(runId, actor);
      const reprint = await store.byNumber(run.id, number);
      if (reprint === null) throw new Problem('not-found');
      return { run, reprint };
    },
  };
}

export type ReprintService = ReturnType<typeof reprintService>;
