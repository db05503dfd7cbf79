import { isOfficerOf, requireRole, roleIn, type Actor } from '../../platform/access.ts';
import type { Clock } from '../../platform/clock.ts';
import { searchKey, slugOf } from '../../domain/text/search-key.ts';
import { Problem, invalidField } from '../../platform/problem.ts';
import type { ListPage, ListRequest } from '../../platform/list-page.ts';
import type { Revision, Revisions } from '../../store/revisions.ts';
import { searchWords } from '../../store/search.ts';
import type { Accounts } from '../accounts/contract.ts';
import type { Organization, Organizations } from './contract.ts';
import type {
  Approval,
  CooperativeChange,
  NewCooperative,
  NewRegistration,
  NewRetailer,
  NewUnion,
} from './input.ts';
import type { OrganizationStore, StoredOrganization } from './store.ts';

type ProvinceName = { readonly name: string; readonly formerProvinces: readonly { readonly name: string }[] };

export type OrganizationServiceDeps = {
  readonly store: OrganizationStore;
  readonly accounts: Accounts;
  readonly clock: Clock;
  readonly revisions: Revisions;
  province(code: string): ProvinceName | null;
};

export type Operation = { readonly actor: Actor | null; readonly id: string };

const SLUG_TRIES_MAX = 200;
/** How often a change starts again from what somebody else has just written. */
const CHANGE_TRIES_MAX = 5;
/** How much of a record's history is shown. */
const HISTORY_MAX = 20;
/** Who wrote a record that no person entered: the demonstration. */
const NOBODY = 'nobody';
const LIST_ALL_MAX = 1_000;

const UNION_EXISTS = {
  vi: 'Tỉnh, thành phố này đã có liên minh hợp tác xã.',
  en: 'This province has a cooperative union already.',
};
const NO_WORDS = { vi: 'Vui lòng điền ít nhất một mục.', en: 'Please fill in at least one field.' };
const COMMUNE_ELSEWHERE = {
  vi: 'Xã, phường này không thuộc tỉnh, thành phố của hợp tác xã.',
  en: "This commune is not in the cooperative's province.",
};

