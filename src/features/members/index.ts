import type { Connection } from 'mongoose';
import type { Clock } from '../../platform/clock.ts';
import type { Accounts } from '../accounts/contract.ts';
import type { Organizations } from '../organizations/contract.ts';
import { acceptRoutes } from './accept-routes.ts';
import { memberRoutes } from './routes.ts';
import { memberService } from './service.ts';
import { invitationStore } from './store.ts';

export type MemberFeatureDeps = {
  readonly connection: Connection;
  readonly clock: Clock;
  readonly publicUrl: string;
  readonly sessionSecret: Uint8Array;
  readonly accounts: Accounts;
  readonly organizations: Organizations;
};

/** Who belongs to an organisation: members, and invitations to become one. */
export function membersFeature(deps: MemberFeatureDeps) {
  const service = memberService({
    ...deps,
    store: invitationStore(deps.connection),
    secret: deps.sessionSecret,
  });
  return {
    service,
    routes: [
      ...memberRoutes({ service, publicUrl: deps.publicUrl }),
      ...acceptRoutes({ service, accounts: deps.accounts }),
    ],
  };
}
