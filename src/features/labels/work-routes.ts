import { only } from '../../platform/access.ts';
import { freshForm, formAnswer, isMendable, refusedForm, type FormState } from '../../platform/form-state.ts';
import { formatNumber } from '../../platform/format.ts';
import { speak, type Language } from '../../platform/i18n.ts';
import { Problem } from '../../platform/problem.ts';
import { html, page, param, redirect, type Context, type Route } from '../../platform/routing.ts';
import { parse } from '../../platform/validate.ts';
import { typedValues } from '../../platform/form.ts';
import type { Workplace } from '../../platform/work-frame.ts';
import type { LabelTemplate } from '../../domain/label/template.ts';
import type { Batches, Measures } from '../batches/contract.ts';
import type { Organizations } from '../organizations/contract.ts';
import type { Products } from '../products/contract.ts';
import type { Offered } from './choices.ts';
import type { Balance } from './contract.ts';
import type { LabelAccounts } from './accounts.ts';
import type { Downloads } from './files.ts';
import type { RunHistory } from './history.ts';
import { LABELS_MAX, printRunInput } from './input.ts';
import type { ReprintService } from './reprints.ts';
import { voidWorkRoutes } from './void-work-routes.ts';
import type { VoidService } from './voids.ts';
import { runWorkRoutes } from './run-work-routes.ts';
import { previewQuery } from './preview.ts';
import type { BatchPlace, Draft, LabelService } from './service.ts';
import type { StoredRun } from './store.ts';
import { newLabelsPage } from './work-page.ts';
import { codesOf, filledCount, mostOf, partUsed, runFromForm } from './work-form.ts';
import { labelWorkStrings } from './work-strings.ts';

export type LabelWorkDeps = {
  readonly reprints: ReprintService;
  readonly voids: VoidService;
  readonly service: LabelService;
  readonly files: Downloads;
  readonly history: RunHistory;
  readonly accounts: LabelAccounts;
  readonly workplaceFrame: Workplace;
  readonly batches: Batches;
  readonly products: Products;
  readonly organizations: Organizations;
  readonly measures: Measures;
};

/** The sheet that most shops have: 21 labels on A4. */
const USUAL_TEMPLATE = 'avery-l7160';

/** What a form shows of a calibration; nothing of one that changes nothing. */
function typedCalibration(last: StoredRun | undefined, language: Language): Readonly<Record<string, string>> {
  if (last === undefined) return {};
  const { xMm, yMm, scale } = last.calibration;
  if (xMm === 0 && yMm === 0 && scale === 1) return {};
  const show = (value: number) => formatNumber(value, language);
  return {
    'calibration.xMm': show(xMm),
    'calibration.yMm': show(yMm),
    'calibration.scale': show(Number((scale * 100).toFixed(4))),
  };
}

type Values = Readonly<Record<string, string>>;
type Known = {
  readonly balance: Balance;
  readonly last: StoredRun | undefined;
  readonly offered: Offered;
  readonly templates: readonly LabelTemplate[];
};

