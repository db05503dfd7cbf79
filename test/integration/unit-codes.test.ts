import { expect } from 'chai';
import { decodeUnit, encodeUnit, unitKey } from '../../src/domain/unit-code/unit-code.ts';
import { testApp, type TestApp } from '../kit/app.ts';
import { printing, type Printing } from '../kit/printing.ts';
import { teaBatch, teaProduct } from '../kit/samples.ts';

const MASTER = new Uint8Array(32).fill(9);
const key = unitKey(MASTER, 1);
const today = new Date('2026-11-24T03:00:00Z');

describe('unit codes', () => {
  let app: TestApp;
  let labels: Printing;

  const takeOut = async (runId: string, fields: object) =>
    (await app.as('manager')).post(`/print-runs/${runId}/void`, { reason: 'Máy in kẹt giấy', ...fields });

  before(async () => {
    app = await testApp({ clock: { now: () => today } });
    labels = await printing(app, { batch: { packs: 100 }, run: { codes: 'unit' } });
  });
  after(async () => app.stop());

  describe('are capped by the batch’s packs', () => {
    it('a run says its number, and needs neither a batch’s code nor a reason', async () => {
      const batch = await labels.batch();

      const run = await labels.printed(batch.id, { count: 40, numbered: true });

      expect(run).to.include({ codes: 'unit', count: 40, code: null, address: null, voided: 0 });
      expect(run).to.include({ inCirculation: 40, numbered: true, shuffled: false });
      expect(run.run).to.be.a('number');
      expect(run.packNumbers).to.deep.equal([{ from: 1, to: 40 }]);
    });

    it('beyond them a run is refused with the numbers, in both languages, whatever the reason', async () => {
      const batch = await labels.batch({ quantity: { value: 100, unit: 'box' } });
      await labels.printed(batch.id, { count: 90 });

      const refused = await labels.print(batch.id, { count: 11, reason: 'Cần thêm' });
      const english = await (
        await app.as('clerk')
      ).post(
        `/batches/${batch.id}/print-runs`,
        { template: 'avery-l7160', count: 11, codes: 'unit' },
        { headers: { 'accept-language': 'en' } },
      );

      expect(refused.status).to.equal(422);
      expect(refused.body.type).to.match(/too-many-labels$/);
      expect(refused.body).to.include({ packs: 100, printed: 90, voided: 0, inCirculation: 90, left: 10 });
      expect(refused.body.errors[0].pointer).to.equal('/count');
      expect(refused.body.detail).to.contain(
        'Lô này có 100 hộp, đã in 90 tem mã riêng, hủy 0: còn in được 10',
      );
      expect(english.body.detail).to.contain('10 are left');
    });

    it('unknown packs are asked for', async () => {
      const clerk = await app.as('clerk');
      const { gtin: _gtin, netContent: _net, ...bare } = teaProduct;
      const manager = await app.as('manager');
      const product = (await manager.post(`/cooperatives/${app.cooperativeId}/products`, bare)).body;
      const batch = (
        await clerk.post(`/products/${product.id}/batches`, { ...teaBatch, lotNumber: 'UC-TRAN' })
      ).body;

      const refused = await labels.print(batch.id);

      expect(batch.packs).to.equal(null);
      expect(refused.status).to.equal(422);
      expect(refused.body.type).to.match(/packs-unknown$/);
      expect(refused.body.errors[0].pointer).to.equal('/codes');
    });

    it('however many print and void at once, every valid label is of a pack of its own', async () => {
      const batch = await labels.batch();
      const first = await labels.printed(batch.id, { count: 30 });

      const answers = await Promise.all([
        ...Array.from({ length: 6 }, () => labels.print(batch.id, { count: 20 })),
        takeOut(first.id, { from: 1, to: 10 }),
        takeOut(first.id, { from: 5, to: 15 }),
        ...Array.from({ length: 3 }, () => labels.print(batch.id, { count: 5 })),
      ]);

      expect(
        answers.map(({ status }) => status).every((status) => [200, 201, 422].includes(status)),
      ).to.equal(true);
      const list = await (
        await app.as('clerk')
      ).get(`/cooperatives/${app.cooperativeId}/print-runs?batch=${batch.id}`);
      const inCirculation = list.body.items.reduce(
        (sum: number, run: { inCirculation: number }) => sum + run.inCirculation,
        0,
      );
      expect(inCirculation).to.be.at.most(100);
      const valid: number[] = [];
      for (const run of list.body.items) {
        for (let index = 1; index <= run.count; index += 1) {
          const unit = (
            await app.app.features.labels.contract.unitsOf([encodeUnit(key, run.run, index)])
          ).get(encodeUnit(key, run.run, index));
          if (unit?.isVoid === false) valid.push(unit.packNumber);
        }
      }
      expect(valid.length).to.equal(inCirculation);
      expect(new Set(valid).size).to.equal(valid.length);
      expect(Math.max(...valid)).to.be.at.most(100);
    });

    it('a voided label’s pack is counted again, and the run after it takes its number', async () => {
      const batch = await labels.batch();
      const first = await labels.printed(batch.id, { count: 100 });
      expect((await labels.print(batch.id, { count: 1 })).status).to.equal(422);

      const voided = await takeOut(first.id, { from: 12, to: 14 });
      const second = await labels.printed(batch.id, { count: 3 });

      expect(voided.body).to.deep.include({ labels: 3, voided: 3, inCirculation: 97 });
      expect(voided.body.batch).to.deep.include({
        packs: 100,
        printed: { batch: 0, unit: 100 },
        voided: { batch: 0, unit: 3 },
        inCirculation: { batch: 0, unit: 97 },
        left: 3,
        unitsLeft: 3,
      });
      expect(second.packNumbers).to.deep.equal([{ from: 12, to: 14 }]);
      expect((await labels.print(batch.id, { count: 1 })).status).to.equal(422);
    });

    it('one document is a run of a million labels', async () => {
      const batch = await labels.batch({ packs: 1_000_000 });

      const run = await labels.printed(batch.id, { count: 1_000_000, shuffled: true });
      const tooMany = await labels.print(batch.id, { count: 10_000_001 });

      expect(run.count).to.equal(1_000_000);
      expect(tooMany.status).to.equal(422);
    });
  });

  describe('voided', () => {
    it('by numbers count once however often, and keep who, when and why', async () => {
      const run = await labels.printed((await labels.batch()).id, { count: 20 });

      const first = await takeOut(run.id, { from: 3, to: 8 });
      const again = await takeOut(run.id, { from: 5, to: 10, reason: 'Rách' });
      const same = await takeOut(run.id, { from: 5, to: 10, reason: 'Rách' });
      const list = await (await app.as('clerk')).get(`/print-runs/${run.id}/voids`);

      expect([first, again, same].map(({ body }) => [body.labels, body.voided])).to.deep.equal([
        [6, 6],
        [2, 8],
        [0, 8],
      ]);
      expect(list.body.items).to.have.length(2);
      // Of one moment, for the clock of these tests stands still: their order is their ids'.
      const torn = list.body.items.find(({ reason }: { reason: string }) => reason === 'Rách');
      expect(torn).to.deep.include({ labels: [{ from: 9, to: 10 }] });
      expect(torn.createdBy.name).to.equal('Cô manager');
    });

    it('by their codes, however they are scanned, or by the pack numbers on them', async () => {
      const batch = await labels.batch();
      const first = await labels.printed(batch.id, { count: 10 });
      const second = await labels.printed(batch.id, { count: 10 });
      const code = encodeUnit(key, second.run, 4);

      const byCode = await takeOut(second.id, {
        codes: [code.toLowerCase(), code.replace(/(.{4})/g, '$1-')],
      });
      const byPack = await takeOut(second.id, { packs: { from: 8, to: 12 } });
      const strange = await takeOut(second.id, { codes: [code, encodeUnit(key, first.run, 1)] });
      const forged = await takeOut(second.id, {
        codes: [`${code.slice(0, 19)}${code.endsWith('0') ? 1 : 0}`],
      });

      expect(byCode.body).to.include({ labels: 1, voided: 1 });
      expect(byPack.body).to.include({ labels: 2, voided: 3 });
      expect(strange.body.errors[0].pointer).to.equal('/codes/1');
      expect([strange.status, forged.status]).to.deep.equal([422, 422]);
    });

    it('are refused beyond the run, the wrong way round and in two ways at once', async () => {
      const run = await labels.printed((await labels.batch()).id, { count: 20 });

      const answers = await Promise.all([
        takeOut(run.id, { from: 21, to: 22 }),
        takeOut(run.id, { from: 1, to: 21 }),
        takeOut(run.id, { from: 5, to: 4 }),
        takeOut(run.id, { from: 5 }),
        takeOut(run.id, {}),
        takeOut(run.id, { from: 1, to: 2, packs: { from: 1, to: 2 } }),
        takeOut(run.id, { packs: { from: 21, to: 22 } }),
      ]);

      expect(answers.map(({ status }) => status)).to.deep.equal(Array(7).fill(422));
      expect((await (await app.as('clerk')).get(`/print-runs/${run.id}`)).body.voided).to.equal(0);
    });

    it('of a run with the batch’s code count for the account only', async () => {
      const batch = await labels.batch();
      const run = await labels.printed(batch.id, { codes: 'batch' });

      const voided = await takeOut(run.id, { from: 1, to: 4 });
      const byCode = await takeOut(run.id, { codes: [batch.code] });
      const trace = await (await app.as('guest')).get(`/trace/${batch.code}`);

      expect(voided.body.batch.inCirculation).to.deep.equal({ batch: 6, unit: 0 });
      expect(byCode.status).to.equal(422);
      expect(trace.body.verdict).to.equal('genuine');
    });

    it('only by the cooperative’s manager', async () => {
      const run = await labels.printed((await labels.batch()).id);
      const ask = async (person: 'clerk' | 'officer' | 'otherManager') =>
        (await app.as(person)).post(`/print-runs/${run.id}/void`, { from: 1, to: 1, reason: 'Rách' });

      expect((await ask('clerk')).status).to.equal(403);
      expect((await ask('otherManager')).status).to.equal(404);
    });
  });

  it('are what the picture of a run’s label says', async () => {
    const run = await labels.printed((await labels.batch()).id, { numbered: true });

    const picture = await (await app.as('clerk')).send('GET', `/api/v1/print-runs/${run.id}/label.svg`);

    expect(picture.status).to.equal(200);
    expect(decodeUnit([key], encodeUnit(key, run.run, 1))).to.deep.include({ run: run.run, index: 1 });
  });
});
