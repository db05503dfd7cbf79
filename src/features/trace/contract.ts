/** What other features' pages may use of verdicts. */
export { VERDICT_SHAPES, type VerdictKind, type VerdictShape } from './view-model.ts';
