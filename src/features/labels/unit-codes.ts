import type { Clock } from '../../platform/clock.ts';
import type { Random } from '../../platform/random.ts';
import type { Batches } from '../batches/contract.ts';
import { circulationReader } from './circulation.ts';
import type { KeyStore } from './key-store.ts';
import type { PrintRunStore } from './store.ts';
import { unitKeys, type KeySource, type KeyUse } from './unit-keys.ts';
import { unitReader } from './units.ts';
import type { VoidStore } from './void-store.ts';

export type UnitCodeDeps = {
  readonly unitKeySource: KeySource;
  readonly clock: Clock;
  readonly random: Random;
  readonly batches: Batches;
};

export type UnitCodeStores = {
  readonly runs: PrintRunStore;
  readonly voids: VoidStore;
  readonly keys: KeyStore;
};

/** Runs with no batch left, or one whose labels never expire, keep their key for ever. */
async function keyUse(
  { runs, batchIds }: { readonly runs: number; readonly batchIds: readonly string[] },
  batches: Batches,
): Promise<KeyUse> {
  const found = await batches.byIds(batchIds);
  const days = batchIds.map((id) => found.get(id)?.expiresOn);
  if (days.length === 0 || days.includes(undefined)) return { runs, expiresOn: null };
  const last = days.flatMap((day) => day ?? []).sort();
  return { runs, expiresOn: last.at(-1) ?? null };
}

/** What unit codes need beside print runs: their keys, what is void, what is in circulation, what a code leads to. */
export function unitCodes(deps: UnitCodeDeps, { runs, voids, keys: store }: UnitCodeStores) {
  const keys = unitKeys({
    source: deps.unitKeySource,
    store,
    clock: deps.clock,
    random: deps.random,
    useOf: async (epoch) => keyUse(await runs.underEpoch(epoch), deps.batches),
  });
  return {
    keys,
    circulation: circulationReader({ store: runs, voids }),
    units: unitReader({ store: runs, voids, keys }),
  };
}
