import { expect } from 'chai';
import type { Document } from 'mongodb';
import type { Long } from 'mongodb';
import type { TestServer } from './server.ts';
import { failureOf, testServer } from './server.ts';

describe('embedded MongoDB: options of find', () => {
  let server: TestServer;
  before(async () => {
    server = await testServer();
    const sacks = server.collection('sacks');
    await sacks.insertMany(
      [3, 1, 4, 1, 5, 9, 2, 6].map((weight, at): Document => ({ _id: at, weight, row: at % 2 })),
    );
    await sacks.createIndex({ weight: 1 });
    await sacks.createIndex({ row: 1, weight: -1 });
    await server.collection('tags').insertMany([{ tags: ['b', 'd'] }, { tags: [] }, { tags: ['a', 'c'] }]);
    await server.collection('tags').createIndex({ tags: 1 });
  });
  after(() => server.close());

  const found = async (options: Document): Promise<Document[]> => {
    const answer = await server.database.command({ find: 'sacks', ...options });
    return (answer['cursor'] as Document)['firstBatch'] as Document[];
  };
  const weights = async (options: Document): Promise<unknown[]> =>
    (await found(options)).map((sack) => sack['weight']);

  it('reads the keys from min up to, not including, max', async () => {
    const hint = { weight: 1 };

    expect(await weights({ hint, min: { weight: 2 }, max: { weight: 5 } })).to.deep.equal([2, 3, 4]);
    expect(await weights({ hint, min: { weight: 5 } })).to.deep.equal([5, 6, 9]);
    expect(await weights({ hint, max: { weight: 2 } })).to.deep.equal([1, 1]);
  });

  it('takes min and max of several fields in the order of the index, beside a filter and a sort', async () => {
    const hint = { row: 1, weight: -1 };
    const bounds = { min: { row: 0, weight: 4 }, max: { row: 1, weight: 1 } };

    expect(await weights({ hint, ...bounds })).to.deep.equal([4, 3, 2, 9, 6]);
    expect(await weights({ hint, ...bounds, filter: { row: 0 } })).to.deep.equal([4, 3, 2]);
    expect(await weights({ hint, ...bounds, sort: { weight: 1 }, skip: 1, limit: 2 })).to.deep.equal([3, 4]);
  });

  const BAD_BOUNDS: readonly (readonly [what: string, options: Document, code: number])[] = [
    ['without a hint', { min: { weight: 1 } }, 51173],
    ['with a hint for another index', { min: { weight: 1 }, hint: { row: 1, weight: -1 } }, 51174],
    ['that are empty', { min: { weight: 5 }, max: { weight: 5 }, hint: { weight: 1 } }, 51175],
    ['of different fields', { min: { weight: 1 }, max: { row: 1 }, hint: { weight: 1 } }, 51176],
  ];
  for (const [what, options, code] of BAD_BOUNDS) {
    it(`refuses bounds ${what} with ${code}`, async () => {
      expect((await failureOf(found(options)))['code']).to.equal(code);
    });
  }

  it('answers with returnKey the keys that the index had, and nothing where none was read', async () => {
    const keys = await found({ filter: { weight: { $gt: 4 } }, returnKey: true });
    const bare = await found({ filter: {}, limit: 1, returnKey: true, showRecordId: true });

    expect(keys).to.deep.equal([{ weight: 5 }, { weight: 6 }, { weight: 9 }]);
    expect(bare).to.deep.equal([{}]);
  });

  it('answers with returnKey the element of an array under which the document was met', async () => {
    const command = { find: 'tags', returnKey: true, hint: { tags: 1 } };
    const keysOf = async (more: Document): Promise<unknown> =>
      ((await server.database.command({ ...command, ...more }))['cursor'] as Document)['firstBatch'];

    expect(await keysOf({ filter: { tags: { $gte: 'b' } } })).to.deep.equal([{ tags: 'b' }, { tags: 'c' }]);
    expect(await keysOf({ sort: { tags: 1 } })).to.deep.equal([{ tags: null }, { tags: 'a' }, { tags: 'b' }]);
  });

  /** Source: server, jstests/core/return_key.js, projection_meta_index_key.js */
  it('answers the key that the index had, beside the fields or alone, and what the order compared', async () => {
    const filter = { weight: { $gt: 5 } };
    const key = { key: { $meta: 'indexKey' } };
    const order = { 'by.order': { $meta: 'sortKey' } };
    const hint = { row: 1, weight: -1 };

    expect(
      await found({ filter, hint, projection: { weight: 1, _id: 0, ...key }, sort: { weight: 1 } }),
    ).to.deep.equal([
      { weight: 6, key: { row: 1, weight: 6 } },
      { weight: 9, key: { row: 1, weight: 9 } },
    ]);
    expect(
      await found({ filter, hint: { $natural: 1 }, projection: { _id: 0, weight: 1, ...key } }),
    ).to.have.deep.members([{ weight: 6 }, { weight: 9 }]);
    const stages = [{ $match: filter }, { $sort: { _id: 1 } }, { $project: { _id: 1, ...key } }];
    expect(await server.collection('sacks').aggregate(stages, { hint }).toArray()).to.deep.equal([
      { _id: 5, key: { row: 1, weight: 9 } },
      { _id: 7, key: { row: 1, weight: 6 } },
    ]);
    expect(
      await found({ filter, hint, returnKey: true, projection: order, sort: { _id: 1 }, limit: 1 }),
    ).to.deep.equal([{ row: 1, weight: 9, by: { order: [5] } }]);
  });

  it('puts the place of each document beside its fields with showRecordId', async () => {
    const command = { find: 'sacks', filter: { _id: { $lt: 2 } }, projection: { weight: 1, _id: 0 } };
    const answer = await server.database.command({ ...command, showRecordId: true }, { promoteLongs: false });

    const [first, second] = (answer['cursor'] as Document)['firstBatch'] as Document[];
    expect(Object.keys(first ?? {})).to.deep.equal(['weight', '$recordId']);
    expect((first?.['$recordId'] as Long).lessThan(second?.['$recordId'] as Long)).to.equal(true);
  });
});

