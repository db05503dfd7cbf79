import { z } from 'zod';
import { speak, type Language } from '../../platform/i18n.ts';
import type { PageFrame } from '../../platform/page-frame.ts';
import {
  choice,
  countText,
  listAddress,
  pagination,
  searchQuery,
  type Numbered,
} from '../../platform/search-page.ts';
import type { ProductCardModel } from '../../platform/view-parts.ts';
import { tierName } from './badges.ts';
import { PRODUCT_TIERS, type Product } from './contract.ts';
import { productStrings } from './strings.ts';
import type { ProductListModel } from './view-model.ts';

/** What the list's address may ask; what is wrong in it counts as not asked. */
export const productListQuery = z.object({
  ...searchQuery,
  tier: z.enum(PRODUCT_TIERS).optional().catch(undefined),
  cooperative: z.string().max(40).catch('').default(''),
});
export type ProductListQuery = z.output<typeof productListQuery>;

export type ProductList = {
  readonly asked: ProductListQuery;
  /** The code of the province asked for, when there is one. */
  readonly provinceCode: string | undefined;
  /** Whose products alone are shown. */
  readonly cooperativeName: string | null;
  readonly found: Numbered<Product>;
  readonly cards: readonly ProductCardModel[];
  readonly provinces: readonly { readonly code: string; readonly label: string }[];
};

/** Where page `page` of the same search is. */
export function productListAddress(asked: ProductListQuery, page: number): string {
  const { q, province, tier, cooperative } = asked;
  return listAddress('/products', { q, province, tier, cooperative, page });
}

function searchOf({ asked, provinces, provinceCode }: ProductList, language: Language) {
  const t = speak(productStrings, language);
  const any = (label: string, selected: boolean) => ({ value: '', label, selected });
  const narrowed =
    asked.q !== '' || provinceCode !== undefined || asked.tier !== undefined || asked.cooperative !== '';
  return {
    action: '/products',
    language,
    label: t.searchLabel,
    value: asked.q,
    hint: t.searchHint,
    choices: [
      choice('province', t.province, [
        any(t.anyProvince, provinceCode === undefined),
        ...provinces.map(({ code, label }) => ({ value: code, label, selected: code === provinceCode })),
      ]),
      choice('tier', t.tier, [
        any(t.anyTier, asked.tier === undefined),
        ...PRODUCT_TIERS.map((tier) => ({
          value: tier,
          label: tierName(tier, language),
          selected: tier === asked.tier,
        })),
      ]),
    ],
    submit: t.searchSubmit,
    reset: narrowed ? { label: t.searchReset, href: '/products' } : null,
  };
}

/** The model of the list of products. */
export function productListPage(list: ProductList, frame: PageFrame): ProductListModel {
  const { language } = frame;
  const { asked, found, cards } = list;
  const t = speak(productStrings, language);
  const search = searchOf(list, language);
  return {
    page: frame,
    t,
    title: list.cooperativeName === null ? t.listTitle : t.ofCooperative({ name: list.cooperativeName }),
    search,
    summary: t.found({ count: countText(found.count, language), one: found.count === 1 }),
    products: cards,
    empty:
      search.reset === null
        ? {
            title: t.emptyTitle,
            sentence: t.emptySentence,
            action: { label: t.emptyAction, href: '/register' },
          }
        : { title: t.nothingTitle, sentence: t.nothingSentence, action: search.reset },
    pagination: pagination(found, {
      page: asked.page,
      language,
      address: (page) => productListAddress(asked, page),
    }),
  };
}
