import { everyone, only, signedIn } from '../../platform/access.ts';
import { api, created, createdSecret, empty, ok, param, type Route } from '../../platform/routing.ts';
import { parse } from '../../platform/validate.ts';
import { memberInputs } from './input.ts';
import type { ListedInvitation, MemberService } from './service.ts';

export type MemberRoutesDeps = { readonly service: MemberService; readonly publicUrl: string };

export const invitationUrl = (publicUrl: string, token: string): string =>
  `${publicUrl}/invitations/${token}`;

/** An invitation for those who manage it; its link while it is open. */
function invitationAnswer(
  { id, email, role, now, token, createdAt, expiresAt }: ListedInvitation,
  publicUrl: string,
) {
  const url = token === null ? null : invitationUrl(publicUrl, token);
  return { id, email, role, state: now, url, createdAt, expiresAt };
}

function invitationRoutes({ service, publicUrl }: MemberRoutesDeps): readonly Route[] {
  return [
    api.post(
      '/organizations/:id/invitations',
      only('administrator', 'officer', 'manager'),
      async (request, { actor, operationId }) => {
        const input = parse(memberInputs.invitation, request.body);
        const made = await service.invite(param(request, 'id'), input, { actor, id: operationId });
        const { id, token, expiresAt } = made;
        return createdSecret({ id, token, url: invitationUrl(publicUrl, token ?? ''), expiresAt });
      },
      {
        doc: { summary: 'Invite a person into an organisation', body: memberInputs.invitation, status: 201 },
      },
    ),
    api.get(
      '/organizations/:id/invitations',
      only('administrator', 'officer', 'manager'),
      async (request, { actor }) => {
        const found = await service.invitations(param(request, 'id'), actor);
        return ok({ items: found.map((one) => invitationAnswer(one, publicUrl)), next: null });
      },
      { doc: { summary: 'Invitations, the newest first' } },
    ),
    api.delete(
      '/organizations/:id/invitations/:invitationId',
      only('administrator', 'officer', 'manager'),
      async (request, { actor }) => {
        await service.revoke(param(request, 'id'), param(request, 'invitationId'), actor);
        return empty();
      },
      { doc: { summary: 'Take an invitation back' } },
    ),
    api.post(
      '/invitations/accept',
      everyone(),
      async (request) => {
        const { token, ...input } = parse(memberInputs.acceptance, request.body);
        const { userId, membership } = await service.accept(token, { input, address: request.ip ?? '' });
        const { organizationId, kind, role } = membership;
        return created({ userId, organizationId, kind, role });
      },
      { doc: { summary: 'Accept an invitation', body: memberInputs.acceptance, status: 201 } },
    ),
  ];
}

/** The API of members and invitations. */
export function memberRoutes(deps: MemberRoutesDeps): readonly Route[] {
  const { service } = deps;
  return [
    ...invitationRoutes(deps),
    api.get(
      '/organizations/:id/members',
      signedIn(),
      async (request, { actor }) => {
        const found = await service.members(param(request, 'id'), actor);
        return ok({ items: found.map(({ userId, ...rest }) => ({ id: userId, ...rest })), next: null });
      },
      { doc: { summary: 'Who belongs to an organisation' } },
    ),
    api.patch(
      '/organizations/:id/members/:userId',
      only('administrator', 'officer', 'manager'),
      async (request, { actor }) => {
        const { role } = parse(memberInputs.role, request.body);
        const change = { userId: param(request, 'userId'), role };
        const { userId, ...rest } = await service.changeRole(param(request, 'id'), change, actor);
        return ok({ id: userId, ...rest });
      },
      { doc: { summary: 'Give a member another role', body: memberInputs.role } },
    ),
    api.delete(
      '/organizations/:id/members/:userId',
      signedIn(),
      async (request, { actor }) => {
        await service.remove(param(request, 'id'), param(request, 'userId'), actor);
        return empty();
      },
      { doc: { summary: 'Take a member out of an organisation, or leave it' } },
    ),
  ];
}
