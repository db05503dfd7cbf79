import type { Connection } from 'mongoose';
import type { Clock } from '../../platform/clock.ts';
import type { Random } from '../../platform/random.ts';
import type { DemoAccount } from './page.ts';
import { passwords, type PasswordCost } from './passwords.ts';
import { accountRoutes } from './routes.ts';
import { accountService } from './service.ts';
import { signInStore } from './sign-in-store.ts';
import { signIns as signInsOf } from './sign-ins.ts';
import { accountStore } from './store.ts';
import { throttle } from './throttle.ts';
import { accountWorkRoutes } from './work-routes.ts';
import type { Workplace } from '../../platform/work-frame.ts';

export type AccountFeatureDeps = {
  readonly connection: Connection;
  readonly clock: Clock;
  readonly random: Random;
  readonly sessionSecret: Uint8Array;
  readonly publicUrl: string;
  readonly passwordCost: PasswordCost;
  /** Who can sign in to a demonstration; empty otherwise. */
  demoAccounts(): Promise<readonly DemoAccount[]>;
};

/** People, signing in, sessions and tokens. */
export function accountsFeature(deps: AccountFeatureDeps) {
  const limits = throttle(deps.connection, deps.clock);
  const store = accountStore(deps.connection);
  const signIns = signInsOf({
    ...deps,
    store: signInStore(deps.connection),
    userById: (id) => store.userById(id),
    secret: deps.sessionSecret,
    issuer: deps.publicUrl,
  });
  const service = accountService({
    ...deps,
    store,
    signIns,
    passwords: passwords(deps.passwordCost),
    throttle: limits,
  });
  return {
    routes: accountRoutes({ service, signIns, demoAccounts: deps.demoAccounts }),
    workRoutes: (
      workplaceFrame: Workplace,
      names: {
        byIds(ids: readonly string[]): Promise<ReadonlyMap<string, { readonly name: string }>>;
      },
    ) =>
      accountWorkRoutes({
        service,
        signIns,
        workplaceFrame,
        namesOf: async (ids) =>
          new Map([...(await names.byIds(ids))].map(([id, { name }]) => [id, name] as const)),
      }),
    contract: service.contract,
    service,
    signIns,
    throttle: limits,
  };
}
