import { CommandError } from './errors.ts';
import type { Document } from './values.ts';

/**
 * The fields of commands and statements in MongoDB 7.0: a field that it does not know is refused with its code
 * 40415, so that nothing is ignored.
 * Source: MongoDB's command definitions (`*.idl`) of version 7.0
 */

/** Fields that every command may carry. */
export const GENERIC_FIELDS: ReadonlySet<string> = new Set([
  '$db', 'lsid', '$clusterTime', '$configTime', '$topologyTime', '$readPreference', '$audit', '$client', 'txnNumber',
  'autocommit', 'startTransaction', 'readConcern', 'writeConcern', 'maxTimeMS', 'maxTimeMSOpOnly', 'comment',
  'apiVersion', 'apiStrict', 'apiDeprecationErrors', '$queryOptions', 'databaseVersion', 'shardVersion',
]); // prettier-ignore

const COMMAND_FIELDS: Readonly<Record<string, { readonly known: readonly string[] }>> = {
  find: {
    known: [
      'filter', 'projection', 'sort', 'hint', 'skip', 'limit', 'batchSize', 'singleBatch', 'allowDiskUse', 'let',
      'tailable', 'awaitData', 'noCursorTimeout', 'allowPartialResults', 'oplogReplay', 'collation', 'mirrored',
      'term', 'readOnce', 'max', 'min', 'returnKey', 'showRecordId',
    ],
  }, // prettier-ignore
  count: { known: ['query', 'limit', 'skip', 'hint', 'collation', 'fields'] },
  distinct: { known: ['key', 'query', 'collation', 'hint'] },
  aggregate: {
    known: ['pipeline', 'explain', 'cursor', 'allowDiskUse', 'bypassDocumentValidation', 'hint', 'collation', 'let'],
  }, // prettier-ignore
  insert: { known: ['documents', 'ordered', 'bypassDocumentValidation', 'stmtId', 'stmtIds'] },
  update: { known: ['updates', 'ordered', 'bypassDocumentValidation', 'let', 'stmtId', 'stmtIds'] },
  delete: { known: ['deletes', 'ordered', 'let', 'stmtId', 'stmtIds'] },
  findAndModify: {
    known: [
      'query', 'fields', 'sort', 'remove', 'update', 'new', 'upsert', 'hint', 'collation', 'arrayFilters', 'let',
      'bypassDocumentValidation', 'stmtId',
    ],
  }, // prettier-ignore
  getMore: { known: ['collection', 'batchSize', 'term', 'lastKnownCommittedOpTime'] },
  killCursors: { known: ['cursors'] },
  collMod: {
    known: [
      'index', 'validator', 'validationLevel', 'validationAction', 'viewOn', 'pipeline', 'expireAfterSeconds',
      'cappedSize', 'cappedMax', 'timeseries', 'dryRun', 'changeStreamPreAndPostImages',
    ],
  }, // prettier-ignore
  createIndexes: { known: ['indexes', 'commitQuorum', 'ignoreUnknownIndexOptions'] },
  dropIndexes: { known: ['index'] },
  listIndexes: { known: ['cursor'] },
  listCollections: { known: ['filter', 'nameOnly', 'authorizedCollections', 'cursor'] },
};

const STATEMENT_FIELDS = {
  'update.updates': new Set([
    'q', 'u', 'c', 'upsert', 'multi', 'hint', 'collation', 'arrayFilters', 'upsertSupplied', 'sampleId',
  ]),
  'delete.deletes': new Set(['q', 'limit', 'hint', 'collation', 'sampleId']),
} as const; // prettier-ignore

function unknownField(path: string): CommandError {
  return new CommandError(40415, `BSON field '${path}' is an unknown field.`);
}

/** @throws CommandError 40415 for a field that MongoDB does not know */
export function checkCommandFields(name: string, body: Document): void {
  const fields = COMMAND_FIELDS[name];
  if (fields === undefined) return;
  for (const field of Object.keys(body)) {
    if (field === name || GENERIC_FIELDS.has(field) || fields.known.includes(field)) continue;
    throw unknownField(`${name}.${field}`);
  }
}

const REQUIRED_FIELDS = { 'update.updates': ['q', 'u'], 'delete.deletes': ['q', 'limit'] } as const;

/** @throws CommandError 40415 for a field that there is not, 40414 for one that is missing */
export function checkStatementFields(place: keyof typeof STATEMENT_FIELDS, statement: Document): void {
  const missing = REQUIRED_FIELDS[place].find((field) => statement[field] === undefined);
  if (missing !== undefined) {
    throw new CommandError(40414, `BSON field '${place}.${missing}' is missing but a required field`);
  }
  const unknown = Object.keys(statement).find((field) => !STATEMENT_FIELDS[place].has(field));
  if (unknown !== undefined) throw unknownField(`${place}.${unknown}`);
}
