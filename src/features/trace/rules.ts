import type { Bilingual } from '../../platform/i18n.ts';
import { formatDate } from '../../platform/format.ts';
import { dateInVietnam, validOn } from '../../platform/clock.ts';
import { currentContent, type Batch, type BatchEvent, type EventContent } from '../batches/contract.ts';
import type { Unit } from '../labels/contract.ts';
import type { Certificate } from '../certificates/contract.ts';

/** What a label's code is worth today; api.md has the closed list. */
export const VERDICTS = ['genuine', 'recalled', 'expired', 'suspect', 'sold', 'void', 'unknown'] as const;
export type Verdict = (typeof VERDICTS)[number];

export type Reason = { readonly code: string; readonly text: Bilingual };
export type Judgement = { readonly verdict: Verdict; readonly reasons: readonly Reason[] };

/** What a batch's day of expiry says on the day `today`; null while it is not over. */
function expired(batch: Pick<Batch, 'expiresOn'>, today: string): Judgement | null {
  if (batch.expiresOn === undefined || batch.expiresOn >= today) return null;
  const date = formatDate(batch.expiresOn);
  const text = { vi: `Hạn sử dụng là ${date}.`, en: `It expired on ${date}.` };
  return { verdict: 'expired', reasons: [{ code: 'past-expiry', text }] };
}

/** The verdict on a pack's own code on the day `today`: a voided label is that whatever its date says. */
export function judgeUnit(
  unit: Pick<Unit, 'isVoid'>,
  batch: Pick<Batch, 'expiresOn'>,
  today: string,
): Judgement {
  if (unit.isVoid) return VOID;
  return (
    expired(batch, today) ?? {
      verdict: 'genuine',
      reasons: [
        {
          code: 'own-code',
          text: {
            vi: 'Mã này cấp riêng cho một gói và chưa bị hủy. Tem chép lại cũng mang mã ấy: hãy so với gói bạn cầm.',
            en: 'This code was given to one pack and is not void. A copied label has it too: compare it with your pack.',
          },
        },
      ],
    }
  );
}

/** The verdict on a batch's code on the day `today`; dates are `YYYY-MM-DD`. */
export function judgeBatch(batch: Pick<Batch, 'expiresOn'>, today: string): Judgement {
  return expired(batch, today) ?? SHARED;
}

const SHARED: Judgement = {
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

const VOID: Judgement = {
  verdict: 'void',
  reasons: [
    {
      code: 'label-void',
      text: {
        vi: 'Tem này bị hủy trước khi ra thị trường. Nếu thấy nó trên sản phẩm, xin báo cho chúng tôi.',
        en: 'This label was voided before it reached the market. If it is on a product, please tell us.',
      },
    },
  ],
};

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
