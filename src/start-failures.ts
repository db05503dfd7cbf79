import { EmbeddedMongodbError } from './embedded-mongodb/index.ts';
import { ConfigError, type Config } from './platform/config.ts';

type Failure = Error & { readonly code?: unknown };

/** The same address without the name and password that it may hold. */
function withoutSecrets(uri: string): string {
  return uri.replace(/\/\/[^@/]*@/, '//');
}

const LISTENING: Readonly<Record<string, (config: Config) => string>> = {
  EADDRINUSE: ({ host, port }) => `PORT ${port} is in use on ${host}: stop what uses it, or set another PORT`,
  EACCES: ({ port }) => `PORT ${port} may not be opened by this user: set a PORT above 1023`,
  EADDRNOTAVAIL: ({ host }) => `HOST ${host} is not an address of this machine`,
  ENOTFOUND: ({ host }) => `HOST ${host} is not an address of this machine`,
  EAI_AGAIN: ({ host }) => `HOST ${host} is not an address of this machine`,
};

/** What a failure to listen has to do with the settings, in one line. */
export function listenFailure(error: unknown, config: Config): Error {
  const failure = error as Failure;
  const sentence = LISTENING[String(failure.code)];
  return sentence === undefined ? failure : new ConfigError(sentence(config));
}

/** Half of a backup is no database to serve. */
export function halfRestored({ dataDir }: Config): ConfigError {
  return new ConfigError(
    `DATA_DIR ${dataDir} holds a restore that did not finish: empty it and restore again`,
  );
}

/** What a failure to use the data folder has to do with the settings, in one line. */
export function folderFailure(error: unknown, { dataDir }: Config): Error {
  if (error instanceof ConfigError) return error;
  if (error instanceof EmbeddedMongodbError) {
    switch (error.code) {
      case 'directory-in-use':
        return new ConfigError(
          `DATA_DIR ${dataDir} is in use by another process: stop that one, or set another DATA_DIR`,
        );
      case 'not-writable':
        return new ConfigError(`DATA_DIR ${dataDir} cannot be written: ${error.message}`);
      case 'damaged':
      case 'failed':
        return new ConfigError(`DATA_DIR ${dataDir} cannot be opened: ${error.message}`);
      default:
        return error.code satisfies never;
    }
  }
  const failure = error as Failure;
  return typeof failure.code === 'string'
    ? new ConfigError(`DATA_DIR ${dataDir} cannot be written: ${failure.message}`)
    : failure;
}

/** What a database that does not answer has to do with the settings, in one line. */
export function databaseFailure(error: unknown, config: Config): Error {
  if (config.mongodbUri === undefined) return error as Error;
  const address = withoutSecrets(config.mongodbUri);
  return new ConfigError(`MONGODB_URI ${address} cannot be used: ${(error as Error).message.split('\n')[0]}`);
}
