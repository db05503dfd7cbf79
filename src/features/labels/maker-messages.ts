import type { FileJob } from './making.ts';
import type { CheckJob, CheckResult } from './self-check.ts';

/** What is said to the thread that makes files. `id` is the file's while it is being made. */
export type MakerRequest =
  | {
      readonly kind: 'make';
      readonly id: number;
      readonly job: FileJob;
      /** The first byte that is wanted; those before are made and left out. */
      readonly from: number;
      /** Before which byte it ends; null: with the file. */
      readonly end: number | null;
    }
  /** How long the file is: it is made and counted. */
  | { readonly kind: 'measure'; readonly id: number; readonly job: FileJob }
  /** A part was sent, and its memory may be filled again. */
  | { readonly kind: 'sent'; readonly id: number; readonly memory: ArrayBuffer }
  | { readonly kind: 'cancel'; readonly id: number };

/** What is said to the thread that reads labels: whether those of a run do. */
export type CheckRequest = { readonly kind: 'check'; readonly id: number; readonly job: CheckJob };

/** What the threads say. */
export type MakerReply =
  /** @property bytes how many of the memory's are the part */
  | {
      readonly kind: 'part';
      readonly id: number;
      readonly memory: ArrayBuffer;
      readonly bytes: number;
      readonly labels: number;
    }
  /** @property length of the whole file; null where it was left before its end */
  | { readonly kind: 'end'; readonly id: number; readonly length: number | null }
  | { readonly kind: 'checked'; readonly id: number; readonly result: CheckResult }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string };

/** What a thread says of work that failed. */
export const failureOf = (id: number, error: unknown): MakerReply => ({
  kind: 'failed',
  id,
  message: error instanceof Error ? (error.stack ?? error.message) : String(error),
});
