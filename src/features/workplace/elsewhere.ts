import type { Actor } from '../../platform/access.ts';
import { speak } from '../../platform/i18n.ts';
import { page, type Answer, type Context } from '../../platform/routing.ts';
import { workingMembership, type Workplace } from '../../platform/work-frame.ts';
import { administratorPage, officerPage, type OfficePageDeps } from './office-page.ts';
import { officeService, type OfficeDeps } from './office-service.ts';
import { shopPage } from './shop-page.ts';
import { todayStrings } from './strings.ts';

export type ElsewhereDeps = OfficeDeps & {
  readonly workplaceFrame: Workplace;
  readonly pages: OfficePageDeps;
};

/** The first screen of the administrator, of officers and of a shop's people; null for anybody else. */
export function todayElsewhere(deps: ElsewhereDeps): (context: Context) => Promise<Answer | null> {
  const service = officeService(deps);
  const around = async (context: Context) => ({
    work: await deps.workplaceFrame.frameFor(context, 'today'),
    frame: context.frame({ title: speak(todayStrings, context.language).title }),
  });

  async function officeToday(actor: Actor, context: Context): Promise<Answer | null> {
    if (actor.administrator) {
      const found = await service.administrator(actor);
      return page('manage/plain', administratorPage(found, await around(context), deps.pages));
    }
    const membership = workingMembership(actor);
    if (membership?.role !== 'officer') return null;
    const found = await service.officer(actor, membership.provinceCode);
    return page('manage/plain', officerPage(found, await around(context), deps.pages));
  }

  return async (context) => {
    const { actor } = context;
    if (actor === null) return null;
    const membership = workingMembership(actor);
    if (membership?.kind !== 'retailer') return officeToday(actor, context);
    const role = membership.role === 'manager' ? 'manager' : 'staff';
    return page('manage/shop', shopPage(await around(context), role));
  };
}
