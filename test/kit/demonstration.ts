import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp, type App, type Prepared } from '../../src/app.ts';
import { systemClock, type Clock } from '../../src/platform/clock.ts';
import { readConfig } from '../../src/platform/config.ts';
import { createLog } from '../../src/platform/log.ts';
import { systemRandom } from '../../src/platform/random.ts';
import type { KeySource } from '../../src/features/labels/unit-keys.ts';
import { connectStore } from '../../src/store/connect.ts';
import { client, type Client } from './client.ts';

export const DEMO_PASSWORD = 'demo-password-1';

export type DemoApp = {
  readonly app: App;
  readonly url: string;
  readonly prepared: Prepared;
  /** Signed in as the person of the demonstration with this address, or nobody. */
  as(login: string | null): Promise<Client>;
  stop(): Promise<void>;
};

/** The real application on the database at `uri`, with a demonstration unless `settings` say otherwise. */
export async function demoApp(
  uri: string,
  options: {
    readonly settings?: Readonly<Record<string, string>>;
    readonly clock?: Clock;
    readonly unitKeySource?: KeySource;
    readonly progress?: (done: number, total: number) => void;
  } = {},
): Promise<DemoApp> {
  const settings = { LOG_LEVEL: 'silent', DEMO_PASSWORD, ...options.settings };
  const config = readConfig(settings);
  const connection = await connectStore(uri);
  const app = await createApp({
    config,
    connection,
    clock: options.clock ?? systemClock,
    random: systemRandom,
    log: createLog(config.logLevel),
    sessionSecret: new Uint8Array(32).fill(7),
    passwordCost: 'test',
    unitKeySource: options.unitKeySource ?? { kind: 'given', keys: [new Uint8Array(32).fill(9)] },
  });
  const close = async () => {
    await app.stop();
    await connection.close();
  };
  const prepared = await app.prepare(options.progress).catch(async (error: unknown) => {
    await close();
    throw error;
  });
  const server = createServer(app.http).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    app,
    url,
    prepared,
    async as(login) {
      const made = client(url);
      if (login !== null) await made.signIn(login, DEMO_PASSWORD);
      return made;
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await close();
    },
  };
}
