import { Int32, Long } from 'bson';
import type { Collection } from '../catalog.ts';
import { collectionTable } from '../catalog.ts';
import type { Command, Request, Server } from '../command.ts';
import { answer, namedCollection } from '../command.ts';
import { capOf, checkedKind, refuseView } from '../collection-kinds.ts';
import { CommandError } from '../errors.ts';
import { isTruthy } from '../match.ts';
import { buildIndex, keepWithin } from '../records.ts';
import { ownOperation } from '../stages/server-stages.ts';
import { isNumeric, toDouble } from '../values.ts';
import { dataBytes } from './schema.ts';

/** Commands of an operator: what MongoDB needs them for happens here by itself, or is done at once. */

/** @throws CommandError 26, 166 */
function existing(server: Server, request: Request): Collection {
  const collection = namedCollection(server, request);
  if (collection === null) {
    const name = String(request.body[request.name]);
    throw new CommandError('NamespaceNotFound', `collection does not exist: ${request.database}.${name}`);
  }
  refuseView(collection);
  return collection;
}

/** Every answer is on the disk already; the lock, under which files are copied, there is not. */
const fsync: Command = {
  isWrite: false,
  run(_server, { body }) {
    if (!isTruthy(body['lock'])) return answer({ numFiles: new Int32(1) });
    throw new CommandError('CommandNotSupported', "'fsync.lock' is not supported by this server");
  },
};

/** What is freed is used again: there is nothing to give back. */
const compact: Command = {
  isWrite: false,
  run(server, request) {
    existing(server, request);
    return answer({ bytesFreed: Long.ZERO });
  },
};

const reIndex: Command = {
  isWrite: true,
  run(server, request) {
    const collection = existing(server, request);
    const { catalog } = server.storage;
    const specs = collection.indexes.map(({ spec }) => spec);
    for (const index of collection.indexes) if (index.id !== 0) catalog.dropIndex(collection, index);
    for (const spec of specs.slice(1)) {
      const current = catalog.find(collection.database, collection.name) as Collection;
      buildIndex(server.storage, current, catalog.addIndex(current, spec));
    }
    const count = new Int32(specs.length);
    return answer({ nIndexesWas: count, nIndexes: count, indexes: specs });
  },
};

/** Keeps the newest documents that fit, and of the indexes only the one on `_id`, as MongoDB does. */
const convertToCapped: Command = {
  isWrite: true,
  run(server, request) {
    const collection = existing(server, request);
    const { catalog } = server.storage;
    const options = checkedKind({ ...collection.options, capped: true, size: request.body['size'] });
    for (const index of collection.indexes) if (index.id !== 0) catalog.dropIndex(collection, index);
    catalog.setOptions(collection, options);
    const capped = catalog.find(collection.database, collection.name) as Collection;
    const cap = capOf(capped);
    if (cap !== null) keepWithin(server.storage, capped, cap);
    return answer({});
  },
};

/** `{ dataSize: 'database.collection' }`. */
const dataSize: Command = {
  isWrite: false,
  run(server, { body, database }) {
    const namespace = String(body['dataSize'] ?? body['datasize']);
    if (!namespace.startsWith(`${database}.`)) {
      throw new CommandError('InvalidNamespace', `Invalid namespace specified '${namespace}'`);
    }
    const collection = server.storage.catalog.find(database, namespace.slice(database.length + 1));
    if (collection === null) return answer({ size: Long.ZERO, numObjects: Long.ZERO, millis: new Int32(0) });
    const sql = `SELECT count(*) FROM ${collectionTable(collection)}`;
    const count = Number(server.storage.sqlite.statement(sql).get()?.[0] ?? 0);
    return answer({
      estimate: false,
      size: Long.fromNumber(dataBytes(server, collection)),
      numObjects: Long.fromNumber(count),
      millis: new Int32(0),
    });
  },
};

/** Nothing is profiled: the level can be asked, and set to 0. */
const profile: Command = {
  isWrite: false,
  run(_server, { body }) {
    const level = isNumeric(body['profile']) ? toDouble(body['profile']) : Number.NaN;
    if (level <= 0) return answer({ was: new Int32(0), slowms: new Int32(100), sampleRate: 1 });
    throw new CommandError('CommandNotSupported', 'profiling is not supported by this server');
  },
};

const currentOp: Command = {
  isWrite: false,
  run: (server, { database }) => answer({ inprog: [ownOperation(server, `${database}.$cmd`)] }),
};

const SLEEP_SECONDS_MAX = 24 * 60 * 60;

/** How often expired documents are removed is all that can be set. */
const setParameter: Command = {
  isWrite: false,
  run(server, { body }) {
    const seconds = body['ttlMonitorSleepSecs'];
    if (seconds === undefined) throw new CommandError('InvalidOptions', 'unrecognized parameter');
    if (!isNumeric(seconds) || !(toDouble(seconds) > 0 && toDouble(seconds) <= SLEEP_SECONDS_MAX)) {
      const message = `Invalid value for parameter ttlMonitorSleepSecs: ${String(seconds)} is not greater than 0`;
      throw new CommandError('BadValue', message);
    }
    const was = server.expiry.everyMs / 1_000;
    server.expiry.everyMs = toDouble(seconds) * 1_000;
    return answer({ was: new Int32(was) });
  },
};

export const MAINTENANCE_COMMANDS: Readonly<Record<string, Command>> = {
  fsync,
  compact,
  reIndex,
  convertToCapped,
  dataSize,
  datasize: dataSize,
  profile,
  currentOp,
  setParameter,
};
