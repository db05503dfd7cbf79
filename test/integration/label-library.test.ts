import { expect } from 'chai';
import { testApp, type TestApp } from '../kit/app.ts';
import { ownLayout, ownPrinter, ownRoll, ownSheet } from '../kit/own-labels.ts';
import { teaBatch, teaProduct } from '../kit/samples.ts';

const MANDATORY = [
  'name',
  'cooperative',
  'address',
  'origin',
  'producedOn',
  'expiresOn',
  'netContent',
  'ingredients',
  'usage',
  'storage',
  'warnings',
];

describe('a cooperative’s own labels', () => {
  let app: TestApp;
  let batchId: string;
  let count = 0;

  const fresh = (word: string) => `${word} ${(count += 1)}`;
  const at = (rest: string) => `/cooperatives/${app.cooperativeId}/${rest}`;
  const post = async (rest: string, body: object) => (await app.as('clerk')).post(at(rest), body);
  const get = async (rest: string) => (await app.as('clerk')).get(at(rest));
  const print = async (body: object) =>
    (await app.as('clerk')).post(`/batches/${batchId}/print-runs`, {
      template: 'avery-l7160',
      count: 1,
      reason: 'Thử',
      ...body,
    });
  const newBatch = async (product: object) => {
    const manager = await app.as('manager');
    const made = await manager.post(at('products'), product);
    expect(made.status, made.text).to.equal(201);
    const lotNumber = `OL-${(count += 1)}`;
    const batch = await manager.post(`/products/${made.body.id}/batches`, { ...teaBatch, lotNumber });
    expect(batch.status, batch.text).to.equal(201);
    return batch.body.id as string;
  };
  const { gtin: _, ...withoutGtin } = teaProduct;
  /** A number of open trade, as the Digital Link asks. */
  const TRADE_GTIN = '8935244812343';

  before(async () => {
    app = await testApp();
    batchId = await newBatch({ ...teaProduct, gtin: TRADE_GTIN });
  });
  after(async () => app.stop());

  it('keep a sheet by its millimetres and print on it', async () => {
    const made = await post('label-templates', ownSheet(fresh('Giấy Tân Mai')));
    const run = await print({ template: made.body.id, count: 14, startAt: 2 });

    expect(made.status, made.text).to.equal(201);
    expect(made.body).to.include({ kind: 'sheet', perPage: 12, widthMm: 60, checkWithRuler: true });
    expect(run.status, run.text).to.equal(201);
    expect(run.body).to.include({ template: made.body.id, pages: 2, free: 9 });
    const listed = await get('label-templates');
    expect(listed.body.items.map(({ id }: { id: string }) => id)).to.include(made.body.id);
    const page = await (
      await app.as('clerk')
    ).send('GET', `/api/v1${at(`label-templates/${made.body.id}/calibration.pdf`)}`);
    expect(page.text.startsWith('%PDF-')).to.equal(true);
  });

  it('keep a continuous roll with a label height of its own', async () => {
    const made = await post('label-templates', ownRoll(fresh('Cuộn 50')));
    const run = await print({ template: made.body.id, count: 3 });

    expect(made.status, made.text).to.equal(201);
    expect(made.body).to.include({ pageWidthMm: 50, pageHeightMm: 30, gapMm: 0, dotsPerInch: 203 });
    expect(run.body).to.include({ pages: 3 });
  });

  const wrong: readonly (readonly [string, object, string, string])[] = [
    ['a label wider than its paper', { widthMm: 205 }, '/widthMm', '5 mm'],
    ['a label higher than its paper', { heightMm: 290, pitchYMm: 300 }, '/heightMm', '13 mm'],
    ['more columns than there is room for', { columns: 4 }, '/columns', '55 mm'],
    ['more rows than there is room for', { rows: 5 }, '/rows', '27 mm'],
    ['columns over each other', { pitchXMm: 55 }, '/pitchXMm', '5 mm'],
    ['rows over each other', { pitchYMm: 30.5 }, '/pitchYMm', '9,5 mm'],
    ['an oval', { shape: 'round' }, '/heightMm', '20 mm'],
    ['a corner rounder than the label', { cornerRadiusMm: 25 }, '/cornerRadiusMm', '5 mm'],
    ['no columns', { columns: 0 }, '/columns', '1'],
    ['a page of a mile', { pageWidthMm: 9_000 }, '/pageWidthMm', '700'],
    ['an unknown shape', { shape: 'star' }, '/shape', 'rect'],
    ['a roll’s gap', { gapMm: 2 }, '/gapMm', ''],
  ];
  for (const [what, fields, pointer, says] of wrong) {
    it(`refuse ${what} at ${pointer}`, async () => {
      const before = (await get('label-templates')).body.items.length;

      const answer = await post('label-templates', { ...ownSheet(fresh('Sai')), ...fields });

      expect(answer.status, answer.text).to.equal(422);
      expect(answer.body.errors[0].pointer).to.equal(pointer);
      expect(answer.body.errors[0].detail).to.contain(says);
      expect((await get('label-templates')).body.items).to.have.length(before);
    });
  }

  it('name every wrong measure at once', async () => {
    const answer = await post('label-templates', {
      ...ownSheet(fresh('Sai')),
      columns: 4,
      rows: 5,
      cornerRadiusMm: 25,
    });

    expect(answer.body.errors.map(({ pointer }: { pointer: string }) => pointer)).to.deep.equal([
      '/columns',
      '/rows',
      '/cornerRadiusMm',
    ]);
  });

  it('refuse a label that no symbol fits on, by its millimetres', async () => {
    const answer = await post('label-templates', { ...ownSheet(fresh('Nhỏ')), widthMm: 9, heightMm: 9 });

    expect(answer.status, answer.text).to.equal(422);
    expect(answer.body.type).to.match(/label-does-not-fit$/);
    expect(answer.body.detail).to.match(/\d mm/);
  });

  it('are replaced, not edited, and a printed run stays as it was', async () => {
    const name = fresh('Giấy đo lại');
    const first = (await post('label-templates', ownSheet(name))).body;
    const run = (await print({ template: first.id })).body;

    const second = await post('label-templates', { ...ownSheet(name), leftMm: 8, supersedes: first.id });
    const again = await post('label-templates', { ...ownSheet(name), leftMm: 7, supersedes: first.id });

    expect(second.status, second.text).to.equal(201);
    expect(again.status, again.text).to.equal(409);
    expect(again.body.type).to.match(/changed-meanwhile$/);
    const ids = (await get('label-templates')).body.items.map(({ id }: { id: string }) => id);
    expect(ids).to.include(second.body.id);
    expect(ids).not.to.include(first.id);
    expect((await print({ template: first.id })).status).to.equal(422);
    const kept = await (await app.as('clerk')).get(`/print-runs/${run.id}`);
    expect(kept.body.template).to.equal(first.id);
  });

  it('are one when sent twice with one key', async () => {
    const clerk = await app.as('clerk');
    const body = ownSheet(fresh('Một lần'));
    const headers = { 'idempotency-key': 'own-sheet-1' };

    const answers = await Promise.all(
      [1, 2, 3].map(() => clerk.post(at('label-templates'), body, { headers })),
    );

    expect(new Set(answers.map((answer) => answer.body.id)).size).to.equal(1);
  });

  it('have a name each', async () => {
    const name = fresh('Trùng tên');
    await post('label-templates', ownSheet(name));

    const answer = await post('label-templates', ownSheet(name.toUpperCase()));

    expect(answer.status).to.equal(409);
    expect(answer.body.errors[0].pointer).to.equal('/name');
  });

  it('are hidden and come back', async () => {
    const { id } = (await post('label-templates', ownSheet(fresh('Ẩn')))).body;
    const ids = async (query = '') =>
      (await get(`label-templates${query}`)).body.items.map((one: { id: string }) => one.id);

    await post(`label-library/${id}/removal`, {});
    const [without, hidden] = [await ids(), await ids('?removed=true')];
    const refused = await print({ template: id });
    await post(`label-library/${id}/restoration`, {});

    expect(without).not.to.include(id);
    expect(hidden).to.include(id);
    expect(refused.body.errors[0].pointer).to.equal('/template');
    expect(await ids()).to.include(id);
  });

  it('are nobody else’s', async () => {
    const { id } = (await post('label-templates', ownSheet(fresh('Riêng')))).body;
    const other = await app.as('otherClerk');
    const theirs = `/cooperatives/${app.otherCooperativeId}`;

    const answers = await Promise.all([
      other.get(at('label-templates')),
      other.post(at('label-layouts'), ownLayout('Chen')),
      other.post(`${theirs}/label-library/${id}/removal`, {}),
      other.get(`${theirs}/label-templates/${id}/calibration.pdf`),
    ]);
    const stolen = await other.post(`${theirs}/label-templates`, {
      ...ownSheet('Lấy'),
      supersedes: id,
    });

    expect(answers.map(({ status }) => status)).to.deep.equal([404, 404, 404, 404]);
    expect(stolen.status).to.equal(422);
    expect(stolen.body.errors[0].pointer).to.equal('/supersedes');
  });

  it('lay a label out as the layout says', async () => {
    const made = await post('label-layouts', ownLayout(fresh('Gọn')));
    const run = await print({ layout: made.body.id });

    expect(made.status, made.text).to.equal(201);
    expect(run.status, run.text).to.equal(201);
    expect(run.body.layout).to.deep.equal({ id: made.body.id, name: made.body.name });
    const other = await print({ layout: 'trace' });
    expect(other.body.layout).to.deep.equal({ id: 'trace', name: 'Tem truy xuất nguồn gốc' });
  });

  it('begin with the layout that the cooperative chose', async () => {
    const made = await post('label-layouts', ownLayout(fresh('Thường dùng')));
    await post('label-layouts/default', { layout: made.body.id });

    const usual = await print({});
    const changed = await post('label-layouts', { ...ownLayout(fresh('Mới')), supersedes: made.body.id });
    const later = await print({});
    await post('label-layouts/default', { layout: 'trace' });

    expect(usual.body.layout.id).to.equal(made.body.id);
    expect(later.body.layout.id).to.equal(changed.body.id);
    expect((await print({})).body.layout.id).to.equal('trace');
  });

  const row = { field: 'name', size: 'normal', bold: false };
  const wrongLayouts: readonly (readonly [string, object, string])[] = [
    ['no field', { rows: [] }, '/rows'],
    ['a field twice', { rows: [row, row] }, '/rows'],
    ['an unknown field', { rows: [{ ...row, field: 'price' }] }, '/rows/0/field'],
    ['an unknown size', { rows: [{ ...row, size: 'huge' }] }, '/rows/0/size'],
    ['a symbol of a millimetre', { symbolMm: 1 }, '/symbolMm'],
    ['a goods label without what is mandatory', { goodsLabel: true }, '/rows'],
    ['an unknown member', { colour: 'red' }, '/colour'],
    ['no name', { name: ' ' }, '/name'],
  ];
  for (const [what, fields, pointer] of wrongLayouts) {
    it(`refuse a layout with ${what} at ${pointer}`, async () => {
      const answer = await post('label-layouts', { ...ownLayout(fresh('Sai')), ...fields });

      expect(answer.status, answer.text).to.equal(422);
      expect(answer.body.errors[0].pointer).to.equal(pointer);
    });
  }

  it('print no layout that claims to be the goods label while something mandatory is empty', async () => {
    const rows = MANDATORY.map((field) => ({ field, size: 'small', bold: false }));
    const goods = await post('label-layouts', { name: fresh('Nhãn'), rows, goodsLabel: true });
    const whole = batchId;
    const { warnings: _warnings, ...bare } = withoutGtin;
    const paper = { template: 'avery-l7165', layout: goods.body.id };

    const printed = await print(paper);
    batchId = await newBatch(bare);
    const refused = await print(paper);
    batchId = whole;

    expect(goods.status, goods.text).to.equal(201);
    expect(refused.status).to.equal(422);
    expect(refused.body.type).to.match(/label-incomplete$/);
    expect(refused.body.errors[0].pointer).to.equal('/layout');
    expect(printed.status, printed.text).to.equal(201);
    expect(printed.body.goodsLabel).to.equal(true);
  });

  it('refuse a layout that is no goods label where one is asked for', async () => {
    const made = await post('label-layouts', ownLayout(fresh('Không đủ')));

    const answer = await print({ layout: made.body.id, goodsLabel: true });

    expect(answer.status).to.equal(422);
    expect(answer.body.errors[0].pointer).to.equal('/layout');
  });

  it('refuse what does not fit, with the field and the millimetres', async () => {
    const made = await post('label-layouts', {
      ...ownLayout(fresh('Mã to')),
      symbolPlace: 'top',
      symbolMm: 36,
    });

    const answer = await print({ layout: made.body.id });

    expect(answer.status).to.equal(422);
    expect(answer.body.type).to.match(/label-does-not-fit$/);
    expect(answer.body.byMm).to.be.greaterThan(0);
  });

  it('carry the Digital Link of the product and its lot where the layout says so', async () => {
    const made = await post('label-layouts', { ...ownLayout(fresh('GS1')), symbolContent: 'gs1' });

    const run = await print({ layout: made.body.id });

    expect(run.status, run.text).to.equal(201);
    expect(new URL(run.body.address).pathname).to.match(new RegExp(`^/01/0${TRADE_GTIN}/10/OL-\\d+$`));
  });

  it('with a Digital Link are refused for unit codes: it tells the lot, not the pack', async () => {
    const made = await post('label-layouts', { ...ownLayout(fresh('GS1 mã riêng')), symbolContent: 'gs1' });

    const refused = await print({ layout: made.body.id, codes: 'unit' });

    expect(refused.status, refused.text).to.equal(422);
    expect(refused.body.errors[0].pointer).to.equal('/layout');
    expect(refused.body.detail).to.contain('không nói từng gói');
  });

  it('refuse a code of a product that has none, of a case of goods, or of one that is not for trade', async () => {
    const made = await post('label-layouts', { ...ownLayout(fresh('Mã vạch')), barcode: true });
    const own = batchId;
    batchId = await newBatch(withoutGtin);
    const without = await print({ layout: made.body.id });
    batchId = await newBatch({ ...teaProduct, gtin: '18935244812340' });
    const aCase = await print({ layout: made.body.id });
    const home = await newBatch({ ...withoutGtin, gtin: teaProduct.gtin });
    batchId = home;
    const gs1 = await post('label-layouts', { ...ownLayout(fresh('GS1 riêng')), symbolContent: 'gs1' });
    const restricted = await print({ layout: gs1.body.id });
    batchId = own;

    expect(restricted.body.detail).to.contain('mã dùng nội bộ');
    expect(without.body.errors?.[0].pointer, without.text).to.equal('/layout');
    expect(without.body.detail).to.contain('chưa có mã số GTIN');
    expect(aCase.body.errors?.[0].pointer, aCase.text).to.equal('/layout');
    expect(aCase.body.detail).to.contain('14 chữ số');
  });

  it('print with the offsets of the printer', async () => {
    const printer = await post('printers', ownPrinter(fresh('Canon kho 2')));

    const run = await print({ printer: printer.body.id });
    const strange = await print({ printer: 'nothing' });

    expect(printer.status, printer.text).to.equal(201);
    expect(run.body.calibration).to.deep.equal({ xMm: 1.5, yMm: -0.5, scale: 0.998 });
    expect(run.body.printer).to.deep.equal({ id: printer.body.id, name: printer.body.name });
    expect(strange.body.errors[0].pointer).to.equal('/printer');
  });

  it('refuse offsets of another paper', async () => {
    const answer = await post('printers', { ...ownPrinter(fresh('Lệch')), xMm: 40, scale: 2 });

    expect(answer.body.errors.map(({ pointer }: { pointer: string }) => pointer)).to.deep.equal([
      '/xMm',
      '/scale',
    ]);
  });

  it('show a layout before it is kept, of a sample or of a batch', async () => {
    const layout = JSON.stringify({ rows: [row], barcode: true });
    const query = (more: object) =>
      new URLSearchParams({ layout, template: 'avery-l7165', ...more }).toString();

    const sample = await get(`label-layouts/preview.svg?${query({})}`);
    const own = await get(`label-layouts/preview.svg?${query({ batch: batchId })}`);
    const small = await get(`label-layouts/preview.svg?${query({ template: 'avery-l7651' })}`);
    const broken = await get('label-layouts/preview.svg?layout=%7B&template=avery-l7160');

    expect([sample.status, own.status]).to.deep.equal([200, 200]);
    expect(sample.text.match(/<rect shape-rendering/g)).to.have.length(30);
    expect(small.status).to.equal(422);
    expect(small.body.type).to.match(/label-does-not-fit$/);
    expect(broken.status).to.equal(400);
  });
});
