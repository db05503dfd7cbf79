import { requireRole, type Actor, type OrganizationKind } from '../../platform/access.ts';
import { Problem } from '../../platform/problem.ts';
import { searchWords } from '../../store/search.ts';
import type { Accounts, Member } from '../accounts/contract.ts';
import type { OrganizationDirectory, OrganizationStatus, ProvinceInUse } from './contract.ts';
import type { DirectorySort, DirectoryStore } from './directory-store.ts';
import type { OrganizationStore, StoredOrganization } from './store.ts';

type Deps = {
  readonly store: OrganizationStore;
  readonly directory: DirectoryStore;
  readonly accounts: Accounts;
};

export const PAGE_SIZE = 20;
/** More rows than this are no longer a table for a person. */
const EXPORT_MAX = 10_000;
const PENDING_SHOWN_MAX = 100;

export type DirectoryRequest = {
  readonly kind: OrganizationKind;
  readonly status?: OrganizationStatus | undefined;
  readonly q?: string | undefined;
  readonly sort: DirectorySort;
  /** From 1. */
  readonly page: number;
};

/** A registration with what an officer needs to decide. */
export type Registration = {
  readonly organization: StoredOrganization;
  readonly alike: readonly StoredOrganization[];
  readonly people: readonly Member[];
};

/**
 * The province whose organisations a person looks after; undefined for the administrator, who has all.
 * @throws Problem `not-allowed` for anybody else
 */
export function provinceInCharge(actor: Actor | null): string | undefined {
  if (actor?.administrator === true) return undefined;
  const officer = actor?.memberships.find(({ role }) => role === 'officer');
  if (officer === undefined) throw new Problem('not-allowed');
  return officer.provinceCode;
}

/** Registrations and lists for officers and the administrator. */
export function directoryService({ store, directory, accounts }: Deps) {
  const filterOf = ({ kind, status, q }: DirectoryRequest, provinceCode: string | undefined) => ({
    kind,
    status,
    provinceCode,
    words: searchWords(q),
  });

  const firstScreens: OrganizationDirectory = {
    async counts(actor: Actor | null) {
      const provinceCode = provinceInCharge(actor);
      const count = (kind: OrganizationKind, status: OrganizationStatus) =>
        directory.count({ kind, status, provinceCode, words: [] });
      const [pending, active, retailers, unions] = await Promise.all([
        count('cooperative', 'pending'),
        count('cooperative', 'active'),
        count('retailer', 'active'),
        count('union', 'active'),
      ]);
      return { pending, active, retailers, unions };
    },

    async waiting(actor: Actor | null, limit: number): Promise<readonly StoredOrganization[]> {
      const provinceCode = provinceInCharge(actor);
      const filter = { kind: 'cooperative', status: 'pending', provinceCode, words: [] } as const;
      return directory.search(filter, { sort: 'oldest', skip: 0, limit });
    },

    async provincesInUse(actor: Actor | null): Promise<readonly ProvinceInUse[]> {
      if (actor?.administrator !== true) throw new Problem('not-allowed');
      const [active, pending, unions] = await Promise.all([
        store.countByProvince('active'),
        store.countByProvince('pending'),
        directory.unions(),
      ]);
      const led = await accounts.withRole(
        unions.map(({ id }) => id),
        'officer',
      );
      const unionOf = new Map(unions.map(({ provinceCode, id }) => [provinceCode, id]));
      return [...new Set([...active.keys(), ...pending.keys()])].sort().map((provinceCode) => {
        const unionId = unionOf.get(provinceCode) ?? null;
        return {
          provinceCode,
          active: active.get(provinceCode) ?? 0,
          pending: pending.get(provinceCode) ?? 0,
          unionId,
          hasOfficer: unionId !== null && led.has(unionId),
        };
      });
    },
  };

  return {
    ...firstScreens,
    /** Those that wait, the longest waiting first, each with whether another one looks the same. */
    async pending(actor: Actor | null) {
      const filter = { kind: 'cooperative', status: 'pending', words: [] } as const;
      const provinceCode = provinceInCharge(actor);
      const list = { sort: 'oldest', skip: 0, limit: PENDING_SHOWN_MAX } as const;
      const found = await directory.search({ ...filter, provinceCode }, list);
      return Promise.all(
        found.map(async (organization) => ({
          organization,
          doubtful: (await directory.alike(organization)).length > 0,
        })),
      );
    },

    async registration(id: string, actor: Actor | null): Promise<Registration> {
      const organization = await store.byId(id);
      if (organization === null) throw new Problem('not-found');
      requireRole(actor, organization, ['administrator', 'officer']);
      const [alike, people] = await Promise.all([directory.alike(organization), accounts.membersOf(id)]);
      return { organization, alike: organization.kind === 'cooperative' ? alike : [], people };
    },

    async list(request: DirectoryRequest, actor: Actor | null) {
      const filter = filterOf(request, provinceInCharge(actor));
      const skip = (request.page - 1) * PAGE_SIZE;
      const [items, count] = await Promise.all([
        directory.search(filter, { sort: request.sort, skip, limit: PAGE_SIZE }),
        directory.count(filter),
      ]);
      return { items, count };
    },

    async all(request: DirectoryRequest, actor: Actor | null): Promise<readonly StoredOrganization[]> {
      const filter = filterOf(request, provinceInCharge(actor));
      return directory.search(filter, { sort: request.sort, skip: 0, limit: EXPORT_MAX });
    },
  };
}

export type DirectoryService = ReturnType<typeof directoryService>;
