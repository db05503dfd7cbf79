import { expect } from 'chai';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { client, type Client } from '../kit/client.ts';
import { harvest, teaBatch } from '../kit/samples.ts';
import { startProcess } from '../kit/whole-server.ts';

const PASSWORD = 'demo-password-1';
const CYCLES = 3;
const WRITERS = 4;
/** A kill comes this long after the writers began, and another time in every cycle; later where nothing is done yet. */
const KILL_AFTER_MS = [900, 1_700, 2_600] as const;
const LOOK_MS = 50;
const EVENTS_LEAST = 2;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

type Acknowledged = {
  readonly products: string[];
  readonly batches: { id: string; code: string; lotNumber: string }[];
  readonly events: { id: string; batchId: string; sequence: number }[];
  readonly photos: { path: string }[];
};

/** Writes until the server is gone, and notes only what was answered with 201. */
async function write(
  api: Client,
  place: { cooperativeId: string; name: string; photo: Buffer },
  noted: Acknowledged,
) {
  const { cooperativeId, name, photo } = place;
  for (let turn = 0; ; turn += 1) {
    const product = await api.post(`/cooperatives/${cooperativeId}/products`, {
      name: { vi: `Chè ${name} ${turn}` },
      tier: 'local',
      category: '1.11',
    });
    if (product.status !== 201) throw new Error(product.text);
    noted.products.push(product.body.id);
    const lotNumber = `${name}-${turn}`;
    const batch = await api.post(`/products/${product.body.id}/batches`, { ...teaBatch, lotNumber });
    if (batch.status !== 201) throw new Error(batch.text);
    noted.batches.push({ id: batch.body.id, code: batch.body.code, lotNumber });
    for (let count = 0; count < 3; count += 1) {
      const event = await api.post(`/batches/${batch.body.id}/events`, harvest);
      if (event.status !== 201) throw new Error(event.text);
      noted.events.push({ id: event.body.id, batchId: batch.body.id, sequence: event.body.sequence });
    }
    const form = new FormData();
    form.set('photo', new Blob([new Uint8Array(photo)], { type: 'image/png' }), 'photo.png');
    const added = await api.send('POST', `/api/v1/products/${product.body.id}/photos`, { body: form });
    if (added.status !== 201) throw new Error(added.text);
    noted.photos.push({ path: new URL(added.body.url).pathname });
  }
}

describe('a server that is killed at any moment', function () {
  this.timeout(400_000);
  const folder = mkdtempSync(join(tmpdir(), 'nguon-kill-'));
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('has after its restart everything that it acknowledged, whole', async () => {
    const settings = { DATA_DIR: folder, DEMO_PASSWORD: PASSWORD };
    const photo = await sharp({ create: { width: 64, height: 48, channels: 3, background: '#3f7049' } })
      .png()
      .toBuffer();
    const noted: Acknowledged = { products: [], batches: [], events: [], photos: [] };
    for (let cycle = 0; cycle < CYCLES; cycle += 1) {
      const server = await startProcess(settings);
      await server.ready();
      const writers = await Promise.all(
        Array.from({ length: WRITERS }, async (_, index) => {
          const api = client(server.url);
          await api.signIn('quanly@mayngu.example', PASSWORD);
          const { memberships } = (await api.get('/me')).body;
          return { api, cooperativeId: memberships[0].organizationId, name: `K${cycle}${index}` };
        }),
      );
      const writing = writers.map(({ api, ...place }) =>
        write(api, { ...place, photo }, noted).catch((error: unknown) => error),
      );
      await pause(KILL_AFTER_MS[cycle] ?? 0);
      const enough = EVENTS_LEAST * (cycle + 1);
      let hasEnded = false;
      void Promise.race(writing).then(() => (hasEnded = true));
      while (noted.events.length < enough && !hasEnded) await pause(LOOK_MS);
      await server.end('SIGKILL');
      const ends = await Promise.all(writing);
      // Only the kill stops a writer: a refusal would be a fault of the server's.
      for (const end of ends) expect(end).to.be.instanceOf(TypeError);
    }

    const server = await startProcess(settings);
    await server.ready();
    const api = client(server.url);
    await api.signIn('quanly@mayngu.example', PASSWORD);
    for (const id of noted.products) expect((await api.get(`/products/${id}`)).status).to.equal(200);
    for (const { id, code, lotNumber } of noted.batches) {
      const whole = (await api.get(`/batches/${id}`)).body;
      const sequences = whole.events.map((event: { sequence: number }) => event.sequence);
      expect(whole).to.deep.include({ id, code, lotNumber });
      expect(sequences).to.deep.equal(sequences.map((_: number, index: number) => index + 1));
      for (const event of noted.events.filter(({ batchId }) => batchId === id)) {
        const found = whole.events[event.sequence - 1];
        expect(found).to.deep.include({ id: event.id, sequence: event.sequence });
        expect(found.note).to.deep.equal(harvest.note);
      }
    }
    for (const { path } of noted.photos) {
      const answer = await fetch(server.url + path);
      const { width, height } = await sharp(Buffer.from(await answer.arrayBuffer())).metadata();
      expect([width, height]).to.deep.equal([64, 48]);
    }
    await server.end('SIGTERM');

    expect(noted.events.length).to.be.at.least(EVENTS_LEAST * CYCLES);
  });
});
