import { expect } from 'chai';
import { testApp, type TestApp } from '../kit/app.ts';
import type { Session } from '../kit/browser-session.ts';
import { codesOf, printing, type Printing } from '../kit/printing.ts';

describe('a print run’s pages, without JavaScript', () => {
  let app: TestApp;
  let manager: Session;
  let labels: Printing;

  /** A run of ten labels with codes of their own, with the codes. */
  const newRun = async () => {
    const batch = await labels.batch({ packs: 20 });
    const run = await labels.printed(batch.id);
    const csv = (await (await app.as('clerk')).get(`/print-runs/${run.id}/labels.csv`)).text;
    const { id, lotNumber } = batch;
    return { id: String(run.id), batchId: String(id), lotNumber: String(lotNumber), codes: codesOf(csv) };
  };
  const voidsOf = async (id: string) =>
    (await (await app.as('manager')).get(`/print-runs/${id}/voids`)).body.items;

  before(async () => {
    app = await testApp();
    labels = await printing(app, { run: { codes: 'unit' } });
    manager = await app.browse('manager');
  });
  after(async () => app.stop());

  it('print labels again: numbered, with their own file, and no new label', async () => {
    const run = await newRun();
    const form = await manager.open(`/manage/print-runs/${run.id}/reprint`);

    const looked = await manager.submit(form, { from: '3', to: '5', startAt: '20' }, 'Xem trước');
    const done = await manager.submit(
      looked,
      { from: '3', to: '5', startAt: '20', reason: 'Kẹt giấy' },
      /reprint$/,
    );
    const list = await manager.open(`/manage/labels?batch=${run.batchId}`);

    expect(looked.text).to.contain('2 tờ · 3 tem · tờ cuối còn trống 20 chỗ');
    expect(done.text)
      .to.contain('Đã ghi lần in lại 1')
      .and.contain('Tem số 3–5 (3 tem)')
      .and.contain('Kẹt giấy');
    expect(done.html).to.contain('/reprints/1/labels.pdf');
    expect(list.text).to.contain('in lại 1 lần').and.contain('10 tem');
  });

  it('ask again where the labels to print again are not said, and keep what was typed', async () => {
    const run = await newRun();
    const form = await manager.open(`/manage/print-runs/${run.id}/reprint`);

    const answer = await manager.submit(form, { from: '', to: '11', reason: 'Kẹt giấy' }, /reprint$/);

    expect(answer.status).to.equal(422);
    expect(answer.html).to.match(/name="reason"[^>]*value="Kẹt giấy/);
    expect(
      answer.forms.flatMap(({ fields }) => fields).find(({ name }) => name === 'from')?.invalid,
    ).to.equal(true);
  });

  it('say exactly what would be void before it is, then void it and keep the record', async () => {
    const run = await newRun();
    const other = await newRun();
    const form = await manager.open(`/manage/print-runs/${run.id}/void`);
    const scanned = [run.codes[8], `https://nguon.example/${run.codes[1]}`, other.codes[0]].join('\n');

    const plan = await manager.submit(
      form,
      { numbers: '2, 4-5, 99', codes: scanned, reason: 'Rách' },
      /void$/,
    );
    const before = await voidsOf(run.id);
    const done = await manager.submit(plan, {}, /void$/);

    expect(plan.text).to.contain('4 tem sẽ bị hủy: số 2, 4–5, 9.');
    expect(plan.text).to.contain('Đợt này không có tem số 99 (chỉ có 1–10).');
    expect(plan.text).to.contain(`1 mã không thuộc đợt này: ${other.codes[0]}.`);
    expect(plan.text).to.contain('không khôi phục được');
    expect(before).to.deep.equal([]);
    expect(done.text).to.contain('Đã hủy tem').and.contain('Tem số 2, 4–5, 9').and.contain('4 tem hủy');
    expect((await voidsOf(run.id))[0]).to.deep.include({
      reason: 'Rách',
      labels: [
        { from: 2, to: 2 },
        { from: 4, to: 5 },
        { from: 9, to: 9 },
      ],
    });
    const again = await manager.open(`/manage/batches/${run.batchId}/labels`);
    expect(again.text).to.contain('Lô này còn 14 gói chưa có tem');
  });

  it('account for a batch: packs, printed, void, in circulation and left', async () => {
    const run = await newRun();
    const form = await manager.open(`/manage/print-runs/${run.id}/void`);
    const plan = await manager.submit(form, { numbers: '1-3', reason: 'Rách' }, /void$/);
    await manager.submit(plan, {}, /void$/);

    const page = await manager.open(`/manage/labels?batch=${run.batchId}`);
    const batch = await manager.open(`/manage/batches/${run.batchId}`);

    expect(page.text).to.contain(
      'Số gói của lô 20 Tem đã in 10 Tem đã hủy 3 Tem đang lưu hành 7 Gói chưa có tem 13',
    );
    expect(batch.html).to.contain(`/manage/labels?batch=${run.batchId}`);
    for (const { text } of [batch, await manager.open(`/manage/print-runs/${run.id}`)]) {
      expect(text).to.contain('Tem đã in 10 Tem đã hủy 3 Tem đang lưu hành 7 Gói chưa có tem 13');
    }
  });

  it('give the account as a table too, of a batch or of all', async () => {
    const run = await newRun();
    const other = await newRun();
    const read = async (query: string) => {
      const path = `/api/v1/cooperatives/${app.cooperativeId}/label-account.csv${query}`;
      const answer = await manager.send('GET', path);
      const text = await answer.text();
      return { status: answer.status, text, rows: text.trim().split('\r\n') };
    };

    const one = await read(`?batch=${run.batchId}`);
    const all = await read('');

    expect(one.status).to.equal(200);
    expect(one.rows).to.have.length(2);
    expect(one.rows[0]).to.contain('Số lô,Sản phẩm,Ngày sản xuất');
    expect(one.rows[1]).to.match(/,20,10,0,10,10,/);
    expect(all.rows.length).to.be.greaterThan(2);
    expect(all.text).to.contain(one.rows[1]);
    expect((await read(`?batch=${other.id}`)).status).to.equal(404);
  });

  it('open the form of voids again with what was typed', async () => {
    const run = await newRun();
    const form = await manager.open(`/manage/print-runs/${run.id}/void`);
    const typed = { numbers: '2, 4-5', codes: run.codes[8] ?? '', reason: 'Rách khi dán' };
    const plan = await manager.submit(form, typed, /void$/);

    const again = await manager.submit(plan, {}, 'Sửa lại');

    expect(again.text).to.contain('Xem sẽ hủy những gì');
    expect(again.html).to.match(/name="numbers"[^>]*value="2, 4-5"/);
    expect(again.html).to.contain(`>${run.codes[8]}</textarea>`);
    expect(again.html).to.match(/name="reason"[^>]*value="Rách khi dán"/);
    expect(await voidsOf(run.id)).to.deep.equal([]);
  });

  it('say that labels were read, and the void ones a reprint leaves out', async () => {
    const run = await newRun();
    const path = `/manage/print-runs/${run.id}`;
    await (await manager.send('GET', `/api/v1/print-runs/${run.id}/labels.pdf`)).arrayBuffer();
    const plan = await manager.submit(
      await manager.open(`${path}/void`),
      { numbers: '2, 4-5', reason: 'Rách' },
      /void$/,
    );
    await manager.submit(plan, {}, /void$/);

    const preview = await manager.submit(
      await manager.open(`${path}/reprint`),
      { from: '1', to: '6' },
      'Xem trước',
    );
    const done = await manager.submit(preview, { from: '1', to: '6', reason: 'Kẹt giấy' }, /reprint$/);
    const page = await manager.open(path);

    expect(preview.text).to.contain('Bỏ ra 3 tem đã hủy: số 2, 4–5.').and.contain('In lại 3 tem');
    expect(done.text).to.contain('Tem số 1–6 (3 tem)');
    expect(page.text).to.match(/Máy chủ đã vẽ \d+ tem của đợt như máy in 300 dpi in ra, rồi đọc lại đúng/);
    expect(page.text).to.contain('Tệp gốc vẫn có 3 tem đã hủy');
    expect(page.html).to.match(/class="size">[\d,]+\u00a0kB/);
  });

  it('show what became of a run in pages, reprints and voids together', async () => {
    const run = await newRun();
    const path = `/manage/print-runs/${run.id}`;
    const clerk = await app.as('manager');
    for (let label = 1; label <= 8; label += 1) {
      await clerk.post(`/print-runs/${run.id}/void`, { from: label, to: label, reason: `Rách ${label}` });
      if (label <= 4) {
        await clerk.post(`/print-runs/${run.id}/reprints`, { from: 9, to: 9, reason: `Mờ ${label}` });
      }
    }

    const first = await manager.open(path);
    const older = /href="([^"]+cursor[^"]+)"/.exec(first.html)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const second = await manager.open(older);
    const listed = await clerk.get(`/print-runs/${run.id}/voids?limit=5`);
    const rest = await clerk.get(`/print-runs/${run.id}/voids?limit=5&cursor=${listed.body.next}`);

    const reasons = (html: string) => [...html.matchAll(/(?:Rách|Mờ) \d/g)].map(([reason]) => reason);
    expect(reasons(first.html)).to.deep.equal([
      ...['Rách 8', 'Rách 7', 'Rách 6', 'Rách 5', 'Mờ 4', 'Rách 4', 'Mờ 3', 'Rách 3', 'Mờ 2', 'Rách 2'],
    ]);
    expect(reasons(second.html)).to.deep.equal(['Mờ 1', 'Rách 1']);
    expect(second.text).not.to.contain('Các lần cũ hơn');
    expect([...listed.body.items, ...rest.body.items].map(({ reason }) => reason)).to.deep.equal(
      Array.from({ length: 8 }, (_, at) => `Rách ${at + 1}`),
    );
  });

  it('do nothing where nothing is left to void', async () => {
    const run = await newRun();
    const first = await manager.submit(
      await manager.open(`/manage/print-runs/${run.id}/void`),
      { numbers: '7', reason: 'Mất' },
      /void$/,
    );
    await manager.submit(first, {}, /void$/);

    const form = await manager.open(`/manage/print-runs/${run.id}/void`);
    const answer = await manager.submit(form, { numbers: '7', reason: 'Mất' }, /void$/);

    expect(answer.text).to.contain('Không có tem nào để hủy').and.contain('1 tem đã hủy từ trước');
    expect(await voidsOf(run.id)).to.have.length(1);
  });

  for (const [numbers, said] of [
    ['ba tem', 'Vui lòng ghi số và khoảng số'],
    ['5-2', 'Vui lòng ghi số và khoảng số'],
    ['', 'Vui lòng ghi số tem hoặc quét ít nhất một tem'],
  ] as const) {
    it(`refuse “${numbers}” as numbers of labels and void nothing`, async () => {
      const run = await newRun();
      const form = await manager.open(`/manage/print-runs/${run.id}/void`);

      const answer = await manager.submit(form, { numbers, reason: 'Rách' }, /void$/);

      expect(answer.status).to.equal(422);
      expect(answer.text).to.contain(said);
      expect(await voidsOf(run.id)).to.deep.equal([]);
    });
  }
});
