import type { Connection } from 'mongoose';
import { encodeSymbol } from './encoder.ts';
import { downloads } from './files.ts';
import { checkStore } from './check-store.ts';
import { runRelease } from './release.ts';
import { loadFonts } from './fonts.ts';
import { labelChoices } from './choices.ts';
import { layoutPreviews } from './layout-preview.ts';
import { labelLibrary } from './library.ts';
import { libraryWorkRoutes } from './library-work-routes.ts';
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
import type { KeySource } from './unit-keys.ts';
import { unitCodes } from './unit-codes.ts';
import type { Random } from '../../platform/random.ts';
import { voidService } from './voids.ts';
import type { Product } from '../products/contract.ts';
import { packName } from './messages.ts';
import { isBulk } from './unit-words.ts';
import type { Language } from '../../platform/i18n.ts';
import type { Batch } from '../batches/contract.ts';
import { labelWorkRoutes } from './work-routes.ts';
import type { Workplace } from '../../platform/work-frame.ts';

type Made =
  | 'store'
  | 'stock'
  | 'choices'
  | 'smallestMisfit'
  | 'fonts'
  | 'encode'
  | 'circulation'
  | 'created'
  | 'keys'
  | 'units';

export type LabelFeatureDeps = Omit<LabelServiceDeps, Made> & {
  readonly connection: Connection;
  readonly unitKeySource: KeySource;
  readonly random: Random;
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
  const { voids, keys, circulation, units } = unitCodes(deps, store);
  const inForce = async () => keys.inForce();
  const maker = fileMaker();
  const checks = checkStore(deps.connection);
  const release = runRelease({ maker, store: checks, clock: deps.clock, keys: inForce });
  const service = labelService({
    ...deps,
    created: release.prepare,
    store,
    stock,
    choices,
    smallestMisfit: smallest,
    fonts,
    encode: encodeSymbol,
    circulation,
    keys,
    units,
  });
  const voidLabels = voidService({ runs: service, store: voids, units, circulation, clock: deps.clock });
  const looks = layoutPreviews({ ...deps, service, library, choices, fonts, encode: encodeSymbol });
  const files = downloads({ maker, release, keys: inForce });
  const reprints = reprintService({
    runs: service,
    store: reprintStore(deps.connection),
    clock: deps.clock,
    keys,
  });
  return {
    contract: service.contract,
    service,
    fonts,
    keys,
    packName: (product: Product, { quantity }: Batch, language: Language) =>
      packName([product.netContent, quantity], deps.measures)[language],
    isBulk: ({ quantity }: Batch) => isBulk(quantity, deps.measures),
    routes: [
      ...labelRoutes({
        service,
        reprints,
        voids: voidLabels,
        files,
        stock,
        fonts,
        publicUrl: deps.publicUrl,
      }),
      ...libraryRoutes({ library, looks, fonts }),
      ...libraryWorkRoutes({ ...deps, service, library, looks, fonts }),
      ...labelWorkRoutes({ ...deps, service, reprints, voids: voidLabels }),
    ],
  };
}
