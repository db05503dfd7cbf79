import { ownSheetForm } from '../own-labels.ts';
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
  row('GET /01/:gtin', ANYBODY, async (tenant) => ({
    path: `/01/${(await tenant.newTraded()).gtin}?lang=en`,
  })),
  row('GET /01/:gtin/10/:lot', ANYBODY, async (tenant) => {
    const { gtin, lot } = await tenant.newTraded();
    return { path: `/01/${gtin}/10/${lot}` };
  }),
  row('GET /01/:gtin/10/:lot/21/:serial', ANYBODY, ({ batchCode }) => ({
    path: `/01/08935244812343/10/DL-1/21/${batchCode}`,
  })),
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

/** What a cooperative keeps for its labels; forms are of the writer's own. */
const OWN_FORM = '401 403 403 ok ok 403 ok ok 403';
const libraryPages: readonly Row[] = [
  row('GET /manage/labels/templates', OWN_LIST, () => ({ path: '/manage/labels/templates?done=saved' })),
  row('POST /manage/labels/templates/:item', SEND, async (tenant) => ({
    path: `/manage/labels/templates/${await tenant.newOwnSheet()}`,
    form: { deed: 'remove' },
  })),
  row('POST /manage/labels/layouts/default', OWN_FORM, () => ({
    path: '/manage/labels/layouts/default',
    form: { layout: 'trace' },
  })),
  row('GET /manage/labels/stock/new', WORK, async (tenant) => ({
    path: `/manage/labels/stock/new?from=${await tenant.newOwnSheet()}`,
  })),
  row('POST /manage/labels/stock/new', OWN_FORM, (tenant) => ({
    path: '/manage/labels/stock/new',
    form: ownSheetForm(tenant.fresh('Giấy')),
  })),
  row('GET /manage/labels/layouts/new', OWN_LIST, () => ({ path: '/manage/labels/layouts/new' })),
  row('POST /manage/labels/layouts/new', OWN_FORM, (tenant) => ({
    path: '/manage/labels/layouts/new',
    form: { name: tenant.fresh('Mẫu'), order: 'lot', show: 'lot', 'size.lot': 'large' },
  })),
  row('GET /manage/labels/printers/new', OWN_LIST, () => ({ path: '/manage/labels/printers/new' })),
  row('POST /manage/labels/printers/new', OWN_FORM, (tenant) => ({
    path: '/manage/labels/printers/new',
    form: { name: tenant.fresh('Máy'), xMm: '1,5', rulerMm: '99,8' },
  })),
];

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
  row('GET /manage/print-runs/:id/reprint', WORK, async (tenant) => ({
    path: `/manage/print-runs/${await tenant.newPrintRun()}/reprint`,
  })),
  row('GET /manage/print-runs/:id/void', 'login 403 403 ok 403 403 404 403 403', async (tenant) => ({
    path: `/manage/print-runs/${await tenant.newPrintRun()}/void`,
  })),
  row('POST /manage/print-runs/:id/void', '401 403 403 ok 403 403 404 403 403', async (tenant) => ({
    path: `/manage/print-runs/${await tenant.newPrintRun()}/void`,
    form: { numbers: '1-2', reason: 'Rách', confirm: '1' },
  })),
  row('POST /manage/print-runs/:id/reprint', SEND, async (tenant) => ({
    path: `/manage/print-runs/${await tenant.newPrintRun()}/reprint`,
    form: { from: '1', to: '2', startAt: '3', reason: 'Kẹt giấy' },
  })),
];

