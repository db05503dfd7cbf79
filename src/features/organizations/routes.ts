import { everyone, only, roleIn } from '../../platform/access.ts';
import { parse, parseQuery } from '../../platform/validate.ts';
import { api, created, ok, param, type Route } from '../../platform/routing.ts';
import { PER_ADDRESS_REGISTRATIONS } from './limits.ts';
import type { Throttle } from '../accounts/contract.ts';
import { cooperativeAnswer, organizationAnswer, ownCooperativeAnswer } from './answers.ts';
import type { OrganizationInputs } from './input.ts';
import type { OrganizationService } from './service.ts';

export type OrganizationRoutesDeps = {
  readonly service: OrganizationService;
  readonly inputs: OrganizationInputs;
  readonly publicUrl: string;
  readonly throttle: Throttle;
};

/** Registers a cooperative and counts the attempt against the client's address. */
export async function registerThrottled(
  deps: Pick<OrganizationRoutesDeps, 'service' | 'inputs' | 'throttle'>,
  request: { readonly body: unknown; readonly address: string; readonly operationId: string },
) {
  const input = parse(deps.inputs.registration, request.body);
  const key = `registration:${request.address}`;
  await deps.throttle.check(key);
  // Counted before: a refusal tells whether an address has an account, and must not be had for nothing.
  await deps.throttle.fail(key, PER_ADDRESS_REGISTRATIONS);
  return deps.service.register(input, { actor: null, id: request.operationId });
}

/** The API of cooperatives, unions and retailers. */
export function organizationRoutes(deps: OrganizationRoutesDeps): readonly Route[] {
  const { service, inputs, publicUrl } = deps;
  return [
    api.post(
      '/registrations',
      everyone(),
      async (request, { operationId }) => {
        const { id, status } = await registerThrottled(deps, {
          body: request.body,
          address: request.ip ?? '',
          operationId,
        });
        return created({ id, status });
      },
      { doc: { summary: 'A cooperative asks to join', body: inputs.registration, status: 201 } },
    ),
    api.post(
      '/unions',
      only('administrator'),
      async (request, { actor, operationId }) => {
        const input = parse(inputs.union, request.body);
        return created(organizationAnswer(await service.createUnion(input, { actor, id: operationId })));
      },
      { doc: { summary: "A province's cooperative union", body: inputs.union, status: 201 } },
    ),
    api.post(
      '/retailers',
      only('administrator', 'officer'),
      async (request, { actor, operationId }) => {
        const input = parse(inputs.retailer, request.body);
        return created(organizationAnswer(await service.createRetailer(input, { actor, id: operationId })));
      },
      { doc: { summary: 'A retailer', body: inputs.retailer, status: 201 } },
    ),
    api.post(
      '/cooperatives',
      only('administrator', 'officer'),
      async (request, { actor, operationId }) => {
        const input = parse(inputs.cooperative, request.body);
        const organization = await service.create(input, { actor, id: operationId });
        return created(cooperativeAnswer(organization, publicUrl));
      },
      { doc: { summary: 'A cooperative, active at once', body: inputs.cooperative, status: 201 } },
    ),
    api.post(
      '/cooperatives/:id/approval',
      only('administrator', 'officer'),
      async (request, { actor }) => {
        const input = parse(inputs.approval, request.body);
        return ok(cooperativeAnswer(await service.decide(param(request, 'id'), input, actor), publicUrl));
      },
      { doc: { summary: 'Approve or reject a registration', body: inputs.approval } },
    ),
    api.post(
      '/cooperatives/:id/resubmission',
      only('manager'),
      async (request, { actor }) => {
        const { id, status } = await service.askAgain(param(request, 'id'), actor);
        return ok({ id, status });
      },
      { doc: { summary: 'A refused registration asks again' } },
    ),
    api.get(
      '/cooperatives',
      everyone(),
      async (request) => {
        const found = await service.list(parseQuery(inputs.list, request.query));
        return ok({ items: found.items.map((one) => cooperativeAnswer(one, publicUrl)), next: found.next });
      },
      { doc: { summary: 'Active cooperatives', query: inputs.list } },
    ),
    api.get(
      '/cooperatives/:id',
      everyone(),
      async (request, { actor }) => {
        const found = await service.read(param(request, 'id'), actor);
        const own = roleIn(actor, found) !== null;
        return ok(own ? ownCooperativeAnswer(found, publicUrl) : cooperativeAnswer(found, publicUrl));
      },
      { doc: { summary: 'One cooperative, by id or slug' } },
    ),
    api.patch(
      '/cooperatives/:id',
      only('manager'),
      async (request, { actor }) => {
        const input = parse(inputs.change, request.body);
        return ok(ownCooperativeAnswer(await service.change(param(request, 'id'), input, actor), publicUrl));
      },
      { doc: { summary: 'Change what a cooperative says of itself', body: inputs.change } },
    ),
  ];
}
