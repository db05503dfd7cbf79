import { expect } from 'chai';
import fc from 'fast-check';
import type { Collection, CreateIndexesOptions, Document } from 'mongodb';
import { documents, expressionFilters, filters, paths, scalars, sorts } from './generators.ts';
import type { TestServer } from './server.ts';
import { testServer } from './server.ts';

/** Indexes of every kind over the generated fields; several of them at once leave the planner a choice. */
const INDEXES: readonly (readonly [Document, CreateIndexesOptions])[] = [
  [{ a: 1 }, {}],
  [{ a: -1 }, {}],
  [{ 'a.x': 1 }, {}],
  [{ a: 1, b: -1 }, {}],
  [{ b: 1, 'a.x': 1 }, {}],
  [{ 'a.x': 1, 'a.y': 1 }, {}],
  [{ b: -1, c: 1, a: 1 }, {}],
  [{ a: 1, c: 1 }, { sparse: true }],
  [{ 'b.x': 1 }, { sparse: true }],
  [{ b: 1 }, { partialFilterExpression: { a: { $gte: 1 } } }],
  [{ c: 1 }, { partialFilterExpression: { b: { $exists: true } } }],
  [{ 'a.0': 1 }, {}],
];

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 50);

/** Two lists in one document that one index names: MongoDB refuses to store it. */
async function insertable(collection: Collection, all: readonly Document[]): Promise<void> {
  for (const document of all) await collection.insertOne({ ...document }).catch(() => undefined);
}

const idsOf = (found: readonly Document[]): unknown[] => found.map(({ _id }) => _id as unknown);

describe('embedded MongoDB: indexes lose nothing and double nothing', () => {
  let server: TestServer;
  before(async () => {
    server = await testServer();
  });
  after(() => server.close());

  const choices = fc.uniqueArray(fc.nat({ max: INDEXES.length - 1 }), { minLength: 1, maxLength: 3 });
  const asks = fc.oneof({ weight: 3, arbitrary: filters }, { weight: 1, arbitrary: expressionFilters });
  const queries = fc.array(fc.record({ filter: asks, sort: sorts }), { minLength: 8, maxLength: 8 });

  it('finds by an index what it finds without one, in the same order', async function () {
    this.timeout(120_000);
    await fc.assert(
      fc.asyncProperty(documents, choices, queries, async (all, chosen, asked) => {
        const collection = server.collection();
        for (const at of chosen) {
          const [key, options] = INDEXES[at] ?? [{}, {}];
          await collection.createIndex(key, options);
        }
        await insertable(collection, all);
        for (const { filter, sort } of asked) {
          const ordered = { ...sort, _id: 1 as const };
          const natural = { hint: { $natural: 1 } };
          const plain = idsOf(await collection.find(filter, natural).sort(ordered).toArray());
          expect(idsOf(await collection.find(filter).sort(ordered).toArray())).to.deep.equal(plain);
          const found = idsOf(await collection.find(filter).sort(sort).toArray());
          expect(found)
            .to.have.members(plain as number[])
            .and.have.lengthOf(plain.length);
          expect(await collection.countDocuments(filter)).to.equal(plain.length);
        }
        const { valid } = await server.database.command({ validate: collection.collectionName });
        expect(valid).to.equal(true);
        await collection.drop();
      }),
      { numRuns: RUNS },
    );
  });

  it('finds by a long $in what is found by each of its values', async function () {
    this.timeout(120_000);
    const lists = fc.array(scalars, { minLength: 10, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(documents, lists, paths, async (all, values, path) => {
        const collection = server.collection();
        await insertable(collection, all);
        const found = async (filter: Document): Promise<unknown[]> =>
          idsOf(await collection.find(filter).sort({ _id: 1 }).toArray());
        const byOne = await found({ $or: values.map((value) => ({ [path]: value })) });
        expect(await found({ [path]: { $in: values } })).to.deep.equal(byOne);
        expect(await found({ $nor: [{ [path]: { $nin: values } }] })).to.deep.equal(byOne);
        await collection.createIndex({ [path]: 1 }).catch(() => undefined);
        expect(await found({ [path]: { $in: values } })).to.deep.equal(byOne);
        await collection.drop().catch(() => undefined);
      }),
      { numRuns: RUNS },
    );
  });

  it('keeps every index equal to its collection through updates and removals', async function () {
    this.timeout(120_000);
    const changes = fc.array(
      fc.record({
        filter: filters,
        update: documents.map(([first = {}]) => ({ $set: { ...first, _id: undefined } })),
      }),
      { minLength: 3, maxLength: 3 },
    );
    await fc.assert(
      fc.asyncProperty(documents, choices, changes, async (all, chosen, asked) => {
        const collection = server.collection();
        await insertable(collection, all);
        for (const at of chosen) {
          const [key, options] = INDEXES[at] ?? [{}, {}];
          await collection.createIndex(key, options).catch(() => undefined);
        }
        for (const { filter, update } of asked) {
          await collection.updateMany(filter, update, { ignoreUndefined: true }).catch(() => undefined);
          await collection.deleteOne(filter);
        }
        const { valid, errors } = await server.database.command({ validate: collection.collectionName });
        expect(errors).to.deep.equal([]);
        expect(valid).to.equal(true);
        await collection.drop().catch(() => undefined);
      }),
      { numRuns: RUNS },
    );
  });
});
