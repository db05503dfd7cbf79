import { Schema, type Connection, type InferRawDocType } from 'mongoose';
import { STRICT, insertOnce } from '../../store/connect.ts';
import { union, type Ranges } from '../../domain/unit-code/ranges.ts';
import { decodeMoment, listPage } from '../../platform/list-page.ts';
import type { ListPage, ListRequest } from '../../platform/list-page.ts';
import { recordedBefore, type Before } from './history.ts';
import { flat, paired } from './store.ts';

const definition = {
  _id: { type: String, required: true },
  runId: { type: String, required: true },
  batchId: { type: String, required: true },
  /** First and last of each range of label numbers, one after the other. */
  numbers: { type: [Number], required: true },
  reason: { type: String, required: true },
  createdAt: { type: Date, required: true },
  createdBy: { type: String, required: true },
  createdByName: { type: String, required: true },
} as const;

type Row = InferRawDocType<typeof definition>;

/** Labels of a run that were taken out before they reached the market: who said so, when and why. Only ever added. */
export type LabelVoid = {
  readonly id: string;
  readonly runId: string;
  readonly batchId: string;
  /** Numbers of labels in the run. */
  readonly numbers: Ranges;
  readonly reason: string;
  readonly createdAt: Date;
  readonly createdBy: string;
  readonly createdByName: string;
};

const toVoid = ({ _id: id, numbers, ...rest }: Row): LabelVoid => ({ ...rest, id, numbers: paired(numbers) });

/** Voids in the database. */
export function voidStore(connection: Connection) {
  const schema = new Schema(definition, STRICT);
  schema.index({ runId: 1, createdAt: 1, _id: 1 });
  schema.index({ batchId: 1 });
  const Voids = connection.model('LabelVoid', schema, 'label-voids');

  async function voidedBy(filter: Record<string, unknown>): Promise<ReadonlyMap<string, Ranges>> {
    const rows = await Voids.find(filter).select({ runId: 1, numbers: 1 }).lean();
    const byRun = new Map<string, Ranges>();
    for (const { runId, numbers } of rows) {
      byRun.set(runId, union([...(byRun.get(runId) ?? []), ...paired(numbers)]));
    }
    return byRun;
  }

  return {
    async byId(id: string): Promise<LabelVoid | null> {
      const row = await Voids.findById(id).lean();
      return row === null ? null : toVoid(row);
    },

    async insert({ id, numbers, ...rest }: LabelVoid): Promise<void> {
      await insertOnce(Voids, { ...rest, _id: id, numbers: flat(numbers) });
    },

    /** Oldest first. */
    async ofRun(runId: string, { limit, cursor }: ListRequest): Promise<ListPage<LabelVoid>> {
      const seen = decodeMoment(cursor);
      const later =
        seen === null
          ? {}
          : { $or: [{ createdAt: { $gt: seen.at } }, { createdAt: seen.at, _id: { $gt: seen.id } }] };
      const rows = await Voids.find({ runId, ...later })
        .sort({ createdAt: 1, _id: 1 })
        .limit(limit + 1)
        .lean();
      return listPage(rows.map(toVoid), limit, (one) => [one.createdAt.toISOString(), one.id]);
    },

    /** Newest first. */
    async before(
      runId: string,
      { before, limit }: { readonly before: Before; readonly limit: number },
    ): Promise<readonly LabelVoid[]> {
      const rows = await Voids.find({ runId, ...recordedBefore(before) })
        .sort({ createdAt: -1, _id: -1 })
        .limit(limit)
        .lean();
      return rows.map(toVoid);
    },

    /** The voided numbers of each run; a run without any is absent. */
    voidedOfRuns: async (runIds: readonly string[]) => voidedBy({ runId: { $in: [...runIds] } }),

    /** The same of all runs of these batches. */
    voidedOfBatches: async (batchIds: readonly string[]) => voidedBy({ batchId: { $in: [...batchIds] } }),
  };
}

export type VoidStore = ReturnType<typeof voidStore>;
