import { PASSWORD, emailOf } from '../app.ts';
import { harvest, teaBatch, teaProduct } from '../samples.ts';
import { fileOf, photoBytes, registrationBody } from '../tenants.ts';
import { labelRows } from './label-rows.ts';
import { ANYBODY, row, type Row } from './row.ts';

const SIGN_IN = { login: emailOf('staff'), password: PASSWORD };
const { gtin: _, ...product } = teaProduct;

const accounts: readonly Row[] = [
  row('POST /api/v1/auth/login', ANYBODY, () => ({ path: '/api/v1/auth/login', json: SIGN_IN })),
  // No token of anybody's: whoever it is, it is not valid.
  row('POST /api/v1/auth/refresh', '401 401 401 401 401 401 401 401 401', () => ({
    path: '/api/v1/auth/refresh',
    json: { refreshToken: 'a'.repeat(43) },
  })),
  row('POST /api/v1/auth/logout', ANYBODY, () => ({ path: '/api/v1/auth/logout', json: {} })),
  // With a wrong password: whoever is signed in is told so, and nothing changes.
  row('POST /api/v1/me/password', '401 422 422 422 422 422 422 422 422', () => ({
    path: '/api/v1/me/password',
    json: { currentPassword: 'không phải', password: 'một mật khẩu khác' },
  })),
  row('GET /api/v1/me/sessions', '401 ok ok ok ok ok ok ok ok', () => ({ path: '/api/v1/me/sessions' })),
  // Of nobody: another person's sign-in cannot be ended, and this one is not there at all.
  row('DELETE /api/v1/me/sessions/:id', '401 404 404 404 404 404 404 404 404', () => ({
    path: '/api/v1/me/sessions/nobodys',
  })),
  row('GET /api/v1/me', '401 ok ok ok ok ok ok ok ok', () => ({ path: '/api/v1/me' })),
];

const organizations: readonly Row[] = [
  row('POST /api/v1/registrations', ANYBODY, (tenant) => ({
    path: '/api/v1/registrations',
    json: registrationBody(tenant.provinceCode, tenant.marker),
  })),
  // Each province of the test world has its union.
  row('POST /api/v1/unions', '401 409 403 403 403 403 403 403 403', (tenant) => ({
    path: '/api/v1/unions',
    json: { provinceCode: tenant.provinceCode, name: 'Liên minh Hợp tác xã' },
  })),
  row('POST /api/v1/retailers', '401 ok ok 403 403 403 403 403 403', (tenant) => ({
    path: '/api/v1/retailers',
    json: { provinceCode: tenant.provinceCode, name: 'Cửa hàng Thúng Tre' },
  })),
  row('POST /api/v1/cooperatives', '401 ok ok 403 403 403 403 403 403', (tenant) => ({
    path: '/api/v1/cooperatives',
    json: registrationBody(tenant.provinceCode, tenant.marker).cooperative,
  })),
  row('POST /api/v1/cooperatives/:id/approval', '401 ok ok 403 403 404 403 403 403', async (tenant) => ({
    path: `/api/v1/cooperatives/${await tenant.newRegistration()}/approval`,
    json: { decision: 'approve', note: 'Hồ sơ đủ' },
  })),
  row('POST /api/v1/cooperatives/:id/resubmission', '401 403 403 409 403 403 404 403 403', (tenant) => ({
    path: `/api/v1/cooperatives/${tenant.cooperativeId}/resubmission`,
  })),
  row('GET /api/v1/cooperatives', ANYBODY, () => ({
    path: '/api/v1/cooperatives?province=08&q=che&limit=5',
  })),
  row('GET /api/v1/cooperatives/:id', ANYBODY, ({ cooperativeId }) => ({
    path: `/api/v1/cooperatives/${cooperativeId}`,
  })),
  row('PATCH /api/v1/cooperatives/:id', '401 403 403 ok 403 403 404 403 403', ({ cooperativeId }) => ({
    path: `/api/v1/cooperatives/${cooperativeId}`,
    json: { phone: '0912 345 678', memberCount: 31 },
  })),
];

