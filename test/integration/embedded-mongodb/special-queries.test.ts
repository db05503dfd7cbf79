import { expect } from 'chai';
import type { CollationOptions, Document } from 'mongodb';
import { foldedText } from '../../../src/embedded-mongodb/collation.ts';
import type { TestServer } from './server.ts';
import { failureOf, testServer } from './server.ts';

/** Places in Vietnam, longitude first, with distances measured by hand with the haversine formula. */
const HA_NOI = { type: 'Point', coordinates: [105.8542, 21.0285] };
const DA_NANG = { type: 'Point', coordinates: [108.2022, 16.0544] };
const SAI_GON = { type: 'Point', coordinates: [106.6297, 10.8231] };

/** Haversine on a sphere of 6,378,100 m, written a second time. */
function metres(from: readonly number[], to: readonly number[]): number {
  const [lon1 = 0, lat1 = 0, lon2 = 0, lat2 = 0] = [...from, ...to].map(
    (degrees) => (degrees * Math.PI) / 180,
  );
  const cosine = Math.sin(lat1) * Math.sin(lat2) + Math.cos(lat1) * Math.cos(lat2) * Math.cos(lon2 - lon1);
  return Math.acos(cosine) * 6_378_100;
}

const square = (west: number, south: number, size: number): Document => ({
  type: 'Polygon',
  coordinates: [
    [
      [west, south],
      [west + size, south],
      [west + size, south + size],
      [west, south + size],
      [west, south],
    ],
  ],
});

