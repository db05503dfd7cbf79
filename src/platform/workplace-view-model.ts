import type { ChipModel, LinkModel, BarModel } from './view-parts.ts';

/** The icons of `partials/icon.eta`. */
export type IconName =
  | 'alert'
  | 'arrow'
  | 'batch'
  | 'calendar'
  | 'camera'
  | 'check'
  | 'clock'
  | 'close'
  | 'copy'
  | 'download'
  | 'file'
  | 'home'
  | 'key'
  | 'language'
  | 'leaf'
  | 'lock'
  | 'mail'
  | 'map'
  | 'more'
  | 'people'
  | 'phone'
  | 'plus'
  | 'printer'
  | 'question'
  | 'scan'
  | 'search'
  | 'share'
  | 'shield'
  | 'tag'
  | 'undo'
  | 'user';

/** One tab of the workplace: bottom bar on a phone, side rail on a desk. Four at most fit a phone. */
export type TabModel = {
  readonly label: string;
  readonly href: string;
  readonly icon: IconName;
  readonly current: boolean;
};

/** What `views/manage/frame.eta` has around a page of the workplace; the page's model carries it as `work`. */
export type WorkFrame = {
  /** The organisation in whose name the person works. */
  readonly organizationName: string;
  /** Whether that organisation is a demonstration's: every page then says so. */
  readonly demo: boolean;
  /** Where to choose another organisation; null when there is one only. */
  readonly switchHref: string | null;
  readonly tabs: readonly TabModel[];
  readonly signOut: { readonly action: string; readonly label: string };
};

/** A big thing to press on the first screen; one of them is `main`. */
export type ActionCardModel = LinkModel & {
  readonly detail: string;
  readonly icon: IconName;
  readonly main: boolean;
};

/** A line of “Cần làm”: what is wrong, what follows, and the one thing to press. */
export type TaskModel = {
  readonly title: string;
  readonly detail: string;
  readonly tone: 'late' | 'press' | 'bad';
  readonly action: LinkModel;
};

/** A batch, print run or import with its bar. */
export type ProgressCardModel = {
  readonly title: string;
  readonly href: string | null;
  /** Date or state at the right edge. */
  readonly aside: string;
  readonly bar: BarModel | null;
  readonly detail: string;
  readonly chips: readonly ChipModel[];
};

/** A table that becomes cards on a phone: the first column is the card's title. */
export type TableModel = {
  readonly caption: string;
  readonly columns: readonly { readonly label: string; readonly numeric: boolean }[];
  readonly rows: readonly {
    readonly href: string | null;
    readonly cells: readonly { readonly text: string; readonly chip?: ChipModel['tone'] | undefined }[];
  }[];
};

/** “9 trong 10 mục luật yêu cầu” with the way to mend each missing one. */
export type CompletenessModel = {
  readonly title: string;
  readonly bar: BarModel;
  readonly missing: readonly { readonly label: string; readonly href: string | null }[];
  readonly missingTitle: string;
};
