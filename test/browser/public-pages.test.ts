import { expect } from 'chai';
import { testApp, type TestApp } from '../kit/app.ts';
import { accessibilityFaults } from '../kit/axe.ts';
import { describeInBrowser } from '../kit/chromium.ts';
import { visit } from '../kit/visit.ts';

describeInBrowser('public pages in a browser', (browser) => {
  let app: TestApp;
  before(async () => {
    app = await testApp();
  });
  after(async () => app.stop());

  for (const path of ['/verify', '/login']) {
    it(`${path} has no fault that axe, the policy or a narrow screen shows`, async () => {
      const visited = await visit(browser(), `${app.url}${path}?lang=vi`);

      const faults = [...(await visited.faults()), ...(await accessibilityFaults(visited.page))];

      await visited.close();
      expect(visited.status).to.equal(200);
      expect(faults).to.deep.equal([]);
    });
  }
});
