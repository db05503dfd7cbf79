import { everyone } from '../../platform/access.ts';
import { speak } from '../../platform/i18n.ts';
import { PROBLEMS, Problem, type ProblemCode } from '../../platform/problem.ts';
import { html, ok, param, publicPage, type Answer, type Route } from '../../platform/routing.ts';
import { PROBLEM_MEANINGS } from './problem-meanings.ts';
import { problemStrings } from './problem-strings.ts';
import type { ProblemAboutModel } from './view-model.ts';

/** These pages change with a new version of the server only. */
const SHARED_S = 3600;

const isCode = (text: string): text is ProblemCode => Object.hasOwn(PROBLEMS, text);

/** In the order of their status. */
const CODES = (Object.keys(PROBLEMS) as ProblemCode[]).sort(
  (a, b) => PROBLEMS[a].status - PROBLEMS[b].status,
);

/** What a program that follows a problem's `type` is told, in both languages. */
function description(code: ProblemCode, publicUrl: string) {
  const { status, title } = PROBLEMS[code];
  return { type: `${publicUrl}/problems/${code}`, code, status, title, meaning: PROBLEM_MEANINGS[code] };
}

/** The pages behind the `type` of every problem. Source: RFC 9457 §3.1.1, a type that resolves documents itself. */
export function problemRoutes(publicUrl: string): readonly Route[] {
  return [
    html.get('/problems', everyone(), (request, context): Answer => {
      if (request.accepts(['html', 'json']) === 'json') {
        return ok({ items: CODES.map((code) => description(code, publicUrl)), next: null });
      }
      const t = speak(problemStrings, context.language);
      const model: ProblemAboutModel = {
        page: context.frame({ title: t.listTitle, indexed: false }),
        t,
        title: t.listTitle,
        lead: t.listLead,
        problems: CODES.map((code) => ({
          code,
          status: String(PROBLEMS[code].status),
          title: PROBLEMS[code].title[context.language],
          href: `/problems/${code}`,
        })),
        one: null,
      };
      return publicPage('problem/about', model, SHARED_S);
    }),
    html.get('/problems/:code', everyone(), (request, context): Answer => {
      const code = param(request, 'code');
      if (!isCode(code)) throw new Problem('not-found');
      if (request.accepts(['html', 'json']) === 'json') return ok(description(code, publicUrl));
      const { language } = context;
      const t = speak(problemStrings, language);
      const { status, title } = PROBLEMS[code];
      const model: ProblemAboutModel = {
        page: context.frame({ title: title[language], indexed: false }),
        t,
        title: title[language],
        lead: PROBLEM_MEANINGS[code][language],
        problems: [],
        one: [
          { label: t.status, value: String(status) },
          { label: t.code, value: code },
          { label: t.type, value: `${publicUrl}/problems/${code}` },
        ],
      };
      return publicPage('problem/about', model, SHARED_S);
    }),
  ];
}
