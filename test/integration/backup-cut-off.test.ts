import { expect } from 'chai';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { MongoClient } from 'mongodb';
import { startEmbeddedMongodb } from '../../src/embedded-mongodb/index.ts';
import { isHalfRestored } from '../../src/platform/data-folder.ts';
import { faultyDisk } from '../crash/disk.ts';
import { contentsOf } from '../kit/contents.ts';
import { nguon, startNguon } from '../kit/operator.ts';
import { skipBecause } from '../kit/skip.ts';
import { smallDisk, type SmallDisk } from '../kit/small-disk.ts';

const DOCUMENTS = 20_000;
/** Many files of a few bytes take more room than their bytes. */
const SMALL_FILES = 300;
const ENOSPC = 28;
const PAGE = 4_096;

describe('a backup or a restore that is cut off', function () {
  this.timeout(300_000);
  let folder: string;
  let dataDir: string;
  let restored: string;
  let disk: SmallDisk | null;
  const file = () => join(folder, 'database.sqlite.tar');
  const names = () => readdirSync(folder).sort();

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'nguon-cut-off-'));
    [dataDir, restored, disk] = [join(folder, 'data'), join(folder, 'restored'), null];
  });
  afterEach(() => {
    disk?.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  async function fill(count: number): Promise<void> {
    const server = await startEmbeddedMongodb({ directory: join(dataDir, 'mongodb') });
    const client = await MongoClient.connect(server.uri);
    const documents = Array.from({ length: count }, (_, n) => ({ n, text: 'x'.repeat(500) }));
    await client.db().collection('batches').insertMany(documents);
    await client.close();
    await server.close();
  }

  async function contents(directory: string) {
    const server = await startEmbeddedMongodb({ directory: join(directory, 'mongodb') });
    return contentsOf(server.uri).finally(() => server.close());
  }

  function addSmallFiles(): void {
    mkdirSync(join(dataDir, 'keys'));
    for (let n = 0; n < SMALL_FILES; n += 1) writeFileSync(join(dataDir, 'keys', String(n)), 'key');
  }

  const databasePages = () => Math.ceil(statSync(join(dataDir, 'mongodb', 'database.sqlite')).size / PAGE);

  /** Kills the command as soon as `isThere`, or sees it end before. @returns whether it was killed */
  async function kill(
    { child, ended }: ReturnType<typeof startNguon>,
    isThere: () => boolean,
  ): Promise<boolean> {
    let isOver = false;
    void ended.then(() => (isOver = true));
    while (!isOver && !isThere()) await sleep(1);
    child.kill('SIGKILL');
    return (await ended).code === null;
  }

  it('leaves no file in the place of a backup that was killed, and the next one clears up', async () => {
    await fill(DOCUMENTS);
    for (const kind of ['database', 'partial']) {
      const run = startNguon(dataDir, ['backup', file()]);
      const isKilled = await kill(run, () => names().some((name) => name.endsWith(`.${kind}`)));

      expect(isKilled).to.equal(true);
      expect(names()).to.include(`${basename(file())}.${run.child.pid}.${kind}`);
      expect(existsSync(file())).to.equal(false);
    }
    const made = await nguon(dataDir, ['backup', file()]);
    const put = await nguon(restored, ['restore', file()]);

    expect([made.code, put.code], made.said + put.said).to.deep.equal([0, 0]);
    expect(names()).to.deep.equal(['data', basename(file()), 'restored']);
    expect(await contents(restored)).to.deep.equal(await contents(dataDir));
  });

  it('starts on no restore that was killed, and restores again', async () => {
    await fill(DOCUMENTS);
    await nguon(dataDir, ['backup', file()]);

    const isKilled = await kill(startNguon(restored, ['restore', file()]), () => isHalfRestored(restored));
    const isHalf = isHalfRestored(restored);
    const again = await nguon(restored, ['restore', file()]);

    expect([isKilled, isHalf]).to.deep.equal([true, true]);
    expect(again.code, again.said).to.equal(0);
    expect(await contents(restored)).to.deep.equal(await contents(dataDir));
  });

  it('leaves nothing on a disk that has become full while it copied the database', async function () {
    const library = faultyDisk() ?? skipBecause(this, 'no C compiler: no disk can be made to fail');
    await fill(2_000);
    const control = join(folder, 'fault');
    writeFileSync(control, `2 write ${ENOSPC} .database`);

    const made = await nguon(dataDir, ['backup', file()], { LD_PRELOAD: library, FAULT: control });
    rmSync(control);

    expect(made.code, made.said).to.equal(1);
    expect(made.said).to.contain(`No room is left in ${folder}, and no backup was made`);
    expect(names()).to.deep.equal(['data']);
  });

  it('leaves nothing on a disk that has become full while it wrote the archive', async function () {
    await fill(2_000);
    addSmallFiles();
    const small = join(folder, 'small');
    disk =
      smallDisk(small, (2 * databasePages() + 20) * PAGE) ??
      skipBecause(this, 'no small disk may be mounted');

    const made = await nguon(dataDir, ['backup', join(small, 'backup.tar')]);

    expect(made.code, made.said).to.equal(1);
    expect(made.said).to.contain(`No room is left in ${small}, and no backup was made`);
    expect(readdirSync(small)).to.deep.equal([]);
  });

  it('says before it begins that there is not room enough for a backup', async function () {
    await fill(2_000);
    disk = smallDisk(join(folder, 'small'), 256 * PAGE) ?? skipBecause(this, 'no small disk may be mounted');

    const made = await nguon(dataDir, ['backup', join(folder, 'small', 'backup.tar')]);

    expect(made.code).to.equal(1);
    expect(made.said).to.match(/Not enough room in .*\(.*needed, free\)/);
    expect(readdirSync(join(folder, 'small'))).to.deep.equal([]);
  });

  it('leaves nothing of a restore on a disk that has become full, and restores where there is room', async function () {
    await fill(2_000);
    addSmallFiles();
    await nguon(dataDir, ['backup', file()]);
    const small = join(folder, 'small');
    disk =
      smallDisk(small, (databasePages() + SMALL_FILES / 2) * PAGE) ??
      skipBecause(this, 'no small disk may be mounted');

    const full = await nguon(small, ['restore', file()]);
    const left = readdirSync(small);
    const put = await nguon(restored, ['restore', file()]);

    expect([full.code, left], full.said).to.deep.equal([1, []]);
    expect(full.said).to.contain(`No room is left in ${small}, and nothing was restored`);
    expect(put.code, put.said).to.equal(0);
    expect(readdirSync(join(restored, 'keys'))).to.have.length(SMALL_FILES);
  });
});
