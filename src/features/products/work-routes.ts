import { z } from 'zod';
import { only } from '../../platform/access.ts';
import { freshForm, formAnswer, refusedForm, type FormState } from '../../platform/form-state.ts';
import { formatInstant } from '../../platform/format.ts';
import { inLanguage, speak } from '../../platform/i18n.ts';
import type { Problem } from '../../platform/problem.ts';
import { parse } from '../../platform/validate.ts';
import {
  html,
  page,
  param,
  redirect,
  type Answer,
  type Context,
  type Route,
} from '../../platform/routing.ts';
import { ownCooperativeId, workingMembership, type Workplace } from '../../platform/work-frame.ts';
import type { Request } from 'express';
import type { MeasureProducts, Product } from './contract.ts';
import type { ProductInputs } from './input.ts';
import type { ProductPhotos } from './photos.ts';
import { differingFields } from './rules.ts';
import type { ProductService } from './service.ts';
import { changeFromForm, formValues, productFromForm } from './work-form.ts';
import {
  CHANGES_SHOWN,
  DEEDS,
  newProductPage,
  ownProductPage,
  ownProductsPage,
  type Hindrance,
  type ProductMaking,
  type ProductPageDeps,
} from './work-page.ts';
import { fieldLabel, whoWrote } from './work-parts.ts';
import { workProductStrings } from './work-strings.ts';

export type ProductWorkDeps = {
  readonly service: ProductService;
  readonly photos: ProductPhotos;
  readonly inputs: ProductInputs;
  readonly workplaceFrame: Workplace;
  readonly measure: MeasureProducts;
  readonly pages: ProductPageDeps;
  today(): string;
};

/** How many products a page of the list has. */
const PAGE_SIZE = 20;
const PAGE_MAX = 10_000;

const listQuery = z.object({
  q: z.string().max(200).catch('').default(''),
  page: z.coerce.number().int().min(1).max(PAGE_MAX).catch(1).default(1),
});
/** What a redirect tells the next page; anything else is no deed. */
const doneQuery = z.object({
  done: z.enum(DEEDS).nullable().catch(null).default(null),
  photo: z
    .string()
    .regex(/^[0-9a-z]{1,40}$/)
    .nullable()
    .catch(null)
    .default(null),
  at: z
    .string()
    .regex(/^[0-7]$/)
    .catch('0')
    .default('0'),
});
const restoreInput = z.object({ at: z.coerce.number().int().min(0).max(7).catch(0) });

const WORKERS = only('manager', 'clerk');
const MANAGER = only('manager');

const hindranceOf = (mayChange: boolean, status: string): Hindrance =>
  !mayChange ? 'manager-only' : status === 'active' ? null : 'not-active';

const keysOf = (frame: { readonly csrfToken: string }, { operationId }: Context) => ({
  csrfToken: frame.csrfToken,
  idempotencyKey: operationId,
});

const hrefOf = (id: string, done: string, more = ''): string => `/manage/products/${id}?done=${done}${more}`;

/** A cooperative's own pages about its products. */
export function productWorkRoutes(deps: ProductWorkDeps): readonly Route[] {
  return [listRoute(deps), ...newRoutes(deps), ...editRoutes(deps), ...photoRoutes(deps)];
}

function listRoute(deps: ProductWorkDeps): Route {
  return html.get('/manage/products', WORKERS, async (request, context) => {
    const { q, page: number } = listQuery.parse(request.query);
    const cooperativeId = ownCooperativeId(context.actor);
    const place = { page: number, size: PAGE_SIZE, q: q.trim() };
    const { items, total, cooperative } = await deps.service.ownPage(cooperativeId, place, context.actor);
    const mayChange = context.actor !== null && workingMembership(context.actor)?.role === 'manager';
    const model = ownProductsPage(
      {
        items,
        total,
        place,
        completeness: await deps.measure(items, cooperative),
        hindrance: hindranceOf(mayChange, cooperative.status),
        today: deps.today(),
      },
      await aroundOf(deps, context, 'listTitle'),
      deps.pages,
    );
    return page('manage/products/list', model);
  });
}

async function aroundOf(
  { workplaceFrame }: ProductWorkDeps,
  context: Context,
  title: 'listTitle' | 'newTitle',
) {
  const frame = context.frame({ title: speak(workProductStrings, context.language)[title] });
  return { frame, work: await workplaceFrame.frameFor(context, 'more') };
}

function newRoutes(deps: ProductWorkDeps): readonly Route[] {
  async function show(context: Context, state: FormState, status = 200): Promise<Answer> {
    const place = { page: 1, size: 1 };
    const { cooperative } = await deps.service.ownPage(ownCooperativeId(context.actor), place, context.actor);
    const around = await aroundOf(deps, context, 'newTitle');
    const hindrance = hindranceOf(true, cooperative.status);
    const making = { state, hindrance, keys: keysOf(around.frame, context) };
    return page('manage/products/new', newProductPage(making, around, deps.pages), status);
  }
  return [
    html.get('/manage/products/new', MANAGER, (_request, context) => show(context, freshForm())),
    html.post('/manage/products/new', MANAGER, (request, context) =>
      formAnswer(
        async () => {
          const input = parse(deps.inputs.product, productFromForm(request.body, context.language));
          const operation = { actor: context.actor, id: context.operationId };
          const { id } = await deps.service.create(ownCooperativeId(context.actor), input, operation);
          return redirect(hrefOf(id, 'added'));
        },
        (problem) => show(context, refusedForm(problem, request.body, context.language), problem.status),
      ),
    ),
  ];
}

