import { expect } from 'chai';
import { testApp, type TestApp } from '../kit/app.ts';
import { printing, type Printing } from '../kit/printing.ts';
import { teaBatch, teaProduct } from '../kit/samples.ts';

const { gtin: _gtin, ...another } = teaProduct;

describe('labels', () => {
  let app: TestApp;
  let labels: Printing;

  const fileOf = async (run: { files: { pdf: string } }, name: 'pdf' | 'csv' = 'pdf') => {
    const clerk = await app.as('clerk');
    const path = new URL((run.files as Record<string, string>)[name] ?? '').pathname;
    return clerk.send('GET', path);
  };

  before(async () => {
    app = await testApp();
    labels = await printing(app, { run: { codes: 'batch' } });
  });
  after(async () => app.stop());

  it('offers sheets and rolls with their millimetres to anybody', async () => {
    const guest = await app.as('guest');

    const { body } = await guest.get('/label-templates');

    const sheets = body.items.filter((one: { kind: string }) => one.kind === 'sheet');
    const sizes = new Set(
      sheets.map((one: { widthMm: number; heightMm: number }) => `${one.widthMm}×${one.heightMm}`),
    );
    expect(sizes.size).to.be.greaterThan(30);
    expect(body.items.some((one: { kind: string }) => one.kind === 'roll')).to.equal(true);
    expect(sheets[0]).to.include({ id: 'avery-l7160', columns: 3, rows: 7, widthMm: 63.5, perPage: 21 });
  });

  it('prints a run and tells what was printed', async () => {
    const batch = await labels.batch();

    const answer = await labels.print(batch.id, { count: 30, startAt: 5 });

    expect(answer.status, answer.text).to.equal(201);
    expect(answer.body).to.include({ count: 30, codes: 'batch', pages: 2, free: 8, printed: 30 });
    expect(answer.body.run).to.be.a('number');
    const pdf = await fileOf(answer.body);
    expect(pdf.status).to.equal(200);
    expect(pdf.headers.get('content-type')).to.contain('application/pdf');
    expect(pdf.text.startsWith('%PDF-')).to.equal(true);
  });

  it('numbers runs upwards over all batches and gives none twice', async () => {
    const batches = [await labels.batch(), await labels.batch()];

    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, at) =>
        labels.print((batches[at % 2] as { id: string }).id, { count: 5 }),
      ),
    );

    const runs = answers.map((answer) => answer.body.run);
    expect(answers.map((answer) => answer.status)).to.deep.equal(Array(8).fill(201));
    expect(new Set(runs).size).to.equal(8);
    const later = await labels.print((batches[0] as { id: string }).id, { count: 1 });
    expect(later.body.run).to.be.greaterThan(Math.max(...runs));
  });

  it('prints no more labels than packs without a reason, however many people print at once', async () => {
    const batch = await labels.batch({ packs: 100 });

    const answers = await Promise.all(Array.from({ length: 6 }, () => labels.print(batch.id, { count: 30 })));
    const refused = answers.find((answer) => answer.status === 422);
    const explained = await labels.print(batch.id, { count: 30, reason: 'Máy in kẹt giấy' });

    expect(answers.map((answer) => answer.status).sort()).to.deep.equal([201, 201, 201, 422, 422, 422]);
    expect(refused?.body).to.include({ packs: 100, printed: 90, left: 10 });
    expect(refused?.body.type).to.match(/too-many-labels$/);
    expect(refused?.body.errors[0].pointer).to.equal('/count');
    expect(refused?.body.detail).to.contain('Lô này còn 10 gói chưa có tem');
    expect(explained.status, explained.text).to.equal(201);
    expect(explained.body.reason).to.equal('Máy in kẹt giấy');
  });

  it('calls packs what the batch calls them', async () => {
    const batch = await labels.batch({ quantity: { value: 40, unit: 'box' }, packs: 40 });

    const answer = await labels.print(batch.id, { count: 41 });

    expect(answer.body.detail).to.equal(
      'Lô này còn 40 hộp chưa có tem. In nhiều nhất 40, hoặc ghi lý do cần thêm.',
    );
  });

  it('gives the same bytes at each download, whatever changed meanwhile', async () => {
    const batch = await labels.batch();
    const run = (await labels.print(batch.id)).body;
    const first = await fileOf(run);
    const manager = await app.as('manager');

    await manager.patch(`/products/${labels.productId}`, { name: { vi: 'Chè đổi tên' } });
    const second = await fileOf(run);
    await manager.patch(`/products/${labels.productId}`, { name: teaProduct.name });

    expect(second.text).to.equal(first.text);
  });

  it('makes one run of a request that is sent twice', async () => {
    const batch = await labels.batch();
    const clerk = await app.as('clerk');
    const body = { template: 'avery-l7160', count: 3, codes: 'batch' };
    const options = { headers: { 'idempotency-key': 'print-once' } };

    const first = await clerk.post(`/batches/${batch.id}/print-runs`, body, options);
    const second = await clerk.post(`/batches/${batch.id}/print-runs`, body, options);
    const list = await clerk.get(`/cooperatives/${app.cooperativeId}/print-runs?batch=${batch.id}`);

    expect(second.body.id).to.equal(first.body.id);
    expect(list.body.items).to.have.length(1);
  });

  it('refuses text that does not fit, with the field and the millimetres', async () => {
    const manager = await app.as('manager');
    const name = { vi: 'Chè xanh Shan tuyết cổ thụ hái tay một tôm hai lá '.repeat(4).trim() };
    const product = (await manager.post(`/cooperatives/${app.cooperativeId}/products`, { ...another, name }))
      .body;
    const batch = (await manager.post(`/products/${product.id}/batches`, { ...teaBatch, lotNumber: 'DAI' }))
      .body;

    const answer = await labels.print(batch.id, { template: 'avery-l7651' });

    expect(answer.status).to.equal(422);
    expect(answer.body.type).to.match(/label-does-not-fit$/);
    expect(answer.body.field).to.equal('name');
    expect(answer.body.byMm).to.be.greaterThan(0);
    expect(answer.body.detail).to.match(/^Tên sản phẩm dài hơn khung tem [\d,]+ mm/);
    // The layout without the name is offered, and prints.
    expect(answer.body.fittingLayout).to.equal('code');
    expect(answer.body.detail).to.contain('Mẫu “Tem gọn: mã QR, mã số, số lô” thì vừa.');
    const fewer = await labels.print(batch.id, { template: 'avery-l7651', layout: 'code' });
    expect(fewer.status, fewer.text).to.equal(201);
    expect(fewer.body.layout).to.deep.equal({ id: 'code', name: 'Tem gọn: mã QR, mã số, số lô' });
  });

  it('offers no fewer fields in place of a goods label', async () => {
    const batch = await labels.batch();

    const answer = await labels.print(batch.id, { template: 'avery-l7651', goodsLabel: true });

    expect(answer.status).to.equal(422);
    expect(answer.body.type).to.match(/label-(does-not-fit|incomplete)$/);
    expect(answer.body.fittingLayout).to.equal(undefined);
  });

  it('refuses a symbol that would print too small, with the millimetres', async () => {
    const batch = await labels.batch();

    const answer = await labels.print(batch.id, { template: 'avery-l4731rev' });

    expect(answer.status).to.equal(422);
    expect(answer.body).to.include({ field: 'symbol' });
    expect(answer.body.byMm).to.be.within(0.1, 3);
    // What no layout changes is told as a sum, and no layout is offered.
    expect(answer.body.detail).to.match(
      /kể cả viền trắng là (33|37) ô, mỗi ô ít nhất 0,33 mm, tức (10,89|12,21) mm/,
    );
    expect(answer.body.fittingLayout).to.equal(undefined);
  });

  for (const [fields, pointer] of [
    [{ template: 'nothing' }, '/template'],
    [{ count: 0 }, '/count'],
    [{ count: 1.5 }, '/count'],
    [{ count: 10_000_001 }, '/count'],
    [{ startAt: 22 }, '/startAt'],
    [{ startAt: 0 }, '/startAt'],
    [{ calibration: { scale: 2 } }, '/calibration/scale'],
    [{ surprise: 1 }, '/surprise'],
  ] as const) {
    it(`refuses ${JSON.stringify(fields)} at ${pointer}`, async () => {
      const batch = await labels.batch();

      const answer = await labels.print(batch.id, fields);

      expect(answer.status).to.equal(422);
      expect(answer.body.errors[0].pointer).to.equal(pointer);
    });
  }

  it('prints in English where the run asks for it', async () => {
    const batch = await labels.batch();

    const run = (await labels.print(batch.id, { language: 'en', count: 1 })).body;
    const table = await fileOf(run, 'csv');
    const picture = await (await app.as('clerk')).get(`/print-runs/${run.id}/label.svg`);

    expect(run.language).to.equal('en');
    expect(table.text).to.contain('"QR content"');
    expect(table.text).to.contain(`"${teaProduct.name.en}"`);
    expect(picture.status).to.equal(200);
  });

  it('prints nothing of a closed batch', async () => {
    const batch = await labels.batch();
    await (await app.as('manager')).post(`/batches/${batch.id}/close`);

    const answer = await labels.print(batch.id);

    expect(answer.status).to.equal(409);
    expect(answer.body.type).to.match(/batch-closed$/);
  });

  it('prints the goods label only when all that the law asks is there, and then all of it', async () => {
    const manager = await app.as('manager');
    const { ingredients: _, ...lacking } = another;
    const product = (await manager.post(`/cooperatives/${app.cooperativeId}/products`, lacking)).body;
    const batch = (await manager.post(`/products/${product.id}/batches`, { ...teaBatch, lotNumber: 'N-1' }))
      .body;
    const whole = await labels.batch();

    const refused = await labels.print(batch.id, { template: 'avery-l7165', goodsLabel: true });
    const trace = await labels.print(batch.id, { template: 'avery-l7165' });
    const printed = await labels.print(whole.id, { template: 'avery-l7165', goodsLabel: true });

    expect(refused.status).to.equal(422);
    expect(refused.body.type).to.match(/label-incomplete$/);
    expect(refused.body.detail).to.contain('thành phần');
    expect(trace.status, trace.text).to.equal(201);
    expect(printed.status, printed.text).to.equal(201);
  });

  it('gives the symbol as SVG and as a PNG of the size asked for', async () => {
    const batch = await labels.batch();
    const clerk = await app.as('clerk');

    const svg = await clerk.get(`/batches/${batch.id}/qr.svg`);
    const png = await clerk.get(`/batches/${batch.id}/qr.png?size=300`);
    const large = await clerk.get(`/batches/${batch.id}/qr.png?size=100000`);
    const word = await clerk.get(`/batches/${batch.id}/qr.png?size=big`);

    expect(svg.headers.get('content-type')).to.contain('image/svg+xml');
    expect(svg.text).to.contain('viewBox="0 0 33 33"');
    expect(png.headers.get('content-type')).to.equal('image/png');
    expect([large.status, word.status]).to.deep.equal([422, 422]);
    expect(large.body.errors[0].pointer).to.equal('?size');
  });

  it('shows runs and files to nobody but the cooperative and its officers', async () => {
    const batch = await labels.batch();
    const run = (await labels.print(batch.id)).body;
    const paths = [
      `/print-runs/${run.id}`,
      `/print-runs/${run.id}/labels.pdf`,
      `/print-runs/${run.id}/labels.csv`,
      `/batches/${batch.id}/qr.svg`,
      `/batches/${batch.id}/qr.png`,
    ];
    const statuses = async (person: Parameters<TestApp['as']>[0]) => {
      const someone = await app.as(person);
      return Promise.all(paths.map(async (path) => (await someone.get(path)).status));
    };

    expect(await statuses('guest')).to.deep.equal(paths.map(() => 401));
    expect(await statuses('otherManager')).to.deep.equal(paths.map(() => 404));
    expect(await statuses('otherOfficer')).to.deep.equal(paths.map(() => 404));
    expect(await statuses('officer')).to.deep.equal(paths.map(() => 200));
    const stranger = await (
      await app.as('otherClerk')
    ).post(`/batches/${batch.id}/print-runs`, {
      template: 'avery-l7160',
      count: 1,
      codes: 'batch',
    });
    expect(stranger.status).to.equal(404);
  });

  it('gives a table that Excel reads and that runs no formula', async () => {
    const manager = await app.as('manager');
    const name = { vi: '=HYPERLINK("http://x","Chè")' };
    const product = (await manager.post(`/cooperatives/${app.cooperativeId}/products`, { ...another, name }))
      .body;
    const batch = (await manager.post(`/products/${product.id}/batches`, { ...teaBatch, lotNumber: 'CT-1' }))
      .body;
    const run = (await labels.print(batch.id, { count: 3, template: 'avery-l7165' })).body;

    const response = await fetch(app.url + new URL(run.files.csv).pathname, {
      headers: { authorization: `Bearer ${await tokenOf()}` },
    });
    const bytes = Buffer.from(await response.arrayBuffer());

    expect([...bytes.subarray(0, 3)]).to.deep.equal([0xef, 0xbb, 0xbf]);
    const lines = bytes.toString('utf8').slice(1).trimEnd().split('\r\n');
    expect(lines).to.have.length(4);
    expect(lines[1]).to.contain(`"1","${batch.code}"`);
    expect(lines[3]).to.contain(`"'=HYPERLINK(""http://x"",""Chè"")"`);
    expect(lines[1]).to.contain(`"HTTPS://NGUON.EXAMPLE/${batch.code}"`);
  });

  async function tokenOf(): Promise<string> {
    const answer = await (
      await app.as('guest')
    ).post('/auth/login', {
      login: 'clerk@example.org',
      password: 'mật khẩu đủ dài',
    });
    return answer.body.accessToken;
  }
});
