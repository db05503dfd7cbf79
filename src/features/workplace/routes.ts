import { signedIn } from '../../platform/access.ts';
import { Problem } from '../../platform/problem.ts';
import { speak } from '../../platform/i18n.ts';
import { html, page, type Answer, type Context, type Route } from '../../platform/routing.ts';
import { workingMembership, type Workplace } from '../../platform/work-frame.ts';
import { menuPage, todayPage, waitingPage, type TodayPageDeps } from './page.ts';
import type { TodayService } from './service.ts';
import { todayStrings } from './strings.ts';

export type WorkplaceRoutesDeps = {
  readonly service: TodayService;
  readonly workplaceFrame: Workplace;
  readonly pages: TodayPageDeps;
  /** The first screen of whoever does not work in a cooperative; null where there is none for them. */
  today(context: Context): Promise<Answer | null>;
};

/** `/manage`: what a person can do now, by what kind of organisation they work in. */
export function workplaceRoutes(deps: WorkplaceRoutesDeps): readonly Route[] {
  async function cooperativeToday(cooperativeId: string, context: Context): Promise<Answer> {
    const today = await deps.service.today(cooperativeId);
    const work = await deps.workplaceFrame.frameFor(context, 'today');
    const frame = context.frame({
      title: speak(todayStrings, context.language).title,
      demo: today.cooperative.demo,
    });
    return today.kind === 'waiting'
      ? page('manage/waiting', waitingPage(today, { frame, work }))
      : page('manage/today', todayPage(today, { frame, work, role: roleOf(context) }, deps.pages));
  }

  return [
    html.get('/manage', signedIn(), async (_request, context) => {
      if (context.actor === null) throw new Problem('sign-in-first');
      const membership = workingMembership(context.actor);
      if (membership?.kind === 'cooperative') return cooperativeToday(membership.organizationId, context);
      const elsewhere = await deps.today(context);
      if (elsewhere !== null) return elsewhere;
      const work = await deps.workplaceFrame.frameFor(context, 'today');
      const frame = context.frame({ title: speak(todayStrings, context.language).title });
      return page('manage/menu', menuPage({ frame, work }));
    }),
  ];
}

const roleOf = ({ actor }: Context): 'manager' | 'clerk' =>
  actor !== null && workingMembership(actor)?.role === 'manager' ? 'manager' : 'clerk';
