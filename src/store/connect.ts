import mongoose, { type Connection, type Schema } from 'mongoose';

type CreateIndexesOptions = mongoose.mongo.CreateIndexesOptions;

/** How long a start waits for the database before it says that there is none. */
const SELECTION_TIMEOUT_MS = 5_000;

/**
 * The one connection to MongoDB, embedded or real. It is passed on as an argument, never global.
 * @throws Error when no database answers at `uri`
 */
export async function connectStore(uri: string): Promise<Connection> {
  const connection = mongoose.createConnection(uri, {
    serverSelectionTimeoutMS: SELECTION_TIMEOUT_MS,
    autoCreate: false,
    autoIndex: false,
    bufferCommands: false,
    // Filters come from our own code; a query operator smuggled in a value is still refused.
    sanitizeFilter: false,
    writeConcern: { w: 'majority', journal: true },
  });
  return connection.asPromise();
}

/** The schema options of every model: unknown fields are a bug, indexes are made by `ensureIndexes`. */
export const STRICT = {
  strict: 'throw',
  strictQuery: 'throw',
  autoIndex: false,
  autoCreate: false,
  versionKey: false,
  minimize: false,
  id: false,
} as const;

/** MongoDB's code for an option that a compatible server does not know. */
const NOT_IMPLEMENTED = 238;

/**
 * Makes the indexes that the schemas declare; a start on an existing database only compares them. A compatible
 * server without expiring indexes (FerretDB 1) gets plain ones: what is over stays there, and nothing reads it.
 */
export async function ensureIndexes(connection: Connection): Promise<void> {
  await Promise.all(Object.values(connection.models).map(ensureIndexesOf));
}

async function ensureIndexesOf(model: Connection['models'][string]): Promise<void> {
  try {
    await model.createIndexes();
  } catch (error) {
    if ((error as { code?: unknown }).code !== NOT_IMPLEMENTED) throw error;
    await createIndexesWithoutExpiry(model);
  }
}

async function createIndexesWithoutExpiry(model: Connection['models'][string]): Promise<void> {
  for (const [fields, options] of model.schema.indexes()) {
    const { expireAfterSeconds: _expiry, ...known } = options ?? {};
    await model.collection.createIndex(fields as Record<string, 1 | -1>, known as CreateIndexesOptions);
  }
}

type DuplicateKey = { readonly code: 11000; readonly keyPattern?: Record<string, unknown> };

function isDuplicateKey(error: unknown): error is DuplicateKey {
  return typeof error === 'object' && error !== null && (error as { code?: unknown }).code === 11000;
}

/** The fields of the unique index that an insert ran into, or null when the error is another one. */
export function duplicateKey(error: unknown): readonly string[] | null {
  return isDuplicateKey(error) ? Object.keys(error.keyPattern ?? { _id: 1 }) : null;
}

/**
 * Inserts a record whose id the request chose. A retry after a crash finds its own record there already.
 * @returns false when a record of this id existed
 * @throws the duplicate-key error when another unique index refuses it
 */
export async function insertOnce(
  model: { create(docs: object[]): Promise<unknown> },
  record: { readonly _id: string } & Readonly<Record<string, unknown>>,
): Promise<boolean> {
  try {
    await model.create([record]);
    return true;
  } catch (error) {
    const fields = duplicateKey(error);
    if (fields?.length === 1 && fields[0] === '_id') return false;
    throw error;
  }
}

export type { Connection, Schema };
