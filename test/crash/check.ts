import type { Document } from 'mongodb';
import { MongoClient } from 'mongodb';
import type { Ledger } from './ledger.ts';
import { structureOf } from './structure.ts';
import { DOCUMENTS, PLACES } from './writers.ts';

/** Indexes that hold every document, so that a read through them must find as many as there are. */
const WHOLE_INDEXES = ['_id_', 'key_1', 'group_1_n_-1', 'tags_1'];

/**
 * Everything that must hold after a crash: what was acknowledged is there, nothing else is, every index equals its
 * collection. @returns what is wrong, in words
 */
export async function problemsAfterCrash(
  uri: string,
  ledger: Ledger,
  { time, isKept = true }: { readonly time?: bigint; readonly isKept?: boolean } = {},
): Promise<string[]> {
  const client = await MongoClient.connect(uri);
  try {
    const database = client.db();
    const found = new Map<string, Document>();
    for (const name of [DOCUMENTS, PLACES]) {
      const documents = await database.collection(name).find({}, { promoteValues: true }).toArray();
      for (const document of documents) found.set(`${name}/${String(document._id)}`, document);
    }
    for (const [key, entry] of await structureOf(database, DOCUMENTS)) found.set(key, entry);
    const problems = ledger.problems(found, time);
    for (const { name } of await database.listCollections().toArray()) {
      const { valid, errors } = await database.command({ validate: name, full: true });
      if (valid !== true) problems.push(`validate ${name}: ${(errors as string[]).join('; ')}`);
    }
    const documents = database.collection(DOCUMENTS);
    const total = [...found.keys()].filter((key) => key.startsWith(`${DOCUMENTS}/`)).length;
    for (const hint of total === 0 ? [] : WHOLE_INDEXES) {
      const ids = await documents.find({}, { hint, projection: { _id: 1 } }).toArray();
      const distinct = new Set(ids.map(({ _id }) => String(_id))).size;
      if (ids.length !== total || distinct !== total) {
        problems.push(`index ${hint} finds ${ids.length} documents (${distinct} different) of ${total}`);
      }
    }
    if (isKept) ledger.settle(found);
    return problems;
  } finally {
    await client.close(true);
  }
}
