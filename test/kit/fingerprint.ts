import { createHash } from 'node:crypto';
import mongoose, { type Connection } from 'mongoose';

/** What counts tries and not things: it changes when a wrong password is refused, and so it must. */
const COUNTERS: ReadonlySet<string> = new Set(['throttle']);

/** Per collection how many documents it has and a hash over all of them, to compare before and after. */
export async function fingerprint(connection: Connection): Promise<Readonly<Record<string, string>>> {
  const database = connection.db;
  if (database === undefined) throw new RangeError('The connection is not open');
  const { EJSON } = mongoose.mongo.BSON;
  const names = (await database.listCollections().toArray()).map(({ name }) => name).sort();
  const found: Record<string, string> = {};
  for (const name of names.filter((one) => !COUNTERS.has(one))) {
    const documents = await database.collection(name).find().sort({ _id: 1 }).toArray();
    const hash = createHash('sha256').update(EJSON.stringify(documents)).digest('base64url');
    found[name] = `${documents.length} ${hash}`;
  }
  return found;
}
