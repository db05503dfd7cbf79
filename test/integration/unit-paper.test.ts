import { expect } from 'chai';
import { decodeUnit, unitKey } from '../../src/domain/unit-code/unit-code.ts';
import { labelStock } from '../../src/features/labels/stock.ts';
import { testApp, type TestApp } from '../kit/app.ts';
import { missingTools, scanFile } from '../kit/paper.ts';
import { skipBecause } from '../kit/skip.ts';
import { teaBatch, teaProduct } from '../kit/samples.ts';

const keys = [unitKey(new Uint8Array(32).fill(9), 1)];

describe('printed unit labels', () => {
  let app: TestApp;
  before(async () => {
    app = await testApp();
  });
  after(async () => app.stop());

  it('each carry their own code, which leads to its run and number', async function paper() {
    const missing = await missingTools();
    if (missing.length > 0) skipBecause(this, `this machine has no ${missing.join(', ')}`);
    const manager = await app.as('manager');
    const product = (await manager.post(`/cooperatives/${app.cooperativeId}/products`, teaProduct)).body;
    const batch = (
      await manager.post(`/products/${product.id}/batches`, { ...teaBatch, lotNumber: 'GIAY-1', packs: 50 })
    ).body;
    const template = labelStock().template('avery-l7160');
    if (template === null) throw new Error('It is on sale');
    const run = (
      await manager.post(`/batches/${batch.id}/print-runs`, {
        template: template.id,
        count: 30,
        codes: 'unit',
        numbered: true,
        startAt: 3,
      })
    ).body;

    const response = await fetch(app.url + new URL(run.files.pdf).pathname, { headers: manager.headers() });
    const read = await scanFile(Buffer.from(await response.arrayBuffer()), template, { dpi: 300, pages: 2 });
    const codes = read.map((address) => address.replace('HTTPS://NGUON.EXAMPLE/', ''));

    expect(codes.map((code) => decodeUnit(keys, code))).to.deep.equal(
      Array.from({ length: 30 }, (_, at) => ({ run: run.run, index: at + 1, epoch: 1 })),
    );
    const { body } = await (await app.as('guest')).get(`/trace/${codes[29] ?? ''}`);
    expect(body).to.deep.include({ verdict: 'genuine', unit: { number: 30, of: 50 } });
  });
});
