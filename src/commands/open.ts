import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  DATABASE_FILE,
  EmbeddedMongodbError,
  socketUri,
  startEmbeddedMongodb,
} from '../embedded-mongodb/index.ts';
import type { OpenApp } from '../open-app.ts';
import type { Config } from '../platform/config.ts';
import { DATABASE_FOLDER } from '../platform/data-folder.ts';
import { createLog } from '../platform/log.ts';

type Database = { readonly uri: string; close(): Promise<void> };

/**
 * The embedded database: opened here, or of the server that has it open.
 * @throws Error when another process has it and cannot be reached
 */
async function embedded(config: Config): Promise<Database> {
  const directory = join(resolve(config.dataDir), DATABASE_FOLDER);
  if (!existsSync(join(directory, DATABASE_FILE))) {
    throw new Error(`Không có cơ sở dữ liệu / There is no database in DATA_DIR ${config.dataDir}`);
  }
  try {
    return await startEmbeddedMongodb({ directory });
  } catch (error) {
    if (!(error instanceof EmbeddedMongodbError) || error.code !== 'directory-in-use') throw error;
    const uri = socketUri(directory);
    if (uri === null) throw error;
    return { uri, close: async () => {} };
  }
}

/** Does `work` with the application of an installation, whether its server runs or not. */
export async function withApp<T>(config: Config, work: (app: OpenApp['app']) => Promise<T>): Promise<T> {
  const database =
    config.mongodbUri === undefined
      ? await embedded(config)
      : { uri: config.mongodbUri, close: async () => {} };
  try {
    const { openApp } = await import('../open-app.ts');
    const { app, close } = await openApp(config, database.uri, createLog('silent'));
    try {
      return await work(app);
    } finally {
      await close();
    }
  } finally {
    await database.close();
  }
}
