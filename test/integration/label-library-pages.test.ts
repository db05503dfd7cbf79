import { expect } from 'chai';
import { testApp, type TestApp } from '../kit/app.ts';
import type { Page, Session } from '../kit/browser-session.ts';
import { ownSheetForm } from '../kit/own-labels.ts';

describe('pages of a cooperative’s own labels', () => {
  const LIST = '/manage/labels/templates';
  const LAYOUT = '/manage/labels/layouts/new';
  const STOCK = '/manage/labels/stock/new';
  let app: TestApp;
  let clerk: Session;

  const layoutFields = (name: string) => ({
    name,
    order: ['lot', 'name', 'expiresOn'],
    show: ['lot', 'name'],
    'size.lot': 'small',
    'size.name': 'large',
    bold: 'name',
    template: 'avery-l7165',
    batch: '',
  });
  const orderIn = (page: Page) =>
    [...page.html.matchAll(/name="order" value="(\w+)"/g)].map(([, one]) => one);

  before(async () => {
    app = await testApp();
    clerk = await app.browse('clerk');
  });
  after(async () => app.stop());

  it('teach where nothing is kept yet, and show what everybody has', async () => {
    const page = await clerk.open(LIST);

    expect(page.status).to.equal(200);
    expect(page.text).to.contain('Giấy tem đang dùng không có trong danh sách?');
    expect(page.text).to.contain('Tem truy xuất nguồn gốc');
    expect(page.text).to.contain('Nhãn hàng hóa, đủ mục bắt buộc');
    expect(page.text).to.contain('Avery L7160');
  });

  it('keep a sheet, draw it before, hide it and bring it back', async () => {
    const form = await clerk.open(`${STOCK}?kind=sheet`);
    const fields = ownSheetForm('Giấy Tân Mai');
    const look = await clerk.submit(form, fields, 'Xem thử');
    const list = await clerk.submit(look, fields, 'Lưu');
    const item = /^\/manage\/labels\/templates\/\w+$/;

    const without = await clerk.submit(list, {}, item);
    const again = await clerk.submit(without, {}, item);

    expect(look.html).to.contain('Hình tờ giấy với 12 tem');
    expect(list.path).to.equal(`${LIST}?done=saved#stock`);
    expect(list.text).to.contain('60 × 40 mm, 12 tem trên tờ 210 × 297 mm');
    expect(without.text).to.contain('Hoàn tác');
    expect(without.text).to.contain('Giấy tem đang dùng không có trong danh sách?');
    expect(again.text).to.contain('Đã hiện lại');
    expect(again.text).not.to.contain('Giấy tem đang dùng không có trong danh sách?');
  });

  it('say beside the measure what cannot be, and keep what was typed', async () => {
    const form = await clerk.open(`${STOCK}?kind=sheet`);

    const answer = await clerk.submit(form, { ...ownSheetForm('Sai'), columns: '4' }, STOCK);

    expect(answer.status).to.equal(422);
    expect(answer.text).to.contain('Tem ra ngoài giấy 55 mm');
    expect(answer.html).to.match(/id="field-columns-error"/);
    expect(answer.html).to.match(/name="name"[^>]*value="Sai"/);
  });

  it('move a field up, look, and keep the layout', async () => {
    const form = await clerk.open(LAYOUT);
    // The first of the arrows is the one that moves the name.
    const moved = await clerk.submit(form, layoutFields('Gọn'), '↑');
    const look = await clerk.submit(moved, layoutFields('Gọn'), 'Xem thử');
    const list = await clerk.submit(look, layoutFields('Gọn'), 'Lưu');

    expect(orderIn(moved).slice(0, 3)).to.deep.equal(['name', 'lot', 'expiresOn']);
    expect(look.html).to.match(/alt="Hình một tem: [^"]*Số lô: CX-02 Chè xanh Shan tuyết/);
    expect(look.html).to.match(/src="data:image\/svg\+xml;base64,/);
    expect(list.path).to.equal(`${LIST}?done=saved#layouts`);
    expect(list.text).to.contain('Số lô · Tên sản phẩm');
  });

  it('refuse in the preview what printing would refuse, by the millimetres', async () => {
    const form = await clerk.open(LAYOUT);

    const look = await clerk.submit(form, { ...layoutFields('To'), symbolMm: '66' }, 'Xem thử');

    expect(look.status).to.equal(200);
    expect(look.html).to.match(/<p class="error" role="status">[^<]*\d mm/);
  });

  it('refuse a goods label that leaves out what is mandatory', async () => {
    const form = await clerk.open(LAYOUT);

    const answer = await clerk.submit(form, { ...layoutFields('Nhãn'), goodsLabel: 'true' }, 'Lưu');

    expect(answer.status).to.equal(422);
    expect(answer.text).to.contain('Nhãn hàng hóa phải có đủ mục bắt buộc. Còn thiếu: ');
    expect(orderIn(answer).slice(0, 3)).to.deep.equal(['lot', 'name', 'expiresOn']);
  });

  it('turn what a ruler says into a printer’s scale', async () => {
    const path = '/manage/labels/printers/new';
    const form = await clerk.open(path);
    const fields = { name: 'Canon văn phòng', xMm: '1,5', yMm: '-0,5' };

    const refused = await clerk.submit(form, { ...fields, rulerMm: '50' }, path);
    const list = await clerk.submit(refused, { ...fields, rulerMm: '99,5' }, path);

    expect(refused.status).to.equal(422);
    expect(refused.html).to.match(/id="field-rulerMm-error"/);
    expect(list.text).to.contain('Dịch phải 1,5 mm, dịch xuống -0,5 mm, tỉ lệ 100,5 %');
  });

  it('make a layout what runs begin with', async () => {
    const list = await clerk.open(LIST);

    const after = await clerk.submit(list, { layout: 'goods' }, '/manage/labels/layouts/default');

    expect(after.text).to.contain('Đã đặt mẫu mặc định');
    expect(after.html).to.match(/Nhãn hàng hóa, đủ mục bắt buộc<\/h3>\s*<span class="chip good">Mặc định/);
  });
});
