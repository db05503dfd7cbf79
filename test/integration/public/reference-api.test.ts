import { expect } from 'chai';
import { testApp, type TestApp } from '../../kit/app.ts';
import type { Client } from '../../kit/client.ts';

describe('the API of places and code lists', () => {
  let app: TestApp;
  let guest: Client;
  before(async () => {
    app = await testApp();
    guest = await app.as('guest');
  });
  after(async () => app.stop());

  /** Every item of a list, a few at a time, as a client that follows `next` gets them. */
  async function walk(path: string, limit: number): Promise<readonly { readonly code: string }[]> {
    const items: { code: string }[] = [];
    for (let next: string | null = ''; next !== null; ) {
      const answer = await guest.get(`${path}?limit=${limit}&cursor=${next}`);
      expect(answer.status, answer.text).to.equal(200);
      items.push(...answer.body.items);
      next = answer.body.next;
    }
    return items;
  }

  it('gives the 34 provinces with what each was made of', async () => {
    const answer = await guest.get('/provinces');
    const tuyenQuang = answer.body.items.find((one: { code: string }) => one.code === '08');

    expect(answer.body.items).to.have.length(34);
    expect(answer.body.next).to.equal(null);
    expect(tuyenQuang).to.include({ name: 'Tuyên Quang', slug: 'tuyen-quang', type: 'tỉnh' });
    expect(tuyenQuang.formerProvinces).to.deep.include({ code: '02', name: 'Hà Giang', slug: 'ha-giang' });
  });

  it('gives 63 former provinces, each in one province of today', async () => {
    const answer = await guest.get('/provinces');
    const former = answer.body.items.flatMap((one: { formerProvinces: { code: string }[] }) =>
      one.formerProvinces.map(({ code }) => code),
    );

    expect(new Set(former).size).to.equal(63);
    expect(former).to.have.length(63);
  });

  for (const key of ['08', 'tuyen-quang']) {
    it(`finds a province by ${key}`, async () => {
      const answer = await guest.get(`/provinces/${key}`);

      expect(answer.body).to.include({ code: '08', nameEn: 'Tuyen Quang', former: null });
    });
  }

  for (const key of ['02', 'ha-giang']) {
    it(`leads from the former province ${key} to today’s and says so`, async () => {
      const answer = await guest.get(`/provinces/${key}`);

      expect(answer.body.code).to.equal('08');
      expect(answer.body.former).to.deep.equal({ code: '02', name: 'Hà Giang' });
    });
  }

  it('never gives a code of today that stood for another place before', async () => {
    const answer = await guest.get('/provinces');
    const home = new Map<string, string>();
    for (const { code, formerProvinces } of answer.body.items) {
      for (const former of formerProvinces) home.set(former.code, code);
    }

    const moved = answer.body.items
      .map(({ code }: { code: string }) => code)
      .filter((code: string) => home.has(code) && home.get(code) !== code);

    expect(moved).to.deep.equal([]);
  });

  it('walks the communes of a province, each once', async () => {
    const communes = await walk('/provinces/01/communes', 17);
    const codes = communes.map(({ code }) => code);

    expect(codes).to.have.length(126);
    expect(new Set(codes).size).to.equal(126);
  });

  it('has a list for every code that a product, a batch or an event takes', async () => {
    const index = await guest.get('/code-lists');
    const names = index.body.items.map((one: { name: string }) => one.name);

    expect(names).to.include.members(['categories', 'national-key-products', 'tiers', 'units', 'steps']);
    for (const { name, count } of index.body.items) {
      const items = await walk(`/code-lists/${name}`, 20);
      expect(items, name).to.have.length(count);
    }
  });

  it('can fill in a product from the lists alone', async () => {
    const manager = await app.as('manager');
    const code = async (list: string) => (await guest.get(`/code-lists/${list}`)).body.items[0].code as string;

    const answer = await manager.post(`/cooperatives/${app.cooperativeId}/products`, {
      name: { vi: 'Chè từ danh mục' },
      tier: await code('tiers'),
      category: await code('categories'),
      nationalKeyProduct: await code('national-key-products'),
      geographicalIndication: await code('geographical-indications'),
      valueChain: await code('value-chains'),
      netContent: { value: 1, unit: await code('units') },
    });

    expect(answer.status, answer.text).to.equal(201);
  });

  for (const path of [
    '/provinces/00',
    '/provinces/constructor',
    '/provinces/00/communes',
    '/code-lists/__proto__',
    '/code-lists/none',
  ]) {
    it(`has nothing at ${path}`, async () => {
      const answer = await guest.get(path);

      expect(answer.status).to.equal(404);
      expect(answer.headers.get('content-type')).to.contain('application/problem+json');
    });
  }

  it('points at a cursor that no list gave', async () => {
    const cursor = Buffer.from('["99"]').toString('base64url');

    const answer = await guest.get(`/provinces?cursor=${cursor}`);

    expect(answer.status).to.equal(422);
    expect(answer.body.errors[0].pointer).to.equal('?cursor');
  });
});
