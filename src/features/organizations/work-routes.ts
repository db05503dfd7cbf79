import { only } from '../../platform/access.ts';
import { inputFromForm } from '../../platform/form.ts';
import { formAnswer, freshForm, refusedForm, type FormState } from '../../platform/form-state.ts';
import { speak } from '../../platform/i18n.ts';
import { invalidField } from '../../platform/problem.ts';
import { html, page, param, redirect, type Context, type Route } from '../../platform/routing.ts';
import { parse } from '../../platform/validate.ts';
import { approvalPage, approvalsPage } from './approval-page.ts';
import { aroundOf, type OrganizationWorkDeps } from './work-around.ts';
import { directoryRoutes } from './directory-routes.ts';
import type { Registration } from './directory-service.ts';
import { profileRoutes } from './profile-routes.ts';
import { organizationWorkStrings } from './work-strings.ts';

function approvalRoutes(deps: OrganizationWorkDeps): readonly Route[] {
  const { service, directory, inputs, names } = deps;
  const around = (context: Context, title: string, done?: unknown) =>
    aroundOf(deps, context, { tab: 'approvals', title, done });
  const show = async (found: Registration, context: Context, state: FormState) =>
    approvalPage(found, await around(context, found.organization.name), {
      state,
      names,
      idempotencyKey: context.operationId,
    });

  return [
    html.get('/manage/approvals', only('administrator', 'officer'), async (request, context) => {
      const title = speak(organizationWorkStrings, context.language).approvalsTitle;
      const found = await directory.pending(context.actor);
      const model = approvalsPage(found, await around(context, title, request.query['done']), names);
      return page('manage/plain', model);
    }),
    html.get('/manage/approvals/:id', only('administrator', 'officer'), async (request, context) => {
      const found = await directory.registration(param(request, 'id'), context.actor);
      return page('manage/plain', await show(found, context, freshForm()));
    }),
    html.post('/manage/approvals/:id', only('administrator', 'officer'), async (request, context) => {
      const id = param(request, 'id');
      return formAnswer(
        async () => {
          const typed = inputFromForm(request.body, context.language, { numbers: ['version'] });
          const input = parse(inputs.approval, typed);
          if (input.decision === 'reject' && input.note === undefined) {
            const { vi, en } = organizationWorkStrings.noteNeeded;
            throw invalidField('/note', { vi, en });
          }
          const { status } = await service.decide(id, input, context.actor);
          return redirect(`/manage/approvals?done=${status === 'active' ? 'approved' : 'rejected'}`);
        },
        async (problem) => {
          const found = await directory.registration(id, context.actor);
          const state = refusedForm(problem, request.body, context.language);
          return page('manage/plain', await show(found, context, state), problem.status);
        },
      );
    }),
  ];
}

/** Pages for looking after organisations, and for a cooperative's own. */
export function organizationWorkRoutes(deps: OrganizationWorkDeps): readonly Route[] {
  return [...approvalRoutes(deps), ...directoryRoutes(deps), ...profileRoutes(deps)];
}
