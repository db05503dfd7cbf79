import { expect } from 'chai';
import type { Document } from 'mongodb';
import type { HeldEngine } from './engine.ts';
import { heldEngine } from './engine.ts';

const create = (options: Document): Document => ({ create: 'new', ...options });
const change = (options: Document): Document => ({ collMod: 'c', ...options });
const changeIndex = (index: Document): Document => change({ index });
const validator = { a: { $gt: 0 } };
const ID = { key: { _id: 1 }, name: '_id_' };

/** A command that changes nothing, and its code. Source: server, jstests/core/collmod_*.js, create_collection.js, doc_validation_invalid_validators.js */
const REFUSED: readonly (readonly [what: string, command: Document, code: number])[] = [
  ['a validator that is a number', create({ validator: 7 }), 14],
  ['a validator that is a word', create({ validator: 'x' }), 14],
  ['a validator in admin', create({ validator, $db: 'admin' }), 72],
  ['a validator in local', create({ validator, $db: 'local' }), 72],
  ['a validator in config', create({ validator, $db: 'config' }), 72],
  ['a level of validation', create({ validationLevel: 'zzz' }), 2],
  ['a level that is a number', create({ validationLevel: 1 }), 14],
  ['an action of validation', create({ validationAction: 'zzz' }), 2],
  ['an index on _id that is a number', create({ idIndex: 1 }), 14],
  ['an empty index on _id', create({ idIndex: {} }), 9],
  ['an index on _id that is of another field', create({ idIndex: { key: { a: 1 }, name: '_id_' } }), 2],
  ['an index on _id that is sparse', create({ idIndex: { ...ID, sparse: true } }), 197],
  ['an index on _id with an option that there is not', create({ idIndex: { ...ID, nonsense: 1 } }), 197],
  ['an index on _id in another order', create({ idIndex: { ...ID, collation: { locale: 'vi' } } }), 2],
  ['an index on _id of a view', create({ viewOn: 'c', pipeline: [], idIndex: ID }), 72],
  ['an index on _id, and whether there is one', create({ autoIndexId: false, idIndex: ID }), 72],
  ['more than a PiB', create({ capped: true, size: 5.3e21 }), 2],
  ['capping to more than a PiB', { convertToCapped: 'c', size: 5.3e21 }, 2],
  ['a change that there is not', change({ validationLevel: 'off', nonsense: 1 }), 40415],
  ['a change of the time of measurements', change({ timeseries: { granularity: 'hours' } }), 115],
  ['a rehearsal', change({ dryRun: true }), 115],
  ['a change to a validator that is a number', change({ validator: 7 }), 14],
  ['a change to a level that there is not', change({ validationLevel: 'zzz' }), 2],
  ['a change to an action that there is not', change({ validationAction: 'zzz' }), 2],
  ['the size of what is not capped', change({ cappedSize: 512 }), 72],
  ['the expiry of a plain collection', change({ expireAfterSeconds: 1 }), 72],
  ['no index', changeIndex({}), 72],
  ['no index by which it is known', changeIndex({ hidden: true }), 72],
  ['nothing of an index', changeIndex({ name: 'i' }), 72],
  ['an index by name and key', changeIndex({ name: 'i', keyPattern: { a: 1 }, hidden: true }), 72],
  ['an index by a key of two', changeIndex({ keyPattern: { a: 1 }, hidden: true }), 181],
  ['an index that there is not', changeIndex({ name: 'none', hidden: true }), 27],
  ['an index by a number', changeIndex({ name: 1, hidden: true }), 14],
  ['an option of an index that there is not', changeIndex({ name: 'i', nonsense: true }), 40415],
  ['a word for truth', changeIndex({ name: 'i', hidden: 'x' }), 14],
  ['the index on _id out of sight', changeIndex({ name: '_id_', hidden: true }), 2],
  ['the expiry of _id', changeIndex({ name: '_id_', expireAfterSeconds: 1 }), 72],
  ['the expiry of two fields', changeIndex({ name: 'two', expireAfterSeconds: 1 }), 72],
  ['an expiry before it began', changeIndex({ name: 'i', expireAfterSeconds: -1 }), 72],
  [
    'a validator with an index that there is not',
    change({ validator, index: { name: 'none', hidden: true } }),
    27,
  ],
];

