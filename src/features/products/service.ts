import { searchKey, slugOf } from '../../domain/text/search-key.ts';
import { READERS, requireRole, roleIn, type Actor, type Role } from '../../platform/access.ts';
import type { Clock } from '../../platform/clock.ts';
import type { ListPage } from '../../platform/list-page.ts';
import { Problem, invalidField } from '../../platform/problem.ts';
import type { Revision, Revisions } from '../../store/revisions.ts';
import { searchWords } from '../../store/search.ts';
import type { Accounts } from '../accounts/contract.ts';
import type { Organization, Organizations } from '../organizations/contract.ts';
import type { Pictures } from '../pictures/contract.ts';
import type { Product, Products } from './contract.ts';
import type { NewProduct, ProductChange, ProductQuery } from './input.ts';
import { gtinKey, realChanges } from './rules.ts';
import type { ProductPage, ProductStore, StoredProduct } from './store.ts';

export type ProductServiceDeps = {
  readonly store: ProductStore;
  readonly organizations: Organizations;
  readonly accounts: Pick<Accounts, 'namesOf'>;
  readonly pictures: Pictures;
  readonly revisions: Revisions;
  readonly clock: Clock;
  provinceName(code: string): string;
};

export type Operation = { readonly actor: Actor | null; readonly id: string };

/** A version of a product with the name of who wrote it; null for an account that is gone. */
export type ProductVersion = {
  readonly version: number;
  readonly at: Date;
  readonly by: { readonly id: string; readonly name: string | null };
  readonly fields: Readonly<Record<string, unknown>>;
};

const SLUG_TRIES_MAX = 500;
const ALL_MAX = 1_000;
/** Several people change one product at once about never; a loop that has no end would be worse. */
const CHANGE_TRIES_MAX = 8;

const GTIN_TAKEN = {
  vi: 'Mã số mã vạch này đã dùng cho một sản phẩm khác.',
  en: 'This barcode number is in use for another product.',
};
const NO_FIELDS = { vi: 'Vui lòng điền ít nhất một mục.', en: 'Please fill in at least one field.' };
const ORDER_ONLY = {
  vi: 'Danh sách ảnh phải gồm đúng các ảnh đang có.',
  en: 'The list must name exactly the photos that are there.',
};

/** What a change makes of a product as it stands; null when it makes nothing else of it. */
type Change = (product: StoredProduct) => Readonly<Record<string, unknown>> | null;

