import type { Spoken } from '../../platform/i18n.ts';
import type { PageFrame } from '../../platform/page-frame.ts';
import type { FieldModel, FormModel, OptionModel } from '../../platform/form-view-model.ts';
import type {
  ChipModel,
  EmptyStateModel,
  FactModel,
  LinkModel,
  NoticeModel,
} from '../../platform/view-parts.ts';
import type { ComparisonModel } from '../../platform/plain-page-view-model.ts';
import type { ProgressCardModel, WorkFrame } from '../../platform/workplace-view-model.ts';
import type { runStrings } from './run-strings.ts';
import type { runsStrings } from './runs-strings.ts';
import type { LabelPreviewModel } from './view-model.ts';
import type { voidStrings } from './void-strings.ts';
import type { labelWorkStrings } from './work-strings.ts';

type Around = { readonly page: PageFrame; readonly work: WorkFrame };

/** `views/manage/labels.eta`: batches to print of, and what was printed. */
export type LabelsPageModel = Around & {
  readonly t: Spoken<typeof runsStrings>;
  readonly title: string;
  readonly lead: string | null;
  readonly back: LinkModel | null;
  readonly print: LinkModel | null;
  readonly batches: readonly ProgressCardModel[];
  readonly batchesEmpty: EmptyStateModel | null;
  /** Of one batch only. */
  readonly account: ComparisonModel | null;
  readonly accountCsv: LinkModel | null;
  readonly filter: {
    readonly label: string;
    readonly select: { readonly label: string; readonly options: readonly OptionModel[] };
    readonly button: string;
  } | null;
  readonly runs: readonly ProgressCardModel[];
  readonly runsEmpty: EmptyStateModel | null;
  readonly newer: LinkModel | null;
  readonly older: LinkModel | null;
};

/** One file that can be downloaded; `name` is what it is saved as. */
export type DownloadModel = LinkModel & {
  readonly name: string;
  readonly about: string | null;
  /** `12,4 MB`; null of a file that was never made. */
  readonly size: string | null;
  /** Kept out of the page's memory. */
  readonly isLarge: boolean;
  readonly main: boolean;
  /** A small button, among several of their kind. */
  readonly short: boolean;
  /** What the label leaves out for those who see where it stands. */
  readonly unseen: string | null;
};

/** The words of `partials/loading.eta`; what stands in braces is filled in as the download goes on. */
export type LoadingModel = Spoken<typeof runStrings>;

/** The words of `partials/proof.eta`. */
export type ProofWordsModel = Spoken<typeof labelWorkStrings>;

/** What happened to labels of a run after it was printed. */
export type HistoryModel = {
  readonly title: string;
  readonly detail: string;
  readonly reason: string;
  readonly by: string;
  readonly downloads: readonly DownloadModel[];
};

/** `views/manage/print-run.eta`: what was printed, its files and what became of it. */
export type PrintRunPageModel = Around & {
  readonly t: Spoken<typeof runStrings>;
  readonly title: string;
  readonly lead: string;
  readonly back: LinkModel;
  readonly notice: NoticeModel | null;
  readonly chips: readonly ChipModel[];
  readonly downloads: readonly DownloadModel[];
  /** Where the server says how many labels of a file it has made. */
  readonly progress: string;
  /** Null where it cannot be drawn any more. */
  readonly label: { readonly src: string; readonly alt: string } | null;
  readonly facts: readonly FactModel[];
  readonly plan: string;
  /** That labels were read before they may be printed; null where nothing is to print. */
  readonly proof: { readonly label: string; readonly detail: string; readonly isRead: boolean } | null;
  /** Why nothing can be printed, and what to do. */
  readonly stopped: NoticeModel | null;
  /** That files still have labels that are void. */
  readonly caution: string | null;
  readonly account: ComparisonModel | null;
  readonly next: readonly LinkModel[];
  readonly history: readonly HistoryModel[];
  readonly older: LinkModel | null;
};

/** `views/manage/reprint.eta`: which labels of a run to print again. */
export type ReprintPageModel = Around & {
  readonly t: Spoken<typeof runStrings>;
  /** Of the form and the preview that printing a run has as well. */
  readonly words: ProofWordsModel;
  readonly title: string;
  readonly back: LinkModel;
  readonly form: FormModel;
  readonly fields: readonly FieldModel[];
  readonly preview: LabelPreviewModel | null;
  readonly previewHref: string;
};

/** `views/manage/void.eta`: which labels to void, then exactly what that does. */
export type VoidPageModel = Around & {
  readonly t: Spoken<typeof voidStrings>;
  readonly title: string;
  readonly lead: string;
  readonly back: LinkModel;
  /** What would be done; empty while it is still asked what. */
  readonly consequences: readonly string[];
  /** The way back to the form with what was typed; null on the form itself. */
  readonly change: {
    readonly action: string;
    readonly label: string;
    readonly hidden: readonly { readonly name: string; readonly value: string }[];
  } | null;
  /** Whether labels can be told by scanning them. */
  readonly scans: boolean;
  readonly form: FormModel | null;
};
