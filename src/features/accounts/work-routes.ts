import type { Request } from 'express';
import { signedIn } from '../../platform/access.ts';
import { isMendable, refusedForm } from '../../platform/form-state.ts';
import { speak } from '../../platform/i18n.ts';
import { doneNotice } from '../../platform/plain-page.ts';
import { Problem } from '../../platform/problem.ts';
import { html, page, redirect, type Answer, type Context, type Route } from '../../platform/routing.ts';
import { parse } from '../../platform/validate.ts';
import type { Workplace } from '../../platform/work-frame.ts';
import { accountInputs } from './input.ts';
import { requireActor } from './routes.ts';
import type { AccountService } from './service.ts';
import type { SignIns } from './sign-ins.ts';
import { morePage, type MorePage } from './work-page.ts';
import { accountDone, accountWorkStrings } from './work-strings.ts';

export type AccountWorkDeps = {
  readonly service: AccountService;
  readonly signIns: SignIns;
  readonly workplaceFrame: Workplace;
  /** The names of organisations by id. */
  namesOf(ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
};

const fieldsOf = (request: Request) => (request.body ?? {}) as Record<string, unknown>;
const textIn = (request: Request, name: string): string | undefined => {
  const value = fieldsOf(request)[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
};

/** `/manage/more`: the menu of the rest, the own account, where one is signed in. */
export function accountWorkRoutes(deps: AccountWorkDeps): readonly Route[] {
  const { service, signIns } = deps;

  async function show(context: Context, at: { done?: unknown; refused?: MorePage['refused'] }) {
    const { language, signInId } = context;
    const actor = requireActor(context);
    return morePage({
      frame: context.frame({ title: speak(accountWorkStrings, language).title }),
      work: await deps.workplaceFrame.frameFor(context, 'more'),
      done: doneNotice<typeof accountDone>(at.done, speak(accountDone, language)),
      actor,
      signInId,
      signIns: await signIns.ofUser(actor.userId),
      organizationNames: await deps.namesOf(actor.memberships.map(({ organizationId }) => organizationId)),
      refused: at.refused ?? null,
    });
  }

  async function again(
    form: 'name' | 'password',
    { request, context, work }: { request: Request; context: Context; work: () => Promise<Answer> },
  ): Promise<Answer> {
    try {
      return await work();
    } catch (error) {
      const busy = error instanceof Problem && error.status === 429;
      if (!busy && !isMendable(error)) throw error;
      const state = refusedForm(error, { name: textIn(request, 'name') ?? '' }, context.language);
      return page('manage/plain', await show(context, { refused: { form, state } }), error.status);
    }
  }

  // Nothing here is made twice by a second press, and passwords are not to be remembered.
  const once = { idempotent: false } as const;
  return [
    html.get('/manage/more', signedIn(), async (request, context) =>
      page('manage/plain', await show(context, { done: request.query['done'] })),
    ),
    html.post(
      '/manage/more/name',
      signedIn(),
      async (request, context) =>
        again('name', {
          request,
          context,
          work: async () => {
            const { name } = parse(accountInputs.name, { name: textIn(request, 'name') });
            await service.changeName(requireActor(context), name);
            return redirect('/manage/more?done=named');
          },
        }),
      once,
    ),
    html.post(
      '/manage/more/password',
      signedIn(),
      async (request, context) =>
        again('password', {
          request,
          context,
          work: async () => {
            const typed = {
              currentPassword: textIn(request, 'currentPassword'),
              password: textIn(request, 'password'),
            };
            const input = parse(accountInputs.password, typed);
            const here = { address: request.ip ?? '', signInId: context.signInId };
            await service.changePassword(requireActor(context), input, here);
            return redirect('/manage/more?done=password');
          },
        }),
      once,
    ),
    html.post(
      '/manage/more/sessions',
      signedIn(),
      async (request, context) => {
        const { userId } = requireActor(context);
        const id = textIn(request, 'id');
        if (id === undefined) await signIns.endOthers(userId, context.signInId);
        else await signIns.endOwn(userId, id);
        return redirect('/manage/more?done=ended');
      },
      once,
    ),
    html.post(
      '/manage/more/organization',
      signedIn(),
      async (request, context) => {
        const id = textIn(request, 'organizationId') ?? '';
        await service.chooseOrganization(requireActor(context), context.signInId, id);
        return redirect('/manage');
      },
      once,
    ),
  ];
}
