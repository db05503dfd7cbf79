import { z } from 'zod';
import { only, roleIn } from '../../platform/access.ts';
import { idField } from '../../platform/fields.ts';
import { freshForm, formAnswer, isMendable, refusedForm, type FormState } from '../../platform/form-state.ts';
import { inputFromForm, typedValues } from '../../platform/form.ts';
import { formatNumber } from '../../platform/format.ts';
import { speak } from '../../platform/i18n.ts';
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
import { ownCooperativeId } from '../../platform/work-frame.ts';
import type { Batch } from '../batches/contract.ts';
import { reprintInput } from './input.ts';
import { packWord } from './messages.ts';
import { reprintPage } from './reprint-page.ts';
import { reprintPlaces } from './reprints.ts';
import { RUN_DEEDS, printRunPage } from './run-page.ts';
import { runStrings } from './run-strings.ts';
import { labelsPage, type OpenBatch } from './runs-page.ts';
import { runsStrings } from './runs-strings.ts';
import type { StoredRun } from './store.ts';
import type { LabelWorkDeps } from './work-routes.ts';

const RUNS_SHOWN = 20;
const BATCHES_SHOWN = 8;
/** Batches that the list can be narrowed to: the newest. */
const BATCHES_OFFERED = 60;
const REPRINTS_SHOWN = 10;

const cursorField = z.string().max(400).optional();
const listQuery = z.object({ cursor: cursorField, batch: z.union([idField, z.literal('')]).optional() });
const runQuery = z.object({ cursor: cursorField, done: z.string().optional().catch(undefined) });

function listRoutes({ service, reprints, voids, ...deps }: LabelWorkDeps): readonly Route[] {
  const { workplaceFrame, batches, products, measures } = deps;

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

  async function chosenBatch(id: string | undefined, cooperativeId: string): Promise<Batch | null> {
    if (id === undefined || id === '') return null;
    const batch = await batches.byId(id);
    if (batch?.cooperativeId !== cooperativeId) throw new Problem('not-found');
    return batch;
  }

  const balanceOf = async (batch: Batch) =>
    (await service.contract.balancesOf([batch])).get(batch.id) ?? null;

  async function list({ cursor, batch }: z.output<typeof listQuery>, context: Context): Promise<Answer> {
    const cooperativeId = ownCooperativeId(context.actor);
    const isFirst = cursor === undefined;
    const chosen = await chosenBatch(batch, cooperativeId);
    const [found, open, known, work, cooperative] = await Promise.all([
      service.list(cooperativeId, { limit: RUNS_SHOWN, cursor, batchId: chosen?.id }, context.actor),
      isFirst && chosen === null ? openBatches(cooperativeId) : [],
      batches.ofCooperative(cooperativeId, { limit: BATCHES_OFFERED }),
      workplaceFrame.frameFor(context, 'labels'),
      deps.organizations.byId(cooperativeId),
    ]);
    const ids = found.items.map(({ id }) => id);
    const [counts, voided] = await Promise.all([reprints.countsOf(ids), voids.countsOf(ids)]);
    const t = speak(runsStrings, context.language);
    const title = chosen === null ? t.listTitle : t.ofBatch({ lot: chosen.lotNumber });
    const model = labelsPage({
      frame: context.frame({ title, demo: cooperative?.demo ?? false }),
      work,
      batches: open,
      runs: found.items.map((run) => ({
        run,
        reprints: counts.get(run.id) ?? 0,
        voided: voided.get(run.id) ?? 0,
      })),
      next: found.next,
      isFirst,
      only: chosen,
      balance: chosen === null ? null : await balanceOf(chosen),
      known: known.items,
    });
    return page('manage/labels', model);
  }

  return [
    html.get('/manage/labels', only('clerk', 'manager'), async (request, context) =>
      list(parseQuery(listQuery, request.query), context),
    ),
  ];
}

