import { expect } from 'chai';
import sharp from 'sharp';
import { testApp, type TestApp, type Person, PASSWORD, emailOf } from '../kit/app.ts';
import { session, type Session } from '../kit/browser-session.ts';
import { harvest, teaBatch, teaProduct } from '../kit/samples.ts';

describe('the clerk’s pages', () => {
  let app: TestApp;
  let productId: string;
  let clerk: Session;
  let lot = 0;

  const browserOf = async (person: Person): Promise<Session> => {
    const browser = session(app.url);
    await browser.signIn(emailOf(person), PASSWORD);
    return browser;
  };
  const newBatch = async (fields: object = {}) => {
    const api = await app.as('clerk');
    const body = { ...teaBatch, lotNumber: `P-${(lot += 1)}`, ...fields };
    const answer = await api.post(`/products/${productId}/batches`, body);
    expect(answer.status, answer.text).to.equal(201);
    return answer.body;
  };
  const read = async (id: string) => (await (await app.as('clerk')).get(`/batches/${id}`)).body;
  const jpeg = async () =>
    new File(
      [
        new Uint8Array(
          await sharp({ create: { width: 60, height: 40, channels: 3, background: '#375' } })
            .jpeg()
            .toBuffer(),
        ),
      ],
      'a.jpg',
      { type: 'image/jpeg' },
    );

  before(async () => {
    app = await testApp({ settings: { PUBLIC_URL: 'http://nguon.example' } });
    clerk = await browserOf('clerk');
  });
  after(async () => app.stop());

  it('teach the first step to a cooperative that has nothing yet', async () => {
    const today = await clerk.open('/manage');
    const manager = await (await browserOf('manager')).open('/manage');

    expect(today.status).to.equal(200);
    expect(today.text).to.contain('Người quản lý thêm sản phẩm trước');
    expect(manager.html).to.contain('href="/manage/products/new"');
    expect(today.html).to.not.contain('/manage/record');
  });

  it('lead from a product to a batch whose lot number is suggested', async () => {
    const api = await app.as('manager');
    productId = (await api.post(`/cooperatives/${app.cooperativeId}/products`, teaProduct)).body.id;

    const form = await clerk.open('/manage/batches/new');
    const made = await clerk.submit(form, { lotNumber: 'CX-01', 'quantity.value': '96,5' });
    const next = await clerk.open('/manage/batches/new');

    expect(made.status, made.text).to.equal(200);
    expect(made.text).to.contain('Đã tạo lô CX-01').and.contain('965');
    expect(next.html).to.contain('value="CX-02"');
  });

  it('keep what was typed and say what to mend beside the field', async () => {
    const form = await clerk.open('/manage/batches/new');

    const again = await clerk.submit(form, { lotNumber: 'cx-01', 'quantity.value': '12', packs: 'nhiều' });

    expect(again.status).to.equal(422);
    expect(again.html).to.contain('value="cx-01"').and.contain('value="nhiều"');
    expect(again.html).to.match(/name="packs"[^>]*aria-invalid/);
  });

  it('take inputs from own batches, and point at the one that has not enough', async () => {
    const source = await newBatch({ quantity: { value: 10, unit: 'kg' } });
    const form = await clerk.open('/manage/batches/new');
    const typed = { lotNumber: 'MIX-1', 'quantity.value': '8', 'boughtIn.1.name.vi': 'Hoa nhài' };
    const amounts = { 'boughtIn.1.quantity.value': '0,5' };

    const refused = await clerk.submit(form, { ...typed, ...amounts, [`take.${source.id}`]: '10,5' });
    const made = await clerk.submit(refused, { [`take.${source.id}`]: '7,5' });
    const left = await read(source.id);

    expect(refused.status).to.equal(422);
    expect(refused.html).to.match(new RegExp(`name="take.${source.id}"[^>]*aria-invalid`));
    expect(made.text).to.contain('Đã tạo lô MIX-1').and.contain('Hoa nhài 0,5 kg');
    expect(left.remaining.value).to.equal(2.5);
  });

  it('offer the next step of the chain first and record it with photos', async () => {
    const batch = await newBatch();
    await (await app.as('clerk')).post(`/batches/${batch.id}/events`, harvest);

    const steps = await clerk.open(`/manage/batches/${batch.id}/record`);
    const form = await clerk.open(`/manage/batches/${batch.id}/record?step=tea_fixing_rolling`);
    const done = await clerk.submit(form, { photos: await jpeg(), 'note.vi': 'Sao hai lần' });
    const { events } = await read(batch.id);

    expect(steps.html).to.match(/class="choice main" href="[^"]*step=tea_fixing_rolling"/);
    expect(form.html).to.contain(`value="${harvest.place.name}"`);
    expect(done.text).to.contain('Đã ghi: Diệt men, vò chè');
    expect(events[1]).to.deep.include({ step: 'tea_fixing_rolling', place: harvest.place });
    expect(events[1].photos).to.have.length(1);
    expect(events[1].quantity).to.equal(undefined);
  });

  it('do not lose a photo when something else is wrong', async () => {
    const batch = await newBatch();
    const form = await clerk.open(`/manage/batches/${batch.id}/record?step=harvesting`);

    const refused = await clerk.submit(form, {
      photos: await jpeg(),
      occurredAt: '2099-01-01T08:00',
      'place.name': 'Đồi',
    });
    const done = await clerk.submit(refused, { occurredAt: '2026-11-01T08:00' });
    const { events } = await read(batch.id);

    expect(refused.status).to.equal(422);
    expect(refused.text).to.contain('Đã gửi 1 ảnh');
    expect(done.status, done.text).to.equal(200);
    expect(events[0].photos).to.have.length(1);
    expect(events[0].occurredAt).to.equal('2026-11-01T01:00:00.000Z');
  });

  it('record once however often the button is tapped', async () => {
    const batch = await newBatch();
    const form = await clerk.open(`/manage/batches/${batch.id}/record?step=harvesting`);

    await Promise.all([
      clerk.submit(form, { 'place.name': 'Đồi' }),
      clerk.submit(form, { 'place.name': 'Đồi' }),
    ]);

    expect((await read(batch.id)).events).to.have.length(1);
  });

  it('undo what was just recorded by withdrawing it', async () => {
    const batch = await newBatch();
    const form = await clerk.open(`/manage/batches/${batch.id}/record?step=harvesting`);
    const done = await clerk.submit(form, { 'place.name': 'Đồi' });

    const undone = await clerk.submit(done, {}, 'Hoàn tác');
    const [event] = (await read(batch.id)).events;

    expect(undone.text).to.contain('Đã rút lại');
    expect(event.corrections[0]).to.deep.include({ replacement: null });
  });

  it('correct only what was changed, and say so when nothing was', async () => {
    const batch = await newBatch();
    const event = (await (await app.as('clerk')).post(`/batches/${batch.id}/events`, harvest)).body;
    const address = `/manage/events/${event.id}/correct`;
    const [form, older] = [await clerk.open(address), await clerk.open(address)];

    const nothing = await clerk.submit(form, { reason: 'Thử' }, 'Lưu đính chính');
    const done = await clerk.submit(form, { reason: 'Cân lại', 'quantity.value': '48,5' }, 'Lưu đính chính');
    const stale = await clerk.submit(older, { reason: 'Muộn', 'note.vi': 'x' }, 'Lưu đính chính');
    const [corrected] = (await read(batch.id)).events;

    expect(nothing.status).to.equal(422);
    expect(done.text).to.contain('Đã lưu đính chính').and.contain('48,5 kg').and.contain('480 kg');
    expect(stale.status).to.equal(409);
    expect(stale.html).to.contain('value="48.5"');
    expect(corrected.corrections).to.have.length(1);
    expect(corrected.corrections[0].replacement).to.deep.include({
      note: harvest.note,
      place: harvest.place,
    });
  });

  it('let a manager close a batch after saying what that does', async () => {
    const manager = await browserOf('manager');
    const batch = await newBatch();

    const asked = await manager.open(`/manage/batches/${batch.id}/close`);
    const closed = await manager.submit(asked);
    const late = await clerk.open(`/manage/batches/${batch.id}/record?step=harvesting`);
    const notForClerks = await clerk.open(`/manage/batches/${batch.id}/close`);

    expect(asked.text).to.contain('không mở lại được');
    expect(closed.text).to.contain('Đã chốt lô');
    expect(late.path).to.equal(`/manage/batches/${batch.id}`);
    expect(notForClerks.status).to.equal(403);
  });

  it('find batches by lot, product and state, page by page', async () => {
    for (let count = 0; count < 21; count += 1) await newBatch({ lotNumber: `TRANG-${count}` });

    const first = await clerk.open('/manage/batches?lot=trang');
    const second = await clerk.open(
      /href="([^"]*cursor=[^"]*)"/.exec(first.html)?.[1]?.replaceAll('&amp;', '&') ?? '',
    );
    const none = await clerk.open('/manage/batches?lot=.*');

    expect(first.html.match(/TRANG-\d+/g)).to.have.length(20);
    expect(second.html.match(/TRANG-\d+/g)).to.have.length(1);
    expect(none.text).to.contain('Không có lô nào như vậy');
  });

  it('give what the goods label lacks, with a link that leads to the field', async () => {
    const api = await app.as('manager');
    const honey = { name: { vi: 'Mật ong bạc hà' }, tier: 'local', category: '1.4' };
    const product = (await api.post(`/cooperatives/${app.cooperativeId}/products`, honey)).body;
    const batch = (await api.post(`/products/${product.id}/batches`, { ...teaBatch, lotNumber: 'MB-1' }))
      .body;

    const shown = await clerk.open(`/manage/batches/${batch.id}`);
    const filled = await clerk.submit(shown, { expiresOn: '2028-01-31' }, `/manage/batches/${batch.id}/fill`);

    expect(shown.html).to.contain(`href="/manage/batches/${batch.id}#field-expiresOn"`);
    expect(shown.html).to.contain('id="field-expiresOn"');
    expect(filled.text).to.contain('31/01/2028');
    expect(filled.html).to.not.contain('id="field-expiresOn"');
  });

  it('show what waits on the first screen', async () => {
    const api = await app.as('manager');
    await api.post(`/cooperatives/${app.cooperativeId}/certificates`, {
      standard: 'VietGAP trồng trọt',
      number: 'VG-1',
      issuer: 'VinaCert',
      issuedOn: '2023-01-01',
      expiresOn: '2025-12-31',
    });

    const today = await clerk.open('/manage');

    expect(today.text).to.contain('VietGAP trồng trọt đã hết hạn ngày 31/12/2025');
    expect(today.text).to.contain('Lô MB-1 thiếu:');
    expect(today.html).to.contain('href="/manage/record"');
  });

  it('are closed to strangers, and open to read for the province’s officer', async () => {
    const batch = await newBatch();
    const [other, officer] = [await browserOf('otherClerk'), await browserOf('officer')];

    const answers = await Promise.all([
      other.open(`/manage/batches/${batch.id}`),
      other.open(`/manage/batches/${batch.id}/record?step=harvesting`),
      other.open(`/manage/batches/new?product=${productId}`),
      officer.open(`/manage/batches/${batch.id}`),
      officer.open(`/manage/batches/${batch.id}/record`),
    ]);

    expect(answers.map(({ status }) => status)).to.deep.equal([404, 404, 404, 200, 403]);
    expect(answers[3]?.html).to.not.contain('/record');
  });
});
