import { readFileSync, statSync } from 'node:fs';

/**
 * Reads SQLite's write-ahead log to tell what a crash has left from what is damage. SQLite itself takes the log to end
 * at the first frame that is not right, whatever comes after it; so a bit that has changed in its middle would take
 * acknowledged writes with it, silently. Source: https://www.sqlite.org/fileformat2.html#the_write_ahead_log
 */

const HEADER_BYTES = 32;
const FRAME_HEADER_BYTES = 24;
const MAGIC = 0x377f0682;
/** A longer log is not read through at the start, which must not take long. */
const LOG_BYTES_MAX = 128 * 1024 * 1024;

/** What the log holds for the database file. */
export type Log = {
  /** Pages of the database after the log's last commit; null when it has none. */
  readonly pageCount: number | null;
  readonly pages: ReadonlySet<number>;
};

/** The log cannot be what a crash leaves; the message says why. */
export class DamagedLog extends Error {}

type Sum = readonly [number, number];
type Layout = { readonly frameBytes: number; readonly salts: Buffer; readonly isBigEndian: boolean };

/** The log's own checksum over words of 32 bits, which goes on from frame to frame. */
function checksum([first, second]: Sum, bytes: Buffer, isBigEndian: boolean): Sum {
  let [a, b] = [first, second];
  for (let at = 0; at < bytes.length; at += 8) {
    a = (a + (isBigEndian ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at)) + b) >>> 0;
    b = (b + (isBigEndian ? bytes.readUInt32BE(at + 4) : bytes.readUInt32LE(at + 4)) + a) >>> 0;
  }
  return [a, b];
}

const storedSum = (bytes: Buffer, at: number): Sum => [bytes.readUInt32BE(at), bytes.readUInt32BE(at + 4)];
const isSame = (one: Sum, other: Sum): boolean => one[0] === other[0] && one[1] === other[1];

function layoutOf(bytes: Buffer): Layout | null {
  const header = bytes.subarray(0, HEADER_BYTES);
  // A new log whose beginning the crash has kept from the disk.
  if (header.length < HEADER_BYTES || header.every((byte) => byte === 0)) return null;
  const isBigEndian = (header.readUInt32BE(0) & 1) === 1;
  const isLog = header.readUInt32BE(0) >>> 1 === MAGIC >>> 1;
  if (!isLog || !isSame(checksum([0, 0], header.subarray(0, 24), isBigEndian), storedSum(header, 24))) {
    throw new DamagedLog('the beginning of its log is damaged');
  }
  const frameBytes = FRAME_HEADER_BYTES + header.readUInt32BE(8);
  return { frameBytes, salts: header.subarray(16, 24), isBigEndian };
}

/**
 * Reads the log at `file`. Its end may be missing or torn, as far as the last commit: each commit waits for the disk
 * before the next begins.
 * @returns null when there is none, or one that is too long to be read now
 * @throws DamagedLog when more is wrong than a crash explains
 */
export function readLog(file: string): Log | null {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size === 0 || size > LOG_BYTES_MAX) return null;
  const bytes = readFileSync(file);
  const layout = layoutOf(bytes);
  if (layout === null) return null;
  const pages = new Set<number>();
  let [pageCount, open]: [number | null, number[]] = [null, []];
  let sum = storedSum(bytes, 24);
  let [isBroken, commitsAfter] = [false, 0];
  for (let at = HEADER_BYTES; at + layout.frameBytes <= size; at += layout.frameBytes) {
    const frame = bytes.subarray(at, at + layout.frameBytes);
    const isOfThisLog = frame.subarray(8, 16).equals(layout.salts);
    const expected = checksum(sum, frame.subarray(0, 8), layout.isBigEndian);
    const isRight =
      isOfThisLog &&
      isSame(
        checksum(expected, frame.subarray(FRAME_HEADER_BYTES), layout.isBigEndian),
        storedSum(frame, 16),
      );
    const committed = frame.readUInt32BE(4);
    // The first frame that is wrong counts as what it says it is: nothing follows a commit that is not on the disk.
    if (committed > 0 && isOfThisLog && (isBroken ? isRight : !isRight)) commitsAfter += 1;
    isBroken ||= !isRight;
    sum = storedSum(frame, 16);
    if (isBroken) continue;
    open.push(frame.readUInt32BE(0));
    if (committed === 0) continue;
    for (const page of open) pages.add(page);
    [pageCount, open] = [committed, []];
  }
  if (commitsAfter > 1) throw new DamagedLog('its log is damaged in the middle');
  return { pageCount, pages };
}
