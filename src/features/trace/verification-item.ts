import { groupCode, readCode } from '../../domain/batch-code/batch-code.ts';
import { inLanguage, type Language } from '../../platform/i18n.ts';
import { verdictTitle } from './verdict-title.ts';
import { VERDICT_SHAPES, type VerdictKind, type VerdictShape } from './view-model.ts';
import type { Verification } from './service.ts';

/** One checked code as a row of the verify page. */
export function verificationItem(verification: Verification, language: Language) {
  const { subject, verdict } = verification;
  const kind: VerdictKind = verdict;
  const shape: VerdictShape = VERDICT_SHAPES[kind];
  const isCode = readCode(verification.code) !== null;
  return {
    codeText: isCode ? groupCode(verification.code) : verification.code,
    href: isCode ? `/${verification.code}` : null,
    kind,
    shape,
    verdict: verdictTitle(kind, language),
    reason: verdict === 'genuine' ? null : (verification.reasons[0]?.text[language] ?? null),
    product: subject === null ? null : inLanguage(subject.product.name, language),
    cooperative: subject?.cooperative.name ?? null,
  };
}
