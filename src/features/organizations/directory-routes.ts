import type { Request } from 'express';
import { z } from 'zod';
import { ORGANIZATION_KINDS, only, type Actor } from '../../platform/access.ts';
import { inputFromForm } from '../../platform/form.ts';
import { formAnswer, freshForm, refusedForm, type FormState } from '../../platform/form-state.ts';
import { speak } from '../../platform/i18n.ts';
import { csvFile } from '../../platform/csv.ts';
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
import { parse } from '../../platform/validate.ts';
import {
  directoryPage,
  directoryRows,
  newOrganizationPage,
  organizationPage,
  type NewKind,
} from './directory-page.ts';
import { provinceInCharge, type DirectoryRequest } from './directory-service.ts';
import { aboutCommunes, withCommune } from './register-routes.ts';
import { aroundOf, type OrganizationWorkDeps } from './work-around.ts';
import { organizationWorkStrings } from './work-strings.ts';

/** A list's address that somebody changed by hand still gives a list. */
const listQuery = z.object({
  kind: z.enum(ORGANIZATION_KINDS).catch('cooperative'),
  status: z.enum(['active', 'pending', 'rejected']).optional().catch(undefined),
  q: z.string().max(200).optional().catch(undefined),
  sort: z.enum(['name', 'newest', 'oldest']).catch('name'),
  page: z.coerce.number().int().min(1).max(1_000).catch(1),
});

const OFFICE = only('administrator', 'officer');
const isAdministrator = (actor: Actor | null): boolean => actor?.administrator === true;

/** Unions are the administrator's to see in a list: an officer has one, their own. */
function requestOf(request: Request, actor: Actor | null): DirectoryRequest {
  const asked = listQuery.parse(request.query);
  return asked.kind === 'union' && !isAdministrator(actor) ? { ...asked, kind: 'cooperative' } : asked;
}

function newKindOf(request: Request, actor: Actor | null): NewKind {
  const asked = request.query['kind'];
  if (asked === 'union' && !isAdministrator(actor)) throw new Problem('not-allowed');
  return asked === 'union' || asked === 'retailer' ? asked : 'cooperative';
}

function newRoutes(deps: OrganizationWorkDeps): readonly Route[] {
  const { service, inputs, places } = deps;

  async function show(kind: NewKind, context: Context, state: FormState): Promise<object> {
    const t = speak(organizationWorkStrings, context.language);
    const title = { cooperative: t.addCooperative, retailer: t.addRetailer, union: t.addUnion }[kind];
    const around = await aroundOf(deps, context, { tab: 'organizations', title });
    return newOrganizationPage(kind, around, { state, places, idempotencyKey: context.operationId });
  }

  async function create(kind: NewKind, request: Request, context: Context): Promise<Answer> {
    const typed = inputFromForm(request.body, context.language, { numbers: ['memberCount'] });
    const input = withCommune(typed, places);
    const operation = { actor: context.actor, id: context.operationId };
    try {
      const made =
        kind === 'union'
          ? await service.createUnion(parse(inputs.union, input), operation)
          : kind === 'retailer'
            ? await service.createRetailer(parse(inputs.retailer, input), operation)
            : await service.create(parse(inputs.cooperative, input), operation);
      return redirect(`/manage/organizations/${made.id}?done=added`);
    } catch (error) {
      throw error instanceof Problem ? aboutCommunes(error, input, '/communeCode') : error;
    }
  }

  return [
    html.get('/manage/organizations/new', OFFICE, async (request, context) => {
      const kind = newKindOf(request, context.actor);
      const asked = String(request.query['province'] ?? '');
      const provinceCode = provinceInCharge(context.actor) ?? asked;
      return page('manage/plain', await show(kind, context, freshForm({ provinceCode })));
    }),
    html.post('/manage/organizations/new', OFFICE, async (request, context) => {
      const kind = newKindOf(request, context.actor);
      return formAnswer(
        async () => create(kind, request, context),
        async (problem) => {
          const state = refusedForm(problem, request.body, context.language);
          return page('manage/plain', await show(kind, context, state), problem.status);
        },
      );
    }),
  ];
}

/** Lists of organisations, one of them, and new ones. */
export function directoryRoutes(deps: OrganizationWorkDeps): readonly Route[] {
  const { directory, names } = deps;
  return [
    html.get('/manage/organizations', OFFICE, async (request, context) => {
      const asked = requestOf(request, context.actor);
      const found = await directory.list(asked, context.actor);
      const title = speak(organizationWorkStrings, context.language).organizationsTitle;
      const around = await aroundOf(deps, context, { tab: 'organizations', title });
      const administrator = isAdministrator(context.actor);
      return page('manage/plain', directoryPage(asked, found, { around, names, administrator }));
    }),
    html.get('/manage/organizations.csv', OFFICE, async (request, context) => {
      const found = await directory.all(requestOf(request, context.actor), context.actor);
      return {
        kind: 'bytes',
        type: 'text/csv; charset=utf-8',
        body: csvFile(directoryRows(found, context.language, names)),
        headers: { 'Content-Disposition': 'attachment; filename="organizations.csv"' },
      };
    }),
    ...newRoutes(deps),
    html.get('/manage/organizations/:id', OFFICE, async (request, context) => {
      const found = await directory.registration(param(request, 'id'), context.actor);
      const at = {
        tab: 'organizations',
        title: found.organization.name,
        done: request.query['done'],
      } as const;
      return page('manage/plain', organizationPage(found, await aroundOf(deps, context, at), names));
    }),
  ];
}
