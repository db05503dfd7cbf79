import { expect } from 'chai';
import { BSON, Decimal128, Double, Int32, Long } from 'mongodb';
import type { TestServer } from '../server.ts';
import { testServer } from '../server.ts';
import { exact } from './tables.ts';

const decimal = (text: string): Decimal128 => Decimal128.fromString(text);
const double = (value: number): Double => new Double(value);
const int = (value: number): Int32 => new Int32(value);
const long = (text: string): Long => Long.fromString(text);
const LARGE = '9007199254740993';

/** Source: server, jstests/core/mod_overflow.js, jstests/aggregation/expressions/expression_mod.js */
const REMAINDERS: readonly (readonly [expression: unknown, value: unknown])[] = [
  [{ $mod: [long(LARGE), double(2)] }, long('1')],
  [{ $mod: [long(LARGE), double(2 ** 31)] }, double(0)],
  [{ $mod: [int(7), double(3)] }, int(1)],
  [{ $mod: [int(-7), double(7)] }, int(0)],
  [{ $mod: [decimal('-4'), int(2)] }, decimal('-0')],
  // Source: server, jstests/aggregation/bugs/server18427.js
  [{ $pow: [int(1), int(-2)] }, int(1)],
  [{ $pow: [long('-1'), long('-3')] }, long('-1')],
  [{ $pow: [int(-1), int(101)] }, int(-1)],
  [{ $ln: decimal('NaN') }, double(NaN)],
  [{ $log: [double(NaN), decimal('10')] }, double(NaN)],
  [{ $log: [decimal('10'), double(NaN)] }, double(NaN)],
];

/** Source: server, jstests/aggregation/bugs/server18427.js; what is not there: Python's decimal, in 60 digits */
const DECIMALS: readonly (readonly [expression: unknown, value: string])[] = [
  [{ $sqrt: decimal('2') }, '1.414213562373095048801688724209698'],
  [{ $sqrt: decimal('4') }, '2'],
  [{ $sqrt: decimal('0.0400') }, '0.20'],
  [{ $sqrt: decimal('1E+3') }, '31.62277660168379331998893544432719'],
  [{ $sqrt: decimal('0') }, '0'],
  [{ $sqrt: decimal('Infinity') }, 'Infinity'],
  [{ $sqrt: decimal('NaN') }, 'NaN'],
  [{ $exp: decimal('-1') }, '0.3678794411714423215955237701614609'],
  [{ $exp: decimal('1') }, '2.718281828459045235360287471352662'],
  [{ $exp: decimal('0') }, '1'],
  [{ $exp: decimal('14000') }, '1.326620321137711275937776890335631E+6080'],
  [{ $exp: decimal('1E+10') }, 'Infinity'],
  [{ $exp: decimal('-1E+10') }, '0E-6176'],
  [{ $ln: decimal('2.718281828459045235360287471352662') }, '0.9999999999999999999999999999999998'],
  [{ $ln: decimal('1.000000000000000000000000000000001') }, '9.999999999999999999999999999999995E-34'],
  [{ $ln: decimal('1E-6176') }, '-14220.76553433122614449511522413063'],
  [{ $ln: decimal('1.0') }, '0'],
  [{ $log10: decimal('10') }, '1'],
  [{ $log10: decimal('0.001') }, '-3'],
  [{ $log10: decimal('2') }, '0.3010299956639811952137388947244930'],
  [{ $log: [decimal('10'), decimal('10')] }, '1'],
  [{ $log: [int(8), decimal('2')] }, '3'],
  [{ $pow: [decimal('10.0'), int(-2)] }, '0.01000000000000000000000000000000000'],
  [{ $pow: [double(0.5), decimal('-1')] }, '2.000000000000000000000000000000000'],
  [{ $pow: [int(-2), decimal('2')] }, '4.000000000000000000000000000000000'],
  [{ $pow: [int(-2), decimal('3')] }, '-8.000000000000000000000000000000000'],
  [{ $pow: [int(5), decimal('-112')] }, '5192296858534827628530496329220096E-112'],
  [{ $pow: [decimal('2'), double(0.5)] }, '1.414213562373095048801688724209698'],
  [{ $pow: [int(-2), decimal('0.5')] }, 'NaN'],
  [{ $pow: [double(NaN), decimal('2')] }, 'NaN'],
];

describe('embedded MongoDB: numbers', () => {
  let server: TestServer;
  before(async () => {
    server = await testServer();
  });
  after(() => server.close());

  const all = [...REMAINDERS, ...DECIMALS.map(([asked, text]) => [asked, decimal(text)] as const)];
  for (const [expression, value] of all) {
    it(BSON.EJSON.stringify(expression, { relaxed: false }), async () => {
      const pipeline = [{ $documents: [{}] }, { $project: { value: expression } }];

      const [found] = await server.database.aggregate(pipeline, { promoteValues: false }).toArray();

      expect(exact(found?.['value'])).to.equal(exact(value));
    });
  }
});
