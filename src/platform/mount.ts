import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import type { Express, NextFunction, Request, Response } from 'express';
import { enforceRule, type Actor } from './access.ts';
import { cookieName, cookieOf, setCookie } from './cookies.ts';
import { CSRF_COOKIE, csrfToken, requireOwnForm } from './csrf.ts';
import { languageOf } from './language.ts';
import { frameOf } from './frame.ts';
import { Problem } from './problem.ts';
import { refuseOtherMethods } from './methods.ts';
import { bodyParsers } from './request-body.ts';
import { renderView } from './views.ts';
import type { Answer, Context, Parts, Route } from './routing.ts';

export const API_PREFIX = '/api/v1';

export type Caller = {
  readonly actor: Actor | null;
  /** How the caller proved who it is: a cookie goes along with every request, a bearer token does not. */
  readonly via: 'cookie' | 'bearer' | 'nothing';
  /** The sign-in that the cookie or token belongs to. */
  readonly signInId: string | null;
};

type Attempt = { readonly key: string; readonly requestHash: string };

export type MountOptions = {
  readonly publicUrl: string;
  readonly csrfSecret: Uint8Array;
  readonly random: { newId(): string; newSecret(): string };
  /** @throws Problem `token-invalid` for a bearer token that is not one of ours */
  authenticate(request: Request): Promise<Caller>;
  /** The record's key and hash for an `Idempotency-Key`. */
  attemptOf(caller: string, key: string, request: { path: string; content: string }): Attempt;
  once(attempt: Attempt, work: (operationId: string) => Promise<Answer>): Promise<Answer>;
};

const IDEMPOTENCY_KEY_MAX_LENGTH = 200;

function idempotencyKeyOf(route: Route, request: Request): string | null {
  if (!route.idempotent) return null;
  const body = request.body as Record<string, unknown> | undefined;
  const key = route.surface === 'page' ? body?.['idempotencyKey'] : request.headers['idempotency-key'];
  if (key === undefined || key === '') return null;
  if (typeof key !== 'string' || key.length > IDEMPOTENCY_KEY_MAX_LENGTH) {
    throw new Problem('malformed', {
      detail: {
        vi: `Idempotency-Key dài nhất ${IDEMPOTENCY_KEY_MAX_LENGTH} ký tự.`,
        en: `An Idempotency-Key has at most ${IDEMPOTENCY_KEY_MAX_LENGTH} characters.`,
      },
    });
  }
  return key;
}

function contentOf(request: Request): string {
  const several = Array.isArray(request.files) ? request.files : [];
  const files = request.file === undefined ? several : [request.file];
  const hashes = files.map((file) => createHash('sha256').update(file.buffer).digest('hex'));
  return `${JSON.stringify(request.body ?? null)}\n${hashes.join(' ')}`;
}

/** Registers routes on the application in the order given. */
export function mountRoutes(app: Express, routes: readonly Route[], options: MountOptions): void {
  const secure = options.publicUrl.startsWith('https://');
  const formCookie = cookieName(CSRF_COOKIE, secure);

  /** The browser's form token; only a page that has a form asks for it, so public pages set no cookie. */
  const tokenFor = (request: Request, response: Response): string => {
    // A page with a form is this browser's own: its token must not be kept for another.
    response.locals['personal'] = true;
    const kept = cookieOf(request, formCookie) ?? (response.locals['formCookie'] as string | undefined);
    const cookie = kept ?? options.random.newSecret();
    if (kept === undefined) {
      response.locals['formCookie'] = cookie;
      setCookie(response, { name: formCookie, value: cookie }, secure);
    }
    return csrfToken(options.csrfSecret, cookie);
  };

  const contextOf = (
    request: Request,
    response: Response,
    made: { caller: Caller; operationId: string },
  ): Context => {
    const language = languageOf(request);
    const { actor, signInId } = made.caller;
    return {
      language,
      actor,
      signInId,
      operationId: made.operationId,
      frame: (frame) =>
        frameOf(frame, {
          language,
          actor,
          url: request.originalUrl,
          publicUrl: options.publicUrl,
          token: () => tokenFor(request, response),
        }),
    };
  };

  /** Who calls is settled before the body is read: a stranger's upload fills nobody's memory. */
  const identify = async (route: Route, request: Request, response: Response): Promise<void> => {
    const caller = await options.authenticate(request);
    enforceRule(route.access, caller.actor);
    response.locals['caller'] = caller;
    response.locals['personal'] = caller.actor !== null;
  };

  const run = async (route: Route, request: Request, response: Response): Promise<void> => {
    const caller = response.locals['caller'] as Caller;
    if (route.method !== 'get' && (route.surface === 'page' || caller.via === 'cookie')) {
      const cookie = cookieOf(request, formCookie);
      requireOwnForm(request, { secret: options.csrfSecret, cookie, publicUrl: options.publicUrl });
    }
    const work = async (operationId: string): Promise<Answer> =>
      route.handler(request, contextOf(request, response, { caller, operationId }));
    const key = idempotencyKeyOf(route, request);
    const answer =
      key === null
        ? await work(options.random.newId())
        : await options.once(
            options.attemptOf(caller.actor?.userId ?? 'guest', key, {
              path: `${route.method} ${request.path}`,
              content: contentOf(request),
            }),
            work,
          );
    await sendAnswer(response, answer, { request, secure });
  };

  for (const route of routes) {
    const path = pathOf(route.surface, route.path);
    app[route.method](
      path,
      (_request, response, next) => {
        response.locals['surface'] = route.surface;
        response.locals['route'] = path;
        next();
      },
      async (request: Request, response: Response, next: NextFunction) => {
        await identify(route, request, response);
        next();
      },
      ...bodyParsers(route),
      (request: Request, response: Response) => run(route, request, response),
    );
  }
  refuseOtherMethods(
    app,
    routes.map(({ surface, method, path }) => ({ surface, method, path: pathOf(surface, path) })),
  );
}

