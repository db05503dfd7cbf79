import { z } from 'zod';
import { everyone } from '../../platform/access.ts';
import {
  cursorProblem,
  decodeCursor,
  listPage,
  listQuery,
  type ListRequest,
} from '../../platform/list-page.ts';
import { Problem } from '../../platform/problem.ts';
import { api, ok, param, type Route } from '../../platform/routing.ts';
import { parseQuery } from '../../platform/validate.ts';
import {
  codeListAnswers,
  codeSchema,
  communeSchema,
  foundProvinceSchema,
  pageOf,
  provinceAnswer,
  provinceSchema,
} from './code-list-answers.ts';
import type { CodeLists } from './code-lists.ts';

const query = z.object(listQuery);

/** Lists change with a new version of the server only. */
const CACHE = { 'Cache-Control': 'public, max-age=3600' };

/** A page of a list held in memory, in the list's own order; the cursor names the last code given. */
function pageByCode<T extends { readonly code: string }>(
  items: readonly T[],
  { limit, cursor }: ListRequest,
) {
  const after = decodeCursor(cursor, 1)?.[0];
  const start = after === undefined ? 0 : items.findIndex(({ code }) => code === after) + 1;
  if (after !== undefined && start === 0) throw cursorProblem();
  return listPage(items.slice(start, start + limit + 1), limit, ({ code }) => [code]);
}

/** The API of places and code lists: what a client needs in order to fill in a cooperative or a product. */
export function referenceRoutes(lists: CodeLists): readonly Route[] {
  const codes = codeListAnswers(lists);

  const find = (key: string) => {
    const found = lists.findProvince(key);
    if (found === null) throw new Problem('not-found');
    return found;
  };

  return [
    api.get(
      '/provinces',
      everyone(),
      (request) =>
        ok(pageByCode(lists.provinces.map(provinceAnswer), parseQuery(query, request.query)), CACHE),
      {
        doc: {
          summary: 'The 34 provinces and cities since 1 July 2025',
          query,
          answer: pageOf(provinceSchema),
        },
      },
    ),
    api.get(
      '/provinces/:code',
      everyone(),
      (request) => {
        const { province, former } = find(param(request, 'code'));
        return ok({ ...provinceAnswer(province), former }, CACHE);
      },
      {
        doc: {
          summary:
            'One province by code or slug. One of before 1 July 2025 leads to today’s, and `former` names it',
          answer: foundProvinceSchema,
        },
      },
    ),
    api.get(
      '/provinces/:code/communes',
      everyone(),
      (request) => {
        const { province } = find(param(request, 'code'));
        return ok(pageByCode(lists.communesOf(province.code), parseQuery(query, request.query)), CACHE);
      },
      { doc: { summary: 'Its communes, wards and special zones', query, answer: pageOf(communeSchema) } },
    ),
    api.get(
      '/code-lists',
      everyone(),
      () =>
        ok(
          {
            items: [...codes].map(([name, { purpose, items }]) => ({
              name,
              purpose,
              count: items.length,
              path: `/api/v1/code-lists/${name}`,
            })),
            next: null,
          },
          CACHE,
        ),
      { doc: { summary: 'Which code lists there are, and which field takes their codes' } },
    ),
    api.get(
      '/code-lists/:name',
      everyone(),
      (request) => {
        const list = codes.get(param(request, 'name'));
        if (list === undefined) throw new Problem('not-found');
        return ok(pageByCode(list.items, parseQuery(query, request.query)), CACHE);
      },
      { doc: { summary: 'The codes of one list, with their names', query, answer: pageOf(codeSchema) } },
    ),
  ];
}
