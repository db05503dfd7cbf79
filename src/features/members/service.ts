import { createHash, createHmac } from 'node:crypto';
import { requireRole, type Actor, type MemberRole, type Membership } from '../../platform/access.ts';
import type { Clock } from '../../platform/clock.ts';
import { Problem, invalidField } from '../../platform/problem.ts';
import { parse } from '../../platform/validate.ts';
import type { Accounts, Member } from '../accounts/contract.ts';
import type { Organization, Organizations } from '../organizations/contract.ts';
import { memberInputs, type Acceptance, type NewInvitation } from './input.ts';
import { leadingRole, rolesOf, stateOf, type InvitationState } from './rules.ts';
import type { Invitation, InvitationStore } from './store.ts';

export type MemberServiceDeps = {
  readonly store: InvitationStore;
  readonly accounts: Accounts;
  readonly organizations: Organizations;
  readonly clock: Clock;
  readonly secret: Uint8Array;
};

export type Operation = { readonly actor: Actor | null; readonly id: string };

/** A person of one organisation. */
export type OwnMember = {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly role: MemberRole;
};

/** An invitation with the token of its link while somebody may still accept by it. */
export type ListedInvitation = Invitation & { readonly now: InvitationState; readonly token: string | null };

const INVITATION_MS = 14 * 24 * 3_600_000;
/** More open invitations than this are a script's, or a mistake. */
export const INVITATIONS_OPEN_MAX = 100;

const WRONG_ROLE = {
  vi: 'Tổ chức này không có vai trò đó.',
  en: 'There is no such role in this organisation.',
};
const MEMBER_ALREADY = {
  vi: 'Người này đã ở trong tổ chức.',
  en: 'This person belongs to the organisation already.',
};
const TOO_MANY = {
  vi: `Đang có ${INVITATIONS_OPEN_MAX} lời mời chờ trả lời. Hãy thu hồi bớt lời mời cũ.`,
  en: `${INVITATIONS_OPEN_MAX} invitations wait for an answer. Take back some old ones first.`,
};
const CLOSED: Readonly<Record<Exclude<InvitationState, 'open'>, { vi: string; en: string }>> = {
  accepted: { vi: 'Lời mời này đã được dùng.', en: 'This invitation has been used.' },
  revoked: { vi: 'Lời mời này đã được thu hồi.', en: 'This invitation was taken back.' },
  expired: { vi: 'Lời mời này đã quá hạn.', en: 'This invitation has run out.' },
};
const LAST_LEADER = {
  vi: 'Đây là người quản lý cuối cùng. Hãy giao quyền quản lý cho người khác trước.',
  en: 'This is the last one in charge. Put somebody else in charge first.',
};

const MANAGE = ['administrator', 'officer', 'manager'] as const;
const SEE = [...MANAGE, 'clerk', 'staff'] as const;

const sha256 = (text: string) => createHash('sha256').update(text).digest('base64url');

/** The link's secret. Made from the id, so that it can be shown again and is stored nowhere. */
function tokenMaker(secret: Uint8Array): (id: string) => string {
  return (id) => createHmac('sha256', secret).update(`nguon/invitation/${id}`).digest('base64url');
}

type Tools = MemberServiceDeps & {
  tokenOf(id: string): string;
  organization(id: string, actor: Actor | null, roles: typeof MANAGE | typeof SEE): Promise<Organization>;
};

