import { randomUUID } from 'node:crypto';
import type { ErrorRequestHandler, Request, Response } from 'express';
import { languageOf } from './language.ts';
import { frameOf } from './frame.ts';
import { PROBLEMS, Problem, problemBody } from './problem.ts';
import { renderView } from './views.ts';
import { problemPage } from './problem-page.ts';
import type { Actor } from './access.ts';
import type { Language } from './i18n.ts';
import type { Log } from './log.ts';
import type { CodeBoxModel } from './view-parts.ts';

type ParserError = { readonly type?: string; readonly status?: number };

const UNREADABLE_JSON = {
  vi: 'Nội dung không phải là JSON hợp lệ.',
  en: 'The content is not valid JSON.',
};

/** What the body parsers and Express itself throw, as problems; anything else is a bug of ours. */
function problemOf(error: unknown): Problem | null {
  if (error instanceof Problem) return error;
  if (error instanceof URIError) return new Problem('malformed');
  const { type, status } = error as ParserError;
  if (type === 'entity.too.large' || type === 'parameters.too.many') return new Problem('too-large');
  if (type === 'entity.parse.failed') return new Problem('malformed', { detail: UNREADABLE_JSON });
  if (type === 'encoding.unsupported' || type === 'charset.unsupported') return new Problem('media-type');
  if (status === 413) return new Problem('too-large');
  if (status === 415) return new Problem('media-type');
  if (status !== undefined && status >= 400 && status < 500) return new Problem('malformed');
  return null;
}

const DATABASE_DOWN = {
  vi: 'Cơ sở dữ liệu không trả lời hoặc không nhận thay đổi. Vui lòng gửi lại sau ít phút.',
  en: 'The database does not answer, or takes no changes. Please send it again in a few minutes.',
};
const RETRY_AFTER_S = '60';

function problemOfDatabase(error: unknown, request: Request, deps: ProblemsExitDeps): Problem | null {
  if (!deps.isDatabaseDown(error)) return null;
  deps.log.error({ err: error, method: request.method, path: request.path }, 'the database refused');
  return new Problem('not-ready', { detail: DATABASE_DOWN, headers: { 'Retry-After': RETRY_AFTER_S } });
}

function wantsPage(request: Request, response: Response): boolean {
  if (request.path.startsWith('/api/')) return false;
  return response.locals['surface'] === 'api' ? false : request.accepts(['html', 'json']) === 'html';
}

export type ProblemsExitDeps = {
  readonly publicUrl: string;
  readonly log: Log;
  /** Whether it is the database that does not answer, or takes no writes: not a fault of the program. */
  isDatabaseDown(error: unknown): boolean;
  /** The box for a label's code: somebody who finds no page may have wanted to type one. */
  codeBox(language: Language): CodeBoxModel;
};

/** The one exit of everything that goes wrong: RFC 9457 for programs, a page for people. */
export function problemsExit(deps: ProblemsExitDeps): ErrorRequestHandler {
  return (error: unknown, request, response, _next) => {
    if (response.headersSent) {
      // Cut off, so that nobody takes what has been sent for the whole.
      deps.log.error({ err: error, method: request.method, path: request.path }, 'an answer broke off');
      response.destroy();
      return;
    }
    const language = languageOf(request);
    const expected = problemOf(error) ?? problemOfDatabase(error, request, deps);
    const incident = expected === null ? randomUUID() : undefined;
    if (incident !== undefined) {
      deps.log.error(
        { err: error, incident, method: request.method, path: request.path },
        'unexpected error',
      );
    }
    const problem = expected ?? new Problem('internal', { members: { incident } });
    response.set(problem.options.headers ?? {}).status(problem.status);
    if (problem.status === 401 && request.path.startsWith('/api/'))
      response.set('WWW-Authenticate', 'Bearer');
    response.set('Cache-Control', 'no-store').set('Content-Language', language);
    for (const name of ['Accept', 'Accept-Language', 'Cookie']) response.vary(name);
    if (wantsPage(request, response)) {
      sendPage({ request, response, problem }, deps);
      return;
    }
    const place = { publicUrl: deps.publicUrl, instance: request.originalUrl.split('?', 1)[0] ?? '/' };
    response.type('application/problem+json').send(JSON.stringify(problemBody(problem, language, place)));
  };
}

type Failure = { readonly request: Request; readonly response: Response; readonly problem: Problem };

function sendPage({ request, response, problem }: Failure, deps: ProblemsExitDeps): void {
  const language = languageOf(request);
  if (problem.code === 'sign-in-first' && request.method === 'GET') {
    response.redirect(303, `/login?next=${encodeURIComponent(request.originalUrl)}`);
    return;
  }
  const frame = frameOf(
    { title: PROBLEMS[problem.code].title[language], indexed: false },
    {
      language,
      actor: (response.locals['caller'] as { actor: Actor | null } | undefined)?.actor ?? null,
      url: request.originalUrl,
      publicUrl: deps.publicUrl,
      token: () => '',
    },
  );
  const model = problemPage(problem, frame, deps.codeBox(language));
  response.type('html').send(renderView('problem/page', model));
}
