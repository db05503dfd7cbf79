import { expect } from 'chai';
import fc from 'fast-check';
import sharp from 'sharp';
import type { Actor } from '../../src/platform/access.ts';
import { connectStore } from '../../src/store/connect.ts';
import { testApp, type TestApp } from '../kit/app.ts';
import { freshDatabaseUri } from '../kit/database.ts';
import { harvest, teaBatch, teaProduct } from '../kit/samples.ts';

const clerkActor: Actor = {
  userId: 'clerk',
  name: 'Cô clerk',
  email: 'clerk@example.org',
  administrator: false,
  memberships: [{ organizationId: 'coop1', kind: 'cooperative', role: 'clerk', provinceCode: '08' }],
};

const problemOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (error: unknown) => (error as { code?: string }).code ?? String(error),
  );

describe('what a batch records', () => {
  let app: TestApp;
  let uri: string;
  let productId: string;
  let lot = 0;

  const newBatch = async (fields: object = {}) => {
    const clerk = await app.as('clerk');
    const body = { ...teaBatch, lotNumber: `R-${(lot += 1)}`, ...fields };
    const answer = await clerk.post(`/products/${productId}/batches`, body);
    expect(answer.status, answer.text).to.equal(201);
    return answer.body;
  };
  let records: TestApp['app']['features']['batches']['records'];
  const record = (batchId: string, id: string) => records.record(batchId, harvest, { actor: clerkActor, id });

  before(async () => {
    uri = await freshDatabaseUri();
    app = await testApp({ uri });
    ({ records } = app.app.features.batches);
    const manager = await app.as('manager');
    productId = (await manager.post(`/cooperatives/${app.cooperativeId}/products`, teaProduct)).body.id;
  });
  after(async () => app.stop());

  it('leaves no gap when the retry of an event comes after others were recorded', async () => {
    const batch = await newBatch();
    await record(batch.id, `first${batch.id}`);
    await record(batch.id, `second${batch.id}`);

    const again = await record(batch.id, `first${batch.id}`);
    const next = await record(batch.id, `third${batch.id}`);

    expect(again.sequence).to.equal(1);
    expect(next.sequence).to.equal(3);
  });

  it('answers the retry of an event although the batch was closed since', async () => {
    const batch = await newBatch();
    await record(batch.id, `only${batch.id}`);
    await (await app.as('manager')).post(`/batches/${batch.id}/close`);

    const again = await record(batch.id, `only${batch.id}`);

    expect(again.sequence).to.equal(1);
    expect(await problemOf(record(batch.id, `new${batch.id}`))).to.equal('batch-closed');
  });

  it('numbers events 1 to n whatever is retried and in whatever order', async function () {
    this.timeout(60_000);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(5), { minLength: 1, maxLength: 10 }), async (attempts) => {
        const batch = await newBatch();

        await Promise.all(attempts.map((which) => record(batch.id, `e${which}${batch.id}`)));
        const { events } = (await (await app.as('clerk')).get(`/batches/${batch.id}`)).body;

        const numbers = events.map((event: { sequence: number }) => event.sequence);
        expect(numbers).to.deep.equal(Array.from(new Set(attempts), (_, index) => index + 1));
      }),
      { numRuns: 12 },
    );
  });

  it('lets sixty people record at once', async function () {
    this.timeout(60_000);
    const batch = await newBatch();

    const events = await Promise.all(
      Array.from({ length: 60 }, (_, index) => record(batch.id, `p${index}${batch.id}`)),
    );

    expect(new Set(events.map((event) => event.sequence)).size).to.equal(60);
  });

  it('keeps both of two corrections written at once', async () => {
    const clerk = await app.as('clerk');
    const batch = await newBatch();
    const event = (await clerk.post(`/batches/${batch.id}/events`, harvest)).body;
    const correct = (replacement: object) =>
      clerk.post(`/events/${event.id}/corrections`, { reason: 'Ghi nhầm', replacement });

    const answers = await Promise.all([
      correct({ quantity: { value: 48, unit: 'kg' } }),
      correct({ note: { vi: 'Hái chiều' } }),
      correct({ place: { name: 'Đồi chè Lũng Phìn' } }),
    ]);
    const shown = (await clerk.get(`/trace/${batch.code}`)).body.events[0];

    expect(answers.map((answer) => answer.status)).to.deep.equal([201, 201, 201]);
    expect(shown.quantity.value).to.equal(48);
    expect(shown.note.vi).to.equal('Hái chiều');
    expect(shown.place.name).to.equal('Đồi chè Lũng Phìn');
  });

  it('withdraws an event once, and brings back what it said last', async () => {
    const clerk = await app.as('clerk');
    const batch = await newBatch();
    const event = (await clerk.post(`/batches/${batch.id}/events`, harvest)).body;
    const correct = (body: object) =>
      clerk.post(`/events/${event.id}/corrections`, { reason: 'Sửa', ...body });

    await correct({ replacement: { quantity: { value: 48, unit: 'kg' } } });
    const withdrawn = await correct({});
    const twice = await correct({});
    await correct({ replacement: { note: { vi: 'Có làm thật' } } });
    const shown = (await clerk.get(`/trace/${batch.code}`)).body.events[0];

    expect(withdrawn.status).to.equal(201);
    expect(twice.status).to.equal(409);
    expect(shown.withdrawn).to.equal(false);
    expect(shown.quantity.value).to.equal(48);
  });

  it('refuses a correction made before the eyes of somebody who saw fewer', async () => {
    const batch = await newBatch();
    const event = await record(batch.id, `seen${batch.id}`);
    const correct = (id: string, seen: number) =>
      records.correct(
        event.id,
        { reason: { vi: 'Sửa' }, replacement: { note: { vi: id } } },
        {
          actor: clerkActor,
          id: `${id}${batch.id}`,
          seen,
        },
      );
    await correct('a', 0);

    const stale = await problemOf(correct('b', 0));
    const fresh = await problemOf(correct('c', 1));

    expect([stale, fresh]).to.deep.equal(['already-corrected', 'none']);
  });

  it('takes a part away by null and refuses a correction that says nothing', async () => {
    const clerk = await app.as('clerk');
    const batch = await newBatch();
    const event = (await clerk.post(`/batches/${batch.id}/events`, harvest)).body;
    const correct = (replacement: object) =>
      clerk.post(`/events/${event.id}/corrections`, { reason: 'Sửa', replacement });

    const nothing = await correct({});
    await correct({ quantity: null });
    const shown = (await clerk.get(`/trace/${batch.code}`)).body.events[0];

    expect(nothing.status).to.equal(422);
    expect(shown.quantity).to.equal(null);
    expect(shown.note.vi).to.equal(harvest.note.vi);
  });

  it('says the business step of the Core Business Vocabulary where the step has one', async () => {
    const clerk = await app.as('clerk');
    const batch = await newBatch();
    const recordStep = async (step: string) =>
      (await clerk.post(`/batches/${batch.id}/events`, { ...harvest, step })).body.bizStep;

    expect(await recordStep('packing')).to.equal('packing');
    expect(await recordStep('pruning')).to.equal(null);
    expect((await clerk.get(`/trace/${batch.code}`)).body.events[0].bizStep).to.equal('packing');
  });

  it('stores a photo for an event, for the cooperative’s own people', async () => {
    const [clerk, stranger] = [await app.as('clerk'), await app.as('otherClerk')];
    const batch = await newBatch();
    const jpeg = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#456' } })
      .jpeg()
      .toBuffer();
    const form = () => {
      const data = new FormData();
      data.set('photo', new File([new Uint8Array(jpeg)], 'a.jpg', { type: 'image/jpeg' }));
      return { body: data };
    };

    const photo = await clerk.send('POST', `/api/v1/batches/${batch.id}/photos`, form());
    const refused = await stranger.send('POST', `/api/v1/batches/${batch.id}/photos`, form());
    const event = await clerk.post(`/batches/${batch.id}/events`, { ...harvest, photos: [photo.body.id] });

    expect(photo.status, photo.text).to.equal(201);
    expect(photo.body).to.include({ width: 40, height: 30 });
    expect(refused.status).to.equal(404);
    expect(event.status, event.text).to.equal(201);
  });

  it('fills in an expiry date once', async () => {
    const clerk = await app.as('clerk');
    const manager = await app.as('manager');
    const { shelfLifeDays: _, gtin: __, ...undated } = teaProduct;
    const product = (await manager.post(`/cooperatives/${app.cooperativeId}/products`, undated)).body;
    const batch = (await clerk.post(`/products/${product.id}/batches`, teaBatch)).body;
    const fill = (expiresOn: string) => clerk.patch(`/batches/${batch.id}`, { expiresOn });

    const early = await fill('2026-01-01');
    const filled = await fill('2028-04-07');
    const changed = await fill('2029-04-07');

    expect([early.status, filled.status, changed.status]).to.deep.equal([422, 200, 409]);
    expect(filled.body.expiresOn).to.equal('2028-04-07');
  });

  it('gives back what a batch took whose request was cut off, before the next batch is made', async () => {
    const clerk = await app.as('clerk');
    const source = await newBatch({ quantity: { value: 10, unit: 'kg' } });
    const cut = await newBatch({ inputs: [{ batchId: source.id, quantity: { value: 4, unit: 'kg' } }] });
    const kept = await newBatch({ inputs: [{ batchId: source.id, quantity: { value: 3, unit: 'kg' } }] });
    const database = await connectStore(uri);
    await database
      .collection<{ _id: string }>('batches')
      .updateOne({ _id: cut.id }, { $set: { status: 'preparing', createdAt: new Date('2026-01-01') } });
    await database.close();

    await newBatch({ lotNumber: cut.lotNumber });
    const left = (await clerk.get(`/batches/${source.id}`)).body.remaining;

    expect(left.value).to.equal(7);
    expect((await clerk.get(`/batches/${cut.id}`)).status).to.equal(404);
    expect((await clerk.get(`/batches/${kept.id}`)).status).to.equal(200);
  });
});
