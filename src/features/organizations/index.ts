import type { Connection } from 'mongoose';
import type { Clock } from '../../platform/clock.ts';
import type { Revisions } from '../../store/revisions.ts';
import type { Accounts, Throttle } from '../accounts/contract.ts';
import { organizationInputs } from './input.ts';
import type { FormPlaces } from './places.ts';
import { registerRoutes } from './register-routes.ts';
import { organizationRoutes } from './routes.ts';
import { organizationService } from './service.ts';
import { organizationModel, organizationStore } from './store.ts';
import { organizationWorkRoutes } from './work-routes.ts';
import type { Workplace } from '../../platform/work-frame.ts';
import { directoryService } from './directory-service.ts';
import { directoryStore } from './directory-store.ts';

type Place = { readonly name: string; readonly formerProvinces: readonly { readonly name: string }[] };

export type OrganizationFeatureDeps = {
  readonly connection: Connection;
  readonly clock: Clock;
  readonly revisions: Revisions;
  readonly publicUrl: string;
  readonly accounts: Accounts;
  readonly throttle: Throttle;
  readonly places: FormPlaces & {
    province(code: string): Place | null;
    commune(code: string): { readonly name: string; readonly provinceCode: string } | null;
  };
};

/** Cooperatives, unions and retailers; registration and approval. */
export function organizationsFeature(deps: OrganizationFeatureDeps) {
  const { places } = deps;
  const inputs = organizationInputs({
    isProvince: (code) => places.province(code) !== null,
    commune: places.commune,
  });
  const model = organizationModel(deps.connection);
  const store = organizationStore(model);
  const service = organizationService({
    store,
    accounts: deps.accounts,
    clock: deps.clock,
    revisions: deps.revisions,
    province: places.province,
    communeProvince: (code) => places.commune(code)?.provinceCode ?? null,
  });
  const common = { service, inputs, publicUrl: deps.publicUrl, throttle: deps.throttle, places };
  const routes = [...organizationRoutes(common), ...registerRoutes(common)];
  const directory = directoryService({
    store,
    directory: directoryStore(model),
    accounts: deps.accounts,
  });
  const names = {
    provinceName: (code: string) => places.province(code)?.name ?? code,
    communeName: (code: string) => places.commune(code)?.name ?? null,
  };
  return {
    routes,
    /** The pages of the workplace, whose frame says in whose name a person works. */
    workRoutes: (workplaceFrame: Workplace) =>
      organizationWorkRoutes({ service, directory, inputs, places, names, workplaceFrame }),
    contract: service.contract,
    service,
    directory,
    inputs,
  };
}
