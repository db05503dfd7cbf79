import { everyone, only } from '../../platform/access.ts';
import { parse, parseQuery } from '../../platform/validate.ts';
import { api, created, empty, ok, param, type Route } from '../../platform/routing.ts';
import { productAnswer } from './answers.ts';
import type { ProductInputs } from './input.ts';
import type { ProductService } from './service.ts';

export type ProductRoutesDeps = {
  readonly service: ProductService;
  readonly inputs: ProductInputs;
  readonly publicUrl: string;
  today(): string;
};

/** The API of products and their photos. */
export function productRoutes(deps: ProductRoutesDeps): readonly Route[] {
  const { service, inputs } = deps;
  const answer = (product: Parameters<typeof productAnswer>[0]) =>
    productAnswer(product, { publicUrl: deps.publicUrl, today: deps.today() });
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
      async (request) => ok(answer((await service.read(param(request, 'id'))).product)),
      { doc: { summary: 'One product, by id or slug' } },
    ),
    api.patch(
      '/products/:id',
      only('manager'),
      async (request, { actor }) => {
        const input = parse(inputs.change, request.body);
        return ok(answer(await service.change(param(request, 'id'), input, actor)));
      },
      { doc: { summary: 'Change a product; the whole of a field is replaced', body: inputs.change } },
    ),
    api.post(
      '/products/:id/photos',
      only('manager'),
      async (request, { actor, operationId }) => {
        const photo = await service.addPhoto(param(request, 'id'), request.file?.buffer, {
          actor,
          id: operationId,
        });
        return created({ ...photo, url: `${deps.publicUrl}/pictures/${photo.id}-1280.jpg` });
      },
      { upload: 'photo', doc: { summary: 'Add a photo (multipart field `photo`)', status: 201 } },
    ),
    api.delete(
      '/products/:id/photos/:photo',
      only('manager'),
      async (request, { actor }) => {
        await service.removePhoto(param(request, 'id'), param(request, 'photo'), actor);
        return empty();
      },
      { doc: { summary: 'Take a photo off the product' } },
    ),
  ];
}
