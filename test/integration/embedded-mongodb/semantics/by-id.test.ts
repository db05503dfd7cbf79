import { expect } from 'chai';
import fc from 'fast-check';
import type { Collection, Document } from 'mongodb';
import { BSONRegExp, Int32 } from 'mongodb';
import { scalars } from '../generators.ts';
import type { TestServer } from '../server.ts';
import { testServer } from '../server.ts';
import { exact, held } from './tables.ts';

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 10);

/** `_id`s that one index cannot hold twice: one of each set of equal values. */
async function stored(collections: readonly Collection[], ids: readonly unknown[]): Promise<void> {
  for (const collection of collections) {
    const documents = ids.map((_id, at) => ({ _id, n: at, list: [at] })) as Document[];
    await collection.insertMany(documents, { ordered: false }).catch(() => undefined);
  }
}

/** The same question in the shape that has a way of its own (`_id` equals a value), and in others that have not. */
const GENERAL: readonly ((id: unknown) => { readonly filter: Document; readonly hint?: Document })[] = [
  (id) => ({ filter: { _id: { $in: [id] } } }),
  (id) => ({ filter: { _id: id }, hint: { $natural: 1 } }),
  (id) => ({ filter: { $and: [{ _id: id }] } }),
];

const updates: fc.Arbitrary<Document> = fc.oneof(
  fc.integer({ min: -3, max: 3 }).map((by) => ({ $inc: { n: new Int32(by) } })),
  scalars.map((value) => ({ $set: { n: value, 'deep.x': value } })),
  fc.integer({ min: 0, max: 3 }).map((value) => ({ $push: { list: value }, $inc: { count: 1 } })),
  fc.constant({ $unset: { n: 1 } }),
);

describe('embedded MongoDB: the short way by _id answers as the long way does', () => {
  let server: TestServer;
  before(async () => {
    server = await testServer();
  });
  after(() => server.close());

  // A pattern is no `_id`, and for null the driver makes another.
  const isId = (value: unknown): boolean => value !== null && !(value instanceof BSONRegExp);
  const ids = fc.array(scalars.filter(isId), { minLength: 1, maxLength: 5 });

  it('reads, updates and deletes the same', async function () {
    this.timeout(60_000);
    const cases = fc.record({ ids, asked: ids, changes: fc.array(updates, { minLength: 1, maxLength: 3 }) });
    await fc.assert(
      fc.asyncProperty(cases, fc.nat({ max: GENERAL.length - 1 }), async (given, which) => {
        const general = GENERAL[which] ?? GENERAL[0];
        const [short, long] = [server.collection(), server.collection()];
        await stored([short, long], given.ids);
        for (const id of [...given.asked, ...given.ids]) {
          const { filter, hint } = general?.(id) ?? { filter: {} };
          const options = { promoteValues: false, ...(hint === undefined ? {} : { hint }) };
          const read = await short.find({ _id: id } as Document, { promoteValues: false }).toArray();
          expect(exact(read)).to.equal(exact(await long.find(filter, options).toArray()));
          for (const change of given.changes) {
            const fate = (action: Promise<unknown>): Promise<unknown> =>
              action.then(
                (result) => result,
                (error: unknown) => (error as Document)['code'] as unknown,
              );
            const hinted = hint === undefined ? {} : { hint };
            const one = await fate(short.updateOne({ _id: id } as Document, change));
            expect(one).to.deep.equal(await fate(long.updateOne(filter, change, hinted)));
          }
        }
        expect(exact(await held(short))).to.equal(exact(await held(long)));
        const [first] = given.asked;
        const { filter } = general?.(first) ?? { filter: {} };
        const one = await short.deleteOne({ _id: first } as Document);
        expect(one).to.deep.equal(await long.deleteOne(filter));
        await Promise.all([short.drop(), long.drop()].map((drop) => drop.catch(() => undefined)));
      }),
      { numRuns: RUNS },
    );
  });
});
