import { expect } from 'chai';
import type { Document } from 'mongodb';
import type { HeldEngine } from './engine.ts';
import { heldEngine } from './engine.ts';

const aggregate = (...pipeline: Document[]): Document => ({ aggregate: 'c', pipeline, cursor: {} });
const NOBODY = { x: '$$nobody' };
const update = (statement: Document): Document => ({ update: 'c', updates: [{ q: {}, ...statement }] });
const reach = { from: 'c', startWith: '$a', connectFromField: 'a', connectToField: 'b', as: 'x' };
const byExpression = { $expr: { $eq: ['$a', '$$nobody'] } };

/**
 * A variable that there is not is found where the command is parsed, also over no documents.
 * Source: server, variables.cpp, VariablesParseState::getVariable; jstests/aggregation/bugs/server9841.js (17276)
 */
const UNDEFINED: readonly (readonly [what: string, command: Document])[] = [
  ['$project', aggregate({ $project: NOBODY })],
  ['a part of a document', aggregate({ $project: { x: '$$nobody.a' } })],
  ['$addFields', aggregate({ $addFields: { a: NOBODY } })],
  ['$match', aggregate({ $match: byExpression })],
  ['a later $match', aggregate({ $limit: 1 }, { $match: byExpression })],
  ['$group', aggregate({ $group: { _id: '$$nobody' } })],
  ['an accumulator', aggregate({ $group: { _id: 1, x: { $sum: '$$nobody' } } })],
  ['$bucketAuto', aggregate({ $bucketAuto: { groupBy: '$$nobody', buckets: 1 } })],
  ['$replaceWith', aggregate({ $replaceWith: '$$nobody' })],
  ['$redact', aggregate({ $redact: '$$nobody' })],
  ['$$KEEP outside of $redact', aggregate({ $project: { x: '$$KEEP' } })],
  ['$setWindowFields', aggregate({ $setWindowFields: { output: { x: { $sum: '$$nobody' } } } })],
  ['a window function', aggregate({ $setWindowFields: { sortBy: { a: 1 }, output: { x: { $locf: '$$nobody' } } } })],
  ['$fill', aggregate({ $fill: { output: { a: { value: '$$nobody' } } } })],
  ['$graphLookup', aggregate({ $graphLookup: { ...reach, startWith: '$$nobody' } })],
  ['the filter of $graphLookup', aggregate({ $graphLookup: { ...reach, restrictSearchWithMatch: byExpression } })],
  ['$lookup.let', aggregate({ $lookup: { from: 'c', let: NOBODY, pipeline: [], as: 'x' } })],
  ['the pipeline of $lookup', aggregate({ $lookup: { from: 'c', pipeline: [{ $project: NOBODY }], as: 'x' } })],
  ['the filter of $lookup', aggregate({ $lookup: { from: 'c', pipeline: [{ $match: byExpression }], as: 'x' } })],
  ['the pipeline of $unionWith', aggregate({ $unionWith: { coll: 'c', pipeline: [{ $project: NOBODY }] } })],
  ['the pipeline of $facet', aggregate({ $facet: { x: [{ $project: NOBODY }] } })],
  ['the pipeline of $merge', aggregate({ $merge: { into: 'd', whenMatched: [{ $set: NOBODY }] } })],
  ['$merge.let', aggregate({ $merge: { into: 'd', let: NOBODY, whenMatched: [] } })],
  ['after its $let', aggregate({ $project: { x: [{ $let: { vars: { nobody: 1 }, in: 1 } }, '$$nobody'] } })],
  ['another of the same $let', aggregate({ $project: { x: { $let: { vars: { a: 1, b: '$$a' }, in: 1 } } } })],
  ['$$this outside of $map', aggregate({ $project: { x: { $map: { input: '$$this', in: 1 } } } })],
  ['$$this under another name', aggregate({ $project: { x: { $map: { input: '$a', as: 'a', in: '$$this' } } } })],
  ['$$value outside of $reduce', aggregate({ $project: { x: { $filter: { input: '$a', cond: '$$value' } } } })],
  ['$expr of find', { find: 'c', filter: byExpression }],
  ['the projection of find', { find: 'c', filter: {}, projection: NOBODY }],
  ['let of find', { find: 'c', filter: {}, let: { a: '$$nobody' } }],
  ['$expr of count', { count: 'c', query: byExpression }],
  ['$expr of distinct', { distinct: 'c', key: 'a', query: byExpression }],
  ['$expr of update', update({ q: byExpression, u: { $set: { a: 1 } } })],
  ['the pipeline of update', update({ u: [{ $set: NOBODY }] })],
  ['$expr of delete', { delete: 'c', deletes: [{ q: byExpression, limit: 1 }] }],
  ['$expr of findAndModify', { findAndModify: 'c', query: byExpression, remove: true }],
  ['the pipeline of findAndModify', { findAndModify: 'c', query: {}, update: [{ $set: NOBODY }] }],
  ['fields of findAndModify', { findAndModify: 'c', query: {}, fields: NOBODY, remove: true }],
]; // prettier-ignore

