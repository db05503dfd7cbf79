import type { Connection } from 'mongoose';
import { dateInVietnam } from '../../platform/clock.ts';
import { productInputs, type ProductCodeLists } from './input.ts';
import { productRoutes } from './routes.ts';
import { productService, type ProductServiceDeps } from './service.ts';
import { productStore } from './store.ts';

export type ProductFeatureDeps = Omit<ProductServiceDeps, 'store'> & {
  readonly connection: Connection;
  readonly publicUrl: string;
  readonly codeLists: ProductCodeLists;
};

/** Products and their photos. */
export function productsFeature(deps: ProductFeatureDeps) {
  const inputs = productInputs(deps.codeLists);
  const service = productService({ ...deps, store: productStore(deps.connection) });
  const today = () => dateInVietnam(deps.clock.now());
  return {
    routes: productRoutes({ service, inputs, publicUrl: deps.publicUrl, today }),
    contract: service.contract,
    service,
    inputs,
  };
}
