import { setTimeout as sleep } from 'node:timers/promises';
import { MongoClient } from 'mongodb';
import { problemsAfterCrash } from './check.ts';
import { newLedger } from './ledger.ts';
import type { Random } from './random.ts';
import { randomOf } from './random.ts';
import type { CrashServer } from './server-process.ts';
import { crashServer } from './server-process.ts';
import { prepare, startWriting } from './writers.ts';

const WRITING_MS_MIN = 20;
const WRITING_MS_RANGE = 200;

/** What a run did; `problems` is empty when nothing was lost. */
export type Outcome = {
  readonly cycles: number;
  readonly acknowledged: number;
  /** Time from the word to open until it listens, after a kill, in milliseconds, shortest first. */
  readonly restarts: readonly number[];
  readonly problems: readonly string[];
};

/** How a cycle ends. The names stand in the report. */
const ENDINGS = ['kill', 'kill', 'kill', 'kill', 'kill', 'kill', 'kill while closing', 'close'] as const;

/**
 * Writes from several clients, kills the server at a random moment, starts it again and compares; `cycles` times on
 * one database. The seed decides what is written and when it is killed; the machine decides what had come through.
 */
export async function killCycles({
  directory,
  cycles,
  seed,
  onCycle = () => undefined,
}: {
  readonly directory: string;
  readonly cycles: number;
  readonly seed: number;
  readonly onCycle?: (cycle: number) => void;
}): Promise<Outcome> {
  const ledger = newLedger();
  const restarts: number[] = [];
  const problems: string[] = [];
  let next = crashServer(directory);
  try {
    for (let cycle = 0; cycle <= cycles && problems.length === 0; cycle += 1) {
      const server = next;
      next = crashServer(directory);
      const random = randomOf(seed, `cycle ${cycle}`);
      if (cycle > 0 && random.chance(0.1)) {
        await killWhileOpening(server, random);
        continue;
      }
      const { uri, ms } = await server.open();
      if (cycle > 0) restarts.push(ms);
      const found = await problemsAfterCrash(uri, ledger);
      problems.push(...found.map((problem) => `cycle ${cycle}: ${problem}`));
      if (cycle === 0) await prepareAt(uri);
      if (cycle < cycles) {
        const refusals = await writeAndEnd(server, { uri, random, ledger, seed, run: `c${cycle}` });
        problems.push(...refusals.map((refusal) => `cycle ${cycle}: refused: ${refusal}`));
      } else await server.close();
      onCycle(cycle);
    }
  } finally {
    await next.kill();
  }
  restarts.sort((a, b) => a - b);
  return { cycles, acknowledged: ledger.acknowledgedCount, restarts, problems };
}

async function prepareAt(uri: string): Promise<void> {
  const client = await MongoClient.connect(uri);
  await prepare(client.db());
  await client.close();
}

/** A recovery that is cut off must be possible again. */
async function killWhileOpening(server: CrashServer, random: Random): Promise<void> {
  server.beginOpening();
  await sleep(random.below(150));
  await server.kill();
}

type Work = {
  readonly uri: string;
  readonly random: Random;
  readonly ledger: ReturnType<typeof newLedger>;
  readonly seed: number;
  readonly run: string;
};

async function writeAndEnd(server: CrashServer, { uri, random, ledger, seed, run }: Work): Promise<string[]> {
  const writing = await startWriting(uri, { ledger, seed, run });
  await sleep(WRITING_MS_MIN + random.below(WRITING_MS_RANGE));
  const ending = random.pick(ENDINGS);
  if (ending === 'kill') await server.kill();
  else {
    const closed = server.close();
    if (ending === 'kill while closing') {
      await sleep(random.below(15));
      await server.kill();
    }
    await closed;
  }
  await writing.stop();
  return writing.refusals.map(({ message }) => message);
}
