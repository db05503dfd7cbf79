import { expect } from 'chai';
import { testApp, type TestApp } from '../kit/app.ts';
import { harvest, teaBatch, teaProduct } from '../kit/samples.ts';

describe('batches', () => {
  let app: TestApp;
  let productId: string;
  let lot = 0;

  const newLot = () => `CX-${(lot += 1)}`;
  const createBatch = async (fields: object = {}) => {
    const clerk = await app.as('clerk');
    return clerk.post(`/products/${productId}/batches`, { ...teaBatch, lotNumber: newLot(), ...fields });
  };

  before(async () => {
    app = await testApp();
    const manager = await app.as('manager');
    const answer = await manager.post(`/cooperatives/${app.cooperativeId}/products`, teaProduct);
    expect(answer.status, answer.text).to.equal(201);
    productId = answer.body.id;
  });
  after(async () => app.stop());

  it('creates a batch whose packs follow from the net content', async () => {
    const answer = await createBatch();

    expect(answer.status, answer.text).to.equal(201);
    expect(answer.body).to.include({ status: 'open', packs: 960 });
    expect(answer.body.remaining).to.deep.equal({ value: 96, unit: 'kg' });
    expect(answer.body.code).to.match(/^[0-9A-HJKMNP-TV-Z]{12}$/);
    expect(answer.body.traceUrl).to.equal(`https://nguon.example/${answer.body.code}`);
  });

  it('derives the expiry date from the shelf life', async () => {
    const answer = await createBatch({ producedOn: '2026-01-01' });

    expect(answer.body.expiresOn).to.equal('2028-01-01');
  });

  it('refuses a lot number that the product has, whatever its case', async () => {
    const clerk = await app.as('clerk');
    await createBatch({ lotNumber: 'TWICE-1' });

    const answer = await clerk.post(`/products/${productId}/batches`, { ...teaBatch, lotNumber: 'twice-1' });

    expect(answer.status).to.equal(409);
    expect(answer.body.errors[0].pointer).to.equal('/lotNumber');
  });

  it('takes inputs from their batches exactly, and nothing when one has not enough', async () => {
    const clerk = await app.as('clerk');
    const first = (await createBatch({ quantity: { value: 0.3, unit: 'kg' } })).body;
    const second = (await createBatch({ quantity: { value: 1, unit: 'kg' } })).body;

    const refused = await createBatch({
      inputs: [
        { batchId: second.id, quantity: { value: 1, unit: 'kg' } },
        { batchId: first.id, quantity: { value: 0.31, unit: 'kg' } },
      ],
    });
    const made = await createBatch({
      inputs: [
        { batchId: first.id, quantity: { value: 100, unit: 'g' } },
        { batchId: second.id, quantity: { value: 1, unit: 'kg' } },
      ],
    });
    const left = await clerk.get(`/batches/${first.id}`);

    expect(refused.status).to.equal(422);
    expect(refused.body.errors[0].pointer).to.equal('/inputs/1/quantity');
    expect(refused.body.detail).to.contain('0,3 kg');
    expect(made.status, made.text).to.equal(201);
    expect(left.body.remaining).to.deep.equal({ value: 0.2, unit: 'kg' });
  });

  it('never gives out more of a batch than there is, however many ask at once', async () => {
    const source = (await createBatch({ quantity: { value: 10, unit: 'kg' } })).body;
    const inputs = [{ batchId: source.id, quantity: { value: 3, unit: 'kg' } }];

    const answers = await Promise.all(Array.from({ length: 8 }, () => createBatch({ inputs })));
    const left = await (await app.as('clerk')).get(`/batches/${source.id}`);

    expect(answers.map((answer) => answer.status).sort()).to.deep.equal([
      201, 201, 201, 422, 422, 422, 422, 422,
    ]);
    expect(left.body.remaining.value).to.equal(1);
  });

  it('numbers events without gaps when many people record at once', async () => {
    const clerk = await app.as('clerk');
    const batch = (await createBatch()).body;

    const answers = await Promise.all(
      Array.from({ length: 12 }, () => clerk.post(`/batches/${batch.id}/events`, harvest)),
    );
    const whole = await clerk.get(`/batches/${batch.id}`);

    expect(answers.every((answer) => answer.status === 201)).to.equal(true);
    expect(answers.map((answer) => answer.body.sequence).sort((a, b) => a - b)).to.deep.equal(
      Array.from({ length: 12 }, (_, index) => index + 1),
    );
    expect(whole.body.events).to.have.length(12);
  });

  it('leaves no gap in the numbers when the same event is recorded again after a crash', async () => {
    const clerk = await app.as('clerk');
    const batch = (await createBatch()).body;
    const actor = {
      userId: 'clerk',
      name: 'Cô clerk',
      email: 'clerk@example.org',
      administrator: false,
      memberships: [
        { organizationId: 'coop1', kind: 'cooperative', role: 'clerk', provinceCode: '08' } as const,
      ],
    };
    const { records } = app.app.features.batches;

    const first = await records.record(batch.id, harvest, { actor, id: 'sameevent1' });
    const again = await records.record(batch.id, harvest, { actor, id: 'sameevent1' });
    const next = await clerk.post(`/batches/${batch.id}/events`, harvest);

    expect([first.sequence, again.sequence, next.body.sequence]).to.deep.equal([1, 1, 2]);
  });

  it('corrects an event and keeps the original readable', async () => {
    const clerk = await app.as('clerk');
    const batch = (await createBatch()).body;
    const event = (await clerk.post(`/batches/${batch.id}/events`, harvest)).body;

    const answer = await clerk.post(`/events/${event.id}/corrections`, {
      reason: 'Ghi nhầm số lượng',
      replacement: { quantity: { value: 48, unit: 'kg' } },
    });
    const trace = await clerk.get(`/trace/${batch.code}`);

    expect(answer.status, answer.text).to.equal(201);
    expect(trace.body.events[0].quantity.value).to.equal(48);
    expect(trace.body.events[0].original.quantity.value).to.equal(480);
    expect(trace.body.events[0].corrections[0].reason.vi).to.equal('Ghi nhầm số lượng');
  });

  it('takes no event after the batch was closed, by a manager only', async () => {
    const [clerk, manager] = [await app.as('clerk'), await app.as('manager')];
    const batch = (await createBatch()).body;

    const byClerk = await clerk.post(`/batches/${batch.id}/close`);
    const closed = await manager.post(`/batches/${batch.id}/close`);
    const late = await clerk.post(`/batches/${batch.id}/events`, harvest);

    expect(byClerk.status).to.equal(403);
    expect(closed.body.status).to.equal('closed');
    expect(late.status).to.equal(409);
  });

  it('gives a retry with the same key the first answer and creates nothing', async () => {
    const clerk = await app.as('clerk');
    const body = { ...teaBatch, lotNumber: newLot() };
    const headers = { 'Idempotency-Key': 'phone-7-retry-1' };

    const answers = await Promise.all(
      Array.from({ length: 5 }, () => clerk.post(`/products/${productId}/batches`, body, { headers })),
    );
    const other = await clerk.post(
      `/products/${productId}/batches`,
      { ...body, lotNumber: newLot() },
      { headers },
    );

    expect(new Set(answers.map((answer) => answer.body.id)).size).to.equal(1);
    expect(answers.every((answer) => answer.status === 201)).to.equal(true);
    expect(other.status).to.equal(422);
  });

  it('counts what the record holds of what the law asks, with a link to what is missing', async () => {
    const clerk = await app.as('clerk');
    const batch = (await createBatch()).body;

    const empty = (await clerk.get(`/batches/${batch.id}`)).body.completeness;
    await clerk.post(`/batches/${batch.id}/events`, harvest);
    const full = (await clerk.get(`/batches/${batch.id}`)).body.completeness;

    expect(empty.circular02.of).to.equal(10);
    expect(empty.passport.of).to.equal(8);
    expect(empty.circular02.missing.map((item: { code: string }) => item.code)).to.deep.equal([
      'C2',
      'C5',
      'C6',
    ]);
    expect(empty.circular02.missing[0].fix).to.equal(`/manage/products/${productId}#photos`);
    expect(full.circular02.met).to.equal(9);
    expect(full.passport.met).to.equal(8);
    expect(full.label).to.include({ met: 10, of: 10 });
  });
});
