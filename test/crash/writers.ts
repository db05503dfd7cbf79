import type { AnyBulkWriteOperation, Db, Document } from 'mongodb';
import { MongoClient, MongoServerError } from 'mongodb';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Ledger } from './ledger.ts';
import { randomOf } from './random.ts';
import { STRUCTURE_CHANGES } from './structure.ts';
import { Unknown, write, type Change, type Stored, type Writer } from './writer.ts';

/** Connections of their own that write at once, so that commits are shared. */
const CLIENTS = 3;
const WRITERS_PER_CLIENT = 3;
const GOODBYE_MAX_MS = 2_000;
const GROUPS = 7;
const SLOTS = 40;
/** Beyond this many documents a writer removes more than it adds. */
const DOCUMENTS_MAX = 60;

/** Plain, with secondary, compound, multikey and unique indexes. */
export const DOCUMENTS = 'documents';
/** Everybody wants the same few places; the unique index gives each to one. */
export const PLACES = 'places';

/** Makes the collections and their indexes where they are not there. */
export async function prepare(database: Db): Promise<void> {
  const documents = database.collection(DOCUMENTS);
  await documents.createIndexes([
    { key: { key: 1 }, unique: true },
    { key: { group: 1, n: -1 } },
    { key: { tags: 1 } },
    { key: { 'parts.size': 1 }, sparse: true },
    { key: { owner: 1 }, partialFilterExpression: { n: { $gt: 5 } }, name: 'partial' },
  ]);
  await database.collection(PLACES).createIndex({ place: 1 }, { unique: true });
}

/** What became of the writers. */
export type Writing = {
  /** Ends with the errors that are not a lost connection, once every writer has stopped. */
  stop(): Promise<void>;
  /** Errors of the server's own, in words. */
  readonly refusals: { readonly code: unknown; readonly message: string; readonly at: bigint }[];
};

/** Starts writers at `uri`; each stops at its first lost connection. */
export async function startWriting(
  uri: string,
  { ledger, seed, run }: { readonly ledger: Ledger; readonly seed: number; readonly run: string },
): Promise<Writing> {
  const clients = await Promise.all(
    Array.from({ length: CLIENTS }, () =>
      MongoClient.connect(uri, {
        maxPoolSize: WRITERS_PER_CLIENT,
        serverSelectionTimeoutMS: 2_000,
        retryReads: false,
        heartbeatFrequencyMS: 60_000,
      }),
    ),
  );
  // Every connection is made before the first write, so that the time until the kill is spent on writing.
  const pings = clients.flatMap((client) => Array<MongoClient>(WRITERS_PER_CLIENT).fill(client));
  await Promise.all(pings.map((client) => client.db().command({ ping: 1 })));
  const refusals: Writing['refusals'] = [];
  let isOver = false;
  const writers = clients.flatMap((client, c) =>
    Array.from({ length: WRITERS_PER_CLIENT }, async (_, w) => {
      const name = `w${c}${w}`;
      const writer: Writer = {
        name,
        random: randomOf(seed, `${run}${name}`),
        database: client.db(),
        documents: client.db().collection<Stored>(DOCUMENTS),
        places: client.db().collection<Stored>(PLACES),
        ledger,
      };
      for (let count = 0; !isOver; count += 1) {
        try {
          await step(writer, `${run}-${name}-${count}`);
        } catch (error) {
          const refusal = error instanceof Unknown ? error.cause : error;
          if (!(refusal instanceof MongoServerError) || typeof refusal.code !== 'number') return;
          refusals.push({ code: refusal.code, message: refusal.message, at: process.hrtime.bigint() });
          if (error instanceof Unknown) return;
          await sleep(5);
        }
      }
    }),
  );
  return {
    refusals,
    async stop() {
      isOver = true;
      await Promise.all(writers);
      const closed = clients.map((client) => client.close(true));
      // A driver's last word to a server that is gone may wait for ever to be written (mongodb 7, `writeCommand`).
      await Promise.race([Promise.all(closed), sleep(GOODBYE_MAX_MS, undefined, { ref: false })]);
    },
  };
}

const keyOf = (_id: string): string => `${DOCUMENTS}/${_id}`;

function newDocument({ random, name }: Writer, _id: string): Stored {
  const size = random.chance(0.02)
    ? random.below(300_000)
    : random.chance(0.1)
      ? random.below(30_000)
      : random.below(400);
  return {
    _id,
    owner: name,
    key: `key of ${_id}`,
    group: random.below(GROUPS),
    n: random.below(10),
    tags: Array.from({ length: random.below(4) }, () => `tag ${random.below(9)}`),
    ...(random.chance(0.5) ? { parts: [{ size: random.below(5) }, { size: 7 }] } : {}),
    text: random.pick(['á', 'b', 'ç', 'đ']).repeat(size),
  };
}

const insertOne: Change = (writer, _own, id) => {
  const document = newDocument(writer, id);
  return write(writer.ledger, new Map([[keyOf(id), document]]), () => writer.documents.insertOne(document));
};

