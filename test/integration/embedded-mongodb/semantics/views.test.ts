import { expect } from 'chai';
import type { Document } from 'mongodb';
import type { HeldEngine } from './engine.ts';
import { heldEngine } from './engine.ts';

const FRENCH = { locale: 'fr' };
const DEPTH_MAX = 20;

const view = (create: string, viewOn: string, ...pipeline: Document[]): Document => ({
  create,
  viewOn,
  pipeline,
});
const changed = (collMod: string, more: Document): Document => ({ collMod, ...more });
const aggregated = (aggregate: string, ...pipeline: Document[]): Document => ({
  aggregate,
  pipeline,
  cursor: {},
});
const joined = (from: string): Document => ({
  $lookup: { from, as: 'joined', localField: 'a', foreignField: 'a' },
});
const reached = (from: string): Document => ({
  $graphLookup: { from, as: 'reached', startWith: '$a', connectFromField: 'a', connectToField: 'a' },
});
const within = (from: string, ...pipeline: Document[]): Document => ({
  $lookup: { from, pipeline, as: 'joined' },
});
const united = (coll: string, ...pipeline: Document[]): Document => ({ $unionWith: { coll, pipeline } });
const split = (...pipeline: Document[]): Document => ({ $facet: { one: pipeline } });

/** Views `v1` on `v2` on … on nothing, as many as this. */
const chain = (count: number): Document[] =>
  Array.from({ length: count }, (_, at) => view(`v${count - at}`, at === 0 ? 'end' : `v${count - at + 1}`));

/** A pipeline in a pipeline in …, as deep as this. */
const nested = (depth: number): Document =>
  Array.from({ length: depth }).reduce<Document>((inner) => within('c', inner), { $match: {} });

type Case = readonly [what: string, before: readonly Document[], command: Document, code: number];

/**
 * Source: server, db/views/view_catalog.cpp, view_graph.cpp, db/commands/run_aggregate.cpp, db/catalog/coll_mod.cpp;
 * jstests/core/views/views_validation.js, views_creation.js, views_collation.js, views_find.js
 */
