import { expect } from 'chai';
import type { Document } from 'mongodb';
import type { TestServer } from '../server.ts';
import { testServer } from '../server.ts';
import { codeOf, exact } from './tables.ts';

/** A stored document, a filter, a projection; what is answered, or the code. */
type Case = readonly [stored: Document, filter: Document, projection: Document, answer: Document | number];

const doc = { a: [1, 2, 3], b: { c: 1, d: 2 }, e: 5 };
const items = { x: [{ a: 1, b: 2 }, { a: 2, c: 3 }, { a: 1, d: 5 }], y: [{ aa: 1 }] }; // prettier-ignore

const reference = { s: { $ref: 'f', $id: [1, 2], $db: 'd' } };

/** Source: manual, Projection; server, jstests/core/query/project/projection_semantics.js, slice1.js */
const SHAPES: readonly Case[] = [
  [doc, {}, {}, { _id: 1, ...doc }],
  [doc, {}, { _id: 1 }, { _id: 1 }],
  [doc, {}, { _id: 0 }, doc],
  [doc, {}, { e: 1 }, { _id: 1, e: 5 }],
  [doc, {}, { e: 1, _id: 0 }, { e: 5 }],
  [doc, {}, { e: 0 }, { _id: 1, a: [1, 2, 3], b: { c: 1, d: 2 } }],
  [doc, {}, { e: 0, _id: 0 }, { a: [1, 2, 3], b: { c: 1, d: 2 } }],
  [doc, {}, { e: 0, _id: 1 }, { _id: 1, a: [1, 2, 3], b: { c: 1, d: 2 } }],
  [doc, {}, { e: true, a: 5.5 }, { _id: 1, a: [1, 2, 3], e: 5 }],
  [doc, {}, { none: 1 }, { _id: 1 }],
  [doc, {}, { 'b.c': 1 }, { _id: 1, b: { c: 1 } }],
  [doc, {}, { b: { c: 1 } }, { _id: 1, b: { c: 1 } }],
  [doc, {}, { 'b.c': 0 }, { _id: 1, a: [1, 2, 3], b: { d: 2 }, e: 5 }],
  [doc, {}, { 'b.none': 1 }, { _id: 1, b: {} }],
  [doc, {}, { 'e.none': 1 }, { _id: 1 }],
  [{ 'b.c': 1, b: { c: 2, _id: 3 } }, {}, { 'b.c': 1 }, { _id: 1, b: { c: 2 } }],
  [{ a: [] }, {}, { 'a.b': 1, _id: 0 }, { a: [] }],
  [{ a: [{}, {}] }, {}, { 'a.b': 1, _id: 0 }, { a: [{}, {}] }],
  [{ a: ['s', null] }, {}, { 'a.b': 1, _id: 0 }, { a: [] }],
  [{ a: ['s', {}, 's', { c: 1 }] }, {}, { 'a.b': 1, _id: 0 }, { a: [{}, {}] }],
  [{ a: [[1, { b: 1 }, { b: 2, c: 2 }, 's']] }, {}, { 'a.b': 1, _id: 0 }, { a: [[{ b: 1 }, { b: 2 }]] }],
  [{ a: [[], [[], [1], [{ c: 1 }]], { b: 1 }] }, {}, { 'a.b': 1, _id: 0 }, { a: [[], [[], [], [{}]], { b: 1 }] }],
  [{ a: [{ b: 1, c: 2 }, 's', [{ b: 1 }]] }, {}, { 'a.b': 0, _id: 0 }, { a: [{ c: 2 }, 's', [{}]] }],
  [{ a: { b: 's' } }, {}, { 'a.b.c': 1, _id: 0 }, { a: {} }],
  [{ a: 1, b: 2, c: 3 }, {}, { c: 1, a: 1 }, { _id: 1, a: 1, c: 3 }],
  [{ a: [{ b: 1 }] }, {}, { 'a.0.b': 1, _id: 0 }, { a: [{}] }],
  [doc, {}, { a: { $slice: 2 } }, { _id: 1, a: [1, 2], b: { c: 1, d: 2 }, e: 5 }],
  [doc, {}, { a: { $slice: -2 }, e: 1 }, { _id: 1, a: [2, 3], e: 5 }],
  [doc, {}, { a: { $slice: [1, 1] }, _id: 0, b: 0, e: 0 }, { a: [2] }],
  [doc, {}, { a: { $slice: [-2, 1] }, _id: 0, b: 0 }, { a: [2], e: 5 }],
  [doc, {}, { a: { $slice: [7, 1] }, e: 1 }, { _id: 1, a: [], e: 5 }],
  [doc, {}, { a: { $slice: 0 }, e: 1 }, { _id: 1, a: [], e: 5 }],
  [doc, {}, { e: { $slice: 1 }, a: 0, b: 0 }, { _id: 1, e: 5 }],
  [{ a: { l: [1, 2] } }, {}, { 'a.l': { $slice: 1 } }, { _id: 1, a: { l: [1] } }],
  [{ a: [{ l: [1, 2] }, { l: [3, 4] }] }, {}, { 'a.l': { $slice: -1 } }, { _id: 1, a: [{ l: [2] }, { l: [4] }] }],
  [doc, {}, { a: { $elemMatch: { $gt: 1 } } }, { _id: 1, a: [2] }],
  [doc, {}, { a: { $elemMatch: { $gt: 9 } } }, { _id: 1 }],
  [doc, {}, { e: { $elemMatch: { $gt: 1 } } }, { _id: 1 }],
  [items, {}, { x: { $elemMatch: { a: 1, d: 5 } }, _id: 0 }, { x: [{ a: 1, d: 5 }] }],
  [items, {}, { x: { $elemMatch: { a: { $gt: 1 } } }, y: 1, _id: 0 }, { y: [{ aa: 1 }], x: [{ a: 2, c: 3 }] }],
  [reference, {}, { 's.$ref': 0, _id: 0 }, { s: { $id: [1, 2], $db: 'd' } }],
  [reference, {}, { 's.$ref': 1, _id: 0 }, { s: { $ref: 'f' } }],
  [reference, {}, { 's.$id': 1, 's.$db': 1, _id: 0 }, { s: { $id: [1, 2], $db: 'd' } }],
  [doc, {}, { s: { $add: ['$e', '$b.c'] } }, { _id: 1, s: 6 }],
  [doc, {}, { 'b.f': '$e', _id: 0 }, { b: { f: 5 } }],
  [doc, {}, { e: 'literal', _id: 0 }, { e: 'literal' }],
  // Source: server, exec/projection_node.cpp, applyExpressionsToValue
  [{ a: 2, c: 3 }, {}, { 'a.b': '$c', c: 1, _id: 0 }, { a: { b: 3 }, c: 3 }],
  [{ a: null }, {}, { 'a.b.c': 'x', _id: 0 }, { a: { b: { c: 'x' } } }],
  [{ a: [1, { b: 2, c: 3 }] }, {}, { 'a.b': 'x', _id: 0 }, { a: [{ b: 'x' }, { b: 'x' }] }],
  [{ a: [[4, null]] }, {}, { 'a.b': 'x', _id: 0 }, { a: [[{ b: 'x' }, { b: 'x' }]] }],
  [{ a: [1, { c: 3 }] }, {}, { 'a.b': 'x', 'a.c': 1, _id: 0 }, { a: [{ b: 'x' }, { c: 3, b: 'x' }] }],
  [doc, {}, { _id: 0, f: { $literal: 1 }, e: 1 }, { e: 5, f: 1 }],
  [doc, {}, { _id: 1, a: { $slice: 1 } }, { _id: 1, a: [1] }],
  [doc, {}, { _id: 0, a: { $elemMatch: { $gt: 1 } } }, { a: [2] }],
  [doc, {}, { e: null }, { _id: 1, e: null }],
  [doc, {}, { s: { $slice: ['$a', 1] }, _id: 0 }, { s: [1] }],
]; // prettier-ignore

