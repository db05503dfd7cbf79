import fc from 'fast-check';
import type { Document } from 'mongodb';
import { BSON, Double, Int32, Long } from 'mongodb';
import * as every from '../../integration/embedded-mongodb/generators.ts';

/** FerretDB 1 does not have these types: it can neither store nor be asked for them. */
const isKnown = (value: unknown): boolean =>
  !/numberDecimal|minKey|maxKey/.test(BSON.EJSON.stringify([value], { relaxed: false }));

const { paths, sorts } = every;
const scalars = every.scalars.filter(isKnown);
const values = every.values.filter(isKnown);

export { sorts };

/** Filters over the types that both have. */
export const filters = every.filters.filter(isKnown);

/** Documents of the types that both have. */
export const documents = every.documents.map((all) => all.filter(isKnown));

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
const updates: fc.Arbitrary<Document> = fc.oneof(
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

/** An update and the documents that it is for; arithmetic often where there are numbers. */
export const changes: fc.Arbitrary<{ readonly update: Document; readonly filter: Document }> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ update: updates, filter: filters }) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(
        fc.constantFrom('$inc', '$mul', '$min', '$max'),
        fc.constantFrom('a', 'b', 'c'),
        numbers.filter((number) => Number(number) !== 0),
      )
      .map(([operator, path, number]) => ({
        update: { [operator]: { [path]: number } },
        filter: { [path]: { $type: 'number', $ne: 0, $not: { $type: 'array' } } },
      })),
  },
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
