import type { Connection } from 'mongoose';
import { accountRoutes } from './account-routes.ts';
import { labelAccounts } from './accounts.ts';
import { runHistory } from './history.ts';
import { encodeSymbol } from './encoder.ts';
import { downloads } from './files.ts';
import { fileStore } from './file-store.ts';
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
import { keyStore } from './key-store.ts';
import { voidStore } from './void-store.ts';
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

function storesOf(connection: Connection) {
  return {
    runs: printRunStore(connection),
    voids: voidStore(connection),
    keys: keyStore(connection),
    library: libraryStore(connection),
    checks: checkStore(connection),
    files: fileStore(connection),
    reprints: reprintStore(connection),
  };
}

/** What a product's pack and a batch are called, for features that speak of them. */
function namesOf({ measures }: Pick<LabelFeatureDeps, 'measures'>) {
  return {
    packName: (product: Product, { quantity }: Batch, language: Language) =>
      packName([product.netContent, quantity], measures)[language],
    isBulk: ({ quantity }: Batch) => isBulk(quantity, measures),
  };
}

/** Labels: templates, symbols, print runs and what leaves the printer. */
export function labelsFeature(deps: LabelFeatureDeps) {
  const { clock, publicUrl } = deps;
  const stock = labelStock();
  const fonts = loadFonts();
  const stores = storesOf(deps.connection);
  const smallest = smallestMisfit({ publicUrl, encode: encodeSymbol, fonts });
  const library = labelLibrary({ ...deps, store: stores.library, smallestMisfit: smallest });
  const choices = labelChoices({ stock, library });
  const { keys, circulation, units } = unitCodes(deps, stores);
  const maker = fileMaker();
  const release = runRelease({ maker, store: stores.checks, clock, keys });
  const service = labelService({
    ...deps,
    created: release.prepare,
    store: stores.runs,
    stock,
    choices,
    smallestMisfit: smallest,
    fonts,
    encode: encodeSymbol,
    circulation,
    keys,
    units,
  });
  const runs = { runs: service, clock, keys, circulation, units };
  const voids = voidService({ ...runs, store: stores.voids });
  const reprints = reprintService({ ...runs, store: stores.reprints, voids: stores.voids });
  const history = runHistory({ ...runs, reprints: stores.reprints, voids: stores.voids });
  const accounts = labelAccounts({ ...deps, circulation, store: stores.runs });
  const looks = layoutPreviews({ ...deps, service, library, choices, fonts, encode: encodeSymbol });
  const files = downloads({ maker, store: stores.files, release, keys, clock });
  return {
    contract: service.contract,
    service,
    fonts,
    keys,
    accountOf: accounts.modelOf,
    ...namesOf(deps),
    routes: [
      ...labelRoutes({ service, reprints, voids, files, stock, fonts, publicUrl }),
      ...libraryRoutes({ library, looks, fonts }),
      ...libraryWorkRoutes({ ...deps, service, library, looks, fonts }),
      ...accountRoutes(accounts),
      ...labelWorkRoutes({ ...deps, service, reprints, voids, files, history, accounts }),
    ],
  };
}
