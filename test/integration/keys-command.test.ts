import { expect } from 'chai';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startProcess } from '../kit/whole-server.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

type Ended = { readonly code: number; readonly said: string };

/** The command as an operator gives it. */
function nguon(dataDir: string, ...words: readonly string[]): Promise<Ended> {
  const env = { PATH: process.env['PATH'] ?? '', DATA_DIR: dataDir, DEMO: '0' };
  return new Promise((done) => {
    const args = ['--import', 'tsx', 'src/nguon.ts', ...words];
    const child = execFile(process.execPath, args, { cwd: root, env }, (_error, out, err) => {
      done({ code: child.exitCode ?? -1, said: out + err });
    });
  });
}

describe('the commands for keys of unit codes', function () {
  this.timeout(120_000);
  let dataDir: string;

  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'nguon-keys-command-'));
  });
  afterEach(() => {
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('rotate and list them while the server runs, and refuse a folder without a database', async () => {
    const nothing = await nguon(dataDir, 'keys', 'list');
    const server = await startProcess({ DATA_DIR: dataDir, DEMO: '0' });
    await server.ready();
    const first = readFileSync(join(dataDir, 'keys', 'unit-codes'), 'utf8');

    const rotated = await nguon(dataDir, 'keys', 'rotate');
    const listed = await nguon(dataDir, 'keys', 'list');
    const ready = await fetch(`${server.url}/readyz`);
    await server.end('SIGTERM');
    const both = readFileSync(join(dataDir, 'keys', 'unit-codes'), 'utf8');

    expect(nothing.code).to.not.equal(0);
    expect(nothing.said).to.contain('There is no database');
    expect(rotated.code, rotated.said).to.equal(0);
    expect(rotated.said).to.contain('Key 2 is used three seconds from now');
    expect(listed.code, listed.said).to.equal(0);
    expect(listed.said)
      .to.match(/^1 {2}.*nothing printed$/m)
      .and.match(/^2 {2}.*nothing printed$/m);
    expect(ready.status).to.equal(200);
    expect(both).to.contain(first.trim()).and.match(/^2 /m);
    expect(rotated.said + listed.said).to.not.contain(first.trim().split(' ')[1] ?? first);
  });
});
