import { expect } from 'chai';
import { MongoClient } from 'mongodb';
import { checkRun, samplePlaces } from '../../src/features/labels/self-check.ts';
import { symbolReader } from '../../src/features/labels/symbol-reader.ts';
import type { StoredRun } from '../../src/features/labels/store.ts';
import { testApp } from '../kit/app.ts';
import { freshDatabaseUri } from '../kit/database.ts';
import { labelFonts, sampleKey, sampleRun, templateOf } from '../kit/label-run.ts';
import { teaBatch, teaProduct } from '../kit/samples.ts';

const read = symbolReader();

async function check(run: StoredRun | null) {
  if (run === null) throw new RangeError('does not fit');
  return checkRun({ run, keys: [sampleKey], places: [1, 7, run.count] }, { fonts: labelFonts, read });
}

function broken(run: StoredRun | null, symbol: Partial<StoredRun['symbol']>): StoredRun | null {
  return run === null ? null : { ...run, symbol: { ...run.symbol, ...symbol } };
}

describe('the check of a run before it is released', function () {
  this.timeout(30_000);

  for (const id of ['avery-l7160', 'avery-l7651', 'herma-4387', 'roll-35x22-3', 'zebra-4x6']) {
    it(`reads its own labels on ${id}`, async () => {
      const template = templateOf(id);

      const result = await check(sampleRun({ template, count: 1_000 }));

      expect(result.failed).to.equal(null);
      expect(result).to.include({ labels: 3, dotsPerInch: template.dotsPerInch ?? 300 });
    });
  }

  it('stops at an encoder that draws another address', async () => {
    const right = sampleRun({ template: templateOf('avery-l7160'), count: 10, codes: 'batch' });
    const other = sampleRun({
      template: templateOf('avery-l7160'),
      count: 10,
      codes: 'batch',
      publicUrl: 'https://nguom.vn',
    });

    const result = await check(broken(right, other?.symbol ?? {}));

    expect(result.failed?.number).to.equal(1);
    expect(result.failed?.read).to.contain('NGUOM.VN');
  });

  it('stops at a symbol that nobody reads', async () => {
    const run = sampleRun({ template: templateOf('avery-l7160'), count: 10, codes: 'batch' });
    const modules = run?.symbol.modules.map((module, at) => (at % 3 === 0 ? 1 - module : module));

    const result = await check(broken(run, modules === undefined ? {} : { modules }));

    expect(result.failed).to.deep.equal({ number: 1, read: null });
  });

  it('stops at a text that was laid over the symbol', async () => {
    const run = sampleRun({ template: templateOf('avery-l7160'), count: 10 });
    if (run === null) throw new RangeError('does not fit');
    const [symbol] = run.drawing.marks.filter(({ kind }) => kind === 'symbol');
    if (symbol?.kind !== 'symbol') throw new RangeError('no symbol');
    const bar = { kind: 'bar', xMm: symbol.xMm, yMm: symbol.yMm + 2, widthMm: 12, heightMm: 5 } as const;

    const result = await check({ ...run, drawing: { ...run.drawing, marks: [...run.drawing.marks, bar] } });

    expect(result.failed?.number).to.equal(1);
  });

  it('takes the first label, the last one and some between', () => {
    const places = samplePlaces(1_000, () => 0.5);

    expect(places).to.deep.equal([1, 501, 1_000]);
    expect(samplePlaces(1, () => 0.99)).to.deep.equal([1]);
  });

  it('is made once, from when the run is recorded, and kept', async () => {
    const app = await testApp();
    try {
      const [clerk, manager] = [await app.as('clerk'), await app.as('manager')];
      const product = await manager.post(`/cooperatives/${app.cooperativeId}/products`, teaProduct);
      const batch = await clerk.post(`/products/${product.body.id}/batches`, teaBatch);
      const run = await clerk.post(`/batches/${batch.body.id}/print-runs`, {
        template: 'avery-l7160',
        count: 40,
      });
      const path = `/print-runs/${run.body.id}`;

      const file = await clerk.get(`${path}/labels.pdf`);
      const after = await clerk.get(`${path}/progress`);
      await clerk.get(`${path}/labels.csv`);
      const later = await clerk.get(`${path}/progress`);

      expect(file.status).to.equal(200);
      expect(after.body.check).to.include({ passed: true, dotsPerInch: 300, failedNumber: null });
      expect(later.body.check).to.deep.equal(after.body.check);
    } finally {
      await app.stop();
    }
  });

  it('keeps a run back that does not read, and says which label and at what resolution', async () => {
    const uri = await freshDatabaseUri();
    const app = await testApp({ uri });
    const database = await MongoClient.connect(uri);
    try {
      const [clerk, manager] = [await app.as('clerk'), await app.as('manager')];
      const product = await manager.post(`/cooperatives/${app.cooperativeId}/products`, teaProduct);
      const batch = await clerk.post(`/products/${product.body.id}/batches`, teaBatch);
      const path = `/batches/${batch.body.id}/print-runs`;
      const run = await clerk.post(path, { template: 'avery-l7160', count: 40, codes: 'batch' });
      await clerk.get(`/print-runs/${run.body.id}/labels.csv`);
      // As a fault of the encoder would have stored it, and as a new version of the program would look at it.
      const runs = database.db().collection<{ _id: string; printed: string }>('print-runs');
      const stored = await runs.findOne({ _id: run.body.id });
      const printed = stored?.printed.replace(/("modules":"[01]{60})[01]{60}/, `$1${'10'.repeat(30)}`) ?? '';
      await runs.updateOne({ _id: run.body.id }, { $set: { printed } });
      await database.db().collection('print-run-checks').deleteMany({ runId: run.body.id });

      const pdf = await clerk.get(`/print-runs/${run.body.id}/labels.pdf`);
      const csv = await clerk.get(`/print-runs/${run.body.id}/labels.csv`);
      const page = `/manage/print-runs/${run.body.id}?done=printed`;
      const shown = await (await app.browse('clerk')).open(page);
      const forManager = await (await app.browse('manager')).open(`${page}&lang=en`);
      const forOfficer = await (await app.browse('officer')).open(page);

      expect(printed).not.to.equal(stored?.printed);
      expect([pdf.status, csv.status]).to.deep.equal([409, 409]);
      expect(pdf.body).to.include({ number: 1, dotsPerInch: 300 });
      expect(pdf.body.type).to.match(/labels-do-not-read$/);
      expect(pdf.body.detail).to.contain('không đọc lại được mã trên tem số 1 ở 300 dpi');
      expect(shown.text)
        .to.contain('Chưa cho in: tem không đọc được')
        .and.contain('vẽ thử tem số 1 như máy in 300 dpi in ra và không đọc lại được mã')
        .and.contain('Hãy báo người vận hành hệ thống');
      expect(forManager.text)
        .to.contain('Not released: a label does not read')
        .and.contain('drew label 1 as a 300 dpi printer prints it and could not read its code back')
        .and.contain('Please tell whoever runs the system');
      for (const { html, text } of [shown, forManager, forOfficer]) {
        expect(html).to.match(/class="notice bad"\s+role="alert"/);
        expect(html).not.to.match(/labels\.(pdf|csv|zip)/);
        // Nor is it said to be ready, nor read, nor to be printed again.
        expect(text).not.to.match(
          /Đã tạo tem|The labels are ready|Đã đọc thử|Read before|In lại tem hỏng|spoiled/,
        );
      }
      const [another, voiding] = [`/manage/batches/${batch.body.id}/labels`, `${run.body.id}/void`];
      expect(shown.html).to.contain(another).and.not.contain(voiding);
      expect(forManager.html).to.contain(another).and.contain(voiding);
      expect(forOfficer.html).not.to.contain(another);
    } finally {
      await database.close();
      await app.stop();
    }
  });
});
