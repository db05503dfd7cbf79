import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { testApp, type TestApp } from '../kit/app.ts';
import { accessibilityFaults } from '../kit/axe.ts';
import { describeInBrowser } from '../kit/chromium.ts';
import { registrationForm } from '../kit/tenants.ts';
import { visit, type Visit } from '../kit/visit.ts';

type Form = Readonly<Record<string, string>>;

const TABS_MAX = 60;
const SEND = 'main form[method="post"] button.main';

/** Fills a page's form as a person does, field by field, whatever kind each is. */
async function fill(page: Page, form: Form): Promise<void> {
  for (const [name, value] of Object.entries(form)) {
    const field = page.locator(`main [name="${name}"]`).first();
    const kind = (await field.getAttribute('type')) ?? '';
    const folded = page.locator(`main details:not([open]):has([name="${name}"]) > summary`);
    if ((await folded.count()) > 0) await folded.first().click();
    if (kind === 'radio')
      await page.locator(`main [name="${name}"][value="${value}"]`).check({ force: true });
    else if ((await field.locator('option').count()) > 0) await field.selectOption(value);
    else await field.fill(value);
  }
}

async function send(page: Page): Promise<void> {
  await Promise.all([page.waitForEvent('load'), page.locator(SEND).first().click()]);
}

/** Presses Tab until what `selector` names has the focus, as somebody without a mouse does. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let count = 0; count < TABS_MAX; count += 1) {
    if ((await page.locator(`${selector}:focus`).count()) > 0) return;
    await page.keyboard.press('Tab');
  }
  throw new RangeError(`${TABS_MAX} tabs do not reach ${selector} on ${page.url()}`);
}

for (const javaScript of [true, false]) {
  describeInBrowser(
    `the main job by hand at 360 px, ${javaScript ? 'with' : 'without'} JavaScript`,
    (browser) => {
      let app: TestApp;
      let visited: Visit;
      let page: Page;
      const registration = registrationForm('08', 'Tay');
      const found: string[] = [];

      before(async () => {
        // Over plain http a browser keeps no cookie that is for https alone.
        app = await testApp({ settings: { PUBLIC_URL: 'http://nguon.example' } });
        visited = await visit(browser(), `${app.url}/register?lang=vi`, { javaScript });
        page = visited.page;
        page.setDefaultTimeout(8_000);
      });
      after(async () => {
        await visited.close();
        await app.stop();
      });
      afterEach(async () => {
        const accessible = javaScript ? await accessibilityFaults(page) : [];
        found.push(...accessible.map((fault) => `${new URL(page.url()).pathname}: ${fault}`));
      });

      const at = () => new URL(page.url()).pathname;
      const open = (path: string) => page.goto(app.url + path, { waitUntil: 'load' });

      it('registers a cooperative', async () => {
        await fill(page, registration);
        await send(page);

        expect(at()).to.equal('/register');
        expect(await page.locator('main').innerText()).to.contain('Liên minh Hợp tác xã');
      });

      it('signs in once an officer approved it', async () => {
        const officer = await app.as('officer');
        const administrator = { userId: 'x', name: '', email: '', administrator: true, memberships: [] };
        const { items } = await app.app.features.organizations.service.pending(administrator, { limit: 1 });
        const approved = await officer.post(`/cooperatives/${items[0]?.id}/approval`, {
          decision: 'approve',
        });
        expect(approved.status, approved.text).to.equal(200);

        await open('/login');
        await fill(page, {
          login: registration['manager.email'] ?? '',
          password: registration['manager.password'] ?? '',
        });
        await send(page);

        expect(at()).to.equal('/manage');
      });

      it('adds a product', async () => {
        await open('/manage/products/new');
        await fill(page, { 'name.vi': 'Chè làm tay', tier: 'local', category: '1.11' });
        await fill(page, { 'netContent.value': '100', 'netContent.unit': 'g' });
        await send(page);

        expect(at()).to.match(/^\/manage\/products\/[0-9a-z]{20}$/);
        expect(await page.locator('main').innerText()).to.contain('Chè làm tay');
      });

      it('makes a batch of it', async () => {
        await open(`/manage/batches/new?product=${at().split('/').at(-1)}`);
        await fill(page, { lotNumber: 'TAY-01', 'quantity.value': '10', 'quantity.unit': 'kg' });
        await send(page);

        expect(at()).to.match(/^\/manage\/batches\/[0-9a-z]{20}$/);
        expect(await page.locator('main').innerText()).to.contain('TAY-01');
      });

      it('records a step by the keyboard alone', async () => {
        const batchPath = at();
        await tabTo(page, `main a[href^="${batchPath}/record"]`);
        await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
        if ((await page.locator('main [name="place.name"]').count()) === 0) {
          await tabTo(page, 'main a[href*="step="]');
          await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
        }
        await tabTo(page, 'main [name="place.name"]');
        await page.keyboard.type('Đồi chè Pả Ngán');
        await tabTo(page, SEND);
        await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);

        expect(at()).to.equal(batchPath);
        expect(await page.locator('main').innerText())
          .to.contain('Đã ghi')
          .and.contain('Đồi chè Pả Ngán');
      });

      it('prints labels, and opens the page that they lead to', async () => {
        const id = at().split('/').at(-1) ?? '';
        const code = (await app.app.features.batches.contract.byId(id))?.code ?? '';
        await open(`/manage/batches/${id}/labels`);
        await fill(page, { count: '12' });
        await send(page);
        const run = at();
        const pdf = await page.locator('main a[href$="labels.pdf"]').first().getAttribute('href');
        const file = await page.request.get(new URL(new URL(pdf ?? '/', app.url).pathname, app.url).href);
        await open(`/${code.toLowerCase()}`);

        expect(run).to.match(/^\/manage\/print-runs\/[0-9a-z]{20}$/);
        expect(file.headers()['content-type']).to.match(/^application\/pdf/);
        const told = await page.locator('main').innerText();
        for (const word of ['Chè làm tay', registration['cooperative.name'] ?? '', 'Tuyên Quang', 'TAY-01']) {
          expect(told).to.contain(word);
        }
      });

      it('met no fault on the way: no other host, no refusal by the policy, no error, nothing inaccessible', async () => {
        expect([...(await visited.faults()), ...found].join('\n')).to.equal('');
      });
    },
  );
}
