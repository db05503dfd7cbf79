import { expect } from 'chai';
import { setImmediate as turn } from 'node:timers/promises';
import { runRelease } from '../../../../src/features/labels/release.ts';
import { sampleKey, sampleRun, templateOf } from '../../../kit/label-run.ts';

const NEW_RUNS = 40;

describe('the release of runs', () => {
  it('checks new runs one after another, so that downloads find a place', async () => {
    const run = sampleRun({ template: templateOf('avery-l7160'), count: 21 });
    if (run === null) throw new Error('The sample does not fit its sheet');
    const checked: string[] = [];
    let [under, most] = [0, 0];
    const release = runRelease({
      clock: { now: () => run.createdAt },
      keys: { inForce: () => [sampleKey] },
      store: { of: async () => null, insert: async ({ runId }) => void checked.push(runId) },
      maker: {
        async check(job) {
          most = Math.max(most, ++under);
          await turn();
          under -= 1;
          if (job.run.id === 'run3') throw new Error('The run was not checked');
          return { labels: 8, dotsPerInch: 300, elapsedMs: 1, failed: null };
        },
      },
    });
    const ids = Array.from({ length: NEW_RUNS }, (_, at) => `run${at}`);

    for (const id of ids) release.prepare({ ...run, id });
    while (!checked.includes(`run${NEW_RUNS - 1}`)) await turn();

    expect(most).to.equal(1);
    expect(checked).to.deep.equal(ids.filter((id) => id !== 'run3'));
  });
});
