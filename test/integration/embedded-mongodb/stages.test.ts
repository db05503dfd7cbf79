import { expect } from 'chai';
import type { Document } from 'mongodb';
import { BSON, Decimal128, Double, Int32, Long } from 'mongodb';
import type { TestServer } from './server.ts';
import { failureOf, testServer } from './server.ts';

const decimal = (text: string): Decimal128 => Decimal128.fromString(text);

const HARVESTS: readonly Document[] = [
  {
    _id: 1,
    farm: 'A',
    kg: new Int32(3),
    price: decimal('1.10'),
    tags: ['x', 'y'],
    at: new Date('2024-01-01'),
  },
  { _id: 2, farm: 'B', kg: new Int32(4), price: decimal('2.20'), tags: [], at: new Date('2024-01-03') },
  { _id: 3, farm: 'A', kg: new Int32(5), price: decimal('3.30'), parent: 1, at: new Date('2024-01-04') },
  { _id: 4, farm: null, kg: new Double(0.5), parent: 3, tags: null, at: new Date('2024-01-08') },
];

const int = (value: number): Int32 => new Int32(value);
const ids = (...values: number[]): Document[] => values.map((value) => ({ _id: int(value) }));
const ONLY_ID = { $project: { _id: 1 } };
const SORTED = { $sort: { _id: 1 } };

