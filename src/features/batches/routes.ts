import { z } from 'zod';
import { only } from '../../platform/access.ts';
import { idField } from '../../platform/fields.ts';
import { listQuery } from '../../platform/list-page.ts';
import { parse, parseQuery } from '../../platform/validate.ts';
import { api, created, ok, param, type Route } from '../../platform/routing.ts';
import { batchAnswer, correctionAnswer, eventAnswer, wholeBatchAnswer, type AnswerDeps } from './answers.ts';
import type { BatchInputs } from './input.ts';
import type { RecordService } from './record-service.ts';
import type { BatchService } from './service.ts';

const listOfBatches = z.object({
  ...listQuery,
  product: idField.optional(),
  status: z.enum(['open', 'closed']).optional(),
  lot: z.string().max(20).optional(),
});

/** The API of batches and their events. */
export function batchRoutes(
  deps: AnswerDeps & {
    readonly service: BatchService;
    readonly records: RecordService;
    readonly inputs: BatchInputs;
  },
): readonly Route[] {
  const { service, records, inputs } = deps;
  return [
    api.post(
      '/products/:id/batches',
      only('clerk', 'manager'),
      async (request, { actor, operationId }) => {
        const input = parse(inputs.batch, request.body);
        const batch = await service.create(param(request, 'id'), input, { actor, id: operationId });
        return created(batchAnswer(batch, deps));
      },
      { doc: { summary: 'Create a batch of a product', body: inputs.batch, status: 201 } },
    ),
    api.get(
      '/cooperatives/:id/batches',
      only('clerk', 'manager', 'officer', 'administrator'),
      async (request, { actor }) => {
        const { product: productId, ...asked } = parseQuery(listOfBatches, request.query);
        const page = await service.list(param(request, 'id'), { ...asked, productId }, actor);
        return ok({ items: page.items.map((batch) => batchAnswer(batch, deps)), next: page.next });
      },
      { doc: { summary: "A cooperative's batches, newest first", query: listOfBatches } },
    ),
    api.get(
      '/batches/:id',
      only('clerk', 'manager', 'officer', 'administrator'),
      async (request, { actor }) =>
        ok(wholeBatchAnswer(await service.read(param(request, 'id'), actor), deps)),
      { doc: { summary: 'A batch with its events and how complete its record is' } },
    ),
    api.patch(
      '/batches/:id',
      only('clerk', 'manager'),
      async (request, { actor }) => {
        const input = parse(inputs.filling, request.body);
        return ok(batchAnswer(await service.fill(param(request, 'id'), input, actor), deps));
      },
      { doc: { summary: 'Fill in what was left empty; nothing that stands changes', body: inputs.filling } },
    ),
    api.post(
      '/batches/:id/photos',
      only('clerk', 'manager'),
      async (request, { actor, operationId }) => {
        const file = request.file?.buffer;
        const photo = await records.addPhoto(param(request, 'id'), file, { actor, id: operationId });
        return created({ ...photo, url: `${deps.publicUrl}/pictures/${photo.id}-1280.jpg` });
      },
      {
        upload: 'photo',
        doc: { summary: 'Add a photo for an event (multipart field `photo`)', status: 201 },
      },
    ),
    api.post(
      '/batches/:id/events',
      only('clerk', 'manager'),
      async (request, { actor, operationId }) => {
        const input = parse(inputs.event, request.body);
        const event = await records.record(param(request, 'id'), input, { actor, id: operationId });
        return created(eventAnswer(event, deps));
      },
      { doc: { summary: 'Record what happened to a batch', body: inputs.event, status: 201 } },
    ),
    api.post(
      '/events/:id/corrections',
      only('clerk', 'manager'),
      async (request, { actor, operationId }) => {
        const input = parse(inputs.correction, request.body);
        const correction = await records.correct(param(request, 'id'), input, { actor, id: operationId });
        return created(correctionAnswer(correction, deps));
      },
      {
        doc: {
          summary: 'Supersede an event, or withdraw it; the original stays readable',
          body: inputs.correction,
          status: 201,
        },
      },
    ),
    api.post(
      '/batches/:id/close',
      only('manager'),
      async (request, { actor }) => ok(batchAnswer(await service.close(param(request, 'id'), actor), deps)),
      { doc: { summary: 'Close a batch: no further events or labels' } },
    ),
  ];
}
