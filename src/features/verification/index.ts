import type { Clock } from '../../platform/clock.ts';
import type { TraceForVerification, TraceAnswerDeps } from '../trace/contract.ts';
import { verificationRoutes } from './routes.ts';

export type VerificationFeatureDeps = {
  readonly clock: Clock;
  readonly trace: TraceForVerification;
  readonly answers: Omit<TraceAnswerDeps, 'language' | 'today'>;
};

/** Checking codes without opening their pages. */
export function verificationFeature({ clock, trace, answers }: VerificationFeatureDeps) {
  return {
    routes: verificationRoutes({
      clock,
      tries: trace.tries,
      verifier: trace.service,
      answer: (verification, reader) => trace.answer(verification, { ...answers, ...reader }),
      item: trace.item,
    }),
  };
}
