import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { startEmbeddedMongodb } from '../../src/embedded-mongodb/index.ts';
import { testApp, type TestApp } from '../kit/app.ts';
import { startProcess, type ServerProcess } from '../kit/whole-server.ts';

const TOKEN = 'a token of the operator';

describe('operations', () => {
  let app: TestApp;
  before(async () => {
    app = await testApp({ settings: { ADMIN_EMAIL: 'quan-tri@example.org', ADMIN_PASSWORD: 'đủ dài mười' } });
  });
  after(async () => app.stop());

  it('says that the process lives and that the database answers', async () => {
    const alive = await fetch(`${app.url}/healthz`);
    const ready = await fetch(`${app.url}/readyz`);

    expect([alive.status, ready.status]).to.deep.equal([200, 200]);
    expect(ready.headers.get('cache-control')).to.equal('no-store');
  });

  it('sets no cookie and keeps the security headers on what a probe asks', async () => {
    const answer = await fetch(`${app.url}/healthz`);

    expect(answer.headers.get('set-cookie')).to.equal(null);
    expect(answer.headers.get('content-security-policy')).to.contain("default-src 'none'");
    expect(answer.headers.get('x-content-type-options')).to.equal('nosniff');
  });

  it('tells this machine its metrics, by route and never by path', async () => {
    await fetch(`${app.url}/api/v1/cooperatives/does-not-exist`);

    const answer = await fetch(`${app.url}/metrics`);
    const text = await answer.text();

    expect(answer.headers.get('content-type')).to.match(/^text\/plain/);
    expect(text).to.match(/nguon_http_requests_total\{[^}]*route="\/api\/v1\/cooperatives\/:id"[^}]*\} \d/);
    expect(text).not.to.contain('does-not-exist');
  });

  for (const header of ['X-Forwarded-For', 'X-Real-IP', 'Forwarded', 'Via']) {
    it(`tells nobody its metrics who comes through a proxy on this machine (${header})`, async () => {
      const answer = await fetch(`${app.url}/metrics`, { headers: { [header]: '203.0.113.7' } });

      expect(answer.status).to.equal(403);
    });
  }

  it('names a contact and an end in the future in security.txt', async () => {
    const answer = await fetch(`${app.url}/.well-known/security.txt`);
    const text = await answer.text();
    const fields = Object.fromEntries(
      text
        .trim()
        .split('\n')
        .map((line) => /^([A-Za-z-]+): (.+)$/.exec(line)?.slice(1) ?? ['broken', line]),
    ) as Record<string, string>;

    expect(answer.headers.get('content-type')).to.equal('text/plain; charset=utf-8');
    expect(fields).to.include({
      Contact: 'mailto:quan-tri@example.org',
      Canonical: 'https://nguon.example/.well-known/security.txt',
      'Preferred-Languages': 'vi, en',
    });
    expect(fields).not.to.have.property('broken');
    expect(new Date(fields['Expires'] ?? '').getTime()).to.be.greaterThan(Date.now() + 86_400_000);
    expect(new Date(fields['Expires'] ?? '').getTime()).to.be.lessThan(Date.now() + 365 * 86_400_000);
  });

  it('keeps crawlers out of the workplace and the API', async () => {
    const text = await (await fetch(`${app.url}/robots.txt`)).text();

    expect(text).to.match(/^User-agent: \*$/m);
    expect(text).to.match(/^Disallow: \/manage$/m);
    expect(text).to.match(/^Disallow: \/api\/$/m);
  });
});

describe('metrics with a token', () => {
  let app: TestApp;
  before(async () => {
    app = await testApp({ settings: { METRICS_TOKEN: TOKEN } });
  });
  after(async () => app.stop());

  it('wants the token from this machine too', async () => {
    const without = await fetch(`${app.url}/metrics`);
    const wrong = await fetch(`${app.url}/metrics`, { headers: { Authorization: `Bearer ${TOKEN}!` } });

    expect([without.status, wrong.status]).to.deep.equal([403, 403]);
  });

  it('tells whoever has the token, also through a proxy', async () => {
    const headers = { Authorization: `Bearer ${TOKEN}`, 'X-Forwarded-For': '203.0.113.7' };

    const answer = await fetch(`${app.url}/metrics`, { headers });

    expect(answer.status).to.equal(200);
  });
});

describe('a database that stops', () => {
  it('makes the server not ready while the process lives on', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'nguon-stopping-'));
    const database = await startEmbeddedMongodb({ directory });
    const app = await testApp({ uri: database.uri });
    const before = await fetch(`${app.url}/readyz`);
    await database.close();

    const after = await fetch(`${app.url}/readyz`);
    const alive = await fetch(`${app.url}/healthz`);

    expect([before.status, after.status, alive.status]).to.deep.equal([200, 503, 200]);
    await app.stop();
    rmSync(directory, { recursive: true, force: true });
  });
});

/** A server with no demonstration that serves; the folder is its own or that of `settings`. */
async function ready(settings: Readonly<Record<string, string>>): Promise<ServerProcess> {
  const server = await startProcess({ DEMO: '0', ...settings });
  await server.ready();
  return server;
}

describe('the server as a process', () => {
  let directory: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'nguon-process-'));
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  it('finishes what is under way when it is asked to stop, takes nothing new, and ends with 0', async () => {
    const server = await ready({ DATA_DIR: directory, LOG_LEVEL: 'info' });
    const { hostname, port } = new URL(server.url);
    const body = JSON.stringify({ login: 'nobody@example.org', password: 'không có ai' });
    const slow = request({
      hostname,
      port,
      method: 'POST',
      path: '/api/v1/auth/login',
      headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
    });
    const answered = new Promise<number | undefined>((resolve, reject) => {
      slow.on('response', (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      slow.on('error', reject);
    });
    slow.write(body.slice(0, 10));
    await sleep(300);

    const stopped = server.end('SIGTERM');
    await sleep(300);
    const late = await fetch(`${server.url}/healthz`).then(
      () => 'answered',
      () => 'refused',
    );
    slow.end(body.slice(10));

    expect(await answered).to.equal(401);
    expect(await stopped).to.equal(0);
    expect(late).to.equal('refused');
  }).timeout(60_000);

  it('starts again where it was, in the same folder', async () => {
    const settings = { DATA_DIR: directory, ADMIN_EMAIL: 'a@example.org', ADMIN_PASSWORD: 'đủ dài mười' };
    await (await ready(settings)).end('SIGTERM');

    const second = await ready(settings);
    const answer = await fetch(`${second.url}/api/v1/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ login: settings.ADMIN_EMAIL, password: settings.ADMIN_PASSWORD }),
    });

    expect(answer.status).to.equal(200);
    expect(await second.end('SIGTERM')).to.equal(0);
  }).timeout(90_000);

  it('names the setting that it cannot use in one line, and ends', async () => {
    const server = await startProcess({ DATA_DIR: directory, WORKERS: 'many' });

    expect(await server.end()).to.not.equal(0);
    expect(server.err() + server.out()).to.match(/^Setting: WORKERS must be a number from 1 to 64$/m);
  }).timeout(60_000);
});
