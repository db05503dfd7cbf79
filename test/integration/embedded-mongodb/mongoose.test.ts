import { expect } from 'chai';
import type { Connection } from 'mongoose';
import mongoose from 'mongoose';
import { createHash, randomBytes } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import type { TestServer } from './server.ts';
import { failureOf, testServer } from './server.ts';

describe('embedded MongoDB: under Mongoose', () => {
  let server: TestServer;
  let connection: Connection;
  before(async () => {
    server = await testServer();
    connection = await mongoose
      .createConnection(server.uri, { dbName: server.database.databaseName })
      .asPromise();
  });
  after(async () => {
    await connection.close();
    await server.close();
  });

  it('saves, finds, populates and removes', async () => {
    const { Schema } = mongoose;
    const growerSchema = new Schema({ name: { type: String, required: true } });
    const batchSchema = new Schema(
      {
        lot: { type: String, required: true },
        quantity: { type: Schema.Types.Decimal128 },
        grower: { type: Schema.Types.ObjectId, ref: 'Grower' },
        notes: { type: Map, of: String },
        steps: [{ name: String, at: Date }],
      },
      { timestamps: true, optimisticConcurrency: true },
    );
    batchSchema.index({ lot: 1 }, { unique: true });
    const Grower = connection.model('Grower', growerSchema);
    const Batch = connection.model('Batch', batchSchema);
    await Batch.init();

    const grower = await Grower.create({ name: 'HTX Cà phê Krông Năng' });
    const batch = await Batch.create({ lot: 'L1', quantity: '12.5', grower: grower._id, notes: { a: 'b' } });
    batch.steps.push({ name: 'thu hoạch', at: new Date(0) });
    await batch.save();

    const found = await Batch.findOne({ lot: 'L1' })
      .populate<{ grower: { name: string } }>('grower')
      .orFail();
    expect(found.grower.name).to.equal('HTX Cà phê Krông Năng');
    expect(String(found.quantity)).to.equal('12.5');
    expect(found.steps[0]?.at).to.deep.equal(new Date(0));
    const twice = await failureOf(Batch.create({ lot: 'L1' }));
    expect(twice['code']).to.equal(11000);
    const changed = await Batch.findOneAndUpdate(
      { lot: 'L1' },
      { $set: { 'notes.c': 'd' } },
      { returnDocument: 'after' },
    ).lean();
    expect(changed?.notes).to.deep.equal({ a: 'b', c: 'd' });
    expect((await Batch.deleteMany({})).deletedCount).to.equal(1);
  });

  it('refuses the second of two writers of one version', async () => {
    const schema = new mongoose.Schema({ n: Number }, { optimisticConcurrency: true });
    const Counter = connection.model('Counter', schema);
    await Counter.create({ n: 1 });
    const [first, second] = [await Counter.findOne().orFail(), await Counter.findOne().orFail()];
    first.n = 2;
    await first.save();
    second.n = 3;

    const error = await failureOf(second.save());

    expect(error['name']).to.equal('VersionError');
  });

  it('keeps files in GridFS', async () => {
    const bucket = new mongoose.mongo.GridFSBucket(server.database, {
      bucketName: 'photos',
      chunkSizeBytes: 100_000,
    });
    const photo = randomBytes(1_234_567);
    const upload = bucket.openUploadStream('photo.jpg', { metadata: { product: 'p1' } });
    const finished = new Promise((resolve, reject) => upload.once('finish', resolve).once('error', reject));
    upload.end(photo);
    await finished;

    const whole = await buffer(bucket.openDownloadStream(upload.id));
    const part = await buffer(bucket.openDownloadStreamByName('photo.jpg', { start: 99_990, end: 100_010 }));

    const digest = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
    expect(digest(whole)).to.equal(digest(photo));
    expect(part.equals(photo.subarray(99_990, 100_010))).to.equal(true);
    await bucket.delete(upload.id);
    expect(await server.database.collection('photos.chunks').countDocuments()).to.equal(0);
  });
});
