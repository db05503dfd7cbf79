import type { Spoken } from '../../platform/i18n.ts';
import type { PageFrame } from '../../platform/page-frame.ts';
import type { FieldModel, FormModel } from '../../platform/form-view-model.ts';
import type { EmptyStateModel, FactModel, LinkModel, NoticeModel } from '../../platform/view-parts.ts';
import type { ProgressCardModel, WorkFrame } from '../../platform/workplace-view-model.ts';
import type { labelWorkStrings } from './work-strings.ts';

type Around = {
  readonly page: PageFrame;
  readonly work: WorkFrame;
  readonly t: Spoken<typeof labelWorkStrings>;
};

/** Pictures of what would be printed, with what they show in words. */
export type LabelPreviewModel = {
  readonly sheet: { readonly src: string; readonly alt: string; readonly caption: string } | null;
  readonly label: { readonly src: string; readonly alt: string };
  readonly plan: string;
  readonly symbol: string;
  readonly warning: string | null;
};

/** `views/manage/labels-new.eta`: one form with its preview. */
export type NewLabelsPageModel = Around & {
  readonly title: string;
  readonly lead: string;
  readonly back: LinkModel;
  readonly closed: NoticeModel | null;
  readonly form: FormModel;
  readonly fields: readonly FieldModel[];
  readonly moreFields: readonly FieldModel[];
  readonly moreOpen: boolean;
  readonly calibration: LinkModel | null;
  readonly preview: LabelPreviewModel | null;
  /** Where the live preview asks. */
  readonly previewHref: string;
};
