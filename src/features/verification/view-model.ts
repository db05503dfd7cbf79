import type { FormModel } from '../../platform/form-view-model.ts';
import type { Spoken } from '../../platform/i18n.ts';
import type { PageFrame } from '../../platform/page-frame.ts';
import type { CodeBoxModel } from '../../platform/view-parts.ts';
import type { VerdictKind, VerdictShape } from '../trace/contract.ts';
import type { verificationStrings } from './strings.ts';

/** One code's answer. */
export type VerificationItemModel = {
  readonly codeText: string;
  /** Where its trace page is; null when it is not a code at all. */
  readonly href: string | null;
  readonly kind: VerdictKind;
  readonly shape: VerdictShape;
  readonly verdict: string;
  readonly reason: string | null;
  readonly product: string | null;
  readonly cooperative: string | null;
};

/** `views/verify/page.eta`: one code, or many pasted at once. */
export type VerifyPageModel = {
  readonly page: PageFrame;
  readonly t: Spoken<typeof verificationStrings>;
  readonly codeBox: CodeBoxModel;
  readonly form: FormModel;
  /** null before anything was asked. What needs attention comes first. */
  readonly result: {
    /** “298 trong 300 tem không có gì lạ” */
    readonly summary: string;
    readonly counts: readonly {
      readonly kind: VerdictKind;
      readonly shape: VerdictShape;
      readonly text: string;
    }[];
    readonly items: readonly (VerificationItemModel & {
      /** “× 4”; null for once. */ readonly times: string | null;
    })[];
    /** What was checked, to be asked for again as a file. */
    readonly codes: string;
  } | null;
};