const expression = (x: unknown): Document => aggregate({ $project: { x } });
const mapAs = (as: unknown): Document => expression({ $map: { input: [1], as, in: 1 } });

/** Source: server, variables.cpp, uassertValidNameForUserWrite, uassertValidNameForUserRead */
const NAMES: readonly (readonly [what: string, command: Document, code: number])[] = [
  ['a name that begins with $', mapAs('$'), 16867],
  ['a name that begins with a capital', mapAs('UPPER'), 16867],
  ['a name that begins so in $filter', expression({ $filter: { input: [1], as: '$x', cond: 1 } }), 16867],
  ['ROOT', mapAs('ROOT'), 16867],
  ['an empty name', mapAs(''), 16866],
  ['a name that is no text', mapAs(1), 16866],
  ['a name with a dot', mapAs('a.b'), 16868],
  ['a name with a dash in $let', expression({ $let: { vars: { 'a-b': 1 }, in: 1 } }), 16868],
  ['such a name in let', { find: 'c', filter: {}, let: { A: 1 } }, 16867],
  ['such a name in $lookup.let', aggregate({ $lookup: { from: 'c', let: { A: 1 }, pipeline: [], as: 'x' } }), 16867],
  ['such a name in $merge.let', aggregate({ $merge: { into: 'd', let: { A: 1 }, whenMatched: [] } }), 16867],
  ['reading no name', expression('$$'), 16869],
  ['reading a number', expression('$$1'), 16870],
  ['reading a name with a dash', expression('$$a-b'), 16871],
]; // prettier-ignore

const map = (input: unknown, as: string, body: unknown): Document => ({ $map: { input, as, in: body } });

/** Source: server, expression.cpp, ExpressionLet, ExpressionFieldPath::parse: a path begins at CURRENT */
const VALUES: readonly (readonly [what: string, expression: unknown, value: unknown])[] = [
  ['$let makes CURRENT anew', { $let: { vars: { CURRENT: '$a' }, in: ['$b', '$$CURRENT', '$$ROOT._id'] } },
    [1, { b: 1 }, 1]],
  ['$map makes CURRENT anew', map('$list', 'CURRENT', '$b'), [2, 3]],
  ['$filter makes CURRENT anew', { $filter: { input: '$list', as: 'CURRENT', cond: { $eq: ['$b', 3] } } },
    [{ b: 3 }]],
  ['a name that is not ASCII', { $let: { vars: { giá: 7 }, in: '$$giá' } }, 7],
  ['one inside of its $map', map('$list', 'one', { $let: { vars: { c: '$$one.b' }, in: '$$c' } }), [2, 3]],
]; // prettier-ignore

const codeOf = (answer: Document): unknown =>
  ((answer['writeErrors'] as Document[] | undefined)?.[0] ?? answer)['code'];

describe('embedded MongoDB: variables', () => {
  let engine: HeldEngine;
  before(async () => {
    engine = await heldEngine();
    engine.ask({ create: 'empty' });
    engine.ask({ insert: 'some', documents: [{ _id: 1, a: { b: 1 }, list: [{ b: 2 }, { b: 3 }] }] });
  });
  after(() => engine.close());

  for (const over of ['none', 'empty', 'some']) {
    for (const [what, command] of UNDEFINED) {
      it(`finds one that there is not in ${what}, over ${over}`, () => {
        const [name = ''] = Object.keys(command);

        expect(codeOf(engine.ask({ ...command, [name]: over }))).to.equal(17276);
      });
    }
  }

  for (const [what, command, code] of NAMES) {
    it(`refuses ${what} → ${code}`, () => {
      expect(engine.ask(command)['code']).to.equal(code);
    });
  }

  for (const [what, asked, value] of VALUES) {
    it(what, () => {
      const answer = engine.ask({ ...expression(asked), aggregate: 'some' });

      expect((answer['batch'] as Document[])[0]?.['x']).to.deep.equal(value);
    });
  }

  it('lets a variable of a command read those before it', () => {
    const pipeline = [{ $project: { x: '$$b' } }];

    const answer = engine.ask({
      aggregate: 'some',
      pipeline,
      cursor: {},
      let: { a: 1, b: { $add: ['$$a', 1] } },
    });

    expect(answer['batch']).to.deep.equal([{ _id: 1, x: 2 }]);
  });

  it('reads a variable of $lookup in the $documents below it', () => {
    const pipeline = [{ $documents: '$$list' }, { $match: { $expr: { $eq: ['$b', 3] } } }];
    const lookup = { let: { list: '$list' }, pipeline, as: 'x' };

    const answer = engine.ask({
      ...aggregate({ $lookup: lookup }, { $project: { x: 1 } }),
      aggregate: 'some',
    });

    expect(answer['batch']).to.deep.equal([{ _id: 1, x: [{ b: 3 }] }]);
  });
});
