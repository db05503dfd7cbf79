import { readCode } from '../../domain/batch-code/batch-code.ts';
import { minus, numberingOf, sizeOf, union, type Ranges } from '../../domain/unit-code/ranges.ts';
import type { Actor, Role } from '../../platform/access.ts';
import type { ListPage, ListRequest } from '../../platform/list-page.ts';
import type { Clock } from '../../platform/clock.ts';
import { Problem, invalidField } from '../../platform/problem.ts';
import type { CirculationReader } from './circulation.ts';
import type { Balance } from './contract.ts';
import type { NewVoid } from './input.ts';
import { NOT_OF_RUN, NO_SUCH_PACKS, RANGE_ORDER, UNIT_ONLY } from './messages.ts';
import { rangeOfRun } from './run-range.ts';
import type { LabelService } from './service.ts';
import type { StoredRun } from './store.ts';
import type { UnitReader } from './units.ts';
import type { LabelVoid, VoidStore } from './void-store.ts';

export type VoidDeps = {
  readonly runs: Pick<LabelService, 'read' | 'place'>;
  readonly store: VoidStore;
  readonly units: Pick<UnitReader, 'placesOf'>;
  readonly circulation: CirculationReader;
  readonly clock: Clock;
};

/** A run with how many of its labels are void, and how far its batch has come. */
export type VoidedRun = {
  readonly run: StoredRun;
  /** Labels that this request made void; a repeat makes none. */
  readonly labels: number;
  readonly voided: number;
  readonly balance: Balance;
};

/** Labels as somebody names them: by number in the run, and by what is on them. */
export type NamedLabels = { readonly numbers: Ranges; readonly codes: readonly string[] };

/** What a void would do. */
export type VoidPlan = {
  readonly run: StoredRun;
  /** Labels that would become void. */
  readonly fresh: Ranges;
  /** How many of those named are void already. */
  readonly already: number;
  /** Numbers that the run does not have. */
  readonly beyond: Ranges;
  /** What was scanned or typed that is no label of this run. */
  readonly strange: readonly string[];
};

type Operation = { readonly actor: Actor | null; readonly id: string };

const VOIDERS: readonly Role[] = ['manager'];

/** The labels of these packs, by the number that is printed on them. */
function ofPacks({ unit }: StoredRun, packs: { readonly from: number; readonly to: number }): Ranges {
  if (unit === undefined) throw invalidField('/packs', UNIT_ONLY);
  if (packs.from > packs.to) throw invalidField('/packs/to', RANGE_ORDER);
  const found = numberingOf(unit.packNumbers).placesOf([packs]);
  if (found.length === 0) throw invalidField('/packs/from', NO_SUCH_PACKS);
  return found;
}

/**
 * Taking labels out before they reach the market. A void is only ever added, and labels that several name count once;
 * a batch's own code cannot be void, so of a run of that code voids count for the account only.
 */
