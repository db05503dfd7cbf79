import type { FormModel } from '../../platform/form-view-model.ts';
import type { Spoken } from '../../platform/i18n.ts';
import type { PageFrame } from '../../platform/page-frame.ts';
import type {
  CooperativeCardModel,
  EmptyStateModel,
  FactModel,
  LinkModel,
  NoticeModel,
  PaginationModel,
  PhotoModel,
  ProductCardModel,
} from '../../platform/view-parts.ts';
import type { SearchModel } from '../../platform/search-page.ts';
import type { CertificateItemModel } from '../certificates/contract.ts';
import type { cooperativeListStrings } from './public-strings.ts';
import type { organizationStrings } from './strings.ts';

/** `views/cooperatives/page.eta`: what a cooperative shows to everyone. */
export type CooperativePageModel = {
  readonly page: PageFrame;
  readonly t: Spoken<typeof organizationStrings>;
  readonly name: string;
  /** “Hợp tác xã · 64 thành viên · từ 2016” */
  readonly about: string;
  readonly description: string | null;
  readonly photo: PhotoModel | null;
  readonly province: { readonly name: string; readonly href: string; readonly map: string };
  readonly address: string;
  readonly facts: readonly FactModel[];
  readonly certificates: readonly CertificateItemModel[];
  readonly products: readonly ProductCardModel[];
  /** The rest of them, where there are more than the page shows. */
  readonly moreProducts: LinkModel | null;
  readonly productsEmpty: EmptyStateModel;
  /** A recall in force on one of its batches. */
  readonly recall: NoticeModel | null;
  readonly phone: LinkModel | null;
  readonly email: LinkModel | null;
};

/** `views/cooperatives/list.eta`: cooperatives found by words and province. */
export type CooperativeListModel = {
  readonly page: PageFrame;
  readonly t: Spoken<typeof cooperativeListStrings>;
  readonly search: SearchModel;
  /** “12 hợp tác xã” */
  readonly summary: string;
  readonly cooperatives: readonly CooperativeCardModel[];
  readonly empty: EmptyStateModel;
  readonly pagination: PaginationModel | null;
};

/** `views/register/page.eta`: a cooperative asks to join; `form` is null once it was sent. */
export type RegisterPageModel = {
  readonly page: PageFrame;
  readonly t: Spoken<typeof organizationStrings>;
  readonly form: FormModel | null;
  /** The fields typed wrong are marked in `form`; this one says what follows after it was sent. */
  readonly sent: NoticeModel | null;
};
