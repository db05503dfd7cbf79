import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { MongoClient } from 'mongodb';
import { problemsAfterCrash } from './check.ts';
import { faultyDisk, powerCutImage, readDiskLog, writeImage } from './disk.ts';
import type { Unsynced } from './disk.ts';
import { newLedger } from './ledger.ts';
import { randomOf } from './random.ts';
import { crashServer } from './server-process.ts';
import { prepare, startWriting } from './writers.ts';

const WRITING_MS = 700;
const UNSYNCED: readonly Unsynced[] = ['nothing', 'everything', 'some', 'torn'];

/**
 * Lets clients write while every write and sync of the disk is noted, then plays power cuts at random moments: the
 * image of each must hold all that was acknowledged until then. @returns what is wrong, in words
 */
export async function playPowerCuts({
  directory,
  cuts,
  seed,
}: {
  readonly directory: string;
  readonly cuts: number;
  readonly seed: number;
}): Promise<string[]> {
  const [base, live, log] = [join(directory, 'base'), join(directory, 'live'), join(directory, 'disk.log')];
  await makeBase(base);
  cpSync(base, live, { recursive: true });
  const library = faultyDisk();
  if (library === null) throw new Error('no C compiler');
  const server = crashServer(live, { environment: { LD_PRELOAD: library, DISK_LOG: log } });
  const { uri } = await server.open();
  const ledger = newLedger();
  const writing = await startWriting(uri, { ledger, seed, run: 'power' });
  await sleep(WRITING_MS);
  await server.kill();
  await writing.stop();
  const records = readDiskLog(log);
  const random = randomOf(seed, 'power cut');
  const problems: string[] = [];
  for (let cut = 0; cut < cuts; cut += 1) {
    const record = random.pick(records);
    // Just before it happened, or just after.
    const time = record.time + BigInt(random.below(2));
    const unsynced = UNSYNCED[cut % UNSYNCED.length] ?? 'torn';
    const image = join(directory, 'image');
    rmSync(image, { recursive: true, force: true });
    mkdirSync(image);
    cpSync(join(base, 'FORMAT'), join(image, 'FORMAT'));
    writeImage(image, powerCutImage(base, records, { time, unsynced, random }));
    const after = crashServer(image);
    try {
      const opened = await after.open();
      const found = await problemsAfterCrash(opened.uri, ledger, { time, isKept: false });
      problems.push(...found.map((problem) => `cut ${cut} (${unsynced} of what was not synced): ${problem}`));
    } finally {
      await after.kill();
    }
  }
  if (ledger.acknowledgedCount === 0) problems.push('nothing was acknowledged, so nothing was proven');
  return problems;
}

/** An empty database with its indexes, closed. */
async function makeBase(directory: string): Promise<void> {
  const server = crashServer(directory);
  const { uri } = await server.open();
  const client = await MongoClient.connect(uri);
  await prepare(client.db());
  await client.close();
  await server.close();
}