export function voidService({ runs, store, units, circulation, clock }: VoidDeps) {
  async function ofCodes(run: StoredRun, codes: readonly string[]): Promise<Ranges> {
    if (run.unit === undefined) throw invalidField('/codes', UNIT_ONLY);
    const read = codes.map((typed) => readCode(typed)?.code ?? '');
    const places = await units.placesOf(read);
    const numbers = read.map((code, at) => {
      const place = places.get(code);
      if (place?.run.id !== run.id) throw invalidField(`/codes/${at}`, NOT_OF_RUN);
      return { from: place.index, to: place.index };
    });
    return union(numbers);
  }

  async function numbersOf(run: StoredRun, input: NewVoid): Promise<Ranges> {
    if (input.codes !== undefined) return ofCodes(run, input.codes);
    if (input.packs !== undefined) return ofPacks(run, input.packs);
    return [rangeOfRun(run, { from: input.from ?? 1, to: input.to ?? run.count })];
  }

  const voidedOf = async (runId: string): Promise<Ranges> =>
    (await store.voidedOfRuns([runId])).get(runId) ?? [];

  async function stateOf(run: StoredRun, actor: Actor | null, labels: number): Promise<VoidedRun> {
    const { batch } = await runs.place(run.batchId, actor, VOIDERS);
    const balance = (await circulation.balances([batch])).get(batch.id);
    if (balance === undefined) throw new Error(`Batch ${batch.id} has no account`);
    return { run, labels, voided: sizeOf(await voidedOf(run.id)), balance };
  }

  /**
   * What voiding these numbers and codes would do, before anything is done.
   * @throws Problem `not-found`, `not-allowed`
   */
  async function look(runId: string, named: NamedLabels, actor: Actor | null): Promise<VoidPlan> {
    const run = await runs.read(runId, actor);
    await runs.place(run.batchId, actor, VOIDERS);
    const codes = new Map(named.codes.map((typed) => [typed, readCode(typed)?.code ?? '']));
    const places = await units.placesOf([...codes.values()]);
    const found = named.codes.map((typed) => ({ typed, place: places.get(codes.get(typed) ?? '') }));
    const own = found.flatMap(({ place }) =>
      place?.run.id === run.id ? [{ from: place.index, to: place.index }] : [],
    );
    const all: Ranges = [{ from: 1, to: run.count }];
    const numbers = union([...named.numbers, ...own]);
    const voided = await voidedOf(run.id);
    const inside = minus(numbers, minus(numbers, all));
    return {
      run,
      fresh: minus(inside, voided),
      already: sizeOf(inside) - sizeOf(minus(inside, voided)),
      beyond: minus(numbers, all),
      strange: found.flatMap(({ typed, place }) => (place?.run.id === run.id ? [] : [typed])),
    };
  }

  async function insert(
    run: StoredRun,
    named: { readonly numbers: Ranges; readonly reason: string },
    { actor, id }: { readonly actor: Actor; readonly id: string },
  ): Promise<void> {
    await store.insert({
      id,
      runId: run.id,
      batchId: run.batchId,
      ...named,
      createdAt: clock.now(),
      createdBy: actor.userId,
      createdByName: actor.name,
    });
  }

  return {
    /** @throws Problem that says which label cannot be voided, and why */
    async create(runId: string, input: NewVoid, { actor, id }: Operation): Promise<VoidedRun> {
      const run = await runs.read(runId, actor);
      await runs.place(run.batchId, actor, VOIDERS);
      if (actor === null) throw new Problem('sign-in-first');
      const existing = await store.byId(id);
      if (existing !== null) return stateOf(run, actor, sizeOf(existing.numbers));
      const numbers = minus(await numbersOf(run, input), await voidedOf(run.id));
      // What is void already stays as it was recorded: who, when and why.
      if (numbers.length > 0) {
        await insert(run, { numbers, reason: input.reason }, { actor, id });
      }
      return stateOf(run, actor, sizeOf(numbers));
    },

    look,

    /** Voids labels by their numbers; those that are void already stay as they were. */
    async record(runId: string, named: { numbers: Ranges; reason: string }, { actor, id }: Operation) {
      const { run, fresh } = await look(runId, { numbers: named.numbers, codes: [] }, actor);
      if (actor === null) throw new Problem('sign-in-first');
      if ((await store.byId(id)) !== null || fresh.length === 0) return run;
      await insert(run, { numbers: fresh, reason: named.reason }, { actor, id });
      return run;
    },

    /** Oldest first. @throws Problem `not-found` */
    async list(runId: string, request: ListRequest, actor: Actor | null): Promise<ListPage<LabelVoid>> {
      return store.ofRun((await runs.read(runId, actor)).id, request);
    },

    /** How many labels of each run are void. */
    async countsOf(runIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
      const voided = await store.voidedOfRuns(runIds);
      return new Map([...voided].map(([runId, numbers]) => [runId, sizeOf(numbers)]));
    },
  };
}

export type VoidService = ReturnType<typeof voidService>;
