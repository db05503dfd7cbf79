import { z } from 'zod';
import { only, roleIn } from '../../platform/access.ts';
import { dateInVietnam, type Clock } from '../../platform/clock.ts';
import { idField } from '../../platform/fields.ts';
import { formAnswer, freshForm, refusedForm, type FormState } from '../../platform/form-state.ts';
import { inputFromForm } from '../../platform/form.ts';
import { inLanguage, speak, type Language } from '../../platform/i18n.ts';
import { listQuery } from '../../platform/list-page.ts';
import type { ComparisonModel } from '../../platform/plain-page-view-model.ts';
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
import { ownCooperativeId, workingMembership, type Workplace } from '../../platform/work-frame.ts';
import type { Request } from 'express';
import type { Product, Products } from '../products/contract.ts';
import type { Batch } from './contract.ts';
import type { BatchInputs } from './input.ts';
import type { BatchService } from './service.ts';
import { nextLot } from './suggestions.ts';
import { chooseProduct } from './work-choices.ts';
import { boughtInUnits, newBatchForm, onFormFields } from './work-form.ts';
import { closePage, newBatchPage, type FormPageDeps } from './work-form-page.ts';
import { DONE, batchPage, listPage, type Around, type BatchPageDeps, type Done } from './work-page.ts';
import { batchWorkStrings } from './work-strings.ts';

export type BatchWorkDeps = {
  readonly service: BatchService;
  readonly inputs: BatchInputs;
  readonly products: Products;
  readonly clock: Clock;
  readonly workplaceFrame: Workplace;
  readonly pages: BatchPageDeps & FormPageDeps;
  /** Codes of the steps of a product's own chain, in order. */
  chainOf(product: Product): readonly string[];
  labelAccount(batch: Batch, language: Language): Promise<ComparisonModel>;
};

/** Batches on a page of the list. */
const LIST_SIZE = 20;
/** Own batches offered as inputs; the newest of those with something left. */
const SOURCES_READ = 100;
const UNIT_DEFAULT = 'kg';
const SOURCES_SHOWN = 40;

const listAsked = z.object({
  ...listQuery,
  product: z.union([idField, z.literal('')]).optional(),
  status: z.enum(['open', 'closed', '']).optional(),
  lot: z.string().trim().max(20).optional(),
});

const unlessEmpty = <T extends string>(value: T | '' | undefined): T | undefined =>
  value === '' ? undefined : value;

/** The frame around a page of batches. */
export async function around(
  context: Context,
  workplaceFrame: Workplace,
  named: { readonly title: string; readonly demo?: boolean },
): Promise<Around> {
  return { frame: context.frame(named), work: await workplaceFrame.frameFor(context, 'batches') };
}

/** What was just done, from the address; anything else is nothing. */
function doneOf(request: Request): Done | null {
  const { done, event } = request.query;
  const known = DONE.find((one) => one === done);
  return known === undefined ? null : { done: known, eventId: typeof event === 'string' ? event : null };
}

