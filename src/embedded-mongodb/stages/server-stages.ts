import { Int32 } from 'bson';
import { hostname } from 'node:os';
import { statsOf } from '../commands/stats.ts';
import { CommandError } from '../errors.ts';
import { typeName } from '../match-type.ts';
import type { Document } from '../values.ts';
import { isDocument, toDouble } from '../values.ts';
import type { StageCompiler } from './stage.ts';

/** `$collStats`: sizes and counts; times and query statistics are not kept here. */
const collStats: StageCompiler = (spec, { server, database, name }) => {
  if (!isDocument(spec)) {
    throw new CommandError(
      5447000,
      `$collStats must take a nested object but found a value of type ${typeName(spec)}`,
    );
  }
  const { storageStats, count, ...rest } = spec;
  const other = Object.keys(rest)[0];
  if (other === 'latencyStats' || other === 'queryExecStats') {
    throw new CommandError('CommandNotSupported', `'${other}' of $collStats is not supported by this server`);
  }
  if (other !== undefined)
    throw new CommandError(40415, `BSON field '$collStats.${other}' is an unknown field.`);
  const ns = `${database}.${name ?? ''}`;
  const collection = server.storage.catalog.find(database, name ?? '');
  return function* () {
    if (collection === null && count !== undefined) {
      const message = `Unable to retrieve count in $collStats stage :: caused by :: Collection [${ns}] not found.`;
      throw new CommandError('NamespaceNotFound', message);
    }
    const scale = isDocument(storageStats) ? Math.max(toDouble(storageStats['scale'] ?? 1), 1) : 1;
    const stats = statsOf(server, collection, scale);
    yield {
      ns,
      host: hostname(),
      localTime: server.now(),
      ...(storageStats === undefined
        ? {}
        : { storageStats: { ...stats, scaleFactor: new Int32(Math.trunc(scale)) } }),
      ...(count === undefined ? {} : { count: stats['count'] }),
    };
  };
};

/** The operation that asks: this server does one thing after the other. */
export function ownOperation(server: Parameters<StageCompiler>[1]['server'], namespace: string): Document {
  const now = server.now();
  return {
    type: 'op',
    host: hostname(),
    desc: 'conn',
    active: true,
    currentOpTime: now.toISOString(),
    opid: new Int32(1),
    secs_running: 0,
    microsecs_running: 0,
    op: 'command',
    ns: namespace,
  };
}

const currentOp: StageCompiler = (spec, { server, database, name }) => {
  if (!isDocument(spec)) {
    const message = `$currentOp options must be specified in an object, but found: ${typeName(spec)}`;
    throw new CommandError('FailedToParse', message);
  }
  if (database !== 'admin' || name !== '$cmd.aggregate') {
    throw new CommandError(
      'InvalidNamespace',
      "$currentOp must be run against the 'admin' database with {aggregate: 1}",
    );
  }
  return () => [ownOperation(server, 'admin.$cmd.aggregate')];
};

/** Stages about the server itself. */
export const SERVER_STAGES: Readonly<Record<string, StageCompiler>> = {
  $collStats: collStats,
  $currentOp: currentOp,
};
