import { expect } from 'chai';
import type { Connection } from 'mongoose';
import { testApp, type Person, type TestApp } from '../kit/app.ts';
import type { Answer } from '../kit/client.ts';
import { freshDatabaseUri } from '../kit/database.ts';
import { expectProblem } from '../kit/problem.ts';
import { harvest, teaBatch, teaProduct } from '../kit/samples.ts';
import { PRINT_RUN, fresh, registrationBody, tenantOf, type Tenant } from '../kit/tenants.ts';
import { connectStore } from '../../src/store/connect.ts';

const AT_ONCE = 20;
const { gtin: _gtin, ...product } = teaProduct;

/** A POST that makes something: where, what, by whom, and in which collection it ends. */
type Creating = {
  readonly what: string;
  readonly collection: string;
  readonly person: Person;
  path(tenant: Tenant): string;
  body(tenant: Tenant): object;
};

const CREATING: readonly Creating[] = [
  {
    what: 'a registration',
    collection: 'organizations',
    person: 'guest',
    path: () => '/registrations',
    body: ({ marker }) => registrationBody('08', marker),
  },
  {
    what: 'a cooperative',
    collection: 'organizations',
    person: 'officer',
    path: () => '/cooperatives',
    body: ({ marker }) => registrationBody('08', marker).cooperative,
  },
  {
    what: 'a retailer',
    collection: 'organizations',
    person: 'officer',
    path: () => '/retailers',
    body: () => ({ name: fresh('Cửa hàng'), provinceCode: '08' }),
  },
  {
    what: 'an invitation',
    collection: 'invitations',
    person: 'manager',
    path: ({ cooperativeId }) => `/organizations/${cooperativeId}/invitations`,
    body: () => ({ email: `${fresh('moi')}@example.org`, role: 'clerk' }),
  },
  {
    what: 'a product',
    collection: 'products',
    person: 'manager',
    path: ({ cooperativeId }) => `/cooperatives/${cooperativeId}/products`,
    body: () => ({ ...product, brand: fresh('Mây') }),
  },
  {
    what: 'a certificate',
    collection: 'certificates',
    person: 'manager',
    path: ({ cooperativeId }) => `/cooperatives/${cooperativeId}/certificates`,
    body: () => ({
      standard: 'VietGAP',
      number: fresh('VG'),
      issuer: 'Trung tâm',
      issuedOn: '2026-01-01',
      expiresOn: '2028-01-01',
    }),
  },
  {
    what: 'a batch with an input',
    collection: 'batches',
    person: 'clerk',
    path: ({ productId }) => `/products/${productId}/batches`,
    body: ({ batchId }) => ({
      ...teaBatch,
      lotNumber: fresh('IDEM'),
      inputs: [{ batchId, quantity: { value: 1, unit: 'g' } }],
    }),
  },
  {
    what: 'an event',
    collection: 'events',
    person: 'clerk',
    path: ({ batchId }) => `/batches/${batchId}/events`,
    body: () => ({ ...harvest, note: { vi: fresh('Ghi') } }),
  },
  {
    what: 'a correction',
    collection: 'corrections',
    person: 'clerk',
    path: ({ eventId }) => `/events/${eventId}/corrections`,
    body: () => ({ reason: fresh('Nhầm'), replacement: { note: { vi: 'Sửa' } } }),
  },
  {
    what: 'a print run',
    collection: 'print-runs',
    person: 'clerk',
    path: ({ batchId }) => `/batches/${batchId}/print-runs`,
    body: () => PRINT_RUN,
  },
];

