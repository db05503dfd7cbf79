import type { Connection } from 'mongoose';
import { encodeSymbol } from './encoder.ts';
import { loadFonts } from './fonts.ts';
import { reprintStore } from './reprint-store.ts';
import { reprintService } from './reprints.ts';
import { labelRoutes } from './routes.ts';
import { labelService, type LabelServiceDeps } from './service.ts';
import { labelStock } from './stock.ts';
import { printRunStore } from './store.ts';
import { labelWorkRoutes } from './work-routes.ts';
import type { Workplace } from '../../platform/work-frame.ts';

export type LabelFeatureDeps = Omit<LabelServiceDeps, 'store' | 'stock' | 'fonts' | 'encode'> & {
  readonly connection: Connection;
  readonly workplaceFrame: Workplace;
};

/** Labels: templates, symbols, print runs and what leaves the printer. */
export function labelsFeature(deps: LabelFeatureDeps) {
  const stock = labelStock();
  const fonts = loadFonts();
  const store = printRunStore(deps.connection);
  const service = labelService({ ...deps, store, stock, fonts, encode: encodeSymbol });
  const reprints = reprintService({
    runs: service,
    store: reprintStore(deps.connection),
    clock: deps.clock,
  });
  return {
    contract: service.contract,
    service,
    fonts,
    routes: [
      ...labelRoutes({ service, reprints, stock, fonts, publicUrl: deps.publicUrl }),
      ...labelWorkRoutes({ ...deps, service, reprints }),
    ],
  };
}
