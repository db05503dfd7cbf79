import { createHash } from 'node:crypto';
import mongoose, { type Connection } from 'mongoose';

/**
 * What is no answer to a request: tries, which are counted when a wrong password is refused, and how labels of a new
 * run were read, which the server finds out by itself some time later.
 */
const ASIDE: ReadonlySet<string> = new Set([
  'throttle',
  'print-run-checks',
  'label-files',
  'label-file-progress',
]);

/** Per collection how many documents it has and a hash over all of them, to compare before and after. */
export async function fingerprint(connection: Connection): Promise<Readonly<Record<string, string>>> {
  const database = connection.db;
  if (database === undefined) throw new RangeError('The connection is not open');
  const { EJSON } = mongoose.mongo.BSON;
  const names = (await database.listCollections().toArray()).map(({ name }) => name).sort();
  const found: Record<string, string> = {};
  for (const name of names.filter((one) => !ASIDE.has(one))) {
    const documents = await database.collection(name).find().sort({ _id: 1 }).toArray();
    const hash = createHash('sha256').update(EJSON.stringify(documents)).digest('base64url');
    found[name] = `${documents.length} ${hash}`;
  }
  return found;
}
