import { join, resolve } from 'node:path';
import type { Connection } from 'mongoose';
import { createApp, type App } from './app.ts';
import { systemClock } from './platform/clock.ts';
import { installationKey } from './platform/keys.ts';
import { systemRandom } from './platform/random.ts';
import { databaseFailure } from './start-failures.ts';
import { connectStore } from './store/connect.ts';
import type { Config } from './platform/config.ts';
import type { Log } from './platform/log.ts';

export type OpenApp = { readonly app: App; close(): Promise<void> };

/**
 * The application on its database, not listening yet.
 * @throws ConfigError when no database answers at the address of the settings
 */
export async function openApp(config: Config, databaseUri: string, log: Log): Promise<OpenApp> {
  const connection: Connection = await connectStore(databaseUri).catch((error: unknown) => {
    throw databaseFailure(error, config);
  });
  const app = await createApp({
    config,
    connection,
    clock: systemClock,
    random: systemRandom,
    log,
    sessionSecret: config.sessionSecret ?? installationKey(resolve(config.dataDir), 'session'),
    passwordCost: 'owasp',
    unitKeySource:
      config.unitCodeKeys === undefined
        ? { kind: 'kept', file: join(resolve(config.dataDir), 'keys', 'unit-codes') }
        : { kind: 'given', keys: config.unitCodeKeys },
  });
  return {
    app,
    close: async () => {
      await app.stop();
      await connection.close();
    },
  };
}
