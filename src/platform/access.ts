import { Problem } from './problem.ts';

export const ORGANIZATION_KINDS = ['cooperative', 'union', 'retailer'] as const;
export type OrganizationKind = (typeof ORGANIZATION_KINDS)[number];

/** What a person may be in an organisation. The administrator stands outside all of them. */
export const MEMBER_ROLES = ['officer', 'manager', 'clerk', 'staff'] as const;
export type MemberRole = (typeof MEMBER_ROLES)[number];
export type Role = MemberRole | 'administrator';

/** Who may read what a cooperative keeps to itself: its own people, its province's officers and the administrator. */
export const READERS: readonly Role[] = ['manager', 'clerk', 'officer', 'administrator'];

export type Membership = {
  readonly organizationId: string;
  readonly kind: OrganizationKind;
  readonly role: MemberRole;
  /** The organisation's province: an officer acts within it. */
  readonly provinceCode: string;
};

/** Who makes a request. */
export type Actor = {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly administrator: boolean;
  readonly memberships: readonly Membership[];
};

/** Who may use a route; whose things they may touch is decided in the service, by the functions below. */
export type AccessRule =
  | { readonly who: 'everyone' }
  | { readonly who: 'signed-in' }
  | { readonly who: 'only'; readonly roles: readonly Role[] };

export const everyone = (): AccessRule => ({ who: 'everyone' });
export const signedIn = (): AccessRule => ({ who: 'signed-in' });
export const only = (...roles: readonly Role[]): AccessRule => ({ who: 'only', roles });

function hasRole(actor: Actor, role: Role): boolean {
  return role === 'administrator'
    ? actor.administrator
    : actor.memberships.some((membership) => membership.role === role);
}

/** @throws Problem `sign-in-first` or `not-allowed` */
export function enforceRule(rule: AccessRule, actor: Actor | null): void {
  if (rule.who === 'everyone') return;
  if (actor === null) throw new Problem('sign-in-first');
  if (rule.who === 'only' && !rule.roles.some((role) => hasRole(actor, role))) {
    throw new Problem('not-allowed');
  }
}

/** What an organisation's record says about who may touch it. */
export type Tenant = {
  readonly id: string;
  readonly provinceCode: string;
};

/** The actor's role in the organisation; the administrator and its province's officers count as such. */
export function roleIn(actor: Actor | null, tenant: Tenant): Role | null {
  if (actor === null) return null;
  if (actor.administrator) return 'administrator';
  const own = actor.memberships.find((membership) => membership.organizationId === tenant.id);
  if (own !== undefined) return own.role;
  return isOfficerOf(actor, tenant.provinceCode) ? 'officer' : null;
}

/** Whether the actor is an officer of the union of that province. */
export function isOfficerOf(actor: Actor | null, provinceCode: string): boolean {
  return (
    actor !== null &&
    actor.memberships.some(
      (membership) => membership.role === 'officer' && membership.provinceCode === provinceCode,
    )
  );
}

/**
 * @throws Problem `not-found` for a stranger, to whom another tenant's private thing does not exist;
 *   `not-allowed` for one who may see it but has another role
 */
export function requireRole(actor: Actor | null, tenant: Tenant, roles: readonly Role[]): void {
  const role = roleIn(actor, tenant);
  if (role === null) throw new Problem('not-found');
  if (!roles.includes(role)) throw new Problem('not-allowed');
}
