import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import jwt from 'jsonwebtoken';
import type { Connection } from 'mongoose';
import { testApp, type TestApp } from '../kit/app.ts';
import { client, type Answer, type Client } from '../kit/client.ts';
import { freshDatabaseUri } from '../kit/database.ts';
import { fingerprint } from '../kit/fingerprint.ts';
import { expectProblem, problemFault } from '../kit/problem.ts';
import { sendAndHangUp, sendRaw, statusOf } from '../kit/raw-http.ts';
import { teaBatch } from '../kit/samples.ts';
import { tenantOf, type Tenant } from '../kit/tenants.ts';
import { connectStore } from '../../src/store/connect.ts';

type Init = { readonly headers?: Readonly<Record<string, string>>; readonly body?: string | Buffer };

describe('requests that are not right as HTTP', function () {
  this.timeout(60_000);
  let app: TestApp;
  let tenant: Tenant;
  let database: Connection;
  let clerk: Client;
  let manager: Client;
  let untouched: Readonly<Record<string, string>>;

  before(async () => {
    const uri = await freshDatabaseUri();
    app = await testApp({ uri });
    tenant = await tenantOf(app, 'first');
    database = await connectStore(uri);
    clerk = await app.as('clerk');
    manager = await app.as('manager');
    untouched = await fingerprint(database);
  });
  after(async () => {
    await database.close();
    await app.stop();
  });
  afterEach(async () => {
    expect(await fingerprint(database)).to.deep.equal(untouched);
  });

  const JSON_TYPE = { 'content-type': 'application/json' };
  const batches = () => `/api/v1/products/${tenant.productId}/batches`;
  const photos = () => `/api/v1/products/${tenant.productId}/photos`;

  async function post({ headers, body }: Init, path = batches(), language: 'vi' | 'en' = 'vi') {
    return clerk.send('POST', path, {
      headers: { 'accept-language': language, ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : new Uint8Array(body) }),
    });
  }

  async function inBoth(status: number, ask: (language: 'vi' | 'en') => Promise<Answer>): Promise<void> {
    expectProblem(await ask('vi'), status, 'vi');
    expectProblem(await ask('en'), status, 'en');
  }

  const NOT_JSON = ['{', '{"a":}', "{'a':1}", 'undefined', '{"a":1}}', '\u0000', 'NaN', '[1,]'];
  for (const body of NOT_JSON) {
    it(`answers 400 to ${JSON.stringify(body)} as JSON`, async () =>
      inBoth(400, (language) => post({ headers: JSON_TYPE, body }, batches(), language)));
  }

  it('answers 400 to JSON that is nested too deeply, with an idempotency key or without', async () => {
    for (const body of [
      '['.repeat(100_000) + ']'.repeat(100_000),
      '{"a":'.repeat(40) + '1' + '}'.repeat(40),
    ]) {
      expectProblem(await post({ headers: JSON_TYPE, body }), 400);
      expectProblem(await post({ headers: { ...JSON_TYPE, 'idempotency-key': 'deep' }, body }), 400);
    }
  });

  for (const type of ['text/plain', 'application/xml', 'application/x-www-form-urlencoded', 'text/json;']) {
    it(`answers 415 to a body of type ${type}`, async () =>
      inBoth(415, (language) =>
        post({ headers: { 'content-type': type }, body: '{}' }, batches(), language),
      ));
  }

  it('answers 415 to a multipart body where JSON belongs, and to one without a type', async () => {
    const form = new FormData();
    form.append('lotNumber', 'L1');

    expectProblem(await clerk.send('POST', batches(), { body: form }), 415);
    expectProblem(await post({ body: Buffer.from('{}') }), 415);
  });

  it('answers 415 to a charset or an encoding that it does not know', async () => {
    const latin = await post({ headers: { 'content-type': 'application/json; charset=latin1' }, body: '{}' });
    const zstd = await post({ headers: { ...JSON_TYPE, 'content-encoding': 'zstd' }, body: '{}' });

    expectProblem(latin, 415);
    expectProblem(zstd, 415);
  });

  it('reads a gzipped body, and refuses one that is not or that unpacks to too much', async () => {
    const headers = { ...JSON_TYPE, 'content-encoding': 'gzip' };
    const read = await post({ headers, body: gzipSync('{"lotNumber":7}') });
    const notGzip = await post({ headers, body: '{"lotNumber":7}' });
    const cutOff = await post({ headers, body: gzipSync(JSON.stringify(teaBatch)).subarray(0, 30) });
    const bomb = await post({ headers, body: gzipSync(`"${'0'.repeat(50_000_000)}"`) });

    expectProblem(read, 422);
    expectProblem(notGzip, 400);
    expectProblem(cutOff, 400);
    expectProblem(bomb, 413);
  });

  it('answers 413 to more than it takes, as JSON, as a form and as a file', async () => {
    const large = 'x'.repeat(300 * 1024);
    const file = new FormData();
    file.append('photo', new File([new Uint8Array(13 * 1024 * 1024)], 'anh.jpg', { type: 'image/jpeg' }));
    const form = { 'content-type': 'application/x-www-form-urlencoded' };

    await inBoth(413, (language) => post({ headers: JSON_TYPE, body: `"${large}"` }, batches(), language));
    expect((await post({ headers: form, body: `codes=${large}` }, '/verify')).status).to.equal(413);
    expect((await post({ headers: form, body: 'a=1&'.repeat(5_000) }, '/verify')).status).to.equal(413);
    expectProblem(await manager.send('POST', photos(), { body: file }), 413);
  });

  it('answers 401 before it reads what a stranger sends', async () => {
    const head = `POST ${photos()} HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\n`;

    const said = await sendRaw(app.url, [`${head}Content-Length: 12000000\r\n\r\n--b\r\n`], { waitMs: 500 });

    expect(statusOf(said)).to.equal(401);
  });

  const PATHS = [
    ['/api/v1/products/%E0%A4%A', 400],
    ['/api/v1/products/%', 400],
    ['/api/v1/trace/%ED%A0%80', 400],
    ['/api/v1/products/%00', 404],
    ['/api/v1/products/__proto__', 404],
    ['/api/v1/cooperatives/constructor', 404],
    ['/api/v1/cooperatives/$where', 404],
    ['/api/v1/cooperatives/%7B%22$gt%22:%22%22%7D', 404],
    ['/api/v1/batches/..%2f..%2fetc%2fpasswd', 404],
    [`/api/v1/batches/${'x'.repeat(8_000)}`, 404],
    ['/api/v1/nothing-here', 404],
    ['/api/v2/products', 404],
  ] as const;
  for (const [path, status] of PATHS) {
    it(`answers ${status} to the path ${path.slice(0, 60)}`, async () =>
      inBoth(status, (language) => clerk.send('GET', path, { headers: { 'accept-language': language } })));
  }

  it('answers 404 or 400 to paths of pages that are no code and no page', async () => {
    for (const path of [
      '/%',
      '/%00',
      '/..%2f',
      '/assets/%2e%2e/%2e%2e/package.json',
      '/assets/%00',
      '/a/b/c',
    ]) {
      const { status, headers } = await clerk.send('GET', path, { headers: { accept: 'text/html' } });
      expect(status, path).to.be.oneOf([400, 404]);
      expect(headers.get('content-type'), path).to.match(/^text\/html/);
    }
    const longest = await sendRaw(app.url, [`GET /${'x'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`]);
    expect(statusOf(longest)).to.equal(431);
  });

  it('answers 405 with what is allowed to a method that a path does not have', async () => {
    const put = await clerk.send('PUT', batches(), { body: '{}', headers: JSON_TYPE });
    const patch = await clerk.send('PATCH', '/api/v1/me');
    const trace = await sendRaw(app.url, [
      'TRACE /api/v1/me HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
    ]);
    const unknown = await sendRaw(app.url, ['GRAB /api/v1/me HTTP/1.1\r\nHost: x\r\n\r\n']);

    expectProblem(put, 405);
    expect(put.headers.get('allow')?.split(', ')).to.include.members(['POST', 'OPTIONS']);
    expectProblem(patch, 405);
    expect(patch.headers.get('allow')?.split(', ')).to.include.members(['GET', 'HEAD', 'OPTIONS']);
    expect(statusOf(trace)).to.equal(405);
    expect(trace).not.to.match(/^TRACE/m);
    expect(statusOf(unknown)).to.equal(400);
  });

  it('answers HEAD as GET without a body, and OPTIONS with what is allowed', async () => {
    const get = await clerk.send('GET', `/api/v1/trace/${tenant.batchCode}`);
    const head = await clerk.send('HEAD', `/api/v1/trace/${tenant.batchCode}`);
    const options = await clerk.send('OPTIONS', batches());

    expect([head.status, head.text]).to.deep.equal([200, '']);
    expect(head.headers.get('content-type')).to.equal(get.headers.get('content-type'));
    expect(options.status).to.equal(204);
    expect(options.headers.get('allow')).to.contain('POST');
    expect(options.headers.get('access-control-allow-origin')).to.equal(null);
  });

  const LISTS = ['/api/v1/products', '/api/v1/cooperatives', '/api/v1/cooperatives/coop1/batches'];
  const QUERIES = [
    ['limit=0', '?limit'],
    ['limit=-1', '?limit'],
    ['limit=201', '?limit'],
    ['limit=1.5', '?limit'],
    ['limit=1e999', '?limit'],
    ['limit=many', '?limit'],
    ['limit=', '?limit'],
    ['limit=1&limit=2', '?limit'],
    ['cursor=nonsense', '?cursor'],
    ['cursor=%00', '?cursor'],
    [`cursor=${'x'.repeat(500)}`, '?cursor'],
    ['cursor=a&cursor=b', '?cursor'],
    [`cursor=${Buffer.from('[1]').toString('base64url')}`, '?cursor'],
    [`cursor=${Buffer.from('[{"$gt":""},"x"]').toString('base64url')}`, '?cursor'],
    [`cursor=${Buffer.from('{"length":2}').toString('base64url')}`, '?cursor'],
  ] as const;
  for (const path of LISTS) {
    it(`points at a limit or a cursor of ${path} that is not right`, async () => {
      for (const [query, pointer] of QUERIES) {
        const answer = await clerk.send('GET', `${path}?${query}`);
        expectProblem(answer, 422);
        expect(answer.body.errors[0].pointer, query).to.equal(pointer);
      }
    });
  }

  it('points at a filter that is not right, and passes over names that no query has', async () => {
    const tier = await clerk.get('/products?tier=nonsense');
    const twice = await clerk.get('/products?q=a&q=b');
    const operator = await clerk.get('/products?tier[$ne]=local&__proto__=x&q[$where]=1');
    const control = await clerk.get('/products?q=%00%1b.*%28%5B');

    expectProblem(tier, 422);
    expectProblem(twice, 422);
    expect(twice.body.errors[0].pointer).to.equal('?q');
    expect([operator.status, control.status]).to.deep.equal([200, 200]);
  });

  it('answers 400 to an idempotency key that is too long', async () => {
    const headers = { ...JSON_TYPE, 'idempotency-key': 'k'.repeat(201) };

    await inBoth(400, (language) => post({ headers, body: JSON.stringify(teaBatch) }, batches(), language));
  });

  const token = (claims: object, options: jwt.SignOptions = {}, secret = Buffer.alloc(32, 7)) =>
    jwt.sign(claims, secret, { issuer: 'https://nguon.example', audience: 'nguon-api', ...options });
  const BEARERS: readonly (readonly [string, () => string])[] = [
    ['no token', () => 'Bearer'],
    ['an empty token', () => 'Bearer '],
    ['nonsense', () => 'Bearer nonsense'],
    ['three dots', () => 'Bearer a.b.c'],
    ['another scheme', () => 'Basic bWFuYWdlcjpwYXNz'],
    ['no signature', () => `Bearer ${jwt.sign({ sub: 'manager' }, '', { algorithm: 'none' })}`],
    ['a wrong key', () => `Bearer ${token({ sub: 'manager' }, {}, Buffer.alloc(32, 8))}`],
    ['a token past its time', () => `Bearer ${token({ sub: 'manager' }, { expiresIn: -10 })}`],
    ['another audience', () => `Bearer ${token({ sub: 'manager' }, { audience: 'others' })}`],
    ['another issuer', () => `Bearer ${token({ sub: 'manager' }, { issuer: 'https://evil.example' })}`],
    ['nobody', () => `Bearer ${token({ sub: 'nobody' })}`],
    ['an object for a person', () => `Bearer ${token({ sub: { $gt: '' } } as object)}`],
    ['8,000 characters', () => `Bearer ${'x'.repeat(8_000)}`],
  ];
  for (const [what, authorization] of BEARERS) {
    it(`answers 401 to a bearer token that is ${what}`, async () => {
      const headers = { authorization: authorization() };

      const answer = await client(app.url).send('GET', '/api/v1/me', { headers });

      expectProblem(answer, 401);
      expect(answer.headers.get('www-authenticate')).to.match(/^Bearer/);
    });
  }

  const part =
    'Content-Disposition: form-data; name="photo"; filename="a.jpg"\r\nContent-Type: image/jpeg\r\n\r\n';
  const MULTIPARTS: readonly (readonly [string, string, string])[] = [
    ['no boundary', 'multipart/form-data', `--b\r\n${part}x\r\n--b--\r\n`],
    ['an empty boundary', 'multipart/form-data; boundary=', `--b\r\n${part}x\r\n--b--\r\n`],
    ['another boundary', 'multipart/form-data; boundary=c', `--b\r\n${part}x\r\n--b--\r\n`],
    ['no end', 'multipart/form-data; boundary=b', `--b\r\n${part}x`],
    ['nothing', 'multipart/form-data; boundary=b', ''],
    ['an end alone', 'multipart/form-data; boundary=b', '--b--\r\n'],
    ['no headers in a part', 'multipart/form-data; boundary=b', '--b\r\n\r\nx\r\n--b--\r\n'],
    [
      'a part without a name',
      'multipart/form-data; boundary=b',
      '--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--\r\n',
    ],
    [
      'a header without end',
      'multipart/form-data; boundary=b',
      `--b\r\nContent-Disposition: ${'x'.repeat(90_000)}`,
    ],
    [
      'a file of another name',
      'multipart/form-data; boundary=b',
      `--b\r\n${part.replace('photo', 'other')}x\r\n--b--\r\n`,
    ],
    ['two files', 'multipart/form-data; boundary=b', `--b\r\n${part}x\r\n--b\r\n${part}y\r\n--b--\r\n`],
    ['a file that is no picture', 'multipart/form-data; boundary=b', `--b\r\n${part}<svg/>\r\n--b--\r\n`],
    [
      'a prototype for a name',
      'multipart/form-data; boundary=b',
      '--b\r\nContent-Disposition: form-data; name="__proto__[x]"\r\n\r\nx\r\n--b--\r\n',
    ],
    ['JSON', 'multipart/form-data; boundary=b', '{"photo":"x"}'],
  ];
  for (const [what, type, body] of MULTIPARTS) {
    it(`refuses a multipart body with ${what}`, async () => {
      const answer = await manager.send('POST', photos(), { headers: { 'content-type': type }, body });

      expect(problemFault(answer, 'vi'), answer.text).to.equal(null);
      expect(answer.status, answer.text).to.be.oneOf([400, 413, 415, 422]);
    });
  }

  it('lives on when bodies are cut off, and answers a body that comes slowly', async () => {
    const head = (more: string) =>
      `POST /api/v1/auth/refresh HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n${more}\r\n\r\n`;
    await sendAndHangUp(app.url, [head('Transfer-Encoding: chunked'), '5\r\n{"ref\r\n']);
    await sendAndHangUp(app.url, [head('Content-Length: 500'), '{"refreshToken":']);
    await sendAndHangUp(app.url, ['POST /api/v1/auth/login HTTP/1.1\r\nHos']);
    const badChunk = await sendRaw(app.url, [head('Transfer-Encoding: chunked'), 'zz\r\nnonsense\r\n'], {
      waitMs: 1_000,
    });
    const smuggled = await sendRaw(
      app.url,
      [head('Content-Length: 2\r\nTransfer-Encoding: chunked'), '0\r\n\r\n'],
      { waitMs: 1_000 },
    );
    const text = JSON.stringify({ refreshToken: 'a'.repeat(43) });
    const slow = await sendRaw(
      app.url,
      [head(`Connection: close\r\nContent-Length: ${text.length}`), ...(text.match(/.{1,10}/g) ?? [])],
      { pauseMs: 40 },
    );
    const health = await fetch(`${app.url}/healthz`);

    expect(statusOf(badChunk)).to.equal(400);
    expect(statusOf(smuggled)).to.equal(400);
    expect(statusOf(slow)).to.equal(401);
    expect(health.status).to.equal(200);
  });

  it('gives a problem to a program and a page to a person, in the language asked for', async () => {
    const send = (accept: string, language: string) =>
      client(app.url).send('GET', '/not-here-at-all', { headers: { accept, 'accept-language': language } });

    const [page, json, any, english] = await Promise.all([
      send('text/html,*/*;q=0.8', 'vi'),
      send('application/json', 'vi'),
      send('image/png', 'en'),
      send('text/html', 'en-GB,en;q=0.9,vi;q=0.1'),
    ]);

    expect([page, json, any, english].map(({ status }) => status)).to.deep.equal([404, 404, 404, 404]);
    expect(page.headers.get('content-type')).to.match(/^text\/html/);
    expectProblem(json, 404, 'vi');
    expectProblem(any, 404, 'en');
    expect(english.text).to.match(/<html[^>]* lang="en"/);
    expect(english.headers.get('content-language')).to.equal('en');
    expect(english.headers.get('vary')).to.match(/Accept-Language/);
  });
});
