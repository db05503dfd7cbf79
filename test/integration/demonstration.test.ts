import { expect } from 'chai';
import { readDemoData } from '../../src/features/demonstration/data.ts';
import { demoId } from '../../src/features/demonstration/ids.ts';
import { currentContent } from '../../src/features/batches/contract.ts';
import { certificateStatus } from '../../src/features/certificates/rules.ts';
import { addDays, dateInVietnam } from '../../src/platform/clock.ts';
import { DEMO_PASSWORD, demoApp, type DemoApp } from '../kit/demonstration.ts';
import { session } from '../kit/browser-session.ts';
import { freshDatabaseUri } from '../kit/database.ts';

/** An evening in Vietnam that is still the day before in UTC would show a wrong day at once. */
const INSTALLED = new Date('2026-11-23T18:30:00Z');
const clock = { now: () => INSTALLED };
const TODAY = '2026-11-24';
const data = readDemoData();
const { checks, expected } = data._meta;
const LATE_MS = 24 * 3_600_000;

/** Everything that tells one loading from another: how much there is, and what is left of each batch. */
async function inventory({ app }: DemoApp) {
  const { organizations, products, certificates, batches } = app.features;
  const cooperatives = await organizations.contract.activeCooperatives({});
  const counts = { cooperatives: cooperatives.length, products: 0, certificates: 0, batches: 0, events: 0 };
  const remaining: Record<string, number> = {};
  const sequences: (readonly number[])[] = [];
  for (const { id } of cooperatives) {
    counts.products += (await products.contract.ofCooperative(id)).length;
    counts.certificates += (await certificates.contract.ofCooperative(id)).length;
    const found = (await batches.contract.ofCooperative(id)).items;
    counts.batches += found.length;
    for (const batch of found) {
      remaining[batch.lotNumber] = batch.remaining.value;
      const events = await batches.contract.eventsOf(batch.id);
      counts.events += events.length;
      sequences.push(events.map((event) => event.sequence));
    }
  }
  return { counts, remaining, sequences };
}

