import { expect } from 'chai';
import { PASSWORD, emailOf, testApp, type TestApp } from '../kit/app.ts';
import { session } from '../kit/browser-session.ts';
import { client } from '../kit/client.ts';
import type { Clock } from '../../src/platform/clock.ts';

const START = Date.parse('2026-11-24T01:00:00Z');

describe('accounts', () => {
  let app: TestApp;
  let nowMs = START;
  const clock: Clock = { now: () => new Date(nowMs) };

  beforeEach(async () => {
    nowMs = START;
    app = await testApp({ clock });
  });
  afterEach(async () => app.stop());

  const signedIn = async (password = PASSWORD) => {
    const made = client(app.url);
    const answer = await made.signIn(emailOf('clerk'), password);
    return { made, ...(answer.body as { accessToken: string; refreshToken: string }) };
  };

  it('gives new tokens for a refresh token and ends the whole sign-in when an old one comes again', async () => {
    const guest = await app.as('guest');
    const first = await signedIn();

    const second = await guest.post('/auth/refresh', { refreshToken: first.refreshToken });
    const reused = await guest.post('/auth/refresh', { refreshToken: first.refreshToken });
    const after = await guest.post('/auth/refresh', { refreshToken: second.body.refreshToken });
    const access = await guest.send('GET', '/api/v1/me', {
      headers: { authorization: `Bearer ${second.body.accessToken}` },
    });

    expect(second.status).to.equal(200);
    expect([reused.status, after.status, access.status]).to.deep.equal([401, 401, 401]);
  });

  it('lets one of many who use a refresh token at once have it, and then nobody', async () => {
    const guest = await app.as('guest');
    const { refreshToken } = await signedIn();

    const answers = await Promise.all(
      Array.from({ length: 8 }, () => guest.post('/auth/refresh', { refreshToken })),
    );
    const winner = answers.find(({ status }) => status === 200);
    const next = await guest.post('/auth/refresh', { refreshToken: winner?.body.refreshToken });

    expect(answers.filter(({ status }) => status === 200)).to.have.length(1);
    expect(next.status).to.equal(401);
  });

  it('gives new tokens to a client that still sends its old one along', async () => {
    const { made, refreshToken } = await signedIn();
    nowMs += 3_600_000;

    const expired = await made.get('/me');
    const refreshed = await made.post('/auth/refresh', { refreshToken });

    expect(expired.status).to.equal(401);
    expect(refreshed.status).to.equal(200);
  });

  it('ends a sign-in at once: its access token is no longer good', async () => {
    const { made } = await signedIn();

    const out = await made.post('/auth/logout', {});
    const after = await made.get('/me');

    expect(out.status).to.equal(204);
    expect(after.status).to.equal(401);
  });

  it('refuses a token that says it needs no signature, and one of another audience', async () => {
    const guest = await app.as('guest');
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const claims = { sub: 'administrator', sid: 'x', exp: 4_000_000_000, aud: 'nguon-api' };

    const unsigned = `${part({ alg: 'none', typ: 'JWT' })}.${part(claims)}.`;
    const answer = await guest.send('GET', '/api/v1/me', {
      headers: { authorization: `Bearer ${unsigned}` },
    });

    expect(answer.status).to.equal(401);
  });

  it('slows down guesses, and does not keep the owner out at an address that they have used', async () => {
    const owner = client(app.url);
    await owner.signIn(emailOf('clerk'), PASSWORD);
    const { verified } = app.app.features.accounts.contract;
    const guess = async (address: string) =>
      verified(emailOf('clerk'), 'wrong password', address).then(
        () => 'in',
        (error: unknown) => (error as { code: string }).code,
      );

    const outcomes: string[] = [];
    for (let count = 0; count < 40; count += 1) outcomes.push(await guess(`203.0.113.${count}`));
    const elsewhere = await guess('198.51.100.1');
    const here = await owner.signIn(emailOf('clerk'), PASSWORD);

    expect(outcomes.slice(0, 5)).to.deep.equal(Array.from({ length: 5 }, () => 'sign-in-failed'));
    expect(outcomes).to.include('too-many-requests');
    expect(elsewhere).to.equal('too-many-requests');
    expect(here.status).to.equal(200);
  });

  it('lets no more than the free guesses through when many are made at once, and all of the right ones', async () => {
    const guest = await app.as('guest');
    const attempt = (password: string) => guest.post('/auth/login', { login: emailOf('clerk'), password });

    const right = await Promise.all(Array.from({ length: 12 }, () => attempt(PASSWORD)));
    const wrong = await Promise.all(Array.from({ length: 12 }, () => attempt('wrong password')));
    const waiting = wrong.filter(({ status }) => status === 429);

    expect(right.every(({ status }) => status === 200)).to.equal(true);
    expect(wrong.filter(({ status }) => status === 401)).to.have.length(5);
    expect(waiting).to.have.length(7);
    expect(Number(waiting[0]?.headers.get('retry-after'))).to.be.within(1, 900);
  });

  it('answers the same for an address without an account as for a wrong password', async () => {
    const guest = await app.as('guest');

    const unknown = await guest.post('/auth/login', { login: 'nobody@example.org', password: PASSWORD });
    const wrong = await guest.post('/auth/login', { login: emailOf('clerk'), password: 'wrong password' });

    expect(unknown.status).to.equal(401);
    expect(unknown.body).to.deep.equal(wrong.body);
  });

  it('changes a password, which ends every other sign-in and keeps this one', async () => {
    const other = await signedIn();
    const browser = session(app.url);
    await browser.signIn(emailOf('clerk'), PASSWORD);
    const { made } = await signedIn();

    const wrong = await made.post('/me/password', {
      currentPassword: 'not it',
      password: 'một mật khẩu khác',
    });
    const done = await made.post('/me/password', {
      currentPassword: PASSWORD,
      password: 'một mật khẩu khác',
    });

    expect(wrong.status).to.equal(422);
    expect(wrong.body.errors[0].pointer).to.equal('/currentPassword');
    expect(done.status, done.text).to.equal(204);
    expect((await made.get('/me')).status).to.equal(200);
    expect((await other.made.get('/me')).status).to.equal(401);
    expect((await browser.open('/manage')).path).to.match(/^\/login/);
    expect((await made.signIn(emailOf('clerk'), PASSWORD)).status).to.equal(401);
  });

  it('lists where a person is signed in and ends one of them, never another person’s', async () => {
    const { made } = await signedIn();
    const other = await signedIn();
    const stranger = await app.as('manager');

    const list = (await made.get('/me/sessions')).body.items as { id: string; current: boolean }[];
    const target = list.find(({ current }) => !current);
    const refused = await stranger.delete(`/me/sessions/${target?.id}`);
    const ended = await made.delete(`/me/sessions/${target?.id}`);

    expect(list).to.have.length(2);
    expect(refused.status).to.equal(404);
    expect(ended.status).to.equal(204);
    expect((await other.made.get('/me')).status).to.equal(401);
    expect((await made.get('/me')).status).to.equal(200);
  });

  it('gives a browser a new session at every sign-in, under a name that only this host can set', async () => {
    const browser = session(app.url);
    await browser.signIn(emailOf('clerk'), PASSWORD);
    const first = browser.cookie('__Host-nguon_session');
    await browser.submit(await browser.open('/manage'), {}, '/logout');

    await browser.signIn(emailOf('clerk'), PASSWORD);
    const replayed = await fetch(`${app.url}/manage`, {
      redirect: 'manual',
      headers: { accept: 'text/html', cookie: `__Host-nguon_session=${first}` },
    });

    expect(first).to.match(/^[\w-]{43}$/);
    expect(browser.cookie('__Host-nguon_session')).not.to.equal(first);
    expect(replayed.headers.get('location')).to.match(/^\/login/);
  });

  it('refuses a form that the browser says another site sent, even with a good token', async () => {
    const browser = session(app.url);
    const page = await browser.open('/login');
    const token = page.forms.flatMap(({ fields }) => fields).find(({ name }) => name === 'csrfToken')?.value;
    const body = new URLSearchParams({ csrfToken: token ?? '', login: emailOf('clerk'), password: PASSWORD });
    const from = (headers: Record<string, string>) => browser.send('POST', '/login', { headers, body });

    const crossSite = await from({ 'sec-fetch-site': 'cross-site' });
    const otherOrigin = await from({ origin: 'https://elsewhere.example' });
    const withoutToken = await browser.send('POST', '/login', {
      body: new URLSearchParams({ login: emailOf('clerk'), password: PASSWORD }),
    });
    const own = await from({ 'sec-fetch-site': 'same-origin', origin: 'https://nguon.example' });

    expect([crossSite.status, otherOrigin.status, withoutToken.status]).to.deep.equal([403, 403, 403]);
    expect(own.status).to.equal(303);
  });

  it('leads nobody who signs in to another host', async () => {
    for (const next of [
      '//elsewhere.example',
      '/\\elsewhere.example',
      'https://elsewhere.example',
      '/\t/x',
    ]) {
      const browser = session(app.url);
      const page = await browser.open(`/login?next=${encodeURIComponent(next)}`);

      const after = await browser.submit(page, { login: emailOf('clerk'), password: PASSWORD }, /^\/login/);

      expect(after.path).to.equal('/manage');
    }
  });

  it('lets no cache keep what depends on who asks, nor a page with a form', async () => {
    const browser = session(app.url);
    await browser.signIn(emailOf('clerk'), PASSWORD);
    const clerk = await app.as('clerk');

    const pages = [await browser.open('/manage'), await session(app.url).open('/login')];
    const answers = [await clerk.get('/me'), await clerk.get(`/cooperatives/${app.cooperativeId}`)];

    for (const { headers } of [...pages, ...answers]) {
      expect(headers.get('cache-control')).to.contain('no-store');
    }
  });
});
