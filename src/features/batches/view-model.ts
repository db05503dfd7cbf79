import type { Spoken } from '../../platform/i18n.ts';
import type { FieldModel, FormModel } from '../../platform/form-view-model.ts';
import type { PageFrame } from '../../platform/page-frame.ts';
import type {
  ChipModel,
  EmptyStateModel,
  FactModel,
  LinkModel,
  NoticeModel,
  PaginationModel,
  PhotoModel,
  PictureModel,
} from '../../platform/view-parts.ts';
import type { ComparisonModel } from '../../platform/plain-page-view-model.ts';
import type {
  ActionCardModel,
  CompletenessModel,
  ProgressCardModel,
  WorkFrame,
} from '../../platform/workplace-view-model.ts';
import type { batchWorkStrings } from './work-strings.ts';

type Around = {
  readonly page: PageFrame;
  readonly work: WorkFrame;
  readonly t: Spoken<typeof batchWorkStrings>;
};

/** `views/batches/list.eta`. */
export type BatchListPageModel = Around & {
  readonly filter: {
    readonly action: string;
    readonly fields: readonly FieldModel[];
    /** Shown at once when it narrows the list already. */
    readonly open: boolean;
  };
  readonly addHref: string;
  readonly cards: readonly ProgressCardModel[];
  readonly empty: EmptyStateModel | null;
  readonly pagination: PaginationModel | null;
};

/** Something big to choose: a product, a batch, a step. */
export type ChoiceModel = {
  readonly label: string;
  readonly detail: string;
  readonly href: string;
  readonly picture: PictureModel | null;
  readonly chip: ChipModel | null;
  readonly main: boolean;
};

/** `views/batches/choose.eta`: one question and big answers. */
export type ChoosePageModel = Around & {
  readonly title: string;
  readonly back: LinkModel;
  readonly choices: readonly ChoiceModel[];
  /** More answers, folded away. */
  readonly more: { readonly title: string; readonly choices: readonly ChoiceModel[] } | null;
  readonly empty: EmptyStateModel | null;
};

/** `views/batches/form.eta`: a form under a title. */
export type BatchFormPageModel = Around & {
  readonly title: string;
  readonly sentence: string | null;
  readonly back: LinkModel;
  readonly other: LinkModel | null;
  readonly form: FormModel;
  /** Under which name an unsent form is kept on the phone. */
  readonly draft: string;
  /** A second form below, such as withdrawing. */
  readonly second: { readonly title: string; readonly sentence: string; readonly form: FormModel } | null;
};

/** `views/batches/record.eta`: the form of one event, with what a phone can add. */
export type RecordPageModel = Around & {
  readonly title: string;
  readonly back: LinkModel;
  readonly changeStep: LinkModel;
  readonly form: FormModel;
  /** Under which name an unsent form is kept on the phone. */
  readonly draft: string;
};

/** `views/batches/close.eta`: exactly what will happen. */
export type ClosePageModel = Around & {
  readonly title: string;
  readonly back: LinkModel;
  readonly consequences: readonly string[];
  readonly form: { readonly action: string; readonly csrfToken: string };
};

/** One recorded event with everything that was written about it. */
export type EventModel = {
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly occurredAt: string;
  readonly when: string;
  readonly place: string | null;
  readonly recorded: { readonly text: string; readonly late: boolean };
  readonly quantity: string | null;
  readonly note: string | null;
  readonly photos: readonly (PhotoModel & { readonly href: string })[];
  readonly withdrawn: boolean;
  readonly corrections: readonly string[];
  /** What stood there first; empty while nothing was corrected. */
  readonly original: readonly FactModel[];
  readonly correctHref: string | null;
};

/** What was just done; `undo` withdraws the event that was just recorded. */
export type DoneModel = {
  readonly notice: NoticeModel;
  readonly undo: {
    readonly action: string;
    readonly label: string;
    readonly hidden: readonly { readonly name: string; readonly value: string }[];
  } | null;
};

/** `views/batches/page.eta`: everything about a batch. */
export type BatchPageModel = Around & {
  readonly title: string;
  readonly product: LinkModel;
  readonly chips: readonly ChipModel[];
  readonly back: LinkModel;
  readonly done: DoneModel | null;
  readonly actions: readonly ActionCardModel[];
  readonly code: {
    readonly text: string;
    readonly qrHref: string;
    readonly alt: string;
    readonly trace: LinkModel;
    readonly url: string;
  };
  /** The batch's print runs and its account; null for whoever does not print. */
  /** Labels against packs, and the link to its runs for who prints them. */
  readonly labels: { readonly account: ComparisonModel; readonly runs: LinkModel | null };
  readonly facts: readonly FactModel[];
  readonly sources: readonly LinkModel[];
  readonly events: readonly EventModel[];
  readonly eventsEmpty: EmptyStateModel | null;
  readonly measures: readonly CompletenessModel[];
  readonly fill: FormModel | null;
  readonly closeHref: string | null;
};
