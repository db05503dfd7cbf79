import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { killCycles } from './cycles.ts';

/** `npm run test:crash -- --cycles 200 --seed 7`: kills the embedded database while it is written to. */

const { values } = parseArgs({ options: { cycles: { type: 'string' }, seed: { type: 'string' } } });
const cycles = Number(values.cycles ?? 200);
const seed = Number(values.seed ?? Math.floor(Math.random() * 1_000_000_000));
const say = (line: string) => process.stdout.write(`${line}\n`);

const directory = mkdtempSync(join(tmpdir(), 'embedded-crash-'));
const startedAt = performance.now();
say(`seed ${seed} (again with: npm run test:crash -- --cycles ${cycles} --seed ${seed})`);
const outcome = await killCycles({
  directory,
  cycles,
  seed,
  onCycle: (cycle) => {
    if (process.stdout.isTTY) process.stdout.write(`\r${cycle} of ${cycles} `);
  },
});
const { restarts, problems } = outcome;
const at = (share: number) => (restarts[Math.floor(share * (restarts.length - 1))] ?? 0).toFixed(0);
say(
  `${outcome.cycles} cycles in ${((performance.now() - startedAt) / 1000).toFixed(1)} s, ` +
    `${outcome.acknowledged} acknowledged writes, restart ${at(0.5)} ms (median), ${at(1)} ms (longest)`,
);
for (const problem of problems) say(problem);
say(
  problems.length === 0 ? 'nothing lost, nothing torn' : `${problems.length} problems; files: ${directory}`,
);
if (problems.length === 0) rmSync(directory, { recursive: true, force: true });
process.exit(problems.length === 0 ? 0 : 1);
