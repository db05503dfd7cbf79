import { Schema, type Connection } from 'mongoose';
import { STRICT, insertOnce } from '../../store/connect.ts';

const definition = {
  _id: { type: String, required: true },
  /** Every date of the demonstration is counted from here, also when loading goes on another day. */
  installedAt: { type: Date, required: true },
  /** Shows whether this process knows the passwords that the accounts were made with. */
  passwordCheck: { type: String, required: true },
  hasAdministrator: { type: Boolean, required: true },
  loadedAt: { type: Date },
  picturesAt: { type: Date },
} as const;

export type Installation = {
  readonly installedAt: Date;
  readonly passwordCheck: string;
  /** Whether it has an administrator of its own; otherwise the settings named one. */
  readonly hasAdministrator: boolean;
  /** Whether every record is there. */
  readonly loaded: boolean;
  readonly pictured: boolean;
};

const ONLY = 'demonstration';

/** The one record that says that, and when, the demonstration was installed in this database. */
export function demonstrationStore(connection: Connection) {
  const schema = new Schema(definition, STRICT);
  const Installations = connection.model('Demonstration', schema, 'demonstrations');
  return {
    async find(): Promise<Installation | null> {
      const row = await Installations.findById(ONLY).lean();
      if (row === null) return null;
      const { installedAt, passwordCheck, hasAdministrator, loadedAt, picturesAt } = row;
      const done = (at: Date | null | undefined) => at !== undefined && at !== null;
      return {
        installedAt,
        passwordCheck,
        hasAdministrator,
        loaded: done(loadedAt),
        pictured: done(picturesAt),
      };
    },
    /** Of several processes that begin at once, the first one's day counts. */
    async begin(
      installation: Pick<Installation, 'installedAt' | 'passwordCheck' | 'hasAdministrator'>,
    ): Promise<void> {
      await insertOnce(Installations, { _id: ONLY, ...installation });
    },
    async finish(part: 'loadedAt' | 'picturesAt', at: Date): Promise<void> {
      await Installations.updateOne({ _id: ONLY }, { $set: { [part]: at } });
    },
  };
}

export type DemonstrationStore = ReturnType<typeof demonstrationStore>;
