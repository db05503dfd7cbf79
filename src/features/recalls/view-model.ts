import type { Spoken } from '../../platform/i18n.ts';
import type { PageFrame } from '../../platform/page-frame.ts';
import type { EmptyStateModel, FactModel, LinkModel, PaginationModel } from '../../platform/view-parts.ts';
import type { recallStrings } from './strings.ts';

/** One public notice. */
export type RecallNoticeModel = {
  readonly product: LinkModel;
  readonly cooperative: LinkModel;
  /** “An toàn”, “Chất lượng”, “Ghi nhãn” */
  readonly severity: string;
  readonly inForce: boolean;
  /** “từ 22/11/2026” or “22/11/2026 – 24/11/2026” */
  readonly period: string;
  readonly reason: string;
  readonly instruction: string | null;
  /** Lots affected and how to tell them. */
  readonly facts: readonly FactModel[];
};

/** `views/recalls/list.eta`: public notices, those in force first, newest first. */
export type RecallsPageModel = {
  readonly page: PageFrame;
  readonly t: Spoken<typeof recallStrings>;
  readonly notices: readonly RecallNoticeModel[];
  readonly empty: EmptyStateModel;
  readonly pagination: PaginationModel | null;
};
