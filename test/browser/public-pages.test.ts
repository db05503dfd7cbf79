import { expect } from 'chai';
import { testApp, type TestApp } from '../kit/app.ts';
import { accessibilityFaults } from '../kit/axe.ts';
import { describeInBrowser } from '../kit/chromium.ts';
import { harvest, teaBatch, teaProduct } from '../kit/samples.ts';
import { visit } from '../kit/visit.ts';

/** Each page with everything on it that can be on it. */
const PAGES = [
  '/',
  '/verify',
  '/login',
  '/register',
  '/provinces',
  '/provinces/tuyen-quang?from=ha-giang',
  '/provinces/hue',
  '/cooperatives',
  '/cooperatives/hop-tac-xa-che-may-ngu',
  '/products',
  '/products?q=khong-co',
  '/products/che-xanh-shan-tuyet-co-thu',
  '/recalls',
  '/problems',
  '/problems/invalid',
  '/nothing',
];

describeInBrowser('public pages in a browser', (browser) => {
  let app: TestApp;
  let tracePath: string;
  const address = (path: string, language = 'vi') =>
    `${app.url}${path}${path.includes('?') ? '&' : '?'}lang=${language}`;

  before(async () => {
    app = await testApp({ settings: { PUBLIC_URL: 'http://localhost:3000' } });
    const manager = await app.as('manager');
    const { body: product } = await manager.post(`/cooperatives/${app.cooperativeId}/products`, teaProduct);
    const { body: batch } = await manager.post(`/products/${product.id}/batches`, teaBatch);
    await manager.post(`/batches/${batch.id}/events`, harvest);
    await manager.post(`/cooperatives/${app.cooperativeId}/certificates`, {
      standard: 'VietGAP',
      number: 'VG-1',
      issuer: 'Trung tâm chứng nhận',
      issuedOn: '2020-01-01',
      expiresOn: '2021-01-01',
    });
    for (let number = 1; number <= 26; number += 1) {
      await manager.post(`/cooperatives/${app.cooperativeId}/products`, {
        name: { vi: `Mật ong rừng tràm nguyên chất vụ xuân số ${number}` },
        tier: 'local',
        category: '1.4',
      });
    }
    tracePath = `/${batch.code}`;
  });
  after(async () => app.stop());

  for (const path of PAGES) {
    it(`${path} has no fault that axe, the policy or 320 px shows, in light and in dark`, async () => {
      const light = await visit(browser(), address(path));
      const dark = await visit(browser(), address(path, 'en'), { colorScheme: 'dark', width: 1280 });

      const faults: string[] = [
        ...(await accessibilityFaults(light.page)),
        ...(await accessibilityFaults(dark.page)),
      ];
      // 320 px is also what a desk of 1280 px has at 400 %.
      await light.page.setViewportSize({ width: 320, height: 480 });
      await dark.page.setViewportSize({ width: 640, height: 480 });
      faults.push(...(await light.faults()), ...(await dark.faults()));

      await Promise.all([light.close(), dark.close()]);
      expect(faults).to.deep.equal([]);
      expect(light.status).to.equal(path === '/nothing' ? 404 : 200);
    });
  }

  it('the answers about a list fit 320 px, whatever was typed', async () => {
    const visited = await visit(browser(), address('/verify'));
    const code = tracePath.slice(1);
    await visited.page.fill('[name=codes]', `${code}\n${'x'.repeat(300)}\n${code}`);
    await Promise.all([visited.page.waitForEvent('load'), visited.page.click('form.single button')]);

    const read = await accessibilityFaults(visited.page);
    await visited.page.setViewportSize({ width: 320, height: 480 });
    const faults = [...read, ...(await visited.faults())];
    const text = await visited.page.innerText('main');

    await visited.close();
    expect(faults).to.deep.equal([]);
    expect(text).to.contain('2 trong 3 tem không có gì lạ');
  });

  it('the trace page has no fault that axe, the policy or a phone shows', async () => {
    const visited = await visit(browser(), address(tracePath));

    const faults = [...(await visited.faults()), ...(await accessibilityFaults(visited.page))];

    await visited.close();
    expect(faults).to.deep.equal([]);
  });

  it('loads only the two subsets of the typeface that Vietnamese needs, in the weights on the page', async () => {
    const visited = await visit(browser(), 'about:blank');
    const fonts: string[] = [];
    visited.page.on('request', (request) => {
      if (request.resourceType() === 'font')
        fonts.push(new URL(request.url()).pathname.split('/').at(-1) ?? '');
    });

    await visited.page.goto(address('/'), { waitUntil: 'networkidle' });

    await visited.close();
    expect(fonts.sort()).to.deep.equal([
      'be-vietnam-pro-latin-400-normal.woff2',
      'be-vietnam-pro-latin-600-normal.woff2',
      'be-vietnam-pro-vietnamese-400-normal.woff2',
      'be-vietnam-pro-vietnamese-600-normal.woff2',
    ]);
  });

  it('moves hardly a line when the typeface arrives late', async () => {
    const visited = await visit(browser(), 'about:blank');
    await visited.page.route('**/*.woff2', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 400));
      await route.continue();
    });

    await visited.page.goto(address(tracePath), { waitUntil: 'networkidle' });
    const shift = await visited.page.evaluate<number>(
      `new Promise((resolve) => {
         let sum = 0;
         new PerformanceObserver((list) => { for (const entry of list.getEntries()) sum += entry.value; })
           .observe({ type: 'layout-shift', buffered: true });
         setTimeout(() => resolve(sum), 300);
       })`,
    );

    await visited.close();
    expect(shift).to.be.below(0.1);
  });

  it('lets the keyboard alone skip to the content, type a code and look it up', async () => {
    const { page, close } = await visit(browser(), address('/'));

    await page.keyboard.press('Tab');
    const first = await page.evaluate<string>('document.activeElement.className');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    const second = await page.evaluate<string>('document.activeElement.name');
    await page.keyboard.type(tracePath.slice(1).toLowerCase());
    await Promise.all([page.waitForURL(`**${tracePath}*`), page.keyboard.press('Enter')]);
    const heading = await page.locator('h1').first().textContent();

    await close();
    expect([first, second]).to.deep.equal(['skip', 'code']);
    expect(heading).to.equal('Mã do hệ thống cấp');
  });

  it('shows where the keyboard is, on every thing that can be reached', async () => {
    const { page, close } = await visit(browser(), address('/products'), { width: 1280, height: 800 });
    const unseen: string[] = [];

    for (let step = 0; step < 40; step += 1) {
      await page.keyboard.press('Tab');
      const seen = await page.evaluate<{ name: string; outline: string; width: number } | null>(
        `(() => {
           const it = document.activeElement;
           if (it === null || it === document.body) return null;
           const style = getComputedStyle(it);
           const width = parseFloat(style.outlineWidth);
          return { name: it.outerHTML.slice(0, 60), outline: style.outlineStyle, width };
         })()`,
      );
      if (seen === null) break;
      if (seen.outline === 'none' || seen.width < 2) unseen.push(seen.name);
    }

    await close();
    expect(unseen).to.deep.equal([]);
  });

  it('finds products by words and by province without JavaScript', async () => {
    const { page, close } = await visit(browser(), address('/products'), { javaScript: false });

    await page.getByLabel('Tìm sản phẩm').fill('che shan');
    await page.getByLabel('Tỉnh, thành phố').selectOption('08');
    await page.getByRole('button', { name: 'Tìm', exact: true }).click();
    const summary = await page.locator('#found').textContent();
    await page.getByRole('link', { name: 'Chè xanh Shan tuyết cổ thụ' }).click();
    const heading = await page.locator('h1').textContent();

    await close();
    expect(summary).to.equal('1 sản phẩm');
    expect(heading).to.equal('Chè xanh Shan tuyết cổ thụ');
  });

  it('turns the pages of a list without JavaScript', async () => {
    const { page, close } = await visit(browser(), address('/products'), { javaScript: false });

    await page.getByRole('link', { name: 'Tiếp' }).click();
    const position = await page.getByRole('navigation', { name: 'Các trang' }).locator('span').textContent();

    await close();
    expect(position).to.equal('25–27 trong 27');
  });

  it('gives everything to press on a phone room for a finger', async () => {
    const { page, close } = await visit(browser(), address('/products'));

    const small = await page.evaluate<readonly string[]>(
      `[...document.querySelectorAll('main button, main input:not([type=hidden]), main select, .pages a, .foot li a')]
         .filter((it) => it.getBoundingClientRect().height < 44).map((it) => it.outerHTML.slice(0, 80))`,
    );

    await close();
    expect(small).to.deep.equal([]);
  });
});
