import type { Batch, BatchEvent, Completeness, EventContent, EventCorrection } from './contract.ts';

export type AnswerDeps = { readonly publicUrl: string };

/** A batch as the API gives it to its own people. */
export function batchAnswer(batch: Batch, { publicUrl }: AnswerDeps) {
  const { createdBy: _, createdAt, demo: __, ...rest } = batch;
  return { ...rest, traceUrl: `${publicUrl}/${batch.code}`, createdAt: createdAt.toISOString() };
}

function contentAnswer(content: EventContent) {
  return { ...content, occurredAt: content.occurredAt.toISOString() };
}

export function correctionAnswer(correction: EventCorrection) {
  const { recordedAt, replacement, ...rest } = correction;
  return {
    ...rest,
    recordedAt: recordedAt.toISOString(),
    replacement: replacement === undefined ? null : contentAnswer(replacement),
  };
}

export function eventAnswer(event: BatchEvent) {
  const { recordedAt, occurredAt, corrections, ...rest } = event;
  return {
    ...rest,
    occurredAt: occurredAt.toISOString(),
    recordedAt: recordedAt.toISOString(),
    corrections: corrections.map(correctionAnswer),
  };
}

export function wholeBatchAnswer(
  whole: { batch: Batch; events: readonly BatchEvent[]; completeness: Completeness },
  deps: AnswerDeps,
) {
  return {
    ...batchAnswer(whole.batch, deps),
    events: whole.events.map(eventAnswer),
    completeness: whole.completeness,
  };
}
