import type { FormModel } from '../../platform/form-view-model.ts';
import type { Spoken } from '../../platform/i18n.ts';
import type { PageFrame } from '../../platform/page-frame.ts';
import type {
  BarModel,
  ChipModel,
  EmptyStateModel,
  FactModel,
  LinkModel,
  NoticeModel,
  OcopModel,
  PaginationModel,
  PhotoModel,
  PictureModel,
} from '../../platform/view-parts.ts';
import type { DeedModel } from '../../platform/plain-page-view-model.ts';
import type { CompletenessModel, WorkFrame } from '../../platform/workplace-view-model.ts';
import type { workProductStrings } from './work-strings.ts';

type Around = {
  readonly page: PageFrame;
  readonly work: WorkFrame;
  readonly t: Spoken<typeof workProductStrings>;
};

/** A product in its cooperative's own list, with how much of what the law asks it has. */
export type OwnProductModel = {
  readonly name: string;
  readonly href: string;
  readonly picture: PictureModel;
  readonly tier: string;
  readonly ocop: OcopModel | null;
  readonly bar: BarModel;
  readonly chip: ChipModel;
};

/** `views/manage/products/list.eta` */
export type OwnProductsPageModel = Around & {
  readonly addHref: string | null;
  /** Why nothing can be added; null when it can. */
  readonly notice: NoticeModel | null;
  /** The box to search with; null while there is nothing to search in. */
  readonly search: { readonly value: string } | null;
  readonly products: readonly OwnProductModel[];
  readonly empty: EmptyStateModel | null;
  readonly pagination: PaginationModel | null;
};

/** `views/manage/products/new.eta`; `form` is null for whoever may not add one, and `notice` says why. */
export type NewProductPageModel = Around & {
  readonly form: FormModel | null;
  readonly notice: NoticeModel | null;
};

export type OwnPhotoModel = {
  readonly photo: PhotoModel;
  readonly isFirst: boolean;
  /** Null for whoever may only look. */
  readonly makeFirst: DeedModel | null;
  readonly remove: DeedModel | null;
};

/** One change: when and by whom, and each field's words before and after. */
export type ProductChangeModel = {
  readonly title: string;
  readonly fields: readonly { readonly label: string; readonly before: string; readonly after: string }[];
};

/** `views/manage/products/edit.eta`; without `form` the same page for those who may only look. */
export type OwnProductPageModel = Around & {
  readonly title: string;
  readonly done: NoticeModel | null;
  readonly undo: DeedModel | null;
  readonly notice: NoticeModel | null;
  readonly links: readonly LinkModel[];
  readonly completeness: CompletenessModel;
  readonly measures: readonly FactModel[];
  readonly photos: readonly OwnPhotoModel[];
  readonly photoForm: FormModel | null;
  readonly photosFull: string | null;
  readonly photosHint: string;
  readonly form: FormModel | null;
  /** What the product says, for those who may only look; ids as the form's fields have them. */
  readonly facts: readonly (FactModel & { readonly id: string })[];
  readonly lastChange: string;
  readonly changes: readonly ProductChangeModel[];
  readonly moreChanges: string | null;
};
