import { CommandError } from './errors.ts';
import { failureKind } from './sqlite.ts';

/**
 * Whether the storage may still be written to. After an I/O error nobody knows what the disk holds of the last
 * commit, and the kernel may forget that it failed: writing stops until a restart has read the files again. A full
 * disk only refuses: the next write tries anew.
 */
export type Health = {
  /** What an exception of the storage means for the client; from now on writes are refused if it was an I/O error. */
  note(error: unknown): CommandError;
  /** @throws CommandError with the cause when writing has stopped */
  checkWritable(): void;
  /** A thread beside this one has met damage or a failing disk: from now on writes are refused. */
  stop(reason: string): void;
  readonly isStopped: boolean;
  /** The last write found the disk full. */
  readonly isFull: boolean;
  /** The thread of the long writes has found the disk full. */
  noteFull(): void;
  /** A write went through. */
  noteWritten(): void;
};

/** What is said once damage has been found in a database that is being served. */
export function damageReason(directory: string, text: string): string {
  return `The database in ${directory} is damaged and takes no writes: ${text}. Restore it from a backup.`;
}

/** A storage that works; `onStopped` is told once, when it no longer does. */
export function newHealth(directory: string, onStopped: (reason: string) => void): Health {
  let stopped: string | null = null;
  let isFull = false;
  const stop = (reason: string): CommandError => {
    if (stopped === null) onStopped(reason);
    stopped ??= reason;
    return new CommandError('OperationFailed', stopped);
  };
  return {
    note(error) {
      const text = (error as Error).message;
      switch (failureKind(error)) {
        case 'full':
          isFull = true;
          return new CommandError(
            'OutOfDiskSpace',
            `No space is left for the database in ${directory}: ${text}`,
          );
        case 'damaged':
          stop(damageReason(directory, text));
          return new CommandError(
            'DataCorruptionDetected',
            `The database in ${directory} is damaged: ${text}`,
          );
        case 'input-output':
          return stop(
            `The database in ${directory} takes no writes since its disk failed: ${text}. ` +
              'Check the disk and its free space, then restart the server.',
          );
        default:
          return new CommandError('InternalError', text);
      }
    },
    stop(reason) {
      stop(reason);
    },
    checkWritable() {
      if (stopped !== null) throw new CommandError('OperationFailed', stopped);
    },
    noteFull() {
      isFull = true;
    },
    noteWritten() {
      isFull = false;
    },
    get isStopped() {
      return stopped !== null;
    },
    get isFull() {
      return isFull;
    },
  };
}
