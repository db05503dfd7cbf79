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
  InvalidDBRef: 55,
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
  CappedPositionLost: 136,
  ExceededMemoryLimit: 146,
  DurationOverflow: 159,
  CannotIndexParallelArrays: 171,
  ClientMetadataMissingField: 183,
  ClientMetadataAppNameTooLarge: 184,
  ClientMetadataDocumentTooLarge: 185,
  InvalidIndexSpecificationOption: 197,
  NoQueryExecutionPlans: 291,
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
  AmbiguousIndexKeyPattern: 181,
  CannotBuildIndexKeys: 201,
  IncompatibleCollationVersion: 161,
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

/** The names of codes that are answered by their number, by a fail point also. Source: as above */
const OTHER_NAMES: Readonly<Record<number, string>> = {
  6: 'HostUnreachable',
  7: 'HostNotFound',
  8: 'UnknownError',
  13: 'Unauthorized',
  50: 'MaxTimeMSExpired',
  64: 'WriteConcernFailed',
  76: 'NoReplicationEnabled',
  79: 'UnknownReplWriteConcern',
  89: 'NetworkTimeout',
  91: 'ShutdownInProgress',
  123: 'NotAReplicaSet',
  134: 'ReadConcernMajorityNotAvailableYet',
  165: 'ViewDepthLimitExceeded',
  168: 'InvalidPipelineOperator',
  189: 'PrimarySteppedDown',
  241: 'ConversionFailure',
  262: 'ExceededTimeLimit',
  291: 'NoQueryExecutionPlans',
  322: 'APIVersionError',
  323: 'APIStrictError',
  9001: 'SocketException',
  10107: 'NotWritablePrimary',
  11600: 'InterruptedAtShutdown',
  11602: 'InterruptedDueToReplStateChange',
  13435: 'NotPrimaryNoSecondaryOk',
  13436: 'NotPrimaryOrSecondary',
};

const NAMES: ReadonlyMap<number, string> = new Map([
  ...Object.entries(OTHER_NAMES).map(([code, name]) => [Number(code), name] as const),
  ...Object.entries(ERROR_CODES).map(([name, code]) => [code, name] as const),
]);

/** MongoDB's name of a code; those without a name are called by their number, as `mongod` does. */
export function codeNameOf(code: number): string {
  return NAMES.get(code) ?? `Location${code}`;
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
