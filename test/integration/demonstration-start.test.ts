import { expect } from 'chai';
import { readDemoData } from '../../src/features/demonstration/data.ts';
import { demoId } from '../../src/features/demonstration/ids.ts';
import { addDays, dateInVietnam, type Clock } from '../../src/platform/clock.ts';
import { demoApp } from '../kit/demonstration.ts';
import { freshDatabaseUri } from '../kit/database.ts';

const { checks } = readDemoData()._meta;

class CutOff extends Error {}

/** A start that dies after `records` records of the demonstration. */
async function startCutOff(uri: string, records: number, clock: Clock): Promise<unknown> {
  const progress = (done: number) => {
    if (done >= records) throw new CutOff();
  };
  return demoApp(uri, { progress, clock }).then(
    async (demo) => demo.stop(),
    (error: unknown) => error,
  );
}

describe('a start with a demonstration', function () {
  this.timeout(180_000);

  it('goes on where the last one was cut off, with the same days', async () => {
    const uri = await freshDatabaseUri();
    const moment = new Date();
    const today = dateInVietnam(moment);
    for (const records of [1, 40, 150, 300]) {
      expect(await startCutOff(uri, records, { now: () => moment }), `after ${records}`).to.be.instanceOf(
        CutOff,
      );
    }

    const tomorrow = { now: () => new Date(moment.getTime() + 24 * 3_600_000) };
    const demo = await demoApp(uri, { clock: tomorrow });
    const { batches, demonstration } = demo.app.features;
    let events = 0;
    for (const { key, status, lotNumber, quantity, producedOn } of readDemoData().batches) {
      const batch = await batches.contract.byId(demoId(key));
      const recorded = await batches.contract.eventsOf(demoId(key));
      events += recorded.length;

      expect(batch?.status, lotNumber).to.equal(status);
      expect(batch?.producedOn, lotNumber).to.equal(addDays(today, Number.parseInt(producedOn, 10)));
      expect(batch?.quantity, lotNumber).to.deep.equal(quantity);
      expect(recorded.map(({ sequence }) => sequence)).to.deep.equal(recorded.map((_, index) => index + 1));
    }
    const honey = await batches.contract.byId(demoId('b-mb-01'));
    const shown = await demonstration.contract.isShown();
    await demo.stop();

    expect(events).to.equal(checks['events']);
    expect(honey?.remaining.value).to.equal((honey?.quantity.value ?? 0) - 120 - 55);
    expect(shown).to.equal(true);
    expect(demo.prepared.demonstration?.accounts).to.have.length(13);
  });

  it('leaves a database alone that has anybody in it', async () => {
    const uri = await freshDatabaseUri();
    const administrator = { ADMIN_EMAIL: 'admin@nguon.example', ADMIN_PASSWORD: 'long enough' };
    const first = await demoApp(uri, { settings: { DEMO: '0', ...administrator } });
    await first.stop();

    const second = await demoApp(uri);
    const cooperatives = await second.app.features.organizations.contract.countActive();
    const samples = await second.app.features.demonstration.contract.samples();
    await second.stop();

    expect(cooperatives).to.equal(0);
    expect(samples).to.deep.equal([]);
  });

  it('shows no password on a page that others can reach, and nobody at all without a demonstration', async () => {
    const uri = await freshDatabaseUri();
    const open = await demoApp(uri, { settings: { PUBLIC_URL: 'https://nguon.example' } });
    const page = await (await open.as(null)).send('GET', '/login');
    await open.stop();
    const without = await demoApp(uri, { settings: { DEMO: '0' } });
    const bare = await (await without.as(null)).send('GET', '/login');
    await without.stop();
    const changed = await demoApp(uri, { settings: { DEMO_PASSWORD: 'another-password' } });
    const wrong = await (await changed.as(null)).send('GET', '/login');
    await changed.stop();

    expect(page.text).to.contain('ghichep@mayngu.example').and.not.contain('demo-password-1');
    expect(bare.text).not.to.contain('ghichep@mayngu.example');
    expect(wrong.text).to.contain('ghichep@mayngu.example').and.not.contain('another-password');
  });

  it('paints a picture of every product while it answers, and goes on after a stop', async () => {
    const uri = await freshDatabaseUri();
    const demo = await demoApp(uri);
    demo.app.continueInBackground();
    await demo.stop();

    const again = await demoApp(uri);
    again.app.continueInBackground();
    const guest = await again.as(null);
    let products: { photos: { url: string }[] }[] = [];
    for (const until = Date.now() + 120_000; Date.now() < until;) {
      products = (await guest.get('/products?limit=200')).body.items;
      if (products.every(({ photos }) => photos.length > 0)) break;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    const photos = products.map((product) => product.photos.length);
    const first = new URL(products[0]?.photos[0]?.url ?? '').pathname;
    const picture = await guest.send('GET', first);
    await again.stop();

    expect(photos).to.deep.equal(photos.map(() => 1));
    expect(photos).to.have.length(checks['products'] ?? 0);
    expect(picture.status).to.equal(200);
  });
});