const CASES: readonly Case[] = [
  ['a view of itself', [], view('a', 'a'), 5],
  ['a circle of two views', [view('a', 'b')], view('b', 'a'), 5],
  ['a circle of three views', [view('a', 'b'), view('b', 'd')], view('d', 'a'), 5],
  ['a circle by $lookup', [view('a', 'b')], view('b', 'c', joined('a')), 5],
  ['a circle by $graphLookup', [], view('a', 'c', reached('a')), 5],
  ['a circle by $facet', [], view('a', 'c', split(joined('a'))), 5],
  ['a circle by $unionWith', [], view('a', 'c', { $unionWith: 'a' }), 5],
  ['a circle by a pipeline in a pipeline', [], view('a', 'c', united('c', united('a'))), 5],
  ['a view changed into a circle', [view('a', 'c'), view('b', 'a')], changed('a', { viewOn: 'b' }), 5],
  ['twice the same view', [view('a', 'c')], view('b', 'c', joined('a'), united('a')), 0],
  ['a view on nothing', [], view('a', 'nothing'), 0],
  ['views as deep as they may be', chain(DEPTH_MAX), { listCollections: 1 }, 0],
  ['a view above the deepest', chain(DEPTH_MAX), view('v0', 'v1'), 165],
  ['a view below the deepest', chain(DEPTH_MAX), view('end', 'c'), 165],
  ['one that joins the deepest', chain(DEPTH_MAX), view('v0', 'c', joined('v1')), 165],
  ['a read of the deepest', chain(DEPTH_MAX), { find: 'v1' }, 165],
  ['a read that joins the deepest', chain(DEPTH_MAX), aggregated('c', joined('v1')), 165],
  ['a read of the one below', chain(DEPTH_MAX), { find: 'v2' }, 0],
  ['a name of the system', [], view('system.special', 'c'), 73],
  ['a view on a bad name', [], view('a', 'b$'), 73],
  ['an index of its own', [], { ...view('a', 'c'), idIndex: { key: { _id: 1 }, name: '_id_' } }, 72],
  ['a pipeline that is no list', [], { create: 'a', viewOn: 'c', pipeline: {} }, 14],
  ['a pipeline of numbers', [], { create: 'a', viewOn: 'c', pipeline: [1] }, 14],
  ['an unknown stage', [], view('a', 'c', { $nonsense: 1 }), 40324],
  ['an unknown stage within', [], view('a', 'c', within('c', { $nonsense: 1 })), 40324],
  ['a bad $lookup', [], view('a', 'c', { $lookup: { from: 'c', localField: 'a', foreignField: 'a' } }), 9],
  ['a bad $jsonSchema', [], view('a', 'c', { $match: { $jsonSchema: { nonsense: 1 } } }), 9],
  ['a bad $match within', [], view('a', 'c', within('c', { $match: { a: { $nonsense: 1 } } })), 2],
  ['$out', [], view('a', 'c', { $out: 'd' }), 167],
  ['$merge', [], view('a', 'c', { $merge: 'd' }), 167],
  ['$out in $lookup', [], view('a', 'c', within('c', { $out: 'd' })), 51047],
  ['$out in $unionWith', [], view('a', 'c', united('c', { $out: 'd' })), 31441],
  ['$out in $facet', [], view('a', 'c', split({ $out: 'd' })), 40600],
  ['a change stream', [], view('a', 'c', { $changeStream: {} }), 167],
  ['sessions of the server', [], view('a', 'c', { $listLocalSessions: {} }), 73],
  ['variables of $lookup', [], view('a', 'c', {
    $lookup: { from: 'c', let: { x: '$a' }, pipeline: [{ $match: { $expr: { $eq: ['$a', '$$x'] } } }], as: 'b' },
  }), 0], // prettier-ignore
  ['distances without an index as yet', [], view('a', 'c', {
    $geoNear: { near: [0, 0], distanceField: 'd' },
  }), 0], // prettier-ignore
  ['changed to $out', [view('a', 'c')], changed('a', { pipeline: [{ $out: 'd' }] }), 167],
  ['changed to what is no list', [view('a', 'c')], changed('a', { pipeline: 1 }), 14],
  ['a validator of a view', [view('a', 'c')], changed('a', { validator: {} }), 72],
  ['an index of a view', [view('a', 'c')], changed('a', { index: { name: 'i', hidden: true } }), 72],
  ['a collection changed to a view', [], changed('c', { viewOn: 'd' }), 72],
  ['another collation in find', [view('a', 'c')], { find: 'a', collation: FRENCH }, 167],
  ['another collation in count', [view('a', 'c')], { count: 'a', collation: FRENCH }, 167],
  ['another collation in distinct', [view('a', 'c')], { distinct: 'a', key: 'a', collation: FRENCH }, 167],
  ['another collation in aggregate', [view('a', 'c')], { ...aggregated('a'), collation: FRENCH }, 167],
  [
    'another collation in explain',
    [view('a', 'c')],
    { explain: { find: 'a', collation: FRENCH }, verbosity: 'queryPlanner' },
    167,
  ],
  ['the simple collation', [view('a', 'c')], { find: 'a', collation: { locale: 'simple' } }, 0],
  ['its own collation', [{ ...view('a', 'c'), collation: FRENCH }], { find: 'a', collation: FRENCH }, 0],
  ['a view on one of another collation', [view('a', 'c')], { ...view('b', 'a'), collation: FRENCH }, 167],
  [
    'a view that joins one of another collation',
    [view('a', 'c')],
    { ...view('b', 'c', within('c', joined('a'))), collation: FRENCH },
    167,
  ],
  ['a view below one of another collation', [{ ...view('b', 'a'), collation: FRENCH }], view('a', 'c'), 167],
  [
    'a view changed to one of another collation',
    [view('a', 'c'), { ...view('b', 'c'), collation: FRENCH }],
    changed('b', { viewOn: 'a' }),
    167,
  ],
  [
    'a $lookup of a view of another collation',
    [{ ...view('a', 'c'), collation: FRENCH }],
    aggregated('c', joined('a')),
    167,
  ],
  ['a $unionWith of one', [{ ...view('a', 'c'), collation: FRENCH }], aggregated('c', united('a')), 167],
  ['a $graphLookup of one', [{ ...view('a', 'c'), collation: FRENCH }], aggregated('c', reached('a')), 167],
  ['one in a $facet', [{ ...view('a', 'c'), collation: FRENCH }], aggregated('c', split(joined('a'))), 167],
  [
    'a $lookup of a view of the same collation',
    [{ ...view('a', 'c'), collation: FRENCH }],
    { ...aggregated('c', joined('a')), collation: FRENCH },
    0,
  ],
  ['$elemMatch of find', [view('a', 'c')], { find: 'a', projection: { a: { $elemMatch: { b: 1 } } } }, 168],
  ['$slice of find', [view('a', 'c')], { find: 'a', projection: { a: { $slice: 1 } } }, 28667],
  ['a place of find', [view('a', 'c')], { find: 'a', filter: { a: 1 }, projection: { 'a.$': 1 } }, 51050],
  ['keys only', [view('a', 'c')], { find: 'a', returnKey: true }, 168],
  ['places of records', [view('a', 'c')], { find: 'a', showRecordId: true }, 168],
  ['bounds', [view('a', 'c')], { find: 'a', min: { a: 1 }, hint: { a: 1 } }, 168],
  ['a tailable cursor', [view('a', 'c')], { find: 'a', tailable: true }, 168],
  ['a single batch of many', [view('a', 'c')], { find: 'a', singleBatch: true }, 168],
  ['a single batch of one', [view('a', 'c')], { find: 'a', singleBatch: true, limit: 1 }, 0],
  ['the order of the collection', [view('a', 'c')], { find: 'a', sort: { $natural: 1 } }, 0],
  ['$elemMatch in $project', [], aggregated('c', { $project: { a: { $elemMatch: { b: 1 } } } }), 168],
  ['pipelines as deep as they may be', [], aggregated('c', nested(20)), 0],
  ['pipelines within pipelines', [], aggregated('c', nested(21)), 232],
  ['views that make them too deep', [view('a', 'c', nested(20))], aggregated('c', within('a')), 232],
  ['as many stages as there may be', [], aggregated('c', ...Array<Document>(1000).fill({ $skip: 0 })), 0],
  ['more of them', [], aggregated('c', ...Array<Document>(1001).fill({ $skip: 0 })), 7749501],
  ['a bad stage within, over no documents', [], aggregated('none', within('c', { $nonsense: 1 })), 40324],
  ['a bad stage in a union', [], aggregated('none', united('c', { $match: 1 })), 15959],
];

