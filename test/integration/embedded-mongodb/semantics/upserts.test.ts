import { BSONRegExp } from 'mongodb';
import type { Document } from 'mongodb';
import type { TestServer } from '../server.ts';
import { testServer } from '../server.ts';
import type { UpdateCase } from './tables.ts';
import { askUpdates } from './tables.ts';

const pattern = new BSONRegExp('abc', '');
const $set = { a: 1 };

const upsert = (q: Document, u: unknown): { q: Document; u: unknown; upsert: true } => ({
  q,
  u,
  upsert: true,
});

/** What an upsert by operators takes from its filter. Source: server, jstests/core/write/update/upsert_fields.js */
const TAKEN: readonly (readonly [q: Document, made: Document | number])[] = [
  [{ _id: 1 }, { _id: 1 }],
  [{ _id: { $eq: 1 } }, { _id: 1 }],
  [{ _id: { $all: [1] } }, { _id: 1 }],
  [{ _id: { $in: [1] } }, { _id: 1 }],
  [{ $and: [{ _id: 1 }] }, { _id: 1 }],
  [{ $or: [{ _id: { $eq: 1 } }] }, { _id: 1 }],
  [{ '_id.x': 1, '_id.y': 2 }, { _id: { x: 1, y: 2 } }],
  [{ _id: 1, x: 1 }, { _id: 1, x: 1 }],
  [{ _id: 1, x: [1, 2] }, { _id: 1, x: [1, 2] }],
  [{ _id: 1, x: { 'x.x': 1 } }, { _id: 1, x: { 'x.x': 1 } }],
  [{ _id: 1, x: { $eq: pattern } }, { _id: 1, x: pattern }],
  [{ _id: 1, x: pattern }, { _id: 1 }],
  [{ _id: 1, x: { $in: [pattern] } }, { _id: 1 }],
  [{ _id: 1, x: { $gt: 1 } }, { _id: 1 }],
  [{ _id: 1, x: { $ne: 1 } }, { _id: 1 }],
  [{ _id: 1, x: { $in: [1, 2] } }, { _id: 1 }],
  [{ _id: 1, x: { $nin: [1] } }, { _id: 1 }],
  [{ _id: 1, x: { $elemMatch: { $eq: 1 } } }, { _id: 1 }],
  [{ _id: 1, x: { $exists: true } }, { _id: 1 }],
  [{ _id: 1, x: { $not: { $eq: 1 } } }, { _id: 1 }],
  [{ _id: 1, x: { $type: 'int' } }, { _id: 1 }],
  [{ _id: 1, $or: [{ x: { $eq: 1 } }, { x: { $gt: 2 } }] }, { _id: 1 }],
  [{ _id: 1, $nor: [{ x: 1 }] }, { _id: 1 }],
  [{ _id: 1, x: null }, { _id: 1, x: null }],
  [{ _id: 1, 'x.x': 1 }, { _id: 1, x: { x: 1 } }],
  [{ _id: 1, 'x.x': { $all: [1] } }, { _id: 1, x: { x: 1 } }],
  [{ _id: 1, 'x.0': 1 }, { _id: 1, x: { 0: 1 } }],
  [{ _id: 1, $and: [{ 'x.y': 1 }, { 'x.z': { $eq: 2 } }, { w: { $gt: 3 } }] }, { _id: 1, x: { y: 1, z: 2 } }],
  [{ z: 1, _id: 1, y: 2 }, { _id: 1, y: 2, z: 1 }],
  [{ _id: 1, x: { $all: [1, 2] } }, 54],
  [{ _id: 1, $and: [{ x: 1 }, { x: 2 }] }, 54],
  [{ _id: 1, x: { $eq: 1 }, $and: [{ x: 2 }] }, 54],
  [{ _id: 1, x: 1, 'x.x': 1 }, 54],
  [{ _id: 1, 'x.x': 1, x: {} }, 54],
  [{ _id: 1, x: { x: 1 }, 'x.y': 1 }, 54],
  [{ $and: [{ _id: 1 }, { _id: 2 }] }, 54],
  [{ _id: 1, '_id.x': 1 }, 54],
  [{ _id: [1, 2] }, 53],
  [{ _id: { $eq: [1, 2] } }, 53],
]; // prettier-ignore

