import { expect } from 'chai';
import type { Collection, Document } from 'mongodb';
import { Long, MongoClient } from 'mongodb';
import type { TestServer } from '../server.ts';
import { testServer } from '../server.ts';
import { codeOf } from './tables.ts';

const LONG = { promoteLongs: false } as const;

describe('embedded MongoDB: cursors', () => {
  let server: TestServer;
  before(async () => {
    server = await testServer();
  });
  after(() => server.close());

  const numbers = (from: number, to: number): number[] =>
    Array.from({ length: to - from }, (_, at) => from + at);
  async function filled(count: number): Promise<Collection> {
    const collection = server.collection();
    if (count > 0) await collection.insertMany(numbers(0, count).map((_id) => ({ _id, n: _id }) as Document));
    return collection;
  }
  async function batch(command: Document): Promise<{ readonly id: Long; readonly ids: readonly number[] }> {
    const { cursor } = (await server.database.command(command, LONG)) as { cursor: Document };
    const documents = (cursor['firstBatch'] ?? cursor['nextBatch']) as Document[];
    return { id: cursor['id'] as Long, ids: documents.map(({ _id }) => Number(_id)) };
  }

  /** Options of `find` over ten documents; the size of each batch, the later ones with the same `batchSize`. */
  const SIZES: readonly (readonly [options: Document, sizes: readonly number[]])[] = [
    [{}, [10]],
    [{ batchSize: 4 }, [4, 4, 2]],
    [{ batchSize: 1, limit: 3 }, [1, 1, 1]],
    [{ batchSize: 4, limit: 4 }, [4]],
    [{ batchSize: 4, limit: 6 }, [4, 2]],
    [{ batchSize: 20 }, [10]],
    [{ batchSize: 4, singleBatch: true }, [4]],
    [{ limit: 3 }, [3]],
    [{ skip: 8 }, [2]],
    [{ skip: 20 }, [0]],
    [{ batchSize: 3, skip: 5, limit: 4 }, [3, 1]],
  ];
  for (const [options, sizes] of SIZES) {
    it(`answers ${JSON.stringify(options)} of ten in batches of ${sizes.join(', ')}`, async () => {
      const { collectionName } = await filled(10);

      let answer = await batch({ find: collectionName, sort: { _id: 1 }, ...options });
      const batches = [answer.ids];
      while (!answer.id.isZero()) {
        const { batchSize } = options;
        answer = await batch({ getMore: answer.id, collection: collectionName, batchSize });
        if (answer.ids.length > 0) batches.push(answer.ids);
      }

      expect(batches.map((ids) => ids.length)).to.deep.equal(sizes);
      const skip = Number(options['skip'] ?? 0);
      const all = batches.flat();
      expect(all).to.deep.equal(numbers(skip, skip + all.length));
    });
  }

  it('opens with an empty batch when asked for none, also by aggregate', async () => {
    const { collectionName } = await filled(3);
    for (const command of [
      { find: collectionName, batchSize: 0 },
      { aggregate: collectionName, pipeline: [], cursor: { batchSize: 0 } },
    ]) {
      const first = await batch(command);
      const rest = await batch({ getMore: first.id, collection: collectionName });

      expect(first.ids).to.deep.equal([]);
      expect(rest.ids).to.have.members([0, 1, 2]);
      expect(rest.id.isZero()).to.equal(true);
    }
  });

  it('gives 101 at first, and the rest at once', async () => {
    const { collectionName } = await filled(250);

    const first = await batch({ find: collectionName });
    const rest = await batch({ getMore: first.id, collection: collectionName });

    expect([first.ids.length, rest.ids.length]).to.deep.equal([101, 149]);
  });

  it('lets another connection read on', async () => {
    const { collectionName } = await filled(5);
    const other = await MongoClient.connect(server.uri);
    const { id } = await batch({ find: collectionName, batchSize: 2 });

    const more = { getMore: id, collection: collectionName };
    const answer = await other.db(server.database.databaseName).command(more);
    await other.close();

    expect((answer['cursor'] as Document)['nextBatch']).to.have.lengthOf(3);
  });

  const five = Long.fromNumber(5);
  const REFUSED: readonly (readonly [
    what: string,
    command: (id: Long, name: string) => Document,
    code: number,
  ])[] = [
    ['a cursor that there is not', (_id, name) => ({ getMore: five, collection: name }), 43],
    ['a cursor of another collection', (id) => ({ getMore: id, collection: 'another' }), 13],
    ['a number that is no long', (_id, name) => ({ getMore: 5, collection: name }), 14],
    ['no collection', (id) => ({ getMore: id }), 40414],
    ['a collection that is no text', (id) => ({ getMore: id, collection: 5 }), 14],
    ['a negative batch', (id, name) => ({ getMore: id, collection: name, batchSize: -1 }), 51024],
    ['a negative batch at first', (_id, name) => ({ find: name, batchSize: -1 }), 51024],
    ['a negative limit', (_id, name) => ({ find: name, limit: -1 }), 51024],
    ['a negative skip', (_id, name) => ({ find: name, skip: -1 }), 51024],
    ['a batch that is text', (_id, name) => ({ find: name, batchSize: 'x' }), 14],
    ['nothing to kill', (_id, name) => ({ killCursors: name }), 40414],
    ['something else to kill', (_id, name) => ({ killCursors: name, cursors: ['x'] }), 14],
    ['a tailable cursor on what is not capped', (_id, name) => ({ find: name, tailable: true }), 2],
    ['a tailable cursor of one batch', () => ({ find: 'none', tailable: true, singleBatch: true }), 2],
    ['a tailable cursor in an order', () => ({ find: 'none', tailable: true, sort: { a: 1 } }), 2],
    ['a tailable cursor backwards', () => ({ find: 'none', tailable: true, sort: { $natural: -1 } }), 2],
  ];
  for (const [what, command, code] of REFUSED) {
    it(`refuses ${what} with ${code}`, async () => {
      const { collectionName } = await filled(5);
      const { id } = await batch({ find: collectionName, batchSize: 2 });

      expect(await codeOf(server.database.command(command(id, collectionName)))).to.equal(code);
    });
  }

  it('does not lose a cursor by a getMore that is refused', async () => {
    const { collectionName } = await filled(5);
    const { id } = await batch({ find: collectionName, batchSize: 2 });
    await codeOf(server.database.command({ getMore: id, collection: 'another' }));

    const rest = await batch({ getMore: id, collection: collectionName });

    expect(rest.ids).to.deep.equal([2, 3, 4]);
  });

  it('says which cursors it killed, and knows them no more', async () => {
    const { collectionName } = await filled(5);
    const { id } = await batch({ find: collectionName, batchSize: 2 });
    const kill = { killCursors: collectionName, cursors: [id, five] };

    const answer = await server.database.command(kill, LONG);

    expect(answer).to.deep.include({ cursorsKilled: [id], cursorsNotFound: [five], cursorsAlive: [] });
    expect(await codeOf(server.database.command({ getMore: id, collection: collectionName }))).to.equal(43);
  });

  it('ends when its collection is dropped, though another has the name', async () => {
    const collection = await filled(5);
    const { id } = await batch({ find: collection.collectionName, batchSize: 2 });
    await collection.drop();
    await collection.insertOne({ _id: 9 } as Document);

    const more = { getMore: id, collection: collection.collectionName };

    expect(await codeOf(server.database.command(more))).to.equal(175);
    expect(await codeOf(server.database.command(more))).to.equal(43);
  });

  for (const count of [50, 3_000]) {
    for (const hint of [{ $natural: 1 }, { _id: 1 }, { n: 1 }] as const) {
      const way = JSON.stringify(hint);
      it(`shows each of ${count} once while others write, by ${way}`, async () => {
        const collection = await filled(count);
        await collection.createIndex({ n: 1 });
        const seen: number[] = [];
        for await (const { _id } of collection.find({ _id: { $gte: 0 } } as Document, {
          hint,
          batchSize: 20,
        })) {
          seen.push(Number(_id));
          if (seen.length % Math.ceil(count / 5) !== 0) continue;
          await collection.insertOne({ _id: -seen.length, n: count * 2 } as Document);
          await collection.updateMany({ n: { $lt: 40 } }, { $set: { text: 'x'.repeat(seen.length) } });
          await collection.deleteOne({ _id: -1 } as Document);
        }

        expect(seen).to.have.lengthOf(count);
        expect(new Set(seen).size).to.equal(count);
      });
    }
  }

  it('changes each document once, though an update moves it on in the index that finds it', async () => {
    const collection = await filled(1_500);
    await collection.createIndex({ n: 1 });

    const result = await collection.updateMany({ n: { $gte: 0 } }, { $inc: { n: 5_000 } });

    expect(result.modifiedCount).to.equal(1_500);
    expect(await collection.countDocuments({ n: { $gte: 5_000, $lt: 6_500 } })).to.equal(1_500);
  });

  it('follows a capped collection', async () => {
    const collection = await server.database.createCollection('tailed', { capped: true, size: 100_000 });
    await collection.insertMany(numbers(0, 5).map((_id) => ({ _id }) as Document));
    const find = { find: 'tailed', tailable: true, batchSize: 2 };

    const first = await batch(find);
    const rest = await batch({ getMore: first.id, collection: 'tailed' });
    const nothing = await batch({ getMore: first.id, collection: 'tailed' });
    await collection.insertOne({ _id: 5 } as Document);
    const later = await batch({ getMore: first.id, collection: 'tailed' });

    expect([first.ids, rest.ids, nothing.ids, later.ids]).to.deep.equal([[0, 1], [2, 3, 4], [], [5]]);
    expect(later.id.equals(first.id)).to.equal(true);
  });

  const capped = async (name: string): Promise<Collection> => {
    const collection = await server.database.createCollection(name, { capped: true, size: 100_000, max: 10 });
    await collection.insertMany(numbers(0, 5).map((_id) => ({ _id, n: -_id }) as Document));
    return collection;
  };

  it('follows a capped collection from a place on, up to a number', async () => {
    const collection = await capped('windowed');
    const find = { find: 'windowed', tailable: true, filter: { _id: { $ne: 2 } } };

    const skipped = await batch({ ...find, skip: 3 });
    const limited = await batch({ ...find, limit: 2 });
    const beyond = await batch({ ...find, skip: 5 });
    await collection.insertMany([5, 6].map((_id) => ({ _id }) as Document));
    const more = ({ id }: { readonly id: Long }) => batch({ getMore: id, collection: 'windowed' });

    expect([skipped.ids, (await more(skipped)).ids]).to.deep.equal([[4], [5, 6]]);
    expect([limited.ids, (await more(limited)).ids]).to.deep.equal([[0, 1], []]);
    expect([beyond.ids, (await more(beyond)).ids]).to.deep.equal([[], [6]]);
  });

  /** Source: server, jstests/core/capped_max1.js; query/query_request.cpp, `validate` */
  it('ends where the document that it stood on is gone, and is then known no more', async () => {
    const collection = await capped('lapped');
    const find = { find: 'lapped', batchSize: 2 };
    const plain = await batch(find);
    const tailing = await batch({ ...find, tailable: true });
    const sorted = await batch({ ...find, sort: { n: -1 } });
    const reverse = await batch({ ...find, hint: { $natural: -1 } });
    const kept = await batch({ ...find, filter: { _id: { $gte: 3 } }, hint: { $natural: 1 } });
    await collection.insertMany(numbers(5, 14).map((_id) => ({ _id }) as Document));
    const more = (id: Long): Document => ({ getMore: id, collection: 'lapped' });

    for (const { id } of [plain, tailing]) {
      expect(await codeOf(server.database.command(more(id)))).to.equal(136);
      expect(await codeOf(server.database.command(more(id)))).to.equal(43);
    }
    expect((await batch(more(sorted.id))).ids).to.deep.equal([2, 3, 4]);
    expect(reverse.ids).to.deep.equal([4, 3]);
    expect(await codeOf(server.database.command(more(reverse.id)))).to.equal(136);
    expect(kept.ids).to.deep.equal([3, 4]);
  });

  it('has no tailable cursor over nothing', async () => {
    await server.database.createCollection('empty', { capped: true, size: 1_000 });

    expect((await batch({ find: 'empty', tailable: true })).id.isZero()).to.equal(true);
  });

  it('cuts batches at 16 MiB', async () => {
    const collection = server.collection();
    const text = 'x'.repeat(5 * 1024 * 1024);
    await collection.insertMany(numbers(0, 5).map((_id) => ({ _id, text }) as Document));
    const { collectionName } = collection;

    const first = await batch({ find: collectionName, projection: { text: 1 } });
    const rest = await batch({ getMore: first.id, collection: collectionName });

    expect([first.ids, rest.ids]).to.deep.equal([
      [0, 1, 2],
      [3, 4],
    ]);
  });
});