/** Source: manual, `$ (projection)`; server, jstests/core/query/project/positional_projection.js */
const POSITIONAL: readonly Case[] = [
  [items, { 'x.a': 2 }, { 'x.$': 1 }, { _id: 1, x: [{ a: 2, c: 3 }] }],
  [items, { 'x.a': 1 }, { 'x.$': 1, _id: 0 }, { x: [{ a: 1, b: 2 }] }],
  [items, { x: { $elemMatch: { a: 1, d: 5 } } }, { 'x.$': 1, _id: 0 }, { x: [{ a: 1, d: 5 }] }],
  [items, {}, { 'g.$': 1 }, { _id: 1 }],
  [{ x: { y: [{ a: 1, b: 1 }, { a: 1, b: 2 }] } }, { 'x.y.a': 1 }, { 'x.y.$': 1, _id: 0 }, { x: { y: [{ a: 1,
    b: 1 }] } }],
  [{ x: 1 }, { x: 1 }, { 'a.$': 1 }, { _id: 1 }],
  [{ x: [-1, 1], a: { b: { d: 1 }, e: 1 } }, { x: { $gt: 0 } }, { 'a.b.c.$': 1, _id: 0 }, { a: { b: {} } }],
  [{ x: [-1, 1], a: { b: { c: 123 } } }, { x: { $gt: 0 } }, { 'a.b.c.$': 1, _id: 0 }, { a: { b: { c: 123 } } }],
  [{ x: [0, 1], a: [{ b: { c: [1] } }, { b: { c: [4] } }] }, { x: 1 }, { 'a.b.c.$': 1, _id: 0 },
    { a: [{ b: { c: [4] } }] }],
  [{ x: [0, 1], a: { b: [{ c: [1] }, { c: [4] }] } }, { x: 1 }, { 'a.b.c.$': 1, _id: 0 }, { a: { b: [{ c: [4] }] } }],
  [{ x: [0, 1], a: { b: { c: [1, 2] } } }, { x: 1 }, { 'a.b.c.$': 1, _id: 0 }, { a: { b: { c: [2] } } }],
  [{ x: [1, 2, 3] }, { x: { $elemMatch: { $gt: 1, $lt: 3 } } }, { 'x.$': 1, _id: 0 }, { x: [2] }],
  [{ a: [[1, 2], [3, 4]], b: [5, 6] }, { a: { $elemMatch: { $elemMatch: { $eq: 3 } } } }, { 'b.$': 1, _id: 0 },
    { b: [6] }],
  [{ a: [1, 2, 3], b: [4, 5, 6] }, { $and: [{ a: 1 }, { a: 2 }, { a: 3 }] }, { 'b.$': 1, _id: 0 }, { b: [6] }],
  [{ a: [1, 2, 3], b: [4, 5, 6] }, { $and: [{ a: 3 }, { a: 2 }, { a: 1 }] }, { 'b.$': 1, _id: 0 }, { b: [4] }],
  [{ a: [1, 2, 3], b: [4, 5, 6] }, { a: { $in: [2, 3] } }, { 'b.$': 1, _id: 0 }, { b: [5] }],
  [{ a: [1, 2, 3], b: [4, 5, 6] }, { $or: [{ a: 2 }, { a: 3 }] }, { 'b.$': 1, _id: 0 }, { b: [5] }],
  [{ a: [{ y: 1 }, { y: [] }] }, { a: { $elemMatch: { y: { $type: ['array'] } } } }, { 'a.$': 1, _id: 0 },
    { a: [{ y: [] }] }],
  [reference, { 's.$id': 2 }, { 's.$id.$': 1, _id: 0 }, { s: { $id: [2] } }],
  [{ a: [5], b: [1, 2] }, { a: 5, b: 2 }, { 'b.$': 1, _id: 0 }, { b: [2] }],
  [{ a: [1] }, { 'a.0': 1 }, { 'a.$': 1 }, 51246],
  [items, {}, { 'x.$': 1 }, 51246],
  [{ b: [4, 5], c: [7, 8] }, { b: [4, 5] }, { 'c.$': 1 }, 51246],
  [{ a: [1, 2], b: [5] }, { $or: [{ a: 1 }, { b: 5 }] }, { 'a.$': 1 }, 51246],
  [{ a: [1, 2] }, { $nor: [{ a: -1 }] }, { 'a.$': 1 }, 51246],
  [{ a: [1, 2] }, { a: { $not: { $elemMatch: { $eq: 100 } } } }, { 'a.$': 1 }, 51246],
]; // prettier-ignore

