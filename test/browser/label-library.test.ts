import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { testApp, type TestApp } from '../kit/app.ts';
import { accessibilityFaults } from '../kit/axe.ts';
import { describeInBrowser } from '../kit/chromium.ts';
import { ownLayout, ownPrinter, ownRoll, ownSheet } from '../kit/own-labels.ts';
import { faultsOfPages } from '../kit/page-faults.ts';
import { visit } from '../kit/visit.ts';

const LIST = '/manage/labels/templates';
const EDITOR = '/manage/labels/layouts/new';

describeInBrowser('layouts, label paper and printers in a browser', (browser) => {
  let app: TestApp;
  let signedInAs: string;

  const open = (path: string, options = {}) =>
    visit(browser(), `${app.url}${path}`, { session: signedInAs, ...options });

  /** The address of the label's picture, which holds the picture itself. */
  const picture = (page: Page) => page.locator('[data-live] img').getAttribute('src');
  const otherPicture = (page: Page, than: string) =>
    page.locator(`[data-live] img:not([src=${JSON.stringify(than)}])`).waitFor();
  const shown = (page: Page, field: string) => page.locator(`[name="show"][value="${field}"]`);
  const order = (page: Page) =>
    page.locator('[name="order"]').evaluateAll((rows) => rows.map((row) => row.getAttribute('value') ?? ''));

  /** What the server draws for the form as it stands, by the button of a browser without JavaScript. */
  async function pictureWithoutScript(field: string): Promise<string | null> {
    const { page, close } = await open(EDITOR, { javaScript: false });
    await shown(page, field).uncheck();
    await Promise.all([page.waitForEvent('load'), page.locator('[data-look]').click()]);
    const src = await picture(page);
    await close();
    return src;
  }

  before(async () => {
    app = await testApp({ settings: { PUBLIC_URL: 'http://localhost:3000' } });
    const manager = await app.as('manager');
    const kept = `/cooperatives/${app.cooperativeId}`;
    await manager.post(`${kept}/label-templates`, ownSheet('Giấy Tân Mai 12 tem'));
    await manager.post(`${kept}/label-templates`, ownRoll('Cuộn 50 × 30'));
    await manager.post(`${kept}/label-layouts`, ownLayout('Tem quà Tết'));
    await manager.post(`${kept}/printers`, ownPrinter('Canon văn phòng'));
    const signedIn = await app.browse('manager');
    signedInAs = signedIn.cookie('nguon_session') ?? '';
  });
  after(async () => app.stop());

  it('have no fault that axe, the policy, 360 px or 320 px shows, in light and in dark', async function () {
    this.timeout(120_000);
    const paths = [
      LIST,
      '/manage/labels/stock/new?kind=sheet',
      '/manage/labels/stock/new?kind=roll',
      '/manage/labels/printers/new',
      `${EDITOR}?from=goods`,
    ];

    const faults = await faultsOfPages(open, paths);

    expect(faults).to.deep.equal([]);
  });

  it('show another label once a field is switched off, the one that the server draws', async () => {
    const { page, close, faults } = await open(EDITOR);
    const before = (await picture(page)) ?? '';

    await shown(page, 'name').uncheck();
    await otherPicture(page, before);
    const live = await picture(page);
    const found = [...(await faults()), ...(await accessibilityFaults(page))];
    await close();
    const drawn = await pictureWithoutScript('name');

    expect(live).to.match(/^data:image\/svg\+xml/);
    expect(live).to.equal(drawn);
    expect(found).to.deep.equal([]);
  });

  it('move a row by the keyboard, keep the focus on its button, and draw the label anew', async () => {
    const { page, close } = await open(EDITOR);
    const [first = '', second = '', ...rest] = await order(page);
    const before = (await picture(page)) ?? '';

    await page.locator(`button[value="${second}:up"]`).focus();
    await page.keyboard.press('Enter');
    const moved = await order(page);
    const focused = await page.evaluate<string>('document.activeElement.value');
    await otherPicture(page, before);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    const back = await order(page);

    await close();
    expect(moved).to.deep.equal([second, first, ...rest]);
    expect(focused).to.equal(`${second}:up`);
    expect(back).to.deep.equal([first, second, ...rest]);
  });
});
