import { lowest, minus, numberingOf, sizeOf, union, type Ranges } from '../../domain/unit-code/ranges.ts';
import type { Batch } from '../batches/contract.ts';
import type { Balance, LabelCodes } from './contract.ts';
import type { PrintRunStore, RunCount } from './store.ts';
import type { VoidStore } from './void-store.ts';

/** How far the labels of a batch have come. */
export type Circulation = {
  readonly printed: Readonly<Record<LabelCodes, number>>;
  readonly voided: Readonly<Record<LabelCodes, number>>;
  /** Packs that have a unit code which is not void. */
  readonly taken: Ranges;
};

const NOTHING: Circulation = { printed: { batch: 0, unit: 0 }, voided: { batch: 0, unit: 0 }, taken: [] };

/** The packs whose labels of this run are still valid: no two valid labels of a batch are of one pack. */
function takenBy({ packNumbers }: RunCount, voided: Ranges): Ranges {
  if (packNumbers === null) return [];
  return voided.length === 0 ? packNumbers : minus(packNumbers, numberingOf(packNumbers).ofPlaces(voided));
}

/** Adds up runs and what of each is void. */
export function circulationOf(
  runs: readonly RunCount[],
  voids: ReadonlyMap<string, Ranges>,
): ReadonlyMap<string, Circulation> {
  const found = new Map<string, Circulation>();
  const taken = new Map<string, Ranges[]>();
  for (const run of runs) {
    const { printed, voided } = found.get(run.batchId) ?? NOTHING;
    const void_ = voids.get(run.id) ?? [];
    const kind = run.packNumbers === null ? 'batch' : 'unit';
    found.set(run.batchId, {
      printed: { ...printed, [kind]: printed[kind] + run.count },
      voided: { ...voided, [kind]: voided[kind] + sizeOf(void_) },
      taken: [],
    });
    taken.set(run.batchId, [...(taken.get(run.batchId) ?? []), takenBy(run, void_)]);
  }
  return new Map(
    [...found].map(([batchId, one]) => [
      batchId,
      { ...one, taken: union((taken.get(batchId) ?? []).flat()) },
    ]),
  );
}

/** The lowest packs without a valid unit code; null when fewer than `count` are left of `packs`. */
export function freePacks(taken: Ranges, packs: number, count: number): Ranges | null {
  const free = minus([{ from: 1, to: packs }], taken);
  return sizeOf(free) < count ? null : lowest(free, count);
}

/** Labels of both kinds together. */
export const both = ({ batch, unit }: Balance['printed']): number => batch + unit;

/** What is printed, void, in circulation and left of a batch. */
export function balanceOf({ printed, voided, taken }: Circulation, packs: number | null): Balance {
  const inCirculation = { batch: printed.batch - voided.batch, unit: printed.unit - voided.unit };
  const all = inCirculation.batch + inCirculation.unit;
  return {
    packs,
    printed,
    voided,
    inCirculation,
    left: packs === null ? null : Math.max(0, packs - all),
    unitsLeft: packs === null ? null : Math.max(0, packs - sizeOf(taken)),
  };
}

/** Reads how far the labels of batches have come. */
export function circulationReader(deps: {
  readonly store: Pick<PrintRunStore, 'countsOf'>;
  readonly voids: Pick<VoidStore, 'voidedOfBatches'>;
}) {
  async function read(batchIds: readonly string[]): Promise<ReadonlyMap<string, Circulation>> {
    // Voids are read first: one that comes between is not counted yet, and so never frees what is not free.
    const voids = await deps.voids.voidedOfBatches(batchIds);
    return circulationOf(await deps.store.countsOf(batchIds), voids);
  }

  return {
    of: async (batchId: string): Promise<Circulation> => (await read([batchId])).get(batchId) ?? NOTHING,

    async balances(batches: readonly Batch[]): Promise<ReadonlyMap<string, Balance>> {
      const found = await read(batches.map(({ id }) => id));
      return new Map(batches.map(({ id, packs }) => [id, balanceOf(found.get(id) ?? NOTHING, packs)]));
    },
  };
}

export type CirculationReader = ReturnType<typeof circulationReader>;
