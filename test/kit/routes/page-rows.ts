import { PASSWORD, emailOf } from '../app.ts';
import { registrationForm, type Tenant } from '../tenants.ts';
import { certificatePages, productPages } from './product-rows.ts';
import { ANYBODY, row, type Row } from './row.ts';

const publicPages: readonly Row[] = [
  row('GET /login', ANYBODY, () => ({ path: '/login?next=/verify' })),
  row('POST /login', ANYBODY, () => ({
    path: '/login?next=/verify',
    form: { login: emailOf('staff'), password: PASSWORD },
  })),
  row('GET /register', ANYBODY, () => ({ path: '/register' })),
  row('POST /register', ANYBODY, ({ provinceCode, marker }) => ({
    path: '/register',
    form: registrationForm(provinceCode, marker),
  })),
  row('GET /invitations/:token', ANYBODY, async (tenant) => ({
    path: `/invitations/${(await tenant.newInvitation()).token}`,
  })),
  row('POST /invitations/:token', ANYBODY, async (tenant) => ({
    path: `/invitations/${(await tenant.newInvitation()).token}`,
    form: { name: 'Lò Thị Mới', password: PASSWORD },
  })),
  row('POST /logout', ANYBODY, () => ({ path: '/logout', form: {} })),
  row('GET /pictures/:name', ANYBODY, ({ photoId }) => ({ path: `/pictures/${photoId}-320.jpg` })),
  row('GET /certificates/:id/file', ANYBODY, ({ certificateId }) => ({
    path: `/certificates/${certificateId}/file`,
  })),
  row('GET /verify', ANYBODY, () => ({ path: '/verify' })),
  row('POST /verify', ANYBODY, ({ batchCode }) => ({ path: '/verify', form: { codes: batchCode } })),
  row('GET /:code', ANYBODY, ({ batchCode }) => ({ path: `/${batchCode}` })),
];

/** What everybody may read about provinces, cooperatives and products. */
const browsingPages: readonly Row[] = [
  row('GET /', ANYBODY, () => ({ path: '/' })),
  row('GET /api/openapi.json', ANYBODY, () => ({ path: '/api/openapi.json' })),
  row('GET /problems', ANYBODY, () => ({ path: '/problems' })),
  row('GET /problems/:code', ANYBODY, () => ({ path: '/problems/invalid' })),
  row('GET /provinces', ANYBODY, () => ({ path: '/provinces' })),
  row('GET /provinces/:slug', ANYBODY, () => ({ path: '/provinces/tuyen-quang' })),
  row('GET /cooperatives', ANYBODY, () => ({ path: '/cooperatives?q=che' })),
  row('GET /cooperatives/:slug', ANYBODY, ({ cooperativeSlug }) => ({
    path: `/cooperatives/${cooperativeSlug}`,
  })),
  row('GET /products', ANYBODY, () => ({ path: '/products?q=che' })),
  row('GET /products/:slug', ANYBODY, ({ productSlug }) => ({ path: `/products/${productSlug}` })),
  row('GET /recalls', ANYBODY, () => ({ path: '/recalls' })),
];

const workplacePages: readonly Row[] = [
  row('GET /manage', 'login ok ok ok ok ok ok ok ok', () => ({ path: '/manage' })),
];

/** Only the cooperative's own people work on its batches; its officers read them. */
const WORK = 'login 403 403 ok ok 403 404 404 403';
const SEND = '401 403 403 ok ok 403 404 404 403';
/** Lists are of the reader's own cooperative. */
const OWN_LIST = 'login 403 403 ok ok 403 ok ok 403';

const batchForm = (tenant: Tenant) => ({
  lotNumber: tenant.fresh('F'),
  'quantity.value': '12,5',
  'quantity.unit': 'kg',
  producedOn: '2026-04-07',
});

const batchPages: readonly Row[] = [
  row('GET /manage/batches', OWN_LIST, () => ({ path: '/manage/batches' })),
  row('GET /manage/batches/new', WORK, ({ productId }) => ({
    path: `/manage/batches/new?product=${productId}`,
  })),
  row('POST /manage/batches/new', SEND, (tenant) => ({
    path: `/manage/batches/new?product=${tenant.productId}`,
    form: batchForm(tenant),
  })),
  row('GET /manage/batches/:id', 'login ok ok ok ok 404 404 404 403', ({ batchId }) => ({
    path: `/manage/batches/${batchId}`,
  })),
  row('POST /manage/batches/:id/fill', SEND, async (tenant) => ({
    path: `/manage/batches/${await tenant.newBareBatch()}/fill`,
    form: { packs: '40' },
  })),
  row('GET /manage/batches/:id/close', 'login 403 403 ok 403 403 404 403 403', async (tenant) => ({
    path: `/manage/batches/${tenant.batchId}/close`,
  })),
  row('POST /manage/batches/:id/close', '401 403 403 ok 403 403 404 403 403', async (tenant) => ({
    path: `/manage/batches/${(await tenant.newBatch()).id}/close`,
    form: {},
  })),
  row('GET /manage/record', OWN_LIST, () => ({ path: '/manage/record' })),
  row('GET /manage/batches/:id/record', WORK, ({ batchId }) => ({
    path: `/manage/batches/${batchId}/record?step=harvesting`,
  })),
  row('POST /manage/batches/:id/record', SEND, ({ batchId }) => ({
    path: `/manage/batches/${batchId}/record?step=harvesting`,
    form: {
      step: 'harvesting',
      occurredAt: '2026-04-05T06:10',
      'place.name': 'Đồi chè',
      'quantity.value': '1.500',
      'quantity.unit': 'kg',
      'note.vi': 'Hái tay',
    },
  })),
  row('GET /manage/events/:id/correct', WORK, ({ eventId }) => ({
    path: `/manage/events/${eventId}/correct`,
  })),
  row('POST /manage/events/:id/correct', SEND, async (tenant) => ({
    path: `/manage/events/${await tenant.newEvent()}/correct`,
    form: {
      reason: 'Cân lại',
      step: 'harvesting',
      occurredAt: '2026-04-05T06:10',
      'place.name': 'Đồi chè Pả Ngán',
      'quantity.value': '47',
      'quantity.unit': 'kg',
      seen: '0',
    },
  })),
];

const labelPages: readonly Row[] = [
  row('GET /manage/labels', 'login 403 403 ok ok 403 ok ok 403', () => ({ path: '/manage/labels' })),
  row('GET /manage/batches/:id/labels', 'login 403 403 ok ok 403 404 404 403', ({ batchId }) => ({
    path: `/manage/batches/${batchId}/labels`,
  })),
  row('POST /manage/batches/:id/labels', '401 403 403 ok ok 403 404 404 403', ({ batchId }) => ({
    path: `/manage/batches/${batchId}/labels`,
    form: { template: 'avery-l7160', count: '2', startAt: '1', language: 'vi', goodsLabel: 'false' },
  })),
  row('GET /manage/print-runs/:id', 'login ok ok ok ok 404 404 404 403', async (tenant) => ({
    path: `/manage/print-runs/${await tenant.newPrintRun()}`,
  })),
];

/** Pages and their forms. */
export const pageRows: readonly Row[] = [
  ...publicPages,
  ...browsingPages,
  ...workplacePages,
  ...batchPages,
  ...labelPages,
  ...productPages,
  ...certificatePages,
];
