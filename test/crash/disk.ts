import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Random } from './random.ts';

const source = fileURLToPath(new URL('./faulty-disk.c', import.meta.url));
const DATABASE = 'database.sqlite';
const SECTOR = 512;

let library: string | null | undefined;

/** The library that makes a disk fail, compiled once; null where there is no C compiler or no Linux. */
export function faultyDisk(): string | null {
  if (library !== undefined) return library;
  library = null;
  if (process.platform !== 'linux') return library;
  const file = join(mkdtempSync(join(tmpdir(), 'faulty-disk-')), 'faulty-disk.so');
  for (const compiler of ['cc', 'gcc', 'clang']) {
    try {
      execFileSync(compiler, ['-shared', '-fPIC', '-O1', '-o', file, source, '-ldl'], { stdio: 'ignore' });
      library = file;
      return library;
    } catch {
      // The next one, or none.
    }
  }
  return library;
}

/** One line of the disk's log: a write, a sync or a truncation of a database file. */
export type DiskRecord = {
  readonly kind: 'write' | 'sync' | 'truncate';
  readonly file: string;
  readonly time: bigint;
  readonly offset: number;
  readonly data: Buffer;
};

const KINDS = { 1: 'write', 2: 'sync', 3: 'truncate' } as const;
const HEAD_BYTES = 32;

/** Reads what the library wrote; a record that the kill cut off is left out. */
export function readDiskLog(file: string): DiskRecord[] {
  const bytes = existsSync(file) ? readFileSync(file) : Buffer.alloc(0);
  const records: DiskRecord[] = [];
  for (let at = 0; at + HEAD_BYTES <= bytes.length;) {
    const pathLength = bytes.readUInt32LE(at + 4);
    const length = Number(bytes.readBigUInt64LE(at + 24));
    const dataAt = at + HEAD_BYTES + pathLength;
    if (dataAt + length > bytes.length) break;
    records.push({
      kind: KINDS[bytes.readUInt32LE(at) as 1 | 2 | 3],
      file: bytes.toString('utf8', at + HEAD_BYTES, dataAt).replace(/^.*\//, ''),
      time: bytes.readBigUInt64LE(at + 8),
      offset: Number(bytes.readBigUInt64LE(at + 16)),
      data: bytes.subarray(dataAt, dataAt + length),
    });
    at = dataAt + length;
  }
  return records;
}

/** What of the writes that no sync had made durable is on the disk after the power cut. */
export type Unsynced = 'nothing' | 'everything' | 'some' | 'torn';

/**
 * The files as a power cut at `time` leaves them: all that a sync has made durable, and of the writes after it
 * nothing, everything, some in any order, or some with only a part of their sectors.
 */
export function powerCutImage(
  base: string,
  records: readonly DiskRecord[],
  { time, unsynced, random }: { readonly time: bigint; readonly unsynced: Unsynced; readonly random: Random },
): ReadonlyMap<string, Buffer> {
  const images = new Map<string, Buffer>();
  for (const name of [DATABASE, `${DATABASE}-wal`]) {
    const past = records.filter((record) => record.file === name && record.time < time);
    const path = join(base, name);
    let image: Buffer = existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
    const lastSync = past.findLastIndex(({ kind }) => kind === 'sync');
    past.forEach((record, index) => {
      if (index <= lastSync || survives(unsynced, random)) {
        image = applied(image, index <= lastSync || unsynced !== 'torn' ? record : torn(record, random));
      }
    });
    if (image.length > 0) images.set(name, image);
  }
  return images;
}

function survives(unsynced: Unsynced, random: Random): boolean {
  if (unsynced === 'everything') return true;
  return unsynced !== 'nothing' && random.chance(0.5);
}

/** Only the beginning of the write has reached the disk, up to some sector. */
function torn(record: DiskRecord, random: Random): DiskRecord {
  const sectors = Math.ceil(record.data.length / SECTOR);
  return { ...record, data: record.data.subarray(0, random.below(sectors + 1) * SECTOR) };
}

function applied(image: Buffer, { kind, offset, data }: DiskRecord): Buffer {
  if (kind === 'sync') return image;
  if (kind === 'truncate') return offset <= image.length ? image.subarray(0, offset) : grown(image, offset);
  const result = grown(image, offset + data.length);
  data.copy(result, offset);
  return result;
}

function grown(image: Buffer, length: number): Buffer {
  return length <= image.length
    ? Buffer.from(image)
    : Buffer.concat([image, Buffer.alloc(length - image.length)]);
}

/** Puts the files in their place. */
export function writeImage(directory: string, images: ReadonlyMap<string, Buffer>): void {
  for (const [name, bytes] of images) writeFileSync(join(directory, name), bytes);
}
