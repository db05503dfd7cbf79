import { expect } from 'chai';
import { MongoClient } from 'mongodb';
import { once } from 'node:events';
import { existsSync, statSync, truncateSync, unlinkSync, writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCatalog } from '../../../src/embedded-mongodb/catalog.ts';
import { EmbeddedMongodbError, startEmbeddedMongodb } from '../../../src/embedded-mongodb/index.ts';
import { openSqlite } from '../../../src/embedded-mongodb/sqlite.ts';
import { failureOf } from './server.ts';

describe('embedded MongoDB: its life', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'embedded-'));
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  /** Opens the database, runs the work on collection `c`, closes it. */
  async function use<Result>(work: (client: MongoClient) => Promise<Result>): Promise<Result> {
    const server = await startEmbeddedMongodb({ directory });
    const client = await MongoClient.connect(server.uri);
    try {
      return await work(client);
    } finally {
      await client.close();
      await server.close();
    }
  }

  it('finds everything again after a close', async () => {
    await use(async (client) => {
      await client.db().collection('c').createIndex({ n: 1 }, { unique: true });
      await client
        .db()
        .collection('c')
        .insertMany([{ n: 1 }, { n: 2 }]);
    });

    const found = await use((client) => client.db().collection('c').find({ n: 2 }).toArray());

    expect(found).to.have.lengthOf(1);
    expect(existsSync(join(directory, 'database.sqlite-wal'))).to.equal(false);
  });

  it('opens collections and indexes that it would not make any more', async () => {
    const { sqlite } = openSqlite(directory, Infinity);
    const catalog = openCatalog(sqlite, () => () => true);
    const made = catalog.create('test', 'c', { collation: { locale: 'xx' }, validationLevel: 'nonsense' });
    const SPECS: readonly Record<string, unknown>[] = [
      { key: { a: 'hashed', b: 'hashed' }, name: '*', unique: true },
      { key: { c: 1 }, name: 'c', partialFilterExpression: { c: { $ne: 1 } }, sparse: true },
      { key: { d: 1 }, name: 'd', collation: { locale: 'vi-VN', version: '1' } },
      { key: { _fts: 'text', e: 1 }, name: 'e', weights: { f: 1 }, default_language: 'spanglish' },
      { key: { g: '2d', h: '2dsphere' }, name: 'g' },
    ];
    for (const spec of SPECS) catalog.addIndex(made, { v: 2, ...spec });
    sqlite.close();

    await use(async (client) => {
      const collection = client.db('test').collection('c');
      await collection.insertMany([
        { b: 1, d: 'Đ' },
        { b: 2, d: 'e', c: 1 },
      ]);
      expect(await collection.find({ d: 'Đ' }).toArray()).to.have.lengthOf(1);
      expect(await collection.listIndexes().toArray()).to.have.lengthOf(SPECS.length + 1);
      expect(await collection.deleteMany({ c: 1 })).to.include({ deletedCount: 1 });
      await collection.dropIndex('c');
      expect(await collection.drop()).to.equal(true);
    });
  });

  it('starts on an existing database within two seconds', async () => {
    const documents = Array.from({ length: 5_000 }, (_, n) => ({ n, text: 'x'.repeat(100) }));
    await use((client) => client.db().collection('c').insertMany(documents));
    const startedAt = performance.now();

    const server = await startEmbeddedMongodb({ directory });

    expect(performance.now() - startedAt).to.be.lessThan(2_000);
    await server.close();
  });

  it('refuses a directory that is in use, and takes it when it is free', async () => {
    const first = await startEmbeddedMongodb({ directory });

    const error = await failureOf(startEmbeddedMongodb({ directory }));

    expect(error).to.be.instanceOf(EmbeddedMongodbError);
    expect(error['code']).to.equal('directory-in-use');
    await first.close();
    await (await startEmbeddedMongodb({ directory })).close();
  });

  it('lets only its own user reach the socket', async () => {
    const server = await startEmbeddedMongodb({ directory });
    const socketPath = decodeURIComponent(socketOf(server.uri));

    expect(statSync(socketPath).mode & 0o777).to.equal(0o600);
    await server.close();
  });

  it('works in a directory whose path is too long for a socket', async () => {
    directory = join(directory, 'x'.repeat(60), 'y'.repeat(60));
    await mkdir(directory, { recursive: true });

    const count = await use((client) => client.db().collection('c').countDocuments());

    expect(count).to.equal(0);
  });

  const damages: readonly (readonly [string, (file: string) => void])[] = [
    ['cut short', (file) => truncateSync(file, 4_096)],
    ['empty', (file) => writeFileSync(file, '')],
    ['missing', (file) => unlinkSync(file)],
    ['overwritten', (file) => writeFileSync(file, 'x'.repeat(10_000))],
  ];
  for (const [name, damage] of damages) {
    it(`refuses a database file that is ${name}`, async () => {
      await use((client) =>
        client
          .db()
          .collection('c')
          .insertMany([{ n: 1 }, { n: 2 }]),
      );
      damage(join(directory, 'database.sqlite'));

      const error = await failureOf(startEmbeddedMongodb({ directory }));

      expect(error['code']).to.equal('damaged');
    });
  }

  it('closes the connection of a client that sends noise, and serves the others', async () => {
    await use(async (client) => {
      const server = client.options.hosts[0]?.socketPath as string;
      const noises = [
        Buffer.from('GET / HTTP/1.1\r\nHost: x\r\n\r\n'),
        Buffer.from([0xff, 0xff, 0xff, 0x7f, 0, 0, 0, 0, 0, 0, 0, 0, 0xdd, 7, 0, 0]),
        message(2013, Buffer.from([0, 0, 0, 0, 0, 12, 0, 0, 0, 2, 97, 0, 0xff, 0, 0, 0, 0])),
        message(2013, Buffer.from([0, 0, 0, 0, 7])),
        message(2012, Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 0])),
        message(1, Buffer.from([0])),
      ];

      for (const noise of noises) await closedBy(server, noise);

      expect(await client.db().command({ ping: 1 })).to.include({ ok: 1 });
    });
  });
});

function socketOf(uri: string): string {
  return /^mongodb:\/\/([^/]*)\//.exec(uri)?.[1] ?? '';
}

function message(opcode: number, body: Buffer): Buffer {
  const head = Buffer.alloc(16);
  head.writeInt32LE(16 + body.length, 0);
  head.writeInt32LE(opcode, 12);
  return Buffer.concat([head, body]);
}

async function closedBy(socketPath: string, noise: Buffer): Promise<void> {
  const socket = createConnection(socketPath);
  socket.on('error', () => undefined);
  socket.write(noise);
  socket.resume();
  await once(socket, 'close');
}
