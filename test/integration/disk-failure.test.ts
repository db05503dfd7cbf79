import { expect } from 'chai';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { faultyDisk } from '../crash/disk.ts';
import { client } from '../kit/client.ts';
import { skipBecause } from '../kit/skip.ts';
import { startProcess } from '../kit/whole-server.ts';

const ADMINISTRATOR = { ADMIN_EMAIL: 'admin@nguon.example', ADMIN_PASSWORD: 'long enough' } as const;

describe('a server whose disk fails', function () {
  this.timeout(120_000);

  it('says that it is not ready and why, goes on answering reads, and has everything after a restart', async function () {
    const library = faultyDisk() ?? skipBecause(this, 'no C compiler: no disk can be made to fail');
    const folder = mkdtempSync(join(tmpdir(), 'nguon-disk-'));
    const control = join(folder, 'fault');
    const settings = { DATA_DIR: join(folder, 'data'), DEMO: '0', ...ADMINISTRATOR };
    const server = await startProcess({ ...settings, LD_PRELOAD: library, FAULT: control });
    await server.ready();
    const admin = client(server.url);
    await admin.signIn(ADMINISTRATOR.ADMIN_EMAIL, ADMINISTRATOR.ADMIN_PASSWORD);
    const made = await admin.post('/unions', { provinceCode: '01', name: 'Liên minh thứ nhất' });
    writeFileSync(control, '0 sync 5 -wal');
    const refused = await admin.post('/unions', { provinceCode: '04', name: 'Liên minh thứ hai' });
    rmSync(control);
    const late = await admin.post('/unions', { provinceCode: '08', name: 'Liên minh thứ ba' });
    const [ready, alive, page] = await Promise.all([
      fetch(`${server.url}/readyz`),
      fetch(`${server.url}/healthz`),
      fetch(`${server.url}/api/v1/provinces`),
    ]);
    for (let turn = 0; turn < 50 && !server.out().includes('takes no writes'); turn += 1) await sleep(20);
    await server.end('SIGKILL');
    const log = server.out();
    const again = await startProcess(settings);
    await again.ready();
    const later = client(again.url);
    await later.signIn(ADMINISTRATOR.ADMIN_EMAIL, ADMINISTRATOR.ADMIN_PASSWORD);
    const repeated = await later.post('/unions', { provinceCode: '01', name: 'Liên minh khác' });
    await again.end('SIGTERM');
    rmSync(folder, { recursive: true, force: true });

    expect(made.status, made.text).to.equal(201);
    expect([refused.status, late.status]).to.deep.equal([503, 503]);
    expect(refused.body.type).to.match(/not-ready$/);
    expect([ready.status, alive.status, page.status]).to.deep.equal([503, 200, 200]);
    expect(log).to.contain('the database takes no writes').and.contain('then restart the server');
    expect(repeated.status).to.equal(409);
  });
});