const pathOf = (surface: Route['surface'], path: string): string =>
  surface === 'api' ? `${API_PREFIX}${path}` : path;

/** What is said in a language and, at a label's code, in two forms must not be mixed up by a shared cache. */
function saysIn(response: Response, request: Request): void {
  response.set('Content-Language', languageOf(request));
  for (const name of ['Accept', 'Accept-Language', 'Cookie']) response.vary(name);
}

/** What depends on who asks is kept by no cache, not even the browser's own: a shared phone has a Back button. */
function setCaching(response: Response, sharedSeconds: number | undefined): void {
  if (response.hasHeader('Cache-Control')) return;
  const personal = response.locals['personal'] === true || response.hasHeader('set-cookie');
  const shared = sharedSeconds === undefined ? 'no-cache' : `public, max-age=${sharedSeconds}`;
  response.set('Cache-Control', personal ? 'private, no-store' : shared);
}

/** A day: long enough to spare a request, short enough to take a mistake back. */
const MOVED_MAX_AGE_S = 24 * 3600;

async function sendAnswer(
  response: Response,
  answer: Answer,
  { request, secure }: { request: Request; secure: boolean },
): Promise<void> {
  if ('headers' in answer) response.set(answer.headers ?? {});
  switch (answer.kind) {
    case 'json':
      saysIn(response, request);
      response.vary('Authorization');
      setCaching(response, undefined);
      response.status(answer.status).json(answer.body);
      return;
    case 'page': {
      saysIn(response, request);
      // Only making the page tells whether it has a form of this browser's.
      const made = renderView(answer.view, answer.model);
      setCaching(response, answer.sharedSeconds);
      response.status(answer.status).type('html').send(made);
      return;
    }
    case 'redirect':
      for (const cookie of answer.cookies ?? []) setCookie(response, cookie, secure);
      if (answer.permanent === true) response.set('Cache-Control', `public, max-age=${MOVED_MAX_AGE_S}`);
      setCaching(response, undefined);
      response.redirect(answer.permanent === true ? 308 : 303, answer.to);
      return;
    case 'bytes':
      setCaching(response, undefined);
      response.type(answer.type).send(answer.body);
      return;
    case 'stream':
      setCaching(response, undefined);
      response.status(answer.status ?? 200).type(answer.type);
      if (request.method === 'HEAD') response.end();
      else if ('next' in answer.body) await sendParts(response, answer.body);
      else await pipeline(answer.body, response).catch(ignoreDisconnect);
      return;
    case 'empty':
      response.status(204).end();
      return;
    default:
      answer satisfies never;
  }
}

/** Each part is given to the system before the next is asked for: who reads slowly is sent slowly. */
async function sendParts(response: Response, parts: Parts): Promise<void> {
  const gone = new Promise<void>((resolve) => response.once('close', resolve));
  try {
    for (let part = await parts.next(); part !== null; part = await parts.next()) {
      const bytes = part;
      await Promise.race([gone, new Promise<unknown>((resolve) => response.write(bytes, resolve))]);
      if (response.destroyed) return;
      parts.sent();
    }
    response.end();
  } catch (error) {
    // What was sent is not the whole: the connection must not end as if it were.
    if (response.headersSent) response.destroy();
    throw error;
  } finally {
    parts.close();
  }
}

/** A client that went away in mid-download is no fault of the server's. */
function ignoreDisconnect(error: unknown): void {
  if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
}
