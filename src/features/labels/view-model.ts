import type { Spoken } from '../../platform/i18n.ts';
import type { PageFrame } from '../../platform/page-frame.ts';
import type { FieldModel, FormModel } from '../../platform/form-view-model.ts';
import type { LinkModel, NoticeModel } from '../../platform/view-parts.ts';
import type { WorkFrame } from '../../platform/workplace-view-model.ts';
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

/** One of a few things, each with a sentence on what it gives: `partials/choice-cards.eta`. */
export type ChoiceCardsModel = {
  readonly name: string;
  readonly legend: string;
  readonly error: string | null;
  readonly options: readonly {
    readonly value: string;
    readonly label: string;
    readonly about: string;
    readonly selected: boolean;
    readonly disabled: boolean;
  }[];
};

/** A button that fills in the number of labels; `count` is that number. */
export type FillModel = { readonly value: 'sheets' | 'left'; readonly label: string; readonly count: number };

/** A button that takes the layout that fits in place of the one chosen. */
export type FittingModel = { readonly layout: string; readonly label: string };

/** `views/manage/labels-new.eta`: one form with its preview. */
export type NewLabelsPageModel = Around & {
  readonly title: string;
  readonly lead: string;
  readonly back: LinkModel;
  readonly closed: NoticeModel | null;
  readonly form: FormModel;
  readonly codes: ChoiceCardsModel;
  readonly fields: readonly FieldModel[];
  readonly fills: readonly FillModel[];
  /** Null where what was chosen fits, or nothing does. */
  readonly fitting: FittingModel | null;
  readonly moreFields: readonly FieldModel[];
  readonly moreOpen: boolean;
  readonly calibration: LinkModel | null;
  readonly preview: LabelPreviewModel | null;
  /** Where the live preview asks. */
  readonly previewHref: string;
};
