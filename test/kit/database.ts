import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedMongodb, type EmbeddedMongodb } from '../../src/embedded-mongodb/index.ts';

/** The address of a real MongoDB to test against instead of the embedded one; unset otherwise. */
const realUri = process.env['MONGODB_URI'];

let embedded: Promise<EmbeddedMongodb> | undefined;

function startOnce(): Promise<EmbeddedMongodb> {
  embedded ??= (async () => {
    const directory = mkdtempSync(join(tmpdir(), 'nguon-test-'));
    const server = await startEmbeddedMongodb({ directory });
    after(async () => {
      await server.close();
      rmSync(directory, { recursive: true, force: true });
    });
    return server;
  })();
  return embedded;
}

/** The address of a database that nobody else has: of one embedded server for all tests, or of `MONGODB_URI`. */
export async function freshDatabaseUri(): Promise<string> {
  const uri = realUri ?? (await startOnce()).uri;
  const [, before = '', query = ''] = /^(mongodb(?:\+srv)?:\/\/[^/]+)(?:\/[^?]*)?(\?.*)?$/.exec(uri) ?? [];
  return `${before}/test_${randomBytes(8).toString('hex')}${query}`;
}
