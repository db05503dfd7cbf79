import { expect } from 'chai';
import { testApp, type TestApp } from '../kit/app.ts';
import type { Client } from '../kit/client.ts';
import { teaBatch, teaProduct } from '../kit/samples.ts';

describe('reprints', () => {
  let app: TestApp;
  let clerk: Client;
  let batchId: string;
  let runId: string;

  const reprint = (fields: object = {}, options = {}) =>
    clerk.post(`/print-runs/${runId}/reprints`, { reason: 'Kẹt giấy', ...fields }, options);
  const fileOf = (answer: { body: { files: Record<string, string> } }, name: string) =>
    clerk.send('GET', new URL(answer.body.files[name] ?? '').pathname);
  const rowsOf = (csv: string) => csv.trim().split('\r\n').slice(1);
  const numbersOf = (csv: string) => rowsOf(csv).map((row) => Number(/^"(\d+)"/.exec(row)?.[1]));

  before(async () => {
    app = await testApp();
    clerk = await app.as('clerk');
    const manager = await app.as('manager');
    const product = (await manager.post(`/cooperatives/${app.cooperativeId}/products`, teaProduct)).body;
    batchId = (await clerk.post(`/products/${product.id}/batches`, { ...teaBatch, packs: 60 })).body.id;
  });
  beforeEach(async () => {
    const { body } = await clerk.post(`/batches/${batchId}/print-runs`, {
      template: 'avery-l7160',
      count: 50,
      codes: 'batch',
      reason: 'Thử',
    });
    runId = body.id;
  });
  after(async () => app.stop());

  it('print the same labels again, on a part-used sheet, numbered and with the reason', async () => {
    const original = await clerk.send('GET', `/api/v1/print-runs/${runId}/labels.csv`);

    const answer = await reprint({ from: 7, to: 12, startAt: 20 });
    const csv = await fileOf(answer, 'csv');

    expect(answer.status, answer.text).to.equal(201);
    expect(answer.body).to.include({ number: 1, from: 7, to: 12, count: 6, startAt: 20, pages: 2, free: 17 });
    expect(answer.body.reason).to.equal('Kẹt giấy');
    expect(rowsOf(csv.text)).to.deep.equal(rowsOf(original.text).slice(6, 12));
    expect(numbersOf(csv.text)).to.deep.equal([7, 8, 9, 10, 11, 12]);
    expect(csv.headers.get('content-disposition')).to.match(/-in-lai-1\.csv/);
  });

  it('are pages that say which reprint they are, and the same at each download', async () => {
    const answer = await reprint({ from: 50 });

    const first = await fileOf(answer, 'pdf');
    const second = await fileOf(answer, 'pdf');

    expect(first.headers.get('content-disposition')).to.match(/-in-lai-1\.pdf/);
    expect(first.text).to.equal(second.text);
    const title = Buffer.from('in lại 1', 'utf16le').swap16().toString('hex').toUpperCase();
    expect(first.text.toUpperCase()).to.contain(title);
  });

  it('are all labels of the run where no range is given', async () => {
    const answer = await reprint();

    expect(answer.body).to.include({ from: 1, to: 50, count: 50, startAt: 1, pages: 3 });
  });

  it('never count as new labels', async () => {
    await reprint();
    const run = await clerk.get(`/print-runs/${runId}`);
    const printed = await app.app.features.labels.contract.printedOf([batchId]);

    const last = await clerk.post(`/batches/${batchId}/print-runs`, {
      template: 'avery-l7160',
      count: 1,
      codes: 'batch',
      reason: 'Thêm',
    });

    expect(run.body.count).to.equal(50);
    expect(last.body.printedBefore).to.equal(printed.get(batchId));
  });

  it('are numbered upwards without a gap, however many are made at once', async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, () => reprint({ from: 1, to: 2 })));
    const list = await clerk.get(`/print-runs/${runId}/reprints?limit=4`);
    const rest = await clerk.get(`/print-runs/${runId}/reprints?limit=4&cursor=${list.body.next}`);

    const numbers = answers.map(({ body }) => body.number).sort();
    expect(numbers).to.deep.equal([1, 2, 3, 4, 5, 6]);
    expect(
      [...list.body.items, ...rest.body.items].map((one: { number: number }) => one.number),
    ).to.deep.equal([6, 5, 4, 3, 2, 1]);
  });

  it('are made once of a request that is sent twice', async () => {
    const options = { headers: { 'idempotency-key': 'again-once' } };

    const first = await reprint({}, options);
    const second = await reprint({}, options);

    expect(second.body.id).to.equal(first.body.id);
    expect((await clerk.get(`/print-runs/${runId}/reprints`)).body.items).to.have.length(1);
  });

  it('are refused beyond the run, backwards, off the sheet and without a reason', async () => {
    const wrong: readonly (readonly [object, string])[] = [
      [{ from: 51 }, '/from'],
      [{ to: 51 }, '/to'],
      [{ from: 9, to: 8 }, '/to'],
      [{ startAt: 22 }, '/startAt'],
      [{ reason: undefined }, '/reason'],
    ];

    for (const [fields, pointer] of wrong) {
      const answer = await reprint(fields);

      expect(answer.status, JSON.stringify(fields)).to.equal(422);
      expect(answer.body.errors[0].pointer).to.equal(pointer);
    }
    expect((await clerk.get(`/print-runs/${runId}/reprints`)).body.items).to.deep.equal([]);
    expect((await clerk.send('GET', `/api/v1/print-runs/${runId}/reprints/1/labels.pdf`)).status).to.equal(
      404,
    );
    expect((await clerk.send('GET', `/api/v1/print-runs/${runId}/reprints/x/labels.pdf`)).status).to.equal(
      404,
    );
  });
});
