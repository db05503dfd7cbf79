import { z } from 'zod';

/** Everything that the environment decides, read once at the start. The table is in docs/operations.md. */
export type Config = {
  readonly host: string;
  readonly port: number;
  /** Without a slash at the end. */
  readonly publicUrl: string;
  readonly dataDir: string;
  /** Undefined: the embedded database in `dataDir`. */
  readonly mongodbUri: string | undefined;
  readonly administrator: { readonly email: string; readonly password: string } | undefined;
  readonly demo: boolean;
  readonly demoPassword: string | undefined;
  readonly logLevel: (typeof LOG_LEVELS)[number];
  readonly workers: number;
  readonly metricsToken: string | undefined;
  /** 32 bytes; undefined: kept in `dataDir/keys`. */
  readonly sessionSecret: Uint8Array | undefined;
  /** Master keys of unit codes, newest first, 32 bytes each; undefined: kept in `dataDir/keys`. */
  readonly unitCodeKeys: readonly Uint8Array[] | undefined;
  /** How many proxies in front may be believed about the client's address. */
  readonly trustedProxies: number;
  readonly production: boolean;
  /** Whether it serves, and says that it is reached, at this machine only. */
  readonly localOnly: boolean;
};

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** A setting that cannot be used; the message names it in one line. */
export class ConfigError extends Error {}

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host);

const flag = z.enum(['0', '1']).transform((value) => value === '1');
const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,6}$/)
    .transform(Number)
    .refine((value) => value >= least && value <= most);

const settings = z.object({
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: wholeNumber(0, 65_535).default(3000),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .refine((value) => URL.canParse(value) && new URL(value).search === '' && new URL(value).hash === '')
    .optional(),
  DATA_DIR: z.string().min(1).default('./data'),
  MONGODB_URI: z
    .string()
    .regex(/^mongodb(\+srv)?:\/\/\S+$/)
    .optional(),
  ADMIN_EMAIL: z.email().optional(),
  ADMIN_PASSWORD: z.string().min(10).max(200).optional(),
  DEMO: flag.optional(),
  DEMO_PASSWORD: z.string().min(10).max(200).optional(),
  LOG_LEVEL: z.enum(LOG_LEVELS).default('info'),
  WORKERS: wholeNumber(1, 64).default(1),
  METRICS_TOKEN: z.string().min(16).optional(),
  SESSION_SECRET: z
    .string()
    .regex(/^[0-9a-fA-F]{64}$/)
    .optional(),
  UNIT_CODE_KEY: z
    .string()
    .regex(/^[0-9a-fA-F]{64}(,[0-9a-fA-F]{64}){0,3}$/)
    .transform((value) => value.toLowerCase().split(','))
    .refine((keys) => new Set(keys).size === keys.length)
    .optional(),
  TRUSTED_PROXIES: wholeNumber(0, 10).default(0),
  NODE_ENV: z.string().optional(),
});

const EXPECTED: Readonly<Record<string, string>> = {
  HOST: 'a host name or address',
  PORT: 'a number from 0 to 65535',
  PUBLIC_URL: 'an http or https address without query',
  DATA_DIR: 'a folder',
  MONGODB_URI: 'a mongodb:// or mongodb+srv:// address',
  ADMIN_EMAIL: 'an e-mail address',
  ADMIN_PASSWORD: '10 to 200 characters',
  DEMO: '0 or 1',
  DEMO_PASSWORD: '10 to 200 characters',
  LOG_LEVEL: `one of ${LOG_LEVELS.join(', ')}`,
  WORKERS: 'a number from 1 to 64',
  METRICS_TOKEN: 'at least 16 characters',
  SESSION_SECRET: '64 hex digits',
  UNIT_CODE_KEY: '64 hex digits, or up to four such keys, newest first, with commas between them',
  TRUSTED_PROXIES: 'a number from 0 to 10',
};

/**
 * The configuration from `environment`; an empty setting counts as unset.
 * @throws ConfigError naming the first setting that is wrong
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = settings.safeParse(given);
  if (!parsed.success) {
    const name = String(parsed.error.issues[0]?.path[0]);
    throw new ConfigError(`${name} must be ${EXPECTED[name] ?? 'valid'}`);
  }
  const value = parsed.data;
  if ((value.ADMIN_EMAIL === undefined) !== (value.ADMIN_PASSWORD === undefined)) {
    const missing = value.ADMIN_EMAIL === undefined ? 'ADMIN_EMAIL' : 'ADMIN_PASSWORD';
    throw new ConfigError(`${missing} must be set: ADMIN_EMAIL and ADMIN_PASSWORD go together`);
  }
  const production = value.NODE_ENV === 'production';
  const publicUrl = (value.PUBLIC_URL ?? `http://localhost:${value.PORT}`).replace(/\/+$/, '');
  return Object.freeze({
    host: value.HOST,
    port: value.PORT,
    publicUrl,
    dataDir: value.DATA_DIR,
    mongodbUri: value.MONGODB_URI,
    administrator:
      value.ADMIN_EMAIL !== undefined && value.ADMIN_PASSWORD !== undefined
        ? { email: value.ADMIN_EMAIL, password: value.ADMIN_PASSWORD }
        : undefined,
    demo: value.DEMO ?? !production,
    demoPassword: value.DEMO_PASSWORD,
    logLevel: value.LOG_LEVEL,
    workers: value.WORKERS,
    metricsToken: value.METRICS_TOKEN,
    sessionSecret:
      value.SESSION_SECRET === undefined
        ? undefined
        : new Uint8Array(Buffer.from(value.SESSION_SECRET, 'hex')),
    unitCodeKeys: value.UNIT_CODE_KEY?.map((key) => new Uint8Array(Buffer.from(key, 'hex'))),
    trustedProxies: value.TRUSTED_PROXIES,
    production,
    localOnly: isLoopback(value.HOST) && isLoopback(new URL(publicUrl).hostname),
  });
}

/** The configuration of this process. */
export function configFromEnvironment(): Config {
  return readConfig(process.env);
}
