import type { Request } from 'express';
import { readCode } from '../../domain/batch-code/batch-code.ts';
import { everyone } from '../../platform/access.ts';
import { Problem } from '../../platform/problem.ts';
import {
  api,
  html,
  ok,
  page,
  param,
  publicPage,
  type Answer,
  type Context,
  type Route,
} from '../../platform/routing.ts';
import { traceAnswer, type TraceAnswerDeps } from './answers.ts';
import { productImage } from '../products/contract.ts';
import { codeBox } from '../verification/contract.ts';
import { tracePage, traceTitle, type TracePageDeps } from './page.ts';
import type { TraceService } from './service.ts';
import type { CodeTries } from './tries.ts';

export type TraceRoutesDeps = {
  readonly service: TraceService;
  readonly tries: CodeTries;
  readonly answers: Omit<TraceAnswerDeps, 'language' | 'today'>;
  readonly pages: Omit<TracePageDeps, 'today'>;
  today(): string;
};

/** A shared cache may keep a page this long: a recall must be seen everywhere within two seconds. */
const TRACE_SHARED_S = 2;
const CACHE = { 'Cache-Control': `public, max-age=${TRACE_SHARED_S}` };

/** The trace page and its data. `/{code}` comes last of all routes: it matches any single word. */
export function traceRoutes({ service, tries, answers, pages, today }: TraceRoutesDeps): readonly Route[] {
  async function traced(code: string, request: Request) {
    const address = request.ip ?? '';
    tries.check(address);
    const trace = await service.trace(code);
    tries.count(address, [trace.verdict]);
    return trace;
  }

  async function answerOf(code: string, request: Request, { language }: Context) {
    return traceAnswer(await traced(code, request), { ...answers, language, today: today() });
  }

  async function pageOf(request: Request, context: Context): Promise<Answer> {
    const typed = param(request, 'code');
    // What has not even the shape of a code is an ordinary missing page.
    if (!looksLikeCode(typed)) throw new Problem('not-found');
    const wanted = request.accepts(['html', 'json']);
    if (wanted === 'json') {
      const body = await answerOf(typed, request, context);
      return { kind: 'json', status: body.product === null ? 404 : 200, body, headers: CACHE };
    }
    const trace = await traced(typed, request);
    const deps = { ...pages, today: today() };
    const frame = context.frame({
      ...traceTitle(trace, context.language, deps),
      demo: trace.subject?.cooperative.demo ?? false,
      image: productImage(trace.subject?.product),
      // A label is for whoever holds it; the product's page is what a search should find.
      indexed: false,
    });
    const model = tracePage(trace, frame, { ...deps, box: codeBox(context.language, typed) });
    return trace.subject === null
      ? page('trace/page', model, 404)
      : publicPage('trace/page', model, TRACE_SHARED_S);
  }

  return [
    api.get(
      '/trace/:code',
      everyone(),
      async (request, context) => ok(await answerOf(param(request, 'code'), request, context), CACHE),
      {
        doc: { summary: 'Everything that a label’s code leads to' },
      },
    ),
    html.get('/:code', everyone(), pageOf),
  ];
}

/** Twelve or twenty letters and digits after tolerance, with a digit or in one of the forms that labels print. */
function looksLikeCode(typed: string): boolean {
  if (readCode(typed) !== null) return true;
  const bare = typed.replace(/[\s-]/g, '');
  return /^[0-9A-Za-z]+$/.test(bare) && (bare.length === 12 || bare.length === 20) && /\d/.test(bare);
}
