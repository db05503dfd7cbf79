import { z } from 'zod';
import { only, roleIn } from '../../platform/access.ts';
import { idField } from '../../platform/fields.ts';
import { freshForm, formAnswer, isMendable, refusedForm, type FormState } from '../../platform/form-state.ts';
import { inputFromForm, typedValues } from '../../platform/form.ts';
import { formatNumber } from '../../platform/format.ts';
import { inLanguage, speak, type Language } from '../../platform/i18n.ts';
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
import type { Product } from '../products/contract.ts';
import { reprintInput } from './input.ts';
import { packWord } from './messages.ts';
import { reprintPage } from './reprint-page.ts';
import type { Happening } from './history.ts';
import type { Printout } from './printout.ts';
import { offeredFormats } from './run-downloads.ts';
import { RUN_DEEDS, printRunPage } from './run-page.ts';
import { isReleased } from './run-proof.ts';
import { runStrings } from './run-strings.ts';
import { labelsPage, type OpenBatch } from './runs-page.ts';
import { runsStrings } from './runs-strings.ts';
import type { StoredRun } from './store.ts';
import type { LabelWorkDeps } from './work-routes.ts';

const RUNS_SHOWN = 20;
const BATCHES_SHOWN = 8;
/** Batches that the list can be narrowed to: the newest. */
const BATCHES_OFFERED = 60;
const HAPPENINGS_SHOWN = 10;

const cursorField = z.string().max(400).optional();
const listQuery = z.object({ cursor: cursorField, batch: z.union([idField, z.literal('')]).optional() });
const runQuery = z.object({ cursor: cursorField, done: z.string().optional().catch(undefined) });

function listRoutes({ service, reprints, voids, accounts, ...deps }: LabelWorkDeps): readonly Route[] {
  const { workplaceFrame, batches, products, measures } = deps;

  async function openBatches(cooperativeId: string): Promise<readonly OpenBatch[]> {
    const { items } = await batches.ofCooperative(cooperativeId, { limit: BATCHES_SHOWN, status: 'open' });
    const [balances, known] = await Promise.all([
      service.contract.balancesOf(items),
      products.byIds(items.map(({ productId }) => productId)),
    ]);
    return items.flatMap((batch) => {
      const balance = balances.get(batch.id);
      const product = known.get(batch.productId) ?? null;
      const word = packWord([product?.netContent, batch.quantity], measures);
      return balance === undefined ? [] : [{ batch, product, balance, word }];
    });
  }

  async function chosenBatch(id: string | undefined, cooperativeId: string): Promise<Batch | null> {
    if (id === undefined || id === '') return null;
    const batch = await batches.byId(id);
    if (batch?.cooperativeId !== cooperativeId) throw new Problem('not-found');
    return batch;
  }

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
    const [counts, voided, called, account] = await Promise.all([
      reprints.countsOf(ids),
      voids.countsOf(ids),
      products.byIds(found.items.map(({ productId }) => productId)),
      chosen === null ? null : accounts.modelOf(chosen, context.language),
    ]);
    const t = speak(runsStrings, context.language);
    const title = chosen === null ? t.listTitle : t.ofBatch({ lot: chosen.lotNumber });
    const model = labelsPage({
      frame: context.frame({ title, demo: cooperative?.demo ?? false }),
      work,
      batches: open,
      runs: found.items.map((run) => ({
        run,
        product: nameOf(called.get(run.productId), context.language),
        reprints: counts.get(run.id) ?? 0,
        voided: voided.get(run.id) ?? 0,
      })),
      next: found.next,
      isFirst,
      only: chosen,
      account,
      cooperativeId,
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

const nameOf = (product: Product | null | undefined, language: Language): string | null =>
  product === null || product === undefined ? null : inLanguage(product.name, language);

function runPageRoutes(deps: LabelWorkDeps): readonly Route[] {
  const { workplaceFrame, batches, products, service, reprints, voids, files, accounts } = deps;

  /** How large each file is that the page offers. */
  async function sizesOf(run: StoredRun, history: readonly Happening[]) {
    const sizes = async (printout: Printout) => files.sizesOf(printout, offeredFormats(printout));
    const again = history.flatMap((one) => (one.kind === 'reprint' ? [one.entry] : []));
    const each = again.map(async (reprint) => [reprint.id, await sizes({ run, reprint })] as const);
    return { run: await sizes({ run, reprint: null }), reprints: new Map(await Promise.all(each)) };
  }

  async function runPage(id: string, asked: z.output<typeof runQuery>, context: Context): Promise<Answer> {
    const { actor, language } = context;
    const request = { limit: HAPPENINGS_SHOWN, cursor: asked.cursor };
    const { run, items, next } = await deps.history(id, request, actor);
    const [product, batch, work, again, gone, check] = await Promise.all([
      products.byId(run.productId),
      batches.byId(run.batchId),
      workplaceFrame.frameFor(context, 'labels'),
      reprints.countsOf([run.id]),
      voids.countsOf([run.id]),
      files.checkOf(run.id),
    ]);
    const role = roleIn(actor, { id: run.cooperativeId, provinceCode: run.provinceCode });
    const mayReprint = role === 'clerk' || role === 'manager';
    const mayPrint = mayReprint && batch?.status === 'open';
    const release = { run, check, isRetired: service.isRetired(run), mayPrint };
    const t = speak(runStrings, language);
    const title = t.runTitle({ run: formatNumber(run.run, language), lot: run.facts.lotNumber });
    const model = printRunPage({
      frame: context.frame({ title, demo: run.demo }),
      work,
      run,
      productName: nameOf(product, language),
      done: RUN_DEEDS.find((deed) => deed === asked.done) ?? null,
      mayPrint,
      mayReprint,
      mayVoid: role === 'manager',
      history: items,
      olderHistory: next,
      reprintCount: again.get(run.id) ?? 0,
      voided: gone.get(run.id) ?? 0,
      account: batch === null ? null : await accounts.modelOf(batch, language),
      release,
      sizes: isReleased(release) ? await sizesOf(run, items) : null,
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
  async function looked(run: StoredRun, state: FormState, context: Context) {
    const { preview: _, ...typed } = inputFromForm(state.values, context.language, REPRINT_SHAPE);
    try {
      const asked = parse(reprintForm, { ...typed, reason: '-' });
      return { places: await reprints.placesOf(run, asked), state };
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
        : await looked(run, given.state, context);
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
