import { Schema, type Connection, type InferRawDocType } from 'mongoose';
import { STRICT, insertOnce } from '../../store/connect.ts';

const definition = {
  _id: { type: String, required: true },
  runId: { type: String, required: true },
  /** Of the program whose drawing was read: another one checks again. */
  version: { type: String, required: true },
  labels: { type: Number, required: true },
  dotsPerInch: { type: Number, required: true },
  elapsedMs: { type: Number, required: true },
  /** The label that did not read; absent when all did. */
  failedNumber: { type: Number },
  checkedAt: { type: Date, required: true },
} as const;

type Row = InferRawDocType<typeof definition>;

/** That a run's labels were read before it was released, or that they could not be. */
export type RunCheck = {
  readonly runId: string;
  readonly version: string;
  readonly labels: number;
  readonly dotsPerInch: number;
  readonly elapsedMs: number;
  readonly failedNumber: number | null;
  readonly checkedAt: Date;
};

const idOf = (runId: string, version: string): string => `${runId} ${version}`;

function toCheck({ _id: _, failedNumber, ...rest }: Row): RunCheck {
  return { ...rest, failedNumber: failedNumber ?? null };
}

/** Checks of runs in the database: one for each run and version of the program, written once. */
export function checkStore(connection: Connection) {
  const Checks = connection.model('PrintRunCheck', new Schema(definition, STRICT), 'print-run-checks');
  return {
    async of(runId: string, version: string): Promise<RunCheck | null> {
      const row = await Checks.findById(idOf(runId, version)).lean();
      return row === null ? null : toCheck(row);
    },

    async insert({ failedNumber, ...check }: RunCheck): Promise<void> {
      const failed = failedNumber === null ? {} : { failedNumber };
      await insertOnce(Checks, { _id: idOf(check.runId, check.version), ...check, ...failed });
    },
  };
}

export type CheckStore = ReturnType<typeof checkStore>;
