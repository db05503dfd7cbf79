import { expect } from 'chai';
import { testApp, type TestApp } from '../../kit/app.ts';
import { sendRaw } from '../../kit/raw-http.ts';
import { harvest, teaBatch, teaProduct } from '../../kit/samples.ts';

const HTML = { accept: 'text/html' } as const;

describe('public pages', () => {
  let app: TestApp;
  let batch: { readonly code: string };
  let product: { readonly id: string; readonly slug: string };

  const get = async (path: string, headers: Readonly<Record<string, string>> = HTML) =>
    (await app.as('guest')).send('GET', path, { headers: { ...headers } });

  /** The addresses that a page links to and that match. */
  const links = (html: string, pattern: RegExp): readonly string[] =>
    [...html.matchAll(/href="([^"]*)"/g)]
      .map(([, href = '']) => href.replaceAll('&amp;', '&'))
      .filter((href) => pattern.test(href));

  before(async () => {
    app = await testApp();
    const manager = await app.as('manager');
    const made = await manager.post(`/cooperatives/${app.cooperativeId}/products`, teaProduct);
    expect(made.status, made.text).to.equal(201);
    product = made.body;
    const lot = await manager.post(`/products/${product.id}/batches`, teaBatch);
    expect(lot.status, lot.text).to.equal(201);
    batch = lot.body;
    await manager.post(`/batches/${lot.body.id}/events`, harvest);
    await manager.post(`/cooperatives/${app.cooperativeId}/certificates`, {
      standard: 'VietGAP',
      number: 'VG-1',
      issuer: 'Trung tâm chứng nhận',
      issuedOn: '2020-01-01',
      expiresOn: '2021-01-01',
    });
  });
  after(async () => app.stop());

  for (const path of [
    '/',
    '/provinces',
    '/provinces/tuyen-quang',
    '/cooperatives',
    '/products',
    '/recalls',
    '/problems',
    '/problems/invalid',
  ]) {
    for (const [language, word] of [
      ['vi', 'Tỉnh, thành phố'],
      ['en', 'Provinces'],
    ] as const) {
      it(`${path} speaks ${language}, and names itself in both languages with whole addresses`, async () => {
        const answer = await get(`${path}?lang=${language}`);

        expect(answer.status).to.equal(200);
        expect(answer.text).to.contain(`<html lang="${language}">`).and.contain(word);
        expect(answer.text).to.contain(`hreflang="vi" href="https://nguon.example${path}?lang=vi"`);
        expect(answer.text).to.contain(`hreflang="en" href="https://nguon.example${path}?lang=en"`);
      });
    }
  }

  it('keeps a page for guests in shared caches and one for somebody who signed in nowhere', async () => {
    const manager = await app.as('manager');

    const guest = await get('/products');
    const own = await manager.send('GET', '/products', { headers: HTML });

    expect(guest.headers.get('cache-control')).to.equal('public, max-age=30');
    expect(guest.headers.get('vary')).to.contain('Cookie').and.contain('Accept-Language');
    expect(guest.headers.get('set-cookie')).to.equal(null);
    expect(own.headers.get('cache-control')).to.equal('private, no-store');
  });

  it('lets nobody keep a page for longer than two seconds where a recall may stand on it', async () => {
    const pages = await Promise.all(
      [`/products/${product.slug}`, '/cooperatives/hop-tac-xa-che-may-ngu', '/recalls'].map((path) => get(path)),
    );

    expect(pages.map(({ headers }) => headers.get('cache-control'))).to.deep.equal(
      Array.from({ length: 3 }, () => 'public, max-age=2'),
    );
  });

  it('answers 304 to a reader who has the page already', async () => {
    const first = await get('/provinces');
    const tag = first.headers.get('etag') ?? '';

    // By hand, since fetch would ask for a fresh copy.
    const again = await sendRaw(app.url, [
      `GET /provinces HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\nIf-None-Match: ${tag}\r\n` +
        'Connection: close\r\n\r\n',
    ]);

    expect(again).to.match(/^HTTP\/1\.1 304 /);
  });

  it('counts what there is on the first page, and shows the new product', async () => {
    const home = await get('/?lang=en');

    expect(home.text).to.match(/<b>2<\/b><span>cooperatives<\/span>/);
    expect(home.text).to.match(/<b>1<\/b><span>product<\/span>/);
    expect(home.text).to.contain(`href="/products/${product.slug}"`);
    expect(home.text).to.contain('Hoàng Sa').and.contain('Trường Sa');
    expect(home.text).not.to.contain('class="sample"');
    expect(home.text).not.to.contain('Demonstration data');
  });

  it('shows each province once on the list and on its map', async () => {
    const page = await get('/provinces');
    const addresses = links(page.text, /^\/provinces\/[a-z-]+$/);

    expect(new Set(addresses).size).to.equal(34);
    expect(addresses).to.have.length(68);
  });

  it('leads from a former province to today’s and says where it went', async () => {
    const old = await get('/provinces/ha-giang?lang=vi');
    const page = await get(old.headers.get('location') ?? '');

    expect(old.status).to.equal(308);
    expect(old.headers.get('location')).to.equal('/provinces/tuyen-quang?from=ha-giang&lang=vi');
    expect(page.text).to.contain('Hà Giang nay thuộc Tuyên Quang.');
  });

  it('says nothing about a province that was never part of it, whatever the address claims', async () => {
    const page = await get('/provinces/tuyen-quang?lang=vi&from=ca-mau');

    expect(page.text).not.to.contain('nay thuộc');
  });

  it('tells a province without cooperatives how to begin', async () => {
    const page = await get('/provinces/hue?lang=vi');

    expect(page.text).to.contain('Chưa có hợp tác xã nào ở đây');
    expect(links(page.text, /^\/register/)).not.to.deep.equal([]);
  });

  it('shows a product with its rank, decision, maker, lapsed certificate and public batch', async () => {
    const page = await get(`/products/${product.slug}?lang=vi`);

    expect(page.text).to.contain('Chè xanh Shan tuyết cổ thụ').and.contain('QĐ 11/QĐ-UBND');
    expect(page.text).to.contain('href="/cooperatives/hop-tac-xa-che-may-ngu"');
    expect(page.text).to.match(/VietGAP[\s\S]*class="state lapsed"/);
    expect(page.text).to.contain(`href="/${batch.code}"`).and.contain('1 việc đã ghi');
    expect(page.text).not.to.contain(product.id);
  });

  it('leads from an id to the address with the name', async () => {
    const answer = await get(`/products/${product.id}?lang=en`);

    expect(answer.status).to.equal(308);
    expect(answer.headers.get('location')).to.equal(`/products/${product.slug}?lang=en`);
  });

  it('shows a cooperative with its products, where it is and how to reach it', async () => {
    const page = await get('/cooperatives/hop-tac-xa-che-may-ngu?lang=vi');

    expect(page.text).to.contain('Hợp tác xã Chè Mây Ngủ').and.contain('0100109106');
    expect(links(page.text, /^\/products\/[a-z-]+$/)).to.include(`/products/${product.slug}`);
    expect(links(page.text, /^\/provinces\/tuyen-quang/)).not.to.deep.equal([]);
  });

  it('shows a cooperative that waits for its approval to nobody', async () => {
    const registered = await (await app.as('guest')).post('/registrations', {
      cooperative: {
        name: 'Hợp tác xã Chờ Duyệt',
        kind: 'cooperative',
        provinceCode: '08',
        address: 'Xã Lũng Phìn',
      },
      manager: { name: 'Cô Chờ', email: 'cho@example.org', password: 'mật khẩu đủ dài' },
    });

    const [page, list, products] = [
      await get('/cooperatives/hop-tac-xa-cho-duyet'),
      await get('/cooperatives?q=cho+duyet'),
      await get(`/products?cooperative=${registered.body.id}`),
    ];

    expect(registered.status, registered.text).to.equal(201);
    expect(page.status).to.equal(404);
    expect(list.text).not.to.contain('Chờ Duyệt');
    expect(products.text).not.to.contain('Chờ Duyệt');
  });

  for (const q of ['chè xanh', 'CHE XANH', 'che xanh shan tuyet', 'xanh chè', 'mây ngủ', 'tuyên quang']) {
    it(`finds the tea by “${q}”`, async () => {
      const page = await get(`/products?lang=vi&q=${encodeURIComponent(q)}`);

      expect(page.text).to.contain(`href="/products/${product.slug}"`);
      expect(page.text).to.contain('1 sản phẩm').and.contain('<meta name="robots" content="noindex">');
    });
  }

  it('finds a cooperative by the name that its province had before', async () => {
    const page = await get('/cooperatives?lang=vi&q=ha+giang');

    expect(page.text).to.contain('Hợp tác xã Chè Mây Ngủ').and.contain('1 hợp tác xã');
  });

  for (const query of ['province=08', 'province=tuyen-quang', 'province=ha-giang', 'tier=regional']) {
    it(`narrows products by ${query}`, async () => {
      const page = await get(`/products?${query}`);

      expect(page.text).to.contain(`href="/products/${product.slug}"`);
    });
  }

  for (const query of ['province=68', 'tier=national', 'q=khong+co+gi']) {
    it(`finds nothing by ${query}, and offers the way back`, async () => {
      const page = await get(`/products?lang=vi&${query}`);

      expect(page.text).to.contain('Không tìm thấy sản phẩm nào');
      expect(links(page.text, /^\/products$/)).not.to.deep.equal([]);
    });
  }

  const long = `q=${'x'.repeat(500)}`;
  for (const query of ['page=x', 'page=-1', 'page=1e9', 'tier=gold', 'q=a&q=b', 'province=%00', long]) {
    it(`reads past what is wrong in ?${query.slice(0, 20)}`, async () => {
      const page = await get(`/products?${query}`);

      expect(page.status).to.equal(200);
    });
  }

  it('walks every product once, forwards, and back to where it began', async () => {
    const manager = await app.as('otherManager');
    const names = Array.from({ length: 53 }, (_, index) => `Cà phê mẻ ${String(index).padStart(2, '0')}`);
    for (const vi of names) {
      await manager.post(`/cooperatives/${app.otherCooperativeId}/products`, {
        name: { vi },
        tier: 'local',
        category: '1.13',
      });
    }
    const seen: string[] = [];
    let [address, before, count] = [`/products?cooperative=${app.otherCooperativeId}`, '', 0];

    for (let next: string | undefined = address; next !== undefined && count < 10; count += 1) {
      const page = await get(next);
      const main = page.text.split('<main')[1] ?? '';
      seen.push(...links(main, /^\/products\/ca-phe/));
      [before, address] = [address, next];
      next = /rel="next" href="([^"]*)"/.exec(page.text)?.[1]?.replaceAll('&amp;', '&');
    }
    const last = await get(address);

    expect(seen).to.have.length(53);
    expect(new Set(seen).size).to.equal(53);
    expect(count).to.equal(3);
    expect(last.text).to.contain('49–53');
    expect(/rel="prev" href="([^"]*)"/.exec(last.text)?.[1]?.replaceAll('&amp;', '&')).to.equal(before);
  });

  it('leads from a page that is not there to the first', async () => {
    const answer = await get('/products?page=900&q=che');

    expect(answer.status).to.equal(303);
    expect(answer.headers.get('location')).to.equal('/products?q=che');
  });

  it('shows what a visitor typed as text', async () => {
    const page = await get(`/products?q=${encodeURIComponent('"><script>alert(1)</script>')}`);

    expect(page.text).not.to.contain('<script>alert');
  });

  it('says on every page of a demonstration cooperative that it is one, and keeps it out of search engines', async () => {
    const organizations = app.app.features.organizations.contract;
    await organizations.insert({
      id: 'coopdemo',
      kind: 'cooperative',
      name: 'Hợp tác xã Minh Họa',
      provinceCode: '96',
      address: 'Cà Mau',
      status: 'active',
      demo: true,
      cooperativeKind: 'cooperative',
    });

    const pages = await Promise.all(
      ['/cooperatives/hop-tac-xa-minh-hoa', '/provinces/ca-mau', '/cooperatives?q=minh+hoa'].map((path) =>
        get(`${path}${path.includes('?') ? '&' : '?'}lang=vi`),
      ),
    );
    const real = await get('/cooperatives/hop-tac-xa-che-may-ngu?lang=vi');

    for (const { text } of pages) {
      expect(text).to.contain('Dữ liệu minh họa').and.contain('content="noindex"');
    }
    expect(real.text).not.to.contain('Dữ liệu minh họa');
    expect(real.text).to.contain('rel="canonical" href="https://nguon.example/cooperatives/hop-tac-xa-che-may-ngu');
  });

  it('gives people a page with the box for a code where there is nothing, and programs a problem', async () => {
    const page = await get('/nothing/here?lang=vi');
    const program = await get('/nothing/here', { accept: 'application/json' });
    const api = await get('/api/v1/nothing', HTML);

    expect(page.status).to.equal(404);
    expect(page.text).to.contain('Không có trang này').and.contain('name="code"');
    expect(links(page.text.split('<main')[1] ?? '', /^\/(products|provinces)$/)).to.have.length(2);
    expect(program.status).to.equal(404);
    expect(program.body.type).to.equal('https://nguon.example/problems/not-found');
    expect(api.headers.get('content-type')).to.contain('application/problem+json');
  });

  it('explains every problem at the address of its type, to people and to programs', async () => {
    const list = await get('/problems', { accept: 'application/json' });

    for (const { type, code } of list.body.items) {
      const path = new URL(type).pathname;
      const [page, program] = [await get(path), await get(path, { accept: 'application/json' })];
      expect(page.status, path).to.equal(200);
      expect(program.body.code).to.equal(code);
      expect(program.body.meaning.vi).not.to.equal(program.body.meaning.en);
    }
    expect((await get('/problems/constructor')).status).to.equal(404);
  });

  for (const path of ['/favicon.ico', '/assets/manifest.webmanifest', '/assets/icon-192.png', '/robots.txt']) {
    it(`has ${path}`, async () => {
      const answer = await get(path);

      expect(answer.status).to.equal(200);
    });
  }
});
