import { expect } from 'chai';
import type { Document } from 'mongodb';
import { BSONRegExp, Long } from 'mongodb';
import type { TestServer } from './server.ts';
import { testServer } from './server.ts';

const find = (fields: Document): Document => ({ find: 'c', ...fields });
const change = (fields: Document): Document => ({
  findAndModify: 'c',
  update: { $set: { b: 1 } },
  ...fields,
});
const driver = { name: 'd', version: '1' };
const hello = (client: unknown): Document => ({ hello: 1, client });
const pipeline = (...stages: Document[]): Document => ({ aggregate: 'c', pipeline: stages, cursor: {} });
const index = (key: Document, more: Document = {}): Document => ({
  createIndexes: 'c',
  indexes: [{ key, name: 'i', ...more }],
});
const update = (u: unknown, more: Document = {}): Document => ({
  update: 'c',
  updates: [{ q: {}, u, ...more }],
});

/** As no driver makes it: its options are checked where it is made. */
const oddRegex = Object.assign(new BSONRegExp('a'), { options: 'z' });

/** What the README lists as not done, and what MongoDB itself refuses, each with its code. */
const REFUSED: readonly (readonly [what: string, command: Document, code: number])[] = [
  ['transactions', find({ txnNumber: Long.fromNumber(1), startTransaction: true, autocommit: false }), 20],
  ['committing one', { commitTransaction: 1 }, 20],
  ['change streams', pipeline({ $changeStream: {} }), 40573],
  ['wildcard indexes', index({ '$**': 1 }), 67],
  ['$where', find({ filter: { $where: 'true' } }), 2],
  ['$text within $or', find({ filter: { $or: [{ $text: { $search: 'a' } }, { a: 1 }] } }), 2],
  ['$function', pipeline({ $set: { x: { $function: { body: '', args: [], lang: 'js' } } } }), 31264],
  ['$accumulator', pipeline({ $group: { _id: 1, x: { $accumulator: {} } } }), 31264],
  ['mapReduce', { mapReduce: 'c', map: '', reduce: '', out: 'd' }, 59],
  ['a French order of accents', find({ collation: { locale: 'fr', backwards: true } }), 115],
  ['a strength above 3', find({ collation: { locale: 'en', strength: 4 } }), 115],
  ['shifted spaces', find({ collation: { locale: 'en', alternate: 'shifted', maxVariable: 'space' } }), 115],
  ['a Chinese order that is not at hand', find({ collation: { locale: 'zh@collation=big5han' } }), 115],
  ['a collation that is a word', find({ collation: 'vi' }), 14],
  ['a collation without a locale', find({ collation: { strength: 1 } }), 40414],
  ['a locale that is a number', find({ collation: { locale: 1 } }), 14],
  ['a locale that there is not', find({ collation: { locale: 'xx' } }), 2],
  ['a locale in another spelling', find({ collation: { locale: 'vi-VN' } }), 2],
  ['a locale with an order that it has not', find({ collation: { locale: 'en_US@collation=phonebook' } }), 2],
  ['a locale that is empty', find({ collation: { locale: '' } }), 2],
  ['another version of the rules', find({ collation: { locale: 'en', version: '1' } }), 161],
  ['a strength of 9', find({ collation: { locale: 'en', strength: 9 } }), 2],
  ['a strength that is a word', find({ collation: { locale: 'en', strength: '3' } }), 14],
  ['an order of capitals that there is not', find({ collation: { locale: 'en', caseFirst: 'x' } }), 2],
  [
    'an order of what does not count',
    find({ collation: { locale: 'en', strength: 2, caseFirst: 'upper' } }),
    2,
  ],
  ['backwards without accents', find({ collation: { locale: 'en', strength: 1, backwards: true } }), 2],
  ['numbers in order by a number', find({ collation: { locale: 'en', numericOrdering: 1 } }), 14],
  ['a collation of an index in an unknown locale', index({ z: 1 }, { collation: { locale: 'xx' } }), 2],
  ['an empty collation of a collection', { create: 'd', collation: {} }, 40414],
  ['a field of a collation that there is not', find({ collation: { locale: 'en', x: 1 } }), 40415],
  ['times of $collStats', pipeline({ $collStats: { latencyStats: {} } }), 115],
  ['$indexStats', pipeline({ $indexStats: {} }), 40324],
  ['$planCacheStats', pipeline({ $planCacheStats: {} }), 40324],
  ['$search', pipeline({ $search: {} }), 40324],
  ['users', { createUser: 'u', pwd: 'p', roles: [] }, 59],
  ['roles', { createRole: 'r', privileges: [], roles: [] }, 59],
  ['sharding', { enableSharding: 'd' }, 59],
  ['other parameters', { setParameter: 1, logLevel: 1 }, 72],
  ['the lock of fsync', { fsync: 1, lock: true }, 115],
  ['profiling', { profile: 2 }, 115],
  ['replication', { replSetGetStatus: 1 }, 76],
  ['a snapshot of several reads', find({ readConcern: { level: 'snapshot' } }), 123],
  ['a read concern that there is not', find({ readConcern: { level: 'unknown' } }), 2],
  ['a write concern by name', { insert: 'c', documents: [{}], writeConcern: { w: 'foo' } }, 2],
  ['a write concern of a read', find({ writeConcern: { w: 1 } }), 72],
  ['a version of the API that there is not', find({ apiVersion: '2' }), 322],
  ['a command outside the API', { distinct: 'c', key: 'a', apiVersion: '1', apiStrict: true }, 323],
  ['strictness without a version', find({ apiStrict: true }), 4886600],
  ['an explanation of another depth', { explain: find({}), verbosity: 'all' }, 2],
  ['an unknown option of a collection', { create: 'd', nonsense: 1 }, 40415],
  ['renaming to a system collection', { renameCollection: 'x.a', to: 'x.system.b' }, 20],
  ['changing an index to nothing', { collMod: 'c', index: { keyPattern: { _id: 1 } } }, 72],
  ['a collection named by a number', { count: 1 }, 73],
  ['a NUL in the name of a field', pipeline({ $set: { x: '$a\0b' } }), 16411],
  ['an empty pipeline over no collection', { aggregate: 1, pipeline: [], cursor: {} }, 73],
  ['a stage over no collection', { aggregate: 1, pipeline: [{ $match: {} }], cursor: {} }, 73],
  ['an index of version 0', index({ a: 1 }, { v: 0 }), 67],
  ['an index with a NUL in its name', index({ a: 1 }, { name: 'i\0' }), 67],
  ['a flat place that is not the first field', index({ a: 1, b: '2d' }), 16801],
  ['a NUL in a pattern', find({ filter: { a: { $regex: 'a\0b' } } }), 2],
  [
    'a stored pattern with an option that there is not',
    { insert: 'c', documents: [{ a: [oddRegex] }] },
    51108,
  ],
  ['a filter with one', find({ filter: { a: oddRegex } }), 51108],
  ['a pattern without end', find({ filter: { a: { $regex: 'c'.repeat(40_000) } } }), 51091],
  [
    'values among the $elemMatch of $all',
    find({ filter: { a: { $all: [{ $elemMatch: { x: 1 } }, 1] } } }),
    2,
  ],
  ['the sort key of no sort', find({ projection: { k: { $meta: 'sortKey' } } }), 40218],
  ['a hint for the natural order and a field', find({ hint: { a: 1, $natural: 1 } }), 2],
  ['a sort by the natural order and a field', find({ sort: { a: 1, $natural: 1 } }), 2],
  ['the natural order by another hint', find({ sort: { $natural: 1 }, hint: { _id: 1 } }), 2],
  ['the natural order both ways', find({ sort: { $natural: 1 }, hint: { $natural: -1 } }), 2],
  ['the natural order of a search', find({ filter: { $text: { $search: 'a' } }, sort: { $natural: 1 } }), 2],
  ['a hint for a search', find({ filter: { $text: { $search: 'a' } }, hint: { _id: 1 } }), 2],
  ['the natural order by distance', find({ filter: { a: { $near: [0, 0] } }, hint: { $natural: 1 } }), 2],
  ['bounds in the natural order', find({ min: { a: 1 }, hint: { $natural: 1 } }), 291],
  ['a sort by an operator', find({ sort: { a: { $nonsense: 1 } } }), 17312],
  ['a sort by nothing that is known', find({ sort: { a: { $meta: 1 } } }), 31138],
  ['a sort by the place of a document', find({ sort: { a: { $meta: 'recordId' } } }), 31138],
  ['a sort by a score of $search', find({ sort: { a: { $meta: 'searchScore' } } }), 31218],
  ['a $sort by what is indexed and $meta', pipeline({ $sort: { _id: { $meta: 1 } } }), 31138],
  ['a $sort that is neither up nor down', pipeline({ $limit: 1 }, { $sort: { a: 2 } }), 15975],
  ['a pipeline by two hints', { ...pipeline(), hint: { a: 1, $natural: 1 } }, 2],
  ['a $sort by words of $search', pipeline({ $sort: { a: { $meta: 'searchHighlights' } } }), 31219],
  ['a sort by $meta and more', find({ sort: { a: { $meta: 'textScore', b: 1 } } }), 9],
  ['the sort key of what is changed', change({ sort: { a: 1 }, fields: { k: { $meta: 'sortKey' } } }), 2],
  ['an upsert by $expr', update({ $set: { b: 1 } }, { q: { $and: [{ $expr: true }] }, upsert: true }), 224],
  ['a changing upsert by $expr', change({ query: { $expr: true }, upsert: true }), 224],
  [
    'an upsert by $expr with a pipeline',
    update([{ $set: { b: 1 } }], { q: { $expr: true }, upsert: true }),
    224,
  ],
  ['distinct values of a name with a NUL', { distinct: 'c', key: 'a\0b' }, 31032],
  ['killing in a collection that is no text', { killCursors: {}, cursors: [Long.fromNumber(1)] }, 2],
  ['killing in a collection without a name', { killCursors: '', cursors: [Long.fromNumber(1)] }, 73],
  ['reading after a time of replication', find({ readConcern: { afterOpTime: { ts: 1, t: 1 } } }), 123],
  ['a field that MongoDB does not know', find({ nonsense: 1 }), 40415],
  ['an operator that there is not', find({ filter: { a: { $nonsense: 1 } } }), 2],
  ['two text indexes', index({ x: 'text' }, { name: 'second' }), 85],
  ['a text index with a collation', index({ z: 'text' }, { collation: { locale: 'en' } }), 67],
  ['an index kind that there is not', index({ a: 'nonsense' }), 67],
  ['an index option that there is not', index({ a: 1 }, { nonsense: 1 }), 197],
  ['an empty update path', update({ $set: { '': 1 } }), 56],
  ['an update operator that there is not', update({ $nonsense: { a: 1 } }), 9],
  ['a replacement of many', update({ a: 1 }, { multi: true }), 9],
  ['a $-name in a replacement', update({ a: 1, $b: 1 }), 52],
  ['a stage that updates have not', update([{ $group: { _id: 1 } }]), 72],
  ['a stage that there is not, in an update', update([{ $foo: 1 }]), 40324],
  ['the same in findAndModify', { findAndModify: 'c', query: {}, update: [{ $foo: 1 }] }, 40324],
  ['more than one confirmation', { insert: 'c', documents: [{ _id: 1 }], writeConcern: { w: 2 } }, 2],
  ['a cursor that there is not', { getMore: Long.fromNumber(5), collection: 'c' }, 43],
  ['a name with a NUL', { create: 'a\0b' }, 73],
  ['a client that is no document', hello('x'), 14],
  ['an application that is no document', hello({ application: 'x', driver, os: { type: 'l' } }), 14],
  [
    'an application whose name is no text',
    hello({ application: { name: 1 }, driver, os: { type: 'l' } }),
    14,
  ],
  ['a long name', hello({ application: { name: 'x'.repeat(129) }, driver, os: { type: 'l' } }), 184],
  ['a client without a driver', hello({ os: { type: 'l' } }), 183],
  ['a driver without a version', { isMaster: 1, client: { driver: { name: 'd' }, os: { type: 'l' } } }, 183],
  ['a system without a type', hello({ driver, os: {} }), 183],
  ['a client that says too much', hello({ driver, os: { type: 'l' }, more: 'x'.repeat(1_024) }), 185],
  ['an empty name', { create: '' }, 73],
];

