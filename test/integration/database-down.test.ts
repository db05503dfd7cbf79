import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { MongoClient } from 'mongodb';
import { startEmbeddedMongodb, type EmbeddedMongodb } from '../../src/embedded-mongodb/index.ts';
import { emailOf, testApp, type TestApp } from '../kit/app.ts';
import { teaProduct } from '../kit/samples.ts';

const WRITES = ['insert', 'update', 'findAndModify', 'delete'];
const OUT_OF_DISK_SPACE = 14031;
const OPERATION_FAILED = 96;

describe('a database that fails', () => {
  let folder: string;
  let database: EmbeddedMongodb;
  let operator: MongoClient;
  let app: TestApp;

  const failing = async (data: object, work: () => Promise<void>) => {
    await operator.db('admin').command({ configureFailPoint: 'failCommand', mode: 'alwaysOn', data });
    try {
      await work();
    } finally {
      await operator.db('admin').command({ configureFailPoint: 'failCommand', mode: 'off' });
    }
  };
  const newProduct = async (language: string) =>
    (await app.as('manager')).post(`/cooperatives/${app.cooperativeId}/products`, teaProduct, {
      headers: { 'accept-language': language },
    });

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'nguon-down-'));
    database = await startEmbeddedMongodb({ directory: folder, hasTestCommands: true });
    operator = await MongoClient.connect(database.uri);
    const uri = new URL(database.uri);
    uri.pathname = '/test_down';
    app = await testApp({ uri: uri.href });
    await app.as('manager');
  });
  after(async () => {
    await app.stop();
    await operator.close();
    await database.close();
    rmSync(folder, { recursive: true });
  });

  it('because its disk is full is 503 with when to come back, on a page too, and the same request goes through later', async () => {
    await failing({ failCommands: WRITES, errorCode: OUT_OF_DISK_SPACE }, async () => {
      const [vi, en] = [await newProduct('vi'), await newProduct('en')];
      const page = await (
        await app.browse('guest')
      )
        .signIn(emailOf('manager'), 'mật khẩu sai')
        .catch((error: unknown) => error);

      expect([vi.status, en.status]).to.deep.equal([503, 503]);
      expect(vi.body.type).to.match(/not-ready$/);
      expect(vi.body).to.not.have.property('incident');
      expect(vi.body.detail).to.contain('không nhận thay đổi');
      expect(en.body.detail).to.contain('takes no changes');
      expect(vi.headers.get('retry-after')).to.equal('60');
      expect(page).to.include({ status: 503 });
    });

    expect((await newProduct('vi')).status).to.equal(201);
  });

  it('by breaking connections off is 503', async () => {
    await failing({ failCommands: WRITES, closeConnection: true }, async () => {
      expect((await newProduct('vi')).status).to.equal(503);
    });
  });

  it('at an operation of ours is a fault of ours: 500 with an incident', async () => {
    await failing({ failCommands: WRITES, errorCode: OPERATION_FAILED }, async () => {
      const answer = await newProduct('vi');

      expect(answer.status).to.equal(500);
      expect(answer.body.incident).to.be.a('string');
    });
  });
});