/** Invitations and members; the other cooperative's people do not learn that the organisation exists. */
const members: readonly Row[] = [
  row('POST /api/v1/organizations/:id/invitations', '401 ok ok ok 403 404 404 403 403', (tenant) => ({
    path: `/api/v1/organizations/${tenant.cooperativeId}/invitations`,
    json: { email: `${tenant.fresh('moi')}@example.org`, role: 'clerk' },
  })),
  row('GET /api/v1/organizations/:id/invitations', '401 ok ok ok 403 404 404 403 403', (tenant) => ({
    path: `/api/v1/organizations/${tenant.cooperativeId}/invitations`,
  })),
  row(
    'DELETE /api/v1/organizations/:id/invitations/:invitationId',
    '401 ok ok ok 403 404 404 403 403',
    async (tenant) => ({
      path: `/api/v1/organizations/${tenant.cooperativeId}/invitations/${(await tenant.newInvitation()).id}`,
    }),
  ),
  row('POST /api/v1/invitations/accept', ANYBODY, async (tenant) => ({
    path: '/api/v1/invitations/accept',
    json: { token: (await tenant.newInvitation()).token, name: 'Lò Thị Mới', password: PASSWORD },
  })),
  row('GET /api/v1/organizations/:id/members', '401 ok ok ok ok 404 404 404 404', (tenant) => ({
    path: `/api/v1/organizations/${tenant.cooperativeId}/members`,
  })),
  row(
    'PATCH /api/v1/organizations/:id/members/:userId',
    '401 ok ok ok 403 404 404 403 403',
    async (tenant) => ({
      path: `/api/v1/organizations/${tenant.cooperativeId}/members/${await tenant.newMember()}`,
      json: { role: 'manager' },
    }),
  ),
  row(
    'DELETE /api/v1/organizations/:id/members/:userId',
    '401 ok ok ok 403 404 404 404 404',
    async (tenant) => ({
      path: `/api/v1/organizations/${tenant.cooperativeId}/members/${await tenant.newMember()}`,
    }),
  ),
];

const products: readonly Row[] = [
  row('POST /api/v1/cooperatives/:id/products', '401 403 403 ok 403 403 404 403 403', (tenant) => ({
    path: `/api/v1/cooperatives/${tenant.cooperativeId}/products`,
    json: { ...product, brand: tenant.fresh('Mây') },
  })),
  row('GET /api/v1/products', ANYBODY, () => ({ path: '/api/v1/products?tier=regional&limit=5' })),
  row('GET /api/v1/products/:id/revisions', '401 ok ok ok ok 404 404 404 403', ({ productId }) => ({
    path: `/api/v1/products/${productId}/revisions`,
  })),
  row('GET /api/v1/products/:id', ANYBODY, ({ productId }) => ({ path: `/api/v1/products/${productId}` })),
  row('PATCH /api/v1/products/:id', '401 403 403 ok 403 403 404 403 403', ({ productId }) => ({
    path: `/api/v1/products/${productId}`,
    json: { storage: { vi: 'Nơi khô ráo', en: 'Keep dry' }, shelfLifeDays: 700 },
  })),
  row('POST /api/v1/products/:id/photos', '401 403 403 ok 403 403 404 403 403', async (tenant) => ({
    path: `/api/v1/products/${await tenant.newProduct()}/photos`,
    multipart: { photo: fileOf(await photoBytes(), 'anh.jpg', 'image/jpeg') },
  })),
  row('DELETE /api/v1/products/:id/photos/:photo', '401 403 403 ok 403 403 404 403 403', (tenant) => ({
    path: `/api/v1/products/${tenant.productId}/photos/nothing`,
  })),
  row('POST /api/v1/cooperatives/:id/certificates', '401 403 403 ok 403 403 404 403 403', (tenant) => ({
    path: `/api/v1/cooperatives/${tenant.cooperativeId}/certificates`,
    json: {
      standard: 'VietGAP',
      number: tenant.fresh('VG'),
      issuer: 'Trung tâm chứng nhận',
      issuedOn: '2026-01-01',
      expiresOn: '2028-01-01',
      productIds: [tenant.productId],
    },
  })),
  row('GET /api/v1/cooperatives/:id/certificates', ANYBODY, ({ cooperativeId }) => ({
    path: `/api/v1/cooperatives/${cooperativeId}/certificates`,
  })),
  row('POST /api/v1/certificates/:id/withdrawal', '401 403 403 ok 403 403 404 403 403', async (tenant) => ({
    path: `/api/v1/certificates/${await tenant.newCertificate()}/withdrawal`,
    json: { reason: 'Nhập nhầm' },
  })),
];

