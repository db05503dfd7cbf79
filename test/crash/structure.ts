import type { Db, Document } from 'mongodb';
import { write, type Change, type Stored, type Writer } from './writer.ts';

/**
 * Writes that change what collections and indexes there are. In the ledger each is a document too: an index by its
 * name and key, a collection by its name and the ids in it, so that the same is asked of them after a crash.
 */

const INDEXES = 'indexes';
const COLLECTIONS = 'collections';
const INDEX_PREFIX = 'extra ';
const COLLECTION_PREFIX = 'made by ';

const indexEntry = (name: string, key: Document): Stored => ({ _id: name, key });
const collectionEntry = (name: string, ids: readonly string[]): Stored => ({ _id: name, ids });

/** Makes an index of the writer's own over what everybody writes, or drops it. */
const toggleIndex: Change = ({ name: writer, random, documents, ledger }) => {
  const name = INDEX_PREFIX + writer;
  const entry = `${INDEXES}/${name}`;
  if (ledger.current(entry) !== undefined) {
    return write(ledger, new Map([[entry, null]]), () => documents.dropIndex(name));
  }
  // With a field of its own: no two indexes may have the same key.
  const key: Record<string, 1 | -1> = random.chance(0.5) ? { n: -1, [writer]: 1 } : { tags: 1, [writer]: 1 };
  return write(ledger, new Map([[entry, indexEntry(name, key)]]), () => documents.createIndex(key, { name }));
};

const made = ({ name }: Writer, which: 'a' | 'b'): string => `${COLLECTION_PREFIX}${name} ${which}`;

/** Writes the ids of the writer's own documents into a collection, in place of what was in it. */
const out: Change = (writer, own) => {
  const name = made(writer, 'a');
  const ids = own.map(({ _id }) => _id).sort();
  const changes = new Map([[`${COLLECTIONS}/${name}`, collectionEntry(name, ids)]]);
  const stages = [{ $match: { owner: writer.name } }, { $project: { _id: 1 } }, { $out: name }];
  return write(writer.ledger, changes, () => writer.documents.aggregate(stages).toArray());
};

/** Gives a collection another's name, in place of that one. */
const rename: Change = (writer, own, id) => {
  const [from, to] = [made(writer, 'a'), made(writer, 'b')];
  const before = writer.ledger.current(`${COLLECTIONS}/${from}`);
  if (before === undefined) return out(writer, own, id);
  const changes = new Map<string, Document | null>([
    [`${COLLECTIONS}/${to}`, { ...before, _id: to }],
    [`${COLLECTIONS}/${from}`, null],
  ]);
  const options = { dropTarget: true };
  return write(writer.ledger, changes, () => writer.database.collection(from).rename(to, options));
};

const drop: Change = (writer, own, id) => {
  const name = made(writer, writer.random.pick(['a', 'b']));
  if (writer.ledger.current(`${COLLECTIONS}/${name}`) === undefined) return out(writer, own, id);
  return write(writer.ledger, new Map([[`${COLLECTIONS}/${name}`, null]]), () =>
    writer.database.collection(name).drop(),
  );
};

/** What writers change of the structure. */
export const STRUCTURE_CHANGES: readonly Change[] = [toggleIndex, toggleIndex, out, rename, drop];

/** The structure as it is, in the ledger's terms. @param documents the collection that has the writers' indexes */
export async function structureOf(database: Db, documents: string): Promise<Map<string, Document>> {
  const found = new Map<string, Document>();
  const collections = await database.listCollections({}, { nameOnly: true }).toArray();
  if (collections.some(({ name }) => name === documents)) {
    for (const { name, key } of await database.collection(documents).listIndexes().toArray()) {
      if (!String(name).startsWith(INDEX_PREFIX)) continue;
      found.set(`${INDEXES}/${String(name)}`, indexEntry(String(name), key as Document));
    }
  }
  for (const { name } of collections) {
    if (!name.startsWith(COLLECTION_PREFIX)) continue;
    const rows = await database.collection<Stored>(name).find().sort({ _id: 1 }).toArray();
    found.set(
      `${COLLECTIONS}/${name}`,
      collectionEntry(
        name,
        rows.map(({ _id }) => _id),
      ),
    );
  }
  return found;
}
