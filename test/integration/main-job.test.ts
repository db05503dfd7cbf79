import { expect } from 'chai';
import type { LabelTemplate } from '../../src/domain/label/template.ts';
import { testApp, type TestApp } from '../kit/app.ts';
import { client, type Answer, type Client } from '../kit/client.ts';
import { missingTools, scanFile } from '../kit/paper.ts';
import { skipBecause } from '../kit/skip.ts';
import { fileOf, multipart, photoBytes } from '../kit/tenants.ts';

const COUNT = 100;
const DPI = 300;
const MANAGER = { login: 'hanh.mayngu@example.org', password: 'chè shan tuyết 2026' };

const REGISTRATION = {
  cooperative: {
    name: 'Hợp tác xã Chè Sương Sớm',
    nameEn: 'Morning Mist Tea Cooperative',
    kind: 'cooperative',
    provinceCode: '08',
    address: 'Thôn Pả Ngán, xã Lũng Phìn',
    taxCode: '5100123456',
    phone: '0912 345 678',
    description: { vi: 'Chè cổ thụ vùng cao', en: 'Tea of old trees of the highlands' },
  },
  manager: { name: 'Vàng Thị Hạnh', email: MANAGER.login, phone: '0912 345 678', password: MANAGER.password },
};
const PRODUCT = {
  name: { vi: 'Chè Sương Sớm', en: 'Morning Mist tea' },
  tier: 'regional',
  category: '1.11',
  ocop: { stars: 4, decision: 'QĐ 21/QĐ-UBND', issuedOn: '2026-01-10', expiresOn: '2028-12-10' },
  netContent: { value: 100, unit: 'g' },
  ingredients: { vi: '100% búp chè Shan tuyết', en: '100% Shan Tuyết tea buds' },
  storage: { vi: 'Nơi khô, mát', en: 'Keep dry and cool' },
  usage: { vi: 'Pha 5 g với 250 ml nước', en: 'Steep 5 g in 250 ml of water' },
  shelfLifeDays: 730,
};
const CERTIFICATE = {
  standard: 'VietGAP',
  number: 'VG-08-2026-017',
  issuer: 'Trung tâm Chứng nhận phù hợp',
  issuedOn: '2026-02-01',
  expiresOn: '2029-02-01',
};
const EVENTS = [
  {
    step: 'harvesting',
    occurredAt: '2026-04-05T06:10:00+07:00',
    place: { name: 'Đồi chè cổ thụ Pả Ngán', provinceCode: '08', lat: 23.1536, lon: 105.3082 },
    quantity: { value: 48, unit: 'kg' },
  },
  { step: 'tea_fixing_rolling', occurredAt: '2026-04-05T14:00:00+07:00' },
  { step: 'drying', occurredAt: '2026-04-06T08:00:00+07:00' },
  { step: 'packing', occurredAt: '2026-04-08T09:00:00+07:00', note: { vi: 'Gói 100 g', en: '100 g packs' } },
];

