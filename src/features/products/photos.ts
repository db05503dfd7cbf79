import type { Actor } from '../../platform/access.ts';
import { Problem, invalidField } from '../../platform/problem.ts';
import type { Pictures } from '../pictures/contract.ts';
import type { Product, ProductPhoto } from './contract.ts';
import { PHOTOS_MAX } from './input.ts';
import type { Operation, ProductService } from './service.ts';

const TOO_MANY_PHOTOS = {
  vi: `Mỗi sản phẩm có nhiều nhất ${PHOTOS_MAX} ảnh. Hãy bỏ bớt một ảnh rồi thêm ảnh mới.`,
  en: `A product has at most ${PHOTOS_MAX} photos. Remove one, then add the new one.`,
};

export type ProductPhotos = {
  /** Stores a picture of the product, without what the camera wrote into it. */
  add(id: string, file: Buffer | undefined, operation: Operation): Promise<ProductPhoto>;
  /** Takes a photo off the product, however often it is asked to; the picture is kept for `restore`. */
  remove(id: string, photoId: string, actor: Actor | null): Promise<void>;
  /** Puts back a photo that was taken off, at the place `at` (from 0). */
  restore(
    id: string,
    photo: { readonly id: string; readonly at: number },
    actor: Actor | null,
  ): Promise<void>;
  /** Makes a photo the product's face. */
  makeFirst(id: string, photoId: string, actor: Actor | null): Promise<void>;
};

const has = ({ photos }: Pick<Product, 'photos'>, photoId: string): boolean =>
  photos.some((photo) => photo.id === photoId);

function withRoom(product: Pick<Product, 'photos'>): void {
  if (product.photos.length >= PHOTOS_MAX) throw invalidField('/photo', TOO_MANY_PHOTOS);
}

/** Every deed on photos is a new version of the product, as any other change. */
export function productPhotos(
  service: Pick<ProductService, 'ownProduct' | 'revise' | 'active'>,
  pictures: Pictures,
): ProductPhotos {
  async function changeable(id: string, actor: Actor | null): Promise<Product> {
    const { product, cooperative } = await service.ownProduct(id, actor);
    service.active(cooperative);
    return product;
  }

  function putIn(id: string, photo: ProductPhoto & { readonly at?: number }, actor: Actor | null) {
    const { at, ...added } = photo;
    return service.revise(
      id,
      (product) => {
        if (has(product, added.id)) return null;
        withRoom(product);
        const place = at ?? product.photos.length;
        return { photos: [...product.photos.slice(0, place), added, ...product.photos.slice(place)] };
      },
      actor,
    );
  }

  return {
    async add(id, file, operation) {
      const product = await changeable(id, operation.actor);
      // Said before the picture is worked on; said again, for certain, when it is put in.
      if (!has(product, operation.id)) withRoom(product);
      const ownerId = product.cooperativeId;
      const photo = await pictures.store(file, { id: operation.id, ownerId, pointer: '/photo' });
      await putIn(id, photo, operation.actor);
      return photo;
    },

    async remove(id, photoId, actor) {
      await changeable(id, actor);
      await service.revise(
        id,
        (product) =>
          has(product, photoId) ? { photos: product.photos.filter((photo) => photo.id !== photoId) } : null,
        actor,
      );
    },

    async restore(id, photo, actor) {
      const { cooperativeId } = await changeable(id, actor);
      const picture = await pictures.find(photo.id, cooperativeId);
      if (picture === null) throw new Problem('not-found');
      await putIn(id, { ...picture, at: photo.at }, actor);
    },

    async makeFirst(id, photoId, actor) {
      await changeable(id, actor);
      await service.revise(
        id,
        (product) => {
          const first = product.photos.find((photo) => photo.id === photoId);
          if (first === undefined) throw new Problem('not-found');
          if (product.photos[0] === first) return null;
          return { photos: [first, ...product.photos.filter((photo) => photo !== first)] };
        },
        actor,
      );
    },
  };
}
