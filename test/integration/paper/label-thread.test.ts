import { expect } from 'chai';
import type { Worker } from 'node:worker_threads';
import { fileMaker, newThread } from '../../../src/features/labels/maker.ts';
import type { FileJob } from '../../../src/features/labels/making.ts';
import type { Parts } from '../../../src/platform/routing.ts';
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

describe('a thread of labels that is killed while it makes a file', () => {
  it('breaks the file off with an error instead of ending it, and the next file is whole', async () => {
    const threads: Worker[] = [];
    const maker = fileMaker((kind) => {
      const thread = newThread(kind);
      threads.push(thread);
      return thread;
    });
    const whole = { from: 0, end: null };
    const { job } = sample(60_000);
    const broken = await maker.open(job, whole);
    await broken.next();
    void threads[0]?.terminate();
    const rest = await readAll(broken).catch((error: unknown) => error);
    const next = sample(30);
    const file = await readAll(await maker.open(next.job, whole));

    expect(rest).to.be.an('error').with.property('message').that.includes('The thread of the labels ended');
    expect(maker.progressOf(job.printout.run.id)).to.deep.equal([]);
    expect(file.equals(await fileOfRun(next.run, 'pdf'))).to.equal(true);
    expect(threads).to.have.length(2);
    await threads[1]?.terminate();
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
