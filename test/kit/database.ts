import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedMongodb, type EmbeddedMongodb } from '../../src/embedded-mongodb/index.ts';

/** The address of a real MongoDB to test against instead of the embedded one; unset otherwise. */
const realUri = process.env['MONGODB_URI'] || undefined;

type TestDatabase = { readonly directory: string; readonly server: EmbeddedMongodb };

let embedded: Promise<TestDatabase> | undefined;

function startOnce(): Promise<TestDatabase> {
  embedded ??= (async () => {
    const directory = mkdtempSync(join(tmpdir(), 'nguon-test-'));
    return { directory, server: await startEmbeddedMongodb({ directory }) };
  })();
  return embedded;
}

/** Stops the embedded server, if a test has started it: its thread would keep the run from ending. */
export async function closeTestDatabase(): Promise<void> {
  if (embedded === undefined) return;
  const { directory, server } = await embedded;
  embedded = undefined;
  await server.close();
  rmSync(directory, { recursive: true, force: true });
}

/** The address of a database that nobody else has: of one embedded server for all tests, or of `MONGODB_URI`. */
export async function freshDatabaseUri(): Promise<string> {
  const uri = realUri ?? (await startOnce()).server.uri;
  const [, before = '', query = ''] = /^(mongodb(?:\+srv)?:\/\/[^/]+)(?:\/[^?]*)?(\?.*)?$/.exec(uri) ?? [];
  return `${before}/test_${randomBytes(8).toString('hex')}${query}`;
}
