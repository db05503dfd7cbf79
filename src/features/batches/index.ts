import type { Connection } from 'mongoose';
import { makeBatchCode } from '../../domain/batch-code/batch-code.ts';
import { batchStore } from './store.ts';
import { eventStore } from './event-store.ts';
import { batchInputs, type CodeLists } from './input.ts';
import { productMeasure } from './product-measure.ts';
import { batchRoutes } from './routes.ts';
import { recordService, type RecordServiceDeps } from './record-service.ts';
import { batchService, type BatchServiceDeps } from './service.ts';

export type BatchFeatureDeps = Omit<BatchServiceDeps, 'store' | 'events' | 'newCode'> & {
  readonly connection: Connection;
  readonly publicUrl: string;
  readonly codeLists: CodeLists & { step(code: string): { readonly cbvBizStep: string | null } | null };
  readonly pictures: RecordServiceDeps['pictures'];
};

/** Batches, their value-chain events and corrections. */
export function batchesFeature(deps: BatchFeatureDeps) {
  const inputs = batchInputs(deps.codeLists);
  const store = batchStore(deps.connection);
  const events = eventStore(deps.connection);
  const service = batchService({
    ...deps,
    store,
    events,
    newCode: () => makeBatchCode(deps.random.bytes(7)),
  });
  const records = recordService({ ...deps, store, events, place: service.place });
  const bizStepOf = (step: string) => deps.codeLists.step(step)?.cbvBizStep ?? null;
  return {
    routes: batchRoutes({ publicUrl: deps.publicUrl, bizStepOf, service, records, inputs }),
    contract: service.contract,
    measureProducts: productMeasure(deps),
    service,
    records,
    inputs,
  };
}
