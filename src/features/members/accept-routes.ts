import type { Request } from 'express';
import { everyone } from '../../platform/access.ts';
import { freshForm, isMendable, refusedForm, type FormState } from '../../platform/form-state.ts';
import { speak } from '../../platform/i18n.ts';
import { Problem, invalidField } from '../../platform/problem.ts';
import {
  html,
  page,
  param,
  redirect,
  type Answer,
  type Context,
  type Route,
} from '../../platform/routing.ts';
import type { Accounts } from '../accounts/contract.ts';
import { acceptPage, refusedPage } from './accept-page.ts';
import type { MemberService } from './service.ts';
import { memberStrings } from './strings.ts';

type Deps = { readonly service: MemberService; readonly accounts: Accounts };
type Open = NonNullable<Awaited<ReturnType<MemberService['byToken']>>>;

const textIn = (request: Request, name: string): string | undefined => {
  const value = ((request.body ?? {}) as Record<string, unknown>)[name];
  return typeof value === 'string' && value !== '' ? value.slice(0, 500) : undefined;
};

/** The page behind the link of an invitation. */
export function acceptRoutes({ service, accounts }: Deps): readonly Route[] {
  const frameOf = (context: Context) =>
    context.frame({ title: speak(memberStrings, context.language).invitationTitle });

  async function show(
    found: Open | null,
    context: Context,
    form: { state: FormState; token: string },
  ): Promise<object> {
    if (found?.now !== 'open') return refusedPage(frameOf(context));
    const { invitation, organization } = found;
    const known = await accounts.hasAccount(invitation.email);
    const { operationId: idempotencyKey, actor } = context;
    return acceptPage({
      frame: frameOf(context),
      ...form,
      idempotencyKey,
      invitation,
      organization,
      actor,
      known,
    });
  }

  /** Accepts, and signs the browser in as whoever accepted. A second press of the button finds it done. */
  async function accept(request: Request, context: Context, found: Open | null): Promise<Answer> {
    const token = param(request, 'token');
    const userAgent = request.headers['user-agent'];
    const address = request.ip ?? '';
    const { actor } = context;
    if (actor !== null && actor.email === found?.invitation.email) {
      if (found?.now !== 'accepted') await service.accept(token, { signedIn: actor });
      return redirect('/manage');
    }
    const input = { name: textIn(request, 'name'), password: textIn(request, 'password') ?? '' };
    const { userId } = await service.accept(token, { input, address }).catch(async (error: unknown) => {
      const again =
        error instanceof Problem && error.code === 'invitation-closed' && found?.now === 'accepted';
      if (!again) throw error;
      return accounts.verified(found.invitation.email, input.password, address);
    });
    return redirect('/manage', [await accounts.openSession(userId, userAgent)]);
  }

  const inForm = (error: unknown): Problem | null => {
    if (!(error instanceof Problem)) return null;
    if (error.code === 'sign-in-failed') {
      const { vi, en } = memberStrings.passwordWrong;
      return invalidField('/password', { vi, en });
    }
    if (error.status === 429) return error;
    return isMendable(error) ? error : null;
  };

  return [
    html.get('/invitations/:token', everyone(), async (request, context) => {
      const token = param(request, 'token');
      const found = await service.byToken(token);
      const model = await show(found, context, { state: freshForm(), token });
      return page('invitation/page', model, found === null ? 404 : 200);
    }),
    html.post('/invitations/:token', everyone(), async (request, context) => {
      const token = param(request, 'token');
      const found = await service.byToken(token);
      try {
        if (found === null) return page('invitation/page', refusedPage(frameOf(context)), 404);
        return await accept(request, context, found);
      } catch (error) {
        const problem = inForm(error);
        if (problem === null) throw error;
        const state = refusedForm(problem, { name: textIn(request, 'name') ?? '' }, context.language);
        const now = await service.byToken(token);
        return page('invitation/page', await show(now, context, { state, token }), problem.status);
      }
    }),
  ];
}
