import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { MongoClient } from 'mongodb';

/** A FerretDB of our own, over SQLite in a directory of its own. */
export type Ferretdb = { readonly client: MongoClient; close(): Promise<void> };

/** The program where the tests look for it: $FERRETDB, `.cache/bin`, the PATH; null where there is none. */
export function ferretdbFile(): string | null {
  const folders = [join(process.cwd(), '.cache', 'bin'), ...(process.env['PATH'] ?? '').split(delimiter)];
  const candidates = [process.env['FERRETDB'] ?? '', ...folders.map((folder) => join(folder, 'ferretdb'))];
  return candidates.find((file) => file !== '' && existsSync(file)) ?? null;
}

/** Starts it and waits until it answers. */
export async function startFerretdb(file: string): Promise<Ferretdb> {
  const directory = mkdtempSync(join(tmpdir(), 'ferretdb-'));
  const port = await freePort();
  const child = spawn(
    file,
    [
      '--handler=sqlite',
      `--sqlite-url=file:${directory}/`,
      `--state-dir=${directory}`,
      `--listen-addr=127.0.0.1:${port}`,
      '--debug-addr=-',
      '--telemetry=disable',
      '--log-level=error',
    ],
    { stdio: 'ignore' },
  );
  const ended = new Promise((resolve) => child.once('close', resolve));
  const client = await MongoClient.connect(`mongodb://127.0.0.1:${port}/`, {
    serverSelectionTimeoutMS: 20_000,
  });
  return {
    client,
    async close() {
      await client.close();
      child.kill('SIGTERM');
      await ended;
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}
