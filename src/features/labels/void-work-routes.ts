import { only } from '../../platform/access.ts';
import { freshForm, formAnswer, refusedForm, type FormState } from '../../platform/form-state.ts';
import { typedValues } from '../../platform/form.ts';
import { speak } from '../../platform/i18n.ts';
import { html, page, param, redirect, type Context, type Route } from '../../platform/routing.ts';
import type { StoredRun } from './store.ts';
import { readVoidForm } from './void-form.ts';
import { voidConfirmPage, voidPage } from './void-page.ts';
import { voidStrings } from './void-strings.ts';
import type { NamedLabels } from './voids.ts';
import type { LabelWorkDeps } from './work-routes.ts';

const NOTHING: NamedLabels = { numbers: [], codes: [] };

/** Pages for voiding labels: what to void, exactly what that does, then the record. */
export function voidWorkRoutes({ voids, workplaceFrame }: LabelWorkDeps): readonly Route[] {
  async function making(run: StoredRun, state: FormState, context: Context) {
    const title = speak(voidStrings, context.language).title({
      run: String(run.run),
      lot: run.facts.lotNumber,
    });
    return {
      frame: context.frame({ title, demo: run.demo }),
      work: await workplaceFrame.frameFor(context, 'labels'),
      run,
      state,
      idempotencyKey: context.operationId,
    };
  }

  return [
    html.get('/manage/print-runs/:id/void', only('manager'), async (request, context) => {
      const { run } = await voids.look(param(request, 'id'), NOTHING, context.actor);
      return page('manage/void', voidPage(await making(run, freshForm(), context)));
    }),
    html.post('/manage/print-runs/:id/void', only('manager'), async (request, context) => {
      const id = param(request, 'id');
      const body = (request.body ?? {}) as Readonly<Record<string, unknown>>;
      if (body['change'] === '1') {
        const { run } = await voids.look(id, NOTHING, context.actor);
        const state = freshForm(typedValues(body));
        return page('manage/void', voidPage(await making(run, state, context)));
      }
      return formAnswer(
        async () => {
          const { reason, ...named } = readVoidForm(body);
          if (body['confirm'] === '1') {
            const operation = { actor: context.actor, id: context.operationId };
            await voids.record(id, { numbers: named.numbers, reason }, operation);
            return redirect(`/manage/print-runs/${id}?done=voided#history`);
          }
          const plan = await voids.look(id, named, context.actor);
          const around = await making(plan.run, freshForm(), context);
          return page('manage/void', voidConfirmPage({ ...around, plan, reason, typed: typedValues(body) }));
        },
        async (problem) => {
          const { run } = await voids.look(id, NOTHING, context.actor);
          const state = refusedForm(problem, body, context.language);
          return page('manage/void', voidPage(await making(run, state, context)), problem.status);
        },
      );
    }),
  ];
}
