import { expect } from 'chai';
import type { Document } from 'mongodb';
import type { TestServer } from '../server.ts';
import { testServer } from '../server.ts';

const point = (...coordinates: unknown[]): Document => ({ type: 'Point', coordinates });

/**
 * What each kind of index takes, and the code with which it refuses the rest.
 * Source: server, expression_keys_private.cpp (get2DKeys, getS2Keys), geo/hash.cpp; jstests geo_s2sparse.js
 */
const PLACES: readonly (readonly [value: unknown, flat: number | null, sphere: number | null])[] = [
  [null, null, null],
  [[], null, null],
  [{}, null, null],
  [[1, 2], null, null],
  [[1, 2, 3], null, null],
  [{ lng: 1, lat: 2 }, null, null],
  [{ lng: 1, lat: 2, name: 'a' }, null, null],
  [point(1, 2), 16804, null],
  [{ type: 'Point' }, 16804, 16755],
  [point(), 16804, 16755],
  [point(200, 2), 16804, 16755],
  [[200, 2], 13027, 16755],
  [[1], 13068, 16755],
  [[1, 'x'], 13026, 16755],
  [[[1, 2], [3, 4]], null, 16755],
  [{ a: [1, 2], b: [3, 4] }, null, 16755],
  [{ a: {} }, null, 16755],
  [[[]], null, 16755],
  [[point(1, 2), point(3, 4)], 13026, 16755],
  [5, null, 16755],
  ['x', null, 16755],
  [{ a: 1 }, 13068, 16755],
  [[1, 2, [3]], null, null],
]; // prettier-ignore

describe('embedded MongoDB: places in geospatial indexes', () => {
  let server: TestServer;
  before(async () => {
    server = await testServer();
    await server.collection('flat').createIndex({ g: '2d' });
    await server.collection('sphere').createIndex({ g: '2dsphere' });
  });
  after(() => server.close());

  const insertDocument = async (name: string, document: Document): Promise<number | null> =>
    server
      .collection(name)
      .insertOne(document)
      .then(
        () => null,
        (error: unknown) => (error as { code: number }).code,
      );
  const insert = async (name: string, value: unknown) => insertDocument(name, { g: value });

  for (const [value, flat, sphere] of PLACES) {
    it(`${JSON.stringify(value)}: 2d ${flat ?? 'takes it'}, 2dsphere ${sphere ?? 'takes it'}`, async () => {
      expect([await insert('flat', value), await insert('sphere', value)]).to.deep.equal([flat, sphere]);
    });
  }

  it('a list further up the path is a list of places', async () => {
    await server.collection('above').createIndex({ 'stops.at': '2dsphere' });

    const stops = [{ at: [1, 2] }, { at: point(3, 4) }, {}];
    await server.collection('above').insertOne({ stops });

    expect(await server.collection('above').countDocuments()).to.equal(1);
  });

  for (const kind of ['2d', '2dsphere'] as const) {
    it(`a unique ${kind} index holds each place once, beside equal values`, async () => {
      const collection = server.collection(`unique ${kind}`);
      await collection.createIndex({ g: kind, a: 1 }, { unique: true });
      await collection.insertMany([
        { g: [1, 2], a: 1 },
        { g: [1, 2], a: 2 },
        { g: [1, 3], a: 1 },
        { a: 1 },
        { a: 1 },
      ]);

      expect(await insertDocument(collection.collectionName, { g: [1, 2], a: 1 })).to.equal(11000);
      await collection.deleteOne({ g: [1, 2], a: 1 });
      expect(await insertDocument(collection.collectionName, { g: [1, 2], a: 1 })).to.equal(null);
      expect(await server.database.command({ validate: collection.collectionName })).to.include({
        valid: true,
      });
    });
  }

  it('the same geometry is one, whatever its document says besides', async () => {
    const line = { type: 'LineString', coordinates: [[1, 2], [3, 4]] }; // prettier-ignore
    await server.collection('shapes').createIndex({ g: '2dsphere' }, { unique: true, sparse: true });

    expect(await insert('shapes', point(1, 2))).to.equal(null);
    expect(await insert('shapes', { ...point(1, 2), name: 'a' })).to.equal(11000);
    expect(await insert('shapes', [1, 2])).to.equal(11000);
    expect(await insert('shapes', line)).to.equal(null);
    expect(await insert('shapes', line)).to.equal(11000);
  });

  it('a flat index has the bounds that it was given', async () => {
    await server.collection('bounds').createIndex({ g: '2d' }, { min: 0, max: 1_000 });

    expect(await insert('bounds', [1_000, 0])).to.equal(null);
    expect(await insert('bounds', [-1, 0])).to.equal(13027);
  });
});
