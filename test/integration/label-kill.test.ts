import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { startEmbeddedMongodb } from '../../src/embedded-mongodb/index.ts';
import { sizeOf, union, type Ranges } from '../../src/domain/unit-code/ranges.ts';
import { DATABASE_FOLDER } from '../../src/platform/data-folder.ts';
import { emailOf, PASSWORD, testApp } from '../kit/app.ts';
import { client, type Client } from '../kit/client.ts';
import { codesOf } from '../kit/printing.ts';
import { teaBatch, teaProduct } from '../kit/samples.ts';
import { startProcess, type ServerProcess } from '../kit/whole-server.ts';

const LARGE = 20_000;
const SMALL = 190;
const PACKS = LARGE + 1_000;
const WRITERS = 4;
const KILL_AFTER_RUNS = 2;
const CUT_AFTER_BYTES = 200_000;

/** A folder with the world’s people in it, as a server finds it that was stopped. */
async function folderWithPeople(): Promise<{ readonly folder: string; readonly cooperativeId: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'nguon-label-kill-'));
  const database = await startEmbeddedMongodb({ directory: join(folder, DATABASE_FOLDER) });
  const unitKeySource = { kind: 'kept', file: join(folder, 'keys', 'unit-codes') } as const;
  const { cooperativeId, stop } = await testApp({ uri: database.uri, unitKeySource });
  await stop();
  await database.close();
  return { folder, cooperativeId };
}

async function start(folder: string): Promise<{ server: ServerProcess; manager: Client }> {
  const server = await startProcess({ DATA_DIR: folder, DEMO: '0', PUBLIC_URL: 'https://nguon.example' });
  await server.ready();
  const manager = client(server.url);
  await manager.signIn(emailOf('manager'), PASSWORD);
  return { server, manager };
}

/** The beginning of a file; then nobody reads on, and the rest is not sent. */
async function beginningOf(url: string, headers: Readonly<Record<string, string>>) {
  const response = await fetch(url, { headers });
  const reader = response.body?.getReader();
  const parts: Uint8Array[] = [];
  for (let bytes = 0; bytes < CUT_AFTER_BYTES;) {
    const { value } = (await reader?.read()) ?? {};
    if (value === undefined) throw new RangeError('The file is too short to be broken off');
    parts.push(value);
    bytes += value.length;
  }
  return { bytes: Buffer.concat(parts), tag: response.headers.get('etag') ?? '' };
}

async function bytesOf(url: string, headers: Readonly<Record<string, string>>) {
  const response = await fetch(url, { headers });
  return { status: response.status, bytes: Buffer.from(await response.arrayBuffer()) };
}

describe('a server that is killed while labels are printed, checked and downloaded', function () {
  this.timeout(180_000);
  let folder: string;
  let cooperativeId: string;

  before(async () => {
    ({ folder, cooperativeId } = await folderWithPeople());
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('has each run whole or not at all, issues no code twice, and goes on with a file byte by byte', async () => {
    const { server, manager } = await start(folder);
    const product = (await manager.post(`/cooperatives/${cooperativeId}/products`, teaProduct)).body;
    const batch = (await manager.post(`/products/${product.id}/batches`, { ...teaBatch, packs: PACKS })).body;
    const print = async (api: Client, count: number) =>
      api.post(`/batches/${batch.id}/print-runs`, { template: 'avery-l7160', count, codes: 'unit' });
    const large = (await print(manager, LARGE)).body;
    const file = `/api/v1/print-runs/${large.id}/labels.csv`;
    const { bytes: beginning, tag } = await beginningOf(server.url + file, manager.headers());
    const acknowledged: string[] = [large.id];
    // Each new run is read by the check’s thread while the next ones are recorded, and all end together.
    const writing = Array.from({ length: WRITERS }, async () => {
      for (;;) {
        const { status, text, body } = await print(manager, SMALL);
        if (status !== 201) throw new RangeError(text);
        acknowledged.push(body.id);
        if (acknowledged.length === 1 + KILL_AFTER_RUNS) await server.end('SIGKILL');
      }
    });
    const ends = await Promise.allSettled(writing);

    const { server: again, manager: back } = await start(folder);
    let last = await print(back, SMALL);
    while (last.status === 201) last = await print(back, SMALL);
    const runs = (await back.get(`/cooperatives/${cooperativeId}/print-runs?batch=${batch.id}&limit=200`))
      .body.items as { id: string; count: number; packNumbers: Ranges }[];
    const files = await Promise.all(runs.map(({ id }) => back.get(`/print-runs/${id}/labels.csv`)));
    const range = { ...back.headers(), Range: `bytes=${beginning.length}-`, 'If-Range': tag };
    const rest = await bytesOf(again.url + file, range);
    const whole = await bytesOf(again.url + file, back.headers());
    await again.end('SIGTERM');

    // Only the kill stops a writer: a refusal would be a fault of the server’s.
    for (const end of ends) expect(end).to.have.property('reason').that.is.instanceOf(TypeError);
    expect(runs.map(({ id }) => id)).to.include.members(acknowledged);
    expect(new Set(runs.map(({ count }) => count))).to.deep.equal(new Set([LARGE, SMALL]));
    const printed = runs.reduce((sum, { count }) => sum + count, 0);
    expect(last.status).to.equal(422);
    expect(last.body).to.include({ packs: PACKS, printed, voided: 0, left: PACKS - printed });
    expect(PACKS - printed).to.be.within(0, SMALL - 1);
    expect(runs.map(({ packNumbers }) => sizeOf(packNumbers))).to.deep.equal(runs.map(({ count }) => count));
    expect(sizeOf(union(runs.flatMap(({ packNumbers }) => packNumbers)))).to.equal(printed);
    expect(files.map(({ text }) => codesOf(text).length)).to.deep.equal(runs.map(({ count }) => count));
    expect(new Set(files.flatMap(({ text }) => codesOf(text))).size).to.equal(printed);
    expect(rest.status).to.equal(206);
    expect(Buffer.concat([beginning, rest.bytes]).equals(whole.bytes)).to.equal(true);
  });
});
