import { expect } from 'chai';
import type { Document } from 'mongodb';
import type { TestServer } from '../server.ts';
import { failureOf, testServer } from '../server.ts';

const HERE = { type: 'Point', coordinates: [1, 1] };

/** Source: server, jstests/aggregation/sources/geonear/distancefield_and_includelocs.js, core/geo_uniqueDocs2.js */
const LOCATIONS: readonly (readonly [geo: unknown, options: Document, added: Document])[] = [
  [[1, 1], { includeLocs: 'loc' }, { far: 0, loc: [1, 1] }],
  [{ type: 'Point', coordinates: [1, 1] }, { includeLocs: 'loc' }, { far: 0, loc: HERE }],
  [[[20, 30], [1, 1]], { includeLocs: 'loc.at' }, { far: 0, loc: { at: [1, 1] } }],
  [[{ x: 20, y: 30 }, { x: 1, y: 1, z: 'b' }], { includeLocs: 'loc' }, { far: 0, loc: { x: 1, y: 1, z: 'b' } }],
  [[1, 1], { includeLocs: 'far' }, { far: [1, 1] }],
  [[1, 1], { distanceField: 'a.far', includeLocs: 'a.loc' }, { a: { far: 0, loc: [1, 1] } }],
]; // prettier-ignore

const NOT_NEAR: readonly (readonly [options: Document, code: number])[] = [
  [{ includeLocs: 1 }, 16607],
  [{ limit: 1 }, 50858],
  [{ num: 1 }, 50857],
  [{ start: 1 }, 50856],
  [{ collation: { locale: 'en' } }, 40227],
];

describe('embedded MongoDB: $geoNear', () => {
  let server: TestServer;
  before(async () => {
    server = await testServer();
    await server.collection('places').createIndex({ geo: '2dsphere' });
  });
  after(() => server.close());

  for (const [geo, options, added] of LOCATIONS) {
    it(`says which place is near: ${JSON.stringify(options)} of ${JSON.stringify(geo)}`, async () => {
      // Several places in one value are for a flat index only.
      const isList = Array.isArray(geo) && typeof geo[0] === 'object';
      const collection = server.collection();
      await collection.createIndex({ geo: isList ? '2d' : '2dsphere' });
      await collection.insertOne({ _id: 1, geo } as Document);
      const near = isList ? HERE.coordinates : HERE;
      const stage = { $geoNear: { near, distanceField: 'far', ...options } };

      const [found] = await collection.aggregate([stage, { $project: { geo: 0 } }]).toArray();

      expect(found).to.deep.equal({ _id: 1, ...added });
    });
  }

  for (const [options, code] of NOT_NEAR) {
    it(`refuses $geoNear with ${JSON.stringify(options)} → ${code}`, async () => {
      const stage = { $geoNear: { near: HERE, distanceField: 'far', ...options } };

      const error = await failureOf(server.collection('places').aggregate([stage]).toArray());

      expect(error['code']).to.equal(code);
    });
  }
});
