import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { testApp, type TestApp } from '../kit/app.ts';
import { session, type Session } from '../kit/browser-session.ts';
import { harvest, teaBatch, teaProduct } from '../kit/samples.ts';

const PAGE_MAX_BYTES = 30 * 1024;

describe('the page that a label leads to', () => {
  let app: TestApp;
  let reader: Session;
  let code: string;
  let madeCode: string;

  before(async () => {
    app = await testApp({ settings: { ADMIN_EMAIL: 'ops@example.org', ADMIN_PASSWORD: 'một mật khẩu dài' } });
    reader = session(app.url);
    const [manager, clerk] = [await app.as('manager'), await app.as('clerk')];
    const home = `/cooperatives/${app.cooperativeId}`;
    const product = (await manager.post(`${home}/products`, teaProduct)).body;
    const certificate = { issuer: 'VinaCert', issuedOn: '2024-04-06', productIds: [product.id] };
    await manager.post(`${home}/certificates`, {
      ...certificate,
      standard: 'VietGAP',
      number: 'VG-1',
      expiresOn: '2099-01-01',
    });
    await manager.post(`${home}/certificates`, {
      ...certificate,
      standard: 'Hữu cơ',
      number: 'HC-1',
      expiresOn: '2026-04-06',
    });
    const batch = (await clerk.post(`/products/${product.id}/batches`, teaBatch)).body;
    ({ code } = batch);
    const [picked, dried] = [
      (await clerk.post(`/batches/${batch.id}/events`, harvest)).body,
      (
        await clerk.post(`/batches/${batch.id}/events`, {
          step: 'drying',
          occurredAt: '2026-04-07T01:00:00Z',
          place: { name: 'Xưởng' },
        })
      ).body,
    ];
    expect(picked.sequence + dried.sequence).to.equal(3);
    const inputs = [{ batchId: batch.id, quantity: { value: 5, unit: 'kg' } }];
    const made = { ...teaBatch, lotNumber: 'TL-01', quantity: { value: 5, unit: 'kg' }, inputs };
    madeCode = (await clerk.post(`/products/${product.id}/batches`, made)).body.code;
  });
  after(async () => app.stop());

  it('judges each certificate on the days of the work and today', async () => {
    const page = await reader.open(`/${code}`);
    const json = await (await app.as('guest')).get(`/trace/${code}`);

    const [vietGap, organic] = json.body.certificates;
    expect(page.text).to.contain('Còn hiệu lực suốt các việc đã ghi (05/04/2026 đến 07/04/2026).');
    expect(page.text).to.contain('Không có hiệu lực khi: Phơi, sấy (07/04/2026).');
    expect(vietGap.atEvents.map((one: { valid: boolean }) => one.valid)).to.deep.equal([true, true]);
    expect(organic.atEvents.map((one: { valid: boolean }) => one.valid)).to.deep.equal([true, false]);
    expect(organic.validToday).to.equal(false);
  });

  it('leads backward to what the batch was made from, and forward to what it went into', async () => {
    const [source, made] = [await reader.open(`/${code}`), await reader.open(`/${madeCode}`)];
    const json = (await (await app.as('guest')).get(`/trace/${code}`)).body;

    expect(source.text).to.contain('Đã dùng để làm');
    expect(source.html).to.contain(`href="/${madeCode}"`);
    expect(made.text).to.contain('Làm từ các lô');
    expect(made.html).to.contain(`href="/${code}"`);
    expect(json.batch.usedIn[0]).to.include({ code: madeCode, lotNumber: 'TL-01' });
  });

  it('says its level, what it knows, what it lacks, and how late it was written', async () => {
    const { text } = await reader.open(`/${code}`);

    expect(text).to.contain('Mã chung cho cả lô CX-01');
    expect(text).to.contain('9 trong 10 mục luật yêu cầu').and.contain('Hình ảnh sản phẩm');
    expect(text).to.contain('mục của hộ chiếu số sản phẩm').and.contain('mục của nhãn hàng hóa');
    expect(text).to.match(/ghi sau \d+ ngày/);
  });

  it('takes a report even where the cooperative has no address', async () => {
    const { html } = await reader.open(`/${code}`);

    expect(html).to.contain('href="mailto:ops@example.org?subject=');
  });

  it('opens however the code is typed, and never for a wrong one', async () => {
    const typed = [
      code.toLowerCase(),
      `${code.slice(0, 4)}-${code.slice(4, 8)}-${code.slice(8)}`,
      `${code.slice(0, 4)}%20${code.slice(4)}`,
      code.replaceAll('0', 'o').replaceAll('1', 'l'),
    ];
    const wrong = `${code.slice(0, -1)}${code.endsWith('A') ? 'B' : 'A'}`;

    const pages = await Promise.all(typed.map((one) => reader.open(`/${one}`)));
    const refused = await reader.open(`/${wrong}`);

    expect(pages.map(({ status }) => status)).to.deep.equal([200, 200, 200, 200]);
    expect(refused.status).to.equal(404);
    expect(refused.forms.some(({ fields }) => fields.some(({ name }) => name === 'code'))).to.equal(true);
    expect(refused.text).to.not.contain('Hợp tác xã Chè Mây Ngủ');
  });

  it('answers JSON, HEAD and a revisit, and weighs little', async () => {
    const json = await reader.send('GET', `/${code}`, { headers: { accept: 'application/json' } });
    const head = await reader.send('HEAD', `/${code}`);
    const page = await reader.send('GET', `/${code}`);
    const etag = page.headers.get('etag') ?? '';
    const revisit = await reader.send('GET', `/${code}`, {
      // Without it, fetch asks as for a forced reload.
      headers: { 'if-none-match': etag, 'cache-control': 'max-age=0' },
    });

    expect(((await json.json()) as { code: string }).code).to.equal(code);
    expect(head.status).to.equal(200);
    expect(await head.text()).to.equal('');
    expect(revisit.status).to.equal(304);
    expect(gzipSync(await page.text()).length).to.be.lessThan(PAGE_MAX_BYTES);
  });

  it('keeps the coordinates of the fields to the cooperative', async () => {
    const page = await reader.open(`/${code}`);
    const json = await (await app.as('guest')).get(`/trace/${code}`);

    expect(page.html).to.not.contain('105.3082');
    expect(json.text).to.not.contain('105.3082');
  });
});
