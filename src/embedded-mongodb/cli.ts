import { parseArgs } from 'node:util';
import { EmbeddedMongodbError, startEmbeddedMongodb } from './index.ts';
import type { EmbeddedMongodbFailure, EmbeddedMongodbOptions } from './index.ts';

/**
 * The server alone, for shells, test suites and benchmarks:
 * `--dbpath DIR` with `--port N` (on loopback; 27017 by default) or `--socket PATH`; `--enable-test-commands`.
 * Prints its address once it listens; SIGTERM and SIGINT end it after what is under way.
 */

const PORT_DEFAULT = '27017';
const USAGE = 'usage: embedded-mongodb --dbpath DIR [--port N | --socket PATH] [--enable-test-commands]';

/** @throws Error with one line for what is wrong */
function optionsOf(args: readonly string[]): EmbeddedMongodbOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      dbpath: { type: 'string' },
      port: { type: 'string' },
      socket: { type: 'string' },
      'enable-test-commands': { type: 'boolean' },
    },
  });
  const { dbpath: directory, port = PORT_DEFAULT, socket: socketPath } = values;
  if (directory === undefined) throw new Error('--dbpath is missing');
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535)
    throw new Error('--port must be a number up to 65535');
  return {
    directory,
    address: socketPath === undefined ? { port: Number(port) } : { socketPath },
    hasTestCommands: values['enable-test-commands'] === true,
  };
}

async function run(args: readonly string[]): Promise<void> {
  const onFailure = ({ kind, reason }: EmbeddedMongodbFailure) => {
    process.stderr.write(`${reason}\n`);
    if (kind === 'ended') process.exit(1);
  };
  const server = await startEmbeddedMongodb({ ...optionsOf(args), onFailure });
  process.stdout.write(`Listening on ${server.uri}\n`);
  const stop = () => {
    server.close().then(
      () => process.exit(0),
      (error: unknown) => fail(error),
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

function fail(error: unknown): never {
  const message = error instanceof Error ? error.message : String(error);
  const isOurs = error instanceof EmbeddedMongodbError;
  process.stderr.write(`${message}\n${isOurs ? '' : `${USAGE}\n`}`);
  process.exit(1);
}

run(process.argv.slice(2)).catch(fail);