/** Pages of the label tab. */
export function labelWorkRoutes(deps: LabelWorkDeps): readonly Route[] {
  const { service, workplaceFrame } = deps;

  function ownAmong(templates: readonly LabelTemplate[]): ReadonlySet<string> {
    const standard = new Set(service.usableTemplates().map(({ id }) => id));
    return new Set(templates.map(({ id }) => id).filter((id) => !standard.has(id)));
  }

  async function lastRun(at: BatchPlace, context: Context): Promise<StoredRun | undefined> {
    return (await service.list(at.cooperative.id, { limit: 1 }, context.actor)).items[0];
  }

  /** What a form begins with: paper and printer as last time, all that lack a label, from the first place. */
  function beginning({ balance, last, offered, templates }: Known, language: Language): Values {
    const isThere = templates.some(({ id }) => id === last?.template.id);
    const template = isThere && last !== undefined ? last.template.id : USUAL_TEMPLATE;
    const printer = offered.printers.find(({ id }) => id === last?.printer?.id)?.id;
    const codes = codesOf({}, balance);
    const left = mostOf(balance, codes) ?? 0;
    return {
      template,
      codes,
      count: String(Math.min(LABELS_MAX, left > 0 ? left : placesOf(templates, template))),
      startAt: '1',
      language: 'vi',
      numbered: 'false',
      shuffled: 'false',
      layout: offered.usualLayout,
      printer: printer ?? '',
      // What the printer keeps is not typed as well.
      ...(printer === undefined ? typedCalibration(last, language) : {}),
    };
  }

  async function balanceOf({ batch }: BatchPlace): Promise<Balance> {
    const balance = (await service.contract.balancesOf([batch])).get(batch.id);
    if (balance === undefined) throw new Error(`Batch ${batch.id} has no account`);
    return balance;
  }

  /** The count that a button fills in. */
  async function filled(at: BatchPlace, typed: Values, value: unknown): Promise<Values> {
    const balance = await balanceOf(at);
    const most = mostOf(balance, codesOf(typed, balance));
    if (value === 'left' && most !== null) return { ...typed, count: String(Math.min(LABELS_MAX, most)) };
    const outcome = await drawn(at, typed);
    if (outcome instanceof Problem) return typed;
    return { ...typed, count: String(filledCount(outcome.plan, most)) };
  }

  async function drawn(at: BatchPlace, values: Values): Promise<Draft | Problem> {
    try {
      const asked = parse(previewQuery, {
        template: values['template'],
        count: values['count'],
        startAt: values['startAt'],
        language: values['language'],
        goodsLabel: values['goodsLabel'],
        layout: values['layout'],
        codes: values['codes'],
        numbered: values['numbered'],
      });
      return await service.draft(at, asked);
    } catch (error) {
      if (!isMendable(error)) throw error;
      return error;
    }
  }

  async function form(at: BatchPlace, context: Context, given: { state: FormState; status?: number } | null) {
    const cooperativeId = at.cooperative.id;
    const [templates, offered, last, balance] = await Promise.all([
      service.templatesOf(cooperativeId),
      service.offered(cooperativeId),
      lastRun(at, context),
      balanceOf(at),
    ]);
    const known = { balance, last, offered, templates };
    const state = given?.state ?? freshForm(beginning(known, context.language));
    const onPaper = await service.lastOn(cooperativeId, state.values['template'] ?? '');
    const outcome = await drawn(at, state.values);
    const draft = outcome instanceof Problem ? null : outcome;
    const shown =
      outcome instanceof Problem && state.errors.size === 0
        ? { ...refusedForm(outcome, {}, context.language), values: state.values }
        : state;
    const title = speak(labelWorkStrings, context.language).newTitle({ lot: at.batch.lotNumber });
    const frame = context.frame({ title, demo: at.batch.demo });
    const work = await workplaceFrame.frameFor(context, 'labels');
    const model = newLabelsPage({
      frame,
      work,
      at,
      state: shown,
      templates,
      partUsed: partUsed(onPaper ?? undefined),
      offered,
      own: ownAmong(templates),
      calibrationHref: service.calibrationPath(cooperativeId, state.values['template'] ?? ''),
      balance,
      draft,
      fittingLayout: outcome instanceof Problem ? fittingLayoutOf(outcome) : null,
      idempotencyKey: context.operationId,
    });
    return page('manage/labels-new', model, given?.status ?? 200);
  }

  return [
    html.get('/manage/batches/:id/labels', only('clerk', 'manager'), async (request, context) =>
      form(await service.place(param(request, 'id'), context.actor), context, null),
    ),

    html.post('/manage/batches/:id/labels', only('clerk', 'manager'), async (request, context) => {
      const id = param(request, 'id');
      const body = (request.body ?? {}) as Readonly<Record<string, unknown>>;
      if (['preview', 'fill', 'fit'].some((button) => body[button] !== undefined)) {
        const at = await service.place(id, context.actor);
        const { fill, fit, ...typed } = typedValues(body);
        const chosen = fit === undefined ? typed : { ...typed, layout: fit };
        const values = fill === undefined ? chosen : await filled(at, chosen, fill);
        return form(at, context, { state: freshForm(values) });
      }
      return formAnswer(
        async () => {
          const input = parse(printRunInput, runFromForm(body, context.language));
          const run = await service.create(id, input, { actor: context.actor, id: context.operationId });
          return redirect(`/manage/print-runs/${run.id}?done=printed`);
        },
        async (problem) => {
          const at = await service.place(id, context.actor);
          return form(at, context, {
            state: refusedForm(problem, body, context.language),
            status: problem.status,
          });
        },
      );
    }),
    ...runWorkRoutes(deps),
    ...voidWorkRoutes(deps),
  ];
}

function fittingLayoutOf({ options }: Problem): string | null {
  const layout = options.members?.['fittingLayout'];
  return typeof layout === 'string' ? layout : null;
}

function placesOf(templates: readonly LabelTemplate[], id: string): number {
  const template = templates.find((one) => one.id === id);
  return template === undefined ? 1 : template.columns * template.rows;
}
