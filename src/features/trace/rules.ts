import type { Bilingual } from '../../platform/i18n.ts';
import { formatDate } from '../../platform/format.ts';
import { dateInVietnam, validOn } from '../../platform/clock.ts';
import { currentContent, type BatchEvent, type EventContent } from '../batches/contract.ts';
import type { Certificate } from '../certificates/contract.ts';

/** What a label's code is worth today; api.md has the closed list. */
export const VERDICTS = ['genuine', 'recalled', 'expired', 'suspect', 'sold', 'void', 'unknown'] as const;
export type Verdict = (typeof VERDICTS)[number];

export type Reason = { readonly code: string; readonly text: Bilingual };
export type Judgement = { readonly verdict: Verdict; readonly reasons: readonly Reason[] };

/** The verdict on a batch's code on the day `today`; dates are `YYYY-MM-DD`. */
export function judgeBatch(batch: { readonly expiresOn?: string | undefined }, today: string): Judgement {
  if (batch.expiresOn !== undefined && batch.expiresOn < today) {
    const date = formatDate(batch.expiresOn);
    return {
      verdict: 'expired',
      reasons: [
        {
          code: 'past-expiry',
          text: { vi: `Hạn sử dụng là ${date}.`, en: `It expired on ${date}.` },
        },
      ],
    };
  }
  return {
    verdict: 'genuine',
    reasons: [
      {
        code: 'shared-by-batch',
        text: {
          vi: 'Mã này chung cho cả lô, nên không cho biết riêng hộp bạn đang cầm.',
          en: 'The whole batch shares this code, so it cannot tell about your single pack.',
        },
      },
    ],
  };
}

export const UNKNOWN: Judgement = {
  verdict: 'unknown',
  reasons: [
    {
      code: 'not-issued',
      text: {
        vi: 'Không có mã này; tem có thể không do hệ thống này cấp.',
        en: 'There is no such code; the label may not come from this system.',
      },
    },
  ],
};

/** A record written more than this after the event is shown as late. */
export const LATE_AFTER_MS = 24 * 3_600_000;

/** How a certificate stood on the day of one event. */
export type EventJudgement = {
  readonly event: BatchEvent;
  readonly content: EventContent;
  /** `YYYY-MM-DD` in Vietnam. */
  readonly date: string;
  readonly valid: boolean;
};

/** The certificate judged on the day of every event that counts, by when it happened. */
export function judgedAtEvents(
  certificate: Pick<Certificate, 'issuedOn' | 'expiresOn'>,
  events: readonly BatchEvent[],
): readonly EventJudgement[] {
  return events
    .flatMap((event) => {
      const content = currentContent(event);
      if (content === null) return [];
      const date = dateInVietnam(content.occurredAt);
      return [{ event, content, date, valid: validOn(certificate, date) }];
    })
    .sort((a, b) => a.content.occurredAt.getTime() - b.content.occurredAt.getTime());
}
