import { expect } from 'chai';
import { testApp, type TestApp } from '../kit/app.ts';
import { accessibilityFaults } from '../kit/axe.ts';
import { describeInBrowser } from '../kit/chromium.ts';
import { tenantOf } from '../kit/tenants.ts';
import { visit } from '../kit/visit.ts';

const PAGES = [
  ['manager', '/manage/certificates'],
  ['manager', '/manage/certificates/new'],
  ['manager', '/manage/cooperative'],
  ['manager', '/manage/members'],
  ['manager', '/manage/more'],
  ['officer', '/manage/approvals'],
  ['officer', '/manage/organizations'],
  ['officer', '/manage/approvals/{registration}'],
  ['officer', '/manage/organizations/{cooperative}'],
  ['administrator', '/manage/organizations/new?kind=union'],
] as const;

describeInBrowser('the pages of an office, in a browser', (browser) => {
  let app: TestApp;
  let registration: string;

  before(async () => {
    app = await testApp({ settings: { PUBLIC_URL: 'http://localhost:3000' } });
    registration = await (await tenantOf(app, 'first')).newRegistration();
  });
  after(async () => app.stop());

  for (const [person, path] of PAGES) {
    it(`${path} has no fault that axe, the policy or 320 px finds`, async function () {
      this.timeout(60_000);
      const session = (await app.browse(person)).cookie('nguon_session') ?? '';

      const place = path.replace('{registration}', registration).replace('{cooperative}', app.cooperativeId);
      const seen = await visit(browser(), `${app.url}${place}`, { session });
      expect(await seen.page.locator('h1').count(), place).to.equal(1);
      const found = [...(await accessibilityFaults(seen.page))];
      await seen.page.setViewportSize({ width: 320, height: 480 });
      found.push(...(await seen.faults()));
      await seen.close();

      expect(found).to.deep.equal([]);
    });
  }
});
