import { Schema, type Connection, type InferRawDocType } from 'mongoose';
import { STRICT, duplicateKey, insertOnce } from '../../store/connect.ts';
import { decodeCursor, listPage, type ListPage, type ListRequest } from '../../platform/list-page.ts';
import { COUNT_MAX, PAGE_SIZE, type Numbered } from '../../platform/search-page.ts';
import { afterKey, wordsFilter } from '../../store/search.ts';
import type { OrganizationKind } from '../../platform/access.ts';
import type { CooperativeKind, Organization, OrganizationStatus } from './contract.ts';

const definition = {
  _id: { type: String, required: true },
  kind: { type: String, required: true },
  slug: { type: String, required: true },
  name: { type: String, required: true },
  nameEn: { type: String },
  cooperativeKind: { type: String },
  provinceCode: { type: String, required: true },
  communeCode: { type: String },
  address: { type: String, required: true },
  taxCode: { type: String },
  phone: { type: String },
  email: { type: String },
  foundedOn: { type: String },
  memberCount: { type: Number },
  description: { type: { vi: { type: String, required: true }, en: { type: String } }, _id: false },
  status: { type: String, required: true },
  decision: {
    type: {
      by: { type: String, required: true },
      at: { type: Date, required: true },
      note: { type: String },
    },
    _id: false,
  },
  /** Of a union only: its province again, so that a unique index allows one union a province. */
  unionOf: { type: String },
  /** Folded name, for search and for the order of lists. */
  searchKey: { type: String, required: true },
  demo: { type: Boolean, required: true },
  /** Grows by one with every change. */
  version: { type: Number, required: true },
  /** Who wrote this version. */
  writtenBy: { type: String, required: true },
  createdAt: { type: Date, required: true },
  updatedAt: { type: Date, required: true },
} as const;

type OrganizationRow = InferRawDocType<typeof definition>;

export type Decision = { readonly by: string; readonly at: Date; readonly note?: string | undefined };
export type StoredOrganization = Organization & {
  readonly searchKey: string;
  readonly version: number;
  readonly writtenBy: string;
  readonly updatedAt: Date;
  readonly decision?: Decision | undefined;
};

/** A row as the rest of the feature knows it; what is empty in it is absent. */
export function toOrganization(row: OrganizationRow): StoredOrganization {
  const { _id: id, kind, cooperativeKind, status, description, decision, unionOf: _, ...rest } = row;
  return {
    id,
    slug: rest.slug,
    name: rest.name,
    nameEn: rest.nameEn ?? undefined,
    kind: kind as OrganizationKind,
    cooperativeKind: (cooperativeKind ?? undefined) as CooperativeKind | undefined,
    provinceCode: rest.provinceCode,
    communeCode: rest.communeCode ?? undefined,
    address: rest.address,
    taxCode: rest.taxCode ?? undefined,
    phone: rest.phone ?? undefined,
    email: rest.email ?? undefined,
    foundedOn: rest.foundedOn ?? undefined,
    memberCount: rest.memberCount ?? undefined,
    description:
      description?.vi === undefined ? undefined : { vi: description.vi, en: description.en ?? undefined },
    status: status as OrganizationStatus,
    decision:
      decision?.at === undefined
        ? undefined
        : { by: decision.by, at: decision.at, note: decision.note ?? undefined },
    searchKey: rest.searchKey,
    demo: rest.demo,
    version: rest.version,
    writtenBy: rest.writtenBy,
    updatedAt: rest.updatedAt,
    createdAt: rest.createdAt,
  };
}

export type OrganizationFilter = {
  readonly kind: OrganizationKind;
  readonly status: OrganizationStatus;
  readonly provinceCode?: string | undefined;
  /** Folded words that the name must have. */
  readonly words?: readonly string[];
};

function matching(
  { kind, status, provinceCode, words = [] }: OrganizationFilter,
  more: readonly Record<string, unknown>[],
) {
  const parts = [...wordsFilter('searchKey', words), ...more];
  return {
    kind,
    status,
    ...(provinceCode === undefined ? {} : { provinceCode }),
    ...(parts.length === 0 ? {} : { $and: parts }),
  };
}

/** The one model of organisations, which the stores of this feature share. */
export function organizationModel(connection: Connection) {
  const schema = new Schema(definition, STRICT);
  schema.index({ slug: 1 }, { unique: true });
  schema.index({ unionOf: 1 }, { unique: true, sparse: true });
  schema.index({ kind: 1, status: 1, searchKey: 1, _id: 1 });
  schema.index({ kind: 1, status: 1, provinceCode: 1, searchKey: 1, _id: 1 });
  return connection.model('Organization', schema, 'organizations');
}