/** Of a replacement only `_id` comes from the filter, and only conflicts of `_id` count. Source: the same */
const REPLACED: readonly UpdateCase[] = [
  ['_id comes from the filter', null, upsert({ _id: 1, x: 2 }, { a: 1 }), { _id: 1, a: 1 }],
  ['_id comes from $in', null, upsert({ _id: { $in: [1] } }, { a: 1 }), { _id: 1, a: 1 }],
  ['conflicts of other fields do not count', null, upsert({ _id: 1, x: [1], 'x.x': 1 }, { a: 1 }),
    { _id: 1, a: 1 }],
  ['two equal values of another field do not count', null, upsert({ _id: 1, x: { $all: [1, 2] } }, { a: 1 }),
    { _id: 1, a: 1 }],
  ['its own _id stands', null, upsert({ x: 1 }, { a: 1, _id: 5 }), { _id: 5, a: 1 }],
  ['another _id than the filter', null, upsert({ _id: 1 }, { _id: 2 }), 66],
  ['a part of _id', null, upsert({ '_id.x': 1 }, { a: 1 }), 111],
  ['two values of _id', null, upsert({ $and: [{ _id: 1 }, { _id: 2 }] }, { a: 1 }), 54],
  ['a list as _id', null, upsert({}, { _id: [1] }), 53],
  ['a pattern as _id', null, upsert({}, { _id: pattern }), 53],
  ['a document with operators as _id', null, upsert({}, { _id: { $x: 1 } }), 52],
]; // prettier-ignore

const MADE: readonly UpdateCase[] = [
  ['$set over a field of the filter', null, upsert({ _id: 1, a: 5 }, { $set }), { _id: 1, a: 1 }],
  ['$inc of a field of the filter', null, upsert({ _id: 1, a: 5 }, { $inc: { a: 2 } }), { _id: 1, a: 7 }],
  ['$push to a list of the filter', null, upsert({ _id: 1, a: [5] }, { $push: { a: 6 } }), { _id: 1, a: [5, 6] }],
  ['$unset of a field of the filter', null, upsert({ _id: 1, a: 5 }, { $unset: { a: 1 } }), { _id: 1 }],
  ['below a number of the filter', null, upsert({ _id: 1, a: 5 }, { $set: { 'a.b': 1 } }), 28],
  ['$setOnInsert where nothing is found', null,
    upsert({ _id: 1 }, { $set, $setOnInsert: { b: 2 } }), { _id: 1, a: 1, b: 2 }],
  ['$setOnInsert where a document is found', { _id: 1 },
    upsert({ _id: 1 }, { $set, $setOnInsert: { b: 2 } }), { _id: 1, a: 1 }],
  ['$setOnInsert of the same field as $set', null,
    upsert({ _id: 1 }, { $set, $setOnInsert: { a: 2 } }), 40],
  ['$setOnInsert gives _id', null, upsert({ x: 1 }, { $setOnInsert: { _id: 9 } }), { _id: 9, x: 1 }],
  ['$set gives another _id', null, upsert({ _id: 1 }, { $set: { _id: 2 } }), 66],
  ['a list as _id by $set', null, upsert({}, { $set: { _id: [1, 2] } }), 53],
  ['a pipeline begins with the equalities', null,
    upsert({ _id: 1, a: 5, b: { $gt: 1 } }, [{ $set: { c: { $add: ['$a', 1] } } }]), { _id: 1, a: 5, c: 6 }],
  ['a pipeline knows $$NOW and what it has set', null,
    upsert({ _id: 1 }, [{ $set: { a: 1 } }, { $set: { b: '$a' } }]), { _id: 1, a: 1, b: 1 }],
  ['a pipeline that replaces keeps _id', null, upsert({ _id: 1, a: 5 }, [{ $replaceWith: { b: '$a' } }]),
    { _id: 1, b: 5 }],
  ['a pipeline that changes _id', { _id: 1 }, { q: { _id: 1 }, u: [{ $set: { _id: 2 } }] }, 66],
  ['a pipeline with a stage that updates have not', null, upsert({ _id: 1 }, [{ $limit: 1 }]), 72],
  ['many, by operators', null, { ...upsert({ _id: 1 }, { $set }), multi: true }, { _id: 1, a: 1 }],
  ['many, by a replacement', null, { ...upsert({ _id: 1 }, { a: 1 }), multi: true }, 9],
]; // prettier-ignore

describe('embedded MongoDB: upserts', () => {
  let server: TestServer;
  before(async () => {
    server = await testServer();
  });
  after(() => server.close());

  const taken = TAKEN.map(([q, made]): UpdateCase => {
    const after = typeof made === 'number' ? made : { ...made, a: 1 };
    return [JSON.stringify(q), null, upsert(q, { $set }), after];
  });
  describe('what the filter gives', () => askUpdates(() => server, taken));
  describe('a replacement', () => askUpdates(() => server, REPLACED));
  describe('operators and pipelines', () => askUpdates(() => server, MADE));
});
