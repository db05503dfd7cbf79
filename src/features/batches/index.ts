import type { Connection } from 'mongoose';
import { makeBatchCode } from '../../domain/batch-code/batch-code.ts';
import { batchStore } from './store.ts';
import { eventStore } from './event-store.ts';
import { batchInputs, type CodeLists } from './input.ts';
import { batchRoutes } from './routes.ts';
import { batchService, type BatchServiceDeps } from './service.ts';

export type BatchFeatureDeps = Omit<BatchServiceDeps, 'store' | 'events' | 'newCode'> & {
  readonly connection: Connection;
  readonly publicUrl: string;
  readonly codeLists: CodeLists;
};

/** Batches, their value-chain events and corrections. */
export function batchesFeature(deps: BatchFeatureDeps) {
  const inputs = batchInputs(deps.codeLists);
  const service = batchService({
    ...deps,
    store: batchStore(deps.connection),
    events: eventStore(deps.connection),
    newCode: () => makeBatchCode(deps.random.bytes(7)),
  });
  return {
    routes: batchRoutes({ publicUrl: deps.publicUrl, service, inputs }),
    contract: service.contract,
    service,
    inputs,
  };
}
