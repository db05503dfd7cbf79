import { Schema, type Connection } from 'mongoose';
import { STRICT, insertOnce } from '../../store/connect.ts';
import type { FileProgress } from './maker.ts';
import type { FileFormat } from './making.ts';

const lengthDefinition = {
  /** The file's tag, which says what it is made of and by which version. */
  _id: { type: String, required: true },
  bytes: { type: Number, required: true },
} as const;

const fileDefinition = {
  format: { type: String, required: true },
  labels: { type: Number, required: true },
  count: { type: Number, required: true },
  elapsedMs: { type: Number, required: true },
} as const;

const progressDefinition = {
  /** The process that sends the files, and the run that they are of. */
  _id: { type: String, required: true },
  processId: { type: String, required: true },
  runId: { type: String, required: true },
  files: { type: [new Schema(fileDefinition, { ...STRICT, _id: false })], required: true },
  at: { type: Date, required: true },
} as const;

/** A process that said nothing for so long sends nothing any more. */
const SILENT_MS = 5_000;

export type RunProgress = {
  readonly processId: string;
  readonly runId: string;
  readonly files: readonly FileProgress[];
  readonly at: Date;
};

/** What is known of files that were made, and how far those are that other processes send. */
export function fileStore(connection: Connection) {
  const Lengths = connection.model('LabelFile', new Schema(lengthDefinition, STRICT), 'label-files');
  const schema = new Schema(progressDefinition, STRICT);
  schema.index({ runId: 1 });
  schema.index({ at: 1 });
  const Progress = connection.model('LabelFileProgress', schema, 'label-file-progress');

  return {
    /** How many bytes each of these files has; one that was never made is absent. */
    async lengthsOf(tags: readonly string[]): Promise<ReadonlyMap<string, number>> {
      const rows = await Lengths.find({ _id: { $in: [...tags] } }).lean();
      return new Map(rows.map(({ _id, bytes }) => [_id, bytes]));
    },

    async keepLength(tag: string, bytes: number): Promise<void> {
      await insertOnce(Lengths, { _id: tag, bytes });
    },

    /** Says how far this process is with a run's files; with none, that it is done. */
    async sayProgress({ processId, runId, files, at }: RunProgress): Promise<void> {
      const _id = `${processId} ${runId}`;
      if (files.length === 0) {
        await Progress.deleteOne({ _id });
        return;
      }
      await Progress.updateOne({ _id }, { $set: { processId, runId, files, at } }, { upsert: true });
      // Of processes that ended in the middle.
      await Progress.deleteMany({ at: { $lt: new Date(at.getTime() - 2 * SILENT_MS) } });
    },

    /** The files of a run that other processes send, as they said it in the last second. */
    async progressElsewhere(asked: Omit<RunProgress, 'files'>): Promise<readonly FileProgress[]> {
      const { processId, runId, at } = asked;
      const rows = await Progress.find({ runId, at: { $gte: new Date(at.getTime() - SILENT_MS) } }).lean();
      return rows
        .filter((row) => row.processId !== processId)
        .flatMap(({ files }) => files)
        .map(({ format, labels, count, elapsedMs }) => ({
          format: format as FileFormat,
          labels,
          count,
          elapsedMs,
        }));
    },
  };
}

export type FileStore = ReturnType<typeof fileStore>;
