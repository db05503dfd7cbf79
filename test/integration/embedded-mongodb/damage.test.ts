import { expect } from 'chai';
import { DatabaseSync } from '@photostructure/sqlite';
import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { startEmbeddedMongodb, type EmbeddedMongodbFailure } from '../../../src/embedded-mongodb/index.ts';
import { randomOf } from '../../crash/random.ts';
import { crashServer } from '../../crash/server-process.ts';
import { failureOf } from './server.ts';

/** In the database file itself, and then in its log. */
const FILED = 400;
const LOGGED = 120;
const CUTS = 12;
const PAGE = 4_096;
const FRAME = 24 + PAGE;

describe('embedded MongoDB: damaged files', function () {
  this.timeout(60_000);
  const seed = Math.floor(Math.random() * 1e9);
  let folder: string;
  /** As a kill has left it, with a log of many commits. */
  let killed: string;
  let directory: string;
  const database = () => join(directory, 'database.sqlite');
  const log = () => join(directory, 'database.sqlite-wal');

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'embedded-damage-'));
    killed = join(folder, 'killed');
    await use(killed, async (client) => {
      const documents = Array.from({ length: FILED }, (_, n) => ({ n, text: 'x'.repeat(500) }));
      await client.db().collection('c').createIndex({ n: 1 }, { unique: true });
      await client.db().collection('c').insertMany(documents);
    });
    const server = crashServer(killed);
    const { uri } = await server.open();
    const client = await MongoClient.connect(uri);
    for (let n = FILED; n < FILED + LOGGED; n += 1) await client.db().collection('c').insertOne({ n });
    await server.kill();
    await client.close(true);
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  beforeEach(() => {
    directory = join(folder, 'damaged');
    rmSync(directory, { recursive: true, force: true });
    cpSync(killed, directory, { recursive: true, filter: (path) => !path.endsWith('.sock') });
  });

  async function use<Result>(at: string, work: (client: MongoClient) => Promise<Result>): Promise<Result> {
    const server = await startEmbeddedMongodb({ directory: at });
    const client = await MongoClient.connect(server.uri);
    try {
      return await work(client);
    } finally {
      await client.close();
      await server.close();
    }
  }

  /** Overwrites bytes of a file. */
  function overwrite(path: string, at: number, bytes: Buffer): void {
    const content = readFileSync(path);
    bytes.copy(content, at);
    writeFileSync(path, content);
  }
  const flip = (path: string, at: number) => {
    overwrite(path, at, Buffer.from([(readFileSync(path)[at] ?? 0) ^ 0x10]));
  };

  it('opens what the kill has left, with everything in it', async () => {
    const count = await use(directory, (client) => client.db().collection('c').countDocuments());

    expect(count).to.equal(FILED + LOGGED);
    expect(statSync(join(killed, 'database.sqlite-wal')).size).to.be.greaterThan(LOGGED * FRAME);
  });

  const damages: readonly (readonly [string, () => void, RegExp])[] = [
    [
      'cut short, with its log there',
      () => truncateSync(database(), 20 * PAGE),
      /database\.sqlite is damaged: it is cut short/,
    ],
    [
      'empty, with its log there',
      () => truncateSync(database(), 0),
      /database\.sqlite is damaged: it is missing or empty/,
    ],
    [
      'missing with its mark, with its log there',
      () => {
        rmSync(database());
        rmSync(join(directory, 'FORMAT'));
      },
      /database\.sqlite is damaged: it is missing or empty, while its log is there/,
    ],
    [
      'of other bytes',
      () => writeFileSync(database(), 'x'.repeat(9_999)),
      /database\.sqlite is damaged: it is not a database/,
    ],
    [
      'of a senseless page size',
      () => overwrite(database(), 16, Buffer.from([3, 7])),
      /database\.sqlite is damaged: its header/,
    ],
    [
      'damaged in a page',
      () => overwrite(database(), 30 * PAGE, Buffer.alloc(PAGE, 0x5a)),
      /database\.sqlite is damaged: /,
    ],
    [
      'without a page',
      () => overwrite(database(), 40 * PAGE, Buffer.alloc(PAGE)),
      /database\.sqlite is damaged: /,
    ],
    [
      'damaged in its log',
      () => flip(log(), 32 + 5 * FRAME + 700),
      /sqlite-wal is damaged: .* in the middle/,
    ],
    [
      'damaged in a frame’s head of its log',
      () => flip(log(), 32 + 9 * FRAME + 10),
      /sqlite-wal is damaged: .* in the middle/,
    ],
    [
      'damaged in the beginning of its log',
      () => flip(log(), 17),
      /sqlite-wal is damaged: the beginning of its log/,
    ],
  ];
  for (const [what, harm, message] of damages) {
    it(`refuses a database that is ${what}, and says which file and what to do`, async () => {
      harm();

      const error = await failureOf(startEmbeddedMongodb({ directory }));

      expect(error['code'], error['message']).to.equal('damaged');
      expect(error['message'])
        .to.match(message)
        .and.contain(directory)
        .and.contain('Restore it from a backup');
    });
  }

  it('serves a large file at once, and writes nothing more when a page in it turns out to be damaged', async () => {
    overwrite(database(), 30 * PAGE, Buffer.alloc(PAGE, 0x5a));
    let tell: (failure: EmbeddedMongodbFailure) => void;
    const told = new Promise<EmbeddedMongodbFailure>((resolve) => (tell = resolve));

    const server = await startEmbeddedMongodb({ directory, checkedBytesMax: 0, onFailure: (f) => tell(f) });
    const failure = await told;
    const client = await MongoClient.connect(server.uri);
    const refused = await failureOf(client.db().collection('c').insertOne({ n: -1 }));
    const found = await client.db().collection('c').findOne({ n: FILED });
    await client.close();
    await server.close();

    expect(failure.kind).to.equal('read-only');
    expect(failure.reason).to.contain(`${directory} is damaged and takes no writes`);
    expect(failure.reason).to.contain('Restore it from a backup');
    expect([refused['code'], refused['message']]).to.deep.equal([96, failure.reason]);
    expect(found?.['n']).to.equal(FILED);
  });

  it('closes while a large file is still being checked', async () => {
    const failures: EmbeddedMongodbFailure[] = [];
    const onFailure = (failure: EmbeddedMongodbFailure) => failures.push(failure);

    const server = await startEmbeddedMongodb({ directory, checkedBytesMax: 0, onFailure });
    await server.close();
    const again = await startEmbeddedMongodb({ directory });
    await again.close();

    expect(failures).to.deep.equal([]);
  });

  for (const isMarked of [true, false]) {
    it(`leaves another program’s database alone ${isMarked ? 'in the place of its own' : 'in a new directory'}`, async () => {
      rmSync(directory, { recursive: true });
      if (isMarked) await use(directory, () => Promise.resolve());
      else cpSync(join(killed, 'lock.sqlite'), join(directory, 'lock.sqlite'));
      rmSync(database(), { force: true });
      const other = new DatabaseSync(database());
      other.exec('CREATE TABLE songs (name TEXT)');
      other.close();
      const before = readFileSync(database());

      const error = await failureOf(startEmbeddedMongodb({ directory }));

      expect(error['code'], error['message']).to.equal('damaged');
      expect(error['message']).to.contain('it is of another program');
      expect(readFileSync(database()).equals(before)).to.equal(true);
    });
  }

  it('refuses a format of a later version, and says so', async () => {
    writeFileSync(join(directory, 'FORMAT'), 'embedded-mongodb 2\n');

    const error = await failureOf(startEmbeddedMongodb({ directory }));

    expect(error['message']).to.match(/“embedded-mongodb 2”.*use the version that wrote it/);
  });

  it(`recovers to a beginning of what was written from a log that ends anywhere (seed ${seed})`, async () => {
    const random = randomOf(seed);
    const whole = readFileSync(log());
    const counts: number[] = [];
    for (let cut = 0; cut < CUTS; cut += 1) {
      const length = random.below(whole.length);
      // Cut off, or never written, as far as the file's length had been set before.
      writeFileSync(
        log(),
        random.chance(0.5)
          ? whole.subarray(0, length)
          : Buffer.concat([whole.subarray(0, length), Buffer.alloc(whole.length - length)]),
      );
      rmSync(join(directory, 'database.sqlite-shm'), { force: true });
      cpSync(join(killed, 'database.sqlite'), database());
      const found = await use(directory, async (client) => {
        const { valid } = await client.db().command({ validate: 'c', full: true });
        const documents = await client.db().collection('c').find().sort({ n: 1 }).toArray();
        return { valid: valid as boolean, numbers: documents.map(({ n }) => Number(n)) };
      });
      expect(found.valid).to.equal(true);
      expect(found.numbers).to.deep.equal([...found.numbers.keys()]);
      expect(found.numbers.length).to.be.within(FILED, FILED + LOGGED);
      counts.push(found.numbers.length);
    }
    expect(new Set(counts).size).to.be.greaterThan(3);
  });
});
