import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { PASSWORD, emailOf, testApp, type TestApp } from '../kit/app.ts';
import { ownLayout } from '../kit/own-labels.ts';
import { whyNoScanner } from '../kit/printed.ts';
import { teaBatch, teaProduct } from '../kit/samples.ts';
import { skipBecause } from '../kit/skip.ts';

const run = promisify(execFile);
const GTIN = '8935244812343';

/** What zbar reads on the first page of a PDF at 300 dots per inch. */
async function readAt300(pdf: Buffer): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'nguon-barcode-'));
  try {
    writeFileSync(join(folder, 'labels.pdf'), pdf);
    const file = join(folder, 'labels.pdf');
    await run('pdftoppm', ['-r', '300', '-gray', '-png', '-singlefile', file, join(folder, 'page')]);
    return (await run('zbarimg', ['-q', join(folder, 'page.png')])).stdout;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe('a barcode beside the QR code', () => {
  let app: TestApp;
  before(async function () {
    const why = whyNoScanner();
    if (why !== null) skipBecause(this, why);
    app = await testApp();
  });
  after(async () => {
    if (whyNoScanner() === null) await app.stop();
  });

  const bytesOf = async (path: string): Promise<Buffer> => {
    const login = await fetch(`${app.url}/api/v1/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ login: emailOf('manager'), password: PASSWORD }),
    });
    const { accessToken } = (await login.json()) as { readonly accessToken: string };
    const answer = await fetch(app.url + path, { headers: { authorization: `Bearer ${accessToken}` } });
    return Buffer.from(await answer.arrayBuffer());
  };

  it('reads from the printed page, and so does the Digital Link', async () => {
    const manager = await app.as('manager');
    const at = `/cooperatives/${app.cooperativeId}`;
    const product = (await manager.post(`${at}/products`, { ...teaProduct, gtin: GTIN })).body.id;
    const batch = (await manager.post(`/products/${product}/batches`, teaBatch)).body.id;
    const body = { ...ownLayout('Mã vạch'), barcode: true, symbolContent: 'gs1' };
    const layout = (await manager.post(`${at}/label-layouts`, body)).body.id;

    const printed = await manager.post(`/batches/${batch}/print-runs`, {
      template: 'avery-l7165',
      count: 1,
      layout,
    });
    const { files, address } = printed.body;
    const read = await readAt300(await bytesOf(new URL(String(files.pdf)).pathname));

    expect(read).to.contain(`EAN-13:${GTIN}`);
    expect(read).to.contain(`QR-Code:${String(address)}`);
  });
});
