import { expect } from 'chai';
import { request } from 'node:http';
import { testApp, type TestApp } from '../kit/app.ts';
import { freshDatabaseUri } from '../kit/database.ts';
import { fileOfRun, sampleRun, templateOf } from '../kit/label-run.ts';
import { printing, type Printing } from '../kit/printing.ts';

describe('downloads of labels', () => {
  let app: TestApp;
  let other: TestApp;
  let labels: Printing;
  let path: string;

  const newRun = async (count: number) => {
    const { id } = await labels.batch();
    return `/api/v1/print-runs/${(await labels.printed(id, { count, reason: 'Thử tải' })).id}`;
  };
  const bytes = async (name: string, headers: Record<string, string> = {}, method = 'GET') => {
    const clerk = await app.as('clerk');
    return clerk.send(method, `${path}/labels.${name}`, { headers });
  };

  before(async () => {
    const uri = await freshDatabaseUri();
    app = await testApp({ uri });
    other = await testApp({ uri, joins: app });
    labels = await printing(app);
    path = await newRun(400);
  });
  after(async () => {
    await other.stop();
    await app.stop();
  });

  for (const name of ['pdf', 'csv']) {
    it(`goes on where a ${name} broke off, with the same bytes`, async () => {
      const whole = await bytes(name);
      const length = Number(whole.headers.get('content-length'));
      const tag = whole.headers.get('etag') ?? '';

      const rest = await bytes(name, { Range: 'bytes=1000-', 'If-Range': tag });

      expect([whole.status, rest.status]).to.deep.equal([200, 206]);
      expect(whole.headers.get('accept-ranges')).to.equal('bytes');
      expect(rest.headers.get('content-range')).to.equal(`bytes 1000-${length - 1}/${length}`);
      expect(rest.headers.get('content-length')).to.equal(String(length - 1000));
      expect(whole.text.endsWith(rest.text.slice(-500))).to.equal(true);
    });
  }

  for (const of of ['svg', 'png'] as const) {
    it(`packs one ${of} for each label, the same at every download`, async () => {
      const run = sampleRun({ template: templateOf('avery-l7160'), count: 12 });
      if (run === null) throw new RangeError('does not fit');

      const [once, again] = [await fileOfRun(run, `zip-${of}`), await fileOfRun(run, `zip-${of}`)];

      // The list at the end: how many files, and where it begins. APPNOTE.TXT §4.3.16
      const end = once.subarray(-22);
      expect([end.readUInt32LE(0), end.readUInt16LE(10)]).to.deep.equal([0x06054b50, 12]);
      expect(once.readUInt32LE(end.readUInt32LE(16))).to.equal(0x02014b50);
      expect(once.includes(`12.${of}`)).to.equal(true);
      expect(once.equals(again)).to.equal(true);
    });
  }

  it('gives a part from the middle, byte for byte', async () => {
    const whole = await bytes('csv');

    const part = await bytes('csv', { Range: 'bytes=5000-5099' });

    const all = Buffer.from(`\uFEFF${whole.text.replace(/^\uFEFF/, '')}`, 'utf8');
    expect(part.status).to.equal(206);
    expect(part.headers.get('content-length')).to.equal('100');
    expect(all.subarray(5000, 5100).toString('utf8')).to.equal(part.text);
  });

  it('sends the whole file where the client has the beginning of another', async () => {
    const answer = await bytes('csv', { Range: 'bytes=1000-', 'If-Range': '"another"' });

    expect(answer.status).to.equal(200);
    expect(answer.headers.get('content-range')).to.equal(null);
  });

  it('says how long the file is where nothing is left', async () => {
    const whole = await bytes('csv');

    const answer = await bytes('csv', { Range: 'bytes=99999999-' });

    expect(answer.status).to.equal(416);
    expect(answer.headers.get('content-range')).to.equal(`bytes */${whole.headers.get('content-length')}`);
  });

  it('tells length and tag without the file', async () => {
    const [whole, head] = [await bytes('pdf'), await bytes('pdf', {}, 'HEAD')];

    expect(head.status).to.equal(200);
    expect(head.text).to.equal('');
    for (const name of ['content-length', 'etag', 'accept-ranges', 'content-disposition']) {
      expect(head.headers.get(name), name).to.equal(whole.headers.get(name));
    }
  });

  it('knows how long a large file is once it was made, in every process, and says so on the run’s page', async () => {
    const large = await newRun(4_000);
    const get = async ({ as }: TestApp) => (await as('clerk')).send('GET', `${large}/labels.csv`);

    const first = await get(app);
    const second = await get(other);
    const page = await (await other.browse('clerk')).open(large.replace('/api/v1', '/manage'));

    expect(first.headers.get('content-length')).to.equal(null);
    // The text has lost its byte order mark.
    expect(second.headers.get('content-length')).to.equal(String(Buffer.byteLength(second.text) + 3));
    expect(page.html).to.match(/class="size">[\d,]+\u00a0[kM]B/);
  });

  it('goes on in another process where a file broke off in the first', async () => {
    const large = await newRun(4_500);
    const whole = await (await app.as('clerk')).send('GET', `${large}/labels.csv`);
    const headers = { Range: 'bytes=200000-', 'If-Range': whole.headers.get('etag') ?? '' };

    const rest = await (await other.as('clerk')).send('GET', `${large}/labels.csv`, { headers });

    expect(rest.status).to.equal(206);
    expect(whole.text.endsWith(rest.text)).to.equal(true);
  });

  it('marks files that a page must not hold in its memory, by their length or what they may have at most', async () => {
    const [small, large] = [await newRun(401), await newRun(900_000)];
    const links = async (path: string) => {
      const { html } = await (await app.browse('clerk')).open(path.replace('/api/v1', '/manage'));
      return [
        ...html.matchAll(/<a class="button[^>]*labels\.(\w+)"[^>]*?( data-large download="[^"]+")?>/g),
      ].map(([, ending, mark]) => [ending, mark !== undefined]);
    };

    expect(await links(small)).to.deep.equal([
      ['pdf', false],
      ['csv', false],
      ['zip', false],
    ]);
    expect(await links(large)).to.deep.equal([
      ['pdf', true],
      ['csv', true],
      ['zip', true],
    ]);
  });

  it('tells how many labels of a slow download are made, and stops when the reader goes away', async () => {
    const clerk = await app.as('clerk');
    const large = await newRun(60_000);
    const reader = request(`${app.url}${large}/labels.csv`, { headers: clerk.headers() });
    const response = await new Promise<NodeJS.ReadableStream & { destroy(): void }>((resolve) => {
      reader.on('response', resolve);
      reader.end();
    });
    const files = async () => (await clerk.send('GET', `${large}/progress`)).body.files;

    const during = await files();
    const elsewhere = async () =>
      (await (await other.as('clerk')).send('GET', `${large}/progress`)).body.files;
    let told = await elsewhere();
    for (const end = Date.now() + 8_000; told.length === 0 && Date.now() < end;) told = await elsewhere();
    response.destroy();
    reader.destroy();
    let after = await files();
    for (let look = 0; look < 50 && after.length > 0; look += 1) after = await files();

    expect(during).to.have.length(1);
    expect(during[0]).to.include({ format: 'csv', count: 60_000 });
    expect(during[0].labels).to.be.within(0, 59_999);
    expect(after).to.deep.equal([]);
    let gone = await elsewhere();
    for (const end = Date.now() + 8_000; gone.length > 0 && Date.now() < end;) gone = await elsewhere();
    expect(told).to.have.length(1);
    expect(told[0]).to.include({ format: 'csv', count: 60_000 });
    expect(gone).to.deep.equal([]);
  });
});
