import { decodeUnit } from '../../domain/unit-code/unit-code.ts';
import { has, numberingOf, type Ranges } from '../../domain/unit-code/ranges.ts';
import type { Unit } from './contract.ts';
import type { NumberedRun, PrintRunStore } from './store.ts';
import type { UnitKeys } from './unit-keys.ts';
import type { VoidStore } from './void-store.ts';

export type UnitReaderDeps = {
  readonly store: Pick<PrintRunStore, 'unitRuns'>;
  readonly voids: Pick<VoidStore, 'voidedOfRuns'>;
  readonly keys: Pick<UnitKeys, 'inForce'>;
};

/** A label of ours by its code: which of which run. */
export type UnitPlace = { readonly run: NumberedRun; readonly index: number };

/** What unit codes lead to. A code that no key of ours made is refused before the database is asked anything. */
export function unitReader({ store, voids, keys }: UnitReaderDeps) {
  /** The labels of those codes that are ours. */
  async function placesOf(codes: readonly string[]): Promise<ReadonlyMap<string, UnitPlace>> {
    const held = keys.inForce();
    const read = codes.flatMap((code) => {
      const unit = decodeUnit(held, code);
      return unit === null ? [] : [{ code, ...unit }];
    });
    if (read.length === 0) return new Map();
    const runs = await store.unitRuns(read.map(({ run }) => run));
    return new Map(
      read.flatMap(({ code, run: number, index, epoch }) => {
        const run = runs.get(number);
        // A key that is no longer for new runs cannot speak for a run of another one.
        return run === undefined || run.epoch !== epoch || index > run.count
          ? []
          : [[code, { run, index }] as const];
      }),
    );
  }

  function unitOf({ run, index }: UnitPlace, voided: Ranges): Unit {
    const { batchId, packs, packNumbers } = run;
    return { batchId, packs, packNumber: numberingOf(packNumbers).at(index), isVoid: has(voided, index) };
  }

  return {
    placesOf,

    async unitsOf(codes: readonly string[]): Promise<ReadonlyMap<string, Unit>> {
      const places = await placesOf(codes);
      if (places.size === 0) return new Map();
      const voided = await voids.voidedOfRuns([...places.values()].map(({ run }) => run.id));
      return new Map(
        [...places].map(([code, place]) => [code, unitOf(place, voided.get(place.run.id) ?? [])]),
      );
    },
  };
}

export type UnitReader = ReturnType<typeof unitReader>;
