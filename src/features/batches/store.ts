import { Schema, type Connection, type InferRawDocType } from 'mongoose';
import { STRICT, duplicateKey, insertOnce } from '../../store/connect.ts';
import { decodeMoment, listPage, type ListPage } from '../../platform/list-page.ts';
import { COUNT_MAX } from '../../platform/search-page.ts';
import type { Batch, BatchListRequest, BatchStatus } from './contract.ts';

const quantity = { value: { type: Number, required: true }, unit: { type: String, required: true } } as const;
const text = { vi: { type: String, required: true }, en: { type: String } } as const;

const definition = {
  _id: { type: String, required: true },
  code: { type: String, required: true },
  productId: { type: String, required: true },
  cooperativeId: { type: String, required: true },
  provinceCode: { type: String, required: true },
  lotNumber: { type: String, required: true },
  /** Lower case, so that CX-01 and cx-01 are one lot. */
  lotKey: { type: String, required: true },
  quantity: { type: quantity, required: true, _id: false },
  /** What is left in millionths of the unit's base, an exact integer: the compare-and-set works on it. */
  remainingMicro: { type: Number, required: true },
  /** Which batches took how much; a retried taking finds itself here. */
  takenBy: [
    { _id: false, batchId: { type: String, required: true }, micro: { type: Number, required: true } },
  ],
  packs: { type: Number },
  producedOn: { type: String, required: true },
  expiresOn: { type: String },
  inputs: [
    { _id: false, batchId: { type: String, required: true }, quantity: { type: quantity, _id: false } },
  ],
  boughtIn: [{ _id: false, name: { type: text, _id: false }, quantity: { type: quantity, _id: false } }],
  /** `preparing` while its inputs are being taken, `abandoned` while they are being given back. */
  status: { type: String, required: true },
  /** The last event that counts; an event's insert counts once this has moved. */
  lastSequence: { type: Number, required: true },
  demo: { type: Boolean, required: true },
  createdAt: { type: Date, required: true },
  createdBy: { type: String, required: true },
  closedAt: { type: Date },
  closedBy: { type: String },
} as const;

type Row = InferRawDocType<typeof definition>;
type StoredStatus = BatchStatus | 'preparing' | 'abandoned';

/** A batch with what only this feature needs to know. */
export type StoredBatch = Omit<Batch, 'status' | 'remaining'> & {
  readonly status: StoredStatus;
  readonly remainingMicro: number;
  readonly lastSequence: number;
};

export type NewStoredBatch = Omit<StoredBatch, 'lastSequence'>;

function toBatch(row: Row): StoredBatch {
  return {
    id: row._id,
    code: row.code,
    productId: row.productId,
    cooperativeId: row.cooperativeId,
    provinceCode: row.provinceCode,
    lotNumber: row.lotNumber,
    quantity: { value: row.quantity.value, unit: row.quantity.unit },
    remainingMicro: row.remainingMicro,
    packs: row.packs ?? null,
    producedOn: row.producedOn,
    expiresOn: row.expiresOn ?? undefined,
    inputs: (row.inputs ?? []).map(({ batchId, quantity: q }) => ({
      batchId,
      quantity: { value: q?.value ?? 0, unit: q?.unit ?? '' },
    })),
    boughtIn: (row.boughtIn ?? []).map(({ name, quantity: q }) => ({
      name: { vi: name?.vi ?? '', en: name?.en ?? undefined },
      quantity: { value: q?.value ?? 0, unit: q?.unit ?? '' },
    })),
    status: row.status as StoredStatus,
    lastSequence: row.lastSequence,
    demo: row.demo,
    createdAt: row.createdAt,
    createdBy: row.createdBy,
  };
}

