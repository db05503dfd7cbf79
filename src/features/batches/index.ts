import type { Connection } from 'mongoose';
import { makeBatchCode } from '../../domain/batch-code/batch-code.ts';
import type { Unit } from '../../domain/quantity/quantity.ts';
import type { Language } from '../../platform/i18n.ts';
import type { Workplace } from '../../platform/work-frame.ts';
import type { Pictures } from '../pictures/contract.ts';
import type { ComparisonModel } from '../../platform/plain-page-view-model.ts';
import type { Product } from '../products/contract.ts';
import type { Batch } from './contract.ts';
import { batchStore } from './store.ts';
import { eventStore } from './event-store.ts';
import { batchInputs, type CodeLists } from './input.ts';
import { productMeasure } from './product-measure.ts';
import { batchRoutes } from './routes.ts';
import { batchWorkRoutes } from './work-routes.ts';
import { recordWorkRoutes } from './work-record-routes.ts';
import { recordService } from './record-service.ts';
import { batchService, type BatchServiceDeps } from './service.ts';

export type BatchFeatureDeps = Omit<BatchServiceDeps, 'store' | 'events' | 'newCode'> & {
  readonly connection: Connection;
  readonly publicUrl: string;
  readonly codeLists: CodeLists & {
    readonly units: readonly Unit[];
    readonly steps: readonly { readonly code: string }[];
    step(code: string): { readonly cbvBizStep: string | null } | null;
    stepName(code: string, language: Language): string;
    chainFor(product: Product): readonly { readonly code: string }[];
  };
  readonly pictures: Pictures;
  readonly workplaceFrame: Workplace;
  /** A batch's labels against its packs, in words: labels are a feature that knows of batches. */
  labelAccount(batch: Batch, language: Language): Promise<ComparisonModel>;
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
  const { codeLists, publicUrl } = deps;
  const work = {
    ...deps,
    service,
    records,
    inputs,
    steps: codeLists.steps.map(({ code }) => code),
    chainOf: (product: Product) => codeLists.chainFor(product).map(({ code }) => code),
    pages: {
      publicUrl,
      measures: deps.measures,
      units: codeLists.units,
      stepName: codeLists.stepName,
      eventPhoto: deps.pictures.modelById,
    },
  };
  return {
    routes: [
      ...batchRoutes({ publicUrl, bizStepOf, service, records, inputs }),
      ...batchWorkRoutes(work),
      ...recordWorkRoutes(work),
    ],
    contract: service.contract,
    measureProducts: productMeasure(deps),
    service,
    records,
    inputs,
  };
}
