import type { Connection } from 'mongoose';
import type { Clock } from '../../platform/clock.ts';
import type { Accounts } from '../accounts/contract.ts';
import type { Organizations } from '../organizations/contract.ts';
import { acceptRoutes } from './accept-routes.ts';
import { memberRoutes } from './routes.ts';
import { memberService } from './service.ts';
import { invitationStore } from './store.ts';
import { memberWorkRoutes } from './work-routes.ts';
import type { Workplace } from '../../platform/work-frame.ts';

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
  const { accounts, organizations, publicUrl } = deps;
  return {
    service,
    routes: [...memberRoutes({ service, publicUrl }), ...acceptRoutes({ service, accounts })],
    workRoutes: (workplaceFrame: Workplace) =>
      memberWorkRoutes({ service, organizations, workplaceFrame, publicUrl }),
  };
}
