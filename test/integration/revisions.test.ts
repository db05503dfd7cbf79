import { expect } from 'chai';
import type { Connection } from 'mongoose';
import { connectStore, ensureIndexes } from '../../src/store/connect.ts';
import { revisionStore, type Revision, type Revisions } from '../../src/store/revisions.ts';
import { freshDatabaseUri } from '../kit/database.ts';

describe('the history of an edited record', () => {
  let connection: Connection;
  let revisions: Revisions;

  const revision = (version: number, more: Partial<Revision> = {}): Revision => ({
    kind: 'product',
    id: 'tea',
    version,
    before: { name: { vi: `Chè ${version}`, en: undefined }, shelfLifeDays: undefined },
    by: 'manager',
    at: new Date('2026-11-24T01:00:00Z'),
    ...more,
  });

  before(async () => {
    connection = await connectStore(await freshDatabaseUri());
    revisions = revisionStore(connection);
    await ensureIndexes(connection);
  });
  after(async () => {
    await connection.dropDatabase();
    await connection.close();
  });

  it('gives the versions below the current one, newest first and as they were', async () => {
    for (const version of [1, 2, 3]) await revisions.record(revision(version));
    await revisions.record(revision(1, { id: 'honey' }));
    await revisions.record(revision(1, { kind: 'organization' }));

    const found = await revisions.of('product', 'tea', { below: 3, limit: 50 });

    expect(found.map(({ version }) => version)).to.deep.equal([2, 1]);
    expect(found[1]).to.deep.equal({ ...revision(1), before: { name: { vi: 'Chè 1' } } });
  });

  it('keeps the first of two records of the same version, also when both come at once', async () => {
    const [first, second] = [revision(1, { id: 'twice' }), revision(1, { id: 'twice', by: 'other' })];

    await revisions.record(first);
    await Promise.all([revisions.record(second), revisions.record(second)]);
    const found = await revisions.of('product', 'twice', { below: 9, limit: 50 });

    expect(found.map(({ by }) => by)).to.deep.equal(['manager']);
  });

  it('gives no more than was asked for', async () => {
    for (let version = 1; version <= 5; version += 1)
      await revisions.record(revision(version, { id: 'many' }));

    const found = await revisions.of('product', 'many', { below: 5, limit: 2 });

    expect(found.map(({ version }) => version)).to.deep.equal([4, 3]);
  });
});