/** Source: server, jstests/core/query/project/projection_conflicts.js; query/projection_parser.cpp */
const REFUSED: readonly Case[] = [
  [doc, {}, { a: 1, b: 0 }, 31254],
  [doc, {}, { a: 0, b: 1 }, 31253],
  [doc, {}, { a: 1, '_id.x': 0 }, 31254],
  [doc, {}, { a: 0, s: { $add: [1, 1] } }, 31252],
  [doc, {}, { a: 0, s: 'x' }, 31310],
  [doc, {}, { s: 'x', a: 0 }, 31254],
  [doc, {}, { a: 1, 'a.b': 1 }, 31249],
  [doc, {}, { 'a.b': 1, a: 1 }, 31250],
  [doc, {}, { 'a.b': 1, a: { b: 1 } }, 31250],
  [doc, {}, { 'a.b': 0, 'a.b.c': 0 }, 31249],
  [doc, {}, { a: {} }, 51270],
  [doc, {}, { '': 1 }, 40352],
  [doc, {}, { 'a.': 1 }, 40353],
  [doc, {}, { '.a': 1 }, 15998],
  [doc, {}, { 'a..b': 1 }, 15998],
  [doc, {}, { $a: 1 }, 16410],
  [items, { 'x.a': 1 }, { 'x.$': 1, y: 0 }, 31254],
  [items, { 'x.a': 1 }, { 'x.$': 0 }, 31395],
  [items, { 'x.a': 1 }, { 'x.$.a': 1 }, 31394],
  [items, { 'x.a': 1, 'y.aa': 1 }, { 'x.$': 1, 'y.$': 1 }, 31276],
  [items, { 'x.a': 1 }, { 'x.$': { $slice: 1 } }, 31271],
  [items, { 'x.a': 1 }, { 'x.$': 1, y: { $elemMatch: { aa: 1 } } }, 31255],
  [items, {}, { 'x.a': { $elemMatch: { b: 1 } } }, 31275],
  [items, {}, { x: { $elemMatch: 1 } }, 31274],
  [doc, {}, { a: { $slice: 'x' } }, 28667],
  [doc, {}, { a: { $slice: [1, 0] } }, 28724],
  [doc, {}, { a: { $slice: [1, -1] } }, 28724],
  [doc, {}, { a: { $nonsense: 1 } }, 31325],
  [doc, {}, { a: { $elemMatch: { $jsonSchema: {} } } }, 224],
  [doc, {}, { a: { $elemMatch: { $or: [{ $jsonSchema: {} }] } } }, 224],
  [doc, {}, { a: { $elemMatch: { $expr: true } } }, 2],
]; // prettier-ignore

