import type { Spoken } from '../../platform/i18n.ts';
import type { PageFrame } from '../../platform/page-frame.ts';
import type { SearchModel } from '../../platform/search-page.ts';
import type {
  ChipModel,
  EmptyStateModel,
  FactModel,
  LinkModel,
  NoticeModel,
  OcopModel,
  PaginationModel,
  PhotoModel,
  PictureModel,
  ProductCardModel,
} from '../../platform/view-parts.ts';
import type { CertificateItemModel } from '../certificates/contract.ts';
import type { productStrings } from './strings.ts';

/** `views/products/page.eta`: a product as everyone sees it, without a label in hand. */
export type ProductPageModel = {
  readonly page: PageFrame;
  readonly t: Spoken<typeof productStrings>;
  readonly name: string;
  readonly picture: PictureModel;
  readonly morePhotos: readonly PhotoModel[];
  readonly tier: string;
  readonly ocop: OcopModel | null;
  readonly description: string | null;
  readonly facts: readonly FactModel[];
  readonly warnings: NoticeModel | null;
  readonly cooperative: { readonly name: string; readonly href: string; readonly about: string };
  readonly province: { readonly name: string; readonly href: string; readonly map: string };
  readonly certificates: readonly CertificateItemModel[];
  /** Batches whose trace page is public, newest first. */
  readonly batches: readonly (LinkModel & { readonly detail: string; readonly chip: ChipModel | null })[];
};

/** `views/products/list.eta`: products found by words and choices. */
export type ProductListModel = {
  readonly page: PageFrame;
  readonly t: Spoken<typeof productStrings>;
  readonly title: string;
  readonly search: SearchModel;
  /** “12 sản phẩm” */
  readonly summary: string;
  readonly products: readonly ProductCardModel[];
  readonly empty: EmptyStateModel;
  readonly pagination: PaginationModel | null;
};
