import mongoose from 'mongoose';

const { MongoNetworkError, MongoNotConnectedError, MongoServerError, MongoServerSelectionError } =
  mongoose.mongo;

/** `DataCorruptionDetected` and `OutOfDiskSpace`, of the embedded database and of MongoDB. */
const DISK_CODES: ReadonlySet<number | string | undefined> = new Set([366, 14031]);
/** `OperationFailed` is many things: the embedded database, whose disk has failed, says these words with it. */
const OPERATION_FAILED = 96;
const STOPPED_WORDS = 'takes no writes';

const isOfDisk = ({ code, message }: mongoose.mongo.MongoServerError): boolean =>
  DISK_CODES.has(code) || (code === OPERATION_FAILED && message.includes(STOPPED_WORDS));

/** Whether the database, not the request or the program, is why something failed: it is not there or writes nothing. */
export function isDatabaseDown(error: unknown): boolean {
  if (error instanceof MongoServerError) return isOfDisk(error);
  return (
    error instanceof MongoNetworkError ||
    error instanceof MongoServerSelectionError ||
    error instanceof MongoNotConnectedError
  );
}
