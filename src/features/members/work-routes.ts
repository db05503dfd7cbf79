import type { Request } from 'express';
import { MEMBER_ROLES, roleIn, signedIn } from '../../platform/access.ts';
import { inputFromForm } from '../../platform/form.ts';
import { freshForm, isMendable, refusedForm, type FormState } from '../../platform/form-state.ts';
import { speak } from '../../platform/i18n.ts';
import { doneNotice } from '../../platform/plain-page.ts';
import { Problem } from '../../platform/problem.ts';
import {
  html,
  page,
  redirect,
  type Answer,
  type Context,
  type Handler,
  type Route,
} from '../../platform/routing.ts';
import { parse } from '../../platform/validate.ts';
import { workingMembership, type Workplace } from '../../platform/work-frame.ts';
import type { Organization, Organizations } from '../organizations/contract.ts';
import { memberInputs } from './input.ts';
import { invitationUrl } from './routes.ts';
import type { MemberService } from './service.ts';
import { membersPage, membersPath } from './work-page.ts';
import { memberDone, memberWorkStrings } from './work-strings.ts';

export type MemberWorkDeps = {
  readonly service: MemberService;
  readonly organizations: Organizations;
  readonly workplaceFrame: Workplace;
  readonly publicUrl: string;
};

const textIn = (request: Request, name: string): string => {
  const value = ((request.body ?? {}) as Record<string, unknown>)[name];
  return typeof value === 'string' ? value : '';
};

/** Members and invitations of the own organisation, or of one that the person looks after. */
export function memberWorkRoutes(deps: MemberWorkDeps): readonly Route[] {
  const { service, organizations, publicUrl } = deps;

  async function organizationOf(request: Request, { actor }: Context): Promise<Organization> {
    const asked = request.query['organization'];
    const own = actor === null ? undefined : workingMembership(actor)?.organizationId;
    const id = typeof asked === 'string' && asked !== '' ? asked : own;
    const found = id === undefined ? null : await organizations.byId(id);
    if (found === null || roleIn(actor, found) === null) throw new Problem('not-found');
    return found;
  }

  async function show(
    organization: Organization,
    context: Context,
    at: { state: FormState; done?: unknown },
  ) {
    const { actor, language, operationId: idempotencyKey } = context;
    const role = roleIn(actor, organization);
    const mayManage = role !== null && ['administrator', 'officer', 'manager'].includes(role);
    const own = actor === null ? undefined : workingMembership(actor)?.organizationId;
    return membersPage({
      frame: context.frame({ title: speak(memberWorkStrings, language).title }),
      work: await deps.workplaceFrame.frameFor(context, own === organization.id ? 'more' : 'organizations'),
      done: doneNotice<typeof memberDone>(at.done, speak(memberDone, language)),
      state: at.state,
      idempotencyKey,
      organization,
      members: await service.members(organization.id, actor),
      invitations: mayManage ? await service.invitations(organization.id, actor) : null,
      userId: actor?.userId ?? '',
      urlOf: (token) => invitationUrl(publicUrl, token),
    });
  }

  /** Does `work`; what cannot be done is said on the same page, with the form as it was typed. */
  const doing =
    (
      done: keyof typeof memberDone,
      work: (o: Organization, r: Request, c: Context) => Promise<unknown>,
    ): Handler =>
    async (request, context): Promise<Answer> => {
      const organization = await organizationOf(request, context);
      try {
        await work(organization, request, context);
      } catch (error) {
        if (!isMendable(error) || error.code === 'not-allowed') throw error;
        const state = refusedForm(error, request.body, context.language);
        return page('manage/plain', await show(organization, context, { state }), error.status);
      }
      const own =
        organization.id === (context.actor === null ? '' : workingMembership(context.actor)?.organizationId);
      const left = done === 'removed' && textIn(request, 'userId') === context.actor?.userId;
      if (left) return redirect('/manage');
      const path = own ? '/manage/members?' : `${membersPath(organization.id)}&`;
      return redirect(`${path}done=${done}`);
    };

  return [
    html.get('/manage/members', signedIn(), async (request, context) => {
      const organization = await organizationOf(request, context);
      const at = { state: freshForm(), done: request.query['done'] };
      return page('manage/plain', await show(organization, context, at));
    }),
    html.post(
      '/manage/members',
      signedIn(),
      doing('invited', async ({ id }, request, { actor, language, operationId }) => {
        const input = parse(memberInputs.invitation, inputFromForm(request.body, language));
        await service.invite(id, input, { actor, id: operationId });
      }),
    ),
    html.post(
      '/manage/members/revocation',
      signedIn(),
      doing('revoked', async ({ id }, request, { actor }) =>
        service.revoke(id, textIn(request, 'invitationId'), actor),
      ),
    ),
    html.post(
      '/manage/members/role',
      signedIn(),
      doing('changed', async ({ id }, request, { actor }) => {
        const role = MEMBER_ROLES.find((one) => one === textIn(request, 'role'));
        if (role === undefined) throw new Problem('malformed');
        await service.changeRole(id, { userId: textIn(request, 'userId'), role }, actor);
      }),
    ),
    html.post(
      '/manage/members/removal',
      signedIn(),
      doing('removed', async ({ id }, request, { actor }) =>
        service.remove(id, textIn(request, 'userId'), actor),
      ),
    ),
  ];
}
