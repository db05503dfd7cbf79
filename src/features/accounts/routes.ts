import type { Request } from 'express';
import { everyone, signedIn, type Actor } from '../../platform/access.ts';
import { cookieOf } from '../../platform/cookies.ts';
import { Problem } from '../../platform/problem.ts';
import { freshForm, isMendable, refusedForm } from '../../platform/form-state.ts';
import { parse } from '../../platform/validate.ts';
import {
  api,
  empty,
  html,
  ok,
  page,
  param,
  redirect,
  type Context,
  type Route,
} from '../../platform/routing.ts';
import { loginPage, type DemoAccount } from './page.ts';
import { accountStrings } from './strings.ts';
import { speak } from '../../platform/i18n.ts';
import { deviceName } from './device.ts';
import { accountInputs } from './input.ts';
import type { AccountService, Origin } from './service.ts';
import { SESSION_MS, type SignIns } from './sign-ins.ts';

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

type Deps = {
  readonly service: AccountService;
  readonly signIns: SignIns;
  demoAccounts(): Promise<readonly DemoAccount[]>;
};

const originOf = (request: Request): Origin => ({
  address: request.ip ?? '',
  device: deviceName(request.headers['user-agent']),
});

/** Who asks. @throws Problem `sign-in-first` for nobody */
export function requireActor({ actor }: Pick<Context, 'actor'>): Actor {
  if (actor === null) throw new Problem('sign-in-first');
  return actor;
}

// Tokens are secrets and are not kept for a retry; a second sign-in harms nobody.
const once = { idempotent: false } as const;
const NO_STORE = { 'Cache-Control': 'no-store' } as const;

function tokenRoutes({ service, signIns }: Deps): readonly Route[] {
  const { credentials, refresh, logout } = accountInputs;
  return [
    api.post(
      '/auth/login',
      everyone(),
      async (request) => {
        const { login, password } = parse(credentials, request.body);
        const { actor, tokens } = await service.signIn(login, password, originOf(request));
        return ok({ ...tokens, user: meAnswer(actor) }, NO_STORE);
      },
      { ...once, doc: { summary: 'Sign in', body: credentials } },
    ),
    api.post(
      '/auth/refresh',
      everyone(),
      async (request) => {
        const { refreshToken } = parse(refresh, request.body);
        const { actor, tokens } = await signIns.refresh(refreshToken);
        return ok({ ...tokens, user: meAnswer(actor) }, NO_STORE);
      },
      { ...once, doc: { summary: 'New tokens for a refresh token, which is used up', body: refresh } },
    ),
    api.post(
      '/auth/logout',
      everyone(),
      async (request, { signInId }) => {
        const { refreshToken } = parse(logout, request.body === undefined ? {} : request.body);
        if (refreshToken !== undefined) await signIns.endFamily(refreshToken);
        if (signInId !== null) await signIns.end(signInId);
        return empty();
      },
      {
        ...once,
        doc: { summary: 'End this sign-in: of the bearer token, or of the refresh token', body: logout },
      },
    ),
  ];
}

function selfRoutes({ service, signIns }: Deps): readonly Route[] {
  return [
    api.get('/me', signedIn(), (_request, context) => ok(meAnswer(requireActor(context)), NO_STORE), {
      doc: { summary: 'Who I am' },
    }),
    api.post(
      '/me/password',
      signedIn(),
      async (request, context) => {
        const input = parse(accountInputs.password, request.body);
        const here = { address: request.ip ?? '', signInId: context.signInId };
        await service.changePassword(requireActor(context), input, here);
        return empty();
      },
      {
        ...once,
        doc: { summary: 'Another password; every other sign-in ends', body: accountInputs.password },
      },
    ),
    api.get(
      '/me/sessions',
      signedIn(),
      async (_request, context) => {
        const found = await signIns.ofUser(requireActor(context).userId);
        const items = found.map(({ id, kind, device, createdAt, seenAt, expiresAt }) => {
          const current = id === context.signInId;
          return { id, kind, device, createdAt, seenAt, expiresAt, current };
        });
        return ok({ items, next: null });
      },
      { doc: { summary: 'Where I am signed in' } },
    ),
    api.delete(
      '/me/sessions/:id',
      signedIn(),
      async (request, context) => {
        const ended = await signIns.endOwn(requireActor(context).userId, param(request, 'id'));
        if (!ended) throw new Problem('not-found');
        return empty();
      },
      { doc: { summary: 'End one of my sign-ins' } },
    ),
    api.post(
      '/me/sessions/end-others',
      signedIn(),
      async (_request, context) => {
        await signIns.endOthers(requireActor(context).userId, context.signInId);
        return empty();
      },
      { ...once, doc: { summary: 'End every sign-in of mine but this one' } },
    ),
  ];
}

/** Signing in and out by pages. */
function loginRoutes({ service, signIns, demoAccounts }: Deps): readonly Route[] {
  const titleOf = ({ language }: Context) => speak(accountStrings, language).loginTitle;
  const model = async (context: Context, state = freshForm(), next = '/manage') => {
    const offered = await demoAccounts();
    return loginPage({
      frame: context.frame({ title: titleOf(context), demo: offered.length > 0 }),
      state,
      next,
      demoAccounts: offered,
    });
  };
  return [
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
          const { login, password } = body;
          const typed = parse(accountInputs.credentials, { login, password });
          const before = cookieOf(request, signIns.sessionCookie);
          const value = await service.signInBrowser(typed, originOf(request), before);
          return redirect(next, [{ name: signIns.sessionCookie, value, maxAgeMs: SESSION_MS }]);
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
        const secret = cookieOf(request, signIns.sessionCookie);
        if (secret !== undefined) await signIns.closeSession(secret);
        return redirect('/', [{ name: signIns.sessionCookie, value: null }]);
      },
      once,
    ),
  ];
}

/** Signing in and out, by the API and by the page, and who one is. */
export function accountRoutes(deps: Deps): readonly Route[] {
  return [...tokenRoutes(deps), ...selfRoutes(deps), ...loginRoutes(deps)];
}
