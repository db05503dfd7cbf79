import { expect } from 'chai';
import { testApp, type TestApp } from '../../kit/app.ts';
import type { Json } from '../../kit/client.ts';

const METHODS = ['get', 'post', 'patch', 'delete', 'put'];

describe('the API’s description of itself', () => {
  let app: TestApp;
  let document: Json;
  before(async () => {
    app = await testApp();
    document = (await (await app.as('guest')).send('GET', '/api/openapi.json')).body;
  });
  after(async () => app.stop());

  type Operation = { readonly address: string; readonly path: string; readonly operation: Json };

  const operations = (): readonly Operation[] =>
    Object.entries(document.paths as Record<string, Json>).flatMap(([path, item]) =>
      Object.entries(item as Record<string, Json>).map(([method, operation]) => ({
        address: `${method} ${path}`,
        path,
        operation,
      })),
    );

  /** Every value under `node` that `pick` takes, wherever it stands. */
  function collect<T>(node: unknown, pick: (value: Record<string, unknown>) => T | undefined): readonly T[] {
    if (typeof node !== 'object' || node === null) return [];
    const own = Array.isArray(node) ? undefined : pick(node as Record<string, unknown>);
    const below = Object.values(node).flatMap((value) => collect(value, pick));
    return own === undefined ? below : [own, ...below];
  }

  it('is OpenAPI 3.1 with what the specification demands of it', () => {
    expect(document.openapi).to.match(/^3\.1\.\d+$/);
    expect(document.info).to.include.keys('title', 'version');
    expect(document.servers).to.deep.equal([{ url: 'https://nguon.example' }]);
    expect(Object.keys(document.components.securitySchemes)).to.deep.equal(['bearer', 'session']);
  });

  it('has every API route that is mounted, and no other', () => {
    const mounted = app.app.routes
      .filter(({ surface }) => surface === 'api')
      .map(({ method, path }) => `${method} /api/v1${path.replace(/:(\w+)/g, '{$1}')}`);

    const described = operations().map(({ address }) => address);

    expect([...described].sort()).to.deep.equal([...mounted].sort());
    expect(described).to.include.members(['get /api/v1/provinces', 'post /api/v1/products/{id}/batches']);
  });

  it('names each operation once, and gives each a sentence and answers', () => {
    const ids = operations().map(({ operation }) => operation.operationId as string);

    expect(new Set(ids).size).to.equal(ids.length);
    for (const { address, operation } of operations()) {
      const statuses = Object.keys(operation.responses as object);
      expect(METHODS, address).to.include(address.split(' ')[0]);
      expect(operation.summary, address).to.be.a('string').with.length.above(5);
      expect(statuses.filter((status) => /^2\d\d$/.test(status)), address).to.have.length(1);
      expect(statuses, address).to.include('500');
    }
  });

  it('declares exactly the parameters that stand in each path', () => {
    for (const { address, path, operation } of operations()) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const declared = (operation.parameters as Json[])
        .filter((parameter) => parameter.in === 'path')
        .map((parameter) => parameter.name as string);
      expect(declared, address).to.deep.equal(inPath);
    }
  });

  it('has something behind every reference', () => {
    const references = collect(document, ({ $ref }) => (typeof $ref === 'string' ? $ref : undefined));

    expect(references).not.to.deep.equal([]);
    for (const reference of new Set(references)) {
      const found = reference
        .replace(/^#\//, '')
        .split('/')
        .reduce<Json>((node, key) => node?.[key.replaceAll('~1', '/').replaceAll('~0', '~')], document);
      expect(found, reference).to.be.an('object');
    }
  });

  it('asks for nobody’s name where anyone may, and says which roles may where not everyone may', () => {
    const of = (address: string) => operations().find((one) => one.address === address)?.operation as Json;

    expect(of('get /api/v1/products').security).to.deep.include({});
    expect(of('post /api/v1/unions').security).to.deep.equal([{ bearer: [] }, { session: [] }]);
    expect(of('post /api/v1/unions')['x-roles']).to.deep.equal(['administrator']);
  });

  it('describes the body of a product as the server reads it', () => {
    const operation = operations().find(({ address }) => address === 'post /api/v1/cooperatives/{id}/products');

    const schema = operation?.operation.requestBody.content['application/json'].schema;

    expect(schema.required).to.have.members(['name', 'tier', 'category']);
    expect(schema.properties.tier.enum).to.deep.equal(['national', 'regional', 'local']);
    expect(schema.additionalProperties).to.equal(false);
  });

  it('keeps what it promises of the answers: each described field is there', async () => {
    const guest = await app.as('guest');
    for (const path of ['/provinces', '/provinces/08', '/provinces/08/communes', '/code-lists/units']) {
      const template = path.replace('/08', '/{code}').replace('/units', '/{name}');
      const operation = operations().find(({ address }) => address === `get /api/v1${template}`);
      const schema = operation?.operation.responses['200'].content['application/json'].schema;

      const { body } = await guest.get(path);

      expect(body, path).to.include.keys(schema.required);
      if (schema.properties.items !== undefined) {
        expect(body.items[0], path).to.include.keys(schema.properties.items.items.required);
      }
    }
  });

  it('is where the API’s index says, beside the lists that anyone may read', async () => {
    const { body } = await (await app.as('guest')).get('');
    const paths = body.items.map((one: { path: string }) => one.path);

    expect(body.description).to.equal('https://nguon.example/api/openapi.json');
    expect(paths).to.include.members(['/api/v1/provinces', '/api/v1/products', '/api/v1/code-lists']);
  });
});
