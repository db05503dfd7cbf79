import { expect } from 'chai';
import type { Document } from 'mongodb';
import { Binary, BSON, Decimal128, Double, Int32, Long, MinKey, ObjectId } from 'mongodb';
import type { TestServer } from './server.ts';
import { testServer } from './server.ts';

const decimal = (text: string): Decimal128 => Decimal128.fromString(text);
const long = (text: string): Long => Long.fromString(text);

/** The document whose fields the expressions read. */
const SUBJECT = {
  _id: 1,
  int: new Int32(7),
  long: long('9007199254740993'),
  double: new Double(2.5),
  whole: new Double(4),
  decimal: decimal('1.10'),
  max: new Int32(2147483647),
  huge: long('9223372036854775807'),
  text: 'Cà phê',
  none: null,
  list: [3, 1, 2],
  pairs: [{ k: 'a', n: 1 }, { k: 'b', n: 2 }, 5],
  inner: { a: { b: 1 } },
  at: new Date('2024-02-29T16:30:15.250Z'),
  id: new ObjectId('65e0b1f70000000000000000'),
  bytes: new Binary(Buffer.from([1, 2, 3])),
};

/** Expression → value with its BSON type. `undefined` is a field that is not there. */
const VALUES: readonly (readonly [expression: unknown, value: unknown])[] = [
  // Types of results: the wider of the operands; int grows to long, long to double. Source: manual, $add
  [{ $add: ['$int', 1] }, new Int32(8)],
  [{ $add: ['$max', 1] }, long('2147483648')],
  [{ $add: ['$huge', 1] }, new Double(9223372036854775807)],
  [{ $add: ['$long', 1] }, long('9007199254740994')],
  [{ $add: ['$int', '$double'] }, new Double(9.5)],
  [{ $add: ['$decimal', '$int'] }, decimal('8.10')],
  [{ $add: ['$at', 1000] }, new Date('2024-02-29T16:30:16.250Z')],
  [{ $add: ['$int', null] }, null],
  [{ $add: ['$int', '$missing'] }, null],
  [{ $subtract: ['$at', new Date('2024-02-29T16:30:15.000Z')] }, long('250')],
  [{ $multiply: ['$decimal', 3] }, decimal('3.30')],
  [{ $multiply: ['$max', 2] }, long('4294967294')],
  [{ $divide: ['$int', 2] }, new Double(3.5)],
  [{ $divide: [6, 2] }, new Double(3)],
  [{ $divide: ['$decimal', 3] }, decimal('0.3666666666666666666666666666666667')],
  [{ $mod: ['$int', 4] }, new Int32(3)],
  [{ $mod: [-7, 4] }, new Int32(-3)],
  [{ $mod: ['$double', 2] }, new Double(0.5)],
  [{ $mod: ['$long', new Double(2)] }, long('1')],
  [{ $mod: ['$int', new Double(4)] }, new Int32(3)],
  [{ $mod: ['$int', new Double(2.5)] }, new Double(2)],
  [{ $mod: ['$long', new Double(2147483648)] }, new Double(0)],
  [{ $mod: ['$int', new Double(Infinity)] }, new Double(7)],
  [{ $mod: [decimal('-4'), new Double(2)] }, decimal('-0')],
  [{ $abs: { $subtract: [0, '$decimal'] } }, decimal('1.10')],
  [{ $pow: [2, 10] }, new Int32(1024)],
  [{ $pow: [2, -1] }, new Double(0.5)],
  [{ $sqrt: 9 }, new Double(3)],
  // Halves go to the even digit. Source: manual, $round
  [{ $round: [new Double(2.5)] }, new Double(2)],
  [{ $round: [new Double(3.5)] }, new Double(4)],
  [{ $round: [new Double(-2.5)] }, new Double(-2)],
  [{ $round: ['$decimal', 0] }, decimal('1')],
  [{ $round: [1234, -2] }, new Int32(1200)],
  [{ $round: [1250, -2] }, new Int32(1200)],
  [{ $trunc: [new Double(7.89), 1] }, new Double(7.8)],
  [{ $floor: new Double(-1.5) }, new Double(-2)],
  [{ $ceil: decimal('1.10') }, decimal('2')],
  // Conversion. Source: manual, $convert
  [{ $toInt: '12' }, new Int32(12)],
  [{ $toInt: new Double(5.9) }, new Int32(5)],
  [{ $toLong: true }, long('1')],
  [{ $toDouble: '$decimal' }, new Double(1.1)],
  [{ $toDecimal: '12.50' }, decimal('12.50')],
  [{ $toString: '$whole' }, '4'],
  [{ $toString: '$decimal' }, '1.10'],
  [{ $toString: '$at' }, '2024-02-29T16:30:15.250Z'],
  [{ $toObjectId: '65e0b1f70000000000000000' }, SUBJECT.id],
  [{ $toDate: '2024-02-29' }, new Date('2024-02-29T00:00:00Z')],
  [{ $toDate: '$id' }, new Date(0x65e0b1f7 * 1_000)],
  [{ $toBool: 'false' }, true],
  [{ $convert: { input: 'x', to: 'int', onError: -1 } }, new Int32(-1)],
  [{ $convert: { input: null, to: 'int', onNull: 0 } }, new Int32(0)],
  [{ $type: '$whole' }, 'double'],
  [{ $type: '$missing' }, 'missing'],
  [{ $type: [[1, 2]] }, 'array'],
  // Missing and null. Source: manual, $eq, $ifNull, $cond
  [{ $eq: ['$missing', null] }, false],
  [{ $eq: ['$none', null] }, true],
  [{ $lt: ['$missing', null] }, true],
  [{ $gt: ['$missing', new MinKey()] }, true],
  [{ $gt: ['$text', 5] }, true],
  [{ $eq: ['$int', '$missing'] }, false],
  [{ $eq: [new Double(7), '$int'] }, true],
  [{ $ifNull: ['$missing', '$none', 'x'] }, 'x'],
  [{ $cond: ['$none', 1, 2] }, new Int32(2)],
  [{ $and: [] }, true],
  [{ $not: [0] }, true],
  ['$missing', undefined],
  ['$$REMOVE', undefined],
  [
    ['$missing', 1],
    [null, new Int32(1)],
  ],
  [{ a: '$missing', b: 1 }, { b: new Int32(1) }],
  // Paths through lists. Source: manual, field paths
  ['$pairs.n', [new Int32(1), new Int32(2)]],
  ['$pairs.0', []],
  ['$inner.a.b', new Int32(1)],
  ['$text.length', undefined],
  // Lists and sets
  [{ $arrayElemAt: ['$list', -1] }, new Int32(2)],
  [{ $arrayElemAt: ['$list', 9] }, undefined],
  [{ $slice: ['$list', -2] }, [new Int32(1), new Int32(2)]],
  [{ $slice: ['$list', 1, 5] }, [new Int32(1), new Int32(2)]],
  [{ $indexOfArray: ['$list', new Double(2)] }, new Int32(2)],
  [{ $in: [new Double(3), '$list'] }, true],
  [{ $range: [0, 5, 2] }, [new Int32(0), new Int32(2), new Int32(4)]],
  [{ $concatArrays: ['$list', '$none'] }, null],
  [{ $filter: { input: '$list', as: 'x', cond: { $gte: ['$$x', 2] } } }, [new Int32(3), new Int32(2)]],
  [{ $filter: { input: '$list', cond: { $gte: ['$$this', 2] }, limit: 1 } }, [new Int32(3)]],
  [
    { $map: { input: '$list', in: { $multiply: ['$$this', 2] } } },
    [new Int32(6), new Int32(2), new Int32(4)],
  ],
  [{ $reduce: { input: '$list', initialValue: 0, in: { $add: ['$$value', '$$this'] } } }, new Int32(6)],
  [{ $sortArray: { input: '$list', sortBy: 1 } }, [new Int32(1), new Int32(2), new Int32(3)]],
  [{ $sum: '$list' }, new Int32(6)],
  [{ $sum: ['$int', '$text', '$decimal'] }, decimal('8.10')],
  [{ $avg: '$list' }, new Double(2)],
  [{ $max: ['$int', '$text', null] }, 'Cà phê'],
  [
    {
      $setUnion: [
        [2, 1],
        [new Double(2), 3],
      ],
    },
    [new Int32(1), new Double(2), new Int32(3)],
  ],
  [{ $setDifference: [[1, 2, 2, 3], [2]] }, [new Int32(1), new Int32(3)]],
  [
    {
      $setEquals: [
        [1, 1, 2],
        [2, 1],
      ],
    },
    true,
  ],
  [
    { $zip: { inputs: [[1, 2], [3]], useLongestLength: true } },
    [
      [new Int32(1), new Int32(3)],
      [new Int32(2), null],
    ],
  ],
  [{ $first: '$list' }, new Int32(3)],
  [{ $size: '$list' }, new Int32(3)],
  // Objects
  [{ $objectToArray: '$inner' }, [{ k: 'a', v: { b: new Int32(1) } }]],
  [
    {
      $arrayToObject: [
        [
          ['a', 1],
          ['b', 2],
        ],
      ],
    },
    { a: new Int32(1), b: new Int32(2) },
  ],
  [{ $mergeObjects: ['$inner', { c: 1 }, null] }, { a: { b: new Int32(1) }, c: new Int32(1) }],
  [{ $getField: { field: { $literal: '$x.y' }, input: { $literal: { '$x.y': 1 } } } }, new Int32(1)],
  [{ $setField: { field: 'a.b', input: {}, value: 1 } }, { 'a.b': new Int32(1) }],
  [{ $let: { vars: { x: '$int' }, in: { $add: ['$$x', 1] } } }, new Int32(8)],
  [{ $literal: '$int' }, '$int'],
  [{ $binarySize: '$bytes' }, new Int32(3)],
  [{ $bsonSize: { $literal: {} } }, new Int32(5)],
  // Text counts bytes or code points; only ASCII letters change. Source: manual, $toLower, $strLenCP
  [{ $toUpper: '$text' }, 'Cà PHê'],
  [{ $strLenCP: '$text' }, new Int32(6)],
  [{ $strLenBytes: '$text' }, new Int32(8)],
  [{ $substrCP: ['$text', 1, 1] }, 'à'],
  [{ $concat: ['$text', '$none'] }, null],
  [{ $split: ['a-b-c', '-'] }, ['a', 'b', 'c']],
  [{ $trim: { input: ' x ' } }, 'x'],
  [{ $indexOfCP: ['$text', 'p'] }, new Int32(3)],
  [{ $replaceAll: { input: 'a$a', find: 'a', replacement: { $literal: '$&' } } }, '$&$$&'],
  [{ $regexMatch: { input: '$text', regex: /PHÊ/i } }, true],
  [{ $regexFind: { input: 'cà phê', regex: '(p)h' } }, { match: 'ph', idx: new Int32(3), captures: ['p'] }],
  [{ $strcasecmp: ['a', 'B'] }, new Int32(-1)],
  [{ $strcasecmp: ['ó', 'Ó'] }, new Int32(1)],
  [{ $substrBytes: ['abcd', 1.9, 2.9] }, 'bc'],
  // Dates and zones. Source: manual, $dateToString, $dateTrunc, $dateDiff
  [{ $year: '$at' }, new Int32(2024)],
  [{ $dayOfMonth: { date: '$at', timezone: '+09:00' } }, new Int32(1)],
  [{ $hour: { date: '$at', timezone: 'Asia/Ho_Chi_Minh' } }, new Int32(23)],
  [{ $dayOfYear: '$at' }, new Int32(60)],
  [{ $isoWeek: new Date('2021-01-03') }, new Int32(53)],
  [{ $isoWeekYear: new Date('2021-01-03') }, long('2020')],
  [{ $week: new Date('2024-01-06') }, new Int32(0)],
  [{ $week: new Date('2024-01-07') }, new Int32(1)],
  [{ $month: '$missing' }, null],
  [{ $dateToString: { date: '$at' } }, '2024-02-29T16:30:15.250Z'],
  [
    { $dateToString: { date: '$at', format: '%d/%m/%Y %H:%M %z', timezone: 'Asia/Ho_Chi_Minh' } },
    '29/02/2024 23:30 +0700',
  ],
  [{ $dateToString: { date: '$missing', onNull: '-' } }, '-'],
  [{ $dateToString: { date: '$at', format: '%z %Z', timezone: 'Asia/Ho_Chi_Minh' } }, '+0700 420'],
  [
    { $dateFromString: { dateString: '2024-02-29T07:00:00', timezone: 'Asia/Ho_Chi_Minh' } },
    new Date('2024-02-29T00:00:00Z'),
  ],
  [{ $dateFromString: { dateString: '29/02/2024', format: '%d/%m/%Y' } }, new Date('2024-02-29T00:00:00Z')],
  [{ $dateFromString: { dateString: 'no', onError: 'x' } }, 'x'],
  [{ $dateFromString: { dateString: '2017', onError: 'x' } }, 'x'],
  [{ $dateAdd: { startDate: new Date('2024-01-31'), unit: 'month', amount: 1 } }, new Date('2024-02-29')],
  [{ $dateSubtract: { startDate: new Date('2024-03-01'), unit: 'day', amount: 1 } }, new Date('2024-02-29')],
  [
    { $dateDiff: { startDate: new Date('2023-12-31'), endDate: new Date('2024-01-01'), unit: 'year' } },
    long('1'),
  ],
  [{ $dateTrunc: { date: '$at', unit: 'hour', binSize: 2 } }, new Date('2024-02-29T16:00:00Z')],
  [{ $dateTrunc: { date: '$at', unit: 'week', startOfWeek: 'monday' } }, new Date('2024-02-26T00:00:00Z')],
  [
    { $dateTrunc: { date: '$at', unit: 'day', timezone: 'Asia/Ho_Chi_Minh' } },
    new Date('2024-02-28T17:00:00Z'),
  ],
  [{ $dateFromParts: { year: 2024, month: 14, day: 1 } }, new Date('2025-02-01')],
  [{ $bitAnd: ['$int', new Int32(5)] }, new Int32(5)],
  [{ $bitNot: '$int' }, new Int32(-8)],
  [{ $abs: new Int32(-2147483648) }, long('2147483648')],
  [{ $abs: new Double(-0) }, new Double(0)],
  [{ $multiply: [decimal('0'), -1] }, decimal('-0')],
  [{ $range: [5, 0, -2] }, [new Int32(5), new Int32(3), new Int32(1)]],
  [{ $indexOfArray: [[1, 2, 1], 1, 1] }, new Int32(2)],
  [{ $filter: { input: '$list', cond: true, limit: 2 } }, [new Int32(3), new Int32(1)]],
  [
    {
      $arrayToObject: [
        [
          { k: 'a', v: 1 },
          { k: 'a', v: 2 },
        ],
      ],
    },
    { a: new Int32(2) },
  ],
  [{ $dateFromParts: { year: 50, month: 2, day: 1 } }, new Date('0050-02-01T00:00:00Z')],
  [
    { $dateFromParts: { year: 2024, day: 0, timezone: 'Asia/Ho_Chi_Minh' } },
    new Date('2023-12-30T17:00:00Z'),
  ],
  [{ $dateFromParts: { year: 2024, second: 100_000 } }, new Date('2024-01-02T03:46:40Z')],
  [
    { $dateToParts: { date: '$at', timezone: 'Asia/Ho_Chi_Minh', iso8601: true } },
    {
      isoWeekYear: new Int32(2024),
      isoWeek: new Int32(9),
      isoDayOfWeek: new Int32(4),
      hour: new Int32(23),
      minute: new Int32(30),
      second: new Int32(15),
      millisecond: new Int32(250),
    },
  ],
  [{ $dateToString: { date: '$at', timezone: 'Asia/Ho_Chi_Minh' } }, '2024-02-29T23:30:15.250Z'],
  [
    { $dateToString: { date: '$at', format: '%j %u %U %V %G %w %b %B %%', timezone: '+07' } },
    '060 4 08 09 2024 5 Feb February %',
  ],
  [
    { $dateAdd: { startDate: '$at', unit: 'quarter', amount: 1, timezone: 'Asia/Ho_Chi_Minh' } },
    new Date('2024-05-29T16:30:15.250Z'),
  ],
  [
    {
      $dateDiff: {
        startDate: new Date('2024-02-29T16:59:59Z'),
        endDate: new Date('2024-02-29T17:00:00Z'),
        unit: 'day',
        timezone: 'Asia/Ho_Chi_Minh',
      },
    },
    long('1'),
  ],
  [
    {
      $dateDiff: {
        startDate: new Date('2024-03-03'),
        endDate: new Date('2024-03-04'),
        unit: 'week',
        startOfWeek: 'mon',
      },
    },
    long('1'),
  ],
  [{ $dateTrunc: { date: null, unit: 'day' } }, null],
  [
    { $dateFromString: { dateString: '2024-01-01 .81', format: '%Y-%m-%d .%L' } },
    new Date('2024-01-01T00:00:00.810Z'),
  ],
  [{ $dateFromString: { dateString: '2024%', format: '%Y%%' } }, new Date('2024-01-01')],
  [{ $const: '$int' }, '$int'],
  [{ $dateToParts: { date: '$at', iso8601: null } }, null],
];

const text = (value: unknown): string => BSON.EJSON.stringify({ value }, { relaxed: false });

describe('embedded MongoDB: aggregation expressions', () => {
  let server: TestServer;
  before(async () => {
    server = await testServer();
    await server.collection('subject').insertOne({ ...SUBJECT } as Document);
  });
  after(() => server.close());

  for (const [expression, value] of VALUES) {
    it(`${text(expression).slice(9, -1)}`, async () => {
      const [found] = await server
        .collection('subject')
        .aggregate([{ $replaceWith: { value: expression } }], { promoteValues: false })
        .toArray();

      expect(text(found?.['value'])).to.equal(text(value));
    });
  }
});
