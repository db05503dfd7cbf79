import { photoBytes } from '../tenants.ts';
import { row, type Row } from './row.ts';

/** A cooperative's own products; a stranger's form finds nothing. */
export const productPages: readonly Row[] = [
  row('GET /manage/products', 'login 403 403 ok ok 403 ok ok 403', () => ({ path: '/manage/products' })),
  row('GET /manage/products/new', 'login 403 403 ok 403 403 ok 403 403', () => ({
    path: '/manage/products/new',
  })),
  row('POST /manage/products/new', '401 403 403 ok 403 403 ok 403 403', (tenant) => ({
    path: '/manage/products/new',
    form: { 'name.vi': tenant.fresh('Chè'), tier: 'local', category: '1.11' },
  })),
  row('GET /manage/products/:id', 'login 403 403 ok ok 403 404 404 403', ({ productId }) => ({
    path: `/manage/products/${productId}`,
  })),
  row('POST /manage/products/:id', '401 403 403 ok 403 403 404 403 403', async (tenant) => ({
    path: `/manage/products/${await tenant.newProduct()}`,
    form: { 'name.vi': tenant.fresh('Chè'), tier: 'local', category: '1.11', version: '1' },
  })),
  row('GET /manage/products/:id/photos', 'login 403 403 ok ok 403 ok ok 403', ({ productId }) => ({
    path: `/manage/products/${productId}/photos`,
  })),
  row('POST /manage/products/:id/photos', '401 403 403 ok 403 403 404 403 403', async (tenant) => ({
    path: `/manage/products/${await tenant.newProduct()}/photos`,
    multipart: { photo: new File([new Uint8Array(await photoBytes())], 'photo.jpg') },
  })),
  ...(['first', 'remove', 'restore'] as const).map((deed) =>
    row(
      `POST /manage/products/:id/photos/:photo/${deed}`,
      '401 403 403 ok 403 403 404 403 403',
      (tenant) => ({
        path: `/manage/products/${tenant.productId}/photos/${tenant.photoId}/${deed}`,
        form: {},
      }),
    ),
  ),
];

/** A cooperative's own certificates. */
export const certificatePages: readonly Row[] = [
  row('GET /manage/certificates', 'login 403 403 ok ok 403 ok ok 403', () => ({
    path: '/manage/certificates',
  })),
  row('GET /manage/certificates/new', 'login 403 403 ok 403 403 ok 403 403', () => ({
    path: '/manage/certificates/new',
  })),
  row('POST /manage/certificates/new', '401 403 403 ok 403 403 ok 403 403', (tenant) => ({
    path: '/manage/certificates/new',
    multipart: {
      standard: 'VietGAP',
      number: tenant.fresh('VG'),
      issuer: 'Tổ chức chứng nhận',
      issuedOn: '2026-01-01',
      expiresOn: '2028-01-01',
    },
  })),
  row(
    'GET /manage/certificates/:id/withdraw',
    'login 403 403 ok 403 403 404 403 403',
    ({ certificateId }) => ({
      path: `/manage/certificates/${certificateId}/withdraw`,
    }),
  ),
  row('POST /manage/certificates/:id/withdraw', '401 403 403 ok 403 403 404 403 403', async (tenant) => ({
    path: `/manage/certificates/${await tenant.newCertificate()}/withdraw`,
    form: { reason: 'Khai nhầm số' },
  })),
];
