import { setImmediate as otherWork } from 'node:timers/promises';
import { parentPort } from 'node:worker_threads';
import { loadFonts } from './fonts.ts';
import { failureOf, type MakerReply, type MakerRequest } from './maker-messages.ts';
import { makeFile, type FilePart } from './making.ts';

/** The thread that makes files of labels. It makes several at a time, each as fast as its reader takes it. */

const PART_BYTES = 64 * 1024;
/** Parts of a file under way: one is filled while another is sent. */
const PARTS = 2;
/** So long one file is made before another gets its turn and a cancel is heard. */
const TURN_MS = 15;

const fonts = loadFonts();

/** A file under way: the memory that nobody reads, and whom to wake when there is more or nothing is wanted. */
type Reader = { readonly free: ArrayBuffer[]; cancelled: boolean; wake: () => void };
const readers = new Map<number, Reader>();

function say(reply: MakerReply): void {
  parentPort?.postMessage(reply, reply.kind === 'part' ? [reply.memory] : []);
}

/** Memory for the next part; null once nothing is wanted. */
async function freeMemory(reader: Reader): Promise<ArrayBuffer | null> {
  while (reader.free.length === 0 && !reader.cancelled) {
    await new Promise<void>((resolve) => {
      reader.wake = resolve;
    });
  }
  return reader.cancelled ? null : (reader.free.pop() ?? null);
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

type Make = Extract<MakerRequest, { kind: 'make' }>;

/** Collects a file's bytes into parts and sends each when it is full, the first as soon as there is anything. */
function partSender(id: number, reader: Reader) {
  let memory: ArrayBuffer | null = null;
  let bytes = 0;
  let isFirst = true;
  const flush = (labels: number): void => {
    if (memory === null || bytes === 0) return;
    say({ kind: 'part', id, memory, bytes, labels });
    [memory, bytes, isFirst] = [null, 0, false];
  };
  return {
    flush,
    async add(wanted: Uint8Array, labels: number): Promise<void> {
      for (let from = 0; from < wanted.length;) {
        memory ??= await freeMemory(reader);
        if (memory === null) return;
        const piece = wanted.subarray(from, from + PART_BYTES - bytes);
        new Uint8Array(memory).set(piece, bytes);
        bytes += piece.length;
        from += piece.length;
        if (bytes === PART_BYTES) flush(labels);
      }
      if (isFirst) flush(labels);
    },
  };
}

async function send({ id, job, from, end }: Make, reader: Reader): Promise<number | null> {
  const sender = partSender(id, reader);
  let position = 0;
  let labels = 0;
  for await (const part of inTurns(makeFile(job, fonts), reader)) {
    const start = Math.max(0, from - position);
    const wanted = part.bytes.subarray(start, end === null ? undefined : Math.max(start, end - position));
    position += part.bytes.length;
    ({ labels } = part);
    await sender.add(wanted, labels);
    if (end !== null && position >= end) break;
  }
  if (!reader.cancelled) sender.flush(labels);
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
  const free = Array.from({ length: PARTS }, () => new ArrayBuffer(PART_BYTES));
  const reader: Reader = { free, cancelled: false, wake: () => {} };
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
  if (request.kind === 'sent') reader.free.push(request.memory);
  else reader.cancelled = true;
  reader.wake();
});
