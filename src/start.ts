import cluster from 'node:cluster';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import type { Connection } from 'mongoose';
import { createApp } from './app.ts';
import { startEmbeddedMongodb } from './embedded-mongodb/index.ts';
import { systemClock } from './platform/clock.ts';
import { installationKey } from './platform/keys.ts';
import { HEADERS_TIMEOUT_MS, REQUEST_TIMEOUT_MS, STOP_GRACE_MS } from './platform/limits.ts';
import { createLog, type Log } from './platform/log.ts';
import { systemRandom } from './platform/random.ts';
import { connectStore } from './store/connect.ts';
import type { Config } from './platform/config.ts';

type Database = { readonly uri: string; close(): Promise<void> };

export type RunningServer = {
  readonly url: string;
  stop(): Promise<void>;
};

async function openDatabase(config: Config): Promise<Database> {
  if (config.mongodbUri !== undefined) return { uri: config.mongodbUri, close: async () => {} };
  return startEmbeddedMongodb({ directory: join(resolve(config.dataDir), 'mongodb') });
}

async function listen(server: Server, config: Config): Promise<string> {
  server.listen(config.port, config.host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`;
}

/** Stops taking connections and waits for the answers under way; idle keep-alive connections are closed at once. */
async function closeHttp(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  const forced = setTimeout(() => server.closeAllConnections(), STOP_GRACE_MS);
  await closed;
  clearTimeout(forced);
}

/** Connects to `databaseUri`, makes the application and serves it. */
async function serve(config: Config, databaseUri: string, log: Log, main: boolean): Promise<RunningServer> {
  const connection: Connection = await connectStore(databaseUri);
  const app = await createApp({
    config,
    connection,
    clock: systemClock,
    random: systemRandom,
    log,
    sessionSecret: config.sessionSecret ?? installationKey(resolve(config.dataDir), 'session'),
    passwordCost: 'owasp',
  });
  if (main) await app.prepare();
  const server = createServer(
    { requestTimeout: REQUEST_TIMEOUT_MS, headersTimeout: HEADERS_TIMEOUT_MS },
    app.http,
  );
  const url = await listen(server, config);
  return {
    url,
    stop: async () => {
      await closeHttp(server);
      await app.stop();
      await connection.close();
    },
  };
}

function stopOnSignal(stop: () => Promise<void>, log: Log): void {
  let stopping = false;
  const handle = (signal: NodeJS.Signals) => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, 'stopping');
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'stop failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', handle);
  process.on('SIGINT', handle);
}

/** One process that does everything. */
async function startAlone(config: Config, log: Log): Promise<RunningServer> {
  const database = await openDatabase(config);
  const server = await serve(config, database.uri, log, true).catch(async (error: unknown) => {
    await database.close();
    throw error;
  });
  return {
    url: server.url,
    stop: async () => {
      await server.stop();
      await database.close();
    },
  };
}

/** The first process of several: it owns the database, prepares it, and keeps `config.workers` others alive. */
async function startWorkers(config: Config, log: Log): Promise<RunningServer> {
  const database = await openDatabase(config);
  const first = await serve({ ...config, port: 0, host: '127.0.0.1' }, database.uri, log, true);
  await first.stop();
  let stopping = false;
  const fork = () => cluster.fork({ MONGODB_URI: database.uri });
  cluster.on('exit', (worker, code) => {
    if (stopping) return;
    log.error({ worker: worker.process.pid, code }, 'worker ended; starting another');
    fork();
  });
  const ready = Promise.all(Array.from({ length: config.workers }, async () => once(fork(), 'listening')));
  await ready;
  return {
    url: `http://${config.host}:${config.port}`,
    stop: async () => {
      stopping = true;
      const ended = Object.values(cluster.workers ?? {}).map(async (worker) => {
        if (worker === undefined) return;
        const exit = once(worker, 'exit');
        worker.process.kill('SIGTERM');
        await exit;
      });
      await Promise.all(ended);
      await database.close();
    },
  };
}

/** Settings → store → app → listen → graceful stop. */
export async function startServer(config: Config): Promise<RunningServer> {
  mkdirSync(resolve(config.dataDir), { recursive: true, mode: 0o700 });
  const log = createLog(config.logLevel);
  if (cluster.isWorker && config.mongodbUri !== undefined) {
    const worker = await serve(config, config.mongodbUri, log, false);
    stopOnSignal(worker.stop, log);
    return worker;
  }
  const server = config.workers > 1 ? await startWorkers(config, log) : await startAlone(config, log);
  stopOnSignal(server.stop, log);
  log.info({ url: server.url, publicUrl: config.publicUrl }, 'serving');
  return server;
}
