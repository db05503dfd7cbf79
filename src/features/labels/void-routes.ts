import { z } from 'zod';
import { only } from '../../platform/access.ts';
import { api, ok, param, type Route } from '../../platform/routing.ts';
import { listQuery } from '../../platform/list-page.ts';
import { parse, parseQuery } from '../../platform/validate.ts';
import { voidInput } from './input.ts';
import type { LabelVoid } from './void-store.ts';
import type { VoidService, VoidedRun } from './voids.ts';

const listOfVoids = z.object(listQuery);
const READ = only('clerk', 'manager', 'officer', 'administrator');

function voidedAnswer({ run, labels, voided, balance }: VoidedRun) {
  return {
    printRunId: run.id,
    run: run.run,
    labels,
    voided,
    inCirculation: run.count - voided,
    batch: { id: run.batchId, ...balance },
  };
}

function voidAnswer({ id, numbers, reason, createdAt, createdBy, createdByName }: LabelVoid) {
  return {
    id,
    labels: numbers,
    reason,
    createdAt: createdAt.toISOString(),
    createdBy: { id: createdBy, name: createdByName },
  };
}

/** Voiding labels of print runs. */
export function voidRoutes({ voids }: { readonly voids: VoidService }): readonly Route[] {
  return [
    api.post(
      '/print-runs/:id/void',
      only('manager'),
      async (request, { actor, operationId }) => {
        const input = parse(voidInput, request.body);
        return ok(voidedAnswer(await voids.create(param(request, 'id'), input, { actor, id: operationId })));
      },
      {
        doc: {
          summary: 'Void labels of a run: by label numbers, by pack numbers or by their codes',
          body: voidInput,
        },
      },
    ),
    api.get(
      '/print-runs/:id/voids',
      READ,
      async (request, { actor }) => {
        const query = parseQuery(listOfVoids, request.query);
        const { items, next } = await voids.list(param(request, 'id'), query, actor);
        return ok({ items: items.map(voidAnswer), next });
      },
      { doc: { summary: "A run's voided labels: who, when and why, oldest first", query: listOfVoids } },
    ),
  ];
}
