import type { Spoken } from '../../platform/i18n.ts';
import type { PageFrame } from '../../platform/page-frame.ts';
import type { ChipModel, EmptyStateModel, LinkModel } from '../../platform/view-parts.ts';
import type {
  ActionCardModel,
  ProgressCardModel,
  TaskModel,
  WorkFrame,
} from '../../platform/workplace-view-model.ts';
import type { VerdictKind, VerdictShape } from '../trace/contract.ts';
import type { shopStrings } from './shop-strings.ts';
import type { todayStrings } from './strings.ts';

type Around = {
  readonly page: PageFrame;
  readonly work: WorkFrame;
  readonly t: Spoken<typeof todayStrings>;
};

/** One thing recorded lately; it leads to its batch. */
export type RecentModel = {
  readonly title: string;
  readonly detail: string;
  readonly href: string;
  readonly chip: ChipModel | null;
};

/** `views/manage/today.eta`: what can be done now comes first. */
export type TodayPageModel = Around & {
  readonly greeting: string;
  readonly actions: readonly ActionCardModel[];
  /** The way to the first label; null once there is a record. `done` steps are behind, `current` is next. */
  readonly start: {
    readonly steps: readonly { readonly label: string; readonly state: 'done' | 'current' | 'ahead' }[];
    readonly empty: EmptyStateModel;
  } | null;
  readonly tasks: readonly TaskModel[];
  readonly open: readonly ProgressCardModel[];
  readonly openEmpty: EmptyStateModel | null;
  readonly allHref: string | null;
  readonly recent: readonly RecentModel[];
};

/** `views/manage/waiting.eta`: a cooperative that is not approved yet, or was refused. */
export type WaitingPageModel = Around & {
  readonly title: string;
  readonly sentence: string;
  readonly note: string | null;
  readonly next: string | null;
  readonly links: readonly LinkModel[];
};

/** `views/manage/shop.eta`: people of a shop check what is delivered. */
export type ShopPageModel = Omit<Around, 't'> & {
  readonly t: Spoken<typeof shopStrings>;
  readonly greeting: string;
  readonly actions: readonly ActionCardModel[];
  readonly verdicts: readonly {
    readonly kind: VerdictKind;
    readonly shape: VerdictShape;
    readonly name: string;
    readonly meaning: string;
  }[];
};

/** `views/manage/menu.eta`: the tabs as big things to press. */
export type MenuPageModel = Around & { readonly actions: readonly ActionCardModel[] };
