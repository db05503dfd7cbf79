import type { Connection } from 'mongoose';
import type { Clock } from '../../platform/clock.ts';
import type { Revisions } from '../../store/revisions.ts';
import type { Accounts, Throttle } from '../accounts/contract.ts';
import { organizationInputs } from './input.ts';
import type { FormPlaces } from './places.ts';
import { registerRoutes } from './register-routes.ts';
import { organizationRoutes } from './routes.ts';
import { organizationService } from './service.ts';
import { organizationStore } from './store.ts';

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
    commune(code: string): { readonly provinceCode: string } | null;
  };
};

/** Cooperatives, unions and retailers; registration and approval. */
export function organizationsFeature(deps: OrganizationFeatureDeps) {
  const { places } = deps;
  const inputs = organizationInputs({
    isProvince: (code) => places.province(code) !== null,
    commune: places.commune,
  });
  const service = organizationService({
    store: organizationStore(deps.connection),
    accounts: deps.accounts,
    clock: deps.clock,
    revisions: deps.revisions,
    province: places.province,
    communeProvince: (code) => places.commune(code)?.provinceCode ?? null,
  });
  const common = { service, inputs, publicUrl: deps.publicUrl, throttle: deps.throttle, places };
  const routes = [...organizationRoutes(common), ...registerRoutes(common)];
  return { routes, contract: service.contract, service, inputs };
}
