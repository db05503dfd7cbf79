import { createHash } from 'node:crypto';
import { MongoClient } from 'mongodb';

/** One installation's contents, each thing as text or digest, so that two can be compared. */
export type Contents = Readonly<Record<string, unknown>>;

/** Reads all of them. */
export async function contentsOf(uri: string): Promise<Contents> {
  const client = await MongoClient.connect(uri);
  try {
    const contents: Record<string, unknown> = {};
    const { databases } = await client.db().admin().listDatabases({ nameOnly: true });
    for (const { name } of databases) {
      const database = client.db(name);
      const collections = await database.listCollections().toArray();
      for (const { name: collection } of collections.sort((a, b) => (a.name < b.name ? -1 : 1))) {
        const documents = await database
          .collection(collection)
          .find<Uint8Array>({}, { raw: true, sort: { _id: 1 } })
          .toArray();
        const digest = createHash('sha256');
        for (const document of documents) digest.update(document);
        contents[`${name}.${collection}`] = {
          documents: documents.length,
          digest: digest.digest('hex'),
          indexes: await database.collection(collection).indexes(),
          valid: (await database.command({ validate: collection, full: true }))['valid'],
        };
      }
    }
    return contents;
  } finally {
    await client.close();
  }
}
