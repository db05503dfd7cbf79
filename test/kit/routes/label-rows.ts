import { ownLayout, ownPrinter, ownSheet } from '../own-labels.ts';
import { PRINT_RUN, type Tenant } from '../tenants.ts';
import { ANYBODY, row, type Row } from './row.ts';

/** Members of the cooperative and its province's officers read; the others' things do not exist for them. */
const READ = '401 ok ok ok ok 404 404 404 403';

/** Those who read, of what is for rolls only: the run is on sheets. */
const NO_ROLL = READ.replaceAll('ok', '409');

/** Those who print. */
const PRINT = '401 403 403 ok ok 403 404 404 403';

/** Those who answer for what is in circulation. */
const VOID = '401 403 403 ok 403 403 404 403 403';

const of = (tenant: Tenant, rest: string) => ({ path: `/api/v1/batches/${tenant.batchId}/${rest}` });
const ofRun = async (tenant: Tenant, rest: string) => ({
  path: `/api/v1/print-runs/${await tenant.newPrintRun()}${rest}`,
});

const own = ({ cooperativeId }: Tenant, rest: string) => ({
  path: `/api/v1/cooperatives/${cooperativeId}/${rest}`,
});
/** A picture of a layout: small enough for an address. */
const LAYOUT_IN_QUERY = new URLSearchParams({
  layout: JSON.stringify({ rows: [{ field: 'lot' }] }),
  template: 'avery-l7160',
}).toString();

/** Own paper, layouts and printers. */
const libraryRows: readonly Row[] = [
  row('GET /api/v1/cooperatives/:id/label-templates', READ, (tenant) =>
    own(tenant, 'label-templates?removed=false'),
  ),
  row('POST /api/v1/cooperatives/:id/label-templates', PRINT, (tenant) => ({
    ...own(tenant, 'label-templates'),
    json: ownSheet(tenant.fresh('Giấy')),
  })),
  row('GET /api/v1/cooperatives/:id/label-templates/:item/calibration.pdf', READ, async (tenant) =>
    own(tenant, `label-templates/${await tenant.newOwnSheet()}/calibration.pdf?xMm=1`),
  ),
  row('GET /api/v1/cooperatives/:id/label-layouts', READ, (tenant) => own(tenant, 'label-layouts')),
  row('POST /api/v1/cooperatives/:id/label-layouts', PRINT, (tenant) => ({
    ...own(tenant, 'label-layouts'),
    json: ownLayout(tenant.fresh('Mẫu')),
  })),
  row('POST /api/v1/cooperatives/:id/label-layouts/default', PRINT, (tenant) => ({
    ...own(tenant, 'label-layouts/default'),
    json: { layout: 'trace' },
  })),
  row('GET /api/v1/cooperatives/:id/label-layouts/preview.svg', PRINT, (tenant) =>
    own(tenant, `label-layouts/preview.svg?${LAYOUT_IN_QUERY}`),
  ),
  row('GET /api/v1/cooperatives/:id/printers', READ, (tenant) => own(tenant, 'printers')),
  row('POST /api/v1/cooperatives/:id/printers', PRINT, (tenant) => ({
    ...own(tenant, 'printers'),
    json: ownPrinter(tenant.fresh('Máy')),
  })),
  row('POST /api/v1/cooperatives/:id/label-library/:item/removal', PRINT, async (tenant) => ({
    ...own(tenant, `label-library/${await tenant.newOwnSheet()}/removal`),
  })),
  row('POST /api/v1/cooperatives/:id/label-library/:item/restoration', PRINT, async (tenant) => ({
    ...own(tenant, `label-library/${await tenant.newOwnSheet()}/restoration`),
  })),
];

