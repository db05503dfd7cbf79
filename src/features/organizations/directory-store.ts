import type { OrganizationKind } from '../../platform/access.ts';
import { searchKey } from '../../domain/text/search-key.ts';
import { wordsFilter } from '../../store/search.ts';
import type { OrganizationStatus } from './contract.ts';
import { toOrganization, type OrganizationModel, type StoredOrganization } from './store.ts';

export type DirectoryFilter = {
  readonly kind: OrganizationKind;
  readonly status?: OrganizationStatus | undefined;
  readonly provinceCode?: string | undefined;
  /** Folded words that the name must have. */
  readonly words: readonly string[];
};
export type DirectorySort = 'name' | 'newest' | 'oldest';

const SORTS = {
  name: { searchKey: 1, _id: 1 },
  newest: { createdAt: -1, _id: 1 },
  oldest: { createdAt: 1, _id: 1 },
} as const;
const ALIKE_MAX = 10;

function where({ kind, status, provinceCode, words }: DirectoryFilter) {
  return {
    kind,
    ...(status === undefined ? {} : { status }),
    ...(provinceCode === undefined ? {} : { provinceCode }),
    ...(words.length === 0 ? {} : { $and: [...wordsFilter('searchKey', words)] }),
  };
}

/** The lists of those who look after organisations. */
export function directoryStore(Organizations: OrganizationModel) {
  return {
    async search(
      filter: DirectoryFilter,
      list: { readonly sort: DirectorySort; readonly skip: number; readonly limit: number },
    ): Promise<readonly StoredOrganization[]> {
      const rows = await Organizations.find(where(filter))
        .sort(SORTS[list.sort])
        .skip(list.skip)
        .limit(list.limit)
        .lean();
      return rows.map((row) => toOrganization(row));
    },
    async count(filter: DirectoryFilter): Promise<number> {
      return Organizations.countDocuments(where(filter));
    },
    /** Others with the same tax code, or of the same name in the same province. */
    async alike({
      id,
      name,
      provinceCode,
      taxCode,
    }: StoredOrganization): Promise<readonly StoredOrganization[]> {
      // The key begins with the folded name: letters and digits only, so it is a pattern as it stands.
      const named = { provinceCode, searchKey: new RegExp(`^${searchKey(name)} `) };
      const same = [named, ...(taxCode === undefined ? [] : [{ taxCode }])];
      const rows = await Organizations.find({ $or: same, _id: { $ne: id }, kind: 'cooperative' })
        .limit(ALIKE_MAX)
        .lean();
      return rows.map((row) => toOrganization(row));
    },
    async unions(): Promise<readonly StoredOrganization[]> {
      const rows = await Organizations.find({ kind: 'union' }).sort({ provinceCode: 1 }).limit(100).lean();
      return rows.map((row) => toOrganization(row));
    },
  };
}

export type DirectoryStore = ReturnType<typeof directoryStore>;
