import type { Spoken } from '../../platform/i18n.ts';
import type { PageFrame } from '../../platform/page-frame.ts';
import type {
  CooperativeCardModel,
  EmptyStateModel,
  FactModel,
  LinkModel,
  PaginationModel,
  ProductCardModel,
  StatModel,
} from '../../platform/view-parts.ts';
import type { referenceStrings } from './strings.ts';

/** `views/provinces/list.eta`: the map and every province, by region. */
export type ProvincesPageModel = {
  readonly page: PageFrame;
  readonly t: Spoken<typeof referenceStrings>;
  /** The map of Vietnam with links to its provinces, drawn by us. */
  readonly map: string;
  readonly regions: readonly {
    readonly name: string;
    readonly provinces: readonly {
      readonly name: string;
      readonly href: string;
      /** “12 hợp tác xã”; null when there is none yet. */
      readonly count: string | null;
    }[];
  }[];
};

/** `views/provinces/page.eta`: one province's register. */
export type ProvincePageModel = {
  readonly page: PageFrame;
  readonly t: Spoken<typeof referenceStrings>;
  readonly name: string;
  /** “Gồm Hà Giang và Tuyên Quang trước 01/07/2025”; null for a province that was not merged. */
  readonly formerly: string | null;
  /** When the address used was a former province's: “Hà Giang nay thuộc Tuyên Quang.” */
  readonly redirectedFrom: string | null;
  readonly map: string;
  readonly stats: readonly StatModel[];
  readonly facts: readonly FactModel[];
  readonly cooperatives: readonly CooperativeCardModel[];
  readonly cooperativesEmpty: EmptyStateModel;
  readonly pagination: PaginationModel | null;
  readonly products: readonly ProductCardModel[];
  /** To the search among this province's products; null where there are none. */
  readonly allProducts: LinkModel | null;
};