/** What it shows, the stages, what they answer with BSON's types and the order of fields. */
const ANSWERS: readonly (readonly [name: string, pipeline: Document[], answer: Document[]])[] = [
  [
    '$group sums each type as it is',
    [{ $group: { _id: '$farm', kg: { $sum: '$kg' }, price: { $sum: '$price' }, n: { $count: {} } } }, SORTED],
    [
      { _id: null, kg: new Double(0.5), price: int(0), n: int(1) },
      { _id: 'A', kg: int(8), price: decimal('4.40'), n: int(2) },
      { _id: 'B', kg: int(4), price: decimal('2.20'), n: int(1) },
    ],
  ],
  [
    '$group takes a missing _id for null and leaves missing values out of $push',
    [{ $group: { _id: '$nothing', parents: { $push: '$parent' }, least: { $min: '$parent' } } }],
    [{ _id: null, parents: [int(1), int(3)], least: int(1) }],
  ],
  [
    '$group by an object: a missing field is null where it is the only one, else left out',
    [{ $match: { _id: { $in: [3, 4] } } }, { $set: { void: { $cond: [{ $eq: ['$_id', 3] }, null, '$$REMOVE'] } } },
      { $facet: {
        one: [{ $group: { _id: { v: '$void' }, n: { $count: {} } } }],
        two: [{ $group: { _id: { v: '$void', a: 1 } } }],
      } }],
    [{ one: [{ _id: { v: null }, n: int(2) }], two: [{ _id: { v: null, a: int(1) } }, { _id: { a: int(1) } }] }],
  ], // prettier-ignore
  [
    '$group: averages, first and last, the best and the n best',
    [
      SORTED,
      {
        $group: {
          _id: null,
          average: { $avg: '$price' },
          first: { $first: '$farm' },
          last: { $last: '$farm' },
          top: { $top: { sortBy: { kg: -1 }, output: '$_id' } },
          two: { $bottomN: { n: 2, sortBy: { kg: -1 }, output: '$_id' } },
          max: { $maxN: { n: 2, input: '$kg' } },
        },
      },
    ],
    [
      {
        _id: null,
        average: decimal('2.20'),
        first: 'A',
        last: null,
        top: int(3),
        two: [int(1), int(4)],
        max: [int(5), int(4)],
      },
    ],
  ],
  [
    '$project keeps the order of the document and puts what is calculated after it',
    [{ $match: { _id: 1 } }, { $project: { total: { $multiply: ['$kg', '$price'] }, kg: 1, farm: 1 } }],
    [{ _id: int(1), farm: 'A', kg: int(3), total: decimal('3.30') }],
  ],
  [
    '$set keeps a field in its place, goes into lists, and $$REMOVE takes it away',
    [
      { $match: { _id: 1 } },
      { $set: { kg: 9, 'tags.z': 1, price: '$$REMOVE', at: '$$REMOVE', 'new.deep': '$farm' } },
    ],
    [{ _id: int(1), farm: 'A', kg: int(9), tags: [{ z: int(1) }, { z: int(1) }], new: { deep: 'A' } }],
  ],
  [
    '$unset',
    [{ $match: { _id: 4 } }, { $unset: ['tags', 'at', 'kg'] }],
    [{ _id: int(4), farm: null, parent: int(3) }],
  ],
  [
    '$unwind leaves out what is empty',
    [{ $unwind: '$tags' }, { $project: { tags: 1 } }],
    [
      { _id: int(1), tags: 'x' },
      { _id: int(1), tags: 'y' },
    ],
  ],
  [
    '$unwind keeps what is empty when it is told to, with places as longs',
    [
      { $unwind: { path: '$tags', preserveNullAndEmptyArrays: true, includeArrayIndex: 'at' } },
      { $project: { tags: 1, at: 1 } },
    ],
    [
      { _id: int(1), tags: 'x', at: Long.fromNumber(0) },
      { _id: int(1), tags: 'y', at: Long.fromNumber(1) },
      { _id: int(2), at: null },
      { _id: int(3), at: null },
      { _id: int(4), tags: null, at: null },
    ],
  ],
  [
    '$lookup joins missing with null and elements of lists',
    [
      { $lookup: { from: 'harvests', localField: 'parent', foreignField: 'farm', as: 'found' } },
      { $project: { found: '$found._id' } },
      { $match: { _id: { $in: [1, 3] } } },
    ],
    [
      { _id: int(1), found: [int(4)] },
      { _id: int(3), found: [] },
    ],
  ],
  [
    '$lookup with variables and stages of its own',
    [
      {
        $lookup: {
          from: 'harvests',
          let: { mine: '$kg' },
          pipeline: [{ $match: { $expr: { $lt: ['$kg', '$$mine'] } } }, ONLY_ID],
          as: 'less',
        },
      },
      { $match: { _id: 2 } },
      { $project: { less: 1 } },
    ],
    [{ _id: int(2), less: ids(1, 4) }],
  ],
  [
    '$graphLookup counts the steps',
    [
      { $match: { _id: 4 } },
      {
        $graphLookup: {
          from: 'harvests',
          startWith: '$parent',
          connectFromField: 'parent',
          connectToField: '_id',
          as: 'up',
          depthField: 'steps',
        },
      },
      { $project: { up: { $sortArray: { input: '$up', sortBy: { steps: 1 } } } } },
      { $project: { 'up._id': 1, 'up.steps': 1 } },
    ],
    [
      {
        _id: int(4),
        up: [
          { _id: int(3), steps: Long.fromNumber(0) },
          { _id: int(1), steps: Long.fromNumber(1) },
        ],
      },
    ],
  ],
  [
    '$facet runs several pipelines',
    [{ $facet: { n: [{ $count: 'n' }], first: [SORTED, { $limit: 1 }, ONLY_ID] } }],
    [{ n: [{ n: int(4) }], first: ids(1) }],
  ],
  [
    '$bucket leaves out what has nothing, and puts the rest where it is told',
    [{ $bucket: { groupBy: '$kg', boundaries: [0, 1, 2, 5], default: 'more' } }],
    [
      { _id: int(0), count: int(1) },
      { _id: int(2), count: int(2) },
      { _id: 'more', count: int(1) },
    ],
  ],
  [
    '$bucketAuto makes buckets of nearly one size',
    [{ $bucketAuto: { groupBy: '$kg', buckets: 2 } }],
    [
      { _id: { min: new Double(0.5), max: int(4) }, count: int(2) },
      { _id: { min: int(4), max: int(5) }, count: int(2) },
    ],
  ],
  ['$sortByCount', [{ $sortByCount: '$farm' }, { $limit: 1 }], [{ _id: 'A', count: int(2) }]],
  [
    '$setWindowFields: rank, running sum, neighbour',
    [
      {
        $setWindowFields: {
          sortBy: { kg: 1 },
          output: {
            rank: { $rank: {} },
            sum: { $sum: '$kg', window: { documents: ['unbounded', 'current'] } },
            before: { $shift: { output: '$_id', by: -1, default: 'none' } },
          },
        },
      },
      { $project: { rank: 1, sum: 1, before: 1 } },
      { $limit: 2 },
    ],
    [
      { _id: int(4), rank: int(1), sum: new Double(0.5), before: 'none' },
      { _id: int(1), rank: int(2), sum: new Double(3.5), before: int(4) },
    ],
  ],
  [
    '$setWindowFields: a range of days',
    [
      {
        $setWindowFields: {
          sortBy: { at: 1 },
          output: { n: { $sum: 1, window: { range: [-2, 'current'], unit: 'day' } } },
        },
      },
      { $project: { n: 1 } },
    ],
    [
      { _id: int(1), n: int(1) },
      { _id: int(2), n: int(2) },
      { _id: int(3), n: int(2) },
      { _id: int(4), n: int(1) },
    ],
  ],
  [
    '$densify and $fill',
    [
      { $match: { _id: { $lte: 2 } } },
      { $project: { _id: 0, at: 1, kg: 1 } },
      { $densify: { field: 'at', range: { step: 1, unit: 'day', bounds: 'full' } } },
      { $fill: { sortBy: { at: 1 }, output: { kg: { method: 'linear' } } } },
    ],
    [
      { kg: int(3), at: new Date('2024-01-01') },
      { at: new Date('2024-01-02'), kg: new Double(3.5) },
      { kg: int(4), at: new Date('2024-01-03') },
    ],
  ],
  [
    '$redact prunes below',
    [
      { $match: { _id: 1 } },
      { $replaceWith: { level: 1, open: { level: 1 }, shut: { level: 5 } } },
      { $redact: { $cond: [{ $gt: ['$level', 2] }, '$$PRUNE', '$$DESCEND'] } },
    ],
    [{ level: int(1), open: { level: int(1) } }],
  ],
  [
    '$unionWith',
    [ONLY_ID, { $unionWith: { coll: 'harvests', pipeline: [{ $match: { _id: 1 } }, ONLY_ID] } }],
    ids(1, 2, 3, 4, 1),
  ],
  ['$count of nothing answers nothing', [{ $match: { _id: 9 } }, { $count: 'n' }], []],
];