const insertMany: Change = (writer, _own, id) => {
  const documents = Array.from({ length: 2 + writer.random.below(6) }, (_, n) =>
    newDocument(writer, `${id}.${n}`),
  );
  const changes = new Map(documents.map((document) => [keyOf(document._id), document]));
  return write(writer.ledger, changes, () => writer.documents.insertMany(documents));
};

const increment: Change = (writer, own) => {
  const before = writer.random.pick(own);
  const after = { ...before, n: Number(before['n']) + 1 };
  return write(writer.ledger, new Map([[keyOf(before._id), after]]), () =>
    writer.documents.updateOne({ _id: before._id }, { $inc: { n: 1 } }),
  );
};

const set: Change = (writer, own, id) => {
  const before = writer.random.pick(own);
  const { text, tags, group } = newDocument(writer, id);
  const after = { ...before, text, tags, group };
  return write(writer.ledger, new Map([[keyOf(before._id), after]]), () =>
    writer.documents.updateOne({ key: before['key'] }, { $set: { text, tags, group } }),
  );
};

const findAndModify: Change = (writer, own) => {
  const before = writer.random.pick(own);
  const tags = [...(before['tags'] as string[]), 'found'];
  return write(writer.ledger, new Map([[keyOf(before._id), { ...before, tags }]]), async () => {
    const push: Document = { $push: { tags: 'found' } };
    const was = await writer.documents.findOneAndUpdate({ _id: before._id }, push);
    if (was?.['n'] !== before['n']) throw new MongoServerError({ message: `stale ${before._id}`, code: -1 });
  });
};

const replace: Change = (writer, own, id) => {
  const before = writer.random.pick(own);
  const after = { ...newDocument(writer, id), _id: before._id };
  return write(writer.ledger, new Map([[keyOf(before._id), after]]), () =>
    writer.documents.replaceOne({ _id: before._id }, after),
  );
};

const remove: Change = (writer, own) => {
  const { _id } = writer.random.pick(own);
  return write(writer.ledger, new Map([[keyOf(_id), null]]), () => writer.documents.deleteOne({ _id }));
};

const updateMany: Change = (writer, own) => {
  const group = writer.random.below(GROUPS);
  const changes = new Map(
    own
      .filter((document) => document['group'] === group)
      .map((document) => [keyOf(document._id), { ...document, n: Number(document['n']) + 10 }]),
  );
  return write(writer.ledger, changes, () =>
    writer.documents.updateMany({ owner: writer.name, group }, { $inc: { n: 10 } }),
  );
};

const bulk: Change = (writer, own, id) => {
  const changes = new Map<string, Document | null>();
  const operations: AnyBulkWriteOperation<Stored>[] = [];
  for (const before of own.slice(0, 2 + writer.random.below(3))) {
    const isDelete = writer.random.chance(0.5);
    changes.set(keyOf(before._id), isDelete ? null : { ...before, text: id });
    if (isDelete) operations.push({ deleteOne: { filter: { _id: before._id } } });
    else operations.push({ updateOne: { filter: { _id: before._id }, update: { $set: { text: id } } } });
  }
  const document = newDocument(writer, id);
  changes.set(keyOf(id), document);
  operations.push({ insertOne: { document } });
  return write(writer.ledger, changes, () => writer.documents.bulkWrite(operations), 3);
};

/** Takes a place that may be taken, or gives one of its own back. */
const contend: Change = (writer, _own, id) => {
  const prefix = `${PLACES}/${writer.name}:`;
  const held = writer.ledger.keys(prefix);
  if (held.length > 3) {
    const key = writer.random.pick(held);
    const _id = key.slice(PLACES.length + 1);
    return write(writer.ledger, new Map([[key, null]]), () => writer.places.deleteOne({ _id }));
  }
  const document = { _id: `${writer.name}:${id}`, place: writer.random.below(SLOTS) };
  return write(writer.ledger, new Map([[`${PLACES}/${document._id}`, document]]), () =>
    writer.places.insertOne(document),
  );
};

const ALWAYS: readonly Change[] = [insertOne, insertOne, insertMany, contend, contend];
const CHANGES: readonly Change[] = [
  increment,
  increment,
  set,
  set,
  findAndModify,
  replace,
  updateMany,
  bulk,
  remove,
];

function step(writer: Writer, id: string): Promise<void> {
  const own = writer.ledger
    .keys(`${DOCUMENTS}/`)
    .map((key) => writer.ledger.current(key) as Stored)
    .filter(({ owner }) => owner === writer.name);
  if (own.length > DOCUMENTS_MAX) return remove(writer, own, id);
  if (writer.random.chance(0.03)) return writer.random.pick(STRUCTURE_CHANGES)(writer, own, id);
  if (own.length === 0 || writer.random.chance(0.3)) return writer.random.pick(ALWAYS)(writer, own, id);
  return writer.random.pick(CHANGES)(writer, own, id);
}
