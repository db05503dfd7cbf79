import { parseGtin } from '../../domain/gs1/gtin.ts';
import { searchKey, slugOf } from '../../domain/text/search-key.ts';
import { requireRole, type Actor, type Role } from '../../platform/access.ts';
import type { Clock } from '../../platform/clock.ts';
import type { ListPage } from '../../platform/list-page.ts';
import { Problem, invalidField } from '../../platform/problem.ts';
import { searchWords } from '../../store/search.ts';
import type { Organization, Organizations } from '../organizations/contract.ts';
import type { Pictures } from '../pictures/contract.ts';
import type { Product, ProductPhoto, Products } from './contract.ts';
import type { NewProduct, ProductChange, ProductQuery } from './input.ts';
import type { ProductStore, StoredProduct } from './store.ts';

export type ProductServiceDeps = {
  readonly store: ProductStore;
  readonly organizations: Organizations;
  readonly pictures: Pictures;
  readonly clock: Clock;
  provinceName(code: string): string;
};

export type Operation = { readonly actor: Actor | null; readonly id: string };

/** Enough for every side of a box. */
export const PHOTOS_MAX = 8;
const SLUG_TRIES_MAX = 500;
const ALL_MAX = 1_000;

const GTIN_TAKEN = {
  vi: 'Mã số mã vạch này đã dùng cho một sản phẩm khác.',
  en: 'This barcode number is in use for another product.',
};
const TOO_MANY_PHOTOS = {
  vi: `Mỗi sản phẩm có nhiều nhất ${PHOTOS_MAX} ảnh.`,
  en: `A product has at most ${PHOTOS_MAX} photos.`,
};
const NO_FIELDS = { vi: 'Vui lòng điền ít nhất một mục.', en: 'Please fill in at least one field.' };

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
  ): Promise<{ product: StoredProduct; cooperative: Organization }> {
    const product = await store.byId(id);
    if (product === null) throw new Problem('not-found');
    return { product, cooperative: active(await ownCooperative(product.cooperativeId, actor, ['manager'])) };
  }

  function keyOf(product: Pick<Product, 'name' | 'brand'>, cooperative: Organization): string {
    const province = deps.provinceName(cooperative.provinceCode);
    const names = [product.name.vi, product.name.en ?? '', product.brand ?? '', cooperative.name, province];
    return searchKey(names.join(' '));
  }

  const gtin14Of = (gtin: string | undefined) =>
    gtin === undefined ? {} : { gtin14: parseGtin(gtin)?.gtin14 };

  async function insert(cooperative: Organization, input: NewProduct, id: string): Promise<Product> {
    const base = slugOf(input.name.vi, 'san-pham');
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
        createdAt: clock.now(),
      };
      const outcome = await store.insert({ ...product, ...gtin14Of(input.gtin) });
      if (outcome === 'gtin-taken') throw invalidField('/gtin', GTIN_TAKEN, 'already-exists');
      if (outcome === 'inserted') return product;
      const stored = outcome === 'existed' ? await store.byId(id) : null;
      if (stored !== null) return stored;
    }
    throw new Error(`No free address for ${input.name.vi}`);
  }

  const contract: Products = {
    byId: (id) => store.byId(id),
    byIds: async (ids) => new Map((await store.byIds(ids)).map((product) => [product.id, product])),
    ofCooperative: async (cooperativeId) => (await store.list({ cooperativeId }, { limit: ALL_MAX })).items,
    newest: async (limit, provinceCode) => (await store.list({ provinceCode }, { limit })).items,
    count: () => store.count(),
  };

  return {
    contract,

    async create(cooperativeId: string, input: NewProduct, operation: Operation): Promise<Product> {
      const cooperative = active(await ownCooperative(cooperativeId, operation.actor, ['manager']));
      return insert(cooperative, input, operation.id);
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

    /** A product for those who may change it. */
    async edit(id: string, actor: Actor | null): Promise<Product> {
      return (await ownProduct(id, actor)).product;
    },

    async ownList(cooperativeId: string, actor: Actor | null): Promise<readonly Product[]> {
      await ownCooperative(cooperativeId, actor, ['manager', 'clerk', 'officer', 'administrator']);
      return contract.ofCooperative(cooperativeId);
    },

    async change(id: string, input: ProductChange, actor: Actor | null): Promise<Product> {
      const { product, cooperative } = await ownProduct(id, actor);
      if (Object.keys(input).length === 0) throw new Problem('invalid', { detail: NO_FIELDS });
      const changed = { ...product, ...input } as StoredProduct;
      const fields = { ...input, ...gtin14Of(input.gtin), searchKey: keyOf(changed, cooperative) };
      const outcome = await store.change(id, fields, clock.now());
      if (outcome === 'gtin-taken') throw invalidField('/gtin', GTIN_TAKEN, 'already-exists');
      return changed;
    },

    /** Stores a picture of the product, without what the camera wrote into it. */
    async addPhoto(id: string, file: Buffer | undefined, operation: Operation): Promise<ProductPhoto> {
      const { product } = await ownProduct(id, operation.actor);
      if (product.photos.length >= PHOTOS_MAX && !product.photos.some((photo) => photo.id === operation.id)) {
        throw invalidField('/photo', TOO_MANY_PHOTOS);
      }
      const photo = await deps.pictures.store(file, {
        id: operation.id,
        ownerId: product.cooperativeId,
        pointer: '/photo',
      });
      if (!(await store.addPhoto(id, photo, PHOTOS_MAX))) throw invalidField('/photo', TOO_MANY_PHOTOS);
      return photo;
    },

    async removePhoto(id: string, photoId: string, actor: Actor | null): Promise<void> {
      await ownProduct(id, actor);
      await store.removePhoto(id, photoId);
    },
  };
}

export type ProductService = ReturnType<typeof productService>;