/** The stages, MongoDB's code. */
const REFUSALS: readonly (readonly [pipeline: Document[], code: number])[] = [
  [[{ $nothing: {} }], 40324],
  [[{ $match: {}, $sort: {} }], 40323],
  [[{ $group: { n: { $sum: 1 } } }], 15955],
  [[{ $group: { _id: 1, n: 5 } }], 40234],
  [[{ $group: { _id: 1, n: { $nothing: 1 } } }], 15952],
  [[{ $project: {} }], 51272],
  [[{ $project: { a: 1, b: 0 } }], 31254],
  [[{ $unwind: 'tags' }], 28818],
  [[{ $limit: 0 }], 15958],
  [[{ $replaceRoot: { newRoot: '$kg' } }], 40228],
  [[{ $facet: { a: [{ $out: 'x' }] } }], 40600],
  [[{ $out: 'x' }, { $match: {} }], 40601],
  [[{ $match: {} }, { $documents: [] }], 40602],
  [[{ $bucket: { groupBy: '$kg', boundaries: [1] } }], 40192],
  [[{ $bucket: { groupBy: '$kg', boundaries: [0, 1] } }], 40066],
  [[{ $bucket: { groupBy: '$kg', boundaries: [0, 9], default: 3 } }], 40199],
  [[{ $count: '' }], 40157],
  [[{ $sort: {} }], 15976],
  [[{ $changeStream: {} }], 40573],
  [[{ $lookup: { from: 'x', as: 'y' } }], 9],
];

const text = (value: unknown): string => BSON.EJSON.stringify(value, { relaxed: false });

describe('embedded MongoDB: aggregation stages', () => {
  let server: TestServer;
  before(async () => {
    server = await testServer();
    await server.collection('harvests').insertMany(HARVESTS.map((one) => ({ ...one })));
  });
  after(() => server.close());

  for (const [name, pipeline, answer] of ANSWERS) {
    it(name, async () => {
      const found = await server
        .collection('harvests')
        .aggregate(pipeline, { promoteValues: false })
        .toArray();

      expect(text(found)).to.equal(text(answer));
    });
  }

  for (const [pipeline, code] of REFUSALS) {
    it(`${text(pipeline)} is refused with ${code}`, async () => {
      const error = await failureOf(server.collection('harvests').aggregate(pipeline).toArray());

      expect(error['code']).to.equal(code);
    });
  }

  it('keeps the types of what an update by pipeline does not name', async () => {
    const collection = server.collection();
    await collection.insertOne({ a: new Double(1), b: Long.fromNumber(1), c: decimal('1.0') });

    await collection.updateOne({}, [{ $set: { d: { $add: ['$a', 1] } } }]);

    const found = await collection.findOne({}, { promoteValues: false, projection: { _id: 0 } });
    expect(text(found)).to.equal(
      text({ a: new Double(1), b: Long.fromNumber(1), c: decimal('1.0'), d: new Double(2) }),
    );
  });
});
