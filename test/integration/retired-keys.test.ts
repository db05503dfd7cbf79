import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { KEYS_MAX } from '../../src/features/labels/unit-keys.ts';
import { emailOf, PASSWORD, testApp, type TestApp } from '../kit/app.ts';
import { client } from '../kit/client.ts';
import { printing } from '../kit/printing.ts';

const FILES = ['labels.pdf', 'labels.csv', 'labels.zip?of=svg', 'labels.zip?of=png', 'label.svg'];

describe('a print run whose key is retired', () => {
  let app: TestApp;
  let folder: string;
  let now = new Date('2026-11-24T03:00:00Z');
  let batchId: string;
  let run: { id: string };
  let ofBatch: { id: string };

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
    const labels = await printing(app, { run: { count: 3 } });
    batchId = (await labels.batch({ packs: 100, expiresOn: '2026-11-30' })).id;
    run = await labels.printed(batchId, { codes: 'unit' });
    ofBatch = await labels.printed(batchId, { codes: 'batch' });
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

  it('says on its page, in both languages, why it cannot be printed and what to do', async () => {
    const clerk = await app.browse('clerk');
    const officer = await app.browse('officer');
    const path = `/manage/print-runs/${run.id}`;

    const page = await clerk.open(path);
    const english = await clerk.open(`${path}?lang=en`);
    const forOfficer = await officer.open(path);

    expect(page.text)
      .to.contain('Đợt này không in lại được nữa')
      .and.contain('Hồ sơ của đợt vẫn giữ nguyên. Cần tem cho lô này thì in một đợt mới.');
    expect(english.text)
      .to.contain('This run cannot be printed any more')
      .and.contain('The record stays. For labels of this batch, print a new run.');
    for (const { html, text } of [page, english, forOfficer]) {
      expect(html).to.contain('class="notice late"');
      // No file of the run or of its reprint, no picture of a label, no way to print it again.
      expect(html).not.to.match(/labels\.(pdf|csv|zip)|label\.svg|\/reprint"/);
      expect(text).to.contain('Rách').and.contain('Avery L7160');
    }
    expect(page.html).to.contain(`/manage/batches/${batchId}/labels`);
    expect(forOfficer.html).not.to.contain(`/manage/batches/${batchId}/labels`);
  });

  it('takes nothing from runs of the batch’s code, nor from those of a later key', async () => {
    const clerk = await signedInLater('clerk');

    const answer = await clerk.get(`/print-runs/${ofBatch.id}/labels.pdf`);

    expect(answer.status).to.equal(200);
  });
});