function runPageRoutes({ reprints, voids, ...deps }: LabelWorkDeps): readonly Route[] {
  const { workplaceFrame, batches, products, measures } = deps;

  async function runPage(id: string, asked: z.output<typeof runQuery>, context: Context): Promise<Answer> {
    const request = { limit: REPRINTS_SHOWN, cursor: asked.cursor };
    const { run, items, next } = await reprints.list(id, request, context.actor);
    const [product, batch, work, counts, gone] = await Promise.all([
      products.byId(run.productId),
      batches.byId(run.batchId),
      workplaceFrame.frameFor(context, 'labels'),
      reprints.countsOf([run.id]),
      voids.list(run.id, context.actor),
    ]);
    const role = roleIn(context.actor, { id: run.cooperativeId, provinceCode: run.provinceCode });
    const mayReprint = role === 'clerk' || role === 'manager';
    const t = speak(runStrings, context.language);
    const title = t.runTitle({ run: formatNumber(run.run, context.language), lot: run.facts.lotNumber });
    const model = printRunPage({
      frame: context.frame({ title, demo: run.demo }),
      work,
      run,
      word: packWord([product?.netContent, batch?.quantity], measures),
      done: RUN_DEEDS.find((deed) => deed === asked.done) ?? null,
      mayPrint: mayReprint && batch?.status === 'open',
      mayReprint,
      reprints: items,
      reprintCount: counts.get(run.id) ?? 0,
      olderReprints: next,
      voids: gone,
      mayVoid: role === 'manager',
    });
    return page('manage/print-run', model);
  }

  return [
    html.get(
      '/manage/print-runs/:id',
      only('clerk', 'manager', 'officer', 'administrator'),
      async (request, context) => runPage(param(request, 'id'), parseQuery(runQuery, request.query), context),
    ),
  ];
}

const REPRINT_SHAPE = { numbers: ['from', 'to', 'startAt'] };
/** On a page somebody says which labels: the whole run again would be a slip of the finger. */
const reprintForm = reprintInput.required({ from: true, to: true });

function reprintRoutes({ reprints, workplaceFrame }: LabelWorkDeps): readonly Route[] {
  /** Where the labels typed would fall; what is wrong stands beside its field. */
  function looked(run: StoredRun, state: FormState, context: Context) {
    const { preview: _, ...typed } = inputFromForm(state.values, context.language, REPRINT_SHAPE);
    try {
      const asked = parse(reprintForm, { ...typed, reason: '-' });
      return { places: reprintPlaces(run, asked), state };
    } catch (error) {
      if (!isMendable(error)) throw error;
      const found = refusedForm(error, {}, context.language).errors;
      return { places: null, state: { ...state, errors: new Map([...found, ...state.errors]) } };
    }
  }

  async function form(run: StoredRun, context: Context, given: { state: FormState; status?: number } | null) {
    const { places, state } =
      given === null
        ? { places: null, state: freshForm({ startAt: '1' }) }
        : looked(run, given.state, context);
    const t = speak(runStrings, context.language);
    const number = formatNumber(run.run, context.language);
    const title = t.reprintTitle({ run: number, lot: run.facts.lotNumber });
    const model = reprintPage({
      frame: context.frame({ title, demo: run.demo }),
      work: await workplaceFrame.frameFor(context, 'labels'),
      run,
      state,
      places,
      idempotencyKey: context.operationId,
    });
    return page('manage/reprint', model, given?.status ?? 200);
  }

  return [
    html.get('/manage/print-runs/:id/reprint', only('clerk', 'manager'), async (request, context) =>
      form(await reprints.runFor(param(request, 'id'), context.actor), context, null),
    ),
    html.post('/manage/print-runs/:id/reprint', only('clerk', 'manager'), async (request, context) => {
      const id = param(request, 'id');
      const body = (request.body ?? {}) as Readonly<Record<string, unknown>>;
      if (body['preview'] !== undefined) {
        const run = await reprints.runFor(id, context.actor);
        return form(run, context, { state: freshForm(typedValues(body)) });
      }
      return formAnswer(
        async () => {
          const input = parse(reprintForm, inputFromForm(body, context.language, REPRINT_SHAPE));
          await reprints.create(id, input, { actor: context.actor, id: context.operationId });
          return redirect(`/manage/print-runs/${id}?done=reprinted#history`);
        },
        async (problem) =>
          form(await reprints.runFor(id, context.actor), context, {
            state: refusedForm(problem, body, context.language),
            status: problem.status,
          }),
      );
    }),
  ];
}

/** Pages of print runs: their list, what became of one, and printing labels of it again. */
export function runWorkRoutes(deps: LabelWorkDeps): readonly Route[] {
  return [...listRoutes(deps), ...runPageRoutes(deps), ...reprintRoutes(deps)];
}
