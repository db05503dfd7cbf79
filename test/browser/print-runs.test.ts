import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { testApp, type TestApp } from '../kit/app.ts';
import { accessibilityFaults } from '../kit/axe.ts';
import { describeInBrowser } from '../kit/chromium.ts';
import { cuttingProxy, type CuttingProxy } from '../kit/cutting-proxy.ts';
import { teaBatch, teaProduct } from '../kit/samples.ts';
import { faultsOfPages } from '../kit/page-faults.ts';
import { visit } from '../kit/visit.ts';

const LABELS = 400;
const CUT_AFTER_BYTES = 9_000;

const digest = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

/** Each request after the first asks for what is still missing, never for the whole again. */
function expectResumed({ ranges }: CuttingProxy, requests: number): void {
  const starts = ranges.map((range) => Number(/^bytes=(\d+)-$/.exec(range ?? 'bytes=0-')?.[1]));

  expect(ranges).to.have.length(requests);
  expect(ranges.slice(1)).not.to.include(null);
  // What had come but was not read yet when the connection broke is asked for again: a browser lets go of it.
  for (const [at, start] of starts.slice(1).entries()) {
    expect(start).to.be.within(1 + (starts[at] ?? 0), CUT_AFTER_BYTES + (starts[at] ?? 0));
  }
}