type Refused = { readonly state?: FormState; readonly photoState?: FormState; readonly status?: number };

/** The page of one product; with what was refused when it is shown again. */
async function showProduct(
  deps: ProductWorkDeps,
  { request, context }: { request: Request; context: Context },
  refused: Refused = {},
): Promise<Answer> {
  const id = param(request, 'id');
  const { language, actor } = context;
  const { product, cooperative, mayChange } = await deps.service.own(id, actor);
  const [versions, measures, work] = await Promise.all([
    deps.service.versions(id, { limit: CHANGES_SHOWN }, actor),
    deps.measure([product], cooperative),
    deps.workplaceFrame.frameFor(context, 'more'),
  ]);
  const completeness = measures.get(id);
  if (completeness === undefined) throw new RangeError(`Product ${id} was not measured`);
  const frame = context.frame({ title: inLanguage(product.name, language), demo: product.demo });
  const { done, photo, at } = doneQuery.parse(request.query);
  const making: ProductMaking = {
    product,
    versions,
    completeness,
    hindrance: hindranceOf(mayChange, cooperative.status),
    state: refused.state ?? freshForm(formValues(product, language)),
    photoState: refused.photoState ?? freshForm(),
    keys: keysOf(frame, context),
    done,
    removed: photo === null ? null : { id: photo, at },
  };
  const model = ownProductPage(making, { frame, work }, deps.pages);
  return page('manage/products/edit', model, refused.status ?? 200);
}

/** Who was faster, when, and in what. */
async function meanwhile(
  deps: ProductWorkDeps,
  { id, version }: { readonly id: string; readonly version: unknown },
  context: Context,
): Promise<string> {
  const { language, actor } = context;
  const t = speak(workProductStrings, language);
  const { replacing, earlier } = await deps.service.versions(id, { limit: CHANGES_SHOWN }, actor);
  const base = earlier.find((one) => one.version === version) ?? earlier.at(-1) ?? replacing;
  const fields = differingFields(base.fields, replacing.fields).map((field) => fieldLabel(field, language));
  return t.changedMeanwhile({
    by: whoWrote(replacing, t),
    at: formatInstant(replacing.at),
    fields: fields.join(', '),
  });
}

function editRoutes(deps: ProductWorkDeps): readonly Route[] {
  async function again(request: Request, context: Context, problem: Problem): Promise<Answer> {
    const state = refusedForm(problem, request.body, context.language);
    if (problem.code !== 'changed-meanwhile') {
      return showProduct(deps, { request, context }, { state, status: problem.status });
    }
    const { version } = productFromForm(request.body, context.language);
    const words = await meanwhile(deps, { id: param(request, 'id'), version }, context);
    const told: FormState = { values: state.values, errors: new Map([['', words]]) };
    return showProduct(deps, { request, context }, { state: told, status: problem.status });
  }
  return [
    html.get('/manage/products/:id', WORKERS, (request, context) => showProduct(deps, { request, context })),
    html.post('/manage/products/:id', MANAGER, (request, context) =>
      formAnswer(
        async () => {
          const input = parse(deps.inputs.change, changeFromForm(request.body, context.language));
          const { id } = await deps.service.change(param(request, 'id'), input, context.actor);
          return redirect(hrefOf(id, 'saved'));
        },
        (problem) => again(request, context, problem),
      ),
    ),
  ];
}

function photoRoutes(deps: ProductWorkDeps): readonly Route[] {
  const { photos } = deps;
  const placeOf = (photoId: string, { photos: all }: Product) =>
    Math.max(
      0,
      all.findIndex(({ id }) => id === photoId),
    );
  return [
    // Where a person lands who asks again for the page of a photo that was refused.
    html.get('/manage/products/:id/photos', WORKERS, (request) =>
      redirect(`/manage/products/${param(request, 'id')}#photos`),
    ),
    html.post(
      '/manage/products/:id/photos',
      MANAGER,
      (request, context) =>
        formAnswer(
          async () => {
            const id = param(request, 'id');
            const operation = { actor: context.actor, id: context.operationId };
            await photos.add(id, request.file?.buffer, operation);
            return redirect(hrefOf(id, 'photo-added', '#photos'));
          },
          (problem) => {
            const photoState = refusedForm(problem, {}, context.language);
            return showProduct(deps, { request, context }, { photoState, status: problem.status });
          },
        ),
      { upload: 'photo' },
    ),
    html.post('/manage/products/:id/photos/:photo/first', MANAGER, async (request, { actor }) => {
      const id = param(request, 'id');
      await photos.makeFirst(id, param(request, 'photo'), actor);
      return redirect(hrefOf(id, 'photo-first', '#photos'));
    }),
    html.post('/manage/products/:id/photos/:photo/remove', MANAGER, async (request, { actor }) => {
      const id = param(request, 'id');
      const photoId = param(request, 'photo');
      const { product } = await deps.service.own(id, actor);
      await photos.remove(id, photoId, actor);
      const undo = new URLSearchParams({ photo: photoId, at: String(placeOf(photoId, product)) });
      return redirect(hrefOf(id, 'photo-removed', `&${undo.toString()}#photos`));
    }),
    html.post('/manage/products/:id/photos/:photo/restore', MANAGER, async (request, { actor }) => {
      const id = param(request, 'id');
      const { at } = restoreInput.parse(request.body ?? {});
      await photos.restore(id, { id: param(request, 'photo'), at }, actor);
      return redirect(hrefOf(id, 'photo-restored', '#photos'));
    }),
  ];
}