/** Looking after organisations, their people, and the own account. */
const lookingAfter: readonly Row[] = [
  row('GET /manage/approvals', 'login ok ok 403 403 ok 403 403 403', () => ({ path: '/manage/approvals' })),
  row('GET /manage/approvals/:id', 'login ok ok 403 403 404 403 403 403', async (tenant) => ({
    path: `/manage/approvals/${await tenant.newRegistration()}`,
  })),
  row('POST /manage/approvals/:id', '401 ok ok 403 403 404 403 403 403', async (tenant) => ({
    path: `/manage/approvals/${await tenant.newRegistration()}`,
    form: { decision: 'approve' },
  })),
  row('GET /manage/organizations', 'login ok ok 403 403 ok 403 403 403', () => ({
    path: '/manage/organizations?kind=cooperative&q=che&sort=newest&page=1',
  })),
  row('GET /manage/organizations.csv', 'login ok ok 403 403 ok 403 403 403', () => ({
    path: '/manage/organizations.csv?kind=retailer',
  })),
  row('GET /manage/organizations/new', 'login ok ok 403 403 ok 403 403 403', () => ({
    path: '/manage/organizations/new?kind=retailer',
  })),
  row('POST /manage/organizations/new', '401 ok ok 403 403 403 403 403 403', (tenant) => ({
    path: '/manage/organizations/new?kind=retailer',
    form: { name: tenant.fresh('Cửa hàng'), provinceCode: tenant.provinceCode, address: 'Thôn 3' },
  })),
  row('GET /manage/organizations/:id', 'login ok ok 403 403 404 403 403 403', ({ cooperativeId }) => ({
    path: `/manage/organizations/${cooperativeId}`,
  })),
  row('GET /manage/cooperative', 'login 403 403 ok 403 403 ok 403 403', () => ({
    path: '/manage/cooperative',
  })),
  row('POST /manage/cooperative', '401 403 403 ok 403 403 ok 403 403', (tenant) => ({
    path: '/manage/cooperative',
    form: { name: `HTX ${tenant.marker}`, address: 'Thôn 3', kind: 'cooperative' },
  })),
  row('POST /manage/cooperative/resubmission', '401 403 403 409 403 403 409 403 403', () => ({
    path: '/manage/cooperative/resubmission',
    form: {},
  })),
  row('GET /manage/members', 'login ok ok ok ok 404 404 404 404', ({ cooperativeId }) => ({
    path: `/manage/members?organization=${cooperativeId}`,
  })),
  row('POST /manage/members', '401 ok ok ok 403 404 404 404 404', (tenant) => ({
    path: `/manage/members?organization=${tenant.cooperativeId}`,
    form: { email: `${tenant.fresh('moi')}@example.org`, role: 'clerk' },
  })),
  row('POST /manage/members/revocation', '401 ok ok ok 403 404 404 404 404', async (tenant) => ({
    path: `/manage/members/revocation?organization=${tenant.cooperativeId}`,
    form: { invitationId: (await tenant.newInvitation()).id },
  })),
  row('POST /manage/members/role', '401 ok ok ok 403 404 404 404 404', async (tenant) => ({
    path: `/manage/members/role?organization=${tenant.cooperativeId}`,
    form: { userId: await tenant.newMember(), role: 'manager' },
  })),
  row('POST /manage/members/removal', '401 ok ok ok 403 404 404 404 404', async (tenant) => ({
    path: `/manage/members/removal?organization=${tenant.cooperativeId}`,
    form: { userId: await tenant.newMember() },
  })),
  row('GET /manage/more', 'login ok ok ok ok ok ok ok ok', () => ({ path: '/manage/more' })),
  row('POST /manage/more/name', '401 ok ok ok ok ok ok ok ok', () => ({
    path: '/manage/more/name',
    form: { name: 'Cô Hạnh' },
  })),
  // With a wrong password: whoever is signed in is told so, and nothing changes.
  row('POST /manage/more/password', '401 422 422 422 422 422 422 422 422', () => ({
    path: '/manage/more/password',
    form: { currentPassword: 'không phải', password: 'một mật khẩu khác' },
  })),
  row('POST /manage/more/organization', '401 422 422 422 422 422 422 422 422', () => ({
    path: '/manage/more/organization',
    form: { organizationId: 'nobodys' },
  })),
];

/** Pages and their forms. */
export const pageRows: readonly Row[] = [
  ...publicPages,
  ...lookingAfter,
  ...browsingPages,
  ...workplacePages,
  ...batchPages,
  ...libraryPages,
  ...labelPages,
  ...productPages,
  ...certificatePages,
];
