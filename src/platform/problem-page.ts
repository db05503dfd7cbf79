import { PROBLEMS, type Problem } from './problem.ts';
import { problemStrings } from './strings.ts';
import { speak } from './i18n.ts';
import type { PageFrame } from './page-frame.ts';
import type { ProblemPageModel } from './problem-view-model.ts';
import type { CodeBoxModel, LinkModel } from './view-parts.ts';

/** Where to go on: for a missing page, to what can be looked at; for somebody refused, to where they may work. */
function onward(problem: Problem, page: PageFrame): readonly LinkModel[] {
  const t = speak(problemStrings, page.language);
  const home = { label: t.toHome, href: '/' };
  const work = page.user === null ? [] : [{ label: t.toWorkplace, href: page.user.manageHref }];
  switch (problem.status) {
    case 401:
      return [{ label: t.toSignIn, href: '/login' }, home];
    case 403:
      return [...work, home];
    case 404:
      return [
        ...work,
        { label: t.toProducts, href: '/products' },
        { label: t.toCooperatives, href: '/cooperatives' },
        { label: t.toProvinces, href: '/provinces' },
        home,
      ];
    default:
      return [...work, home];
  }
}

function detailOf(problem: Problem, page: PageFrame): string | null {
  const { detail, errors } = problem.options;
  const told = (detail ?? errors?.[0]?.detail)?.[page.language];
  if (told !== undefined) return told;
  const t = speak(problemStrings, page.language);
  if (problem.status === 404) return t.missingDetail;
  return problem.status === 500 ? t.internalDetail : null;
}

/** A problem as a page that says what happened and where to go on. */
export function problemPage(problem: Problem, page: PageFrame, codeBox: CodeBoxModel): ProblemPageModel {
  const incident = problem.options.members?.['incident'];
  const t = speak(problemStrings, page.language);
  return {
    page,
    t,
    status: problem.status,
    title: problem.status === 404 ? t.missingTitle : PROBLEMS[problem.code].title[page.language],
    detail: detailOf(problem, page),
    reference: typeof incident === 'string' ? incident : null,
    links: onward(problem, page),
    codeBox: problem.status === 404 ? codeBox : null,
  };
}
