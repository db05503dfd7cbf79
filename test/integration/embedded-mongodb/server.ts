import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import type { Collection, Db, Document } from 'mongodb';
import { startEmbeddedMongodb } from '../../../src/embedded-mongodb/index.ts';

/** A database for one suite: the embedded one, or a real MongoDB where `MONGODB_URI` names one. */
export type TestServer = {
  readonly uri: string;
  readonly client: MongoClient;
  readonly database: Db;
  /** The version that the server announces. */
  readonly version: string;
  /** True for a real MongoDB: what only the embedded server promises is then not asked. */
  readonly isMongodb: boolean;
  collection(name?: string): Collection<Document>;
  close(): Promise<void>;
};

let suites = 0;

/** The real MongoDB that the same tests are to run against; undefined for the embedded server. */
function mongodbUri(): string | undefined {
  return process.env['MONGODB_URI'] || undefined;
}

/** Starts the server, or connects to the real one, with a database of its own. */
export async function testServer(options: { readonly hasTestCommands?: boolean } = {}): Promise<TestServer> {
  const given = mongodbUri();
  const directory = given === undefined ? await mkdtemp(join(tmpdir(), 'embedded-')) : null;
  const embedded = directory === null ? null : await startEmbeddedMongodb({ directory, ...options });
  const uri = embedded?.uri ?? (given as string);
  const client = await MongoClient.connect(uri);
  const database = client.db(`test_${process.pid}_${suites++}`);
  const { version } = await client.db('admin').command({ buildInfo: 1 });
  let collections = 0;
  return {
    uri,
    client,
    database,
    version: String(version),
    isMongodb: embedded === null,
    collection: (name = `c${collections++}`) => database.collection(name),
    async close() {
      if (embedded === null) await database.dropDatabase();
      await client.close();
      await embedded?.close();
      if (directory !== null) await rm(directory, { recursive: true, force: true });
    },
  };
}

/** The error that an action fails with; a success fails the test. */
export async function failureOf(action: Promise<unknown>): Promise<Document> {
  const outcome = await action.then(
    () => null,
    (error: unknown) => error,
  );
  if (outcome === null) throw new Error('expected a failure');
  return outcome as Document;
}