/** A pattern that finds the text as it stands. */
const containing = (text: string) => new RegExp(text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'));

const VISIBLE = { status: { $in: ['open', 'closed'] } } as const;

/** Batches in the database. Every change is one document and a compare-and-set. */
export function batchStore(connection: Connection) {
  const schema = new Schema(definition, STRICT);
  schema.index({ code: 1 }, { unique: true });
  schema.index({ productId: 1, lotKey: 1 }, { unique: true });
  schema.index({ cooperativeId: 1, createdAt: -1, _id: -1 });
  schema.index({ productId: 1, createdAt: -1, _id: -1 });
  schema.index({ provinceCode: 1, status: 1 });
  schema.index({ status: 1, createdAt: 1 });
  schema.index({ 'inputs.batchId': 1 });
  const Batches = connection.model('Batch', schema, 'batches');

  const byIdAnyStatus = async (id: string) => {
    const row = await Batches.findById(id).lean();
    return row === null ? null : toBatch(row);
  };

  return {
    byIdAnyStatus,

    async byId(id: string) {
      const row = await Batches.findOne({ _id: id, ...VISIBLE }).lean();
      return row === null ? null : toBatch(row);
    },

    async byLot(productId: string, lotNumber: string) {
      const row = await Batches.findOne({ productId, lotKey: lotNumber.toLowerCase(), ...VISIBLE }).lean();
      return row === null ? null : toBatch(row);
    },

    async byIds(ids: readonly string[]) {
      if (ids.length === 0) return [];
      const rows = await Batches.find({ _id: { $in: [...new Set(ids)] }, ...VISIBLE }).lean();
      return rows.map(toBatch);
    },

    /** Newest first. */
    async madeFrom(batchId: string, limit: number) {
      const rows = await Batches.find({ 'inputs.batchId': batchId, ...VISIBLE })
        .sort({ createdAt: -1, _id: -1 })
        .limit(limit)
        .lean();
      return rows.map(toBatch);
    },

    async byCodes(codes: readonly string[]) {
      if (codes.length === 0) return [];
      const rows = await Batches.find({ code: { $in: [...new Set(codes)] }, ...VISIBLE }).lean();
      return rows.map(toBatch);
    },

    /** Newest first. */
    async ofCooperative(
      cooperativeId: string,
      { limit, cursor, productId, status, lot }: BatchListRequest,
    ): Promise<ListPage<StoredBatch>> {
      const seen = decodeMoment(cursor);
      const older =
        seen === null
          ? {}
          : { $or: [{ createdAt: { $lt: seen.at } }, { createdAt: seen.at, _id: { $lt: seen.id } }] };
      const wanted = {
        ...(productId === undefined ? {} : { productId }),
        ...(status === undefined ? {} : { status }),
        ...(lot === undefined || lot === '' ? {} : { lotKey: containing(lot.toLowerCase()) }),
      };
      const rows = await Batches.find({ cooperativeId, ...VISIBLE, ...wanted, ...older })
        .sort({ createdAt: -1, _id: -1 })
        .limit(limit + 1)
        .lean();
      return listPage(rows.map(toBatch), limit, (batch) => [batch.createdAt.toISOString(), batch.id]);
    },

    /** Newest first. */
    async recent(productId: string, limit: number): Promise<readonly StoredBatch[]> {
      const rows = await Batches.find({ productId, ...VISIBLE })
        .sort({ createdAt: -1, _id: -1 })
        .limit(limit)
        .lean();
      return rows.map(toBatch);
    },

    /** Those that never open are taken away again. */
    async count(provinceCode?: string): Promise<number> {
      return provinceCode === undefined
        ? Batches.estimatedDocumentCount()
        : Batches.countDocuments({ provinceCode, ...VISIBLE }, { limit: COUNT_MAX + 1 });
    },

    /**
     * @returns `inserted`; `existed` when a retry finds its own record; `lot-taken`; `code-taken` when the random
     *   code is in use, and another must be drawn
     */
    async insert(batch: NewStoredBatch): Promise<'inserted' | 'existed' | 'lot-taken' | 'code-taken'> {
      const { id, ...rest } = batch;
      const record = {
        ...rest,
        _id: id,
        lotKey: batch.lotNumber.toLowerCase(),
        packs: batch.packs ?? undefined,
        takenBy: [],
        lastSequence: 0,
      };
      try {
        return (await insertOnce(Batches, record)) ? 'inserted' : 'existed';
      } catch (error) {
        const fields = duplicateKey(error);
        if (fields === null) throw error;
        return fields.includes('code') ? 'code-taken' : 'lot-taken';
      }
    },

    /** Takes `micro` from a batch for `byBatchId`, once. @returns false when so much is not left */
    async take(id: string, byBatchId: string, micro: number): Promise<boolean> {
      const { modifiedCount } = await Batches.updateOne(
        { _id: id, ...VISIBLE, remainingMicro: { $gte: micro }, 'takenBy.batchId': { $ne: byBatchId } },
        { $inc: { remainingMicro: -micro }, $push: { takenBy: { batchId: byBatchId, micro } } },
      );
      if (modifiedCount === 1) return true;
      return (await Batches.exists({ _id: id, 'takenBy.batchId': byBatchId })) !== null;
    },

    /** Gives back what `byBatchId` took, once. */
    async giveBack(id: string, byBatchId: string): Promise<void> {
      const source = await Batches.findOne({ _id: id, 'takenBy.batchId': byBatchId }).lean();
      const taken = source?.takenBy?.find((entry) => entry.batchId === byBatchId);
      if (taken === undefined) return;
      await Batches.updateOne(
        { _id: id, 'takenBy.batchId': byBatchId },
        { $inc: { remainingMicro: taken.micro }, $pull: { takenBy: { batchId: byBatchId } } },
      );
    },

    async changeStatus(id: string, from: StoredStatus, to: StoredStatus): Promise<boolean> {
      const { modifiedCount } = await Batches.updateOne({ _id: id, status: from }, { $set: { status: to } });
      return modifiedCount === 1;
    },

    async close(id: string, closed: { readonly at: Date; readonly by: string }): Promise<boolean> {
      const { modifiedCount } = await Batches.updateOne(
        { _id: id, status: 'open' },
        { $set: { status: 'closed', closedAt: closed.at, closedBy: closed.by } },
      );
      return modifiedCount === 1;
    },

    /** Sets a field that is empty, once. @returns whether it says `value` now */
    async fill(id: string, field: 'expiresOn' | 'packs', value: string | number): Promise<boolean> {
      await Batches.updateOne({ _id: id, [field]: { $exists: false } }, { $set: { [field]: value } });
      return (await Batches.exists({ _id: id, [field]: value })) !== null;
    },

    /** Only for a batch that never opened: nobody was told of it. */
    async discard(id: string): Promise<void> {
      await Batches.deleteOne({ _id: id, status: 'abandoned' });
    },

    /** Batches that stopped half-way before `before`, for the sweep after a crash. */
    async unfinished(before: Date): Promise<readonly StoredBatch[]> {
      const rows = await Batches.find({
        status: { $in: ['preparing', 'abandoned'] },
        createdAt: { $lt: before },
      }).lean();
      return rows.map(toBatch);
    },

    /** Moves the open batch's count of events from `sequence − 1`; false when it has moved or the batch closed. */
    async countEvent(id: string, sequence: number): Promise<boolean> {
      const { modifiedCount } = await Batches.updateOne(
        { _id: id, status: 'open', lastSequence: sequence - 1 },
        { $set: { lastSequence: sequence } },
      );
      return modifiedCount === 1;
    },
  };
}

export type BatchStore = ReturnType<typeof batchStore>;
