import { plainText } from './field-names.ts';

/** MongoDB's numeric codes and their names: the ones that this server answers with. Source: MongoDB manual, Error Codes. */
export const ERROR_CODES = {
  InternalError: 1,
  BadValue: 2,
  GraphContainsCycle: 5,
  FailedToParse: 9,
  TypeMismatch: 14,
  Overflow: 15,
  IllegalOperation: 20,
  InvalidBSON: 22,
  NamespaceNotFound: 26,
  IndexNotFound: 27,
  PathNotViable: 28,
  CannotBackfillArray: 34,
  CannotCreateIndex: 67,
  ConflictingUpdateOperators: 40,
  CursorNotFound: 43,
  NamespaceExists: 48,
  DollarPrefixedFieldName: 52,
  InvalidIdField: 53,
  NotSingleValueField: 54,
  EmptyFieldName: 56,
  CommandNotFound: 59,
  ImmutableField: 66,
  InvalidOptions: 72,
  InvalidNamespace: 73,
  IndexOptionsConflict: 85,
  IndexKeySpecsConflict: 86,
  OperationFailed: 96,
  NotExactValueField: 111,
  CommandNotSupported: 115,
  DocumentValidationFailure: 121,
  ExceededMemoryLimit: 146,
  CannotIndexParallelArrays: 171,
  InvalidIndexSpecificationOption: 197,
  QueryExceededMemoryLimitNoDiskUseAllowed: 292,
  DataCorruptionDetected: 366,
  QueryFeatureNotAllowed: 224,
  ViewDepthLimitExceeded: 165,
  CommandNotSupportedOnView: 166,
  OptionNotSupportedOnView: 167,
  InvalidPipelineOperator: 168,
  ViewPipelineMaxSizeExceeded: 195,
  MaxSubPipelineDepthExceeded: 232,
  QueryPlanKilled: 175,
  CannotConvertIndexToUnique: 359,
  CommandOnShardedViewNotSupportedOnMongod: 169,
  BSONObjectTooLarge: 10334,
  DuplicateKey: 11000,
  OutOfDiskSpace: 14031,
} as const;

export type ErrorName = keyof typeof ERROR_CODES;

/** A refusal in MongoDB's own shape: `code`, `codeName`, `errmsg` and what else this code carries. */
export class CommandError extends Error {
  readonly code: number;
  readonly codeName: string;
  readonly extra: Readonly<Record<string, unknown>>;

  constructor(code: ErrorName | number, message: string, extra: Readonly<Record<string, unknown>> = {}) {
    super(plainText(message));
    this.name = 'CommandError';
    this.code = typeof code === 'number' ? code : ERROR_CODES[code];
    this.codeName = typeof code === 'number' ? codeNameOf(code) : code;
    this.extra = extra;
  }
}

/**
 * A read or a write that is too long for the thread which answers everybody: it is done from its beginning in the
 * thread of the long reads, in a snapshot of its own, or in that of the long writes.
 */
export class LongWork extends Error {}

/** MongoDB's name of a code; those without a name are called by their number, as `mongod` does. */
export function codeNameOf(code: number): string {
  return Object.entries(ERROR_CODES).find(([, value]) => value === code)?.[0] ?? `Location${code}`;
}

/** What `startEmbeddedMongodb` may fail with. */
export type EmbeddedMongodbErrorCode = 'directory-in-use' | 'damaged' | 'not-writable' | 'failed';

/** The database could not be opened; `code` says why, `message` says what to do. */
export class EmbeddedMongodbError extends Error {
  readonly code: EmbeddedMongodbErrorCode;

  constructor(code: EmbeddedMongodbErrorCode, message: string) {
    super(message);
    this.name = 'EmbeddedMongodbError';
    this.code = code;
  }
}
