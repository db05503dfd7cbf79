import { Schema, type Connection } from 'mongoose';
import { STRICT, insertOnce } from './connect.ts';

/**
 * What a record said before it was changed. Public facts may be edited after labels are on the shelf, so what they
 * were stays readable: nothing in this collection is ever changed or deleted.
 *
 * How a record with a `version` number (from 1) is changed:
 *   1. read it; 2. `record()` that version as it was read; 3. compare-and-set on `version`, adding one.
 * A crash between 2 and 3 leaves a revision of the current version, which is no history yet: `of()` gives only what
 * is below the version asked for. Two who change at once record the same thing, and one of them wins step 3.
 */
export type RevisionKind = 'product' | 'organization';

export type Revision = {
  readonly kind: RevisionKind;
  /** Of the record. */
  readonly id: string;
  /** Which version of the record this was, from 1. */
  readonly version: number;
  /** The record as it was in this version: plain values and dates. */
  readonly before: Readonly<Record<string, unknown>>;
  /** Who wrote this version (not who replaced it) and when: so that everyone who records it records the same. */
  readonly by: string;
  readonly at: Date;
};

export type Revisions = {
  /** Keeps a version; keeping the same version again changes nothing. */
  record(revision: Revision): Promise<void>;
  /** The versions below `below` (the record's current version), newest first, at most `limit`. */
  of(
    kind: RevisionKind,
    id: string,
    range: { readonly below: number; readonly limit: number },
  ): Promise<readonly Revision[]>;
};

const definition = {
  _id: { type: String, required: true },
  kind: { type: String, required: true },
  id: { type: String, required: true },
  version: { type: Number, required: true },
  before: { type: Schema.Types.Mixed, required: true },
  by: { type: String },
  at: { type: Date, required: true },
} as const;

/** A field that is absent must not come back as null. */
function withoutUndefined(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutUndefined);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  const kept = Object.entries(value).filter(([, part]) => part !== undefined);
  return Object.fromEntries(kept.map(([name, part]) => [name, withoutUndefined(part)]));
}

/** The history of every record that is edited in place. */
export function revisionStore(connection: Connection): Revisions {
  const schema = new Schema(definition, STRICT);
  schema.index({ kind: 1, id: 1, version: -1 });
  const Records = connection.model('Revision', schema, 'revisions');
  return {
    async record({ before, ...rest }) {
      const _id = `${rest.kind}/${rest.id}/${rest.version}`;
      await insertOnce(Records, { _id, ...rest, before: withoutUndefined(before) });
    },
    async of(kind, id, { below, limit }) {
      const rows = await Records.find({ kind, id, version: { $lt: below } })
        .sort({ version: -1 })
        .limit(limit)
        .lean();
      return rows.map((row) => ({
        kind,
        id,
        version: row.version,
        before: row.before as Readonly<Record<string, unknown>>,
        by: row.by ?? '',
        at: row.at,
      }));
    },
  };
}
