import { expect } from 'chai';
import { PASSWORD, emailOf, testApp, type TestApp } from '../kit/app.ts';
import { client } from '../kit/client.ts';
import type { Clock } from '../../src/platform/clock.ts';

const DAY_MS = 24 * 3_600_000;

describe('members and invitations', () => {
  let app: TestApp;
  let nowMs = Date.parse('2026-11-24T01:00:00Z');
  const clock: Clock = { now: () => new Date(nowMs) };

  before(async () => {
    app = await testApp({ clock });
  });
  after(async () => app.stop());

  let count = 0;
  const newEmail = () => `nguoi-moi-${(count += 1)}@example.org`;
  const invite = async (email: string, role = 'clerk', options = {}) =>
    (await app.as('manager')).post(
      `/organizations/${app.cooperativeId}/invitations`,
      { email, role },
      options,
    );
  const inviteByOfficer = async (email: string) =>
    (await app.as('officer')).post(`/organizations/${app.cooperativeId}/invitations`, {
      email,
      role: 'clerk',
    });
  const accept = async (token: string, fields: object = {}) =>
    (await app.as('guest')).post('/invitations/accept', {
      token,
      name: 'Lò Thị Mới',
      password: PASSWORD,
      ...fields,
    });

  it('makes an account of whoever accepts, in the role that they were invited to', async () => {
    const email = newEmail();
    const invited = await invite(email);

    const accepted = await accept(invited.body.token);
    const person = client(app.url);
    await person.signIn(email, PASSWORD);
    const me = await person.get('/me');

    expect(invited.status, invited.text).to.equal(201);
    expect(invited.body).to.have.all.keys('id', 'token', 'url', 'expiresAt');
    expect(invited.body.url).to.equal(`https://nguon.example/invitations/${invited.body.token}`);
    expect(accepted.status, accepted.text).to.equal(201);
    expect(me.body.memberships).to.deep.equal([
      { organizationId: app.cooperativeId, kind: 'cooperative', role: 'clerk' },
    ]);
  });

  it('is used up by one who accepts, however many try at once', async () => {
    const { token } = (await invite(newEmail())).body;

    const answers = await Promise.all(
      Array.from({ length: 5 }, (_, index) => accept(token, { password: `mật khẩu thứ ${index} đấy` })),
    );
    const later = await accept(token);

    expect(answers.filter(({ status }) => status === 201)).to.have.length(1);
    expect(later.status).to.equal(409);
  });

  it('is no longer good after fourteen days, when taken back, or when a newer one was sent', async () => {
    const manager = await app.as('manager');
    const twice = newEmail();
    const superseded = (await invite(twice)).body;
    await invite(twice);
    const revoked = (await invite(newEmail())).body;
    await manager.delete(`/organizations/${app.cooperativeId}/invitations/${revoked.id}`);
    const old = (await invite(newEmail())).body;
    nowMs += 14 * DAY_MS;
    await manager.signIn(emailOf('manager'), PASSWORD);

    const answers = [await accept(superseded.token), await accept(revoked.token), await accept(old.token)];
    const unknown = await accept('A'.repeat(43));

    expect(answers.map(({ status }) => status)).to.deep.equal([409, 409, 409]);
    expect(unknown.status).to.equal(404);
  });

  it('gives a retry the same token, which is stored nowhere', async () => {
    const email = newEmail();
    const headers = { 'idempotency-key': `moi-${email}` };

    const first = await invite(email, 'clerk', { headers });
    const retry = await invite(email, 'clerk', { headers });
    const list = await (await app.as('manager')).get(`/organizations/${app.cooperativeId}/invitations`);
    const database = app.app.features.members;

    expect(retry.body).to.deep.equal(first.body);
    expect(list.body.items.filter((one: { email: string }) => one.email === email)).to.have.length(1);
    expect(JSON.stringify(await database.service.byToken(first.body.token))).not.to.contain(first.body.token);
  });

  it('adds the membership to an account that is there, for its own password only', async () => {
    const union = await app.as('administrator');
    const { body } = await union.post(`/organizations/${app.retailerId}/invitations`, {
      email: emailOf('otherClerk'),
      role: 'staff',
    });

    const wrong = await accept(body.token, { password: 'not its password' });
    const right = await accept(body.token, { name: undefined });
    const person = client(app.url);
    const me = (await person.signIn(emailOf('otherClerk'), PASSWORD)).body.user;

    expect(wrong.status).to.equal(401);
    expect(right.status, right.text).to.equal(201);
    expect(me.memberships.map(({ role }: { role: string }) => role)).to.deep.equal(['clerk', 'staff']);
  });

  for (const [who, kind, role] of [
    ['manager', 'cooperativeId', 'staff'],
    ['administrator', 'unionId', 'manager'],
    ['administrator', 'retailerId', 'clerk'],
  ] as const) {
    it(`refuses to invite a ${role} where there is no such role: ${kind}`, async () => {
      const inviter = await app.as(who);

      const answer = await inviter.post(`/organizations/${app[kind]}/invitations`, {
        email: newEmail(),
        role,
      });

      expect(answer.status).to.equal(422);
      expect(answer.body.errors[0].pointer).to.equal('/role');
    });
  }

  it('lets an officer invite into the own union and the province’s cooperatives, no further', async () => {
    const officer = await app.as('officer');
    const into = (id: string, role: string) =>
      officer.post(`/organizations/${id}/invitations`, { email: newEmail(), role });

    const answers = [
      await into(app.unionId, 'officer'),
      await into(app.cooperativeId, 'manager'),
      await into(app.otherCooperativeId, 'manager'),
      await into('union2', 'officer'),
    ];

    expect(answers.map(({ status }) => status)).to.deep.equal([201, 201, 404, 404]);
  });

  it('refuses to invite who is there already, and into a cooperative that is not approved', async () => {
    const guest = await app.as('guest');
    const email = newEmail();
    const { id } = (
      await guest.post('/registrations', {
        cooperative: { name: 'HTX Chờ', kind: 'cooperative', provinceCode: '08', address: 'Thôn 3' },
        manager: { name: 'Chị Chờ', email, password: PASSWORD },
      })
    ).body;
    const waiting = client(app.url);
    await waiting.signIn(email, PASSWORD);

    const there = await invite(emailOf('clerk'));
    const early = await waiting.post(`/organizations/${id}/invitations`, {
      email: newEmail(),
      role: 'clerk',
    });

    expect(there.status).to.equal(409);
    expect(early.status).to.equal(403);
  });

  it('keeps somebody in charge, also when two take the right from each other at once', async () => {
    const manager = await app.as('manager');
    const email = newEmail();
    const path = `/organizations/${app.cooperativeId}/members`;
    const { userId } = (await accept((await invite(email, 'manager')).body.token)).body;
    const second = client(app.url);
    await second.signIn(email, PASSWORD);

    const both = await Promise.all([
      manager.delete(`${path}/${userId}`),
      second.patch(`${path}/manager`, { role: 'clerk' }),
    ]);
    const officer = await app.as('officer');
    const left = (await officer.get(path)).body.items.filter(
      (one: { role: string }) => one.role === 'manager',
    );
    const last = await officer.delete(`${path}/${left[0].id}`);

    expect(both.map(({ status }) => status)).to.satisfy((statuses: number[]) =>
      statuses.some((s) => s !== 500),
    );
    expect(left.length).to.be.greaterThan(0);
    expect(last.status).to.equal(left.length === 1 ? 409 : 204);
  });

  it('takes a person’s rights away at once, and lets anybody leave', async () => {
    const email = newEmail();
    const { userId } = (await accept((await inviteByOfficer(email)).body.token)).body;
    const person = client(app.url);
    await person.signIn(email, PASSWORD);
    const before = await person.get(`/cooperatives/${app.cooperativeId}/batches`);

    const left = await person.delete(`/organizations/${app.cooperativeId}/members/${userId}`);
    const after = await person.get(`/cooperatives/${app.cooperativeId}/batches`);

    expect(before.status).to.equal(200);
    expect(left.status).to.equal(204);
    expect(after.status).to.be.oneOf([403, 404]);
  });
});
