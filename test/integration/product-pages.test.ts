import { expect } from 'chai';
import { testApp, type TestApp } from '../kit/app.ts';
import type { Page, Session } from '../kit/browser-session.ts';
import { cameraJpeg, gif, smallJpeg } from '../kit/pictures.ts';
import { teaProduct } from '../kit/samples.ts';

const file = (bytes: Buffer, name = 'IMG_0001.JPG'): File => new File([new Uint8Array(bytes)], name);
const valueOf = (page: Page, name: string) =>
  page.forms.flatMap(({ fields }) => fields).find((field) => field.name === name)?.value;

describe('pages of products', () => {
  let app: TestApp;
  let manager: Session;

  before(async () => {
    app = await testApp();
    manager = await app.browse('manager');
  });
  after(async () => app.stop());

  const basics = { 'name.vi': 'Chè xanh Shan tuyết', category: '1.11', tier: 'regional' };
  const idOf = (page: Page): string => /\/manage\/products\/([0-9a-z]+)/.exec(page.path)?.[1] ?? '';
  const addProduct = async (entries: Record<string, string> = {}): Promise<Page> => {
    const form = await manager.open('/manage/products/new');
    return manager.submit(form, { ...basics, ...entries }, '/manage/products/new');
  };
  const save = async (page: Page, entries: Record<string, string>) =>
    manager.submit(page, entries, `/manage/products/${idOf(page)}`);
  const api = async (id: string) => (await (await app.as('clerk')).get(`/products/${id}`)).body;

  it('teach in an empty list what a product is, and lead to the first step', async () => {
    const other = await app.browse('otherManager');

    const list = await other.open('/manage/products');
    const clerkList = await (await app.browse('otherClerk')).open('/manage/products');

    expect(list.text).to.contain('Chưa có sản phẩm nào');
    expect(list.html).to.contain('href="/manage/products/new"');
    expect(clerkList.text).to.contain('Sản phẩm do người quản lý thêm');
    expect(clerkList.html).not.to.contain('/manage/products/new');
  });

  it('save a product of three items, and say what to do next', async () => {
    const page = await addProduct();

    expect(page.status).to.equal(200);
    expect(page.path).to.match(/^\/manage\/products\/[0-9a-z]+\?done=added$/);
    expect(page.text).to.contain('Đã thêm sản phẩm');
    expect(page.html).to.contain(`/manage/batches/new?product=${idOf(page)}`);
  });

  it('keep what was typed and put each mistake beside its field', async () => {
    const page = await addProduct({
      'name.vi': '',
      gtin: '8930000000010',
      'netContent.value': 'một trăm',
      'netContent.unit': 'g',
      'ocop.stars': '4',
      'ingredients.vi': '100% búp <chè>',
    });

    expect(page.status).to.equal(422);
    const wrong = page.forms.flatMap(({ fields }) => fields).filter(({ invalid }) => invalid);
    expect(wrong.map(({ name }) => name)).to.include.members([
      'name.vi',
      'gtin',
      'netContent.value',
      'ocop.decision',
    ]);
    expect(valueOf(page, 'ingredients.vi')).to.equal('100% búp <chè>');
    expect(valueOf(page, 'netContent.value')).to.equal('một trăm');
    expect(valueOf(page, 'category')).to.equal('1.11');
    expect(page.html).not.to.contain('<chè>');
    const again = await manager.submit(
      page,
      { 'name.vi': 'Chè sửa', gtin: '', 'netContent.value': '0,5', 'ocop.stars': '' },
      '/manage/products/new',
    );
    expect((await api(idOf(again))).netContent).to.deep.equal({ value: 0.5, unit: 'g' });
  });

  it('save every field that the form has, and show it again', async () => {
    const page = await addProduct({
      'name.en': 'Shan tea',
      nationalKeyProduct: 'NKP-06',
      geographicalIndication: 'GI-PHU-QUOC-NUOC-MAM',
      valueChain: 'tea',
      'ocop.stars': '4',
      'ocop.decision': 'QĐ 11/QĐ-UBND',
      'ocop.issuedOn': '2026-01-10',
      'ocop.expiresOn': '2028-12-10',
      gtin: '2009001000024',
      brand: 'Mây Ngủ',
      'description.vi': 'Dòng một\nDòng hai',
      'netContent.value': '1.500',
      'netContent.unit': 'g',
      'ingredients.vi': 'Búp chè',
      'ingredients.en': 'Tea buds',
      'storage.vi': 'Nơi khô',
      'usage.vi': 'Pha',
      'warnings.vi': 'Không dùng khi mốc',
      standards: 'TCVN 9740:2013\n\n  TCVN 1-1  ',
      shelfLifeDays: '730',
    });

    const saved = await api(idOf(page));
    expect(saved).to.deep.include({
      name: { vi: basics['name.vi'], en: 'Shan tea' },
      netContent: { value: 1500, unit: 'g' },
      standards: ['TCVN 9740:2013', 'TCVN 1-1'],
      shelfLifeDays: 730,
      ingredients: { vi: 'Búp chè', en: 'Tea buds' },
      valueChain: 'tea',
    });
    expect(saved.completeness.label).to.deep.include({ met: 8, of: 8 });
    expect(valueOf(page, 'standards')).to.equal('TCVN 9740:2013\nTCVN 1-1');
    expect(valueOf(page, 'ocop.expiresOn')).to.equal('2028-12-10');
    const unchanged = await save(page, {});
    expect(unchanged.text).to.contain('Đã lưu');
    expect((await api(idOf(page))).version).to.equal(1);
  });

  it('take away what a person clears, and keep what was there in the history', async () => {
    const page = await addProduct({ brand: 'Nhãn cũ', 'warnings.vi': 'Để xa lửa', 'ocop.stars': '' });

    const saved = await save(page, { brand: '', 'warnings.vi': '' });

    expect(await api(idOf(page))).not.to.have.any.keys('brand', 'warnings');
    expect(saved.text).to.match(/Sửa lần cuối \d\d:\d\d, \d\d\/\d\d\/\d{4}, Cô manager/);
    expect(saved.html).to.contain('<del>Nhãn cũ</del>');
    expect(saved.html).to.contain('<del>Để xa lửa</del>');
  });

  it('tell the second of two managers who was faster and in what, with what they typed still there', async () => {
    const [first, second] = [await addProduct(), await manager.open('/manage/products')];
    expect(second.status).to.equal(200);
    const stale = await manager.open(`/manage/products/${idOf(first)}`);
    await save(first, { brand: 'Của người nhanh' });

    const refused = await save(stale, { brand: 'Của người chậm' });
    const forced = await save(refused, {});

    expect(refused.status).to.equal(409);
    expect(refused.text).to.contain('Cô manager vừa sửa sản phẩm này').and.to.contain('(Nhãn hiệu)');
    expect(valueOf(refused, 'brand')).to.equal('Của người chậm');
    expect(forced.text).to.contain('Đã lưu');
    expect((await api(idOf(first))).brand).to.equal('Của người chậm');
  });

  it('make one product of a double tap', async () => {
    const form = await manager.open('/manage/products/new');
    const name = 'Bấm hai lần';

    const [one, two] = await Promise.all([
      manager.submit(form, { ...basics, 'name.vi': name }, '/manage/products/new'),
      manager.submit(form, { ...basics, 'name.vi': name }, '/manage/products/new'),
    ]);

    expect(idOf(one)).to.equal(idOf(two));
    expect((await (await app.as('guest')).get('/products?q=bam hai lan')).body.items).to.have.length(1);
  });

  describe('with photos', () => {
    it('add one, put another first, take it off and undo that, without JavaScript', async () => {
      let page = await addProduct();
      const id = idOf(page);
      const add = `/manage/products/${id}/photos`;
      page = await manager.submit(page, { photo: file(await smallJpeg()) }, add);
      page = await manager.submit(page, { photo: file(await cameraJpeg()) }, add);
      const [a, b] = ((await api(id)).photos as { id: string }[]).map((photo) => photo.id);

      const turned = await manager.submit(page, {}, `${add}/${b ?? ''}/first`);
      const order = ((await api(id)).photos as { id: string }[]).map((photo) => photo.id);
      const removed = await manager.submit(turned, {}, `${add}/${b ?? ''}/remove`);
      const left = ((await api(id)).photos as { id: string }[]).map((photo) => photo.id);
      const undone = await manager.submit(removed, {}, `${add}/${b ?? ''}/restore`);
      const back = ((await api(id)).photos as { id: string }[]).map((photo) => photo.id);

      expect([order, left, back]).to.deep.equal([[b, a], [a], [b, a]]);
      expect(removed.text).to.contain('Đã bỏ ảnh');
      expect(undone.text).to.contain('Ảnh đã trở lại chỗ cũ');
    });

    it('say beside the field what is wrong with a file, and with none', async () => {
      const page = await addProduct();
      const add = `/manage/products/${idOf(page)}/photos`;

      const answers = [
        await manager.submit(page, { photo: file(await gif(), 'a.gif') }, add),
        await manager.submit(page, {}, add),
      ];

      for (const answer of answers) {
        expect(answer.status).to.equal(422);
        expect(answer.text).to.contain('Vui lòng chọn ảnh JPEG, PNG hoặc WebP');
      }
    });

    it('offer no ninth photo', async () => {
      let page = await addProduct();
      const add = `/manage/products/${idOf(page)}/photos`;
      const small = await smallJpeg(30, 30);
      for (let count = 0; count < 8; count += 1)
        page = await manager.submit(page, { photo: file(small) }, add);

      expect(page.text).to.contain('Đã đủ 8 ảnh');
      expect(page.forms.map(({ action }) => action)).not.to.include(add);
    });
  });

  it('let a clerk look, say who may change, and offer no way to', async () => {
    const page = await addProduct({ ...{ 'ingredients.vi': 'Búp chè' } });
    const clerk = await app.browse('clerk');

    const seen = await clerk.open(`/manage/products/${idOf(page)}`);

    expect(seen.status).to.equal(200);
    expect(seen.text).to.contain('Chỉ người quản lý').and.to.contain('Búp chè');
    expect(seen.forms.map(({ action }) => action)).to.deep.equal(['/logout']);
  });

  it('lead each missing item to a thing that is on the page it leads to', async () => {
    const page = await addProduct();
    const { completeness } = await api(idOf(page));
    const fixes = Object.values(completeness as Record<string, { missing: { fix: string }[] }>).flatMap(
      ({ missing }) => missing.map(({ fix }) => fix),
    );
    const own = [...new Set(fixes)].filter((fix) => fix.startsWith('/manage/products/'));
    const clerk = await app.browse('clerk');

    expect(own.length).to.be.greaterThan(8);
    for (const fix of own) {
      const [path = '', anchor = ''] = fix.split('#');
      for (const browser of [manager, clerk]) {
        expect((await browser.open(path)).html, fix).to.contain(`id="${anchor}"`);
      }
      expect(page.html).to.contain(`href="${fix}"`);
    }
  });

  it('find by name with or without diacritics, page by page', async () => {
    const keeper = await app.browse('otherManager');
    const api2 = await app.as('otherManager');
    for (let count = 1; count <= 23; count += 1) {
      const fields = {
        name: { vi: `Cà phê ${String(count).padStart(2, '0')}` },
        tier: 'local',
        category: '1.12',
      };
      const made = await api2.post(`/cooperatives/${app.otherCooperativeId}/products`, fields);
      expect(made.status, made.text).to.equal(201);
    }

    const first = await keeper.open('/manage/products');
    const second = await keeper.open('/manage/products?page=2');
    const found = await keeper.submit(
      await keeper.open('/manage/products'),
      { q: 'ca phe 07' },
      '/manage/products',
    );
    const none = await keeper.open('/manage/products?q=gạo');

    expect(first.text)
      .to.contain('1–20 trong 23')
      .and.to.contain('Cà phê 20')
      .and.not.to.contain('Cà phê 21');
    expect(second.text).to.contain('21–23 trong 23').and.to.contain('Cà phê 21');
    expect(found.text).to.contain('Cà phê 07').and.not.to.contain('Cà phê 08');
    expect(none.text).to.contain('Không có sản phẩm nào tên “gạo”');
    expect((await keeper.open('/manage/products?page=x&q=%00')).status).to.equal(200);
  });

  it('speak English to whoever asks for it', async () => {
    const page = await addProduct();

    const english = await manager.open(`/manage/products/${idOf(page)}?lang=en`);

    expect(english.text).to.contain('Ingredients').and.to.contain('items that the law asks');
    await manager.open('/manage/products?lang=vi');
  });

  it('show another cooperative’s product to nobody else', async () => {
    const page = await addProduct();
    const other = await app.browse('otherManager');

    const seen = await other.open(`/manage/products/${idOf(page)}`);

    expect(seen.status).to.equal(404);
    expect(seen.text).not.to.contain(teaProduct.name.vi);
  });
});