describe('embedded MongoDB: collections', () => {
  let engine: HeldEngine;
  before(async () => {
    engine = await heldEngine();
    const indexes = [
      { key: { a: 1 }, name: 'i', expireAfterSeconds: 50 },
      { key: { a: 1 }, name: 'j', collation: { locale: 'vi' } },
      { key: { a: 1, b: 1 }, name: 'two' },
    ];
    engine.ask({ createIndexes: 'c', indexes });
  });
  after(() => engine.close());

  const listed = (name = 'c'): Document | undefined =>
    (engine.ask({ listCollections: 1, filter: { name } })['batch'] as Document[])[0];
  const indexes = (): Document[] => engine.ask({ listIndexes: 'c' })['batch'] as Document[];

  for (const [what, command, code] of REFUSED) {
    it(`refuses ${what} with ${code}`, () => {
      const before = [listed(), indexes()];

      expect(engine.ask(command)['code']).to.equal(code);
      expect([listed(), indexes()]).to.deep.equal(before);
      expect(listed('new')).to.equal(undefined);
    });
  }

  it('takes the index on _id as it is, and nothing for what may be missing', () => {
    expect(
      engine.ask({ create: 'plain', idIndex: { ...ID, v: 2 }, validator: null, collation: null }),
    ).to.include({
      ok: 1,
    });
    const collation = { locale: 'vi' };
    expect(engine.ask({ create: 'collated', collation, idIndex: { ...ID, collation } })).to.include({
      ok: 1,
    });
    expect(engine.ask({ create: 'other', collation, idIndex: ID })).to.include({ ok: 1 });
    expect(engine.ask({ create: 'empty', validator: {}, $db: 'admin' })).to.include({ ok: 1 });
  });

  it('changes the bounds of a capped collection, and the expiry of a whole one', () => {
    engine.ask({ create: 'capped', capped: true, size: 4096 });
    engine.ask({ insert: 'capped', documents: [{ _id: 1 }, { _id: 2 }, { _id: 3 }] });

    expect(engine.ask({ collMod: 'capped', cappedSize: 500, cappedMax: 2 })).to.include({ ok: 1 });
    expect(listed('capped')?.['options']).to.deep.equal({ capped: true, size: 512, max: 2 });
    engine.ask({ insert: 'capped', documents: [{ _id: 4 }] });
    expect(engine.ask({ find: 'capped' })['batch']).to.deep.equal([{ _id: 3 }, { _id: 4 }]);

    const clusteredIndex = { key: { _id: 1 }, unique: true };
    engine.ask({ create: 'whole', clusteredIndex });
    engine.ask({ collMod: 'whole', expireAfterSeconds: 60 });
    expect(listed('whole')?.['options']).to.include({ expireAfterSeconds: 60 });
    engine.ask({ collMod: 'whole', expireAfterSeconds: 'off' });
    expect(listed('whole')?.['options']).not.to.have.property('expireAfterSeconds');
  });

  it('measures the disk, databases and parts of a collection', () => {
    engine.ask({ insert: 'sizes', documents: [1, 2, 3, 4].map((_id) => ({ _id })), $db: 'sizes' });
    const size = (more: Document): Document => engine.ask({ dataSize: 'sizes.sizes', ...more, $db: 'sizes' });
    const counted = (more: Document): unknown[] =>
      ['numObjects', 'size', 'maxReached'].map((name) => Number(size(more)[name]));

    expect(counted({})).to.deep.equal([4, 56, NaN]);
    expect(counted({ maxObjects: 2 })).to.deep.equal([3, 42, 1]);
    expect(counted({ maxSize: 20 })).to.deep.equal([2, 28, 1]);
    expect(counted({ maxObjects: 4, maxSize: 100 })).to.deep.equal([4, 56, NaN]);
    expect(counted({ min: { _id: 2 }, max: { _id: 4 } })).to.deep.equal([2, 28, NaN]);
    expect(
      counted({ min: { _id: 2 }, max: { _id: 4 }, keyPattern: { _id: 1 }, maxObjects: 1 }),
    ).to.deep.equal([2, 28, 1]);
    expect(size({ min: { _id: 2 } })).to.include({ ok: 0 });

    const disk = engine.ask({ dbStats: 1, $db: 'sizes' });
    expect(disk['fsTotalSize']).to.be.greaterThan(disk['fsUsedSize'] as number);
    engine.ask({ create: 'view', viewOn: 'sizes', $db: 'sizes' });
    expect(engine.ask({ dbStats: 1, $db: 'sizes' })).to.include({ collections: 2, views: 1, objects: 4 });
    const filter = { name: 'sizes' };
    expect(engine.ask({ listDatabases: 1, filter, $db: 'admin' })).to.include({ totalSize: 56 });
    expect(engine.ask({ listDatabases: 1, filter, nameOnly: true, $db: 'admin' })).not.to.have.property(
      'totalSize',
    );
  });

  it('lists the databases that every server has, in order', () => {
    engine.ask({ create: 'a', $db: 'aaa' });
    const names = (command: Document): string[] =>
      engine
        .ask({ listDatabases: 1, $db: 'admin', ...command })
        ['databases'].map(({ name }: Document) => name as string);
    expect(names({})).to.include.members(['aaa', 'admin', 'config', 'local', 'test']);
    expect(names({ nameOnly: true })).to.deep.equal(names({}));
    expect(names({})).to.deep.equal(names({}).sort());
    expect(names({ filter: { empty: true } })).to.include.members(['config', 'local']);
    engine.ask({ create: 'a', $db: 'local' });
    expect(names({ filter: { empty: false } }))
      .to.include.members(['aaa', 'local'])
      .and.not.include('config');
  });

  it('lists its commands', () => {
    const { commands } = engine.ask({ listCommands: 1, $db: 'admin' });
    const told = { help: 'no help defined', requiresAuth: false, deprecatedApiVersions: [] };
    const [ping, update, listDatabases] = [
      commands.ping,
      commands.update,
      commands.listDatabases,
    ] as Document[];
    expect(ping).to.deep.equal({ ...told, secondaryOk: true, adminOnly: false, apiVersions: ['1'] });
    expect(update).to.deep.equal({ ...told, secondaryOk: false, adminOnly: false, apiVersions: ['1'] });
    expect(listDatabases).to.include({ secondaryOk: true, adminOnly: true });
    expect(commands).to.include.all.keys('listCommands', 'validate', 'aggregate');
    expect(commands.validate.apiVersions).to.deep.equal([]);
  });

  it('tells of no privileges, where it is asked for them', () => {
    const infoOf = (command: Document): Document =>
      engine.ask({ connectionStatus: 1, ...command })['authInfo'];
    expect(infoOf({ showPrivileges: true })).to.deep.include({ authenticatedUserPrivileges: [] });
    expect(infoOf({})).to.have.all.keys('authenticatedUsers', 'authenticatedUserRoles');
  });

  it('renews the certificates that it does not have', () => {
    expect(engine.ask({ rotateCertificates: 1, message: 'x', $db: 'admin' })).to.include({ ok: 1 });
  });

  it('validates fully or in the background', () => {
    engine.ask({ create: 'validated' });
    const validated = (options: Document): Document => engine.ask({ validate: 'validated', ...options });
    expect(validated({ full: true, background: true })).to.include({ ok: 0, code: 72 });
    expect(validated({ full: true, background: false })).to.include({ valid: true });
    expect(validated({ full: false, background: true })).to.include({ valid: true });
  });
});