/** Cooperatives, unions and retailers: who asks to join, who decides, what is shown of them. */
export function organizationService(
  deps: OrganizationServiceDeps & { communeProvince(code: string): string | null },
) {
  const { store, accounts, clock } = deps;

  /** What a search finds an organisation by: its names, its province and the province's former names. */
  function keyOf(named: { name: string; nameEn?: string | undefined; provinceCode: string }): string {
    const province = deps.province(named.provinceCode);
    const names = [named.name, named.nameEn ?? '', province?.name ?? ''];
    return searchKey([...names, ...(province?.formerProvinces ?? []).map(({ name }) => name)].join(' '));
  }

  async function insert(
    fields: Omit<Organization, 'slug' | 'createdAt'>,
    by: string,
  ): Promise<{ organization: StoredOrganization; existed: boolean }> {
    const base = slugOf(fields.name, fields.kind);
    const now = clock.now();
    for (let count = 1; count <= SLUG_TRIES_MAX; count += 1) {
      const organization: StoredOrganization = {
        ...fields,
        slug: count === 1 ? base : `${base}-${count}`,
        searchKey: keyOf(fields),
        version: 1,
        writtenBy: by,
        createdAt: now,
        updatedAt: now,
      };
      const outcome = await store.insert(organization);
      if (outcome === 'union-exists') throw invalidField('/provinceCode', UNION_EXISTS, 'already-exists');
      if (outcome === 'inserted') return { organization, existed: false };
      if (outcome === 'existed') {
        const stored = await store.byId(fields.id);
        if (stored !== null) return { organization: stored, existed: true };
      }
    }
    throw new Error(`No free address for ${fields.name}`);
  }

  function cooperativeFields({ kind, ...rest }: NewCooperative) {
    return { ...rest, kind: 'cooperative' as const, cooperativeKind: kind };
  }

  function requireOfficer(actor: Actor | null, provinceCode: string): void {
    if (actor?.administrator !== true && !isOfficerOf(actor, provinceCode)) throw new Problem('not-allowed');
  }

  /**
   * One change of a cooperative: the version before is kept, then replaced. Where somebody else was quicker, it is
   * decided again from what is there now.
   * @param version what the change was made of, where the caller says so
   * @throws Problem `changed-meanwhile` when the record is at another version
   */
  async function change(
    id: string,
    version: number | undefined,
    decide: (organization: StoredOrganization) => { readonly fields: object; readonly by: string },
  ): Promise<StoredOrganization> {
    for (let tries = 0; tries < CHANGE_TRIES_MAX; tries += 1) {
      const organization = await store.byId(id);
      if (organization?.kind !== 'cooperative') throw new Problem('not-found');
      const { fields, by } = decide(organization);
      if (version !== undefined && version !== organization.version) break;
      const { version: current, writtenBy, updatedAt } = organization;
      const kept = { kind: 'organization', id, version: current, before: organization } as const;
      await deps.revisions.record({ ...kept, by: writtenBy, at: updatedAt });
      if (await store.change(organization, { ...fields }, { by, at: clock.now() })) {
        return (await store.byId(id)) ?? organization;
      }
    }
    throw new Problem('changed-meanwhile');
  }

  const contract: Organizations = {
    byId: (id) => store.byId(id),
    byIds: async (ids) => new Map((await store.byIds(ids)).map((one) => [one.id, one])),
    async activeCooperatives({ provinceCode }) {
      const filter = { kind: 'cooperative', status: 'active', provinceCode } as const;
      return (await store.list(filter, { limit: LIST_ALL_MAX })).items;
    },
    searchCooperatives({ provinceCode, q }, page) {
      const filter = { kind: 'cooperative', status: 'active', provinceCode } as const;
      return store.numbered({ ...filter, words: searchWords(q) }, page);
    },
    countActive: (provinceCode) => store.count({ kind: 'cooperative', status: 'active', provinceCode }),
    countByProvince: () => store.countByProvince('active'),
    decisionNote: async (id) => (await store.byId(id))?.decision?.note ?? null,
    async unionOf(provinceCode) {
      const found = await store.list({ kind: 'union', status: 'active', provinceCode }, { limit: 1 });
      return found.items[0] ?? null;
    },
    isEmpty: () => store.isEmpty(),
    insert: async (organization) => (await insert(organization, NOBODY)).organization,
  };

  return {
    contract,

    /** A cooperative asks to join, with its manager; both are made or neither. */
    async register({ cooperative, manager }: NewRegistration, operation: Operation): Promise<Organization> {
      const { id } = operation;
      const fields = { ...cooperativeFields(cooperative), id, status: 'pending', demo: false } as const;
      // The manager has the organisation's id, so that a retry recognises its own account.
      const { organization } = await insert(fields, id);
      const membership = {
        organizationId: organization.id,
        kind: 'cooperative',
        role: 'manager',
        provinceCode: organization.provinceCode,
      } as const;
      try {
        await accounts.create(
          { ...manager, id: organization.id, memberships: [membership] },
          '/manager/email',
        );
      } catch (error) {
        if (error instanceof Problem) await store.discardPending(organization.id);
        throw error;
      }
      return organization;
    },

    /** A cooperative entered by an officer of its province is active at once. */
    async create(input: NewCooperative, operation: Operation): Promise<Organization> {
      requireOfficer(operation.actor, input.provinceCode);
      const fields = {
        ...cooperativeFields(input),
        id: operation.id,
        status: 'active',
        demo: false,
      } as const;
      return (await insert(fields, operation.actor?.userId ?? NOBODY)).organization;
    },

    async createUnion(
      { provinceCode, name, nameEn, address }: NewUnion,
      operation: Operation,
    ): Promise<Organization> {
      const fields = {
        id: operation.id,
        kind: 'union',
        name,
        nameEn,
        provinceCode,
        status: 'active',
        demo: false,
      } as const;
      const named = { ...fields, address: address ?? deps.province(provinceCode)?.name ?? '' };
      return (await insert(named, operation.actor?.userId ?? NOBODY)).organization;
    },

    async createRetailer({ address, ...input }: NewRetailer, operation: Operation): Promise<Organization> {
      requireOfficer(operation.actor, input.provinceCode);
      const fields = { ...input, id: operation.id, kind: 'retailer', status: 'active', demo: false } as const;
      const named = { ...fields, address: address ?? deps.province(input.provinceCode)?.name ?? '' };
      return (await insert(named, operation.actor?.userId ?? NOBODY)).organization;
    },

    /** Approves or rejects a registration, once; `version` is the one that whoever decides has read. */
    async decide(
      id: string,
      { decision, note, version }: Approval,
      actor: Actor | null,
    ): Promise<StoredOrganization> {
      const status = decision === 'approve' ? 'active' : 'rejected';
      const made = { by: actor?.userId ?? NOBODY, at: clock.now(), note };
      return change(id, version, (organization) => {
        requireRole(actor, organization, ['administrator', 'officer']);
        if (organization.status !== 'pending') {
          throw new Problem('already-decided', { members: { organizationStatus: organization.status } });
        }
        return { fields: { status, decision: made }, by: made.by };
      });
    },

    /** A cooperative that was refused asks again, after its manager mended what the officer wrote. */
    async askAgain(id: string, actor: Actor | null): Promise<StoredOrganization> {
      return change(id, undefined, (organization) => {
        requireRole(actor, organization, ['manager']);
        if (organization.status !== 'rejected') {
          throw new Problem('already-decided', { members: { organizationStatus: organization.status } });
        }
        return { fields: { status: 'pending' }, by: actor?.userId ?? NOBODY };
      });
    },

    /** What everyone may see; what waits or was refused is seen by its own people and officers only. */
    async read(idOrSlug: string, actor: Actor | null): Promise<StoredOrganization> {
      const found = (await store.byId(idOrSlug)) ?? (await store.bySlug(idOrSlug));
      if (found?.kind !== 'cooperative') throw new Problem('not-found');
      if (found.status !== 'active' && roleIn(actor, found) === null) throw new Problem('not-found');
      return found;
    },

    async list(
      request: ListRequest & { province?: string | undefined; q?: string | undefined },
    ): Promise<ListPage<Organization>> {
      const filter = { kind: 'cooperative', status: 'active', provinceCode: request.province } as const;
      return store.list({ ...filter, words: searchWords(request.q) }, request);
    },

    /** Registrations that wait for this person. */
    async pending(actor: Actor, request: ListRequest): Promise<ListPage<StoredOrganization>> {
      const filter = { kind: 'cooperative', status: 'pending' } as const;
      if (actor.administrator) return store.list(filter, request);
      const officer = actor.memberships.find((membership) => membership.role === 'officer');
      if (officer === undefined) return { items: [], next: null };
      return store.list({ ...filter, provinceCode: officer.provinceCode }, request);
    },

    /** Organisations that this person may invite people into. */
    async managed(
      actor: Actor,
      kind: Organization['kind'],
      request: ListRequest,
    ): Promise<ListPage<StoredOrganization>> {
      const filter = { kind, status: 'active' } as const;
      if (actor.administrator) return store.list(filter, request);
      const officer = actor.memberships.find((membership) => membership.role === 'officer');
      if (officer === undefined) return { items: [], next: null };
      return store.list({ ...filter, provinceCode: officer.provinceCode }, request);
    },

    /** Changes what is given; null takes an optional field away. */
    async change(
      id: string,
      { version, kind, ...fields }: CooperativeChange,
      actor: Actor | null,
    ): Promise<StoredOrganization> {
      if (kind === undefined && Object.keys(fields).length === 0) {
        throw new Problem('invalid', { detail: NO_WORDS });
      }
      const { communeCode } = fields;
      return change(id, version, (organization) => {
        requireRole(actor, organization, ['manager']);
        const { provinceCode } = organization;
        if (typeof communeCode === 'string' && deps.communeProvince(communeCode) !== provinceCode) {
          throw invalidField('/communeCode', COMMUNE_ELSEWHERE);
        }
        const { name = organization.name, nameEn = organization.nameEn } = fields;
        const key = keyOf({ name, nameEn: nameEn ?? undefined, provinceCode });
        const named = kind === undefined ? {} : { cooperativeKind: kind };
        return { fields: { ...fields, ...named, searchKey: key }, by: actor?.userId ?? NOBODY };
      });
    },

    /** What a cooperative said of itself before, the newest first. */
    async history(organization: StoredOrganization): Promise<readonly Revision[]> {
      const { id, version } = organization;
      return deps.revisions.of('organization', id, { below: version, limit: HISTORY_MAX });
    },
  };
}

export type OrganizationService = ReturnType<typeof organizationService>;