const batches: readonly Row[] = [
  row('POST /api/v1/products/:id/batches', '401 403 403 ok ok 403 404 404 403', (tenant) => ({
    path: `/api/v1/products/${tenant.productId}/batches`,
    json: {
      ...teaBatch,
      lotNumber: tenant.fresh('L'),
      packs: 900,
      expiresOn: '2028-04-06',
      inputs: [{ batchId: tenant.batchId, quantity: { value: 1, unit: 'g' } }],
      boughtIn: [{ name: { vi: 'Hoa nhài', en: 'Jasmine' }, quantity: { value: 2, unit: 'kg' } }],
    },
  })),
  row('GET /api/v1/cooperatives/:id/batches', '401 ok ok ok ok 404 404 404 403', (tenant) => ({
    path: `/api/v1/cooperatives/${tenant.cooperativeId}/batches?limit=5`,
  })),
  row('GET /api/v1/batches/:id', '401 ok ok ok ok 404 404 404 403', ({ batchId }) => ({
    path: `/api/v1/batches/${batchId}`,
  })),
  row('PATCH /api/v1/batches/:id', '401 403 403 ok ok 403 404 404 403', async (tenant) => ({
    path: `/api/v1/batches/${await tenant.newBareBatch()}`,
    json: { packs: 40, expiresOn: '2028-04-06' },
  })),
  row('POST /api/v1/batches/:id/photos', '401 403 403 ok ok 403 404 404 403', async ({ batchId }) => ({
    path: `/api/v1/batches/${batchId}/photos`,
    multipart: { photo: fileOf(await photoBytes(), 'anh.jpg', 'image/jpeg') },
  })),
  row('POST /api/v1/batches/:id/events', '401 403 403 ok ok 403 404 404 403', ({ batchId, photoId }) => ({
    path: `/api/v1/batches/${batchId}/events`,
    json: { ...harvest, photos: [photoId] },
  })),
  row('POST /api/v1/events/:id/corrections', '401 403 403 ok ok 403 404 404 403', ({ eventId }) => ({
    path: `/api/v1/events/${eventId}/corrections`,
    json: { reason: 'Ghi nhầm', replacement: { quantity: { value: 48, unit: 'kg' } } },
  })),
  row('POST /api/v1/batches/:id/close', '401 403 403 ok 403 403 404 403 403', async (tenant) => ({
    path: `/api/v1/batches/${(await tenant.newBatch()).id}/close`,
  })),
];

const reading: readonly Row[] = [
  row('GET /api/v1', ANYBODY, () => ({ path: '/api/v1' })),
  row('GET /api/v1/provinces', ANYBODY, () => ({ path: '/api/v1/provinces' })),
  row('GET /api/v1/provinces/:code', ANYBODY, () => ({ path: '/api/v1/provinces/08' })),
  row('GET /api/v1/provinces/:code/communes', ANYBODY, () => ({ path: '/api/v1/provinces/08/communes' })),
  row('GET /api/v1/code-lists', ANYBODY, () => ({ path: '/api/v1/code-lists' })),
  row('GET /api/v1/code-lists/:name', ANYBODY, () => ({ path: '/api/v1/code-lists/units' })),
  row('GET /api/v1/trace/:code', ANYBODY, ({ batchCode }) => ({ path: `/api/v1/trace/${batchCode}` })),
  row('POST /api/v1/verifications', ANYBODY, ({ batchCode }) => ({
    path: '/api/v1/verifications',
    json: { codes: [batchCode, 'NO-SUCH-CODE'] },
  })),
];

/** The API, `/api/v1`. */
export const apiRows: readonly Row[] = [
  ...accounts,
  ...organizations,
  ...members,
  ...products,
  ...batches,
  ...labelRows,
  ...reading,
];
