import type { Connection } from 'mongoose';
import { encodeSymbol } from './encoder.ts';
import { downloads } from './files.ts';
import { loadFonts } from './fonts.ts';
import { labelChoices } from './choices.ts';
import { layoutPreviews } from './layout-preview.ts';
import { labelLibrary } from './library.ts';
import { libraryRoutes } from './library-routes.ts';
import { libraryStore } from './library-store.ts';
import { smallestMisfit } from './smallest.ts';
import { fileMaker } from './maker.ts';
import { reprintStore } from './reprint-store.ts';
import { reprintService } from './reprints.ts';
import { labelRoutes } from './routes.ts';
import { labelService, type LabelServiceDeps } from './service.ts';
import { labelStock } from './stock.ts';
import { printRunStore } from './store.ts';
import { labelWorkRoutes } from './work-routes.ts';
import type { Workplace } from '../../platform/work-frame.ts';

type Made = 'store' | 'stock' | 'choices' | 'smallestMisfit' | 'fonts' | 'encode';

export type LabelFeatureDeps = Omit<LabelServiceDeps, Made> & {
  readonly connection: Connection;
  readonly workplaceFrame: Workplace;
};

/** Labels: templates, symbols, print runs and what leaves the printer. */
export function labelsFeature(deps: LabelFeatureDeps) {
  const stock = labelStock();
  const fonts = loadFonts();
  const store = printRunStore(deps.connection);
  const smallest = smallestMisfit({ publicUrl: deps.publicUrl, encode: encodeSymbol, fonts });
  const library = labelLibrary({ ...deps, store: libraryStore(deps.connection), smallestMisfit: smallest });
  const choices = labelChoices({ stock, library });
  const service = labelService({
    ...deps,
    store,
    stock,
    choices,
    smallestMisfit: smallest,
    fonts,
    encode: encodeSymbol,
  });
  const looks = layoutPreviews({ ...deps, service, library, choices, fonts, encode: encodeSymbol });
  const files = downloads({ maker: fileMaker(), keys: async () => [] });
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
      ...labelRoutes({ service, reprints, files, stock, fonts, publicUrl: deps.publicUrl }),
      ...libraryRoutes({ library, looks, fonts }),
      ...labelWorkRoutes({ ...deps, service, reprints }),
    ],
  };
}
