import { speak } from '../../platform/i18n.ts';
import { doneNotice } from '../../platform/plain-page.ts';
import type { Context } from '../../platform/routing.ts';
import type { Workplace, WorkTab } from '../../platform/work-frame.ts';
import type { Around, Names } from './approval-page.ts';
import type { DirectoryService } from './directory-service.ts';
import type { OrganizationInputs } from './input.ts';
import type { FormPlaces } from './places.ts';
import type { OrganizationService } from './service.ts';
import { organizationDone } from './work-strings.ts';

export type OrganizationWorkDeps = {
  readonly service: OrganizationService;
  readonly directory: DirectoryService;
  readonly inputs: OrganizationInputs;
  readonly places: FormPlaces;
  readonly names: Names;
  readonly workplaceFrame: Workplace;
};

/** What stands around a page of this feature in the workplace. */
export async function aroundOf(
  deps: Pick<OrganizationWorkDeps, 'workplaceFrame'>,
  context: Context,
  at: { readonly tab: WorkTab; readonly title: string; readonly done?: unknown },
): Promise<Around> {
  return {
    frame: context.frame({ title: at.title }),
    work: await deps.workplaceFrame.frameFor(context, at.tab),
    done: doneNotice<typeof organizationDone>(at.done, speak(organizationDone, context.language)),
  };
}
