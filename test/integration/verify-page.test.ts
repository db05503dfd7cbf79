import { expect } from 'chai';
import { testApp, type TestApp } from '../kit/app.ts';
import { codesOf, printing } from '../kit/printing.ts';
import { fileOf, tenantOf } from '../kit/tenants.ts';

describe('checking many labels on a page', () => {
  let app: TestApp;
  let code: string;

  before(async () => {
    app = await testApp();
    code = (await tenantOf(app, 'first')).batchCode;
  });
  after(async () => app.stop());

  async function check(entries: Readonly<Record<string, string | File>>) {
    const browser = await app.browse('staff');
    return { browser, page: await browser.submit(await browser.open('/verify'), entries, 'Kiểm tra') };
  }

  it('takes a delivery’s list as a file, whatever column has the code', async () => {
    const lines = [
      'STT,Sản phẩm,Mã',
      `1,Chè,${code.toLowerCase()}`,
      `2,Chè,https://nguon.example/${code}`,
      '3,Chè,??',
    ];

    const { page } = await check({
      file: fileOf(Buffer.from(`\uFEFF${lines.join('\r\n')}`), 'a.csv', 'text/csv'),
    });

    expect(page.status).to.equal(200);
    expect(page.text).to.contain('2 trong 3 tem không có gì lạ').and.contain('1 không tìm thấy');
  });

  it('reads what a spreadsheet saves as Unicode text, too', async () => {
    const bytes = Buffer.from(`\uFEFFMã\tTên\r\n${code}\tChè`, 'utf16le');

    const { page } = await check({ file: fileOf(bytes, 'a.txt', 'text/plain') });

    expect(page.text).to.contain('1 trong 1 tem không có gì lạ');
  });

  it('gives the answers as a table to keep, in the order in which the codes came', async () => {
    const { browser, page } = await check({ codes: `khong-phai-ma\n${code}` });

    const table = await browser.submit(page, {}, 'Tải kết quả (CSV)');

    const [head, first, second] = table.html.replace('\uFEFF', '').split('\r\n');
    expect(head).to.equal('Mã,Kết quả,Lý do,Sản phẩm,Hợp tác xã');
    expect(first).to.contain('Không tìm thấy');
    expect(second).to.contain(code.slice(0, 4)).and.contain('Chè');
  });

  it('shows a lot’s code once, with how often it came', async () => {
    const { page } = await check({ codes: `${code}\n${code.toLowerCase()}\n${code}` });

    expect(page.text).to.contain('3 trong 3 tem không có gì lạ').and.contain('× 3');
    expect(page.html.match(new RegExp(`href="/${code}"`, 'g'))).to.have.length(1);
  });

  it('shows what is no code as it was typed', async () => {
    const { page } = await check({ codes: 'khongphaima' });

    expect(page.html).to.contain('<span class="code typed">khongphaima</span>');
  });

  it('does not believe a pack’s own code that comes more than once', async () => {
    const labels = await printing(app);
    const run = await labels.printed((await labels.batch({ packs: 100 })).id, { codes: 'unit' });
    const file = await (await app.as('clerk')).get(`/print-runs/${run.id}/labels.csv`);
    const [first, second] = codesOf(file.text);

    const { browser, page } = await check({ codes: `${first}\n${second}\n${first}` });
    const table = await browser.submit(page, {}, 'Tải kết quả (CSV)');

    expect(page.text).to.contain('1 trong 3 tem không có gì lạ').and.contain('2 nghi sao chép');
    expect(page.text).to.contain('× 2').and.contain('Mã của một gói có ở 2 tem');
    expect(table.html.match(/Mã của một gói có ở 2 tem/g)).to.have.length(2);
  });

  it('says how to save what is no text, and that it cannot be read', async () => {
    const workbook = Buffer.from('PK\u0003\u0004\u0014\u0000\u0006\u0000', 'latin1');

    const { page } = await check({ codes: code, file: fileOf(workbook, 'giao-hang.xlsx', 'text/csv') });

    expect(page.status).to.equal(422);
    expect(page.text).to.contain('Hoặc một tệp CSV: Tệp này không phải CSV.');
    expect(page.html).to.contain('href="#field-file"').and.contain(`${code}</textarea>`);
  });

  it('refuses a file that is larger than any list, and a list that is longer than may be asked', async () => {
    const large = await check({
      file: fileOf(Buffer.alloc(1024 * 1024 + 1, `${code}\n`), 'a.csv', 'text/csv'),
    });
    const long = await check({ file: fileOf(Buffer.from(`${code}\n`.repeat(1_001)), 'a.csv', 'text/csv') });
    const whole = await check({ file: fileOf(Buffer.from(`${code}\n`.repeat(1_000)), 'a.csv', 'text/csv') });

    expect(large.page.status).to.equal(413);
    expect(large.page.text).to.contain('Hoặc một tệp CSV: Tệp lớn hơn 1 MB.');
    expect(long.page.status).to.equal(422);
    expect(long.page.text).to.contain('Nhiều nhất 1.000 mục.');
    expect(whole.page.text).to.contain('1.000 trong 1.000 tem không có gì lạ');
  });

  it('says once, and with their places, which entries cannot be codes', async () => {
    const long = 'x'.repeat(301);

    const { page } = await check({ codes: [code, ...Array.from({ length: 7 }, () => long)].join('\n') });

    expect(page.status).to.equal(422);
    expect(page.text).to.contain('Mã thứ 2, 3, 4, 5, 6…: Vui lòng nhập không quá 300 ký tự.');
    expect(page.html.match(/Mã thứ/g)).to.have.length(2);
  });

  it('asks for a code where there is none', async () => {
    const browser = await app.browse('guest');

    const page = await browser.submit(await browser.open('/verify'), { codes: ' ' }, 'Kiểm tra');
    const english = await browser.submit(await browser.open('/verify?lang=en'), { codes: ' ' }, 'Check');

    expect([page.status, english.status]).to.deep.equal([422, 422]);
    expect(page.text).to.contain('Vui lòng nhập hoặc dán ít nhất một mã, hoặc chọn một tệp.');
    expect(english.text).to.contain('Please enter or paste at least one code, or choose a file.');
  });

  it('keeps what was typed when there are too many codes', async () => {
    const codes = Array.from({ length: 21 }, () => code).join('\r\n');
    const browser = await app.browse('guest');

    const page = await browser.submit(await browser.open('/verify'), { codes }, 'Kiểm tra');

    expect(page.status).to.equal(422);
    expect(page.html).to.contain(codes);
  });

  it('says how long to wait where too many codes led nowhere', async () => {
    const missed = await testApp();
    try {
      const browser = await missed.browse('guest');
      const form = await browser.open('/verify');
      const shop = await missed.as('staff');
      const codes = Array.from({ length: 1_000 }, (_, at) => String(at).padStart(20, '7'));
      while ((await shop.post('/verifications', { codes })).status === 200);

      const page = await browser.submit(form, { codes: '777777777777' }, 'Kiểm tra');

      expect(page.status).to.equal(429);
      expect(page.text).to.match(/Có quá nhiều mã không tìm thấy. Vui lòng thử lại sau \d+ giây./);
    } finally {
      await missed.stop();
    }
  });
});
