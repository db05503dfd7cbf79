import type { MemberRole, OrganizationKind } from '../../platform/access.ts';

/** What people may be in each kind of organisation; the first leads it. */
const ROLES: Readonly<Record<OrganizationKind, readonly [MemberRole, ...MemberRole[]]>> = {
  cooperative: ['manager', 'clerk'],
  union: ['officer'],
  retailer: ['manager', 'staff'],
};

export const rolesOf = (kind: OrganizationKind): readonly MemberRole[] => ROLES[kind];

/** The role without which nobody could invite anybody any more. */
export const leadingRole = (kind: OrganizationKind): MemberRole => ROLES[kind][0];

export type InvitationState = 'open' | 'accepted' | 'revoked' | 'expired';

/** How an invitation stands at `now`; what was accepted or taken back stays so. */
export function stateOf(
  invitation: { readonly state: Exclude<InvitationState, 'expired'>; readonly expiresAt: Date },
  now: Date,
): InvitationState {
  return invitation.state === 'open' && invitation.expiresAt <= now ? 'expired' : invitation.state;
}
