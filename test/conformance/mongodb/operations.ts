import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';
import type {
  AbstractCursor,
  AnyBulkWriteOperation,
  BulkWriteResult,
  ClientSession,
  Collection,
  Db,
  Document,
  GridFSBucket,
  MongoClient,
} from 'mongodb';

/** One step of a test. Source: MongoDB specifications, unified test format §Entity Test Operations */
export type Operation = {
  readonly name: string;
  readonly object: string;
  readonly arguments?: Document;
  readonly expectResult?: unknown;
  readonly expectError?: Document;
  readonly saveResultAsEntity?: string;
  readonly ignoreResultAndError?: boolean;
};

type Session = { readonly session?: ClientSession };

/** The arguments with the session's name replaced by the session. */
function split(given: Document | undefined, sessionOf: (id: string) => ClientSession): Document & Session {
  const { session, ...rest } = given ?? {};
  return session === undefined ? rest : { ...rest, session: sessionOf(String(session)) };
}

/** The driver gives a document whose `_id` is null an id of its own, unless the server is to give it. */
const keepNullIds = (documents: readonly Document[]) =>
  documents.some((document) => document['_id'] === null) ? { forceServerObjectId: true } : {};

/** The driver names some counts its own way; the format has one form for each result. */
function bulkResult(result: BulkWriteResult): Document {
  const { insertedCount, matchedCount, modifiedCount, deletedCount, upsertedCount } = result;
  const { insertedIds, upsertedIds } = result;
  return {
    insertedCount,
    matchedCount,
    modifiedCount,
    deletedCount,
    upsertedCount,
    insertedIds,
    upsertedIds,
  };
}

type CollectionOperation = (collection: Collection, values: Document & Session) => Promise<unknown>;

const ON_COLLECTION: Readonly<Record<string, CollectionOperation>> = {
  aggregate: (collection, { pipeline, ...options }) =>
    collection.aggregate(pipeline as Document[], options).toArray(),
  async bulkWrite(collection, { requests, ...options }) {
    const operations = requests as AnyBulkWriteOperation[];
    const inserted = operations.map((one) => ('insertOne' in one ? one.insertOne.document : {}));
    return bulkResult(await collection.bulkWrite(operations, { ...options, ...keepNullIds(inserted) }));
  },
  // The driver itself still has it, deprecated.
  count: (collection, { filter, ...options }) => collection.count(filter as Document, options),
  countDocuments: (collection, { filter, ...options }) =>
    collection.countDocuments(filter as Document, options),
  createIndex: (collection, { keys, ...options }) => collection.createIndex(keys as Document, options),
  dropIndex: (collection, { name, ...options }) => collection.dropIndex(String(name), options),
  dropIndexes: (collection, options) => collection.dropIndexes(options),
  deleteMany: (collection, { filter, ...options }) => collection.deleteMany(filter as Document, options),
  deleteOne: (collection, { filter, ...options }) => collection.deleteOne(filter as Document, options),
  distinct: (collection, { fieldName, filter, ...options }) =>
    collection.distinct(String(fieldName), filter as Document, options),
  estimatedDocumentCount: (collection, options) => collection.estimatedDocumentCount(options),
  find: (collection, { filter, ...options }) => collection.find(filter as Document, options).toArray(),
  findOne: (collection, { filter, ...options }) => collection.findOne(filter as Document, options),
  findOneAndDelete: (collection, { filter, ...options }) =>
    collection.findOneAndDelete(filter as Document, options),
  findOneAndReplace: (collection, { filter, replacement, returnDocument, ...options }) =>
    collection.findOneAndReplace(filter as Document, replacement as Document, {
      ...options,
      ...returned(returnDocument),
    }),
  findOneAndUpdate: (collection, { filter, update, returnDocument, ...options }) =>
    collection.findOneAndUpdate(filter as Document, update as Document, {
      ...options,
      ...returned(returnDocument),
    }),
  insertMany: (collection, { documents, ...options }) =>
    collection.insertMany(documents as Document[], { ...options, ...keepNullIds(documents as Document[]) }),
  insertOne: (collection, { document, ...options }) =>
    collection.insertOne(document as Document, { ...options, ...keepNullIds([document as Document]) }),
  listIndexes: (collection, options) => collection.listIndexes(options).toArray(),
  replaceOne: (collection, { filter, replacement, ...options }) =>
    collection.replaceOne(filter as Document, replacement as Document, options),
  updateMany: (collection, { filter, update, ...options }) =>
    collection.updateMany(filter as Document, update as Document, options),
  updateOne: (collection, { filter, update, ...options }) =>
    collection.updateOne(filter as Document, update as Document, options),
  createSearchIndex: (collection, { model }) =>
    collection.createSearchIndex(model as { definition: Document }),
  createSearchIndexes: (collection, { models }) =>
    collection.createSearchIndexes(models as { definition: Document }[]),
  dropSearchIndex: (collection, { name }) => collection.dropSearchIndex(String(name)),
  listSearchIndexes: (collection, { name, aggregationOptions }) =>
    collection.listSearchIndexes(name as string, aggregationOptions as Document).toArray(),
  updateSearchIndex: (collection, { name, definition }) =>
    collection.updateSearchIndex(String(name), definition as Document),
};

