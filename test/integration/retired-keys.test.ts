import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { KEYS_MAX } from '../../src/features/labels/unit-keys.ts';
import { emailOf, PASSWORD, testApp, type TestApp } from '../kit/app.ts';
import { client } from '../kit/client.ts';
import { teaBatch, teaProduct } from '../kit/samples.ts';

const FILES = ['labels.pdf', 'labels.csv', 'labels.zip?of=svg', 'labels.zip?of=png', 'label.svg'];

describe('a print run whose key is retired', () => {
  let app: TestApp;
  let folder: string;
  let now = new Date('2026-11-24T03:00:00Z');
  let run: { id: string };
  let ofBatch: { id: string };

  const print = async (batchId: string, codes: 'unit' | 'batch') => {
    const clerk = await app.as('clerk');
    const answer = await clerk.post(`/batches/${batchId}/print-runs`, {
      template: 'avery-l7160',
      count: 3,
      codes,
    });
    expect(answer.status, answer.text).to.equal(201);
    return answer.body;
  };

  /** The sign-ins from before have run out. */
  const signedInLater = async (person: 'clerk' | 'manager') => {
    const made = client(app.url);
    await made.signIn(emailOf(person), PASSWORD);
    return made;
  };

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'nguon-retired-'));
    const unitKeySource = { kind: 'kept', file: join(folder, 'unit-codes') } as const;
    app = await testApp({ clock: { now: () => now }, unitKeySource });
    const manager = await app.as('manager');
    const product = (await manager.post(`/cooperatives/${app.cooperativeId}/products`, teaProduct)).body;
    const batch = (
      await manager.post(`/products/${product.id}/batches`, {
        ...teaBatch,
        packs: 100,
        expiresOn: '2026-11-30',
      })
    ).body;
    run = await print(batch.id, 'unit');
    ofBatch = await print(batch.id, 'batch');
    const reprint = await manager.post(`/print-runs/${run.id}/reprints`, { reason: 'Rách' });
    expect(reprint.status, reprint.text).to.equal(201);
    const { keys } = app.app.features.labels;
    for (let epoch = 2; epoch <= KEYS_MAX; epoch += 1) await keys.rotate();
    expect(await keys.rotate()).to.include({ kind: 'full', until: '2026-11-30' });
    now = new Date('2026-12-02T03:00:00Z');
    expect(await keys.rotate()).to.include({ kind: 'rotated', retired: 1 });
  });
  after(async () => {
    await app.stop();
    rmSync(folder, { recursive: true });
  });

  it('is refused as every file, as a picture and as a reprint’s file, with the reason in both languages', async () => {
    const clerk = await signedInLater('clerk');

    for (const file of [...FILES, 'reprints/1/labels.pdf']) {
      const answer = await clerk.get(`/print-runs/${run.id}/${file}`);
      const english = await clerk.get(`/print-runs/${run.id}/${file}`, {
        headers: { 'accept-language': 'en' },
      });

      expect(answer.status, `${file}: ${answer.text}`).to.equal(410);
      expect(answer.body.type).to.match(/key-retired$/);
      expect(answer.body.detail).to.contain('khóa đã nghỉ');
      expect(english.body.detail).to.contain('the key is retired');
    }
  });

  it('takes no reprint, and is still on record', async () => {
    const manager = await signedInLater('manager');

    const refused = await manager.post(`/print-runs/${run.id}/reprints`, { reason: 'Rách nữa' });
    const [read, reprints] = await Promise.all([
      manager.get(`/print-runs/${run.id}`),
      manager.get(`/print-runs/${run.id}/reprints`),
    ]);
    const page = await (await app.browse('manager')).open(`/manage/print-runs/${run.id}`);

    expect(refused.status).to.equal(410);
    expect(read.body).to.include({ id: run.id, count: 3 });
    expect(reprints.body.items).to.have.length(1);
    expect(page.status).to.equal(200);
  });

  it('takes nothing from runs of the batch’s code, nor from those of a later key', async () => {
    const clerk = await signedInLater('clerk');

    const answer = await clerk.get(`/print-runs/${ofBatch.id}/labels.pdf`);

    expect(answer.status).to.equal(200);
  });
});