describe('embedded MongoDB: refusals', () => {
  let server: TestServer;
  before(async () => {
    server = await testServer();
    await server.collection('c').insertOne({ a: 1 });
    await server.collection('c').createIndex({ words: 'text' });
  });
  after(() => server.close());

  for (const [what, command, code] of REFUSED) {
    it(`refuses ${what} with ${code}`, async () => {
      const answer = await server.database.command(command).catch((error: unknown) => error as Document);

      const [first] = (answer['writeErrors'] ?? []) as Document[];
      expect(first?.['code'] ?? answer['code']).to.equal(code);
    });
  }

  it('ends the whole command for a stage that there is not', async () => {
    const refused = server.database.command({
      update: 'c',
      updates: [
        { q: {}, u: { $set: { b: 1 } } },
        { q: {}, u: [{ $foo: 1 }] },
      ],
    });

    expect(await refused.catch((error: unknown) => error)).to.include({ code: 40324, ok: 0 });
  });

  it('calls codes by MongoDB’s names, and others by their number', async () => {
    const commands = [
      find({ apiVersion: '2' }),
      { distinct: 'c', key: 'a', apiVersion: '1', apiStrict: true },
      { replSetGetStatus: 1 },
      find({ apiStrict: true }),
      pipeline({ $set: { a: { $toInt: 'x' } } }),
    ];
    const names = await Promise.all(
      commands.map(async (command) =>
        server.database.command(command).catch((error: unknown) => (error as Document)['codeName']),
      ),
    );

    expect(names).to.deep.equal([
      'APIVersionError',
      'APIStrictError',
      'NoReplicationEnabled',
      'Location4886600',
      'ConversionFailure',
    ]);
  });

  it('names the field for which a search by distance has no index', async () => {
    const refused = server.collection('c').findOne({ place: { $near: [1, 2] } });

    expect(await refused.catch((error: unknown) => error)).to.include({ code: 291 });
    expect(await refused.catch(String)).to.match(/ field=(place) /);
  });

  it('has kept nothing of what it refused', async () => {
    expect(await server.collection('c').countDocuments()).to.equal(1);
    expect(await server.database.command({ validate: 'c' })).to.include({ valid: true });
  });
});
