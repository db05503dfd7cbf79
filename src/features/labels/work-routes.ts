import { z } from 'zod';
import { only, roleIn } from '../../platform/access.ts';
import { freshForm, formAnswer, isMendable, refusedForm, type FormState } from '../../platform/form-state.ts';
import { formatNumber } from '../../platform/format.ts';
import { speak, type Language } from '../../platform/i18n.ts';
import { Problem } from '../../platform/problem.ts';
import {
  html,
  page,
  param,
  redirect,
  type Answer,
  type Context,
  type Route,
} from '../../platform/routing.ts';
import { parse, parseQuery } from '../../platform/validate.ts';
import { typedValues } from '../../platform/form.ts';
import { workingMembership, type Workplace } from '../../platform/work-frame.ts';
import { printPlan, type LabelTemplate } from '../../domain/label/template.ts';
import type { Batches, Measures } from '../batches/contract.ts';
import type { Organizations } from '../organizations/contract.ts';
import type { Products } from '../products/contract.ts';
import { LABELS_MAX, printRunInput } from './input.ts';
import type { ReprintService } from './reprints.ts';
import { packWord } from './messages.ts';
import { previewQuery } from './preview.ts';
import type { BatchPlace, Draft, LabelService } from './service.ts';
import type { StoredRun } from './store.ts';
import { labelsPage, newLabelsPage, printRunPage, type OpenBatch } from './work-page.ts';
import { runFromForm, type FieldsDeps } from './work-form.ts';
import { labelWorkStrings } from './work-strings.ts';

export type LabelWorkDeps = {
  readonly reprints: ReprintService;
  readonly service: LabelService;
  readonly workplaceFrame: Workplace;
  readonly batches: Batches;
  readonly products: Products;
  readonly organizations: Organizations;
  readonly measures: Measures;
};

const RUNS_SHOWN = 20;
const BATCHES_SHOWN = 8;
/** The sheet that most shops have: 21 labels on A4. */
const USUAL_TEMPLATE = 'avery-l7160';
const listQuery = z.object({ cursor: z.string().max(400).optional() });

/** The cooperative that a person works in. @throws Problem `not-allowed` */
function cooperativeOf(context: Context): string {
  const membership = context.actor === null ? null : workingMembership(context.actor);
  if (membership?.kind !== 'cooperative') throw new Problem('not-allowed');
  return membership.organizationId;
}

/** The sheet that the last run left part-used, and its first free place; null when it left none. */
function partUsed(last: StoredRun | undefined): FieldsDeps['partUsed'] {
  if (last === undefined || last.template.kind === 'roll') return null;
  const { free, perPage } = printPlan(last.template, last);
  return free === 0 ? null : { template: last.template, place: perPage - free + 1 };
}

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

/** Pages of the label tab. */
export function labelWorkRoutes(deps: LabelWorkDeps): readonly Route[] {
  const { service, workplaceFrame, batches, products, measures } = deps;

  async function openBatches(cooperativeId: string): Promise<readonly OpenBatch[]> {
    const { items } = await batches.ofCooperative(cooperativeId, { limit: BATCHES_SHOWN, status: 'open' });
    const [printed, known] = await Promise.all([
      service.contract.printedOf(items.map(({ id }) => id)),
      products.byIds(items.map(({ productId }) => productId)),
    ]);
    return items.map((batch) => {
      const product = known.get(batch.productId) ?? null;
      const word = packWord([product?.netContent, batch.quantity], measures);
      return { batch, product, printed: printed.get(batch.id) ?? 0, word };
    });
  }

  async function list(cursor: string | undefined, context: Context): Promise<Answer> {
    const cooperativeId = cooperativeOf(context);
    const isFirst = cursor === undefined;
    const [found, open, work, cooperative] = await Promise.all([
      service.list(cooperativeId, { limit: RUNS_SHOWN, cursor }, context.actor),
      isFirst ? openBatches(cooperativeId) : [],
      workplaceFrame.frameFor(context, 'labels'),
      deps.organizations.byId(cooperativeId),
    ]);
    const title = speak(labelWorkStrings, context.language).listTitle;
    const frame = context.frame({ title, demo: cooperative?.demo ?? false });
    const model = labelsPage({ frame, work, batches: open, runs: found.items, next: found.next, isFirst });
    return page('manage/labels', model);
  }

  async function lastRun(at: BatchPlace, context: Context): Promise<StoredRun | undefined> {
    return (await service.list(at.cooperative.id, { limit: 1 }, context.actor)).items[0];
  }

  /** What a form begins with: paper and printer as last time, all that lack a label, from the first place. */
  function beginning(at: BatchPlace, last: StoredRun | undefined, language: Language) {
    const template = last?.template.id ?? USUAL_TEMPLATE;
    const left = at.batch.packs === null ? 0 : at.batch.packs - at.printed;
    return {
      template,
      count: String(Math.min(LABELS_MAX, left > 0 ? left : placesOf(service.usableTemplates(), template))),
      startAt: '1',
      language: 'vi',
      goodsLabel: 'false',
      ...typedCalibration(last, language),
    };
  }

  async function drawn(at: BatchPlace, values: Readonly<Record<string, string>>): Promise<Draft | Problem> {
    try {
      const asked = parse(previewQuery, {
        template: values['template'],
        count: values['count'],
        startAt: values['startAt'],
        language: values['language'],
        goodsLabel: values['goodsLabel'],
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
    const templates = service.usableTemplates();
    const last = await lastRun(at, context);
    const state = given?.state ?? freshForm(beginning(at, last, context.language));
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
      partUsed: partUsed(last),
      draft,
      idempotencyKey: context.operationId,
    });
    return page('manage/labels-new', model, given?.status ?? 200);
  }

  async function runPage(id: string, isNew: boolean, context: Context): Promise<Answer> {
    const run = await service.read(id, context.actor);
    const [product, batch, work] = await Promise.all([
      products.byId(run.productId),
      batches.byId(run.batchId),
      workplaceFrame.frameFor(context, 'labels'),
    ]);
    const word = packWord([product?.netContent, batch?.quantity], measures);
    const role = roleIn(context.actor, { id: run.cooperativeId, provinceCode: run.provinceCode });
    const mayPrint = batch?.status === 'open' && (role === 'clerk' || role === 'manager');
    const title = `${run.run} · ${run.facts.lotNumber}`;
    const frame = context.frame({ title, demo: run.demo });
    return page('manage/print-run', printRunPage({ frame, work, run, word, isNew, mayPrint }));
  }

  return [
    html.get('/manage/labels', only('clerk', 'manager'), async (request, context) =>
      list(parseQuery(listQuery, request.query).cursor, context),
    ),

    html.get('/manage/batches/:id/labels', only('clerk', 'manager'), async (request, context) =>
      form(await service.place(param(request, 'id'), context.actor), context, null),
    ),

    html.post('/manage/batches/:id/labels', only('clerk', 'manager'), async (request, context) => {
      const id = param(request, 'id');
      const body = (request.body ?? {}) as Readonly<Record<string, unknown>>;
      if (body['preview'] !== undefined) {
        const at = await service.place(id, context.actor);
        return form(at, context, { state: freshForm(typedValues(body)) });
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

    html.get(
      '/manage/print-runs/:id',
      only('clerk', 'manager', 'officer', 'administrator'),
      async (request, context) => runPage(param(request, 'id'), request.query['done'] === 'printed', context),
    ),
  ];
}

function placesOf(templates: readonly LabelTemplate[], id: string): number {
  const template = templates.find((one) => one.id === id);
  return template === undefined ? 1 : template.columns * template.rows;
}