describeInBrowser('a print run’s pages in a browser', (browser) => {
  let app: TestApp;
  let batchId: string;
  let runId: string;
  let unitRunId: string;
  let signedInAs: string;
  let direct: Buffer;
  const proxies: CuttingProxy[] = [];

  const open = (path: string, options = {}) =>
    visit(browser(), `${app.url}${path}`, { session: signedInAs, ...options });

  /** The run's page through a network that breaks off the file so often. */
  const openThrough = async (times: number) => {
    const isFile = (path: string) => path.endsWith('/labels.csv');
    const proxy = await cuttingProxy(app.url, { path: isFile, times, afterBytes: CUT_AFTER_BYTES });
    proxies.push(proxy);
    const visited = await visit(browser(), `${proxy.url}/manage/print-runs/${runId}`, {
      session: signedInAs,
    });
    return { ...visited, proxy };
  };
  const csvLink = (page: Page) => page.locator('.downloads a[href$="labels.csv"]');
  const saved = async (page: Page) => {
    const [file] = await Promise.all([page.waitForEvent('download'), csvLink(page).click()]);
    return { bytes: await readFile(await file.path()), name: file.suggestedFilename() };
  };

  before(async () => {
    app = await testApp({ settings: { PUBLIC_URL: 'http://localhost:3000' } });
    const manager = await app.as('manager');
    const product = (await manager.post(`/cooperatives/${app.cooperativeId}/products`, teaProduct)).body;
    batchId = (await manager.post(`/products/${product.id}/batches`, { ...teaBatch, packs: 940 })).body.id;
    const body = { template: 'avery-l7160', count: LABELS, codes: 'batch', startAt: 5 };
    runId = (await manager.post(`/batches/${batchId}/print-runs`, body)).body.id;
    const units = { template: 'avery-l7160', count: 10, codes: 'unit' };
    unitRunId = (await manager.post(`/batches/${batchId}/print-runs`, units)).body.id;
    await manager.post(`/print-runs/${runId}/reprints`, { from: 3, to: 9, reason: 'Kẹt giấy' });
    const signedIn = await app.browse('manager');
    signedInAs = signedIn.cookie('nguon_session') ?? '';
    const whole = await signedIn.send('GET', `/api/v1/print-runs/${runId}/labels.csv`);
    direct = Buffer.from(await whole.arrayBuffer());
  });
  after(async () => {
    for (const proxy of proxies) proxy.stop();
    await app.stop();
  });

  it('have no fault that axe, the policy or 320 px shows, in light and in dark', async function () {
    this.timeout(120_000);
    const paths = [
      '/manage/labels',
      `/manage/labels?batch=${batchId}`,
      `/manage/print-runs/${runId}?done=reprinted`,
      `/manage/print-runs/${runId}/reprint`,
      `/manage/print-runs/${unitRunId}/void`,
      `/manage/batches/${batchId}/labels`,
    ];

    const faults = await faultsOfPages(open, paths);

    expect(faults).to.deep.equal([]);
  });

  it('save a file that is the same, byte for byte, after the connection broke twice', async () => {
    const { page, proxy, close } = await openThrough(2);

    const { bytes, name } = await saved(page);
    const said = await page.locator('[data-loading] [data-state]').innerText();
    const faults = await accessibilityFaults(page);

    await close();
    expect(direct.length).to.be.greaterThan(3 * CUT_AFTER_BYTES);
    expect(digest(bytes)).to.equal(digest(direct));
    expect(name).to.match(/^tem-.*\.csv$/);
    expect(said).to.contain('Đã tải xong');
    expect(faults).to.deep.equal([]);
    expectResumed(proxy, 3);
  });

  it('keep what came when there is no network, and go on when there is one again', async () => {
    const { page, proxy, close } = await openThrough(1);
    await csvLink(page).click();
    await page.locator('[data-how-far]', { hasText: 'đang nối lại' }).waitFor();
    await page.context().setOffline(true);
    await page.locator('[data-resume]').waitFor();
    const lost = await page.locator('[data-how-far]').innerText();

    const [file] = await Promise.all([page.waitForEvent('download'), page.context().setOffline(false)]);
    const bytes = await readFile(await file.path());

    await close();
    expect(lost).to.match(/Đã giữ [\d,]+ kB/);
    expect(digest(bytes)).to.equal(digest(direct));
    expectResumed(proxy, 2);
  });

  it('go on at a press where the browser does not say that the network is back', async () => {
    const { page, close } = await openThrough(1);
    await page.evaluate(`Object.defineProperty(navigator, 'onLine', { value: false })`);
    await csvLink(page).click();

    const [file] = await Promise.all([page.waitForEvent('download'), page.locator('[data-resume]').click()]);
    const bytes = await readFile(await file.path());

    await close();
    expect(digest(bytes)).to.equal(digest(direct));
  });

  it('write a large file to the disk as it comes, where the browser lets them', async () => {
    const { page, proxy, close } = await openThrough(1);
    // The dialogue cannot be answered by a test: a file of the browser's own storage stands for the chosen one.
    await page.evaluate(
      `window.showSaveFilePicker = async () => {
        const root = await navigator.storage.getDirectory();
        return root.getFileHandle('chosen', { create: true });
      };
      document.querySelector('.downloads a[href$="labels.csv"]').dataset.large = '';`,
    );

    await csvLink(page).click();
    await page.locator('[data-state]', { hasText: 'Đã tải xong' }).waitFor();
    const hash = await page.evaluate<string>(
      `(async () => {
        const root = await navigator.storage.getDirectory();
        const file = await (await root.getFileHandle('chosen')).getFile();
        const sum = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
        return [...new Uint8Array(sum)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
      })()`,
    );

    await close();
    expect(hash).to.equal(digest(direct));
    expectResumed(proxy, 2);
  });

  it('leave a large file to the browser where it lets no page write, whole and under its own name', async () => {
    const { page, close } = await openThrough(0);
    await page.evaluate(
      `delete window.showSaveFilePicker;
      Object.assign(document.querySelector('.downloads a[href$="labels.csv"]'), { download: 'tem.csv' })
        .dataset.large = '';`,
    );

    const { bytes, name } = await saved(page);
    const isShown = await page.locator('[data-loading]').isVisible();

    await close();
    expect(digest(bytes)).to.equal(digest(direct));
    expect(name).to.match(/^tem.*\.csv$/);
    expect(isShown).to.equal(false);
  });

  it('stop a download at a press, and can begin it again', async () => {
    const { page, close } = await openThrough(0);
    let held = (): void => undefined;
    const free = new Promise<void>((resolve) => (held = resolve));
    await page.context().route('**/labels.csv', async (route) => {
      await free;
      await route.continue().catch(() => undefined);
    });
    await csvLink(page).click();

    await page.locator('[data-cancel]').click();
    const said = await page.locator('[data-how-far]').innerText();
    held();
    await page.context().unroute('**/labels.csv');
    const { bytes } = await saved(page);

    await close();
    expect(said).to.equal('Đã dừng tải');
    expect(digest(bytes)).to.equal(digest(direct));
  });

  it('do the sheet arithmetic while somebody types, and take the first place by arrow keys', async () => {
    const { page, close } = await open(`/manage/batches/${batchId}/labels`);
    const plan = page.locator('[data-plan]');
    await page.fill('[name="count"]', '195');
    await page.locator('[data-plan]', { hasText: '195 tem' }).waitFor();
    const first = await plan.innerText();

    await page.locator('[data-places] [aria-checked="true"]').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    await page.locator('[data-plan]', { hasText: 'còn trống 11' }).waitFor();
    const startAt = await page.inputValue('[name="startAt"]');
    const focused = await page.evaluate<string>(`document.activeElement.getAttribute('aria-label')`);

    await close();
    expect(first).to.equal('10 tờ · 195 tem · tờ cuối còn trống 15 chỗ');
    expect(startAt).to.equal('5');
    expect(focused).to.equal('Tem số 5');
  });
});