describe('embedded MongoDB: projections', () => {
  let server: TestServer;
  before(async () => {
    server = await testServer();
  });
  after(() => server.close());

  function ask(cases: readonly Case[]): void {
    let outcomes: { readonly code: number; readonly found: Document | undefined }[] = [];
    before(async () => {
      outcomes = await Promise.all(
        cases.map(async ([stored, filter, projection]) => {
          const { collectionName } = server.collection();
          await server.database.command({ insert: collectionName, documents: [{ _id: 1, ...stored }] });
          const command = { find: collectionName, filter, projection };
          const answered = server.database.command(command, { promoteValues: false });
          const code = await codeOf(answered);
          const answer = await answered.catch(() => ({}) as Document);
          return { code, found: (answer['cursor'] as Document | undefined)?.['firstBatch']?.[0] as Document };
        }),
      );
    });
    cases.forEach(([stored, filter, projection, wanted], at) => {
      const name = `${JSON.stringify(projection)} of ${JSON.stringify(stored)} by ${JSON.stringify(filter)}`;
      it(`${name}${typeof wanted === 'number' ? ` → ${wanted}` : ''}`, () => {
        const { code, found } = outcomes[at] ?? { code: -1, found: undefined };

        expect(code).to.equal(typeof wanted === 'number' ? wanted : 0);
        if (typeof wanted !== 'number') expect(exact(found)).to.equal(exact(wanted));
      });
    });
  }

  describe('shapes', () => ask(SHAPES));
  describe('the positional projection', () => ask(POSITIONAL));
  describe('refusals', () => ask(REFUSED));
});
