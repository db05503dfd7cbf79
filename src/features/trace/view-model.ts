import type { Spoken } from '../../platform/i18n.ts';
import type { PageFrame } from '../../platform/page-frame.ts';
import type {
  BarModel,
  CodeBoxModel,
  FactModel,
  LinkModel,
  OcopModel,
  PhotoModel,
  PictureModel,
} from '../../platform/view-parts.ts';
import type { traceStrings } from './strings.ts';

/** Each verdict's own shape, so that none is told by colour alone. */
export const VERDICT_SHAPES = {
  genuine: 'tick',
  recalled: 'octagon',
  expired: 'clock',
  suspect: 'triangle',
  sold: 'bag',
  void: 'slash',
  unknown: 'question',
} as const;

export type VerdictKind = keyof typeof VERDICT_SHAPES;
export type VerdictShape = (typeof VERDICT_SHAPES)[VerdictKind];

/** The stamp at the top of the page: everything else is quiet beside it. */
export type StampModel = {
  readonly kind: VerdictKind;
  readonly shape: VerdictShape;
  readonly title: string;
  readonly sentence: string;
  /** “Quét lần đầu lúc 09:12, 20/11/2026”; null when nothing is known of scans. */
  readonly scanLine: string | null;
  /** The code in groups of four, as on the label. */
  readonly codeText: string;
};

export type CorrectionModel = {
  /** “Đính chính ngày 07/04/2026: cân lại sau khi sấy” */
  readonly text: string;
  /** What stood there before, readable for good. */
  readonly original: readonly FactModel[];
};

/** One event of the value chain, in the order in which it happened. */
export type TimelineItemModel = {
  readonly title: string;
  /** ISO 8601 instant, for machines. */
  readonly occurredAt: string;
  readonly dateText: string;
  readonly place: string | null;
  /** Another cooperative's name when the event was not this one's. */
  readonly by: string | null;
  /** How long after the event it was written; `late` marks what took longer than it should. */
  readonly written: { readonly text: string; readonly late: boolean } | null;
  readonly quantity: string | null;
  readonly note: string | null;
  readonly photos: readonly (PhotoModel & { readonly href: string })[];
  readonly correction: CorrectionModel | null;
  /** The record's proof file; null while it is not in the log. */
  readonly proofHref: string | null;
};

export type CertificateModel = {
  readonly name: string;
  /** “VG-0426-118, đến 30/11/2027” */
  readonly detail: string;
  readonly today: { readonly state: 'valid' | 'soon' | 'lapsed'; readonly text: string };
  /** How it stood on the days of the events, those on which it was not valid by name. */
  readonly atEvent: string | null;
  readonly fileHref: string | null;
};

/** A recall in force: what is wrong, since when, and what to do with the pack. */
export type RecallModel = {
  readonly title: string;
  readonly reason: string;
  readonly since: string;
  readonly instruction: string;
};

/** What the signed log says about this page; absent until there is a log entry to show. */
export type ProofModel = {
  readonly sentence: string;
  readonly facts: readonly FactModel[];
  readonly link: LinkModel;
};

export type TraceContactModel = {
  readonly phone: LinkModel | null;
  readonly email: LinkModel | null;
  /** mailto: with the code filled in. */
  readonly report: LinkModel | null;
  /** Zalo's public share address with this page's URL in it. */
  readonly zalo: LinkModel | null;
};

/** Everything that a code of ours leads to. */
export type TraceSubjectModel = {
  readonly product: {
    readonly name: string;
    readonly href: string;
    readonly picture: PictureModel;
    readonly tier: string;
    readonly ocop: OcopModel | null;
    /** “Lô CX-01, HSD 05/04/2028” */
    readonly lotLine: string;
    /** Which pack of how many; null of a code that the batch shares. */
    readonly packLine: string | null;
  };
  readonly cooperative: { readonly name: string; readonly href: string; readonly about: string };
  readonly province: {
    readonly name: string;
    readonly href: string;
    /** “xã Lũng Phìn”; null when not recorded. */
    readonly commune: string | null;
    /** The map of Vietnam with the province filled, drawn by us. */
    readonly map: string;
  };
  readonly recall: RecallModel | null;
  readonly timeline: readonly TimelineItemModel[];
  /** Batches that this one came from, and those that it went into. */
  readonly related: readonly { readonly title: string; readonly links: readonly LinkModel[] }[];
  readonly certificates: readonly CertificateModel[];
  readonly knows: {
    /** “Tem này chỉ cho một hộp: hộp 812 trong 940 hộp của lô CX-01.” */
    readonly level: string;
    /** “9 trong 10 mục luật yêu cầu” */
    readonly summary: string;
    readonly bar: BarModel;
    /** The same count for what else the law asks. */
    readonly others: readonly string[];
    readonly missing: readonly string[];
  };
  readonly proof: ProofModel | null;
  /** Ingredients, storage, warnings, standards: what the cooperative wrote about the product. */
  readonly facts: readonly FactModel[];
  readonly contact: TraceContactModel;
};

/**
 * `views/trace/page.eta`. `subject` is null for an unknown code: that page names no cooperative and offers the box to
 * type the code again (`codeBox`).
 */
export type TracePageModel = {
  readonly page: PageFrame;
  readonly t: Spoken<typeof traceStrings>;
  readonly stamp: StampModel;
  readonly subject: TraceSubjectModel | null;
  readonly codeBox: CodeBoxModel | null;
  /** The page's own absolute URL, for sharing. */
  readonly shareUrl: string;
  /** Where the page reports that a person saw it (once per visit); null when there is nothing to count. */
  readonly scanHref: string | null;
};