/** Source: server, jstests/aggregation/sources/geonear/distancefield_and_includelocs.js, core/geo_uniqueDocs2.js */
describe('embedded MongoDB: the place that is near', () => {
  let server: TestServer;
  before(async () => {
    server = await testServer();
    const places: Document[] = [
      { _id: 1, at: [40, 50] },
      { _id: 2, at: { type: 'Point', coordinates: [60, 60] } },
      { _id: 3, at: { lng: 70, lat: 70 } },
    ]; // prettier-ignore
    await server.collection('places').insertMany(places);
    await server.collection('places').createIndex({ at: '2dsphere' });
  });
  after(() => server.close());

  const POINTS: readonly unknown[] = [
    [40, 50],
    { type: 'Point', coordinates: [60, 60] },
    { lng: 70, lat: 70 },
  ];
  const pointsOf = async (includeLocs: unknown): Promise<Document[]> => {
    const spec = { near: [50, 50], spherical: true, distanceField: 'far', includeLocs } as unknown;
    const stages = [{ $geoNear: spec }, { $sort: { _id: 1 } }, { $project: { far: 0, at: 0, _id: 0 } }];
    return server
      .collection('places')
      .aggregate(stages as Document[])
      .toArray();
  };

  it('stands where includeLocs says, also within a document', async () => {
    expect(await pointsOf('point')).to.deep.equal(POINTS.map((point) => ({ point })));
    expect(await pointsOf('in.point')).to.deep.equal(POINTS.map((point) => ({ in: { point } })));
    expect(await pointsOf('far')).to.deep.equal(POINTS.map(() => ({})));
  });

  it('is what $meta says', async () => {
    const projection = { _id: 0, at: 0, point: { $meta: 'geoNearPoint' } } as const;
    const found = server.collection('places').find({ at: { $nearSphere: [50, 50] } }, { projection });

    expect(await found.toArray()).to.have.deep.members(POINTS.map((point) => ({ point })));
  });

  it('is not put at what is no path', async () => {
    expect((await failureOf(pointsOf(5)))['code']).to.equal(16607);
  });
});

describe('embedded MongoDB: cursors that wait', () => {
  let server: TestServer;
  before(async () => {
    server = await testServer();
    await server.database.createCollection('log', { capped: true, size: 100_000 });
    await server.collection('log').insertOne({ n: 1 });
  });
  after(() => server.close());

  /** A tailable cursor that has been read to its end. */
  const tail = async (): Promise<{ readonly id: Long; readonly namespace: string }> => {
    const command = { find: 'log', filter: { n: { $lt: 100 } }, tailable: true, awaitData: true };
    const { cursor } = (await server.database.command(command, { promoteLongs: false })) as {
      cursor: { id: Long };
    };
    return { id: cursor.id, namespace: 'log' };
  };
  const more = async (id: Long, maxTimeMS: number): Promise<Document[]> => {
    const answer = await server.database.command({ getMore: id, collection: 'log', maxTimeMS });
    return (answer['cursor'] as Document)['nextBatch'] as Document[];
  };

  it('answers as soon as something is written that it finds', async () => {
    const { id } = await tail();
    const waiting = more(id, 20_000);
    await server.collection('log').insertOne({ n: 200 });
    await server.collection('log').insertOne({ n: 2 });

    expect((await waiting).map(({ n }) => n as number)).to.deep.equal([2]);
  });

  it('answers nothing when its time is over, and stays open', async () => {
    const { id } = await tail();
    const before = performance.now();

    expect(await more(id, 100)).to.deep.equal([]);
    expect(performance.now() - before).to.be.greaterThan(90);
    expect(await more(id, 1)).to.deep.equal([]);
  });

  it('is told at once when somebody kills it', async () => {
    const { id } = await tail();
    const waiting = failureOf(more(id, 20_000));
    await server.database.command({ killCursors: 'log', cursors: [id] });

    expect((await waiting)['code']).to.equal(43);
  });

  it('refuses a waiting time where nothing waits, and waiting without a tailable cursor', async () => {
    const plain = { find: 'log', batchSize: 0 };
    const answer = await server.database.command(plain, { promoteLongs: false });
    const { id } = answer['cursor'] as { id: Long };

    expect((await failureOf(more(id, 5)))['code']).to.equal(2);
    expect((await failureOf(server.database.command({ find: 'log', awaitData: true })))['code']).to.equal(9);
  });
});
