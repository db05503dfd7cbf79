import { expect } from 'chai';
import { testApp, type TestApp } from '../kit/app.ts';
import { describeInBrowser } from '../kit/chromium.ts';
import { tenantOf } from '../kit/tenants.ts';
import { faultsOfPages } from '../kit/page-faults.ts';
import { visit } from '../kit/visit.ts';

describeInBrowser('the first screens outside a cooperative, in a browser', (browser) => {
  let app: TestApp;

  before(async () => {
    app = await testApp({ settings: { PUBLIC_URL: 'http://localhost:3000' } });
    await (await tenantOf(app, 'first')).newRegistration();
  });
  after(async () => app.stop());

  for (const person of ['officer', 'administrator', 'staff'] as const) {
    it(`show the ${person} no fault that axe, the policy or 320 px finds`, async function () {
      this.timeout(60_000);
      const session = (await app.browse(person)).cookie('nguon_session') ?? '';
      const open = (path: string, options = {}) =>
        visit(browser(), `${app.url}${path}`, { session, ...options });

      const found = await faultsOfPages(open, ['/manage']);

      expect(found).to.deep.equal([]);
    });
  }
});
