import { expect } from 'chai';
import { testApp, type TestApp } from '../kit/app.ts';
import { teaProduct } from '../kit/samples.ts';

/** Of open trade, check digit right; no product of a real company is meant. */
const OPEN_GTIN = '8930000000019';
const bare = { name: { vi: 'Chè xanh' }, tier: 'local', category: '1.11' } as const;

describe('products', () => {
  let app: TestApp;

  const create = async (fields: object = {}, by: 'manager' | 'otherManager' = 'manager') => {
    const manager = await app.as(by);
    const owner = by === 'manager' ? app.cooperativeId : app.otherCooperativeId;
    return manager.post(`/cooperatives/${owner}/products`, { ...bare, ...fields });
  };
  const created = async (fields: object = {}): Promise<string> => {
    const answer = await create(fields);
    expect(answer.status, answer.text).to.equal(201);
    return answer.body.id as string;
  };
  const read = async (id: string) => (await (await app.as('guest')).get(`/products/${id}`)).body;
  const change = async (id: string, fields: object) =>
    (await app.as('manager')).patch(`/products/${id}`, fields);

  before(async () => {
    app = await testApp();
  });
  after(async () => app.stop());

  it('keeps every field of the contract as it was given', async () => {
    const answer = await create(teaProduct);

    expect(answer.status, answer.text).to.equal(201);
    const { ocop, ...rest } = teaProduct;
    expect(answer.body).to.deep.include(rest);
    expect(answer.body.ocop).to.deep.equal({ ...ocop, valid: true });
    expect(answer.body).to.include({ version: 1, demo: false, cooperativeId: app.cooperativeId });
    expect(answer.body).not.to.have.any.keys('updatedBy', 'searchKey', 'gtinKey');
  });

  it('makes one product of one idempotency key, also when the key comes twice at once', async () => {
    const manager = await app.as('manager');
    const send = async () =>
      manager.post(`/cooperatives/${app.cooperativeId}/products`, bare, {
        headers: { 'idempotency-key': 'tea-1' },
      });

    const answers = await Promise.all([send(), send(), send()]);

    expect(answers.map(({ status }) => status)).to.deep.equal([201, 201, 201]);
    expect(new Set(answers.map(({ body }) => body.id as string)).size).to.equal(1);
  });

  it('gives products of one name addresses of their own, however many are added at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => create({ name: { vi: 'Mật ong bạc hà' } })),
    );

    const slugs = answers.map(({ body }) => body.slug as string);
    expect(new Set(slugs).size).to.equal(6);
    expect(slugs.every((slug) => /^mat-ong-bac-ha(-\d+)?$/.test(slug))).to.equal(true);
  });

  it('gives a barcode number of open trade to one product of all, in whatever length it is typed', async () => {
    const answers = await Promise.all([
      create({ gtin: OPEN_GTIN }),
      create({ gtin: `0${OPEN_GTIN}` }, 'otherManager'),
      create({ gtin: '893 0000-00001 9' }),
    ]);

    expect(answers.map(({ status }) => status).sort()).to.deep.equal([201, 409, 409]);
    const refused = answers.find(({ status }) => status === 409);
    expect(refused?.body.errors[0].pointer).to.equal('/gtin');
  });

  it('lets two cooperatives use the same number of a range that means something inside one company only', async () => {
    const gtin = '2000000000015';

    const mine = await create({ gtin });
    const theirs = await create({ gtin }, 'otherManager');
    const again = await create({ gtin });

    expect([mine.status, theirs.status, again.status]).to.deep.equal([201, 201, 409]);
  });

  for (const [what, fields, pointer] of [
    ['a wrong check digit', { gtin: '8930000000010' }, '/gtin'],
    [
      'stars without a decision',
      { ocop: { stars: 4, issuedOn: '2026-01-01', expiresOn: '2028-01-01' } },
      '/ocop/decision',
    ],
    [
      'stars without a term',
      { ocop: { stars: 4, decision: '11/QĐ', issuedOn: '2026-01-01' } },
      '/ocop/expiresOn',
    ],
    ['two stars', { ocop: { ...teaProduct.ocop, stars: 2 } }, '/ocop/stars'],
    [
      'a term longer than 36 months',
      { ocop: { ...teaProduct.ocop, expiresOn: '2030-01-01' } },
      '/ocop/expiresOn',
    ],
    [
      'a term that ends before it begins',
      { ocop: { ...teaProduct.ocop, expiresOn: '2025-01-01' } },
      '/ocop/expiresOn',
    ],
    ['a category that is not in the list', { category: '9.9' }, '/category'],
    ['a key product that is not in the list', { nationalKeyProduct: 'NKP-99' }, '/nationalKeyProduct'],
    ['a unit that is not in the list', { netContent: { value: 1, unit: 'bushel' } }, '/netContent/unit'],
    ['a name without Vietnamese', { name: { en: 'Tea' } }, '/name/vi'],
    [
      'more than twenty standards',
      { standards: Array.from({ length: 21 }, (_, n) => `TCVN ${n}`) },
      '/standards',
    ],
    ['a field that nobody knows', { colour: 'green' }, '/colour'],
  ] as const) {
    it(`refuses ${what} and points at it`, async () => {
      const answer = await create(fields);

      expect(answer.status, answer.text).to.equal(422);
      expect(answer.body.errors.map((error: { pointer: string }) => error.pointer)).to.include(pointer);
    });
  }

  describe('changed', () => {
    it('replaces what is named and leaves the rest', async () => {
      const id = await created({ ...teaProduct, gtin: undefined });

      const answer = await change(id, { ingredients: { vi: 'Búp chè' }, shelfLifeDays: 365 });

      expect(answer.status, answer.text).to.equal(200);
      const now = await read(id);
      expect(now).to.deep.include({
        ingredients: { vi: 'Búp chè' },
        shelfLifeDays: 365,
        brand: teaProduct.brand,
      });
      expect(now.version).to.equal(2);
    });

    it('takes every optional field away by null, and its barcode number is free again', async () => {
      const gtin = '8930000000026';
      const id = await created({ ...teaProduct, gtin });
      const optional = Object.keys(teaProduct).filter((key) => !['name', 'tier', 'category'].includes(key));

      const answer = await change(id, Object.fromEntries(optional.map((key) => [key, null])));

      expect(answer.status, answer.text).to.equal(200);
      const now = await read(id);
      for (const key of optional.filter((name) => !['ocop', 'standards'].includes(name))) {
        expect(now, key).not.to.have.property(key);
      }
      expect(now).to.deep.include({ ocop: null, standards: [] });
      expect((await create({ gtin })).status).to.equal(201);
    });

    it('does not take away what a product must have', async () => {
      const id = await created();

      const answers = [
        await change(id, { name: null }),
        await change(id, { tier: null }),
        await change(id, {}),
      ];

      expect(answers.map(({ status }) => status)).to.deep.equal([422, 422, 422]);
      expect((await read(id)).version).to.equal(1);
    });

    it('tells the second of two people that somebody was faster, and keeps what the first wrote', async () => {
      const id = await created();

      const first = await change(id, { brand: 'Mây Ngủ', version: 1 });
      const second = await change(id, { brand: 'Mây Thức', version: 1 });
      const aware = await change(id, { brand: 'Mây Thức', version: 2 });

      expect([first.status, second.status, aware.status]).to.deep.equal([200, 409, 200]);
      expect(second.body.type).to.match(/changed-meanwhile$/);
      expect(await read(id)).to.include({ brand: 'Mây Thức', version: 3 });
    });

    it('loses nothing when many change different fields at once without naming a version', async () => {
      const id = await created();
      const fields = [
        { brand: 'Mây' },
        { shelfLifeDays: 90 },
        { storage: { vi: 'Nơi khô' } },
        { usage: { vi: 'Pha' } },
      ];

      const answers = await Promise.all(fields.map((one) => change(id, one)));

      expect(answers.map(({ status }) => status)).to.deep.equal([200, 200, 200, 200]);
      expect(await read(id)).to.deep.include({ ...Object.assign({}, ...fields), version: 5 });
    });

    it('makes no new version of what stays as it is', async () => {
      const id = await created({ brand: 'Mây' });

      const answer = await change(id, { brand: 'Mây', version: 99 });

      expect(answer.body).to.include({ version: 1 });
    });

    it('is found by its new name and no longer by its old one', async () => {
      const id = await created({ name: { vi: 'Rượu ngô Bản Phố' } });

      await change(id, { name: { vi: 'Rượu sim Măng Đen' } });
      const guest = await app.as('guest');
      const [old, now] = [await guest.get('/products?q=ban pho'), await guest.get('/products?q=mang den')];

      expect(old.body.items).to.deep.equal([]);
      expect(now.body.items.map((item: { id: string }) => item.id)).to.deep.equal([id]);
    });

    it('is changed by its own managers only', async () => {
      const id = await created();
      const statuses = await Promise.all(
        (['guest', 'clerk', 'otherManager', 'officer', 'administrator', 'staff'] as const).map(
          async (person) => (await (await app.as(person)).patch(`/products/${id}`, { brand: 'Khác' })).status,
        ),
      );

      expect(statuses).to.deep.equal([401, 403, 404, 403, 403, 403]);
      expect((await read(id)).version).to.equal(1);
    });
  });

  describe('in earlier versions', () => {
    it('says who wrote what and when, and what each change was', async () => {
      const id = await created({ brand: 'Cũ' });
      await change(id, { brand: 'Mới', shelfLifeDays: 30 });
      await change(id, { shelfLifeDays: null });

      const answer = await (await app.as('clerk')).get(`/products/${id}/revisions`);

      expect(answer.status, answer.text).to.equal(200);
      const [second, first] = answer.body.items;
      expect(answer.body.items).to.have.length(2);
      expect(second).to.deep.include({ version: 2, changedFields: ['shelfLifeDays'] });
      expect(first).to.deep.include({ version: 1, changedFields: ['brand', 'shelfLifeDays'] });
      expect(first.fields).to.deep.include({ brand: 'Cũ' });
      expect(second.fields).to.deep.include({ brand: 'Mới', shelfLifeDays: 30 });
      expect(first.writtenBy).to.deep.equal({ id: 'manager', name: 'Cô manager' });
    });

    it('come page by page, each with what followed it', async () => {
      const id = await created();
      for (const shelfLifeDays of [1, 2, 3]) await change(id, { shelfLifeDays });
      const clerk = await app.as('clerk');

      const first = await clerk.get(`/products/${id}/revisions?limit=2`);
      const second = await clerk.get(`/products/${id}/revisions?limit=2&cursor=${first.body.next as string}`);

      expect(first.body.items.map((one: { version: number }) => one.version)).to.deep.equal([3, 2]);
      expect(second.body.items.map((one: { version: number }) => one.version)).to.deep.equal([1]);
      expect(second.body.items[0].changedFields).to.deep.equal(['shelfLifeDays']);
      expect(second.body.next).to.equal(null);
      expect((await clerk.get(`/products/${id}/revisions?cursor=x`)).status).to.equal(422);
    });

    it('are for its own people and its officers', async () => {
      const id = await created();
      const statuses = await Promise.all(
        (['guest', 'clerk', 'manager', 'officer', 'otherManager', 'otherOfficer', 'staff'] as const).map(
          async (person) => (await (await app.as(person)).get(`/products/${id}/revisions`)).status,
        ),
      );

      expect(statuses).to.deep.equal([401, 200, 200, 200, 404, 404, 403]);
    });
  });

  it('shows its own people, and nobody else, what the law still asks', async () => {
    const id = await created({ ingredients: { vi: 'Búp chè' } });

    const own = (await (await app.as('clerk')).get(`/products/${id}`)).body;
    const strangers = [await read(id), (await (await app.as('otherManager')).get(`/products/${id}`)).body];

    expect(own.completeness.label).to.deep.include({ met: 4, of: 8 });
    expect(own.completeness.circular02.missing.map(({ code }: { code: string }) => code)).to.deep.equal([
      'C2',
      'C8',
      'C9',
      'C10',
    ]);
    expect(own.completeness.label.missing[0].fix).to.equal(`/manage/products/${id}#field-netContent.value`);
    for (const seen of strangers) expect(seen).not.to.have.property('completeness');
  });
});