/** Pages of batches in the workplace. */
export function batchWorkRoutes(deps: BatchWorkDeps): readonly Route[] {
  const { service, products, inputs, workplaceFrame, pages } = deps;

  async function list(request: Request, context: Context): Promise<Answer> {
    const cooperativeId = ownCooperativeId(context.actor);
    const { product, status, lot, cursor } = parseQuery(listAsked, request.query);
    const asked = {
      limit: LIST_SIZE,
      cursor,
      productId: unlessEmpty(product),
      status: unlessEmpty(status),
      lot: unlessEmpty(lot),
    };
    const [found, own] = await Promise.all([
      service.list(cooperativeId, asked, context.actor),
      products.ofCooperative(cooperativeId),
    ]);
    const title = speak(batchWorkStrings, context.language).listTitle;
    const facts = { ...found, products: own, asked };
    return page('batches/list', listPage(facts, await around(context, workplaceFrame, { title }), pages));
  }

  /** The page of a batch; `state` is of its form for what was left empty. */
  async function show(
    request: Request,
    context: Context,
    { state = freshForm(), status = 200 }: { state?: FormState; status?: number } = {},
  ): Promise<Answer> {
    const { actor } = context;
    const { batch, events, completeness } = await service.read(param(request, 'id'), actor);
    const [product, sources, account] = await Promise.all([
      products.byId(batch.productId),
      service.contract.byIds(batch.inputs.map(({ batchId }) => batchId)),
      deps.labelAccount(batch, context.language),
    ]);
    if (product === null) throw new Problem('not-found');
    const own = roleIn(actor, { id: batch.cooperativeId, provinceCode: batch.provinceCode });
    const role = own === 'manager' || own === 'clerk' ? own : 'reader';
    const facts = {
      batch,
      events,
      completeness,
      product,
      sources,
      role,
      account,
      chain: deps.chainOf(product),
    } as const;
    const title = speak(batchWorkStrings, context.language).batchTitle({ lot: batch.lotNumber });
    const shown = {
      ...(await around(context, workplaceFrame, { title, demo: batch.demo })),
      state,
      key: context.operationId,
      done: doneOf(request),
    };
    return page('batches/page', batchPage(facts, shown, pages), status);
  }

  async function sourcesOf(cooperativeId: string, own: readonly Product[]) {
    const known = new Map(own.map((product) => [product.id, product]));
    await service.finishAbandoned();
    const found = await service.contract.ofCooperative(cooperativeId, { limit: SOURCES_READ });
    return found.items
      .filter((batch) => batch.remaining.value > 0)
      .slice(0, SOURCES_SHOWN)
      .map((batch) => ({ batch, product: known.get(batch.productId) }));
  }

  async function suggested(product: Product): Promise<FormState> {
    const found = await service.contract.ofCooperative(product.cooperativeId, {
      limit: SOURCES_READ,
      productId: product.id,
    });
    const [last = null] = found.items;
    const taken = found.items.map((batch) => batch.lotNumber);
    const today = dateInVietnam(deps.clock.now());
    return freshForm({
      lotNumber: nextLot({ name: inLanguage(product.name, 'vi') }, { last, taken }, today),
      producedOn: today,
      'quantity.unit': last?.quantity.unit ?? UNIT_DEFAULT,
      ...boughtInUnits(UNIT_DEFAULT),
    });
  }

  async function newForm(
    product: Product,
    context: Context,
    { state, status = 200 }: { state?: FormState; status?: number } = {},
  ): Promise<Answer> {
    const own = await products.ofCooperative(product.cooperativeId);
    const sources = await sourcesOf(product.cooperativeId, own);
    const title = speak(batchWorkStrings, context.language).newTitle;
    const shown = {
      ...(await around(context, workplaceFrame, { title })),
      state: state ?? (await suggested(product)),
      key: context.operationId,
    };
    const facts = { product, sources, choice: own.length > 1 };
    return page('batches/form', newBatchPage(facts, shown, pages), status);
  }

  /** The product named in the address, if it is the cooperative's own. */
  async function askedProduct(request: Request, cooperativeId: string): Promise<Product | null> {
    const asked = request.query['product'];
    if (typeof asked !== 'string' || asked === '') return null;
    const product = await products.byId(asked);
    if (product?.cooperativeId !== cooperativeId) throw new Problem('not-found');
    return product;
  }

  async function openNew(request: Request, context: Context): Promise<Answer> {
    const cooperativeId = ownCooperativeId(context.actor);
    const product = await askedProduct(request, cooperativeId);
    if (product !== null) return newForm(product, context);
    const own = await products.ofCooperative(cooperativeId);
    const [first, second] = own;
    if (first !== undefined && second === undefined) return newForm(first, context);
    const title = speak(batchWorkStrings, context.language).newTitle;
    const framed = await around(context, workplaceFrame, { title });
    const mayAdd = context.actor !== null && workingMembership(context.actor)?.role === 'manager';
    return page('batches/choose', chooseProduct(own, framed, mayAdd));
  }

  async function sendNew(request: Request, context: Context): Promise<Answer> {
    const { actor, language, operationId } = context;
    const cooperativeId = ownCooperativeId(actor);
    const product = await askedProduct(request, cooperativeId);
    if (product === null) throw new Problem('not-found');
    const own = await products.ofCooperative(cooperativeId);
    const sources = (await sourcesOf(cooperativeId, own)).map(({ batch }): Batch => batch);
    const read = newBatchForm(request.body, sources, language);
    return formAnswer(
      async () => {
        const input = parse(inputs.batch, read.input);
        const batch = await service.create(product.id, input, { actor, id: operationId });
        return redirect(`/manage/batches/${batch.id}?done=created`);
      },
      (problem) => {
        const state = refusedForm(onFormFields(problem, read.fields), request.body, language);
        return newForm(product, context, { state, status: problem.status });
      },
    );
  }

  const cooperativePeople = only('clerk', 'manager');
  return [
    html.get('/manage/batches', cooperativePeople, list),
    html.get('/manage/batches/new', cooperativePeople, openNew),
    html.post('/manage/batches/new', cooperativePeople, sendNew),
    html.get(
      '/manage/batches/:id',
      only('clerk', 'manager', 'officer', 'administrator'),
      (request, context) => show(request, context),
    ),
    html.post('/manage/batches/:id/fill', cooperativePeople, (request, context) =>
      formAnswer(
        async () => {
          const typed = inputFromForm(request.body, context.language, { numbers: ['packs'] });
          const batch = await service.fill(param(request, 'id'), parse(inputs.filling, typed), context.actor);
          return redirect(`/manage/batches/${batch.id}?done=filled`);
        },
        (problem) => {
          const state = refusedForm(problem, request.body, context.language);
          return show(request, context, { state, status: problem.status });
        },
      ),
    ),
    html.get('/manage/batches/:id/close', only('manager'), async (request, context) => {
      const { batch } = await service.place(param(request, 'id'), context.actor, ['manager']);
      const found = await service.contract.byId(batch.id);
      if (found?.status !== 'open') return redirect(`/manage/batches/${batch.id}`);
      const title = speak(batchWorkStrings, context.language).closeTitle({ lot: batch.lotNumber });
      return page('batches/close', closePage(found, await around(context, workplaceFrame, { title }), pages));
    }),
    html.post('/manage/batches/:id/close', only('manager'), async (request, context) => {
      const batch = await service.close(param(request, 'id'), context.actor);
      return redirect(`/manage/batches/${batch.id}?done=closed`);
    }),
  ];
}
