import { expect } from 'chai';
import { existsSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { MongoClient } from 'mongodb';
import { problemsAfterCrash } from '../../crash/check.ts';
import { killCycles } from '../../crash/cycles.ts';
import { faultyDisk } from '../../crash/disk.ts';
import { newLedger } from '../../crash/ledger.ts';
import { playPowerCuts } from '../../crash/power-cut.ts';
import { crashServer, type CrashServer, type ServerOptions } from '../../crash/server-process.ts';
import { prepare, startWriting } from '../../crash/writers.ts';
import { skipBecause } from '../../kit/skip.ts';
import { smallDisk } from '../../kit/small-disk.ts';
import { failureOf } from './server.ts';

/** `npm run test:crash`, and with it `npm test`, runs many more. */
const CYCLES = 6;
const POWER_CUTS = 12;
const EIO = 5;
const ENOSPC = 28;
const OPERATION_FAILED = 96;
const OUT_OF_DISK_SPACE = 14_031;
const SMALL_DISK_BYTES = 64 * 1024 * 1024;
/** Less than the log grows to before it begins anew. */
const SMALL_DISK_ROOM_BYTES = 1024 * 1024;

describe('embedded MongoDB: crashes and failing disks', function () {
  this.timeout(180_000);
  const seed = Number(process.env['CRASH_SEED'] ?? Math.floor(Math.random() * 1e9));
  let directory: string;
  let running: CrashServer[] = [];
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'embedded-crash-'));
    running = [];
  });
  afterEach(async () => {
    for (const server of running) await server.kill();
    rmSync(directory, { recursive: true, force: true });
  });

  const start = async (options: ServerOptions = {}) => {
    const server = crashServer(join(directory, 'data'), options);
    running.push(server);
    return { server, ...(await server.open()) };
  };
  const withClient = async <Result>(uri: string, work: (client: MongoClient) => Promise<Result>) => {
    const client = await MongoClient.connect(uri);
    return work(client).finally(() => client.close(true));
  };

  it(`loses nothing in ${CYCLES} kills (seed ${seed})`, async () => {
    const outcome = await killCycles({ directory: join(directory, 'data'), cycles: CYCLES, seed });

    expect(outcome.problems).to.deep.equal([]);
    expect(outcome.acknowledged).to.be.greaterThan(CYCLES);
    expect(outcome.restarts[Math.floor(outcome.restarts.length / 2)]).to.be.lessThan(2_000);
  });

  /** What fails, and whether what comes after the failure may be written again. */
  const faults: readonly (readonly [string, string])[] = [
    ['a sync of the log', `sync ${EIO} -wal`],
    ['a write of the log', `write ${EIO} -wal`],
    ['a sync of the database file', `sync ${EIO} database.sqlite`],
    ['a write of the database file', `write ${EIO} database.sqlite`],
  ];
  for (const [what, fault] of faults) {
    it(`acknowledges nothing after ${what} has failed, and recovers at a restart`, async function () {
      const library = faultyDisk() ?? skipBecause(this, 'no C compiler: no disk can be made to fail');
      const control = join(directory, 'fault');
      const { server, uri } = await start({
        environment: { LD_PRELOAD: library, FAULT: control },
        expiryMs: 20,
      });
      const ledger = newLedger();
      await withClient(uri, (client) => prepare(client.db()));
      const writing = await startWriting(uri, { ledger, seed, run: 'fault' });
      await sleep(300);
      writeFileSync(control, `3 ${fault}`);
      for (let turn = 0; writing.refusals.length === 0 && turn < 200; turn += 1) await sleep(20);
      await sleep(100);
      rmSync(control);
      await sleep(50);
      const after = await withClient(uri, async (client) => ({
        ping: await failureOf(client.db().command({ ping: 1 })),
        write: await failureOf(client.db().collection('documents').insertOne({ key: 'late' })),
        reads: await client.db().collection('documents').estimatedDocumentCount(),
      }));
      await writing.stop();
      await server.kill();

      expect(writing.refusals[0]?.message).to.match(/takes no writes since its disk failed/);
      const firstRefusal = writing.refusals.reduce((first, { at }) => (at < first ? at : first), 1n << 62n);
      expect(ledger.lastAcknowledgedSentAt < firstRefusal).to.equal(true);
      expect([after.ping['code'], after.write['code']]).to.deep.equal([OPERATION_FAILED, OPERATION_FAILED]);
      expect(after.reads).to.be.greaterThan(0);
      expect(server.failures).to.have.length(1);
      expect(server.failures[0]).to.contain(directory).and.contain('restart the server');
      const again = await start();
      expect(await problemsAfterCrash(again.uri, ledger)).to.deep.equal([]);
    });
  }

  it('refuses writes while the disk is full, and takes them again when there is room', async function () {
    const library = faultyDisk() ?? skipBecause(this, 'no C compiler: no disk can be made to fail');
    const control = join(directory, 'fault');
    const { server, uri } = await start({ environment: { LD_PRELOAD: library, FAULT: control } });
    const ledger = newLedger();
    await withClient(uri, (client) => prepare(client.db()));
    const writing = await startWriting(uri, { ledger, seed, run: 'full' });
    await sleep(200);
    writeFileSync(control, `2 write ${ENOSPC} -wal`);
    for (let turn = 0; writing.refusals.length < 20 && turn < 200; turn += 1) await sleep(20);
    const full = await withClient(uri, async (client) => ({
      ping: await failureOf(client.db().command({ ping: 1 })),
      reads: await client.db().collection('documents').estimatedDocumentCount(),
    }));
    rmSync(control);
    const room = await withClient(uri, (client) => client.db().command({ ping: 1 }));
    const before = ledger.acknowledgedCount;
    await sleep(200);
    await server.kill();
    await writing.stop();

    expect(new Set(writing.refusals.map(({ code }) => code))).to.deep.equal(new Set([OUT_OF_DISK_SPACE]));
    expect(full.ping['code']).to.equal(OUT_OF_DISK_SPACE);
    expect(full.reads).to.be.greaterThan(0);
    expect(room['ok']).to.equal(1);
    expect(ledger.acknowledgedCount).to.be.greaterThan(before);
    const again = await start();
    expect(await problemsAfterCrash(again.uri, ledger)).to.deep.equal([]);
  });

  it('does not take a write that changes nothing for room on a full disk', async function () {
    const library = faultyDisk() ?? skipBecause(this, 'no C compiler: no disk can be made to fail');
    const control = join(directory, 'fault');
    const { server, uri } = await start({ environment: { LD_PRELOAD: library, FAULT: control } });
    await withClient(uri, async (client) => {
      const collection = client.db().collection<{ _id: number }>('documents');
      await collection.insertOne({ _id: 1 });
      writeFileSync(control, `0 write ${ENOSPC} -wal`);
      const refused = await failureOf(collection.insertOne({ _id: 2 }));
      const nothing = await failureOf(collection.updateOne({ _id: 3 }, { $set: { a: 1 } }));
      const ping = await failureOf(client.db().command({ ping: 1 }));
      rmSync(control);
      const { matchedCount } = await collection.updateOne({ _id: 3 }, { $set: { a: 1 } });

      expect([refused['code'], nothing['code'], ping['code']]).to.deep.equal(
        Array(3).fill(OUT_OF_DISK_SPACE),
      );
      expect(matchedCount).to.equal(0);
      expect((await client.db().command({ ping: 1 }))['ok']).to.equal(1);
    });
    await server.kill();
  });

  it('loses nothing on a small disk that is full, and writes again once there is room', async function () {
    const place = join(directory, 'data');
    const disk = smallDisk(place, SMALL_DISK_BYTES) ?? skipBecause(this, 'no small disk may be mounted');
    try {
      const { server, uri } = await start({ expiryMs: 20 });
      const ledger = newLedger();
      await withClient(uri, (client) => prepare(client.db()));
      const { bavail, bsize } = statfsSync(place);
      writeFileSync(join(place, 'filler'), Buffer.alloc(bavail * bsize - SMALL_DISK_ROOM_BYTES));
      const writing = await startWriting(uri, { ledger, seed, run: 'small' });
      for (let turn = 0; writing.refusals.length < 20 && turn < 3_000; turn += 1) await sleep(20);
      const reads = await withClient(uri, (client) =>
        client.db().collection('documents').estimatedDocumentCount(),
      );
      const before = ledger.acknowledgedCount;
      rmSync(join(place, 'filler'));
      for (let turn = 0; ledger.acknowledgedCount < before + 20 && turn < 1_000; turn += 1) await sleep(20);
      await server.kill();
      await writing.stop();

      expect(new Set(writing.refusals.map(({ code }) => code))).to.deep.equal(new Set([OUT_OF_DISK_SPACE]));
      expect(reads).to.be.greaterThan(0);
      expect(ledger.acknowledgedCount).to.be.at.least(before + 20);
      expect(server.failures).to.deep.equal([]);
      const again = await start();
      expect(await problemsAfterCrash(again.uri, ledger)).to.deep.equal([]);
      await again.server.kill();
    } finally {
      disk.remove();
    }
  });

  it('loses nothing when its files may not grow any further', async function () {
    if (!existsSync('/usr/bin/prlimit')) skipBecause(this, 'no prlimit: no limit of a file’s size');
    const { server, uri } = await start({ fileBytesMax: 3_000_000 });
    const ledger = newLedger();
    await withClient(uri, (client) => prepare(client.db()));
    const writing = await startWriting(uri, { ledger, seed, run: 'limit' });
    for (let turn = 0; writing.refusals.length === 0 && turn < 1_000; turn += 1) await sleep(20);
    await writing.stop();
    await server.kill();

    expect(writing.refusals[0]?.message).to.match(/takes no writes since its disk failed/);
    const again = await start();
    expect(await problemsAfterCrash(again.uri, ledger)).to.deep.equal([]);
  });

  it(`has after a power cut whatever it acknowledged before (seed ${seed})`, async function () {
    if (faultyDisk() === null) skipBecause(this, 'no C compiler: writes to the disk cannot be watched');
    const problems = await playPowerCuts({ directory, cuts: POWER_CUTS, seed });

    expect(problems).to.deep.equal([]);
  });
});
