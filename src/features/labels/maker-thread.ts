import { setImmediate as otherWork } from 'node:timers/promises';
import { parentPort } from 'node:worker_threads';
import { loadFonts } from './fonts.ts';
import { failureOf, type MakerReply, type MakerRequest } from './maker-messages.ts';
import { makeFile, type FilePart } from './making.ts';

/** The thread that makes files of labels. It makes several at a time, each as fast as its reader takes it. */

const PART_BYTES = 64 * 1024;
/** So long one file is made before another gets its turn and a cancel is heard. */
const TURN_MS = 15;

const fonts = loadFonts();

/** A file under way: how many parts its reader has room for, and whom to wake when that changes. */
type Reader = { room: number; cancelled: boolean; wake: () => void };
const readers = new Map<number, Reader>();

function say(reply: MakerReply): void {
  if (reply.kind === 'part') parentPort?.postMessage(reply, [reply.bytes.buffer as ArrayBuffer]);
  else parentPort?.postMessage(reply);
}

async function roomFor(reader: Reader): Promise<void> {
  while (reader.room === 0 && !reader.cancelled) {
    await new Promise<void>((resolve) => {
      reader.wake = resolve;
    });
  }
  reader.room -= 1;
}

/** Parts in turns with other files. */
async function* inTurns(parts: Iterable<FilePart> | AsyncIterable<FilePart>, reader: Reader) {
  let began = performance.now();
  for await (const part of parts) {
    yield part;
    if (performance.now() - began > TURN_MS) {
      await otherWork();
      began = performance.now();
    }
    if (reader.cancelled) return;
  }
}

/** Bytes that wait to be sent together: copied, because they are handed over to the other thread. */
function together(waiting: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(waiting.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of waiting) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

type Make = Extract<MakerRequest, { kind: 'make' }>;

async function send({ id, job, from, end }: Make, reader: Reader): Promise<number | null> {
  let position = 0;
  let labels = 0;
  let waiting: Uint8Array[] = [];
  let bytes = 0;
  let isFirst = true;
  const flush = async () => {
    await roomFor(reader);
    if (!reader.cancelled) say({ kind: 'part', id, bytes: together(waiting), labels });
    waiting = [];
    bytes = 0;
    isFirst = false;
  };
  for await (const part of inTurns(makeFile(job, fonts), reader)) {
    const wanted = part.bytes.subarray(
      Math.max(0, from - position),
      end === null ? undefined : Math.max(0, end - position),
    );
    position += part.bytes.length;
    ({ labels } = part);
    if (wanted.length > 0) waiting.push(Uint8Array.from(wanted));
    bytes += wanted.length;
    // What a reader sees first comes at once.
    if (bytes >= PART_BYTES || (isFirst && bytes > 0)) await flush();
    if (end !== null && position >= end) break;
  }
  if (bytes > 0) await flush();
  return reader.cancelled || end !== null ? null : position;
}

async function measure({ job }: Extract<MakerRequest, { kind: 'measure' }>, reader: Reader): Promise<number> {
  let length = 0;
  for await (const { bytes } of inTurns(makeFile(job, fonts), reader)) length += bytes.length;
  return length;
}

type Work = Extract<MakerRequest, { kind: 'make' | 'measure' }>;

async function work(request: Work): Promise<void> {
  const { id } = request;
  const reader: Reader = { room: 1, cancelled: false, wake: () => {} };
  readers.set(id, reader);
  try {
    const length = request.kind === 'make' ? await send(request, reader) : await measure(request, reader);
    say({ kind: 'end', id, length });
  } catch (error) {
    say(failureOf(id, error));
  } finally {
    readers.delete(id);
  }
}

parentPort?.on('message', (request: MakerRequest) => {
  if (request.kind === 'make' || request.kind === 'measure') {
    void work(request);
    return;
  }
  const reader = readers.get(request.id);
  if (reader === undefined) return;
  if (request.kind === 'more') reader.room += 1;
  else reader.cancelled = true;
  reader.wake();
});