describe('demonstration', function () {
  this.timeout(120_000);
  let demo: DemoApp;
  let uri: string;

  before(async () => {
    uri = await freshDatabaseUri();
    demo = await demoApp(uri, { clock });
  });
  after(async () => demo.stop());

  it('loads every record that the file counts, with event numbers from 1 without gaps', async () => {
    const { counts, sequences } = await inventory(demo);

    expect(counts).to.deep.equal(checks);
    for (const numbers of sequences) expect(numbers).to.deep.equal(numbers.map((_, index) => index + 1));
  });

  it('is loaded once: a second start changes nothing', async () => {
    const before = await inventory(demo);

    const again = await demoApp(uri, { clock: { now: () => new Date('2026-12-24T03:00:00Z') } });
    const after = await inventory(again);
    await again.stop();

    expect(again.prepared.demonstration).to.equal(null);
    expect(after).to.deep.equal(before);
  });

  it('calls every organisation, product and batch a demonstration', async () => {
    const { organizations, products, batches } = demo.app.features;
    const flags = new Set<boolean>();
    for (const cooperative of await organizations.contract.activeCooperatives({})) {
      flags.add(cooperative.demo);
      for (const product of await products.contract.ofCooperative(cooperative.id)) flags.add(product.demo);
      for (const batch of (await batches.contract.ofCooperative(cooperative.id)).items) flags.add(batch.demo);
    }

    expect([...flags]).to.deep.equal([true]);
  });

  it('gives each batch the verdict that the file expects', async () => {
    const guest = await demo.as(null);
    for (const batch of data.batches) {
      const stored = await demo.app.features.batches.contract.byId(demoId(batch.key));
      const answer = await guest.get(`/trace/${stored?.code}`);

      const verdict = expected['expired']?.includes(batch.key) === true ? 'expired' : 'genuine';
      expect(answer.body.verdict, batch.key).to.equal(verdict);
      expect(answer.body.events, batch.key).to.have.length(batch.events.length);
    }
  });

  it('has the certificates and OCOP ranks that lapse as the file expects', async () => {
    const status: Record<string, string[]> = { lapsed: [], 'lapses-soon': [], valid: [], 'not-yet': [] };
    const { certificates, products } = demo.app.features;
    for (const { key } of data.cooperatives) {
      for (const one of await certificates.contract.ofCooperative(demoId(key))) {
        status[certificateStatus(one, TODAY)]?.push(one.id);
      }
    }
    const soon = [];
    for (const { key } of data.products) {
      const ocop = (await products.contract.byId(demoId(key)))?.ocop;
      if (ocop !== undefined && ocop.expiresOn <= addDays(TODAY, 90)) soon.push(key);
    }

    expect(status['lapsed']).to.deep.equal(expected['certificateExpired']?.map(demoId));
    expect(status['lapses-soon']).to.deep.equal(expected['certificateLapsesSoon']?.map(demoId));
    expect(soon).to.deep.equal(expected['ocopLapsesSoon']);
  });

  it('shows as late what the file says was written down late, and nothing else as the first', async () => {
    const late = [];
    for (const { key } of data.batches) {
      const events = await demo.app.features.batches.contract.eventsOf(demoId(key));
      const isLate = events.some(
        (event) => event.recordedAt.getTime() - event.occurredAt.getTime() > LATE_MS,
      );
      if (isLate) late.push(key);
    }

    expect(late.sort()).to.deep.equal([...(expected['recordedLate'] ?? [])].sort());
  });

  it('has nothing that happened or was written down after the installation or out of order', async () => {
    for (const { key } of data.batches) {
      const events = await demo.app.features.batches.contract.eventsOf(demoId(key));
      const written = events.map(({ recordedAt }) => recordedAt.getTime());

      expect(written, key).to.deep.equal([...written].sort((a, b) => a - b));
      for (const event of events) {
        expect(event.occurredAt.getTime(), key).to.be.at.most(event.recordedAt.getTime());
        expect(event.recordedAt.getTime(), key).to.be.at.most(INSTALLED.getTime());
      }
    }
  });

  it('counts its days from the day of the installation in Vietnam', async () => {
    const [first] = data.batches;
    const batch = await demo.app.features.batches.contract.byId(demoId(first?.key ?? ''));

    expect(dateInVietnam(INSTALLED)).to.equal(TODAY);
    expect(batch?.producedOn).to.equal(addDays(TODAY, Number.parseInt(first?.producedOn ?? '', 10)));
  });

  it('corrects the event that was recorded wrong', async () => {
    const [correction] = data.corrections;
    const events = await demo.app.features.batches.contract.eventsOf(demoId(correction?.batch ?? ''));
    const event = events[correction?.event ?? -1];

    expect(event?.quantity).to.deep.equal(correction?.recordedWrong);
    expect(event?.corrections.map(({ reason }) => reason.vi)).to.deep.equal([correction?.reason.vi]);
    expect(event === undefined ? null : currentContent(event)?.quantity?.value).to.equal(1000);
  });

  it('tells what came from another cooperative as bought in', async () => {
    const batch = await demo.app.features.batches.contract.byId(demoId('b-bp-01'));

    expect(batch?.inputs.map(({ batchId }) => batchId)).to.deep.equal([demoId('b-tt-01')]);
    expect(batch?.boughtIn[0]?.name.vi).to.equal('Tiêu đen nguyên hạt (Hợp tác xã Nông nghiệp Sóc Nắng)');
    expect(batch?.boughtIn).to.have.length(2);
  });

  it('offers a label for each verdict that there is', async () => {
    const samples = await demo.app.features.demonstration.contract.samples();
    const guest = await demo.as(null);

    expect(samples.map(({ verdict }) => verdict)).to.deep.equal(['genuine', 'expired', 'unknown']);
    for (const { code, verdict } of samples) {
      expect((await guest.get(`/trace/${code}`)).body.verdict).to.equal(verdict);
    }
  });

  it('is called one on every page of the workplace', async () => {
    const browser = session(demo.url);
    await browser.signIn('quanly@mayngu.example', DEMO_PASSWORD);

    const pages = await Promise.all(
      ['/manage', '/manage/batches', '/manage/products', '/manage/members', '/manage/more'].map((path) =>
        browser.open(path),
      ),
    );

    for (const { text, path } of pages) expect(text, path).to.contain('Dữ liệu minh họa');
  });

  it('lets everybody on its list sign in, as who the list says', async () => {
    const accounts = await demo.app.features.demonstration.contract.accounts();
    const roles = new Set<string>();
    for (const { login, password } of accounts) {
      expect(password).to.equal(DEMO_PASSWORD);
      const me = (await (await demo.as(login)).get('/me')).body;
      roles.add(me.administrator === true ? 'administrator' : me.memberships[0].role);
    }

    expect(accounts).to.have.length(data.accounts.length + 1);
    expect([...roles].sort()).to.deep.equal(['administrator', 'clerk', 'manager', 'officer', 'staff']);
  });
});
