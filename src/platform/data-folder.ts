import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** In `DATA_DIR`: the embedded database. */
export const DATABASE_FOLDER = 'mongodb';
/** In `DATA_DIR` while a backup is put in place; it goes last, so it stands there as long as anything is missing. */
export const RESTORING_FOLDER = '.restoring';

/** Whether a restore was cut off in this folder. */
export function isHalfRestored(dataDir: string): boolean {
  return existsSync(join(dataDir, RESTORING_FOLDER));
}
