import { expect } from 'chai';
import { testApp, type TestApp } from '../kit/app.ts';
import { accessibilityFaults } from '../kit/axe.ts';
import { describeInBrowser } from '../kit/chromium.ts';
import { tenantOf } from '../kit/tenants.ts';
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

      const light = await visit(browser(), `${app.url}/manage`, { session });
      const dark = await visit(browser(), `${app.url}/manage?lang=en`, {
        session,
        colorScheme: 'dark',
        width: 1280,
      });
      const found = [...(await accessibilityFaults(light.page)), ...(await accessibilityFaults(dark.page))];
      await light.page.setViewportSize({ width: 320, height: 480 });
      found.push(...(await light.faults()), ...(await dark.faults()));
      await Promise.all([light.close(), dark.close()]);

      expect(found).to.deep.equal([]);
    });
  }
});