/** The whole job of the platform, by a program that knows docs of the API and nothing else. */
describe('a cooperative’s way from registration to a label in a shop', function () {
  this.timeout(180_000);
  let app: TestApp;
  let officer: Client;
  let cooperative: Client;
  let cooperativeId: string;
  let productId: string;
  let batch: { readonly id: string; readonly code: string; readonly traceUrl: string };
  let pdf: Buffer;

  before(async () => {
    app = await testApp();
    officer = await app.as('officer');
    cooperative = client(app.url);
  });
  after(async () => app.stop());

  function made<T = { readonly id: string }>(answer: Answer, status = 201): T {
    expect(answer.status, answer.text).to.equal(status);
    return answer.body as T;
  }

  it('registers, and can do nothing before an officer approved it', async () => {
    const registered = made<{ id: string; status: string }>(
      await cooperative.post('/registrations', REGISTRATION, { headers: { 'Idempotency-Key': 'reg-1' } }),
    );
    cooperativeId = registered.id;

    const signedIn = await cooperative.signIn(MANAGER.login, MANAGER.password);
    const early = await cooperative.post(`/cooperatives/${cooperativeId}/products`, PRODUCT);

    expect(registered.status).to.equal('pending');
    expect(signedIn.status).to.equal(200);
    expect(early.status).to.equal(403);
  });

  it('is approved by its province’s officer and by no other', async () => {
    const stranger = await app.as('otherOfficer');
    const approve = { decision: 'approve', note: 'Hồ sơ đủ' };

    const refused = await stranger.post(`/cooperatives/${cooperativeId}/approval`, approve);
    const approved = await officer.post(`/cooperatives/${cooperativeId}/approval`, approve);

    expect(refused.status).to.equal(404);
    expect(made<{ status: string }>(approved, 200).status).to.equal('active');
  });

  it('adds a product with a photo, and a certificate', async () => {
    productId = made(await cooperative.post(`/cooperatives/${cooperativeId}/products`, PRODUCT)).id;
    const photo = await cooperative.send('POST', `/api/v1/products/${productId}/photos`, {
      body: multipart({ photo: fileOf(await photoBytes(), 'che.jpg', 'image/jpeg') }),
    });
    const certificate = await cooperative.post(`/cooperatives/${cooperativeId}/certificates`, {
      ...CERTIFICATE,
      productIds: [productId],
    });

    const { url } = made<{ url: string; width: number }>(photo);
    made(certificate);
    expect((await fetch(app.url + new URL(url).pathname)).status).to.equal(200);
  });

  it('makes a batch, records four steps, and corrects one of them', async () => {
    batch = made(
      await cooperative.post(`/products/${productId}/batches`, {
        lotNumber: 'SS-04',
        quantity: { value: 48, unit: 'kg' },
        producedOn: '2026-04-08',
      }),
    );
    const recorded: { id: string; sequence: number }[] = [];
    for (const event of EVENTS) {
      recorded.push(made(await cooperative.post(`/batches/${batch.id}/events`, event)));
    }

    made(
      await cooperative.post(`/events/${recorded[0]?.id}/corrections`, {
        reason: 'Cân lại: 480 kg búp tươi',
        replacement: { quantity: { value: 480, unit: 'kg' } },
      }),
    );
    const whole = await cooperative.get(`/batches/${batch.id}`);

    expect(recorded.map(({ sequence }) => sequence)).to.deep.equal([1, 2, 3, 4]);
    expect(whole.body).to.include({ packs: 480 });
    const { met, of, missing } = whole.body.completeness.circular02;
    expect(met).to.be.at.least(7);
    expect(missing).to.have.length(of - met);
  });

  it(`prints ${COUNT} labels, more than which the batch must explain`, async () => {
    const run = made<{ id: string; count: number; files: { pdf: string; csv: string } }>(
      await cooperative.post(`/batches/${batch.id}/print-runs`, {
        template: 'avery-l7160',
        count: COUNT,
        codes: 'batch',
      }),
    );
    const beyond = await cooperative.post(`/batches/${batch.id}/print-runs`, {
      template: 'avery-l7160',
      count: 381,
      codes: 'batch',
    });
    const response = await fetch(app.url + new URL(run.files.pdf).pathname, {
      headers: { authorization: await bearer(app) },
    });
    pdf = Buffer.from(await response.arrayBuffer());

    expect(run.count).to.equal(COUNT);
    expect(beyond.status, beyond.text).to.equal(422);
    expect(response.headers.get('content-type')).to.match(/^application\/pdf/);
    expect(pdf.subarray(0, 5).toString()).to.equal('%PDF-');
  });

  it(`has ${COUNT} labels that a scanner reads at ${DPI} dpi, each leading to the batch`, async function () {
    const missing = await missingTools();
    if (missing.length > 0) skipBecause(this, `this machine has no ${missing.join(', ')}`);

    const sheet = made<LabelTemplate>(await cooperative.get('/label-templates/avery-l7160'), 200);
    const read = await scanFile(pdf, sheet, { dpi: DPI, pages: Math.ceil(COUNT / 21) });

    expect(read).to.have.length(COUNT);
    expect(new Set(read)).to.deep.equal(new Set([`HTTPS://NGUON.EXAMPLE/${batch.code}`]));
  });

  it('leads from the label to product, cooperative and province, in both languages and as data', async () => {
    const path = new URL(`https://nguon.example/${batch.code.toLowerCase()}`).pathname;
    const page = async (language: string) =>
      (
        await fetch(`${app.url}${path}`, { headers: { accept: 'text/html', 'accept-language': language } })
      ).text();
    const json = await fetch(`${app.url}${path}`, { headers: { accept: 'application/json' } });

    const [vi, en, data] = [await page('vi'), await page('en'), (await json.json()) as Record<string, never>];

    for (const word of [
      'Chè Sương Sớm',
      'Hợp tác xã Chè Sương Sớm',
      'Tuyên Quang',
      'SS-04',
      'VietGAP',
      '480 kg',
    ]) {
      expect(vi).to.contain(word);
    }
    for (const word of [
      'Morning Mist tea',
      'Morning Mist Tea Cooperative',
      'Tuyen Quang',
      'SS-04',
      '480 kg',
    ]) {
      expect(en.replaceAll('Tuyên Quang', 'Tuyen Quang')).to.contain(word);
    }
    expect(data).to.deep.include({ code: batch.code, kind: 'batch', verdict: 'genuine' });
    expect(data['product']).to.deep.include({ name: PRODUCT.name });
    expect(data['cooperative']).to.include({ name: REGISTRATION.cooperative.name });
    expect(data['province']).to.include({ code: '08', name: 'Tuyên Quang' });
    expect(data['events']).to.have.length(4);
    expect(data['certificates']).to.have.length(1);
  });

  it('is found by a shop that checks the delivery, which a made-up code does not pass', async () => {
    const shop = await app.as('staff');
    const forged = batch.code.replace(/.$/, (last) => (last === '0' ? '1' : '0'));

    const { body } = await shop.post('/verifications', { codes: [batch.code, forged] });

    expect(body.items.map(({ verdict }: { verdict: string }) => verdict)).to.deep.equal([
      'genuine',
      'unknown',
    ]);
  });
});

/** The header of a sign-in of its own, for a file that is read as bytes. */
async function bearer(app: TestApp): Promise<string> {
  const answer = await client(app.url).post('/auth/login', MANAGER);
  expect(answer.status, answer.text).to.equal(200);
  return `Bearer ${(answer.body as { accessToken: string }).accessToken}`;
}
