import type { Language } from '../../platform/i18n.ts';
import type { TraceAnswerDeps } from './answers.ts';
import type { Verification } from './service.ts';
import type { CodeTries } from './tries.ts';
import type { verificationItem } from './verification-item.ts';

export type { Verdict } from './rules.ts';
export type { CodeMeters, CodeTries } from './tries.ts';
export { verdictTitle } from './verdict-title.ts';
export { VERDICT_SHAPES, type VerdictKind, type VerdictShape } from './view-model.ts';
export type { TraceAnswerDeps } from './answers.ts';

/** What checking codes needs of the trace feature. */
export type TraceForVerification = {
  readonly tries: CodeTries;
  readonly service: { verify(codes: readonly string[]): Promise<readonly Verification[]> };
  answer(verification: Verification, deps: TraceAnswerDeps): object;
  item(verification: Verification, language: Language): ReturnType<typeof verificationItem>;
};
