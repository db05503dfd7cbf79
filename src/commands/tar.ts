/**
 * The format of a backup: a plain tar archive, so that any computer can look into it. Source: POSIX.1-2017, pax,
 * “ustar Interchange Format”; sizes from 8 GiB on as GNU tar writes them.
 */

export const TAR_BLOCK = 512;
/** Two empty blocks end an archive. */
export const TAR_END = Buffer.alloc(2 * TAR_BLOCK);
const NAME_BYTES_MAX = 100;
const SIZE_OCTAL_MAX = 0o77777777777;

/** What stands before a file's bytes. */
export type TarEntry = {
  /** With `/` between folders; at most 100 bytes. */
  readonly path: string;
  readonly size: number;
  readonly mode: number;
  /** Seconds since 1970. */
  readonly modifiedAt: number;
};

/** The block before a file. @throws RangeError for a path that is too long */
export function tarHeader({ path, size, mode, modifiedAt }: TarEntry): Buffer {
  if (Buffer.byteLength(path) > NAME_BYTES_MAX) throw new RangeError(`The path is too long: ${path}`);
  const block = Buffer.alloc(TAR_BLOCK);
  block.write(path, 0, 'utf8');
  writeOctal(block, mode & 0o777, { at: 100, digits: 7 });
  writeOctal(block, 0, { at: 108, digits: 7 });
  writeOctal(block, 0, { at: 116, digits: 7 });
  if (size <= SIZE_OCTAL_MAX) writeOctal(block, size, { at: 124, digits: 11 });
  else {
    block.writeUInt8(0x80, 124);
    block.writeBigUInt64BE(BigInt(size), 128);
  }
  writeOctal(block, modifiedAt, { at: 136, digits: 11 });
  block.write('0', 156, 'latin1');
  block.write('ustar\u000000', 257, 'latin1');
  block.write(`${checksum(block).toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return block;
}

function writeOctal(block: Buffer, value: number, { at, digits }: { at: number; digits: number }): void {
  block.write(value.toString(8).padStart(digits, '0'), at, 'latin1');
}

/** The sum of the block's bytes, its own field counted as spaces. */
function checksum(block: Buffer): number {
  return block.reduce((sum, byte, at) => sum + (at >= 148 && at < 156 ? 32 : byte), 0);
}

/** Zeros that fill a file's last block. */
export function tarPadding(size: number): Buffer {
  return Buffer.alloc((TAR_BLOCK - (size % TAR_BLOCK)) % TAR_BLOCK);
}

/** Reads the block before a file; null when it is none. */
export function readTarHeader(block: Buffer): TarEntry | null {
  const octal = (at: number, length: number): number => {
    const text = block.toString('latin1', at, at + length).replace(/[\0 ]+$/, '');
    return /^[0-7]+$/.test(text) ? parseInt(text, 8) : NaN;
  };
  if (octal(148, 8) !== checksum(block)) return null;
  const size = block.readUInt8(124) === 0x80 ? Number(block.readBigUInt64BE(128)) : octal(124, 12);
  const [mode, modifiedAt] = [octal(100, 8), octal(136, 12)];
  const path = block.toString('utf8', 0, block.subarray(0, NAME_BYTES_MAX + 1).indexOf(0));
  if (!Number.isSafeInteger(size) || Number.isNaN(mode) || Number.isNaN(modifiedAt)) return null;
  return { path, size, mode, modifiedAt };
}
