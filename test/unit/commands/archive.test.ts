import { expect } from 'chai';
import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ArchiveError, extractFile, verifyArchive, writeArchive } from '../../../src/commands/archive.ts';
import { readTarHeader, tarHeader } from '../../../src/commands/tar.ts';
import { skipBecause } from '../../kit/skip.ts';

const nothing = () => undefined;

describe('the archive of a backup', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'archive-'));
    file = join(folder, 'archive.tar');
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  /** Writes files of these sizes and archives them. */
  async function archived(sizes: Readonly<Record<string, number>>) {
    const sources = Object.entries(sizes).map(([path, size], index) => {
      const source = join(folder, String(index));
      writeFileSync(source, randomBytes(size), { mode: 0o600 });
      return { path, file: source };
    });
    const handle = await open(file, 'wx');
    const digest = await writeArchive(handle, sources, { now: new Date('2026-11-24'), onBytes: nothing });
    await handle.close();
    return { sources, digest };
  }

  const problem = async (): Promise<string | null> => {
    const handle = await open(file);
    try {
      await verifyArchive(handle, nothing);
      return null;
    } catch (error) {
      if (error instanceof ArchiveError) return error.message;
      throw error;
    } finally {
      await handle.close();
    }
  };

  it('gives every file back as it was', async () => {
    const { sources } = await archived({ 'a/empty': 0, 'a/block': 512, 'large file': 2_500_000 });
    const handle = await open(file);

    const files = await verifyArchive(handle, nothing);
    for (const [index, one] of files.entries()) {
      await extractFile(handle, one, { target: join(folder, `out${index}`), onBytes: nothing });
    }
    await handle.close();

    expect(files.map(({ path }) => path)).to.deep.equal(sources.map(({ path }) => path));
    for (const [index, source] of sources.entries()) {
      expect(readFileSync(join(folder, `out${index}`)).equals(readFileSync(source.file))).to.equal(true);
    }
  });

  it('leaves out a file that has gone meanwhile', async () => {
    const source = join(folder, 'there');
    writeFileSync(source, 'x');
    const handle = await open(file, 'wx+');
    const sources = [
      { path: 'gone', file: join(folder, 'gone') },
      { path: 'there', file: source },
    ];
    await writeArchive(handle, sources, { now: new Date(), onBytes: nothing });

    const files = await verifyArchive(handle, nothing);
    await handle.close();

    expect(files.map(({ path }) => path)).to.deep.equal(['there']);
  });

  it('finds every byte that differs, and every length that is too short or too long', async () => {
    await archived({ one: 700, 'folder/two': 100 });
    const whole = readFileSync(file);
    const missed: number[] = [];
    for (let at = 0; at < whole.length; at += 1) {
      const changed = Buffer.from(whole);
      changed.writeUInt8(changed.readUInt8(at) ^ (1 << (at % 8)), at);
      writeFileSync(file, changed);
      if ((await problem()) === null) missed.push(at);
    }
    for (const length of [0, 1, 511, 512, 1_000, whole.length - 1_024, whole.length - 1]) {
      writeFileSync(file, whole.subarray(0, length));
      if ((await problem()) === null) missed.push(-length);
    }
    writeFileSync(file, Buffer.concat([whole, Buffer.alloc(512)]));
    if ((await problem()) === null) missed.push(whole.length);
    writeFileSync(file, whole);

    expect(missed).to.deep.equal([]);
    expect(await problem()).to.equal(null);
  }).timeout(60_000);

  it('names the file whose bytes differ', async () => {
    await archived({ one: 700, 'folder/two': 100 });
    const changed = readFileSync(file);
    changed.writeUInt8(changed.readUInt8(2_100) ^ 1, 2_100);
    writeFileSync(file, changed);

    expect(await problem()).to.equal('folder/two is damaged');
  });

  it('is what tar reads, with the digest that sha256sum counts', async function () {
    const { sources, digest } = await archived({ 'keys/session': 64, data: 3_000 });
    const names = (() => {
      try {
        return execFileSync('tar', ['tf', file]).toString().trim().split('\n');
      } catch {
        return skipBecause(this, 'no tar');
      }
    })();
    const before = readFileSync(file).subarray(0, -(512 + 512 + 1_024));

    expect(names).to.deep.equal([...sources.map(({ path }) => path), 'MANIFEST', 'SHA256']);
    expect(execFileSync('tar', ['xOf', file, 'SHA256']).toString()).to.equal(`${digest}\n`);
    expect(createHash('sha256').update(before).digest('hex')).to.equal(digest);
  });

  it('knows sizes beyond eight gibibytes', () => {
    const entry = { path: 'x', size: 20 * 2 ** 30, mode: 0o600, modifiedAt: 1 };

    expect(readTarHeader(tarHeader(entry))).to.deep.equal(entry);
  });
});