describe('embedded MongoDB: places, words, schemas, languages', () => {
  let server: TestServer;
  before(async () => {
    server = await testServer();
    const places = server.collection('places');
    await places.createIndex({ at: '2dsphere' });
    await places.insertMany([
      { _id: 1, at: HA_NOI },
      { _id: 2, at: DA_NANG },
      { _id: 3, at: SAI_GON },
      {
        _id: 4,
        at: {
          type: 'LineString',
          coordinates: [
            [105, 20],
            [107, 22],
          ],
        },
      },
      { _id: 5 },
    ] as Document[]);
  });
  after(() => server.close());

  const REGIONS: readonly (readonly [string, Document, number[]])[] = [
    [
      '$geoWithin a polygon takes what lies wholly in it',
      { $geoWithin: { $geometry: square(105, 20.5, 1) } },
      [1],
    ],
    [
      '$geoWithin takes a line whose ends and course are inside',
      { $geoWithin: { $geometry: square(104, 19, 4) } },
      [1, 4],
    ],
    [
      '$geoIntersects takes a line that crosses',
      { $geoIntersects: { $geometry: square(105.5, 20.2, 0.5) } },
      [4],
    ],
    ['$geoIntersects with a point', { $geoIntersects: { $geometry: HA_NOI } }, [1]],
    ['$centerSphere by radians', { $geoWithin: { $centerSphere: [[105.8, 21], 50_000 / 6_378_100] } }, [1]],
    [
      '$box',
      {
        $geoWithin: {
          $box: [
            [106, 10],
            [109, 17],
          ],
        },
      },
      [2, 3],
    ],
    [
      '$polygon',
      {
        $geoWithin: {
          $polygon: [
            [106, 10],
            [107, 10],
            [107, 12],
          ],
        },
      },
      [3],
    ],
    [
      '$near within a distance',
      { $near: { $geometry: HA_NOI, $maxDistance: 700_000, $minDistance: 100_000 } },
      [2],
    ],
  ];
  for (const [name, condition, found] of REGIONS) {
    it(name, async () => {
      const documents = await server.collection('places').find({ at: condition }).toArray();

      expect(documents.map(({ _id }) => Number(_id)))
        .to.have.members(found)
        .and.have.lengthOf(found.length);
    });
  }

  it('orders by distance and says how far it is', async () => {
    const found = await server
      .collection('places')
      .aggregate([{ $geoNear: { near: SAI_GON, distanceField: 'far', query: { _id: { $lt: 4 } } } }])
      .toArray();

    expect(found.map(({ _id }) => Number(_id))).to.deep.equal([3, 2, 1]);
    expect(found[2]?.['far']).to.be.closeTo(metres(SAI_GON.coordinates, HA_NOI.coordinates), 1);
    const near = await server
      .collection('places')
      .find({ at: { $nearSphere: SAI_GON } })
      .limit(2)
      .toArray();
    expect(near.map(({ _id }) => Number(_id))).to.deep.equal([3, 2]);
  });

  it('takes a polygon’s hole out, and edges for the shortest arcs', async () => {
    const collection = server.collection();
    await collection.insertMany([
      { _id: 1, at: [0, 60.5] },
      { _id: 2, at: [5, 5] },
    ] as Document[]);
    const [outside] = square(0, 0, 10)['coordinates'] as unknown[];
    const [hole] = square(4, 4, 2)['coordinates'] as unknown[];
    const holed = { type: 'Polygon', coordinates: [outside, hole] };

    expect(await collection.countDocuments({ at: { $geoWithin: { $geometry: holed } } })).to.equal(0);
    // From 40° W to 40° E along the 60th parallel the shortest way passes north of 66°.
    const cap = {
      type: 'Polygon',
      coordinates: [
        [
          [-40, 60],
          [40, 60],
          [0, 80],
          [-40, 60],
        ],
      ],
    };
    expect(await collection.countDocuments({ at: { $geoWithin: { $geometry: cap } } })).to.equal(0);
  });

  it('refuses a distance without an index, places that are none, and $near inside $or', async () => {
    const collection = server.collection();
    await collection.insertOne({ at: [1, 2] });
    const near = { at: { $near: [1, 2] } };

    expect((await failureOf(collection.find(near).toArray()))['code']).to.equal(291);
    expect(
      (await failureOf(server.collection('places').countDocuments({ at: { $near: HA_NOI } })))['code'],
    ).to.equal(5626500);
    expect((await failureOf(server.collection('places').insertOne({ at: 'x' })))['code']).to.equal(16755);
    expect(
      (
        await failureOf(
          server
            .collection('places')
            .find({ $or: [near] })
            .toArray(),
        )
      )['code'],
    ).to.equal(2);
    await collection.createIndex({ at: '2d' });
    expect(await collection.find(near).toArray()).to.have.lengthOf(1);
  });

  it('finds words without capitals and diacritics, phrases, and not what is left out, the best first', async () => {
    const collection = server.collection();
    await collection.createIndex({ title: 'text', body: 'text' }, { weights: { title: 10 } });
    await collection.insertMany([
      { _id: 2, title: 'Cà phê Đắk Lắk', body: 'rang xay' },
      { _id: 1, title: 'Chè', body: 'không phải cà phê' },
      { _id: 3, title: 'Hồ tiêu', body: 'searching' },
    ] as Document[]);
    const search = async ($search: string): Promise<number[]> => {
      const score = { $meta: 'textScore' } as const;
      const found = await collection
        .find({ $text: { $search } })
        .project({ score })
        .sort({ _id: score }) // an index of the name has no scores
        .toArray();
      return found.map(({ _id }) => Number(_id));
    };

    expect(await search('CA PHE')).to.deep.equal([2, 1]);
    expect(await search('"ca phe dak"')).to.deep.equal([2]);
    expect(await search('phe -chè')).to.deep.equal([2]);
    expect(await search('search')).to.deep.equal([3]);
    expect(await search('nothing')).to.deep.equal([]);
    const [scored] = await collection
      .aggregate([{ $match: { $text: { $search: 'tiêu' } } }, { $set: { s: { $meta: 'textScore' } } }])
      .toArray();
    expect(scored?.['s']).to.be.closeTo(10 * 0.75, 1e-9);
    expect(
      (
        await failureOf(
          server
            .collection('places')
            .find({ $text: { $search: 'x' } })
            .toArray(),
        )
      )['code'],
    ).to.equal(27);
    const [, index] = await collection.indexes();
    expect(index).to.deep.include({
      key: { _fts: 'text', _ftsx: 1 },
      weights: { body: 1, title: 10 },
      textIndexVersion: 3,
    });
  });

  it('says which rules of a schema a document breaks', async () => {
    const name = 'schema';
    await server.database.createCollection(name, {
      validator: {
        $jsonSchema: {
          required: ['lot'],
          properties: {
            lot: { bsonType: 'string' },
            kg: { bsonType: 'number', minimum: 0 },
            tags: { items: { enum: ['a'] } },
          },
          additionalProperties: false,
        },
      },
    });
    const collection = server.collection(name);
    await failureOf(collection.insertOne({ lot: 'L', kg: 1 }));

    const error = await failureOf(collection.insertOne({ _id: 7, kg: -1 } as Document));

    expect(error).to.include({ code: 121 });
    expect(error['errInfo']).to.deep.equal({
      failingDocumentId: 7,
      details: {
        operatorName: '$jsonSchema',
        schemaRulesNotSatisfied: [
          { operatorName: 'required', specifiedAs: { required: ['lot'] }, missingProperties: ['lot'] },
          {
            operatorName: 'properties',
            propertiesNotSatisfied: [
              {
                propertyName: 'kg',
                details: [
                  {
                    operatorName: 'minimum',
                    specifiedAs: { minimum: 0 },
                    reason: 'comparison failed',
                    consideredValue: -1,
                  },
                ],
              },
            ],
          },
          {
            operatorName: 'additionalProperties',
            specifiedAs: { additionalProperties: false },
            additionalProperties: ['_id'],
          },
        ],
      },
    });
    expect((await failureOf(collection.find({ $jsonSchema: { nonsense: 1 } }).toArray()))['code']).to.equal(
      9,
    );
  });

  const VALID: readonly (readonly [schema: Document, good: unknown, bad: unknown])[] = [
    [{ bsonType: ['int', 'null'] }, 1, 'x'],
    [{ type: 'boolean' }, true, 1],
    [{ enum: [1, 'a'] }, 'a', 'b'],
    [{ pattern: '^a' }, 'ab', 'b'],
    [{ minLength: 2, maxLength: 3 }, 'áé', 'a'],
    [{ minimum: 1, exclusiveMinimum: true }, 2, 1],
    [{ multipleOf: 0.5 }, 1.5, 1.2],
    [{ minItems: 1, uniqueItems: true }, [1, 2], [1, 1]],
    [{ items: [{ type: 'string' }], additionalItems: false }, ['a'], ['a', 1]],
    [{ patternProperties: { '^n': { type: 'number' } } }, { n1: 1, x: 'a' }, { n1: 'a' }],
    [{ minProperties: 1, maxProperties: 1 }, { a: 1 }, {}],
    [{ dependencies: { a: ['b'] } }, { b: 1 }, { a: 1 }],
    [{ anyOf: [{ type: 'string' }, { minimum: 5 }] }, 6, 4],
    [{ oneOf: [{ minimum: 5 }, { maximum: 7 }] }, 8, 6],
    [{ not: { type: 'string' } }, 1, 'a'],
    [
      { uniqueItems: true },
      [{ x: 1, y: 2 }, { x: 1 }],
      [
        { x: 1, y: 2 },
        { y: 2, x: 1 },
      ],
    ],
    [{ enum: [{ x: 1, y: { z: 2 } }] }, { y: { z: 2 }, x: 1 }, { x: 1 }],
  ];
  /** Source: server, jstests/core/json_schema; matcher/schema/json_schema_parser_test.cpp */
  const REFUSED: readonly (readonly [schema: Document, code: number])[] = [
    [{ uniqueItems: 1 }, 14], [{ additionalItems: 1 }, 14], [{ additionalProperties: 1 }, 14], [{ items: 1 }, 14],
    [{ items: [1] }, 14], [{ minItems: -1 }, 9], [{ minItems: 'x' }, 9], [{ maxItems: 12.5 }, 9],
    [{ maxLength: -1 }, 9], [{ minProperties: null }, 9], [{ maximum: 'x' }, 14], [{ multipleOf: 'x' }, 14],
    [{ multipleOf: 0 }, 9], [{ exclusiveMaximum: true }, 9], [{ minimum: 1, exclusiveMinimum: 1 }, 14],
    [{ allOf: [] }, 2], [{ anyOf: {} }, 14], [{ oneOf: [1] }, 14], [{ not: 1 }, 14], [{ enum: 1 }, 14],
    [{ enum: [] }, 9], [{ enum: [1, 1] }, 9], [{ enum: [{ x: 1, y: 1 }, { y: 1, x: 1 }] }, 9], [{ required: 'a' }, 14],
    [{ required: [] }, 9], [{ required: ['a', 'a'] }, 9], [{ required: [1] }, 14], [{ properties: 1 }, 14],
    [{ properties: { a: 1 } }, 14], [{ dependencies: { a: 1 } }, 14], [{ dependencies: { a: [] } }, 9],
    [{ title: 1 }, 14], [{ description: 1 }, 14], [{ pattern: 1 }, 14], [{ type: 1 }, 14], [{ type: [] }, 9],
    [{ type: 'integer' }, 9], [{ type: 'x' }, 2], [{ type: 'string', bsonType: 'string' }, 9], [{ bsonType: 2 }, 14],
  ]; // prettier-ignore
  for (const [schema, code] of REFUSED) {
    it(`$jsonSchema ${JSON.stringify(schema)} → ${code}`, async () => {
      const found = server.collection().find({ $jsonSchema: schema }).toArray();

      expect((await failureOf(found))['code']).to.equal(code);
    });
  }
  for (const [schema, good, bad] of VALID) {
    it(`$jsonSchema ${JSON.stringify(schema)}`, async () => {
      const collection = server.collection();
      await collection.insertMany([
        { _id: 1, v: good },
        { _id: 2, v: bad },
      ] as Document[]);

      const found = await collection.find({ $jsonSchema: { properties: { v: schema } } }).toArray();

      expect(found.map(({ _id }) => Number(_id))).to.deep.equal([1]);
    });
  }

  it('keeps texts apart in an index as its collation does', async () => {
    const collection = server.collection();
    const collation = { locale: 'vi', strength: 2 };
    await collection.createIndex({ name: 1 }, { unique: true, collation });
    await collection.insertMany([{ name: 'Cà Phê' }, { name: 'ca phe' }, { name: 'đá' }, { name: 'da' }]);

    expect((await failureOf(collection.insertOne({ name: 'cÀ phê' })))['code']).to.equal(11000);
    expect(await collection.countDocuments({ name: 'CÀ PHÊ' }, { collation })).to.equal(1);
    expect(await collection.countDocuments({ name: 'CÀ PHÊ' })).to.equal(0);
    const plan = await collection.find({ name: 'ĐÁ' }).collation(collation).explain('executionStats');
    expect(plan['queryPlanner'].winningPlan.inputStage?.stage).to.equal('IXSCAN');
    expect(plan['executionStats'].nReturned).to.equal(1);
    const [, index] = await collection.indexes();
    expect(index?.['collation']).to.include({ locale: 'vi', strength: 2, caseFirst: 'off' });
    const { valid } = await server.database.command({ validate: collection.collectionName });
    expect(valid).to.equal(true);
  });

  const SORTED: readonly (readonly [CollationOptions, string[]])[] = [
    [{ locale: 'simple' }, ['B', 'a10', 'a2', 'b', 'á']],
    [{ locale: 'en' }, ['á', 'a10', 'a2', 'b', 'B']],
    [{ locale: 'en', numericOrdering: true }, ['á', 'a2', 'a10', 'b', 'B']],
    [{ locale: 'en', caseFirst: 'upper' }, ['á', 'a10', 'a2', 'B', 'b']],
  ];
  for (const [collation, order] of SORTED) {
    it(`sorts by ${JSON.stringify(collation)}`, async () => {
      const collection = server.collection();
      await collection.insertMany(['b', 'a10', 'B', 'á', 'a2'].map((v) => ({ v })));
      await collection.createIndex({ v: 1 });

      const found = await collection.find().collation(collation).sort({ v: 1 }).toArray();

      expect(found.map(({ v }) => String(v))).to.deep.equal(order);
    });
  }

  it('gives one key to all texts that a collation takes for equal', () => {
    const compare = new Intl.Collator('en', { sensitivity: 'base', ignorePunctuation: true }).compare;
    const plain = [...'abcdefghijklmnopqrstuvwxyz0123456789', 'ae', 'ss'];
    for (let point = 1; point < 0x3000; point++) {
      const letter = String.fromCodePoint(point);
      const twin = plain.find((known) => compare(known, letter) === 0);
      if (twin !== undefined) expect(foldedText(letter, { locale: 'en' }), letter).to.equal(twin);
    }
  });
});
