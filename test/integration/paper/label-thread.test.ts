import { expect } from 'chai';
import type { Worker } from 'node:worker_threads';
import { fileMaker, newThread } from '../../../src/features/labels/maker.ts';
import type { FileJob } from '../../../src/features/labels/making.ts';
import { fileOfRun, sampleKey, sampleRun, templateOf } from '../../kit/label-run.ts';

function sample(count: number) {
  const run = sampleRun({ template: templateOf('avery-l7160'), count });
  if (run === null) throw new RangeError('does not fit');
  const job: FileJob = { format: 'pdf', printout: { run, reprint: null }, keys: [sampleKey] };
  return { run, job };
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
    let ended = false;
    broken.on('end', () => (ended = true));
    const failure = new Promise<Error>((resolve) => broken.once('error', resolve));
    broken.once('data', () => void threads[0]?.terminate());

    const error = await failure;
    const next = sample(30);
    const parts: Buffer[] = [];
    for await (const part of await maker.open(next.job, whole)) parts.push(Buffer.from(part as Uint8Array));

    expect(error.message).to.contain('The thread of the labels ended');
    expect(ended).to.equal(false);
    expect(maker.progressOf(job.printout.run.id)).to.deep.equal([]);
    expect(Buffer.concat(parts).equals(await fileOfRun(next.run, 'pdf'))).to.equal(true);
    expect(threads).to.have.length(2);
    await threads[1]?.terminate();
  });
});
