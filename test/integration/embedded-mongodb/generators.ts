import fc from 'fast-check';
import type { Document } from 'mongodb';
import {
  Binary,
  BSONRegExp,
  Decimal128,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
} from 'mongodb';

/** Documents, filters and orders from few names and values, so that they meet often. */

const numbers = fc.oneof(
  fc.integer({ min: -2, max: 3 }).map((value) => new Int32(value)),
  fc
    .constantFrom(-1.5, 0, 1, 2, 2.5, Number.NaN, Infinity, -Infinity, 1e300)
    .map((value) => new Double(value)),
  fc
    .constantFrom('0', '1', '2', '-1', '9007199254740993', '9223372036854775807')
    .map((value) => Long.fromString(value)),
  fc
    .constantFrom('0', '1', '1.0', '2.5', '-1', 'NaN', 'Infinity', '9007199254740993')
    .map((value) => Decimal128.fromString(value)),
);
const texts = fc.constantFrom('', 'a', 'ab', 'b', 'B', 'á', 'a.b', '$a', '1');
const others = fc.oneof(
  fc.boolean(),
  fc.constantFrom(0, 1, 1_700_000_000_000).map((value) => new Date(value)),
  fc.constantFrom('000000000000000000000000', '65e0b1f70000000000000000').map((value) => new ObjectId(value)),
  fc.constantFrom('', 'x', 'xy').map((value) => new Binary(Buffer.from(value))),
  fc.constant(new Binary(Buffer.from('x'), 128)),
  fc.constantFrom(1, 2).map((value) => new Timestamp({ t: value, i: 1 })),
  fc.constant(new BSONRegExp('^a', '')),
  fc.constantFrom(new MinKey(), new MaxKey()),
);

/** A value that is no list and no document, of any BSON type. */
export const scalars: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 5, arbitrary: numbers },
  { weight: 4, arbitrary: texts },
  { weight: 2, arbitrary: fc.constant(null) },
  { weight: 3, arbitrary: others },
);

const inner = fc.dictionary(fc.constantFrom('x', 'y', '0'), scalars, { maxKeys: 2 });
const lists = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: scalars },
    { weight: 2, arbitrary: inner },
    { weight: 1, arbitrary: fc.array(scalars, { maxLength: 2 }) },
  ),
  { maxLength: 3 },
);

/** Any value of a field. */
export const values: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 5, arbitrary: scalars },
  { weight: 2, arbitrary: lists },
  { weight: 2, arbitrary: inner },
);

/** A document with up to three fields; its `_id` is its place. */
export const documents: fc.Arbitrary<Document[]> = fc
  .array(fc.dictionary(fc.constantFrom('a', 'b', 'c'), values, { maxKeys: 3 }), {
    minLength: 1,
    maxLength: 8,
  })
  .map((all) => all.map((fields, at) => ({ _id: new Int32(at), ...fields })));

/** Paths of fields, of fields in them, and of places in lists. */
export const paths: fc.Arbitrary<string> = fc.constantFrom(
  'a',
  'b',
  'c',
  'a.x',
  'a.y',
  'b.x',
  'a.0',
  'a.0.x',
  'b.1',
);

const notRegex = (arbitrary: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  arbitrary.filter((value) => !(value instanceof BSONRegExp));

const comparisons = fc.oneof(
  fc.record({
    operator: fc.constantFrom('$eq', '$gt', '$gte', '$lt', '$lte', '$ne'),
    value: notRegex(scalars),
  }),
  fc.record({
    operator: fc.constantFrom('$eq', '$ne'),
    value: values.filter((value) => !(value instanceof BSONRegExp)),
  }),
  fc.record({
    operator: fc.constantFrom('$in', '$nin'),
    value: fc.array(notRegex(scalars), { maxLength: 3 }),
  }),
  fc.record({ operator: fc.constant('$exists'), value: fc.boolean() }),
  fc.record({ operator: fc.constant('$size'), value: fc.integer({ min: 0, max: 2 }) }),
  fc.record({
    operator: fc.constant('$all'),
    value: fc.array(notRegex(scalars), { minLength: 1, maxLength: 2 }),
  }),
  fc.record({ operator: fc.constant('$regex'), value: fc.constantFrom('^a', 'b$', '^ab', '.') }),
  fc.record({
    operator: fc.constant('$type'),
    value: fc.constantFrom('int', 'double', 'string', 'null', 'array', 'object', 'number', 'date'),
  }),
);

const operators = fc
  .array(comparisons, { minLength: 1, maxLength: 2 })
  .map((all) => Object.fromEntries(all.map(({ operator, value }) => [operator, value])));

const conditions = fc.oneof(
  { weight: 2, arbitrary: values },
  { weight: 5, arbitrary: operators },
  { weight: 1, arbitrary: operators.map((inside) => ({ $not: inside })) },
  { weight: 1, arbitrary: operators.map((inside) => ({ $elemMatch: inside })) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom('x', 'y'), operators)
      .map(([name, inside]) => ({ $elemMatch: { [name]: inside } })),
  },
);

const clauses = fc.tuple(paths, conditions).map(([path, condition]) => ({ [path]: condition }));

/** A filter of up to two conditions, or a logical operator over some. */
export const filters: fc.Arbitrary<Document> = fc.oneof(
  { weight: 4, arbitrary: clauses },
  { weight: 3, arbitrary: fc.tuple(clauses, clauses).map(([left, right]) => ({ ...left, ...right })) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom('$and', '$or', '$nor'), fc.array(clauses, { minLength: 1, maxLength: 3 }))
      .map(([name, parts]) => ({ [name]: parts })),
  },
);

const comparedFields = fc
  .record({
    operator: fc.constantFrom('$eq', '$gt', '$gte', '$lt', '$lte', '$ne'),
    path: paths,
    value: values,
    isMirrored: fc.boolean(),
  })
  .map(({ operator, path, value, isMirrored }) => {
    const sides = [`$${path}`, { $literal: value }];
    return { [operator]: isMirrored ? sides.reverse() : sides };
  });

/** A filter by expressions that compare fields with values. */
export const expressionFilters: fc.Arbitrary<Document> = fc.oneof(
  { weight: 3, arbitrary: comparedFields.map((compared) => ({ $expr: compared })) },
  {
    weight: 1,
    arbitrary: fc
      .array(comparedFields, { minLength: 2, maxLength: 2 })
      .map((all) => ({ $expr: { $and: all } })),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(comparedFields, clauses).map(([$expr, clause]) => ({ $expr, ...clause })),
  },
);

/** Orders by one or two paths. */
export const sorts: fc.Arbitrary<Document> = fc
  .uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'a.x', 'b.x'), fc.constantFrom(1, -1)), {
    minLength: 1,
    maxLength: 2,
    selector: ([path]) => path.split('.')[0],
  })
  .map((parts) => Object.fromEntries(parts));
