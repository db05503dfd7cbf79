import { z } from 'zod';
import { everyone, signedIn, type Actor } from '../../platform/access.ts';
import { cookieOf } from '../../platform/cookies.ts';
import { Problem } from '../../platform/problem.ts';
import { freshForm, isMendable, refusedForm } from '../../platform/form-state.ts';
import { parse } from '../../platform/validate.ts';
import { api, empty, html, ok, page, redirect, type Context, type Route } from '../../platform/routing.ts';
import { loginPage, type DemoAccount } from './page.ts';
import { accountStrings } from './strings.ts';
import { speak } from '../../platform/i18n.ts';
import { SESSION_COOKIE, SESSION_MS, type AccountService } from './service.ts';

const credentials = z.strictObject({
  login: z.string().min(1).max(200),
  password: z.string().min(1).max(200),
});
const refreshInput = z.strictObject({ refreshToken: z.string().min(1).max(200) });
const logoutInput = z.strictObject({ refreshToken: z.string().min(1).max(200).optional() });

/** Who somebody is, as they themselves may know it. */
export function meAnswer({ userId, name, email, administrator, memberships }: Actor) {
  return {
    id: userId,
    name,
    email,
    administrator,
    memberships: memberships.map(({ organizationId, kind, role }) => ({ organizationId, kind, role })),
  };
}

/** Only a path of our own: `next` must not lead a person who just signed in to another host. */
export function localPath(next: unknown): string | null {
  return typeof next === 'string' && /^\/(?![/\\])[^\s\\]*$/.test(next) && next.length <= 500 ? next : null;
}

type Deps = { readonly service: AccountService; demoAccounts(): Promise<readonly DemoAccount[]> };

export function accountRoutes({ service, demoAccounts }: Deps): readonly Route[] {
  const titleOf = ({ language }: Context) => speak(accountStrings, language).loginTitle;
  const model = async (context: Context, state = freshForm(), next = '/manage') =>
    loginPage({
      frame: context.frame({ title: titleOf(context) }),
      state,
      next,
      demoAccounts: await demoAccounts(),
    });
  // Tokens are secrets and are not kept for a retry; a second sign-in harms nobody.
  const once = { idempotent: false } as const;
  return [
    api.post(
      '/auth/login',
      everyone(),
      async (request) => {
        const { login, password } = parse(credentials, request.body);
        const { actor, tokens } = await service.signIn(login, password, request.ip ?? '');
        return ok({ ...tokens, user: meAnswer(actor) }, { 'Cache-Control': 'no-store' });
      },
      { ...once, doc: { summary: 'Sign in', body: credentials } },
    ),
    api.post(
      '/auth/refresh',
      everyone(),
      async (request) => {
        const { refreshToken } = parse(refreshInput, request.body);
        const { actor, tokens } = await service.refresh(refreshToken);
        return ok({ ...tokens, user: meAnswer(actor) }, { 'Cache-Control': 'no-store' });
      },
      { ...once, doc: { summary: 'New tokens for a refresh token, which is used up', body: refreshInput } },
    ),
    api.post(
      '/auth/logout',
      everyone(),
      async (request) => {
        const { refreshToken } = parse(logoutInput, request.body === undefined ? {} : request.body);
        if (refreshToken !== undefined) await service.endFamily(refreshToken);
        return empty();
      },
      { ...once, doc: { summary: 'End a sign-in', body: logoutInput } },
    ),
    api.get(
      '/me',
      signedIn(),
      (_request, { actor }) => {
        if (actor === null) throw new Problem('sign-in-first');
        return ok(meAnswer(actor), { 'Cache-Control': 'no-store' });
      },
      { doc: { summary: 'Who I am' } },
    ),

    html.get('/login', everyone(), async (request, context) => {
      const next = localPath(request.query['next']) ?? '/manage';
      if (context.actor !== null) return redirect(next);
      return page('login/page', await model(context, freshForm(), next));
    }),
    html.post(
      '/login',
      everyone(),
      async (request, context) => {
        const body = (request.body ?? {}) as Record<string, unknown>;
        const next = localPath(request.query['next']) ?? '/manage';
        try {
          const { login, password } = parse(credentials, {
            login: body['login'],
            password: body['password'],
          });
          const { actor } = await service.signIn(login, password, request.ip ?? '');
          const value = await service.openSession(actor.userId);
          return redirect(next, [{ name: SESSION_COOKIE, value, maxAgeMs: SESSION_MS }]);
        } catch (error) {
          const expected = error instanceof Problem && [401, 429].includes(error.status);
          if (!expected && !isMendable(error)) throw error;
          const state = refusedForm(error, { login: body['login'] ?? '' }, context.language);
          return page('login/page', await model(context, state, next), error.status);
        }
      },
      once,
    ),
    html.post(
      '/logout',
      everyone(),
      async (request) => {
        const secret = cookieOf(request, SESSION_COOKIE);
        if (secret !== undefined) await service.closeSession(secret);
        return redirect('/', [{ name: SESSION_COOKIE, value: null }]);
      },
      once,
    ),
  ];
}