describe('embedded MongoDB: views', () => {
  let engine: HeldEngine;
  beforeEach(async () => {
    engine = await heldEngine();
    engine.ask({ create: 'c' });
  });
  afterEach(() => engine.close());

  for (const [what, before, command, code] of CASES) {
    it(`${code === 0 ? 'takes' : 'refuses'} ${what}${code === 0 ? '' : ` with ${code}`}`, () => {
      const prepared = before.map((one) => engine.ask(one)['code'] as unknown);

      const answer = engine.ask(command);

      expect(prepared.filter((one) => one !== undefined)).to.deep.equal([]);
      expect(answer['code'] ?? 0).to.equal(code);
    });
  }

  it('answers views that refer to one another many times', () => {
    const answers = Array.from({ length: DEPTH_MAX }, (_, at) => DEPTH_MAX - at).map((at) => {
      const next = `v${at + 1}`;
      return engine.ask(view(`v${at}`, next, joined(next), reached(next), split(joined(next)), united(next)));
    });

    expect(answers.map(({ ok }) => ok as unknown)).to.deep.equal(Array(DEPTH_MAX).fill(1));
    expect(engine.ask(aggregated('v10', united('v1')))['code']).to.equal(165);
    expect(engine.ask(aggregated('v10'))['code']).to.equal(195);
    expect(engine.ask(aggregated('v18'))['ok']).to.equal(1);
  });

  it('changes what a view looks at, its pipeline, or both', () => {
    engine.ask({ insert: 'c', documents: [{ _id: 1, a: 1 }, { _id: 2, a: 2 }] }); // prettier-ignore
    engine.ask({ insert: 'd', documents: [{ _id: 3, a: 1 }] });
    engine.ask(view('a', 'c', { $match: { a: 1 } }));
    const found = () => (engine.ask({ find: 'a' })['batch'] as Document[]).map(({ _id }) => _id as unknown);

    const answers = [
      { viewOn: 'd' },
      { pipeline: [] },
      { viewOn: 'c', pipeline: [{ $match: { a: 2 } }] },
    ].map((change) => [engine.ask(changed('a', change))['ok'] as unknown, found()]);

    expect(answers).to.deep.equal([[1, [3]], [1, [3]], [1, [2]]]); // prettier-ignore
  });

  it('lists the collection of views, read-only views beside it', () => {
    engine.ask(view('a', 'c'));

    const listed = engine.ask({ listCollections: 1, nameOnly: true })['batch'] as Document[];

    expect(listed).to.deep.include.members([
      { name: 'a', type: 'view' },
      { name: 'c', type: 'collection' },
      { name: 'system.views', type: 'collection' },
    ]);
  });
});
