import { MongoClient } from 'mongodb';
import { appendFileSync } from 'node:fs';
import { startEmbeddedMongodb } from '../../../src/embedded-mongodb/index.ts';

/** How many clients write at once, so that commits are shared. */
const WRITERS = 20;

/** Writes until it is killed; each `_id` is noted in a file only after its write was acknowledged. */
async function write(directory: string, acknowledged: string): Promise<void> {
  const server = await startEmbeddedMongodb({ directory });
  const client = await MongoClient.connect(server.uri, { maxPoolSize: WRITERS });
  const collection = client.db().collection<{ _id: string; n: number; text: string; half?: number }>('c');
  await collection.createIndex({ n: 1 });
  await collection.createIndex({ text: 1, n: -1 }, { unique: true });
  process.send?.('writing');
  const run = Date.now().toString(36);
  await Promise.all(
    Array.from({ length: WRITERS }, async (_, writer) => {
      for (let n = 0; ; n++) {
        const id = `${run}-${writer}-${n}`;
        await collection.insertOne({ _id: id, n, text: `${id} ${'x'.repeat(n % 3_000)}` });
        if (n % 3 === 0) await collection.updateOne({ _id: id }, { $inc: { n: 1 } });
        appendFileSync(acknowledged, `${id}\n`);
      }
    }),
  );
}

const [directory = '', acknowledged = ''] = process.argv.slice(2);
await write(directory, acknowledged);