function invitationSteps({ store, accounts, organizations, clock, tokenOf, organization }: Tools) {
  const listed = (invitation: Invitation): ListedInvitation => {
    const now = stateOf(invitation, clock.now());
    const token = tokenOf(invitation.id);
    const good = now === 'open' && sha256(token) === invitation.tokenHash;
    return { ...invitation, now, token: good ? token : null };
  };

  return {
    async invite(
      organizationId: string,
      { email, role }: NewInvitation,
      { actor, id }: Operation,
    ): Promise<ListedInvitation> {
      const { kind, status } = await organization(organizationId, actor, MANAGE);
      if (status !== 'active') throw new Problem('organization-not-active');
      if (!rolesOf(kind).includes(role)) throw invalidField('/role', WRONG_ROLE);
      const before = await store.byId(id);
      if (before !== null) return listed(before);
      const person = await accounts.byEmail(email);
      if (person?.memberships.some((one) => one.organizationId === organizationId) === true) {
        throw invalidField('/email', MEMBER_ALREADY, 'already-exists');
      }
      const createdAt = clock.now();
      if ((await store.countOpen(organizationId, createdAt)) >= INVITATIONS_OPEN_MAX) {
        throw new Problem('invalid', { detail: TOO_MANY });
      }
      const invitation: Invitation = {
        id,
        organizationId,
        email,
        role,
        tokenHash: sha256(tokenOf(id)),
        invitedBy: actor?.userId ?? '',
        state: 'open',
        createdAt,
        expiresAt: new Date(createdAt.getTime() + INVITATION_MS),
      };
      await store.insert(invitation);
      await store.revokeEarlier(invitation);
      return listed(invitation);
    },

    async invitations(organizationId: string, actor: Actor | null): Promise<readonly ListedInvitation[]> {
      await organization(organizationId, actor, MANAGE);
      return (await store.ofOrganization(organizationId)).map(listed);
    },

    /** @throws Problem `invitation-closed` for one that was used before */
    async revoke(organizationId: string, id: string, actor: Actor | null): Promise<void> {
      await organization(organizationId, actor, MANAGE);
      const invitation = await store.byId(id);
      if (invitation?.organizationId !== organizationId) throw new Problem('not-found');
      if (invitation.state === 'revoked') return;
      if (!(await store.revoke(id))) throw new Problem('invitation-closed', { detail: CLOSED.accepted });
    },

    /** What a link leads to, whatever its state; null for a token that is not one of ours. */
    async byToken(
      token: string,
    ): Promise<{ invitation: Invitation; organization: Organization; now: InvitationState } | null> {
      const invitation = await store.byTokenHash(sha256(token));
      const found = invitation === null ? null : await organizations.byId(invitation.organizationId);
      if (invitation === null || found === null) return null;
      return { invitation, organization: found, now: stateOf(invitation, clock.now()) };
    },
  };
}

type Found = NonNullable<Awaited<ReturnType<ReturnType<typeof invitationSteps>['byToken']>>>;

/** Whose account accepts: who is signed in, who gives the password of the account, or a new one. */
type Acceptor =
  { readonly signedIn: Actor } | { readonly input: Omit<Acceptance, 'token'>; readonly address: string };

function acceptance({ store, accounts, clock }: Tools, byToken: (token: string) => Promise<Found | null>) {
  async function newAccount(
    { invitation }: Found,
    membership: Membership,
    acceptor: Acceptor,
  ): Promise<string> {
    if ('signedIn' in acceptor) return acceptor.signedIn.userId;
    const { input, address } = acceptor;
    if (!(await accounts.hasAccount(invitation.email))) {
      const { name, password } = parse(memberInputs.newPerson, input);
      // The account has the invitation's id, so that a retry recognises what it made.
      const account = { id: invitation.id, name, email: invitation.email, password };
      const made = await accounts.create({ ...account, memberships: [membership] }, '/token');
      if (made === 'inserted') return invitation.id;
    }
    return (await accounts.verified(invitation.email, input.password, address)).userId;
  }

  return async (token: string, acceptor: Acceptor): Promise<{ userId: string; membership: Membership }> => {
    const found = await byToken(token);
    if (found === null) throw new Problem('not-found');
    const { invitation, organization, now } = found;
    if (now !== 'open')
      throw new Problem('invitation-closed', { detail: CLOSED[now], members: { state: now } });
    if (organization.status !== 'active') throw new Problem('organization-not-active');
    if ('signedIn' in acceptor && acceptor.signedIn.email !== invitation.email)
      throw new Problem('not-allowed');
    const membership: Membership = {
      organizationId: organization.id,
      kind: organization.kind,
      role: invitation.role,
      provinceCode: organization.provinceCode,
    };
    const userId = await newAccount(found, membership, acceptor);
    if (!(await store.accept(invitation.id, userId, clock.now()))) {
      throw new Problem('invitation-closed', { detail: CLOSED.accepted });
    }
    await accounts.addMembership(userId, membership);
    return { userId, membership };
  };
}

