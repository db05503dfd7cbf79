import { expect } from 'chai';
import { PASSWORD, emailOf, testApp, type TestApp } from '../kit/app.ts';
import { ownSheetForm } from '../kit/own-labels.ts';

type Page = { readonly status: number; readonly text: string; readonly location: string };

/** A browser without JavaScript. */
function browser(base: string) {
  const cookies = new Map<string, string>();
  const send = async (path: string, body?: URLSearchParams): Promise<Page> => {
    const response = await fetch(base + path, {
      method: body === undefined ? 'GET' : 'POST',
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(body === undefined ? {} : { body }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      cookies.set(name, value);
    }
    const location = response.headers.get('location') ?? '';
    return { status: response.status, text: await response.text(), location };
  };
  const hidden = (page: Page, name: string) =>
    new RegExp(`name="${name}" value="([^"]*)"`).exec(page.text)?.[1] ?? '';
  return {
    get: (path: string) => send(path),
    submit: (page: Page, path: string, fields: readonly (readonly [string, string])[]) =>
      send(
        path,
        new URLSearchParams([
          ['csrfToken', hidden(page, 'csrfToken')],
          ['idempotencyKey', hidden(page, 'idempotencyKey')],
          ...fields.map(([name, value]): [string, string] => [name, value]),
        ]),
      ),
  };
}

describe('pages of a cooperative’s own labels', () => {
  const LIST = '/manage/labels/templates';
  const LAYOUT = '/manage/labels/layouts/new';
  const STOCK = '/manage/labels/stock/new';
  let app: TestApp;
  let clerk: ReturnType<typeof browser>;

  const layoutFields = (name: string): readonly (readonly [string, string])[] => [
    ['name', name],
    ['order', 'lot'],
    ['order', 'name'],
    ['order', 'expiresOn'],
    ['show', 'lot'],
    ['show', 'name'],
    ['size.lot', 'small'],
    ['size.name', 'large'],
    ['bold', 'name'],
    ['template', 'avery-l7165'],
    ['batch', ''],
  ];
  const orderIn = (page: Page) =>
    [...page.text.matchAll(/name="order" value="(\w+)"/g)].map(([, one]) => one);

  before(async () => {
    app = await testApp();
    clerk = browser(app.url);
    const login = await clerk.get('/login');
    await clerk.submit(login, '/login', [
      ['login', emailOf('clerk')],
      ['password', PASSWORD],
    ]);
  });
  after(async () => app.stop());

  it('teach where nothing is kept yet, and show what everybody has', async () => {
    const page = await clerk.get(LIST);

    expect(page.status).to.equal(200);
    expect(page.text).to.contain('Giấy tem đang dùng không có trong danh sách?');
    expect(page.text).to.contain('Tem truy xuất nguồn gốc');
    expect(page.text).to.contain('Nhãn hàng hóa, đủ mục bắt buộc');
    expect(page.text).to.contain('Avery L7160');
  });

  it('keep a sheet, draw it before, hide it and bring it back', async () => {
    const form = await clerk.get(`${STOCK}?kind=sheet`);
    const fields = Object.entries(ownSheetForm('Giấy Tân Mai'));
    const look = await clerk.submit(form, STOCK, [...fields, ['preview', '1']]);
    const saved = await clerk.submit(look, STOCK, fields);
    const list = await clerk.get(saved.location);
    const action = /action="(\/manage\/labels\/templates\/\w+)"/.exec(list.text)?.[1] ?? '';

    const removed = await clerk.submit(list, action, [['deed', 'remove']]);
    const without = await clerk.get(removed.location);
    const restored = await clerk.submit(without, action, [['deed', 'restore']]);
    const again = await clerk.get(restored.location);

    expect(look.text).to.contain('Hình tờ giấy với 12 tem');
    expect(saved.status, saved.text).to.equal(303);
    expect(list.text).to.contain('60 × 40 mm, 12 tem trên tờ 210 × 297 mm');
    expect(without.text).to.contain('Hoàn tác');
    expect(without.text).to.contain('Giấy tem đang dùng không có trong danh sách?');
    expect(again.text).to.contain('Đã hiện lại');
    expect(again.text).not.to.contain('Giấy tem đang dùng không có trong danh sách?');
  });

  it('say beside the measure what cannot be, and keep what was typed', async () => {
    const form = await clerk.get(`${STOCK}?kind=sheet`);
    const fields = Object.entries({ ...ownSheetForm('Sai'), columns: '4' });

    const answer = await clerk.submit(form, STOCK, fields);

    expect(answer.status).to.equal(422);
    expect(answer.text).to.contain('Tem ra ngoài giấy 55 mm');
    expect(answer.text).to.match(/id="field-columns-error"/);
    expect(answer.text).to.match(/name="name"[^>]*value="Sai"/);
  });

  it('move a field up, look, and keep the layout', async () => {
    const form = await clerk.get(LAYOUT);
    const moved = await clerk.submit(form, LAYOUT, [...layoutFields('Gọn'), ['move', 'name:up']]);
    const look = await clerk.submit(moved, LAYOUT, [...layoutFields('Gọn'), ['preview', '1']]);
    const saved = await clerk.submit(look, LAYOUT, layoutFields('Gọn'));
    const list = await clerk.get(saved.location);

    expect(orderIn(moved).slice(0, 3)).to.deep.equal(['name', 'lot', 'expiresOn']);
    expect(look.text).to.match(/alt="Hình một tem: [^"]*Số lô: CX-02 Chè xanh Shan tuyết/);
    expect(look.text).to.match(/src="data:image\/svg\+xml;base64,/);
    expect(saved.status, saved.text).to.equal(303);
    expect(list.text).to.contain('Số lô · Tên sản phẩm');
  });

  it('refuse in the preview what printing would refuse, by the millimetres', async () => {
    const form = await clerk.get(LAYOUT);

    const look = await clerk.submit(form, LAYOUT, [
      ...layoutFields('To'),
      ['symbolMm', '66'],
      ['preview', '1'],
    ]);

    expect(look.status).to.equal(200);
    expect(look.text).to.match(/<p class="error" role="status">[^<]*\d mm/);
  });

  it('refuse a goods label that leaves out what is mandatory', async () => {
    const form = await clerk.get(LAYOUT);

    const answer = await clerk.submit(form, LAYOUT, [...layoutFields('Nhãn'), ['goodsLabel', 'true']]);

    expect(answer.status).to.equal(422);
    expect(answer.text).to.contain('Nhãn hàng hóa phải có đủ mục bắt buộc. Còn thiếu: ');
    expect(orderIn(answer).slice(0, 3)).to.deep.equal(['lot', 'name', 'expiresOn']);
  });

  it('turn what a ruler says into a printer’s scale', async () => {
    const path = '/manage/labels/printers/new';
    const form = await clerk.get(path);
    const fields = [
      ['name', 'Canon văn phòng'],
      ['xMm', '1,5'],
      ['yMm', '-0,5'],
    ] as const;

    const refused = await clerk.submit(form, path, [...fields, ['rulerMm', '50']]);
    const saved = await clerk.submit(refused, path, [...fields, ['rulerMm', '99,5']]);
    const list = await clerk.get(saved.location);

    expect(refused.status).to.equal(422);
    expect(refused.text).to.match(/id="field-rulerMm-error"/);
    expect(list.text).to.contain('Dịch phải 1,5 mm, dịch xuống -0,5 mm, tỉ lệ 100,5 %');
  });

  it('make a layout what runs begin with', async () => {
    const list = await clerk.get(LIST);

    const answer = await clerk.submit(list, '/manage/labels/layouts/default', [['layout', 'goods']]);
    const after = await clerk.get(answer.location);

    expect(after.text).to.contain('Đã đặt mẫu mặc định');
    expect(after.text).to.match(/Nhãn hàng hóa, đủ mục bắt buộc<\/h3>\s*<span class="chip good">Mặc định/);
  });
});