export type OrganizationModel = ReturnType<typeof organizationModel>;

/** Cooperatives, unions and retailers. */
export function organizationStore(Organizations: OrganizationModel) {
  return {
    async byId(id: string): Promise<StoredOrganization | null> {
      const row = await Organizations.findById(id).lean();
      return row === null ? null : toOrganization(row);
    },
    async bySlug(slug: string): Promise<StoredOrganization | null> {
      const row = await Organizations.findOne({ slug }).lean();
      return row === null ? null : toOrganization(row);
    },
    async byIds(ids: readonly string[]): Promise<readonly StoredOrganization[]> {
      if (ids.length === 0) return [];
      return (await Organizations.find({ _id: { $in: [...new Set(ids)] } }).lean()).map(toOrganization);
    },

    /** By folded name. */
    async list(
      filter: OrganizationFilter,
      { limit, cursor }: ListRequest,
    ): Promise<ListPage<StoredOrganization>> {
      const after = decodeCursor(cursor, 2);
      const later = after === null ? [] : [afterKey(String(after[0]), String(after[1]))];
      const rows = await Organizations.find(matching(filter, later))
        .sort({ searchKey: 1, _id: 1 })
        .limit(limit + 1)
        .lean();
      return listPage(rows.map(toOrganization), limit, (one) => [one.searchKey, one.id]);
    },

    /** By folded name, the numbered page `page` (from 1). */
    async numbered(filter: OrganizationFilter, page: number): Promise<Numbered<StoredOrganization>> {
      const where = matching(filter, []);
      const [rows, count] = await Promise.all([
        Organizations.find(where)
          .sort({ searchKey: 1, _id: 1 })
          .skip((page - 1) * PAGE_SIZE)
          .limit(PAGE_SIZE + 1)
          .lean(),
        Organizations.countDocuments(where, { limit: COUNT_MAX + 1 }),
      ]);
      return { items: rows.slice(0, PAGE_SIZE).map(toOrganization), more: rows.length > PAGE_SIZE, count };
    },

    async count(filter: Pick<OrganizationFilter, 'kind' | 'status' | 'provinceCode'>): Promise<number> {
      const { kind, status, provinceCode } = filter;
      return Organizations.countDocuments({
        kind,
        status,
        ...(provinceCode === undefined ? {} : { provinceCode }),
      });
    },

    async isEmpty(): Promise<boolean> {
      return (await Organizations.exists({})) === null;
    },

    /** How many cooperatives in that state each province has. */
    async countByProvince(status: OrganizationStatus): Promise<ReadonlyMap<string, number>> {
      const counts = await Organizations.aggregate<{ _id: string; count: number }>([
        { $match: { kind: 'cooperative', status } },
        { $group: { _id: '$provinceCode', count: { $sum: 1 } } },
      ]);
      return new Map(counts.map(({ _id, count }) => [_id, count]));
    },

    async insert(
      organization: StoredOrganization,
    ): Promise<'inserted' | 'existed' | 'slug-taken' | 'union-exists'> {
      const { id, ...rest } = organization;
      const unionOf = organization.kind === 'union' ? { unionOf: organization.provinceCode } : {};
      try {
        const record = { _id: id, ...rest, ...unionOf };
        return (await insertOnce(Organizations, record)) ? 'inserted' : 'existed';
      } catch (error) {
        const fields = duplicateKey(error);
        if (fields === null) throw error;
        return fields.includes('unionOf') ? 'union-exists' : 'slug-taken';
      }
    },

    /** Only a record of a registration whose manager could not be made; nobody was told of it. */
    async discardPending(id: string): Promise<void> {
      await Organizations.deleteOne({ _id: id, status: 'pending' });
    },

    /**
     * Compare-and-set: null takes a field away.
     * @returns false when the record is not at `version` any more
     */
    async change(
      { id, version }: Pick<StoredOrganization, 'id' | 'version'>,
      fields: Readonly<Record<string, unknown>>,
      written: { readonly by: string; readonly at: Date },
    ): Promise<boolean> {
      const removed = Object.keys(fields).filter((name) => fields[name] === null);
      const kept = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
      const { modifiedCount } = await Organizations.updateOne(
        { _id: id, version },
        {
          $set: { ...kept, writtenBy: written.by, updatedAt: written.at },
          $inc: { version: 1 },
          ...(removed.length === 0
            ? {}
            : { $unset: Object.fromEntries(removed.map((name) => [name, true as const])) }),
        },
      );
      return modifiedCount === 1;
    },
  };
}

export type OrganizationStore = ReturnType<typeof organizationStore>;
