import { expect } from 'chai';
import { testApp, type TestApp } from '../kit/app.ts';
import { describeInBrowser } from '../kit/chromium.ts';
import { harvest, teaBatch, teaProduct } from '../kit/samples.ts';
import { faultsOfPages } from '../kit/page-faults.ts';
import { visit } from '../kit/visit.ts';

describeInBrowser('the clerk’s pages in a browser', (browser) => {
  let app: TestApp;
  let batchId: string;
  let eventId: string;
  let productId: string;
  let manager: string;

  const open = (path: string, options = {}) =>
    visit(browser(), `${app.url}${path}`, { session: manager, ...options });
  const recorded = async () => (await (await app.as('clerk')).get(`/batches/${batchId}`)).body.events;

  before(async () => {
    app = await testApp({ settings: { PUBLIC_URL: 'http://localhost:3000' } });
    const api = await app.as('manager');
    productId = (await api.post(`/cooperatives/${app.cooperativeId}/products`, teaProduct)).body.id;
    batchId = (await api.post(`/products/${productId}/batches`, teaBatch)).body.id;
    eventId = (await api.post(`/batches/${batchId}/events`, harvest)).body.id;
    await api.post(`/events/${eventId}/corrections`, { reason: 'Cân lại', replacement: { step: 'drying' } });
    const signedIn = await app.browse('manager');
    manager = signedIn.cookie('nguon_session') ?? '';
  });
  after(async () => app.stop());

  it('have no fault that axe, the policy or 320 px shows, in light and in dark', async function () {
    this.timeout(120_000);
    const paths = [
      '/manage',
      '/manage/batches',
      `/manage/batches/new?product=${productId}`,
      `/manage/batches/${batchId}?done=recorded&event=${eventId}`,
      `/manage/batches/${batchId}/record`,
      `/manage/batches/${batchId}/record?step=packing`,
      `/manage/events/${eventId}/correct`,
      `/manage/batches/${batchId}/close`,
      '/manage/record',
    ];

    const faults = await faultsOfPages(open, paths);

    expect(faults).to.deep.equal([]);
  });

  it('keep what a dead network refused, and send it once when there is one', async () => {
    const before = (await recorded()).length;
    const { page, close } = await open(`/manage/batches/${batchId}/record?step=packing`);
    await page.fill('[name="note.vi"]', 'Đóng hộp 100 g');
    await page.context().setOffline(true);

    await page.click('.button.main');
    await page.waitForSelector('.unsent');
    const kept = await page.inputValue('[name="note.vi"]');
    const whileOffline = (await recorded()).length;
    await page.context().setOffline(false);
    await page.waitForURL(/done=recorded/);

    await close();
    const events = await recorded();
    expect(kept).to.equal('Đóng hộp 100 g');
    expect(whileOffline).to.equal(before);
    expect(events).to.have.length(before + 1);
    expect(events.at(-1).note.vi).to.equal('Đóng hộp 100 g');
  });

  it('bring back what was typed after the page was closed, and mark mistakes without losing it', async () => {
    const { page, close } = await open(`/manage/batches/${batchId}/record?step=packing`);
    await page.fill('[name="note.vi"]', 'Chưa gửi');
    await page.reload();
    const back = await page.inputValue('[name="note.vi"]');

    await page.fill('[name="occurredAt"]', '2099-01-01T08:00');
    await page.click('.button.main');
    await page.waitForSelector('.mistakes');
    const still = await page.inputValue('[name="note.vi"]');
    await page.fill('[name="occurredAt"]', '2026-01-01T08:00');
    await page.click('.button.main');
    await page.waitForURL(/done=recorded/);
    await page.goto(`${app.url}/manage/batches/${batchId}/record?step=packing`);
    const cleared = await page.inputValue('[name="note.vi"]');

    await close();
    expect([back, still, cleared]).to.deep.equal(['Chưa gửi', 'Chưa gửi', '']);
  });
});
