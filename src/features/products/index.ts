import type { Connection } from 'mongoose';
import { dateInVietnam } from '../../platform/clock.ts';
import { productInputs, type ProductCodeLists } from './input.ts';
import { productPhotos } from './photos.ts';
import { productRoutes } from './routes.ts';
import { productService, type ProductServiceDeps } from './service.ts';
import { productStore } from './store.ts';
import { productWorkRoutes, type ProductWorkDeps } from './work-routes.ts';

export type ProductFeatureDeps = Omit<ProductServiceDeps, 'store'> & {
  readonly connection: Connection;
  readonly publicUrl: string;
  readonly codeLists: ProductCodeLists;
};

/** What is made after the products, of them. */
type LateDeps = Pick<ProductWorkDeps, 'measure' | 'workplaceFrame' | 'pages'>;

/** Products and their photos. */
export function productsFeature(deps: ProductFeatureDeps) {
  const { publicUrl } = deps;
  const inputs = productInputs(deps.codeLists);
  const service = productService({ ...deps, store: productStore(deps.connection) });
  const photos = productPhotos(service, deps.pictures);
  const today = () => dateInVietnam(deps.clock.now());
  return {
    contract: service.contract,
    service,
    photos,
    inputs,
    /** The routes come after the features that know how a product is measured. */
    routes: (late: LateDeps) => {
      const made = { service, photos, inputs, publicUrl, today, ...late };
      return [...productRoutes(made), ...productWorkRoutes(made)];
    },
  };
}