/** Templates, symbols and print runs of the API. */
export const labelRows: readonly Row[] = [
  row('GET /api/v1/label-templates', ANYBODY, () => ({ path: '/api/v1/label-templates' })),
  row('GET /api/v1/label-templates/:id', ANYBODY, () => ({ path: '/api/v1/label-templates/avery-l7160' })),
  row('GET /api/v1/label-templates/:id/calibration.pdf', ANYBODY, () => ({
    path: '/api/v1/label-templates/avery-l7160/calibration.pdf?xMm=1',
  })),
  row('GET /api/v1/batches/:id/qr.svg', READ, (tenant) => of(tenant, 'qr.svg')),
  row('GET /api/v1/batches/:id/qr.png', READ, (tenant) => of(tenant, 'qr.png?size=300')),
  row('GET /api/v1/batches/:id/label-preview', PRINT, (tenant) =>
    of(tenant, 'label-preview?template=avery-l7160&count=2'),
  ),
  row('GET /api/v1/batches/:id/label-preview.svg', PRINT, (tenant) =>
    of(tenant, 'label-preview.svg?template=avery-l7160&count=2'),
  ),
  row('POST /api/v1/batches/:id/print-runs', PRINT, (tenant) => ({
    ...of(tenant, 'print-runs'),
    json: { ...PRINT_RUN, reason: 'Dán cả thùng', language: 'vi', calibration: { xMm: 1, yMm: 0, scale: 1 } },
  })),
  row('GET /api/v1/cooperatives/:id/print-runs', READ, ({ cooperativeId }) => ({
    path: `/api/v1/cooperatives/${cooperativeId}/print-runs?limit=5`,
  })),
  row('GET /api/v1/cooperatives/:id/label-account.csv', READ, ({ cooperativeId }) => ({
    path: `/api/v1/cooperatives/${cooperativeId}/label-account.csv`,
  })),
  row('GET /api/v1/print-runs/:id', READ, (tenant) => ofRun(tenant, '')),
  row('GET /api/v1/print-runs/:id/labels.pdf', READ, (tenant) => ofRun(tenant, '/labels.pdf')),
  row('GET /api/v1/print-runs/:id/labels.csv', READ, (tenant) => ofRun(tenant, '/labels.csv')),
  // A run on sheets: thermal printers' languages are refused to those who may read it.
  row('GET /api/v1/print-runs/:id/labels.zpl', NO_ROLL, (tenant) => ofRun(tenant, '/labels.zpl')),
  row('GET /api/v1/print-runs/:id/labels.tspl', NO_ROLL, (tenant) => ofRun(tenant, '/labels.tspl')),
  row('GET /api/v1/print-runs/:id/labels.zip', READ, (tenant) => ofRun(tenant, '/labels.zip?of=svg')),
  row('GET /api/v1/print-runs/:id/progress', READ, (tenant) => ofRun(tenant, '/progress')),
  row('POST /api/v1/print-runs/:id/reprints', PRINT, async (tenant) => ({
    ...(await ofRun(tenant, '/reprints')),
    json: { from: 1, to: 1, startAt: 2, reason: 'Kẹt giấy' },
  })),
  row('GET /api/v1/print-runs/:id/reprints', READ, (tenant) => ofRun(tenant, '/reprints?limit=5')),
  row('GET /api/v1/print-runs/:id/reprint-preview', PRINT, (tenant) =>
    ofRun(tenant, '/reprint-preview?from=1&to=2&startAt=3'),
  ),
  row('GET /api/v1/print-runs/:id/reprint-preview.svg', PRINT, (tenant) =>
    ofRun(tenant, '/reprint-preview.svg?from=1&to=2&startAt=3&view=sheet'),
  ),
  row('GET /api/v1/print-runs/:id/reprints/:number/labels.pdf', READ, async (tenant) => ({
    path: `/api/v1/print-runs/${await tenant.newReprint()}/reprints/1/labels.pdf`,
  })),
  row('GET /api/v1/print-runs/:id/reprints/:number/labels.csv', READ, async (tenant) => ({
    path: `/api/v1/print-runs/${await tenant.newReprint()}/reprints/1/labels.csv`,
  })),
  row('POST /api/v1/print-runs/:id/void', VOID, async (tenant) => ({
    ...(await ofRun(tenant, '/void')),
    json: { from: 1, to: 1, reason: 'Rách khi dán' },
  })),
  row('GET /api/v1/print-runs/:id/voids', READ, (tenant) => ofRun(tenant, '/voids')),
  row('GET /api/v1/print-runs/:id/reprints/:number/labels.zpl', NO_ROLL, async (tenant) => ({
    path: `/api/v1/print-runs/${await tenant.newReprint()}/reprints/1/labels.zpl`,
  })),
  row('GET /api/v1/print-runs/:id/reprints/:number/labels.tspl', NO_ROLL, async (tenant) => ({
    path: `/api/v1/print-runs/${await tenant.newReprint()}/reprints/1/labels.tspl`,
  })),
  row('GET /api/v1/print-runs/:id/reprints/:number/labels.zip', READ, async (tenant) => ({
    path: `/api/v1/print-runs/${await tenant.newReprint()}/reprints/1/labels.zip`,
  })),
  row('GET /api/v1/print-runs/:id/label.svg', READ, (tenant) => ofRun(tenant, '/label.svg')),
  ...libraryRows,
];
