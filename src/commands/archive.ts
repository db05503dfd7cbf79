import { createHash, type Hash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import { TAR_BLOCK, TAR_END, readTarHeader, tarHeader, tarPadding } from './tar.ts';

/**
 * A backup is a tar archive. After its files come `MANIFEST`, which names each with its SHA-256, and `SHA256`, the
 * digest of every byte before it. So whoever has only tar and sha256sum can check and unpack it, too.
 */

const MANIFEST = 'MANIFEST';
const WHOLE = 'SHA256';
const FORMAT_LINE = 'nguon-backup 1';
const CHUNK_BYTES = 1 << 20;
/** A manifest that is larger is none. */
const MANIFEST_BYTES_MAX = 64 * 1024 * 1024;
const OWNER_ONLY = 0o600;

/** A file to be put into the archive. */
export type Source = { readonly path: string; readonly file: string };
/** A file of the archive: where its bytes begin. */
export type ArchivedFile = {
  readonly path: string;
  readonly mode: number;
  readonly size: number;
  readonly at: number;
  readonly sha256: string;
};
export type OnBytes = (done: number) => void;

/** The archive is not what was written; the message says what differs. */
export class ArchiveError extends Error {}

type Writer = { readonly handle: FileHandle; readonly hash: Hash; readonly modifiedAt: number };

async function append({ handle, hash }: Pick<Writer, 'handle' | 'hash'>, bytes: Buffer): Promise<void> {
  hash.update(bytes);
  await handle.appendFile(bytes);
}

/**
 * Writes the files in their order to `handle` and makes them durable. A file that has gone meanwhile is left out.
 * @returns the archive's SHA-256
 */
export async function writeArchive(
  handle: FileHandle,
  sources: readonly Source[],
  { now, onBytes }: { readonly now: Date; readonly onBytes: OnBytes },
): Promise<string> {
  const writer = { handle, hash: createHash('sha256'), modifiedAt: Math.floor(now.getTime() / 1_000) };
  const lines: string[] = [FORMAT_LINE, now.toISOString()];
  let done = 0;
  for (const source of sources) {
    const sha256 = await appendFile(writer, source, (bytes) => {
      done += bytes;
      onBytes(done);
    });
    if (sha256 !== null) lines.push(`${sha256}  ${source.path}`);
  }
  await appendText(writer, MANIFEST, `${lines.join('\n')}\n`);
  const digest = writer.hash.digest('hex');
  await handle.appendFile(ending(digest, writer.modifiedAt));
  await handle.sync();
  return digest;
}

/** The last blocks, which hang on nothing but the digest: so a changed bit in them is found as well. */
function ending(digest: string, modifiedAt: number): Buffer {
  const content = Buffer.from(`${digest}\n`);
  const header = tarHeader({ path: WHOLE, size: content.length, mode: OWNER_ONLY, modifiedAt });
  return Buffer.concat([header, content, tarPadding(content.length), TAR_END]);
}

async function appendText(writer: Writer, path: string, text: string): Promise<void> {
  const content = Buffer.from(text);
  const entry = { path, size: content.length, mode: OWNER_ONLY, modifiedAt: writer.modifiedAt };
  await append(writer, Buffer.concat([tarHeader(entry), content, tarPadding(content.length)]));
}

async function appendFile(writer: Writer, { path, file }: Source, onBytes: OnBytes): Promise<string | null> {
  const source = await open(file).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  });
  if (source === null) return null;
  try {
    const { size, mode, mtimeMs } = await source.stat();
    const modifiedAt = Math.floor(mtimeMs / 1_000);
    await append(writer, tarHeader({ path, size, mode, modifiedAt }));
    const hash = createHash('sha256');
    for await (const chunk of chunks(source, 0, size)) {
      hash.update(chunk);
      await append(writer, chunk);
      onBytes(chunk.length);
    }
    await append(writer, tarPadding(size));
    return hash.digest('hex');
  } finally {
    await source.close();
  }
}

/** The bytes from `at` on, in parts. @throws ArchiveError when there are fewer */
async function* chunks(handle: FileHandle, at: number, size: number): AsyncGenerator<Buffer> {
  for (let done = 0; done < size;) {
    const part = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, size - done));
    const { bytesRead } = await handle.read(part, 0, part.length, at + done);
    if (bytesRead === 0) throw new ArchiveError('it is cut short');
    done += bytesRead;
    yield part.subarray(0, bytesRead);
  }
}

