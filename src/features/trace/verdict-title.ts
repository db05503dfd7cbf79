import { speak, type Language } from '../../platform/i18n.ts';
import { traceStrings } from './strings.ts';
import type { VerdictKind } from './view-model.ts';

/** A verdict in a few words. */
export function verdictTitle(kind: VerdictKind, language: Language): string {
  const t = speak(traceStrings, language);
  return {
    genuine: t.genuineTitle,
    recalled: t.recalledTitle,
    expired: t.expiredTitle,
    suspect: t.suspectTitle,
    sold: t.soldTitle,
    void: t.voidTitle,
    unknown: t.unknownTitle,
  }[kind];
}
