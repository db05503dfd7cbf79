import { expect } from 'chai';
import { MongoClient } from 'mongodb';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { skipBecause } from '../../kit/skip.ts';

const MEBIBYTE = 1024 * 1024;
const DOCUMENTS = 320;
/** For each of two threads: a batch of 16 MiB, its copies on the way out, and a page of what comes next. */
const GROWTH_BYTES_MAX = 128 * MEBIBYTE;
const CLI = fileURLToPath(new URL('../../../src/embedded-mongodb/cli.ts', import.meta.url));

/** The most memory that a process has had. */
function peakOf(pid: number | undefined): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmHWM:\s*(\d+) kB/.exec(status)?.[1]) * 1024;
}

describe('embedded MongoDB: a slow reader', () => {
  it('does not make the server hold what it has not read, nor what it changes', async function () {
    this.timeout(180_000);
    if (!existsSync('/proc/self/status'))
      skipBecause(this, 'this system does not tell a process’s memory by /proc');
    const directory = await mkdtemp(join(tmpdir(), 'embedded-'));
    const address = join(directory, 's.sock');
    const args = ['--import', 'tsx', CLI, '--dbpath', directory, '--socket', address];
    const server = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      await once(server.stdout, 'data');
      const client = await MongoClient.connect(`mongodb://${encodeURIComponent(address)}/test`);
      const collection = client.db().collection('large');
      for (let n = 0; n < DOCUMENTS; n++) await collection.insertOne({ n, text: 'x'.repeat(MEBIBYTE) });
      // The thread of the long reads has started: what it takes by itself is not what is asked here.
      await collection.countDocuments({ n: { $gte: 0 } });
      const before = peakOf(server.pid);

      const readers = [collection.find(), collection.aggregate([{ $addFields: { more: 1 } }])];
      const counts = await Promise.all(
        readers.map(async (reader) => {
          let count = 0;
          for await (const { n } of reader) {
            expect(n).to.equal(count++);
            if (count % 16 === 0) await sleep(50);
          }
          return count;
        }),
      );

      expect(counts).to.deep.equal([DOCUMENTS, DOCUMENTS]);
      expect(peakOf(server.pid) - before).to.be.lessThan(2 * GROWTH_BYTES_MAX);
      // More than it may hold at once is changed, and removed, all the same.
      const peak = peakOf(server.pid);
      expect((await collection.updateMany({}, { $set: { seen: true } })).modifiedCount).to.equal(DOCUMENTS);
      expect((await collection.deleteMany({ n: { $gte: 0 } })).deletedCount).to.equal(DOCUMENTS);
      expect(peakOf(server.pid) - peak).to.be.lessThan(2 * GROWTH_BYTES_MAX);
      await client.close();
    } finally {
      server.kill('SIGTERM');
      await once(server, 'close');
      await rm(directory, { recursive: true, force: true });
    }
  });
});
