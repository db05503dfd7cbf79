import { PASSWORD, emailOf } from '../app.ts';
import { registrationForm } from '../tenants.ts';
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

const workplacePages: readonly Row[] = [
  row('GET /manage', 'login ok ok ok ok ok ok ok ok', () => ({ path: '/manage' })),
];

/** Pages and their forms. */
export const pageRows: readonly Row[] = [...publicPages, ...workplacePages];
