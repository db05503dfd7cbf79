import { expect } from 'chai';
import { testApp, type TestApp } from '../kit/app.ts';
import { ownLayout, ownPrinter, ownSheet } from '../kit/own-labels.ts';
import { printing, type Printing } from '../kit/printing.ts';

/** The form's own button, and the others by what they say. */
const PRINT = /^\/manage\/batches\/[^/]+\/labels$/;
const LOOK = /Xem trước/;
const ALL_LEFT = /Tất cả còn lại/;
const FULL_SHEET = /Cho đầy tờ/;

describe('label pages', () => {
  let app: TestApp;
  let labels: Printing;

  const usual = { template: 'avery-l7160', startAt: '1', language: 'vi' };

  before(async () => {
    app = await testApp();
    labels = await printing(app);
  });
  after(async () => app.stop());

  it('teach where there is nothing yet', async () => {
    const other = await app.browse('otherClerk');

    const page = await other.open('/manage/labels');

    expect(page.status).to.equal(200);
    expect(page.text).to.contain('Chưa có lô nào để in tem');
    expect(page.html).to.contain('/manage/batches/new');
  });

  it('lead a clerk without JavaScript from the batch to the file', async () => {
    const batch = await labels.batch({ packs: 200 });
    const clerk = await app.browse('clerk');
    const action = `/manage/batches/${batch.id}/labels`;

    const form = await clerk.open(action);
    const preview = await clerk.submit(form, { ...usual, count: '195', startAt: '5' }, LOOK);
    const printed = await clerk.submit(preview, { ...usual, count: '195', startAt: '5' }, PRINT);
    const run = printed;
    const list = await clerk.open('/manage/labels');
    const file = /href="([^"]+labels\.pdf)"/.exec(run.html)?.[1] ?? '';

    expect(form.text).to.contain('còn 200 gói chưa có tem');
    expect(form.html).to.match(/<input[^>]*name="count"[^>]*value="200/);
    expect(preview.status).to.equal(200);
    expect(preview.text).to.contain('10 tờ · 195 tem · tờ cuối còn trống 11 chỗ');
    expect(printed.path).to.match(/^\/manage\/print-runs\//);
    expect(run.text).to.contain('Đã tạo tem');
    expect([...run.html.matchAll(/class="number">([\d.]+)/g)].map(([, number]) => number)).to.deep.equal(
      // Packs, printed, void, in circulation, left.
      ['200', '195', '0', '195', '5'],
    );
    expect(list.text).to.contain(`lô ${batch.lotNumber}`);
    expect((await clerk.open(file)).html.startsWith('%PDF-')).to.equal(true);
  });

  it('give each pack a code of its own unless asked otherwise, and never more than there are packs', async () => {
    const batch = await labels.batch({ packs: 40 });
    const clerk = await app.browse('clerk');
    const action = `/manage/batches/${batch.id}/labels`;
    const form = await clerk.open(action);

    const refused = await clerk.submit(
      form,
      {
        ...usual,
        codes: 'unit',
        count: '41',
        reason: 'Thêm',
      },
      PRINT,
    );
    const printed = await clerk.submit(form, { ...usual, codes: 'unit', count: '38' }, PRINT);
    const run = await (await app.as('clerk')).get(`/print-runs/${printed.path.split(/[/?]/)[3] ?? ''}`);

    expect(form.html).to.match(/value="unit"\s+checked/);
    expect(form.text).to.contain('Lô này còn 40 gói chưa có tem. In nhiều nhất 40.');
    expect(refused.status).to.equal(422);
    expect(run.body).to.include({ codes: 'unit', count: 38 });
    const after = await clerk.open(action);
    expect(after.text).to.contain('Lô này còn 2 gói chưa có tem. In nhiều nhất 2.');
  });

  it('fill in the number of labels at the press of a button: all that is left, or a full sheet', async () => {
    const batch = await labels.batch({ packs: 100 });
    const clerk = await app.browse('clerk');
    const action = `/manage/batches/${batch.id}/labels`;
    const form = await clerk.open(action);

    const left = await clerk.submit(form, { ...usual, codes: 'unit', count: '1' }, ALL_LEFT);
    const sheet = await clerk.submit(form, { ...usual, codes: 'unit', count: '1' }, FULL_SHEET);

    expect(left.html).to.match(/<input[^>]*name="count"[^>]*value="100/);
    expect(sheet.html).to.match(/<input[^>]*name="count"[^>]*value="21/);
    expect(sheet.text).to.contain('1 tờ · 21 tem · còn trống 0 chỗ');
  });

  it('print once when the button is pressed twice', async () => {
    const batch = await labels.batch();
    const clerk = await app.browse('clerk');
    const action = `/manage/batches/${batch.id}/labels`;
    const form = await clerk.open(action);

    const [first, second] = await Promise.all([
      clerk.submit(form, { ...usual, count: '3' }, PRINT),
      clerk.submit(form, { ...usual, count: '3' }, PRINT),
    ]);

    expect(second.path).to.equal(first.path);
    const runs = await (
      await app.as('clerk')
    ).get(`/cooperatives/${app.cooperativeId}/print-runs?batch=${batch.id}`);
    expect(runs.body.items).to.have.length(1);
  });

  it('say beside the field how many labels are left, and keep what was typed', async () => {
    const batch = await labels.batch({ packs: 128 });
    const clerk = await app.browse('clerk');
    const action = `/manage/batches/${batch.id}/labels`;
    const form = await clerk.open(action);

    const answer = await clerk.submit(form, { ...usual, count: '200' }, PRINT);

    expect(answer.status).to.equal(422);
    expect(answer.text).to.contain('Lô này còn 128 gói chưa có tem. In nhiều nhất 128');
    expect(answer.html).to.match(/<input[^>]*name="count"[^>]*value="200/);
    expect(answer.html).to.match(/<details class="folded" open>/);
  });

  it('say what does not fit before anything is printed', async () => {
    const batch = await labels.batch();
    const clerk = await app.browse('clerk');
    const action = `/manage/batches/${batch.id}/labels`;
    const form = await clerk.open(action);

    const answer = await clerk.submit(form, { ...usual, template: 'avery-l4731rev', count: '5' }, LOOK);

    expect(answer.text).to.contain('Mã QR cần thêm');
  });

  it('take the layout that fits at the press of a button, and keep the rest as it was typed', async () => {
    const batch = await labels.batch({ packs: 500 });
    const clerk = await app.browse('clerk');
    const typed = { ...usual, template: 'roll-35x22-3', codes: 'unit', count: '77', startAt: '2' };
    for (const [language, words] of [
      ['vi', 'Dùng mẫu “Tem gọn: mã QR, mã số, số lô”'],
      ['en', 'Use the layout “Code label: QR code, code, lot”'],
    ] as const) {
      const form = await clerk.open(`/manage/batches/${batch.id}/labels?lang=${language}`);
      const refused = await clerk.submit(form, { ...typed, reason: 'Kẹt giấy', numbered: 'true' }, PRINT);

      const mended = await clerk.submit(refused, {}, words);

      expect(refused.status, refused.text).to.equal(422);
      expect(mended.status).to.equal(200);
      expect(mended.html).not.to.contain('aria-invalid');
      expect(mended.html).not.to.contain(words);
      expect(mended.html).to.match(/<option value="code" selected/);
      expect(mended.html).to.match(/<option value="roll-35x22-3" selected/);
      expect(mended.html).to.match(/<input[^>]*name="count"[^>]*value="77/);
      expect(mended.html).to.match(/<input[^>]*name="startAt"[^>]*value="2/);
      expect(mended.html).to.match(/<input[^>]*name="reason"[^>]*value="Kẹt giấy/);
      expect(mended.html).to.match(/<option value="true" selected/);
      expect(mended.html).to.match(/value="unit"\s+checked/);
    }
    const runs = await (
      await app.as('clerk')
    ).get(`/cooperatives/${app.cooperativeId}/print-runs?batch=${batch.id}`);
    expect(runs.body.items).to.deep.equal([]);
  });

  it('offer nothing to print of a closed batch', async () => {
    const batch = await labels.batch();
    await (await app.as('manager')).post(`/batches/${batch.id}/close`);
    const clerk = await app.browse('clerk');

    const page = await clerk.open(`/manage/batches/${batch.id}/labels`);

    expect(page.text).to.contain('Lô này đã chốt');
    expect(page.html).not.to.contain('data-preview');
  });

  it('show a stranger nothing', async () => {
    const batch = await labels.batch();
    const clerk = await app.as('clerk');
    const run = (
      await clerk.post(`/batches/${batch.id}/print-runs`, {
        template: 'avery-l7160',
        count: 1,
        codes: 'batch',
      })
    ).body;
    const other = await app.browse('otherManager');

    expect((await other.open(`/manage/batches/${batch.id}/labels`)).status).to.equal(404);
    expect((await other.open(`/manage/print-runs/${run.id}`)).status).to.equal(404);
    const officer = await app.browse('officer');
    expect((await officer.open(`/manage/print-runs/${run.id}`)).status).to.equal(200);
  });

  it('draw the label that is printed: its preview has the symbol and the words as shapes', async () => {
    const batch = await labels.batch();
    const clerk = await app.as('clerk');
    const query = 'template=avery-l7160&count=30&startAt=3';

    const answer = await clerk.get(`/batches/${batch.id}/label-preview?${query}`);
    const sheet = await clerk.get(`/batches/${batch.id}/label-preview.svg?${query}&view=sheet`);
    const label = await clerk.get(`/batches/${batch.id}/label-preview.svg?${query}&view=label`);

    expect(answer.body).to.include({ pages: 2, perPage: 21, free: 10 });
    expect(answer.body.sentences.plan).to.equal('2 tờ · 30 tem · tờ cuối còn trống 10 chỗ');
    expect(sheet.headers.get('content-type')).to.contain('image/svg+xml');
    expect(sheet.text.match(/<use href="#label"\/>/g)).to.have.length(19);
    expect(label.text).to.contain('viewBox="-1 -1 65.5 40.1"');
    expect(label.text).not.to.contain('<text');
  });

  it('offer own paper, layouts and printers, and remember where each paper is part-used', async () => {
    const batch = await labels.batch({ packs: 500 });
    const clerk = await app.browse('clerk');
    const api = await app.as('clerk');
    const at = `/cooperatives/${app.cooperativeId}`;
    const paper = (await api.post(`${at}/label-templates`, ownSheet('Giấy của mình'))).body.id;
    const layout = (await api.post(`${at}/label-layouts`, ownLayout('Mẫu của mình'))).body.id;
    const printer = (await api.post(`${at}/printers`, ownPrinter('Máy của mình'))).body.id;
    const action = `/manage/batches/${batch.id}/labels`;
    const form = await clerk.open(action);

    const fields = { template: paper, count: '5', startAt: '1', language: 'vi', layout, printer };
    const printed = await clerk.submit(form, fields, PRINT);
    const run = await api.get(`/print-runs/${printed.path.split(/[/?]/)[3] ?? ''}`);
    const again = await clerk.open(action);
    const other = await clerk.submit(again, { ...fields, template: 'avery-l7163' }, LOOK);
    const back = await clerk.submit(again, { ...fields }, LOOK);

    expect(form.html).to.match(/<optgroup label="Khổ của hợp tác xã">/);
    expect(printed.path, printed.text).to.match(/^\/manage\/print-runs\//);
    expect(run.body).to.deep.include({
      template: paper,
      layout: { id: layout, name: 'Mẫu của mình' },
      printer: { id: printer, name: 'Máy của mình' },
      calibration: { xMm: 1.5, yMm: -0.5, scale: 0.998 },
    });
    expect(again.html).to.match(new RegExp(`<option value="${printer}" selected`));
    expect(other.text).not.to.contain('còn trống từ tem số');
    expect(back.text).to.contain('còn trống từ tem số 6');
  });
});
