import { expect } from 'chai';
import { BSON } from 'mongodb';
import type { Collection, Document } from 'mongodb';
import type { TestServer } from '../server.ts';

/**
 * One update by the command itself, without a driver's own checks between.
 * `after` is the document that there is then, or the code of the refusal, which must have changed nothing.
 */
export type UpdateCase = readonly [
  what: string,
  before: Document | null,
  update: { readonly q?: Document; readonly u: unknown } & Document,
  after: Document | number | null,
];

/** A value with the BSON type of each number and the order of its fields, for comparing. */
export function exact(value: unknown): string {
  const bytes = BSON.serialize({ value });
  return BSON.EJSON.stringify(BSON.deserialize(bytes, { promoteValues: false })['value'], { relaxed: false });
}

/** Code of the first write error, or of the command's own; 0 where there is none. */
export async function codeOf(command: Promise<Document>): Promise<number> {
  const answer = await command.catch((error: unknown) => error as Document);
  const [first] = (answer['writeErrors'] ?? []) as Document[];
  return Number(first?.['code'] ?? answer['code'] ?? 0);
}

const OPEN = { promoteValues: false, projection: {} } as const;

/** What a collection holds, in the order of `_id`. */
export async function held(collection: Collection): Promise<Document[]> {
  return collection.find({}, OPEN).sort({ _id: 1 }).toArray();
}

type Outcome = { readonly code: number; readonly found: Document | null };

async function askUpdate(server: TestServer, [, before, update]: UpdateCase): Promise<Outcome> {
  const { q = {}, u, ...options } = update;
  const collection = server.collection();
  if (before !== null) await collection.insertOne({ ...before });
  const command = { update: collection.collectionName, updates: [{ q, u, ...options }] };
  const code = await codeOf(server.database.command(command));
  const [found = null] = await held(collection);
  return { code, found };
}

/** A test for each case, of a collection of its own; all are asked at once, so that they share commits. */
export function askUpdates(server: () => TestServer, cases: readonly UpdateCase[]): void {
  let outcomes: readonly Outcome[] = [];
  before(async () => {
    outcomes = await Promise.all(cases.map((asked) => askUpdate(server(), asked)));
  });
  cases.forEach(([what, stored, , after], at) => {
    it(`${what}${typeof after === 'number' ? ` → ${after}` : ''}`, () => {
      const { code, found } = outcomes[at] ?? { code: -1, found: null };
      const wanted = typeof after === 'number' ? stored : after;
      if (found !== null && wanted?.['_id'] === undefined) delete found['_id'];

      expect(code).to.equal(typeof after === 'number' ? after : 0);
      expect(exact(found)).to.equal(exact(wanted));
    });
  });
}
