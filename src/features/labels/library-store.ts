import { Schema, type Connection, type InferRawDocType } from 'mongoose';
import type { LabelLayout } from '../../domain/label/layout.ts';
import type { OwnStock } from '../../domain/label/own-stock.ts';
import { STRICT, duplicateKey, insertOnce } from '../../store/connect.ts';
import type { Calibration } from './contract.ts';

/** What a cooperative keeps for its labels: paper it measured, layouts, printers with their offsets. */
export type LibraryValues = {
  readonly stock: OwnStock;
  readonly layout: LabelLayout;
  readonly printer: Calibration;
};
export type LibraryKind = keyof LibraryValues;

/** One kept thing. It is never edited: a newer one supersedes it, and removing it is undone by restoring it. */
export type LibraryItem<K extends LibraryKind = LibraryKind> = {
  readonly id: string;
  readonly cooperativeId: string;
  readonly kind: K;
  readonly name: string;
  readonly value: LibraryValues[K];
  readonly supersedes?: string | undefined;
  readonly removedAt: Date | null;
  readonly createdAt: Date;
  readonly createdBy: string;
  readonly createdByName: string;
};

const definition = {
  _id: { type: String, required: true },
  cooperativeId: { type: String, required: true },
  kind: { type: String, required: true },
  name: { type: String, required: true },
  /** As JSON: only ever read whole. */
  value: { type: String, required: true },
  /** Unique: of two people who change the same thing at once, one is told. */
  supersedes: { type: String },
  removedAt: { type: Date },
  createdAt: { type: Date, required: true },
  createdBy: { type: String, required: true },
  createdByName: { type: String, required: true },
} as const;
type Row = InferRawDocType<typeof definition>;

const defaultsDefinition = {
  _id: { type: String, required: true },
  layout: { type: String, required: true },
} as const;

/** The most things of one kind that a cooperative ever made, superseded ones counted. */
export const LIBRARY_MAX = 1_000;

function toItem<K extends LibraryKind>(row: Row, kind: K): LibraryItem<K> {
  return {
    id: row._id,
    cooperativeId: row.cooperativeId,
    kind,
    name: row.name,
    value: JSON.parse(row.value) as LibraryValues[K],
    supersedes: row.supersedes ?? undefined,
    removedAt: row.removedAt ?? null,
    createdAt: row.createdAt,
    createdBy: row.createdBy,
    createdByName: row.createdByName,
  };
}

/** Kept things in the database, and which layout a cooperative begins with. */
export function libraryStore(connection: Connection) {
  const schema = new Schema(definition, STRICT);
  schema.index({ cooperativeId: 1, kind: 1, createdAt: 1 });
  schema.index({ supersedes: 1 }, { unique: true, sparse: true });
  const Items = connection.model('LabelLibraryItem', schema, 'label-library');
  const Defaults = connection.model(
    'LabelDefaults',
    new Schema(defaultsDefinition, STRICT),
    'label-defaults',
  );

  return {
    /** All of a kind that nothing supersedes, oldest first, those removed included. */
    async current<K extends LibraryKind>(cooperativeId: string, kind: K): Promise<readonly LibraryItem<K>[]> {
      const rows = await Items.find({ cooperativeId, kind })
        .sort({ createdAt: 1, _id: 1 })
        .limit(LIBRARY_MAX)
        .lean();
      const superseded = new Set(rows.map(({ supersedes }) => supersedes));
      return rows.filter(({ _id }) => !superseded.has(_id)).map((row) => toItem(row, kind));
    },

    async count(cooperativeId: string, kind: LibraryKind): Promise<number> {
      return Items.countDocuments({ cooperativeId, kind });
    },

    async insert({ id, value, ...item }: LibraryItem): Promise<'inserted' | 'existed' | 'superseded'> {
      const { supersedes, removedAt: _, ...rest } = item;
      const record = {
        _id: id,
        ...rest,
        value: JSON.stringify(value),
        ...(supersedes === undefined ? {} : { supersedes }),
      };
      try {
        return (await insertOnce(Items, record)) ? 'inserted' : 'existed';
      } catch (error) {
        if (duplicateKey(error)?.includes('supersedes') !== true) throw error;
        return 'superseded';
      }
    },

    /** Removes from the lists, or puts back where `removedAt` is null. The first removal counts. */
    async setRemoved(id: string, removedAt: Date | null): Promise<void> {
      await (removedAt === null
        ? Items.updateOne({ _id: id }, { $unset: { removedAt: 1 } })
        : Items.updateOne({ _id: id, removedAt: { $exists: false } }, { $set: { removedAt } }));
    },

    /** The cooperative of a kept thing and its kind; null where there is no such thing. */
    async whose(id: string): Promise<{ readonly cooperativeId: string; readonly kind: LibraryKind } | null> {
      const row = await Items.findById(id).select({ cooperativeId: 1, kind: 1 }).lean();
      return row === null ? null : { cooperativeId: row.cooperativeId, kind: row.kind as LibraryKind };
    },

    async defaultLayout(cooperativeId: string): Promise<string | null> {
      return (await Defaults.findById(cooperativeId).lean())?.layout ?? null;
    },

    async setDefaultLayout(cooperativeId: string, layout: string): Promise<void> {
      await Defaults.updateOne({ _id: cooperativeId }, { $set: { layout } }, { upsert: true });
    },
  };
}

export type LibraryStore = ReturnType<typeof libraryStore>;
