import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Prepared } from './app.ts';
import type { OpenApp } from './open-app.ts';
import { banner } from './banner.ts';
import { startEmbeddedMongodb } from './embedded-mongodb/index.ts';
import { folderFailure, halfRestored, listenFailure } from './start-failures.ts';
import { DATABASE_FOLDER, isHalfRestored } from './platform/data-folder.ts';
import { installationKey } from './platform/keys.ts';
import { HEADERS_TIMEOUT_MS, REQUEST_TIMEOUT_MS, STOP_GRACE_MS } from './platform/limits.ts';
import { createLog, type Log } from './platform/log.ts';
import { isWatched, progressLine, say } from './platform/terminal.ts';
import type { Config } from './platform/config.ts';

type Database = { readonly uri: string; close(): Promise<void> };

export type RunningServer = {
  readonly url: string;
  stop(): Promise<void>;
};

/** A worker that ends at once would otherwise be started again without a pause. */
const RESTART_PAUSE_MS = 1_000;

async function openDatabase(config: Config, log: Log): Promise<Database> {
  if (config.mongodbUri !== undefined) return { uri: config.mongodbUri, close: async () => {} };
  return startEmbeddedMongodb({
    directory: join(resolve(config.dataDir), DATABASE_FOLDER),
    onFailure({ kind, reason }) {
      log.error({ reason }, kind === 'read-only' ? 'the database takes no writes' : 'the database has ended');
      // Without its thread nothing can be answered: whatever keeps the service alive starts it anew.
      if (kind === 'ended') process.exit(1);
    },
  }).catch((error: unknown) => {
    throw folderFailure(error, config);
  });
}

async function listen(server: Server, config: Config): Promise<string> {
  server.listen(config.port, config.host);
  await once(server, 'listening').catch((error: unknown) => {
    throw listenFailure(error, config);
  });
  return urlOf(config, (server.address() as AddressInfo).port);
}

/**
 * Fails with one clear line before anything is written, rather than after the demonstration was loaded and its
 * passwords were lost, or in every worker in its turn.
 */
async function checkAddress(config: Config): Promise<void> {
  const server = createServer();
  await listen(server, config);
  server.close();
  await once(server, 'close');
}

function urlOf({ host }: Config, port: number): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
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

/** The database's thread starts while the application's modules are being read: each takes about as long. */
async function openBoth(config: Config, log: Log): Promise<OpenApp & { readonly uri: string }> {
  const [database, { openApp }] = await Promise.all([openDatabase(config, log), import('./open-app.ts')]);
  const { app, close } = await openApp(config, database.uri, log);
  return {
    app,
    uri: database.uri,
    close: async () => {
      await close();
      await database.close();
    },
  };
}

async function serve({ app }: OpenApp, config: Config): Promise<RunningServer> {
  const server = createServer(
    { requestTimeout: REQUEST_TIMEOUT_MS, headersTimeout: HEADERS_TIMEOUT_MS },
    app.http,
  );
  const url = await listen(server, config);
  return { url, stop: () => closeHttp(server) };
}

async function prepare({ app }: OpenApp): Promise<Prepared> {
  const progress = progressLine('Đang nạp dữ liệu minh họa / Loading the demonstration …');
  const prepared = await app.prepare(progress.update);
  progress.end();
  return prepared;
}

/** For the person who started it; a service that runs by itself has its log. */
async function greet({ app }: OpenApp, config: Config, started: Prepared & { url: string }): Promise<void> {
  if (started.demonstration === null && (config.production || !isWatched())) return;
  const samples = await app.features.demonstration.contract.samples();
  const facts = {
    base: config.port === 0 ? started.url : config.publicUrl,
    sampleCode: samples[0]?.code ?? null,
    demo: samples.length > 0,
    loaded: started.demonstration,
  };
  say(...banner(facts));
}

/** One process that does everything. */
async function startAlone(config: Config, log: Log): Promise<RunningServer> {
  await checkAddress(config);
  const open = await openBoth(config, log);
  const prepared = await prepare(open);
  const server = await serve(open, config);
  open.app.continueInBackground();
  await greet(open, config, { ...prepared, url: server.url });
  return {
    url: server.url,
    stop: async () => {
      await server.stop();
      await open.close();
    },
  };
}

/** Keeps `config.workers` processes serving. @returns once all of them listen, with their port */
async function keepWorkers(config: Config, databaseUri: string, log: Log) {
  let stopping = false;
  let port = config.port;
  const fork = () => cluster.fork({ MONGODB_URI: databaseUri });
  const listening = async (worker: Worker): Promise<void> => {
    const failed = once(worker, 'exit').then(() => {
      throw new Error('A worker ended before it listened; its own line says why');
    });
    const [address] = (await Promise.race([once(worker, 'listening'), failed])) as [{ port: number }];
    failed.catch(() => {});
    ({ port } = address);
  };
  await Promise.all(Array.from({ length: config.workers }, () => listening(fork())));
  cluster.on('exit', (worker, code) => {
    if (stopping) return;
    log.error({ worker: worker.process.pid, code }, 'worker ended; starting another');
    void sleep(RESTART_PAUSE_MS).then(() => (stopping ? undefined : fork()));
  });
  return {
    url: urlOf(config, port),
    stop: async () => {
      stopping = true;
      const ended = Object.values(cluster.workers ?? {}).map(async (worker) => {
        if (worker === undefined) return;
        const exit = once(worker, 'exit');
        worker.process.kill('SIGTERM');
        await exit;
      });
      await Promise.all(ended);
    },
  };
}

/** The first process of several: it owns the database, prepares it, and keeps `config.workers` others alive. */
async function startWorkers(config: Config, log: Log): Promise<RunningServer> {
  await checkAddress(config);
  const open = await openBoth(config, log);
  const prepared = await prepare(open);
  const workers = await keepWorkers(config, open.uri, log);
  open.app.continueInBackground();
  await greet(open, config, { ...prepared, url: workers.url });
  return {
    url: workers.url,
    stop: async () => {
      await workers.stop();
      await open.close();
    },
  };
}

/** From now on a signal ends the process with 0: before it serves at once, after that once `stop` is through. */
function stopOnSignal(log: Log): { serving(stop: () => Promise<void>): void } {
  let stop: () => Promise<void> = async () => {};
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
  return {
    serving(newStop) {
      stop = newStop;
    },
  };
}

/**
 * Settings → store → app → listen → graceful stop.
 * @throws ConfigError naming the setting that keeps it from starting
 */
export async function startServer(config: Config): Promise<RunningServer> {
  const log = createLog(config.logLevel);
  const signals = stopOnSignal(log);
  if (cluster.isWorker && config.mongodbUri !== undefined) {
    const { openApp } = await import('./open-app.ts');
    const open = await openApp(config, config.mongodbUri, log);
    const worker = await serve(open, config);
    const stop = async () => {
      await worker.stop();
      await open.close();
    };
    signals.serving(stop);
    return { ...worker, stop };
  }
  try {
    mkdirSync(resolve(config.dataDir), { recursive: true, mode: 0o700 });
    if (isHalfRestored(resolve(config.dataDir))) throw halfRestored(config);
    if (config.sessionSecret === undefined) installationKey(resolve(config.dataDir), 'session');
  } catch (error) {
    throw folderFailure(error, config);
  }
  const server = config.workers > 1 ? await startWorkers(config, log) : await startAlone(config, log);
  signals.serving(server.stop);
  log.info({ url: server.url, publicUrl: config.publicUrl }, 'serving');
  return server;
}
