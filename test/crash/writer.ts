import type { Collection, Db, Document } from 'mongodb';
import { MongoServerError } from 'mongodb';
import type { Changes, Ledger } from './ledger.ts';
import type { Random } from './random.ts';

export type Stored = Document & { _id: string };

/** Who writes: one after the other, beside others. */
export type Writer = {
  readonly name: string;
  readonly random: Random;
  readonly database: Db;
  readonly documents: Collection<Stored>;
  readonly places: Collection<Stored>;
  readonly ledger: Ledger;
};

/** One write. @param own the writer's documents as they were acknowledged @param id of the write */
export type Change = (writer: Writer, own: readonly Stored[], id: string) => Promise<void>;

/** Codes by which the server says that a command did nothing: a duplicate key, a full disk. */
const DID_NOTHING: readonly unknown[] = [11_000, 14_031];

/** The server said something by which nobody knows what has become of the write: its writer stops, as a program would. */
export class Unknown extends Error {}

/** Sends a write and notes what is said of it. `commands` is how many it takes: of several, some may be done. */
export async function write(
  ledger: Ledger,
  changes: Changes,
  send: () => Promise<unknown>,
  commands = 1,
): Promise<void> {
  const number = ledger.sent(changes);
  try {
    await send();
    ledger.acknowledged(number);
  } catch (error) {
    // A lost connection has no number, also where a bulk write wraps it.
    if (!(error instanceof MongoServerError) || typeof error.code !== 'number') throw error;
    const isKnown = commands === 1 && DID_NOTHING.includes(error.code);
    if (isKnown) ledger.refused(number);
    if (error.code === 11_000) return;
    throw isKnown ? error : new Unknown(error.message, { cause: error });
  }
}
