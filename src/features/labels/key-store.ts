import { Schema, type Connection } from 'mongoose';
import { STRICT, duplicateKey } from '../../store/connect.ts';

const definition = {
  /** The epoch. */
  _id: { type: Number, required: true },
  check: { type: String, required: true },
  createdAt: { type: Date, required: true },
  /** From when on new runs use it: by then every process has read it. */
  activeFrom: { type: Date, required: true },
  retiredAt: { type: Date },
} as const;

/** What the database keeps of a master key: a value to know it by, and its term. */
export type KeyEpoch = {
  readonly epoch: number;
  readonly check: string;
  readonly createdAt: Date;
  readonly activeFrom: Date;
  readonly retiredAt: Date | null;
};

/** The epochs of the master key. */
export function keyStore(connection: Connection) {
  const Epochs = connection.model('UnitKeyEpoch', new Schema(definition, STRICT), 'unit-key-epochs');
  return {
    /** Oldest first. */
    async all(): Promise<readonly KeyEpoch[]> {
      const rows = await Epochs.find().sort({ _id: 1 }).lean();
      return rows.map(({ _id: epoch, retiredAt, ...rest }) => ({
        ...rest,
        epoch,
        retiredAt: retiredAt ?? null,
      }));
    },

    /** Of several processes that begin an epoch at once, the first one's key has it: read again after it. */
    async begin({ epoch, check, createdAt, activeFrom }: Omit<KeyEpoch, 'retiredAt'>): Promise<void> {
      try {
        await Epochs.create([{ _id: epoch, check, createdAt, activeFrom }]);
      } catch (error) {
        if (duplicateKey(error) === null) throw error;
      }
    },

    async retire(epoch: number, at: Date): Promise<void> {
      await Epochs.updateOne({ _id: epoch }, { $set: { retiredAt: at } });
    },
  };
}

export type KeyStore = ReturnType<typeof keyStore>;
