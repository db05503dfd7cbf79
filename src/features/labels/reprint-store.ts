import { Schema, type Connection, type InferRawDocType } from 'mongoose';
import { STRICT, duplicateKey, insertOnce } from '../../store/connect.ts';
import { decodeCursor, listPage, type ListPage, type ListRequest } from '../../platform/list-page.ts';
import type { Reprint } from './contract.ts';
import { recordedBefore, type Before } from './history.ts';
import { flat, paired } from './store.ts';

const definition = {
  _id: { type: String, required: true },
  runId: { type: String, required: true },
  /** From 1 in each run: of two people who reprint at once, one gets the number and the other counts again. */
  number: { type: Number, required: true },
  from: { type: Number, required: true },
  to: { type: Number, required: true },
  /** First and last of each range of void labels between; absent where there was none. */
  leftOut: { type: [Number], default: undefined },
  startAt: { type: Number, required: true },
  reason: { type: String, required: true },
  createdAt: { type: Date, required: true },
  createdBy: { type: String, required: true },
  createdByName: { type: String, required: true },
} as const;

type Row = InferRawDocType<typeof definition>;

const toReprint = ({ _id, leftOut, ...rest }: Row): Reprint => ({
  ...rest,
  id: _id,
  leftOut: paired(leftOut ?? []),
});

/** Reprints in the database: written once, never changed. */
export function reprintStore(connection: Connection) {
  const schema = new Schema(definition, STRICT);
  schema.index({ runId: 1, number: -1 }, { unique: true });
  schema.index({ runId: 1, createdAt: -1, _id: -1 });
  const Reprints = connection.model('Reprint', schema, 'reprints');

  return {
    async byId(id: string): Promise<Reprint | null> {
      const row = await Reprints.findById(id).lean();
      return row === null ? null : toReprint(row);
    },

    /** The run's reprint of this number. */
    async byNumber(runId: string, number: number): Promise<Reprint | null> {
      const row = await Reprints.findOne({ runId, number }).lean();
      return row === null ? null : toReprint(row);
    },

    async lastNumber(runId: string): Promise<number> {
      const last = await Reprints.findOne({ runId }).sort({ number: -1 }).select({ number: 1 }).lean();
      return last?.number ?? 0;
    },

    async insert({ id, leftOut, ...rest }: Reprint): Promise<'inserted' | 'existed' | 'number-taken'> {
      const some = leftOut.length === 0 ? {} : { leftOut: flat(leftOut) };
      try {
        return (await insertOnce(Reprints, { ...rest, ...some, _id: id })) ? 'inserted' : 'existed';
      } catch (error) {
        if (duplicateKey(error)?.includes('number') !== true) throw error;
        return 'number-taken';
      }
    },

    /** Newest first. */
    async ofRun(runId: string, { limit, cursor }: ListRequest): Promise<ListPage<Reprint>> {
      const after = decodeCursor(cursor, 1);
      const rows = await Reprints.find({
        runId,
        ...(after === null ? {} : { number: { $lt: Number(after[0]) } }),
      })
        .sort({ number: -1 })
        .limit(limit + 1)
        .lean();
      return listPage(rows.map(toReprint), limit, ({ number }) => [number]);
    },

    /** Newest first. */
    async before(
      runId: string,
      { before, limit }: { readonly before: Before; readonly limit: number },
    ): Promise<readonly Reprint[]> {
      const rows = await Reprints.find({ runId, ...recordedBefore(before) })
        .sort({ createdAt: -1, _id: -1 })
        .limit(limit)
        .lean();
      return rows.map(toReprint);
    },

    /** How many reprints each of these runs has; a run without any is absent. */
    async countsOf(runIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
      const rows = await Reprints.find({ runId: { $in: [...runIds] } })
        .select({ runId: 1, number: 1 })
        .lean();
      const counts = new Map<string, number>();
      for (const { runId, number } of rows) counts.set(runId, Math.max(counts.get(runId) ?? 0, number));
      return counts;
    },
  };
}

export type ReprintStore = ReturnType<typeof reprintStore>;
