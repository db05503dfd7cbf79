import { z } from 'zod';
import { only } from '../../platform/access.ts';
import { csvFile } from '../../platform/csv.ts';
import { idField } from '../../platform/fields.ts';
import { api, param, type Route } from '../../platform/routing.ts';
import { parseQuery } from '../../platform/validate.ts';
import type { LabelAccounts } from './accounts.ts';

const accountQuery = z.object({ batch: idField.optional() });

/** Labels against packs, as a table. */
export function accountRoutes(accounts: LabelAccounts): readonly Route[] {
  return [
    api.get(
      '/cooperatives/:id/label-account.csv',
      only('clerk', 'manager', 'officer', 'administrator'),
      async (request, { actor, language }) => {
        const { batch } = parseQuery(accountQuery, request.query);
        const rows = await accounts.table(param(request, 'id'), { batch, actor, language });
        const name = language === 'vi' ? 'doi-chieu-tem.csv' : 'label-account.csv';
        return {
          kind: 'bytes',
          type: 'text/csv; charset=utf-8',
          body: csvFile(rows),
          headers: {
            'Content-Disposition': `attachment; filename="${name}"`,
            'Cache-Control': 'private, no-cache',
          },
        };
      },
      {
        doc: {
          summary:
            'Labels against packs, a row for each batch: printed, voided, in circulation, and what they hold',
          query: accountQuery,
        },
      },
    ),
  ];
}
