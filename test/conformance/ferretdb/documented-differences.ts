import type { Document } from 'mongodb';
import { BSON } from 'mongodb';

/**
 * Where FerretDB 1.24 answers otherwise than MongoDB documents: such questions are left out of the comparison.
 * Each names what MongoDB does and where that is written.
 */
export type Difference = {
  readonly what: string;
  /** Where MongoDB documents its behaviour. */
  readonly source: string;
  readonly applies: (subject: Document, stored: readonly Document[]) => boolean;
  /** A question that it sets apart. */
  readonly example: { readonly subject: Document; readonly stored: readonly Document[] };
};

const MANUAL = 'https://www.mongodb.com/docs/manual';

const text = (value: unknown): string => BSON.EJSON.stringify(value, { relaxed: false });

const hasList = (stored: readonly Document[], want: (list: readonly unknown[]) => boolean): boolean =>
  stored.some((document) => Object.values(document).some((value) => Array.isArray(value) && want(value)));

const isObject = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

const hasObject = (stored: readonly Document[]): boolean =>
  stored.some((document) => Object.values(document).some((value) => isObject(value) || Array.isArray(value)));

/** Text of the filters alone. */
const filterText = (subject: Document): string =>
  text(
    subject['find'] ??
      subject['filter'] ??
      (subject['pipeline'] as Document[] | undefined)?.[0]?.['$match'] ??
      {},
  );

export const DIFFERENCES: readonly Difference[] = [
  {
    what: 'FerretDB 1 has no decimal128, MinKey and MaxKey',
    source: `${MANUAL}/reference/bson-types/`,
    applies: (subject) => /numberDecimal|minKey|maxKey/.test(text(subject)),
    example: { subject: { find: { a: new BSON.MinKey() } }, stored: [] },
  },
  {
    what: '$set of a path makes documents on the way, not a field with a dot in its name',
    source: `${MANUAL}/reference/operator/aggregation/addFields/#adding-fields-to-an-embedded-document`,
    applies: (subject) => /"\$set":\{"\w\.\w"/.test(text(subject['pipeline'] ?? '')),
    example: { subject: { pipeline: [{ $set: { 'a.x': 1 } }] }, stored: [] },
  },
  {
    what: '$unwind keeps the other fields of a document whose list it takes apart',
    source: `${MANUAL}/reference/operator/aggregation/unwind/#behaviors`,
    applies: (subject, stored) => /\$unwind/.test(text(subject)) && hasList(stored, () => true),
    example: { subject: { pipeline: [{ $unwind: '$a' }] }, stored: [{ a: [1], b: 1 }] },
  },
  {
    what: 'a list of scalars has no field: a path into it is not null either',
    source: `${MANUAL}/tutorial/query-for-null-fields/ and server: matcher/path.cpp, BSONElementIterator`,
    applies: (subject, stored) =>
      /"\w\.\w/.test(filterText(subject)) &&
      hasList(stored, (list) => list.length === 0 || !list.every(isObject)),
    example: { subject: { find: { 'a.x': null } }, stored: [{ a: [1] }] },
  },
  {
    what: 'a number in a path is a place in a list and a name in its documents, both at once',
    source: `${MANUAL}/core/document/#dot-notation and server: matcher/path.cpp, BSONElementIterator`,
    applies: (subject, stored) => /"\w\.\d/.test(filterText(subject)) && hasList(stored, () => true),
    example: { subject: { find: { 'a.0': null } }, stored: [{ a: [{}] }] },
  },
  {
    what: 'a document equals an element of a list',
    source: `${MANUAL}/tutorial/query-array-of-documents/#query-for-a-document-nested-in-an-array`,
    applies: (subject, stored) =>
      /:\{("[a-z0-9]"|\})/.test(filterText(subject)) && hasList(stored, (list) => list.some(isObject)),
    example: { subject: { find: { a: {} } }, stored: [{ a: [{}] }] },
  },
  {
    what: 'a comparison holds within one type only',
    source: `${MANUAL}/reference/method/db.collection.find/#type-bracketing`,
    applies: (subject, stored) => /\$(gt|gte|lt|lte)"/.test(filterText(subject)) && hasObject(stored),
    example: { subject: { find: { a: { $gte: 1 } } }, stored: [{ a: {} }] },
  },
  {
    what: '$not of several operators holds where one of them does not',
    source: `${MANUAL}/reference/operator/query/not/`,
    applies: (subject) => /"\$not"/.test(filterText(subject)),
    example: { subject: { find: { a: { $not: { $ne: 1, $exists: true } } } }, stored: [] },
  },
  {
    what: 'a field must meet every operator that stands beside $ne of a document or a list',
    source: `${MANUAL}/reference/operator/query/ne/`,
    applies: (subject) => /"\$ne":[{[]/.test(filterText(subject)),
    example: { subject: { find: { a: { $ne: {}, $exists: true } } }, stored: [] },
  },
  {
    what: '$elemMatch asks the elements, not the list, for their size and type',
    source: `${MANUAL}/reference/operator/query/elemMatch/`,
    applies: (subject) => /"\$elemMatch"/.test(filterText(subject)),
    example: { subject: { find: { a: { $elemMatch: { $size: 2 } } } }, stored: [] },
  },
  {
    what: '$pop, $pullAll and $unset of a path that a value blocks change nothing',
    source: `${MANUAL}/reference/operator/update/pop/ and server: update/pop_node.h, allowNonViablePath`,
    applies: (subject) => /"\$(pop|pullAll|unset)":\{"\w\./.test(text(subject['update'] ?? '')),
    example: { subject: { update: { $pop: { 'a.x': 1 } } }, stored: [] },
  },
  {
    what: '$min and $max compare a list or a document by the order of types',
    source: `${MANUAL}/reference/operator/update/min/#behavior`,
    applies: (subject, stored) => /\$(min|max)"/.test(text(subject['update'] ?? '')) && hasObject(stored),
    example: { subject: { update: { $min: { a: 1 } } }, stored: [{ a: [2] }] },
  },
  {
    what: 'a projection keeps the order of the document',
    source: `${MANUAL}/tutorial/project-fields-from-query-results/`,
    applies: (subject) => /"\w\.\w":true/.test(text(subject)),
    example: { subject: { projection: { c: true, 'a.x': true } }, stored: [] },
  },
];