/**
 * Reads the whole archive and compares every byte with its digests.
 * @returns the files in it, `MANIFEST` and `SHA256` not among them
 * @throws ArchiveError naming the file whose bytes differ
 */
export async function verifyArchive(handle: FileHandle, onBytes: OnBytes): Promise<ArchivedFile[]> {
  const whole = createHash('sha256');
  const files: ArchivedFile[] = [];
  let at = 0;
  for (;;) {
    const header = await readBlock(handle, at);
    const entry = readTarHeader(header);
    if (entry === null) throw new ArchiveError(damagedAt(files, at));
    if (entry.path === WHOLE) {
      await checkEnding(handle, { at, modifiedAt: entry.modifiedAt, digest: whole.digest('hex'), files });
      return files;
    }
    if (files.at(-1)?.path === MANIFEST) throw new ArchiveError(damagedAt(files, at));
    whole.update(header);
    const hash = createHash('sha256');
    for await (const chunk of chunks(handle, at + TAR_BLOCK, entry.size)) {
      whole.update(chunk);
      hash.update(chunk);
      onBytes(at + chunk.length);
    }
    const padding = tarPadding(entry.size).length;
    const begin = at + TAR_BLOCK;
    at = begin + entry.size + padding;
    for await (const chunk of chunks(handle, begin + entry.size, padding)) whole.update(chunk);
    files.push({
      path: entry.path,
      mode: entry.mode,
      size: entry.size,
      at: begin,
      sha256: hash.digest('hex'),
    });
  }
}

async function readBlock(handle: FileHandle, at: number): Promise<Buffer> {
  const block = Buffer.alloc(TAR_BLOCK);
  const { bytesRead } = await handle.read(block, 0, TAR_BLOCK, at);
  if (bytesRead < TAR_BLOCK) throw new ArchiveError(at === 0 ? 'it is not a backup' : 'it is cut short');
  return block;
}

const damagedAt = (files: readonly ArchivedFile[], at: number): string =>
  at === 0 ? 'it is not a backup' : `what follows ${files.at(-1)?.path ?? 'its beginning'} is damaged`;

type Ending = {
  readonly at: number;
  readonly modifiedAt: number;
  readonly digest: string;
  readonly files: ArchivedFile[];
};

/** The manifest is read even if the digest of the whole differs: it says which file it is. */
async function checkEnding(handle: FileHandle, { at, modifiedAt, digest, files }: Ending): Promise<void> {
  const expected = ending(digest, modifiedAt);
  const { size } = await handle.stat();
  const actual = Buffer.alloc(Math.min(Math.max(size - at, 0), expected.length + 1));
  await handle.read(actual, 0, actual.length, at);
  const manifest = files.pop();
  if (manifest?.path !== MANIFEST || manifest.size > MANIFEST_BYTES_MAX)
    throw new ArchiveError('it is not a backup');
  const text = Buffer.alloc(manifest.size);
  await handle.read(text, 0, text.length, manifest.at);
  const [format = '', , ...lines] = text.toString('utf8').trimEnd().split('\n');
  const listed = new Map(lines.map((line) => [line.slice(66), line.slice(0, 64)]));
  const differing = files.find(({ path, sha256 }) => listed.get(path) !== sha256);
  if (differing !== undefined) throw new ArchiveError(`${differing.path} is damaged`);
  if (!actual.equals(expected)) throw new ArchiveError('its list or its end is damaged');
  if (format !== FORMAT_LINE) throw new ArchiveError('it was made by another version of Nguồn');
  if (listed.size !== files.length) throw new ArchiveError('a file is missing in it');
}

/** Writes one file of a verified archive to `target`, which must not be there, and makes it durable. */
export async function extractFile(
  handle: FileHandle,
  { at, size, mode }: ArchivedFile,
  { target, onBytes }: { readonly target: string; readonly onBytes: OnBytes },
): Promise<void> {
  // What the owner may do stays; nobody else gets anything.
  const output = await open(target, 'wx', mode & 0o700);
  try {
    for await (const chunk of chunks(handle, at, size)) {
      await output.appendFile(chunk);
      onBytes(chunk.length);
    }
    await output.sync();
  } finally {
    await output.close();
  }
}
