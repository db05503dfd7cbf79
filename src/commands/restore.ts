import { chmod, mkdir, open, readdir, rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { DATABASE_FILE, FORMAT_FILE } from '../embedded-mongodb/index.ts';
import { DATABASE_FOLDER, RESTORING_FOLDER } from '../platform/data-folder.ts';
import { byteText, progressBar } from '../platform/progress-bar.ts';
import { syncFolder } from '../platform/sync-folder.ts';
import { say } from '../platform/terminal.ts';
import { ArchiveError, extractFile, verifyArchive, type ArchivedFile } from './archive.ts';
import { checkSpace, roomFailure } from './backup.ts';
import type { Command } from './command.ts';

const OWNER_ONLY = 0o700;

/** Puts a backup into an empty `DATA_DIR`, once every byte of it has been compared with its digests. */
export const restore: Command = {
  name: 'restore',
  parameters: ['FILE'],
  about: {
    vi: 'Kiểm tra một tệp sao lưu rồi đặt nó vào DATA_DIR còn trống.',
    en: 'Checks a backup and puts it into a DATA_DIR that is empty.',
  },
  async run({ values: [name = ''], config }) {
    if (config.mongodbUri !== undefined) {
      throw new Error(
        'MONGODB_URI đang được đặt: hãy dùng mongorestore. / ' +
          'MONGODB_URI is set: that database is restored with mongorestore.',
      );
    }
    const [file, dataDir] = [resolve(name), resolve(config.dataDir)];
    await checkEmpty(dataDir);
    const handle = await open(file, 'r').catch((error: unknown) => {
      throw new Error(`Không đọc được / Cannot read ${file}: ${(error as Error).message}`);
    });
    try {
      const files = await verified(handle, file);
      await putInPlace(handle, files, dataDir);
    } finally {
      await handle.close();
    }
    say(
      `Đã khôi phục vào ${dataDir}. / Restored into ${dataDir}.`,
      'Bây giờ có thể khởi động máy chủ. / The server can be started now.',
    );
  },
};

/** What an earlier restore left that was cut off before anything was in its place does not count. */
async function checkEmpty(dataDir: string): Promise<void> {
  const names = await readdir(dataDir).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  });
  if (names.every((name) => name === RESTORING_FOLDER)) return;
  throw new Error(
    `DATA_DIR không trống, không ghi đè / DATA_DIR is not empty and is not overwritten: ${dataDir}`,
  );
}

async function verified(handle: FileHandle, file: string): Promise<readonly ArchivedFile[]> {
  const bar = progressBar('Kiểm tra tệp sao lưu / Checking the backup');
  const { size } = await handle.stat();
  try {
    const files = await verifyArchive(handle, (done) => {
      bar.update(done, size);
    });
    const paths = new Set(files.map(({ path }) => path));
    const isWhole = [DATABASE_FILE, FORMAT_FILE].every((name) => paths.has(`${DATABASE_FOLDER}/${name}`));
    if (!isWhole || paths.size !== files.length) throw new ArchiveError('there is no whole database in it');
    for (const path of paths) if (!isSafe(path)) throw new ArchiveError(`${path} is no place for a file`);
    bar.update(size, size);
    return files;
  } catch (error) {
    if (!(error instanceof ArchiveError)) throw error;
    throw new Error(
      `Không dùng được tệp sao lưu ${file}, chưa có gì bị thay đổi. / ` +
        `The backup ${file} cannot be used, and nothing was changed: ${error.message}`,
      { cause: error },
    );
  } finally {
    bar.end();
  }
}

/** A path that stays below the folder, whoever made the archive. */
function isSafe(path: string): boolean {
  const parts = path.split('/');
  return parts.every((part) => part !== '' && part !== '.' && part !== '..') && !/[\\:\0]/.test(path);
}

/**
 * Everything is written and made durable in a folder of its own inside `DATA_DIR` (which may be a disk of its own),
 * then moved. While that folder is there the server does not start.
 */
async function putInPlace(
  handle: FileHandle,
  files: readonly ArchivedFile[],
  dataDir: string,
): Promise<void> {
  const staging = join(dataDir, RESTORING_FOLDER);
  const total = files.reduce((sum, { size }) => sum + size, 0);
  await mkdir(dataDir, { recursive: true, mode: OWNER_ONLY });
  await chmod(dataDir, OWNER_ONLY);
  await rm(staging, { recursive: true, force: true });
  await mkdir(staging, { mode: OWNER_ONLY });
  syncFolder(dataDir);
  const bar = progressBar('Khôi phục / Restoring');
  try {
    await checkSpace(dataDir, total);
    let done = 0;
    for (const file of files) {
      const target = join(staging, file.path);
      await mkdir(dirname(target), { recursive: true, mode: OWNER_ONLY });
      await extractFile(handle, file, {
        target,
        onBytes: (bytes) => {
          done += bytes;
          bar.update(done, total);
        },
      });
      syncFolder(dirname(target));
    }
  } catch (error) {
    await rm(staging, { recursive: true });
    throw roomFailure(error, {
      folder: dataDir,
      vi: 'chưa có gì được khôi phục',
      en: 'nothing was restored',
    });
  }
  syncFolder(staging);
  const names = await readdir(staging);
  // The database last: what it speaks of is there when it is.
  names.sort((a, b) => Number(a === DATABASE_FOLDER) - Number(b === DATABASE_FOLDER));
  for (const name of names) await rename(join(staging, name), join(dataDir, name));
  syncFolder(dataDir);
  await rm(staging, { recursive: true });
  syncFolder(dataDir);
  bar.end();
  say(`${byteText(total)}, ${files.length} tệp / files`);
}
