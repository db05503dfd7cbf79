import fc from 'fast-check';
import type { Document } from 'mongodb';
import { Double, Int32, Long } from 'mongodb';
import { filters, paths, scalars, sorts, values } from '../../integration/embedded-mongodb/generators.ts';

const numbers = fc.oneof(
  fc.integer({ min: -2, max: 3 }).map((value) => new Int32(value)),
  fc.constantFrom(1.5, -2, 0).map((value) => new Double(value)),
  fc.constantFrom('1', '9007199254740993').map((value) => Long.fromString(value)),
);

const names = fc.constantFrom('a', 'b', 'a.x', 'b.x');

/** Projections that include or leave out some paths. */
export const projections: fc.Arbitrary<Document> = fc
  .tuple(
    fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'a.x', 'b.y'), {
      minLength: 1,
      maxLength: 2,
      selector: (path) => path[0],
    }),
    fc.boolean(),
    fc.boolean(),
  )
  .map(([all, isIncluded, hasId]) => ({
    ...Object.fromEntries(all.map((path) => [path, isIncluded])),
    ...(hasId ? {} : { _id: false }),
  }));

const one = (operator: string, operand: fc.Arbitrary<unknown>): fc.Arbitrary<Document> =>
  fc.tuple(paths, operand).map(([path, value]) => ({ [operator]: { [path]: value } }));

/** Updates of one path by one operator. */
export const updates: fc.Arbitrary<Document> = fc.oneof(
  one('$set', values),
  one('$unset', fc.constant('')),
  one('$inc', numbers),
  one('$mul', numbers),
  one('$min', scalars),
  one('$max', scalars),
  one('$push', values),
  one(
    '$push',
    fc.array(scalars, { maxLength: 2 }).map((each) => ({ $each: each })),
  ),
  one('$addToSet', scalars),
  one('$pop', fc.constantFrom(1, -1)),
  one('$pullAll', fc.array(scalars, { maxLength: 2 })),
  fc
    .tuple(fc.constantFrom('a', 'b'), fc.constantFrom('c', 'd'))
    .map(([from, to]) => ({ $rename: { [from]: to } })),
);

const accumulators = fc.oneof(
  fc.constant({ n: { $sum: new Int32(1) } }),
  fc.constantFrom('$a', '$b', '$c').map((path) => ({ sum: { $sum: path } })),
);

/** Pipelines of the stages that both servers have. */
export const pipelines: fc.Arbitrary<Document[]> = fc.oneof(
  fc
    .tuple(filters, sorts)
    .map(([filter, sort]) => [{ $match: filter }, { $sort: { ...sort, _id: 1 } }, { $limit: 3 }]),
  fc
    .tuple(names, accumulators)
    .map(([path, fields]) => [
      { $sort: { _id: 1 } },
      { $group: { _id: `$${path}`, ...fields } },
      { $sort: { _id: 1 } },
    ]),
  fc.constantFrom('a', 'b').map((path) => [{ $sort: { _id: 1 } }, { $unwind: `$${path}` }]),
  fc.constantFrom('a', 'b', 'c').map((path) => [{ $sort: { _id: 1 } }, { $unset: path }]),
  fc
    .tuple(
      names,
      scalars.filter((value) => typeof value !== 'string'),
    )
    .map(([path, value]) => [{ $sort: { _id: 1 } }, { $set: { [path]: value } }]),
  filters.map((filter) => [{ $match: filter }, { $count: 'n' }]),
  projections.map((projection) => [{ $sort: { _id: 1 } }, { $project: projection }]),
);
