import { inLanguage, type Language } from '../../platform/i18n.ts';
import type { PhotoModel, ProductCardModel } from '../../platform/view-parts.ts';
import { cooperativeName, type Organization, type Organizations } from '../organizations/contract.ts';
import { ocopBadge, tierName } from './badges.ts';
import type { Product, ProductPhoto } from './contract.ts';

/** What a product's card and page ask of pictures, drawings and places. */
export type Drawing = {
  photo(photo: ProductPhoto, alt: string): PhotoModel;
  illustration(category: string): string;
  provinceName(code: string, language: Language): string;
};

export type ProductCardDeps = Drawing & {
  readonly organizations: Pick<Organizations, 'byIds'>;
  /** `YYYY-MM-DD` in Vietnam. */
  today(): string;
};

/** Makes the cards of products, in the order given; one read for all their cooperatives. */
export type ProductCards = (
  products: readonly Product[],
  language: Language,
) => Promise<readonly ProductCardModel[]>;

/** A product’s face: its first photo, or our drawing. */
export function pictureOf(product: Product, name: string, drawing: Drawing): ProductCardModel['picture'] {
  const [cover] = product.photos;
  return {
    photo: cover === undefined ? null : drawing.photo(cover, name),
    drawing: drawing.illustration(product.category),
  };
}

function madeBy(cooperative: Organization | undefined, province: string, language: Language): string {
  return cooperative === undefined ? province : `${cooperativeName(cooperative, language)}, ${province}`;
}

/** Makes the cards of products in a grid. */
export function productCards(deps: ProductCardDeps): ProductCards {
  return async (products, language) => {
    const cooperatives = await deps.organizations.byIds(products.map((product) => product.cooperativeId));
    const today = deps.today();
    return products.map((product) => {
      const name = inLanguage(product.name, language);
      const province = deps.provinceName(product.provinceCode, language);
      return {
        name,
        href: `/products/${product.slug}`,
        picture: pictureOf(product, name, deps),
        tier: tierName(product.tier, language),
        ocop: ocopBadge(product, { language, today, small: true }),
        madeBy: madeBy(cooperatives.get(product.cooperativeId), province, language),
      };
    });
  };
}
