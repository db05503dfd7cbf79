import type { Spoken } from '../../platform/i18n.ts';
import type { PageFrame } from '../../platform/page-frame.ts';
import type {
  CodeBoxModel,
  FactModel,
  LinkModel,
  ProductCardModel,
  StatModel,
} from '../../platform/view-parts.ts';
import type { VerdictKind, VerdictShape } from '../trace/contract.ts';
import type { problemStrings } from './problem-strings.ts';
import type { systemStrings } from './strings.ts';

/** A demonstration label to look at: one per verdict, so that a visitor sees each answer. */
export type SampleLabelModel = LinkModel & {
  readonly kind: VerdictKind;
  readonly shape: VerdictShape;
  readonly detail: string;
};

/** `views/home/page.eta`: type a code, look around, join. */
export type HomePageModel = {
  readonly page: PageFrame;
  readonly t: Spoken<typeof systemStrings>;
  readonly codeBox: CodeBoxModel;
  /** Live counts: cooperatives, products, batches with a recorded way. */
  readonly stats: readonly StatModel[];
  /** The map of Vietnam with links to its provinces, drawn by us. */
  readonly map: string;
  readonly provincesHref: string;
  readonly productsTitle: string;
  readonly products: readonly ProductCardModel[];
  readonly productsHref: string;
  /** Empty outside a demonstration. */
  readonly samples: readonly SampleLabelModel[];
  readonly registerHref: string;
  readonly verifyHref: string;
  readonly signInHref: string;
};

/** `views/problem/about.eta`: what a problem's `type` leads to, or the list of all of them. */
export type ProblemAboutModel = {
  readonly page: PageFrame;
  readonly t: Spoken<typeof problemStrings>;
  readonly title: string;
  readonly lead: string;
  readonly problems: readonly {
    readonly code: string;
    readonly status: string;
    readonly title: string;
    readonly href: string;
  }[];
  /** Status, code and type of one problem; null on the list. */
  readonly one: readonly FactModel[] | null;
};
