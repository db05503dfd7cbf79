import { expect } from 'chai';
import type { Document } from 'mongodb';
import { MongoClient } from 'mongodb';
import type { HeldEngine } from './semantics/engine.ts';
import { heldEngine } from './semantics/engine.ts';
import type { TestServer } from './server.ts';
import { testServer } from './server.ts';

const MEBIBYTE = 1024 * 1024;
/** Of one mebibyte each: an answer with them all is large, but none that is read elsewhere. */
const LARGE: readonly Document[] = Array.from({ length: 7 }, (_, n) => ({
  _id: n,
  text: String(n).padStart(MEBIBYTE - 100, 'x'),
}));

describe('embedded MongoDB: many large replies at once', () => {
  describe('that wait for one commit', () => {
    let engine: HeldEngine;
    before(async () => {
      engine = await heldEngine();
      engine.ask({ insert: 'large', documents: LARGE });
    });
    after(() => engine.close());

    const QUERIES: readonly (readonly [what: string, command: Document])[] = [
      ['find', { find: 'large', batchSize: 100 }],
      ['aggregate', { aggregate: 'large', pipeline: [], cursor: { batchSize: 100 } }],
      ['distinct', { distinct: 'large', key: 'text' }],
    ];
    for (const [what, command] of QUERIES) {
      it(`are no more than 32 MiB beside the last one (${what})`, () => {
        // 5 × 7 MiB are the first that are more than 32 MiB.
        expect(engine.together(Array<Document>(8).fill(command))).to.have.lengthOf(5);
      });
    }

    it('are as many as there are when they are small', () => {
      const command = { find: 'large', projection: { _id: 1 } };

      expect(engine.together(Array<Document>(100).fill(command))).to.have.lengthOf(100);
    });
  });

  describe('to clients', () => {
    let server: TestServer;
    before(async () => {
      server = await testServer();
      for (const document of LARGE) await server.collection('large').insertOne(document);
    });
    after(() => server.close());

    it('come whole, each to who asked, in the order in which it asked, beside writes', async function () {
      this.timeout(60_000);
      const clients = await Promise.all(
        Array.from({ length: 12 }, () => MongoClient.connect(server.uri, { maxPoolSize: 1 })),
      );
      const answered: number[][] = clients.map(() => []);
      const ask = async (client: MongoClient, at: number): Promise<void> => {
        const large = client.db(server.database.databaseName).collection('large');
        // One connection: what a client asks first is answered first.
        await Promise.all(
          [1, 2, 3].map(async (turn) => {
            const found = await large
              .find({}, { batchSize: 100 })
              .sort({ _id: turn % 2 === 0 ? -1 : 1 })
              .toArray();
            await server.collection('written').insertOne({ at, turn });
            const wanted = turn % 2 === 0 ? LARGE.toReversed() : LARGE;
            expect(
              found.every(({ _id, text }, n) => _id === wanted[n]?.['_id'] && text === wanted[n]['text']),
            ).to.equal(true);
            expect(found).to.have.lengthOf(LARGE.length);
            answered[at]?.push(turn);
          }),
        );
      };

      await Promise.all(clients.map(ask));

      await Promise.all(clients.map((client) => client.close()));
      expect(answered.every((turns) => turns.join() === '1,2,3')).to.equal(true);
      expect(await server.collection('written').countDocuments()).to.equal(36);
    });
  });
});