describe('a request sent again', function () {
  this.timeout(60_000);
  let app: TestApp;
  let tenant: Tenant;
  let database: Connection;

  before(async () => {
    const uri = await freshDatabaseUri();
    app = await testApp({ uri });
    tenant = await tenantOf(app, 'first');
    database = await connectStore(uri);
  });
  after(async () => {
    await database.close();
    await app.stop();
  });

  const keyed = (key: string) => ({ headers: { 'Idempotency-Key': key } });

  async function countOf(collection: string): Promise<number> {
    const found = (await database.db?.listCollections().toArray()) ?? [];
    expect(
      found.map(({ name }) => name),
      'the collection has another name',
    ).to.include(collection);
    return (await database.db?.collection(collection).countDocuments()) ?? 0;
  }

  /** As a process that died after the work and before its answer was stored leaves things. */
  async function forgetAnswers(): Promise<number> {
    const changed = await database.db
      ?.collection('idempotency')
      .updateMany({}, { $unset: { answer: '' }, $set: { leaseUntil: new Date(0) } });
    return changed?.modifiedCount ?? 0;
  }

  for (const { what, collection, person, path, body } of CREATING) {
    it(`makes ${what} once, however many send it at once`, async () => {
      const [client, key, sent] = [await app.as(person), fresh('key'), body(tenant)];
      const first = await client.post(path(tenant), body(tenant));
      expect(first.status, first.text).to.equal(201);
      const before = await countOf(collection);

      const answers = await Promise.all(
        Array.from({ length: AT_ONCE }, () => client.post(path(tenant), sent, keyed(key))),
      );

      const wrong = answers.find(({ status }) => status !== 201);
      expect(wrong?.text).to.equal(undefined);
      expect(new Set(answers.map((answer) => String(answer.body.id))).size).to.equal(1);
      expect((await countOf(collection)) - before).to.equal(1);
    });

    it(`refuses another body for ${what} under the same key`, async () => {
      const [client, key] = [await app.as(person), fresh('key')];
      const first = await client.post(path(tenant), body(tenant), keyed(key));
      expect(first.status, first.text).to.equal(201);
      const before = await countOf(collection);

      const other = await client.post(path(tenant), { ...body(tenant), khac: true }, keyed(key));

      expectProblem(other, 422);
      expect(other.body.type).to.match(/idempotency-key-reused$/);
      expect(await countOf(collection)).to.equal(before);
    });

    it(`finishes ${what} after a crash without making a second one`, async () => {
      const [client, key, sent] = [await app.as(person), fresh('key'), body(tenant)];
      const first = await client.post(path(tenant), sent, keyed(key));
      expect(first.status, first.text).to.equal(201);
      const before = await countOf(collection);
      expect(await forgetAnswers()).to.be.greaterThan(0);

      const again = await client.post(path(tenant), sent, keyed(key));

      expect(again.status, again.text).to.equal(201);
      expect(again.body.id).to.equal(first.body.id);
      expect(await countOf(collection)).to.equal(before);
    });
  }

  it('takes an input once, however often the batch is asked for', async () => {
    const clerk = await app.as('clerk');
    const source = await tenant.newBatch();
    const sent = {
      ...teaBatch,
      lotNumber: fresh('ONCE'),
      inputs: [{ batchId: source.id, quantity: { value: 6, unit: 'kg' } }],
    };
    const ask = (): Promise<Answer> =>
      clerk.post(`/products/${tenant.productId}/batches`, sent, keyed('take-once'));
    await Promise.all([ask(), ask(), ask()]);
    await forgetAnswers();
    await ask();

    const left = await clerk.get(`/batches/${source.id}`);

    expect(left.body.remaining).to.deep.equal({ value: 90, unit: 'kg' });
  });

  it('is another request when another person sends it under the same key', async () => {
    const [manager, clerk] = [await app.as('manager'), await app.as('clerk')];
    const path = `/products/${tenant.productId}/batches`;

    const mine = await manager.post(path, { ...teaBatch, lotNumber: fresh('A') }, keyed('shared-key'));
    const theirs = await clerk.post(path, { ...teaBatch, lotNumber: fresh('B') }, keyed('shared-key'));

    expect([mine.status, theirs.status]).to.deep.equal([201, 201]);
    expect(mine.body.id).not.to.equal(theirs.body.id);
  });

  it('may come again mended under its key after it was refused', async () => {
    const clerk = await app.as('clerk');
    const path = `/products/${tenant.productId}/batches`;
    const lotNumber = fresh('MEND');

    const refused = await clerk.post(
      path,
      { ...teaBatch, lotNumber, producedOn: '2999-01-01' },
      keyed('mend'),
    );
    const mended = await clerk.post(path, { ...teaBatch, lotNumber }, keyed('mend'));

    expectProblem(refused, 422);
    expect(mended.status, mended.text).to.equal(201);
  });

  it('leaves one of two rivals with a conflict when both make the same thing under other keys', async () => {
    const clerk = await app.as('clerk');
    const sent = { ...teaBatch, lotNumber: fresh('RIVAL') };

    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        clerk.post(`/products/${tenant.productId}/batches`, sent, keyed(`rival-${index}`)),
      ),
    );

    const made = answers.filter(({ status }) => status === 201);
    const refused = answers.filter(({ status }) => status === 409);
    expect([made.length, refused.length]).to.deep.equal([1, 7]);
  });
});
