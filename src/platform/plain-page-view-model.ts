import type { FormModel, OptionModel } from './form-view-model.ts';
import type { PageFrame } from './page-frame.ts';
import type {
  ChipModel,
  EmptyStateModel,
  FactModel,
  LinkModel,
  NoticeModel,
  PaginationModel,
  StatModel,
} from './view-parts.ts';
import type { ActionCardModel, TableModel, TaskModel, WorkFrame } from './workplace-view-model.ts';

/** A deed of one press: a form with a button and nothing to fill in. */
export type DeedModel = {
  readonly action: string;
  readonly csrfToken: string;
  readonly label: string;
  /** What a reader of screens hears where several buttons say the same. */
  readonly about: string;
  readonly fields: readonly { readonly name: string; readonly value: string }[];
};

/** One line of a list with what may be done about it. `copy` is a link that is to be given to somebody. */
export type RowModel = {
  readonly title: string;
  readonly href: string | null;
  readonly detail: string;
  readonly chip: ChipModel | null;
  readonly copy: CopyModel | null;
  readonly deeds: readonly DeedModel[];
};

/** A text that can be copied by a press, and read and marked without scripts. */
export type CopyModel = {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly button: string;
  readonly done: string;
};

/** What a list is narrowed by: a GET to `action`. */
export type FilterModel = {
  readonly action: string;
  readonly label: string;
  readonly search: { readonly name: string; readonly label: string; readonly value: string };
  readonly selects: readonly {
    readonly name: string;
    readonly label: string;
    readonly options: readonly OptionModel[];
  }[];
  readonly button: string;
};

/** Bars that can be compared, with the same numbers as a table behind them. Lengths are whole per cent. */
export type BarsModel = {
  readonly caption: string;
  readonly bars: readonly {
    readonly label: string;
    readonly value: string;
    readonly percent: number;
    readonly href: string | null;
  }[];
};

/** Bars that are compared, and what the comparison says. */
export type ComparisonModel = { readonly bars: BarsModel; readonly sentences: readonly string[] };

export type PartModel =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'said'; readonly text: string }
  | { readonly kind: 'notice'; readonly notice: NoticeModel }
  | { readonly kind: 'facts'; readonly facts: readonly FactModel[] }
  | { readonly kind: 'form'; readonly form: FormModel; readonly showPassword: string | null }
  | { readonly kind: 'table'; readonly table: TableModel }
  | { readonly kind: 'rows'; readonly rows: readonly RowModel[] }
  | { readonly kind: 'empty'; readonly empty: EmptyStateModel }
  | { readonly kind: 'links'; readonly links: readonly LinkModel[] }
  | { readonly kind: 'deeds'; readonly deeds: readonly DeedModel[] }
  | { readonly kind: 'actions'; readonly actions: readonly ActionCardModel[] }
  | { readonly kind: 'tasks'; readonly tasks: readonly TaskModel[] }
  | { readonly kind: 'stats'; readonly stats: readonly StatModel[] }
  | { readonly kind: 'filter'; readonly filter: FilterModel }
  | { readonly kind: 'bars'; readonly bars: BarsModel }
  | { readonly kind: 'pagination'; readonly pagination: PaginationModel };

export type SectionModel = {
  /** Where links lead to. */
  readonly id: string | null;
  readonly heading: string | null;
  readonly parts: readonly PartModel[];
};

/** `views/manage/plain.eta`: a page of the workplace that is made of known parts. */
export type PlainPageModel = {
  readonly page: PageFrame;
  readonly work: WorkFrame;
  readonly back: LinkModel | null;
  readonly title: string;
  readonly lead: string | null;
  /** What was just done. */
  readonly done: NoticeModel | null;
  readonly sections: readonly SectionModel[];
};
