import { PROBLEMS, type Problem } from './problem.ts';
import { problemStrings } from './strings.ts';
import { speak } from './i18n.ts';
import type { PageFrame } from './page-frame.ts';
import type { ProblemPageModel } from './problem-view-model.ts';

/** A problem as a page that says what happened and where to go on. */
export function problemPage(problem: Problem, page: PageFrame): ProblemPageModel {
  const t = speak(problemStrings, page.language);
  const { detail, members, errors } = problem.options;
  const incident = members?.['incident'];
  return {
    page,
    t,
    status: problem.status,
    title: PROBLEMS[problem.code].title[page.language],
    detail: (detail ?? errors?.[0]?.detail)?.[page.language] ?? null,
    reference: typeof incident === 'string' ? incident : null,
    links: [],
    codeBox: null,
  };
}