/** Products of a cooperative: made, changed with what was before kept, found. */
export function productService(deps: ProductServiceDeps) {
  const { store, organizations, clock } = deps;

  async function ownCooperative(
    id: string,
    actor: Actor | null,
    roles: readonly Role[],
  ): Promise<Organization> {
    const cooperative = await organizations.byId(id);
    if (cooperative?.kind !== 'cooperative') throw new Problem('not-found');
    requireRole(actor, cooperative, roles);
    return cooperative;
  }

  function active(cooperative: Organization): Organization {
    if (cooperative.status !== 'active') throw new Problem('organization-not-active');
    return cooperative;
  }

  async function ownProduct(
    id: string,
    actor: Actor | null,
    roles: readonly Role[] = ['manager'],
  ): Promise<{ product: StoredProduct; cooperative: Organization }> {
    const product = await store.byId(id);
    if (product === null) throw new Problem('not-found');
    return { product, cooperative: await ownCooperative(product.cooperativeId, actor, roles) };
  }

  function keyOf(product: Pick<Product, 'name' | 'brand'>, cooperative: Organization): string {
    const province = deps.provinceName(cooperative.provinceCode);
    const names = [product.name.vi, product.name.en ?? '', product.brand ?? '', cooperative.name, province];
    return searchKey(names.join(' '));
  }

  async function insert(
    cooperative: Organization,
    input: NewProduct,
    operation: Operation,
  ): Promise<Product> {
    const { id, actor } = operation;
    const base = slugOf(input.name.vi, 'san-pham');
    const now = clock.now();
    for (let count = 1; count <= SLUG_TRIES_MAX; count += 1) {
      const product: StoredProduct = {
        ...input,
        id,
        slug: count === 1 ? base : `${base}-${count}`,
        cooperativeId: cooperative.id,
        provinceCode: cooperative.provinceCode,
        standards: input.standards ?? [],
        photos: [],
        searchKey: keyOf(input, cooperative),
        demo: cooperative.demo,
        createdAt: now,
        version: 1,
        updatedAt: now,
        updatedBy: actor?.userId ?? '',
      };
      const key = input.gtin === undefined ? undefined : gtinKey(input.gtin, cooperative.id);
      const outcome = await store.insert({ ...product, gtinKey: key });
      if (outcome === 'gtin-taken') throw invalidField('/gtin', GTIN_TAKEN, 'already-exists');
      if (outcome === 'inserted') return product;
      const stored = outcome === 'existed' ? await store.byId(id) : null;
      if (stored !== null) return stored;
    }
    throw new Error(`No free address for ${input.name.vi}`);
  }

  function revisionOf({
    id,
    version,
    updatedAt,
    updatedBy,
    searchKey: _,
    ...fields
  }: StoredProduct): Revision {
    return { kind: 'product', id, version, before: fields, by: updatedBy, at: updatedAt };
  }

  /**
   * Keeps the version that stands and writes the next one over it. When somebody else was faster, `change` is asked
   * again about what they made of it.
   * @throws Problem `already-exists` at `/gtin`; what `change` throws
   */
  async function revise(id: string, change: Change, actor: Actor | null): Promise<Product> {
    for (let attempt = 0; attempt < CHANGE_TRIES_MAX; attempt += 1) {
      const product = await store.byId(id);
      if (product === null) throw new Problem('not-found');
      const fields = change(product);
      if (fields === null) return product;
      await deps.revisions.record(revisionOf(product));
      const by = { updatedAt: clock.now(), updatedBy: actor?.userId ?? '' };
      const outcome = await store.change(product, fields, by);
      if (outcome === 'gtin-taken') throw invalidField('/gtin', GTIN_TAKEN, 'already-exists');
      const changed = outcome === 'changed' ? await store.byId(id) : null;
      if (changed !== null) return changed;
    }
    throw new Problem('changed-meanwhile');
  }

  /** The same photos in the order asked for. */
  function reordered({ photos }: Product, ids: readonly string[]) {
    const byId = new Map(photos.map((photo) => [photo.id, photo]));
    if (ids.length !== photos.length || ids.some((id) => !byId.has(id))) {
      throw invalidField('/photos', ORDER_ONLY);
    }
    return ids.flatMap((id) => byId.get(id) ?? []);
  }

  function changeOf(input: ProductChange, cooperative: Organization): Change {
    return (product) => {
      const real = realChanges(product, input);
      const photos = input.photos === undefined ? product.photos : reordered(product, input.photos);
      const moved = photos.some((photo, at) => photo.id !== product.photos[at]?.id);
      if (Object.keys(real).length === 0 && !moved) return null;
      if (input.version !== undefined && input.version !== product.version) {
        throw new Problem('changed-meanwhile');
      }
      const { gtin } = real;
      const key = typeof gtin === 'string' ? gtinKey(gtin, cooperative.id) : gtin;
      const named = { ...product, ...real } as StoredProduct;
      return {
        ...real,
        ...(moved ? { photos } : {}),
        ...(key === undefined ? {} : { gtinKey: key }),
        searchKey: keyOf(named, cooperative),
      };
    };
  }

  const contract: Products = {
    byId: (id) => store.byId(id),
    byIds: async (ids) => new Map((await store.byIds(ids)).map((product) => [product.id, product])),
    byGtin: (gtin14) => store.byGtin(gtin14),
    ofCooperative: async (cooperativeId) => (await store.list({ cooperativeId }, { limit: ALL_MAX })).items,
    search: ({ q, ...filter }, page) => store.numbered({ ...filter, words: searchWords(q) }, page),
    newest: (limit, provinceCode) => store.newest(limit, provinceCode),
    count: (provinceCode) => store.count(provinceCode),
    countByCooperative: (ids) => store.countByCooperative(ids),
  };

  return {
    contract,
    ownProduct,
    revise,
    active,

    async create(cooperativeId: string, input: NewProduct, operation: Operation): Promise<Product> {
      const cooperative = active(await ownCooperative(cooperativeId, operation.actor, ['manager']));
      return insert(cooperative, input, operation);
    },

    async read(idOrSlug: string): Promise<{ product: Product; cooperative: Organization }> {
      const product = (await store.byId(idOrSlug)) ?? (await store.bySlug(idOrSlug));
      const cooperative = product === null ? null : await organizations.byId(product.cooperativeId);
      if (product === null || cooperative?.status !== 'active') throw new Problem('not-found');
      return { product, cooperative };
    },

    list({ province, tier, cooperative, q, limit, cursor }: ProductQuery): Promise<ListPage<Product>> {
      const filter = { provinceCode: province, tier, cooperativeId: cooperative, words: searchWords(q) };
      return store.list(filter, { limit, cursor });
    },

    /** A page of a cooperative's own list; `page` from 1. */
    async ownPage(
      cooperativeId: string,
      { page, size, q }: { readonly page: number; readonly size: number; readonly q?: string | undefined },
      actor: Actor | null,
    ): Promise<ProductPage & { readonly cooperative: Organization }> {
      const cooperative = await ownCooperative(cooperativeId, actor, READERS);
      const place = { skip: (page - 1) * size, limit: size };
      return { ...(await store.page({ cooperativeId, words: searchWords(q) }, place)), cooperative };
    },

    /** A product as its own people see it, and whether this person may change it. */
    async own(id: string, actor: Actor | null) {
      const { product, cooperative } = await ownProduct(id, actor, READERS);
      return { product, cooperative, mayChange: roleIn(actor, cooperative) === 'manager' };
    },

    /** @throws Problem `changed-meanwhile` when `input.version` is not the version that stands */
    async change(id: string, input: ProductChange, actor: Actor | null): Promise<Product> {
      const { cooperative } = await ownProduct(id, actor);
      active(cooperative);
      const { version: _, ...named } = input;
      if (Object.keys(named).length === 0) throw new Problem('invalid', { detail: NO_FIELDS });
      return revise(id, changeOf(input, cooperative), actor);
    },

    /**
     * What a product said before, newest first: the versions below `below`, or below the one that stands.
     * `replacing` is what the first of them was replaced by.
     * @param limit the most versions given
     */
    async versions(
      id: string,
      { below, limit }: { readonly below?: number | undefined; readonly limit: number },
      actor: Actor | null,
    ): Promise<{ readonly replacing: ProductVersion; readonly earlier: readonly ProductVersion[] }> {
      const { product } = await ownProduct(id, actor, READERS);
      const inside = below !== undefined && below < product.version;
      const kept = inside
        ? await deps.revisions.of('product', id, { below: below + 1, limit: limit + 1 })
        : await deps.revisions.of('product', id, { below: product.version, limit });
      const all = inside ? kept : [revisionOf(product), ...kept];
      const names = await deps.accounts.namesOf([...new Set(all.map(({ by }) => by))]);
      const [replacing, ...earlier] = all.map(({ version, before, by, at }) => ({
        version,
        at,
        by: { id: by, name: names.get(by) ?? null },
        fields: before,
      }));
      if (replacing === undefined) throw new Problem('not-found');
      return { replacing, earlier };
    },
  };
}

export type ProductService = ReturnType<typeof productService>;