function memberSteps({ accounts, organization }: Tools) {
  const roleOf = (member: Member, organizationId: string): MemberRole | undefined =>
    member.memberships.find((one) => one.organizationId === organizationId)?.role;

  async function membersOf(organizationId: string): Promise<readonly OwnMember[]> {
    return (await accounts.membersOf(organizationId)).flatMap((member) => {
      const { userId, name, email } = member;
      const role = roleOf(member, organizationId);
      return role === undefined ? [] : [{ userId, name, email, role }];
    });
  }

  /**
   * Does `change` and takes it back where it left the organisation without anybody in charge: two who take the
   * right away from each other at once both find that nobody would be left, and both stay.
   */
  async function keepingOneInCharge(
    { id, kind, provinceCode }: Organization,
    member: OwnMember,
    change: () => Promise<unknown>,
  ): Promise<void> {
    const leads = async () => (await membersOf(id)).some((one) => one.role === leadingRole(kind));
    const concerns = member.role === leadingRole(kind);
    await change();
    if (!concerns || (await leads())) return;
    await accounts.addMembership(member.userId, {
      organizationId: id,
      kind,
      role: member.role,
      provinceCode,
    });
    await accounts.setRole(member.userId, id, member.role);
    throw new Problem('last-in-charge', { detail: LAST_LEADER });
  }

  async function memberFor(organizationId: string, userId: string): Promise<OwnMember> {
    const member = (await membersOf(organizationId)).find((one) => one.userId === userId);
    if (member === undefined) throw new Problem('not-found');
    return member;
  }

  return {
    async members(organizationId: string, actor: Actor | null): Promise<readonly OwnMember[]> {
      await organization(organizationId, actor, SEE);
      return membersOf(organizationId);
    },

    async changeRole(
      organizationId: string,
      { userId, role }: { readonly userId: string; readonly role: MemberRole },
      actor: Actor | null,
    ): Promise<OwnMember> {
      const own = await organization(organizationId, actor, MANAGE);
      if (!rolesOf(own.kind).includes(role)) throw invalidField('/role', WRONG_ROLE);
      const member = await memberFor(organizationId, userId);
      await keepingOneInCharge(own, member, () => accounts.setRole(userId, organizationId, role));
      return { ...member, role };
    },

    /** Takes a person out of the organisation; everybody may leave. */
    async remove(organizationId: string, userId: string, actor: Actor | null): Promise<void> {
      const own = await organization(organizationId, actor, actor?.userId === userId ? SEE : MANAGE);
      const member = await memberFor(organizationId, userId);
      await keepingOneInCharge(own, member, () => accounts.removeMembership(userId, organizationId));
    },
  };
}

/** Who belongs to an organisation, and who is invited. */
export function memberService(deps: MemberServiceDeps) {
  const tools: Tools = {
    ...deps,
    tokenOf: tokenMaker(deps.secret),
    async organization(id, actor, roles) {
      const found = await deps.organizations.byId(id);
      if (found === null) throw new Problem('not-found');
      requireRole(actor, found, roles);
      return found;
    },
  };
  const invitations = invitationSteps(tools);
  return { ...invitations, accept: acceptance(tools, invitations.byToken), ...memberSteps(tools) };
}

export type MemberService = ReturnType<typeof memberService>;
