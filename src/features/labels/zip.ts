import { crc32, deflateRawSync } from 'node:zlib';

/**
 * Writes an archive file by file: of those before, only name, place and sums are remembered.
 * Source: PKWARE, APPNOTE.TXT 6.3.10 §4.3, with ZIP64 (§4.3.14) beyond 65,535 files or 4 GiB
 */

const VERSION = 20;
const VERSION_64 = 45;
/** Names are UTF-8. */
const FLAGS = 0x0800;
const DEFLATED = 8;
/** The first moment that an archive can name, 1980-01-01: a file made twice is the same file. */
const DATE = 0x0021;
const MAX_16 = 0xffff;
const MAX_32 = 0xffff_ffff;

type Entry = {
  readonly name: Buffer;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
};

/** What stands in both headers of a file: from the version that it needs to the length of its extra field. */
function common({ name, crc, packed, size }: Entry, extra: number): Buffer {
  const bytes = Buffer.alloc(26);
  bytes.writeUInt16LE(extra > 0 ? VERSION_64 : VERSION, 0);
  bytes.writeUInt16LE(FLAGS, 2);
  bytes.writeUInt16LE(DEFLATED, 4);
  bytes.writeUInt16LE(0, 6);
  bytes.writeUInt16LE(DATE, 8);
  bytes.writeUInt32LE(crc, 10);
  bytes.writeUInt32LE(packed, 14);
  bytes.writeUInt32LE(size, 18);
  bytes.writeUInt16LE(name.length, 22);
  bytes.writeUInt16LE(extra, 24);
  return bytes;
}

const signature = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value, 0);
  return bytes;
};

/** A file's line in the list at the end. */
function listed(entry: Entry): Buffer {
  const isFar = entry.offset >= MAX_32;
  const extra = Buffer.alloc(isFar ? 12 : 0);
  if (isFar) {
    extra.writeUInt16LE(0x0001, 0);
    extra.writeUInt16LE(8, 2);
    extra.writeBigUInt64LE(BigInt(entry.offset), 4);
  }
  const rest = Buffer.alloc(14);
  rest.writeUInt32LE(isFar ? MAX_32 : entry.offset, 10);
  const made = Buffer.alloc(2);
  made.writeUInt16LE(isFar ? VERSION_64 : VERSION, 0);
  return Buffer.concat([signature(0x02014b50), made, common(entry, extra.length), rest, entry.name, extra]);
}

function end64(count: number, list: { readonly size: number; readonly offset: number }): Buffer {
  const record = Buffer.alloc(56);
  record.writeUInt32LE(0x06064b50, 0);
  record.writeBigUInt64LE(44n, 4);
  record.writeUInt16LE(VERSION_64, 12);
  record.writeUInt16LE(VERSION_64, 14);
  record.writeBigUInt64LE(BigInt(count), 24);
  record.writeBigUInt64LE(BigInt(count), 32);
  record.writeBigUInt64LE(BigInt(list.size), 40);
  record.writeBigUInt64LE(BigInt(list.offset), 48);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x07064b50, 0);
  locator.writeBigUInt64LE(BigInt(list.offset + list.size), 8);
  locator.writeUInt32LE(1, 16);
  return Buffer.concat([record, locator]);
}

export class ZipArchive {
  readonly #entries: Entry[] = [];
  #length = 0;

  /** One file of the archive. @param name in ASCII, with `/` between folders */
  file(name: string, content: Buffer): Buffer {
    const packed = deflateRawSync(content, { level: 1 });
    const entry: Entry = {
      name: Buffer.from(name, 'utf8'),
      crc: crc32(content),
      packed: packed.length,
      size: content.length,
      offset: this.#length,
    };
    this.#entries.push(entry);
    const bytes = Buffer.concat([signature(0x04034b50), common(entry, 0), entry.name, packed]);
    this.#length += bytes.length;
    return bytes;
  }

  /** The list of files, in parts of some thousand. */
  *end(): Generator<Buffer> {
    const offset = this.#length;
    let size = 0;
    for (let first = 0; first < this.#entries.length; first += 1_000) {
      const part = Buffer.concat(this.#entries.slice(first, first + 1_000).map(listed));
      size += part.length;
      yield part;
    }
    const count = this.#entries.length;
    if (count >= MAX_16 || offset >= MAX_32) yield end64(count, { size, offset });
    const last = Buffer.alloc(22);
    last.writeUInt32LE(0x06054b50, 0);
    last.writeUInt16LE(Math.min(count, MAX_16), 8);
    last.writeUInt16LE(Math.min(count, MAX_16), 10);
    last.writeUInt32LE(Math.min(size, MAX_32), 12);
    last.writeUInt32LE(Math.min(offset, MAX_32), 16);
    yield last;
  }
}
