import type { Command, Request } from './command.ts';
import { CommandError } from './errors.ts';
import type { Document } from './values.ts';
import { isDocument, isNumeric, toDouble } from './values.ts';

/** What every command may ask beside itself: read and write concern, and the version of the API. */

/** @throws CommandError 72 for a write concern where nothing is written, 2, 123 for one of a replica set */
export function checkConcerns(command: Command, request: Request): void {
  const { writeConcern, readConcern } = request.body;
  const isWrite = typeof command.isWrite === 'boolean' ? command.isWrite : command.isWrite(request);
  if (isDocument(writeConcern) && Object.keys(writeConcern).length > 0 && !isWrite) {
    if (PLAIN_READS.has(request.name)) {
      throw new CommandError('InvalidOptions', `Command ${request.name} does not support writeConcern`);
    }
  }
  checkWriteConcern(writeConcern);
  if (isDocument(readConcern)) checkReadConcern(readConcern);
}

const READ_LEVELS = new Set<unknown>([
  'local',
  'available',
  'majority',
  'linearizable',
  'snapshot',
  undefined,
]);

/** @throws CommandError 2 for a level that there is not, 123 for what only a replica set has */
function checkReadConcern(concern: Document): void {
  const { level } = concern;
  if (!READ_LEVELS.has(level)) {
    const message = `Enumeration value '${String(level)}' for field 'readConcern.level' is not a valid value.`;
    throw new CommandError('BadValue', message);
  }
  if (level === 'snapshot') {
    throw new CommandError(123, 'node needs to be a replica set member to use readConcern: snapshot');
  }
  if ('afterOpTime' in concern) {
    throw new CommandError(123, 'node needs to be a replica set member to use read concern');
  }
}

/** Commands that change nothing whatever they are asked; an `aggregate` may, and takes a write concern always. */
const PLAIN_READS = new Set([
  'find', 'count', 'distinct', 'explain', 'getMore', 'listCollections', 'listIndexes', 'listDatabases',
]); // prettier-ignore

/** One server can confirm a write once. */
function checkWriteConcern(concern: unknown): void {
  if (!isDocument(concern) || !('w' in concern)) return;
  const { w } = concern;
  if (isNumeric(w) && toDouble(w) > 1) {
    throw new CommandError('BadValue', "cannot use 'w' > 1 when a host is not replicated");
  }
  if (typeof w === 'string' && w !== 'majority') {
    const message = `cannot use non-majority 'w' mode "${w}" when a host is not a member of a replica set`;
    throw new CommandError('BadValue', message);
  }
}

/** The commands of API version 1. Source: MongoDB manual, Stable API */
export const API_COMMANDS: ReadonlySet<string> = new Set([
  'abortTransaction', 'aggregate', 'authenticate', 'collMod', 'commitTransaction', 'count', 'create', 'createIndexes',
  'delete', 'drop', 'dropDatabase', 'dropIndexes', 'endSessions', 'explain', 'find', 'findAndModify', 'getMore',
  'hello', 'insert', 'killCursors', 'listCollections', 'listDatabases', 'listIndexes', 'ping', 'refreshSessions',
  'update',
]); // prettier-ignore

/** @throws CommandError 322 for a version that there is not, 323 for a command outside it, 4886600 without one */
export function checkApiVersion(
  name: string,
  { apiVersion, apiStrict, apiDeprecationErrors }: Document,
): void {
  if (apiVersion === undefined) {
    if (apiStrict === undefined && apiDeprecationErrors === undefined) return;
    throw new CommandError(
      4886600,
      'Provided apiStrict and/or apiDeprecationErrors without passing apiVersion',
    );
  }
  if (apiVersion !== '1') throw new CommandError(322, 'API version must be "1"');
  if (apiStrict === true && !API_COMMANDS.has(name)) {
    const message = `Provided apiStrict:true, but the command ${name} is not in API Version 1. Information on supported commands and migrations in API Version 1 can be found at https://www.mongodb.com/docs/manual/reference/stable-api/`;
    throw new CommandError(323, message);
  }
}
