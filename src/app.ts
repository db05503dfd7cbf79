import { join } from 'node:path';
import compression from 'compression';
import express, { type Express, type RequestHandler } from 'express';
import helmet from 'helmet';
import { idempotency } from './store/idempotency.ts';
import { ensureIndexes } from './store/connect.ts';
import { isDatabaseDown } from './store/down.ts';
import { fileStore } from './store/files.ts';
import { packageRoot } from './platform/package-root.ts';
import { mountRoutes } from './platform/mount.ts';
import { problemsExit } from './platform/problems-exit.ts';
import { rememberLanguage } from './platform/language.ts';
import { Problem } from './platform/problem.ts';
import { codeBox } from './features/verification/contract.ts';
import { createFeatures, type FeatureDeps, type Features } from './features.ts';
import { demonstrationEntries } from './demonstration-entries.ts';
import { importClock, type Clock } from './platform/clock.ts';
import { createMetrics } from './features/system/health.ts';
import { operations } from './features/system/operations.ts';
import type { LoadedDemonstration } from './features/demonstration/index.ts';
import type { Config } from './platform/config.ts';
import type { Log } from './platform/log.ts';
import type { Route } from './platform/routing.ts';

export type AppDeps = Omit<FeatureDeps, 'files' | 'clock' | 'meters'> & { readonly clock: Clock };

export type App = {
  readonly http: Express;
  readonly routes: readonly Route[];
  readonly features: Features;
  /** What one process does before the first request: bootstrap and what a crash left undone. */
  prepare(progress?: (done: number, total: number) => void): Promise<Prepared>;
  /** What one process does while requests are answered: it is resumable, and `stop` ends it soon. */
  continueInBackground(): void;
  stop(): Promise<void>;
};

const STATIC_MAX_AGE_MS = 7 * 24 * 3600 * 1000;
const staticOptions = {
  maxAge: STATIC_MAX_AGE_MS,
  index: false,
  redirect: false,
  dotfiles: 'ignore',
} as const;
const publicFolder = join(packageRoot, 'public');
const fontFolder = join(packageRoot, 'node_modules', '@fontsource', 'be-vietnam-pro', 'files');

/** No inline script or style, nothing from another host, no framing. */
function securityHeaders(config: Config): RequestHandler {
  const https = config.publicUrl.startsWith('https://');
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        'script-src': ["'self'"],
        'style-src': ["'self'"],
        'img-src': ["'self'", 'data:'],
        'font-src': ["'self'"],
        'connect-src': ["'self'"],
        'manifest-src': ["'self'"],
        'form-action': ["'self'"],
        'base-uri': ["'none'"],
        'frame-ancestors': ["'none'"],
        ...(https ? { 'upgrade-insecure-requests': [] } : {}),
      },
    },
    strictTransportSecurity: https ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    referrerPolicy: { policy: 'strict-origin-when-cross-origin' },
    xFrameOptions: { action: 'deny' },
  });
}

export type Prepared = {
  /** The demonstration, if this start loaded it: what a person at the terminal must be told. */
  readonly demonstration: LoadedDemonstration | null;
};

async function prepare(
  config: Config,
  features: Features,
  progress: (done: number, total: number) => void,
): Promise<Prepared> {
  await features.batches.service.finishAbandoned();
  const entries = demonstrationEntries(features);
  const wanted = await features.demonstration.begin(entries);
  if (config.administrator !== undefined)
    await features.accounts.service.ensureAdministrator(config.administrator);
  return { demonstration: wanted ? await features.demonstration.load(entries, progress) : null };
}

/** Work that may be cut off anywhere and goes on at the next start. */
function inBackground(features: Features, log: Log) {
  let stopping = false;
  let work = Promise.resolve();
  return {
    start() {
      work = features.demonstration
        .paint(demonstrationEntries(features), () => stopping)
        .catch((error: unknown) => {
          log.error({ err: error }, 'the demonstration has pictures missing');
        });
    },
    async stop() {
      stopping = true;
      features.labels.keys.stop();
      await work;
    },
  };
}

/** The application, readable as a list: security, features, what is left over, problems. */
export async function createApp(deps: AppDeps): Promise<App> {
  const { config, connection, random, log } = deps;
  const clock = importClock(deps.clock);
  const http = express();
  http.set('trust proxy', config.trustedProxies);
  http.set('query parser', 'simple');
  http.disable('x-powered-by');
  http.set('etag', 'weak');

  const metrics = createMetrics();
  const attempts = idempotency({ connection, clock, newId: random.newId, secret: deps.sessionSecret });
  const files = fileStore(connection);
  const features = createFeatures({ ...deps, clock, files, meters: metrics.codes });
  await ensureIndexes(connection);
  await features.labels.keys.open();
  features.labels.keys.follow((error) => {
    log.error(
      { err: error },
      'the file of unit-code keys cannot be read; the keys read before stay in force',
    );
  });
  const background = inBackground(features, log);

  http.use(metrics.observe);
  http.use(securityHeaders(config));
  http.use(operations({ ...deps, metrics, ...config, contact: features.contact }));
  http.use(compression());
  http.use('/favicon.ico', express.static(join(publicFolder, 'favicon.ico'), staticOptions));
  http.use('/assets/fonts', express.static(fontFolder, staticOptions));
  http.use('/assets', express.static(publicFolder, staticOptions));
  http.use(rememberLanguage(config.publicUrl.startsWith('https://')));
  mountRoutes(http, features.routes, {
    publicUrl: config.publicUrl,
    csrfSecret: deps.sessionSecret,
    random,
    authenticate: features.authenticate,
    attemptOf: attempts.attemptOf,
    once: attempts.once,
  });
  http.use(() => {
    throw new Problem('not-found');
  });
  http.use(problemsExit({ publicUrl: config.publicUrl, log, isDatabaseDown, codeBox }));
  return {
    http,
    routes: features.routes,
    features,
    prepare: async (progress = () => {}) => prepare(config, features, progress),
    continueInBackground: background.start,
    stop: background.stop,
  };
}
