import { randomUUID } from 'node:crypto';
import type { Clock } from '../../platform/clock.ts';
import type { FileStore } from './file-store.ts';
import type { FileMaker, FileProgress } from './maker.ts';

/** How often a process tells the others how far it is. */
const TELL_EVERY_MS = 1_000;

export type ProgressDeps = {
  readonly maker: Pick<FileMaker, 'progressOf'>;
  readonly store: Pick<FileStore, 'sayProgress' | 'progressElsewhere'>;
  readonly clock: Clock;
};

/**
 * How far downloads are, whichever process is asked: each knows its own and reads of the others what they said a
 * second ago. A download that is over within a second is told to nobody.
 */
export function sharedProgress({ maker, store, clock }: ProgressDeps) {
  const processId = randomUUID();
  const telling = new Set<string>();

  function tell(runId: string): void {
    const later = setTimeout(() => {
      const files = maker.progressOf(runId);
      // What is not told is seen a second later; a download does not fail for it.
      void store.sayProgress({ processId, runId, files, at: clock.now() }).catch(() => {});
      if (files.length === 0) telling.delete(runId);
      else tell(runId);
    }, TELL_EVERY_MS);
    later.unref();
  }

  return {
    /** From now on others are told, until none of the run's files is under way. */
    begin(runId: string): void {
      if (telling.has(runId)) return;
      telling.add(runId);
      tell(runId);
    },

    of: async (runId: string): Promise<readonly FileProgress[]> => [
      ...maker.progressOf(runId),
      ...(await store.progressElsewhere({ processId, runId, at: clock.now() })),
    ],
  };
}
