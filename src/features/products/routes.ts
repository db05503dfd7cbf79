import { z } from 'zod';
import { everyone, only, roleIn } from '../../platform/access.ts';
import { listQuery, type ListRequest } from '../../platform/list-page.ts';
import { Problem } from '../../platform/problem.ts';
import { parse, parseQuery } from '../../platform/validate.ts';
import { api, created, empty, ok, param, type Route } from '../../platform/routing.ts';
import { productAnswer, revisionsAnswer } from './answers.ts';
import type { MeasureProducts, Product } from './contract.ts';
import type { ProductInputs } from './input.ts';
import type { ProductPhotos } from './photos.ts';
import type { ProductService } from './service.ts';

export type ProductRoutesDeps = {
  readonly service: ProductService;
  readonly photos: ProductPhotos;
  readonly inputs: ProductInputs;
  readonly publicUrl: string;
  readonly measure: MeasureProducts;
  today(): string;
};

const revisionList = z.object(listQuery);

const WRONG_CURSOR = {
  vi: 'Con trỏ trang không đúng; hãy bắt đầu lại từ trang đầu.',
  en: 'The cursor is not right; start again from the first page.',
};

/** The cursor of a product's versions is the number of the last one given. */
function versionsBelow({ limit, cursor }: ListRequest): { below?: number; limit: number } {
  if (cursor === undefined || cursor === '') return { limit };
  if (!/^[1-9]\d{0,8}$/.test(cursor)) {
    throw new Problem('invalid', { errors: [{ pointer: '?cursor', detail: WRONG_CURSOR }] });
  }
  return { below: Number(cursor), limit };
}

const answerWith = (deps: ProductRoutesDeps) => (product: Product) =>
  productAnswer(product, { publicUrl: deps.publicUrl, today: deps.today() });

/** The API of products and their photos. */
export function productRoutes(deps: ProductRoutesDeps): readonly Route[] {
  return [...readingRoutes(deps), ...changingRoutes(deps), ...photoRoutes(deps)];
}

function readingRoutes(deps: ProductRoutesDeps): readonly Route[] {
  const { service, inputs } = deps;
  const answer = answerWith(deps);
  return [
    api.get(
      '/products',
      everyone(),
      async (request) => {
        const found = await service.list(parseQuery(inputs.list, request.query));
        return ok({ items: found.items.map(answer), next: found.next });
      },
      { doc: { summary: 'Products; `q` finds with or without diacritics', query: inputs.list } },
    ),
    api.get(
      '/products/:id',
      everyone(),
      async (request, { actor }) => {
        const { product, cooperative } = await service.read(param(request, 'id'));
        if (roleIn(actor, cooperative) === null) return ok(answer(product));
        const measures = await deps.measure([product], cooperative);
        return ok({ ...answer(product), completeness: measures.get(product.id) ?? null });
      },
      { doc: { summary: 'One product, by id or slug; its own people also learn how complete it is' } },
    ),
    api.get(
      '/products/:id/revisions',
      only('manager', 'clerk', 'officer', 'administrator'),
      async (request, { actor }) => {
        const range = versionsBelow(parseQuery(revisionList, request.query));
        // One more than asked for says whether there is a next page, and what the last one became.
        const more = { ...range, limit: range.limit + 1 };
        const { replacing, earlier } = await service.versions(param(request, 'id'), more, actor);
        const items = revisionsAnswer(replacing, earlier).slice(0, range.limit);
        const next = earlier.length > range.limit ? String(items.at(-1)?.version ?? '') : null;
        return ok({ items, next });
      },
      { doc: { summary: 'What a product said before each change, newest first', query: revisionList } },
    ),
  ];
}

function changingRoutes(deps: ProductRoutesDeps): readonly Route[] {
  const { service, inputs } = deps;
  const answer = answerWith(deps);
  return [
    api.post(
      '/cooperatives/:id/products',
      only('manager'),
      async (request, { actor, operationId }) => {
        const input = parse(inputs.product, request.body);
        return created(answer(await service.create(param(request, 'id'), input, { actor, id: operationId })));
      },
      { doc: { summary: 'Add a product', body: inputs.product, status: 201 } },
    ),
    api.patch(
      '/products/:id',
      only('manager'),
      async (request, { actor }) => {
        const input = parse(inputs.change, request.body);
        return ok(answer(await service.change(param(request, 'id'), input, actor)));
      },
      {
        doc: {
          summary: 'Change a product: a field is replaced as a whole, or taken away by null',
          body: inputs.change,
        },
      },
    ),
  ];
}

function photoRoutes({ photos, publicUrl }: ProductRoutesDeps): readonly Route[] {
  return [
    api.post(
      '/products/:id/photos',
      only('manager'),
      async (request, { actor, operationId }) => {
        const operation = { actor, id: operationId };
        const photo = await photos.add(param(request, 'id'), request.file?.buffer, operation);
        return created({ ...photo, url: `${publicUrl}/pictures/${photo.id}-1280.jpg` });
      },
      { upload: 'photo', doc: { summary: 'Add a photo (multipart field `photo`)', status: 201 } },
    ),
    api.delete(
      '/products/:id/photos/:photo',
      only('manager'),
      async (request, { actor }) => {
        await photos.remove(param(request, 'id'), param(request, 'photo'), actor);
        return empty();
      },
      { doc: { summary: 'Take a photo off the product' } },
    ),
  ];
}
