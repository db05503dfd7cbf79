import { expect } from 'chai';
import type { Worker } from 'node:worker_threads';
import { checkStore } from '../../../src/features/labels/check-store.ts';
import { fileMaker, newThread } from '../../../src/features/labels/maker.ts';
import type { FileJob } from '../../../src/features/labels/making.ts';
import { runRelease } from '../../../src/features/labels/release.ts';
import { systemClock } from '../../../src/platform/clock.ts';
import type { Parts } from '../../../src/platform/routing.ts';
import { connectStore } from '../../../src/store/connect.ts';
import { freshDatabaseUri } from '../../kit/database.ts';
import { fileOfRun, sampleKey, sampleRun, templateOf } from '../../kit/label-run.ts';

function sample(count: number) {
  const run = sampleRun({ template: templateOf('avery-l7160'), count });
  if (run === null) throw new RangeError('does not fit');
  const job: FileJob = { format: 'pdf', printout: { run, reprint: null }, keys: [sampleKey] };
  return { run, job };
}

/** Takes each part as it is sent, and what is left in the memory afterwards for nothing. */
async function readAll(parts: Parts): Promise<Buffer> {
  const read: Buffer[] = [];
  for (let part = await parts.next(); part !== null; part = await parts.next()) {
    read.push(Buffer.from(part));
    parts.sent();
  }
  parts.close();
  return Buffer.concat(read);
}

/** A maker, and the threads that it started. */
function watchedMaker(begun: (thread: Worker, count: number) => void = () => {}) {
  const threads: Worker[] = [];
  const maker = fileMaker((kind) => {
    const thread = newThread(kind);
    threads.push(thread);
    begun(thread, threads.length);
    return thread;
  });
  return { maker, threads };
}

describe('a thread of labels that is killed', () => {
  it('breaks its file off with an error instead of ending it; the rest, and the next file, are whole', async () => {
    const { maker, threads } = watchedMaker();
    const { job, run } = sample(5_000);
    const broken = await maker.open(job, { from: 0, end: null });
    const beginning = Buffer.from((await broken.next()) ?? []);
    void threads[0]?.terminate();
    const end = await readAll(broken).catch((error: unknown) => error);
    const rest = await readAll(await maker.open(job, { from: beginning.length, end: null }));
    const next = sample(30);
    const file = await readAll(await maker.open(next.job, { from: 0, end: null }));

    expect(end).to.be.an('error').with.property('message').that.includes('The thread of the labels ended');
    expect(maker.progressOf(job.printout.run.id)).to.deep.equal([]);
    expect(beginning.length).to.be.greaterThan(0);
    expect(Buffer.concat([beginning, rest]).equals(await fileOfRun(run, 'pdf'))).to.equal(true);
    expect(file.equals(await fileOfRun(next.run, 'pdf'))).to.equal(true);
    expect(threads).to.have.length(2);
    await threads[1]?.terminate();
  });

  it('leaves a run unchecked, not refused, and the next check of it passes', async () => {
    const { maker, threads } = watchedMaker((thread, count) => {
      if (count === 1) thread.once('online', () => void thread.terminate());
    });
    const connection = await connectStore(await freshDatabaseUri());
    const { run } = sample(1_000);
    const keys = { inForce: () => [sampleKey] };
    const release = runRelease({ maker, store: checkStore(connection), clock: systemClock, keys });

    const broken = await release.ensure(run).catch((error: unknown) => error);
    const between = await release.checkOf(run.id);
    await release.ensure(run);
    const check = await release.checkOf(run.id);

    expect(broken).to.be.an('error').with.property('message').that.includes('The thread of the labels ended');
    expect(between).to.equal(null);
    expect(check).to.include({ failedNumber: null, dotsPerInch: 300 });
    expect(threads).to.have.length(2);
    await threads[1]?.terminate();
    await connection.dropDatabase();
    await connection.close();
  });
});

describe('the thread that reads labels before they are released', () => {
  it('has ended with its memory before its answer is given, and is there again for the next run', async () => {
    const threads: Worker[] = [];
    const maker = fileMaker((kind) => {
      const thread = newThread(kind);
      threads.push(thread);
      return thread;
    });
    const { run } = sample(30);
    const check = () => maker.check({ run, keys: [sampleKey], places: [1, 30] });

    const results = [await check(), await check()];

    expect(results.map(({ labels, failed }) => ({ labels, failed }))).to.deep.equal([
      { labels: 2, failed: null },
      { labels: 2, failed: null },
    ]);
    // What Node.js says of a thread that has ended.
    expect(threads.map(({ threadId }) => threadId)).to.deep.equal([-1, -1]);
  });
});
