import { existsSync, rmSync } from 'node:fs';
import { open, readdir, rename, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { DATABASE_FILE, FORMAT_FILE, copyDatabase } from '../embedded-mongodb/index.ts';
import type { Config } from '../platform/config.ts';
import { DATABASE_FOLDER, RESTORING_FOLDER } from '../platform/data-folder.ts';
import { byteText, progressBar } from '../platform/progress-bar.ts';
import { syncFolder } from '../platform/sync-folder.ts';
import { say } from '../platform/terminal.ts';
import { writeArchive, type Source } from './archive.ts';
import type { Command } from './command.ts';

const OWNER_ONLY = 0o600;
const INTERRUPTED = 130;

/** The database as it is at one moment, the keys and whatever else is in `DATA_DIR`, in one file; serving goes on. */
export const backup: Command = {
  name: 'backup',
  parameters: ['FILE'],
  about: {
    vi: 'Sao lưu cơ sở dữ liệu và khóa trong DATA_DIR vào một tệp mới, máy chủ vẫn chạy.',
    en: 'Backs up the database and the keys of DATA_DIR into one new file, while the server serves.',
  },
  async run({ values: [file = ''], config }) {
    const target = resolve(file);
    const dataDir = resolve(config.dataDir);
    await checkBackup(config, { target, dataDir });
    const parts = {
      archive: `${target}.${process.pid}.partial`,
      database: `${target}.${process.pid}.database`,
      journal: `${target}.${process.pid}.database-journal`,
    };
    await removeLeftovers(target);
    await checkRoom({ target, dataDir });
    const forget = () => {
      for (const part of Object.values(parts)) rmSync(part, { force: true });
    };
    const stop = () => {
      forget();
      process.exit(INTERRUPTED);
    };
    process.once('SIGINT', stop).once('SIGTERM', stop);
    try {
      const size = await makeBackup(dataDir, parts);
      if (existsSync(target)) throw alreadyThere(target);
      await rename(parts.archive, target);
      syncFolder(dirname(target));
      say(
        `Đã sao lưu ${byteText(size)} vào ${target}. / Backed up ${byteText(size)} to ${target}.`,
        'Trong tệp có các khóa bí mật: hãy cất ở nơi chỉ người phụ trách đọc được. / ' +
          'It holds secret keys: keep it where only those in charge can read it.',
      );
    } catch (error) {
      throw roomFailure(error, {
        folder: dirname(target),
        vi: 'chưa có bản sao lưu nào được tạo',
        en: 'no backup was made',
      });
    } finally {
      forget();
      process.off('SIGINT', stop).off('SIGTERM', stop);
    }
  },
};

const alreadyThere = (target: string): Error =>
  new Error(`Tệp đã có, không ghi đè / The file exists and is not overwritten: ${target}`);

type Places = { readonly target: string; readonly dataDir: string };

/** @throws Error for what can be known to be wrong before anything is written */
async function checkBackup(config: Config, { target, dataDir }: Places): Promise<void> {
  if (config.mongodbUri !== undefined) {
    throw new Error(
      'MONGODB_URI đang được đặt: hãy dùng mongodump, và chép DATA_DIR/keys. / ' +
        'MONGODB_URI is set: that database is backed up with mongodump; copy DATA_DIR/keys as well.',
    );
  }
  if (existsSync(target)) throw alreadyThere(target);
  if (!relative(dataDir, target).startsWith('..')) {
    throw new Error(`Hãy lưu ra ngoài DATA_DIR / The backup must not lie inside DATA_DIR ${dataDir}`);
  }
  const folder = await stat(dirname(target)).catch(() => null);
  if (folder?.isDirectory() !== true)
    throw new Error(`Không có thư mục / No such folder: ${dirname(target)}`);
  if (!existsSync(join(dataDir, DATABASE_FOLDER, DATABASE_FILE)))
    throw new Error(`Không có cơ sở dữ liệu / There is no database in DATA_DIR ${dataDir}`);
}

/** What a backup to the same place has left that was killed, so that it could not clear up itself. */
async function removeLeftovers(target: string): Promise<void> {
  const [folder, prefix] = [dirname(target), `${basename(target)}.`];
  for (const name of await readdir(folder)) {
    const left = /^(\d+)\.(partial|database|database-journal)$/.exec(name.slice(prefix.length));
    if (!name.startsWith(prefix) || left === null || isAlive(Number(left[1]))) continue;
    await rm(join(folder, name), { force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

/** The database twice, copied as of one moment and then in the archive, with what is in its log; the rest once. */
async function checkRoom({ target, dataDir }: Places): Promise<void> {
  const database = join(dataDir, DATABASE_FOLDER, DATABASE_FILE);
  const copied = (await sizeOf(database)) + (await sizeOf(`${database}-wal`));
  const others = await Promise.all((await otherFiles(dataDir)).map(({ file }) => sizeOf(file)));
  await checkSpace(
    dirname(target),
    others.reduce((sum, size) => sum + size, 2 * copied),
  );
}

const sizeOf = (file: string): Promise<number> =>
  stat(file).then(
    ({ size }) => size,
    () => 0,
  );

/** What a disk that has become full is told as; any other error is itself. */
export function roomFailure(
  error: unknown,
  { folder, vi, en }: { readonly folder: string; readonly vi: string; readonly en: string },
): Error {
  const failure = error as NodeJS.ErrnoException;
  if (failure.code !== 'ENOSPC') return failure;
  return new Error(`Hết chỗ trống trong ${folder}, ${vi}. / No room is left in ${folder}, and ${en}.`, {
    cause: failure,
  });
}

/** @throws Error when the disk of `folder` has less room than `bytes` */
export async function checkSpace(folder: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize >= bytes) return;
  const facts = `${byteText(bytes)}, ${byteText(bavail * bsize)}`;
  throw new Error(`Không đủ chỗ trống / Not enough room in ${folder} (cần, còn / needed, free): ${facts}`);
}

type Parts = { readonly archive: string; readonly database: string };

async function makeBackup(dataDir: string, parts: Parts): Promise<number> {
  const folder = join(dataDir, DATABASE_FOLDER);
  // Made here, so that it is nobody else's to read before a byte is in it.
  await writeFile(parts.database, '', { mode: OWNER_ONLY, flag: 'wx' });
  const copying = progressBar('Chép cơ sở dữ liệu / Copying the database');
  await copyDatabase(folder, parts.database, copying.update);
  // A small one is copied in one step, of which nothing is told.
  const { size: copied } = await stat(parts.database);
  copying.update(copied, copied);
  copying.end();
  const handle = await open(parts.archive, 'wx', OWNER_ONLY);
  try {
    const sources = [
      { path: `${DATABASE_FOLDER}/${FORMAT_FILE}`, file: join(folder, FORMAT_FILE) },
      { path: `${DATABASE_FOLDER}/${DATABASE_FILE}`, file: parts.database },
      // After the database: a key that it already speaks of is then in the backup.
      ...(await otherFiles(dataDir)),
    ];
    const sizes = await Promise.all(sources.map(({ file }) => sizeOf(file)));
    const total = sizes.reduce((sum, size) => sum + size, 0);
    const writing = progressBar('Ghi tệp sao lưu / Writing the backup');
    await writeArchive(handle, sources, {
      now: new Date(),
      onBytes: (done) => {
        writing.update(done, total);
      },
    });
    writing.end();
    return (await handle.stat()).size;
  } finally {
    await handle.close();
  }
}

/** Everything in `DATA_DIR` beside the database: the keys, and what else is kept there. */
async function otherFiles(dataDir: string): Promise<Source[]> {
  const entries = await readdir(dataDir, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({ file, path: relative(dataDir, file).split(sep).join('/') }))
    .filter(({ path }) => ![DATABASE_FOLDER, RESTORING_FOLDER].includes(path.split('/')[0] ?? ''))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}
