import { once } from 'node:events';
import type { Readable } from 'node:stream';
import type { Connection } from 'mongoose';
import mongoose from 'mongoose';

/** A stored file: bytes that never change under their id. */
export type StoredFile = {
  readonly type: string;
  readonly size: number;
  readonly metadata: Readonly<Record<string, string>>;
  open(): Readable;
};

export type FileStore = {
  /** Writes a file once; writing the same id again leaves the first in place. */
  put(id: string, file: { type: string; bytes: Buffer; metadata?: Record<string, string> }): Promise<void>;
  get(id: string): Promise<StoredFile | null>;
};

/** Files in the database itself (GridFS), so that one backup holds everything. */
export function fileStore(connection: Connection): FileStore {
  const database = connection.db;
  if (database === undefined) throw new RangeError('The connection is not open');
  const bucket = new mongoose.mongo.GridFSBucket(database, { bucketName: 'files' });
  const find = (id: string) => bucket.find({ filename: id }).sort({ uploadDate: 1 }).limit(1).next();
  return {
    async put(id, { type, bytes, metadata = {} }) {
      if ((await find(id)) !== null) return;
      const upload = bucket.openUploadStream(id, { metadata: { type, ...metadata } });
      upload.end(bytes);
      await once(upload, 'finish');
    },
    async get(id) {
      const found = await find(id);
      if (found === null) return null;
      const { type = 'application/octet-stream', ...metadata } = (found.metadata ?? {}) as Record<
        string,
        string
      >;
      return { type, size: found.length, metadata, open: () => bucket.openDownloadStream(found._id) };
    },
  };
}
