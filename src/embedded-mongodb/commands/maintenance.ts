import { Int32, Long } from 'bson';
import type { Collection } from '../catalog.ts';
import type { Command, Request, Server } from '../command.ts';
import { answer, documentField, namedCollection } from '../command.ts';
import { capOf, checkedKind, refuseView } from '../collection-kinds.ts';
import { CommandError } from '../errors.ts';
import { isTruthy } from '../match.ts';
import { PLAIN_MATCH } from '../match-context.ts';
import type { Query } from '../query.ts';
import { findRecords } from '../query.ts';
import { buildIndex, keepWithin } from '../records.ts';
import { ownOperation } from '../stages/server-stages.ts';
import type { Document } from '../values.ts';
import { isNumeric, toDouble } from '../values.ts';

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
    const { size, count, isCut } = measured(server, collection, body);
    return answer({
      estimate: isTruthy(body['estimate']),
      ...(isCut ? { maxReached: true } : {}),
      size: Long.fromNumber(size),
      numObjects: Long.fromNumber(count),
      millis: new Int32(0),
    });
  },
};

/** What documents take, those between `min` and `max` of an index where they are given, until there are too many. */
function measured(server: Server, collection: Collection, body: Document) {
  const [maxSize, maxObjects] = ['maxSize', 'maxObjects'].map(
    (name) => toDouble(body[name] ?? 0) || Infinity,
  );
  let [size, count, isCut] = [0, 0, false];
  for (const { bytes } of findRecords(server.storage, collection, { ...ALL, ...rangeOf(body) })) {
    size += bytes.length;
    count++;
    isCut = size > (maxSize ?? 0) || count > (maxObjects ?? 0);
    if (isCut) break;
  }
  return { size, count, isCut };
}

const ALL = { filter: {}, sort: null, skip: 0, limit: 0, hint: null, collate: null, context: PLAIN_MATCH };

/** The index is that of `keyPattern`, or of the fields of `min`. @throws CommandError 96 for one bound without the other */
function rangeOf(body: Document): Partial<Query> {
  const [min, max] = ['min', 'max'].map((name) => documentField(body, name));
  const [hasMin, hasMax] = [min, max].map((bound = {}) => Object.keys(bound).length > 0);
  if (min === undefined || max === undefined || (hasMin !== true && hasMax !== true)) return {};
  if (hasMin !== hasMax) throw new CommandError('OperationFailed', 'only one of min or max specified');
  const inferred = Object.fromEntries(Object.keys(min).map((name) => [name, 1]));
  const key = documentField(body, 'keyPattern');
  return { bounds: { min, max }, hint: Object.keys(key).length === 0 ? inferred : key };
}

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
