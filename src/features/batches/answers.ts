import type { Batch, BatchEvent, Completeness, EventContent, EventCorrection } from './contract.ts';

export type AnswerDeps = {
  readonly publicUrl: string;
  /** The step's business step of the Core Business Vocabulary; null where it has no word. */
  bizStepOf(step: string): string | null;
};

/** A batch as the API gives it to its own people. */
export function batchAnswer(batch: Batch, { publicUrl }: Pick<AnswerDeps, 'publicUrl'>) {
  const { createdBy: _, createdAt, demo: __, ...rest } = batch;
  return { ...rest, traceUrl: `${publicUrl}/${batch.code}`, createdAt: createdAt.toISOString() };
}

function contentAnswer(content: EventContent, { bizStepOf }: Pick<AnswerDeps, 'bizStepOf'>) {
  return { ...content, occurredAt: content.occurredAt.toISOString(), bizStep: bizStepOf(content.step) };
}

/** A correction as the API tells it. */
export function correctionAnswer(correction: EventCorrection, deps: AnswerDeps) {
  const { recordedAt, replacement, ...rest } = correction;
  return {
    ...rest,
    recordedAt: recordedAt.toISOString(),
    replacement: replacement === undefined ? null : contentAnswer(replacement, deps),
  };
}

/** An event with its corrections as the API tells it. */
export function eventAnswer(event: BatchEvent, deps: AnswerDeps) {
  const { recordedAt, occurredAt, corrections, ...rest } = event;
  return {
    ...rest,
    occurredAt: occurredAt.toISOString(),
    bizStep: deps.bizStepOf(event.step),
    recordedAt: recordedAt.toISOString(),
    corrections: corrections.map((correction) => correctionAnswer(correction, deps)),
  };
}

/** Everything of a batch, for the members of its cooperative. */
export function wholeBatchAnswer(
  whole: { batch: Batch; events: readonly BatchEvent[]; completeness: Completeness },
  deps: AnswerDeps,
) {
  return {
    ...batchAnswer(whole.batch, deps),
    events: whole.events.map((event) => eventAnswer(event, deps)),
    completeness: whole.completeness,
  };
}
