import type { Request } from 'express';
import { only, requireRole } from '../../platform/access.ts';
import { inputFromForm } from '../../platform/form.ts';
import { formAnswer, freshForm, refusedForm, type FormState } from '../../platform/form-state.ts';
import { speak } from '../../platform/i18n.ts';
import { Problem } from '../../platform/problem.ts';
import { html, page, redirect, type Answer, type Context, type Route } from '../../platform/routing.ts';
import { parse } from '../../platform/validate.ts';
import { ownCooperativeId } from '../../platform/work-frame.ts';
import type { CooperativeChange } from './input.ts';
import { profilePage, profileValues } from './profile-page.ts';
import { aboutCommunes, withCommune } from './register-routes.ts';
import type { StoredOrganization } from './store.ts';
import { aroundOf, type OrganizationWorkDeps } from './work-around.ts';
import { organizationWorkStrings } from './work-strings.ts';

/** What a form leaves empty is taken away. */
const REMOVABLE = [
  'communeCode',
  'taxCode',
  'phone',
  'email',
  'foundedOn',
  'memberCount',
  'nameEn',
  'description',
] as const;

/** A manager's page of the cooperative's own record. */
export function profileRoutes(deps: OrganizationWorkDeps): readonly Route[] {
  const { service, inputs, places, names } = deps;

  async function own({ actor }: Context): Promise<StoredOrganization> {
    const organization = await service.read(ownCooperativeId(actor), actor);
    requireRole(actor, organization, ['manager']);
    return organization;
  }

  async function show(context: Context, done: unknown, stateOf: (own: StoredOrganization) => FormState) {
    const organization = await own(context);
    const history = await service.history(organization);
    const title = speak(organizationWorkStrings, context.language).profileTitle;
    const around = await aroundOf(deps, context, { tab: 'more', title, done });
    const form = { state: stateOf(organization), idempotencyKey: context.operationId, places, names };
    return profilePage({ organization, history }, around, form);
  }

  /** A form says everything at once: what is empty in it is to be removed. */
  function changeIn(request: Request, context: Context): CooperativeChange {
    const { provinceCode, ...typed } = withCommune(
      inputFromForm(request.body, context.language, { numbers: ['memberCount', 'version'] }),
      places,
    );
    const removed = Object.fromEntries(REMOVABLE.map((name) => [name, null]));
    try {
      return parse(inputs.change, { name: '', address: '', ...removed, ...typed });
    } catch (error) {
      throw error instanceof Problem
        ? aboutCommunes(error, { ...typed, provinceCode }, '/communeCode')
        : error;
    }
  }

  const again =
    (request: Request, context: Context) =>
    async (problem: Problem): Promise<Answer> => {
      const state = refusedForm(problem, request.body, context.language);
      return page('manage/plain', await show(context, undefined, () => state), problem.status);
    };

  return [
    html.get('/manage/cooperative', only('manager'), async (request, context) =>
      page(
        'manage/plain',
        await show(context, request.query['done'], (organization) =>
          freshForm(profileValues(organization, names)),
        ),
      ),
    ),
    html.post('/manage/cooperative', only('manager'), async (request, context) =>
      formAnswer(
        async () => {
          await service.change(ownCooperativeId(context.actor), changeIn(request, context), context.actor);
          return redirect('/manage/cooperative?done=saved');
        },
        again(request, context),
      ),
    ),
    html.post('/manage/cooperative/resubmission', only('manager'), async (_request, context) => {
      await service.askAgain(ownCooperativeId(context.actor), context.actor);
      return redirect('/manage/cooperative?done=again');
    }),
  ];
}
