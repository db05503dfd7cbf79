import { expect } from 'chai';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BSON, GridFSBucket, MongoClient, type Document } from 'mongodb';
import { startEmbeddedMongodb } from '../../src/embedded-mongodb/index.ts';
import { installationKey } from '../../src/platform/keys.ts';
import { contentsOf, type Contents } from '../kit/contents.ts';
import { nguon } from '../kit/operator.ts';

const DOCUMENTS = 3_000;

describe('backup and restore', function () {
  this.timeout(120_000);
  let folder: string;
  let dataDir: string;
  let restored: string;
  let file: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'nguon-backup-'));
    [dataDir, restored, file] = [
      join(folder, 'data'),
      join(folder, 'restored'),
      join(folder, 'a backup.tar'),
    ];
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  /** An installation with documents, indexes, a stored file and keys. */
  async function filled() {
    const server = await startEmbeddedMongodb({ directory: join(dataDir, 'mongodb') });
    const client = await MongoClient.connect(server.uri);
    const batches = client.db().collection('batches');
    await batches.createIndexes([
      { key: { code: 1 }, unique: true },
      { key: { tags: 1, n: -1 }, sparse: true },
      { key: { at: 1 }, expireAfterSeconds: 1_000_000 },
    ]);
    await batches.insertMany(
      Array.from({ length: DOCUMENTS }, (_, n) => ({
        code: `code ${n}`,
        n: BSON.Long.fromNumber(n),
        tags: ['chè', n % 7],
        at: new Date(),
        text: 'x'.repeat(n % 900),
      })),
    );
    await client
      .db('other')
      .collection('c')
      .insertOne({ 'a.b': null, d: BSON.Decimal128.fromString('1.50') });
    const upload = new GridFSBucket(client.db(), { bucketName: 'files' }).openUploadStream('photo');
    upload.end(randomBytes(700_000));
    await once(upload, 'finish');
    installationKey(dataDir, 'session');
    mkdirSync(join(dataDir, 'keys', 'units'), { mode: 0o700 });
    writeFileSync(join(dataDir, 'keys', 'units', '1'), 'secret', { mode: 0o600 });
    return { server, client };
  }

  async function restoredContents(): Promise<Contents> {
    const server = await startEmbeddedMongodb({ directory: join(restored, 'mongodb') });
    try {
      return await contentsOf(server.uri);
    } finally {
      await server.close();
    }
  }

  it('gives everything back that was there, byte for byte, for the owner only', async () => {
    const { server, client } = await filled();
    const before = await contentsOf(server.uri);

    const made = await nguon(dataDir, ['backup', file]);
    await client.close();
    await server.close();
    const put = await nguon(restored, ['restore', file]);

    expect(made.code, made.said).to.equal(0);
    expect(put.code, put.said).to.equal(0);
    expect(made.said)
      .to.match(/Backed up \d+\.\d MB to /)
      .and.match(/ 100 % .* MB\/s/);
    expect(statSync(file).mode & 0o777).to.equal(0o600);
    expect(await restoredContents()).to.deep.equal(before);
    for (const key of ['keys/session', 'keys/units/1']) {
      expect(readFileSync(join(restored, key)).equals(readFileSync(join(dataDir, key)))).to.equal(true);
      expect(statSync(join(restored, key)).mode & 0o777).to.equal(0o600);
    }
    expect(readdirSync(restored).sort()).to.deep.equal(['keys', 'mongodb']);
    expect(readdirSync(folder).sort()).to.deep.equal(['a backup.tar', 'data', 'restored']);
  });

  it('is of one moment while clients go on writing', async () => {
    const { server, client } = await filled();
    let isOver = false;
    const acknowledged = [0, 0, 0];
    const writers = acknowledged.map(async (_, writer) => {
      for (let n = 0; !isOver; n += 1) {
        // First here, then there: a moment may have the first alone, never the second alone.
        await client
          .db()
          .collection<Document>('first')
          .insertOne({ writer, n, text: 'x'.repeat(2_000) });
        await client.db().collection<Document>('second').insertOne({ writer, n });
        acknowledged[writer] = n + 1;
      }
    });
    await new Promise((done) => setTimeout(done, 300));
    const atStart = [...acknowledged];

    const made = await nguon(dataDir, ['backup', file]);
    const atEnd = [...acknowledged];
    isOver = true;
    await Promise.all(writers);
    await client.close();
    await server.close();
    const put = await nguon(restored, ['restore', file]);

    expect([made.code, put.code], made.said + put.said).to.deep.equal([0, 0]);
    const again = await startEmbeddedMongodb({ directory: join(restored, 'mongodb') });
    const reader = await MongoClient.connect(again.uri);
    for (const writer of acknowledged.keys()) {
      const first = await reader.db().collection('first').find({ writer }).sort({ n: 1 }).toArray();
      const second = await reader.db().collection('second').find({ writer }).sort({ n: 1 }).toArray();
      const numbers = (documents: Document[]) => documents.map(({ n }) => Number(n));
      expect(numbers(first)).to.deep.equal([...first.keys()]);
      expect(numbers(second)).to.deep.equal([...second.keys()]);
      expect(first.length - second.length).to.be.within(0, 1);
      expect(second.length).to.be.at.least(atStart[writer] ?? 0);
      // It took part in the writing: the writers had gone on meanwhile.
      expect(atEnd[writer]).to.be.greaterThan(atStart[writer] ?? 0);
    }
    await reader.close();
    await again.close();
  });

  it('refuses a backup in which any byte differs, names what, and puts nothing in place', async () => {
    const { server, client } = await filled();
    await client.close();
    await server.close();
    await nguon(dataDir, ['backup', file]);
    const whole = readFileSync(file);
    const inDatabase = Buffer.from(whole);
    inDatabase.writeUInt8(inDatabase.readUInt8(100_000) ^ 1, 100_000);
    writeFileSync(file, inDatabase);

    const flipped = await nguon(restored, ['restore', file]);
    writeFileSync(file, whole.subarray(0, whole.length - 5_000));
    const short = await nguon(restored, ['restore', file]);
    writeFileSync(file, randomBytes(5_000));
    const foreign = await nguon(restored, ['restore', file]);

    expect([flipped.code, short.code, foreign.code]).to.deep.equal([1, 1, 1]);
    expect(flipped.said).to.contain('mongodb/database.sqlite is damaged').and.contain(file);
    expect(short.said).to.match(/nothing was changed: .*(cut short|damaged)/);
    expect(foreign.said).to.contain('it is not a backup');
    expect(existsSync(restored)).to.equal(false);
  });

  it('overwrites neither a file nor a folder', async () => {
    const { server, client } = await filled();
    await client.close();
    await server.close();
    writeFileSync(file, 'mine');

    const overFile = await nguon(dataDir, ['backup', file]);
    const inside = await nguon(dataDir, ['backup', join(dataDir, 'b')]);
    rmSync(file);
    await nguon(dataDir, ['backup', file]);
    const overFolder = await nguon(dataDir, ['restore', file]);

    expect([overFile.code, inside.code, overFolder.code]).to.deep.equal([1, 1, 1]);
    expect(overFile.said).to.contain('is not overwritten');
    expect(inside.said).to.contain('must not lie inside DATA_DIR');
    expect(overFolder.said).to.contain('DATA_DIR is not empty');
  });

  it('says which tool is for a MongoDB of its own', async () => {
    const settings = { MONGODB_URI: 'mongodb://127.0.0.1:1/x' };

    const made = await nguon(dataDir, ['backup', file], settings);
    const put = await nguon(dataDir, ['restore', file], settings);

    expect([made.code, put.code]).to.deep.equal([1, 1]);
    expect(made.said).to.contain('mongodump');
    expect(put.said).to.contain('mongorestore');
  });

  it('backs up no folder without a database, and no damaged one', async () => {
    const none = await nguon(dataDir, ['backup', file]);
    const { server, client } = await filled();
    await client.close();
    await server.close();
    const database = join(dataDir, 'mongodb', 'database.sqlite');
    const bytes = readFileSync(database);
    bytes.fill(0x5a, 16_384, 16_384 + 8_192);
    writeFileSync(database, bytes);

    const damaged = await nguon(dataDir, ['backup', file]);

    expect([none.code, damaged.code]).to.deep.equal([1, 1]);
    expect(none.said).to.contain('There is no database in DATA_DIR');
    expect(damaged.said).to.match(/damaged/);
    expect(existsSync(file)).to.equal(false);
  });
});
