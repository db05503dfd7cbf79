import { addDays } from '../../platform/clock.ts';
import { invalidField, type Problem } from '../../platform/problem.ts';
import { originalContent, type BatchEvent, type EventContent } from './contract.ts';
import type { NewBatch, NewCorrection, NewEvent } from './input.ts';

/** How far a phone's clock may run ahead of the server's. */
const CLOCK_SKEW_MS = 10 * 60 * 1000;

const DATE_ORDER = {
  vi: 'Ngày hết hạn phải sau ngày sản xuất.',
  en: 'The expiry date must come after the production date.',
};
const DATE_FUTURE = {
  vi: 'Vui lòng chọn ngày không muộn hơn hôm nay.',
  en: 'Please choose a date no later than today.',
};
const TIME_FUTURE = {
  vi: 'Vui lòng chọn thời điểm không muộn hơn bây giờ.',
  en: 'Please choose a time no later than now.',
};

/** What is wrong with a batch's dates on the day `today` (`YYYY-MM-DD`), or null. */
export function batchDateProblem(
  batch: Pick<NewBatch, 'producedOn' | 'expiresOn'>,
  today: string,
): Problem | null {
  if (batch.producedOn > today) return invalidField('/producedOn', DATE_FUTURE);
  if (batch.expiresOn !== undefined && batch.expiresOn <= batch.producedOn) {
    return invalidField('/expiresOn', DATE_ORDER);
  }
  return null;
}

/** The expiry date told, or the product's shelf life after the day of production. */
export function expiryOf(
  batch: Pick<NewBatch, 'producedOn' | 'expiresOn'>,
  shelfLifeDays: number | undefined,
): string | undefined {
  if (batch.expiresOn !== undefined) return batch.expiresOn;
  return shelfLifeDays === undefined ? undefined : addDays(batch.producedOn, shelfLifeDays);
}

/** What is wrong with the time of an event, or null. */
export function eventTimeProblem(occurredAt: Date, now: Date, pointer: string): Problem | null {
  return occurredAt.getTime() > now.getTime() + CLOCK_SKEW_MS ? invalidField(pointer, TIME_FUTURE) : null;
}

/** The content of an event as told in a request. */
export function contentOf(input: NewEvent): EventContent {
  const { step, occurredAt, photos, place, quantity, note } = input;
  return {
    step,
    occurredAt: new Date(occurredAt),
    photos: photos ?? [],
    ...(place === undefined ? {} : { place }),
    ...(quantity === undefined ? {} : { quantity }),
    ...(note === undefined ? {} : { note }),
  };
}

/** What an event said last before it was withdrawn, if it was. */
export function lastContent(event: BatchEvent): EventContent {
  const told = event.corrections.findLast((correction) => correction.replacement !== undefined);
  return told?.replacement ?? originalContent(event);
}

/** What `event` says now, with the parts that a correction tells anew; null takes a part away. */
export function correctedContent(
  event: BatchEvent,
  told: NonNullable<NewCorrection['replacement']>,
): EventContent {
  const { occurredAt, ...rest } = told;
  const changed = Object.entries(rest).filter(([, value]) => value !== undefined);
  const parts = { ...lastContent(event), ...Object.fromEntries(changed) };
  const kept = Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== null));
  return {
    ...(kept as EventContent),
    ...(occurredAt === undefined ? {} : { occurredAt: new Date(occurredAt) }),
  };
}
