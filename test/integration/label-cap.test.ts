import { expect } from 'chai';
import { testApp, type TestApp } from '../kit/app.ts';
import type { Client } from '../kit/client.ts';
import { freshDatabaseUri } from '../kit/database.ts';
import { teaBatch, teaProduct } from '../kit/samples.ts';

type Range = { readonly from: number; readonly to: number };
type Listed = { readonly count: number; readonly voided: number; readonly packNumbers: readonly Range[] };

const runOf = (count: number, codes: 'unit' | 'batch' = 'unit') => ({
  template: 'avery-l7160',
  count,
  codes,
});
const numbersOf = (ranges: readonly Range[]) =>
  ranges.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, at) => from + at));

/** Every run of a batch, as its cooperative sees them. */
async function runsOf(api: Client, cooperativeId: string, batchId: string): Promise<readonly Listed[]> {
  const { body } = await api.get(`/cooperatives/${cooperativeId}/print-runs?batch=${batchId}&limit=200`);
  return body.items;
}

describe('the cap of labels by packs, with several processes on one database', () => {
  let apps: readonly TestApp[];
  let clerks: readonly Client[];
  let productId: string;
  let lot = 0;

  const newBatch = async (packs: number): Promise<string> => {
    const lotNumber = `TRAN-${(lot += 1)}`;
    const [first] = clerks;
    const answer = await first?.post(`/products/${productId}/batches`, { ...teaBatch, lotNumber, packs });
    return String(answer?.body.id);
  };
  const clerk = (at: number): Client => {
    const found = clerks[at % clerks.length];
    if (found === undefined) throw new RangeError(String(at));
    return found;
  };

  before(async () => {
    const uri = await freshDatabaseUri();
    const first = await testApp({ uri });
    apps = [first, await testApp({ uri, joins: first }), await testApp({ uri, joins: first })];
    clerks = await Promise.all(apps.map(async (app) => app.as('clerk')));
    const manager = await first.as('manager');
    productId = (await manager.post(`/cooperatives/${first.cooperativeId}/products`, teaProduct)).body.id;
  });
  after(async () => {
    for (const app of [...apps].reverse()) await app.stop();
  });

  it('holds for unit codes that are asked of each at once: no pack gets two, none beyond the last', async () => {
    const batchId = await newBatch(100);

    const answers = await Promise.all(
      Array.from({ length: 15 }, async (_, at) => clerk(at).post(`/batches/${batchId}/print-runs`, runOf(8))),
    );

    const runs = await runsOf(clerk(0), 'coop1', batchId);
    const packs = runs.flatMap(({ packNumbers }) => numbersOf(packNumbers));
    expect(answers.filter(({ status }) => status === 201)).to.have.length(12);
    expect(answers.filter(({ status }) => status === 422)).to.have.length(3);
    expect(packs.sort((a, b) => a - b)).to.deep.equal(Array.from({ length: 96 }, (_, at) => at + 1));
  });

  it('holds for the batch’s code too, unless somebody says why', async () => {
    const batchId = await newBatch(100);

    const answers = await Promise.all(
      Array.from({ length: 9 }, async (_, at) =>
        clerk(at).post(`/batches/${batchId}/print-runs`, runOf(30, 'batch')),
      ),
    );

    expect(answers.map(({ status }) => status).sort()).to.deep.equal([201, 201, 201, ...Array(6).fill(422)]);
  });

  it('counts no void label of a run with the batch’s code', async () => {
    const batchId = await newBatch(100);
    const [first] = apps;
    const run = (await clerk(0).post(`/batches/${batchId}/print-runs`, runOf(100, 'batch'))).body;
    const refused = await clerk(1).post(`/batches/${batchId}/print-runs`, runOf(5, 'batch'));
    const reason = 'Máy in kẹt giấy';
    await (await first?.as('manager'))?.post(`/print-runs/${run.id}/void`, { from: 1, to: 5, reason });

    const allowed = await clerk(1).post(`/batches/${batchId}/print-runs`, runOf(5, 'batch'));
    const more = await clerk(2).post(`/batches/${batchId}/print-runs`, runOf(1, 'batch'));

    expect(refused.body).to.include({ packs: 100, printed: 100, voided: 0, left: 0 });
    expect(allowed.status, allowed.text).to.equal(201);
    expect(allowed.body.reason).to.equal(null);
    expect(more.body).to.include({ packs: 100, printed: 105, voided: 5, inCirculation: 100, left: 0 });
  });
});