const returned = (when: unknown) =>
  when === undefined ? {} : { returnDocument: when === 'After' ? ('after' as const) : ('before' as const) };

type DatabaseOperation = (database: Db, values: Document & Session) => Promise<unknown>;

const ON_DATABASE: Readonly<Record<string, DatabaseOperation>> = {
  aggregate: (database, { pipeline, ...options }) =>
    database.aggregate(pipeline as Document[], options).toArray(),
  createCollection: (database, { collection, ...options }) =>
    database.createCollection(String(collection), options),
  dropCollection: (database, { collection, ...options }) =>
    database.dropCollection(String(collection), options),
  listCollections: (database, { filter, ...options }) =>
    database.listCollections(filter as Document, options).toArray(),
  modifyCollection: (database, { collection, ...options }) =>
    database.command({ collMod: String(collection), ...options }),
  runCommand: (database, { command, commandName: _, ...options }) =>
    database.command(command as Document, options),
  runCursorCommand: (database, values) => commandCursor(database, values).toArray(),
  async createCommandCursor(database, values) {
    const cursor = commandCursor(database, values);
    // The format's cursor has run its first command; the driver's waits for the first read.
    await cursor.hasNext();
    return cursor;
  },
};

function commandCursor(database: Db, values: Document & Session): AbstractCursor<Document> {
  const { command, commandName: _, batchSize, comment, maxTimeMS, cursorType, ...options } = values;
  const cursor = database.runCursorCommand(command as Document, {
    ...options,
    ...(cursorType === undefined ? {} : { cursorType: cursorType as never }),
  });
  if (typeof batchSize === 'number') cursor.setBatchSize(batchSize);
  if (comment !== undefined) cursor.setComment(comment);
  if (typeof maxTimeMS === 'number') cursor.setMaxTimeMS(maxTimeMS);
  return cursor;
}

type BucketOperation = (bucket: GridFSBucket, values: Document) => Promise<unknown>;

const ON_BUCKET: Readonly<Record<string, BucketOperation>> = {
  delete: (bucket, { id }) => bucket.delete(id as never),
  deleteByName: (bucket, { filename }) => byName(bucket, String(filename), (id) => bucket.delete(id)),
  download: (bucket, { id }) => buffer(bucket.openDownloadStream(id as never)),
  downloadByName: (bucket, { filename, ...options }) =>
    buffer(bucket.openDownloadStreamByName(String(filename), options)),
  rename: (bucket, { id, newFilename }) => bucket.rename(id as never, String(newFilename)),
  renameByName: (bucket, { filename, newFilename }) =>
    byName(bucket, String(filename), (id) => bucket.rename(id, String(newFilename))),
  async upload(bucket, { filename, source, chunkSizeBytes, metadata }) {
    const stream = bucket.openUploadStream(String(filename), {
      ...(chunkSizeBytes === undefined ? {} : { chunkSizeBytes: Number(chunkSizeBytes) }),
      ...(metadata === undefined ? {} : { metadata: metadata as Document }),
    });
    const { $$hexBytes } = source as { $$hexBytes: string };
    stream.end(Buffer.from($$hexBytes, 'hex'));
    await once(stream, 'finish');
    return stream.id;
  },
};

/** The driver has no calls by name; the specification says that they act on every revision. */
async function byName(
  bucket: GridFSBucket,
  filename: string,
  act: (id: never) => Promise<unknown>,
): Promise<void> {
  const files = await bucket.find({ filename }).toArray();
  if (files.length === 0) throw new Error(`FileNotFound: no file named ${filename}`);
  for (const file of files) await act(file._id as never);
}

/** An entity that operations run on. */
export type Target =
  | { readonly kind: 'client'; readonly client: MongoClient }
  | { readonly kind: 'database'; readonly database: Db }
  | { readonly kind: 'collection'; readonly collection: Collection }
  | { readonly kind: 'bucket'; readonly bucket: GridFSBucket }
  | { readonly kind: 'cursor'; readonly cursor: AbstractCursor<Document> };

/** Runs one step against its entity. @throws Error when the runner does not know the operation */
export async function perform(
  target: Target,
  operation: Operation,
  sessionOf: (id: string) => ClientSession,
): Promise<unknown> {
  const values = split(operation.arguments, sessionOf);
  const unknown = new Error(`the runner does not know ${operation.name} on a ${target.kind}`);
  switch (target.kind) {
    case 'collection': {
      const run = ON_COLLECTION[operation.name];
      if (run === undefined) throw unknown;
      return run(target.collection, values);
    }
    case 'database': {
      const run = ON_DATABASE[operation.name];
      if (run === undefined) throw unknown;
      return run(target.database, values);
    }
    case 'bucket': {
      const run = ON_BUCKET[operation.name];
      if (run === undefined) throw unknown;
      return run(target.bucket, values);
    }
    case 'cursor':
      if (operation.name === 'close') return target.cursor.close();
      return operation.name === 'iterateOnce' ? target.cursor.tryNext() : target.cursor.next();
    case 'client':
      throw unknown;
    default:
      return target satisfies never;
  }
}
