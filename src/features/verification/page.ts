import { formatNumber } from '../../platform/format.ts';
import { speak, type Language, type Strings } from '../../platform/i18n.ts';
import type { PageFrame } from '../../platform/page-frame.ts';
import type { CodeBoxModel } from '../../platform/view-parts.ts';
import type { FormModel } from '../../platform/form-view-model.ts';
import type { VerdictKind } from '../trace/contract.ts';
import { verificationStrings } from './strings.ts';
import type { VerificationItemModel, VerifyPageModel } from './view-model.ts';

const countStrings = {
  genuine: { vi: 'không có gì lạ', en: 'nothing unusual' },
  recalled: { vi: 'đang thu hồi', en: 'recalled' },
  expired: { vi: 'hết hạn', en: 'expired' },
  suspect: { vi: 'nghi sao chép', en: 'possibly copied' },
  sold: { vi: 'đã bán', en: 'sold' },
  void: { vi: 'đã hủy', en: 'voided' },
  unknown: { vi: 'không tìm thấy', en: 'not found' },
  summary: {
    vi: (v: { good: string; all: string }) => `${v.good} trong ${v.all} tem không có gì lạ`,
    en: (v: { good: string; all: string }) => `Nothing unusual about ${v.good} of ${v.all} labels`,
  },
  mend: { vi: 'Có mục cần sửa', en: 'Something needs mending' },
} satisfies Strings;

/** What needs attention comes first. */
const ORDER: readonly VerdictKind[] = [
  'recalled',
  'suspect',
  'unknown',
  'void',
  'sold',
  'expired',
  'genuine',
];

type Making = {
  readonly frame: PageFrame;
  readonly box: CodeBoxModel;
  readonly most: number;
  readonly text: string;
  readonly items: readonly VerificationItemModel[];
  readonly errors: readonly string[];
  /** Whether codes were asked for, so that an answer is shown. */
  readonly asked: boolean;
};

function codesForm({ frame, most, text, errors }: Making): FormModel {
  const t = speak(verificationStrings, frame.language);
  const words = speak(countStrings, frame.language);
  const id = 'field-codes';
  return {
    action: '/verify',
    csrfToken: frame.csrfToken,
    idempotencyKey: null,
    multipart: true,
    errorTitle: words.mend,
    errors: errors.map((label) => ({ label, href: `#${id}` })),
    notice: null,
    groups: [
      {
        legend: '',
        hint: null,
        fields: [
          {
            id,
            name: 'codes',
            kind: 'textarea',
            label: t.manyLabel,
            hint: t.manyHint({ max: formatNumber(most, frame.language) }),
            error: errors[0] ?? null,
            value: text,
            required: false,
            rows: 6,
          },
          {
            id: 'field-file',
            name: 'file',
            kind: 'file',
            label: t.fileLabel,
            hint: t.fileHint,
            error: null,
            value: '',
            required: false,
            accept: '.csv,.txt,text/csv,text/plain',
          },
        ],
      },
    ],
    submit: t.manySubmit,
    cancel: null,
  };
}

/** The answers as a table to keep, in the order in which the codes were given. */
export function resultRows(
  items: readonly VerificationItemModel[],
  language: Language,
): readonly (readonly string[])[] {
  const t = speak(verificationStrings, language);
  return [
    [t.columnCode, t.columnVerdict, t.columnReason, t.columnProduct, t.columnCooperative],
    ...items.map(({ codeText, verdict, reason, product, cooperative }) => [
      codeText,
      verdict,
      reason ?? '',
      product ?? '',
      cooperative ?? '',
    ]),
  ];
}

function resultOf({ frame, items, text }: Making): NonNullable<VerifyPageModel['result']> {
  const { language } = frame;
  const words = speak(countStrings, language);
  const counts = ORDER.flatMap((kind) => {
    const these = items.filter((item) => item.kind === kind);
    const [first] = these;
    return first === undefined
      ? []
      : [{ kind, shape: first.shape, text: `${formatNumber(these.length, language)} ${words[kind]}` }];
  });
  const good = items.filter((item) => item.kind === 'genuine').length;
  return {
    summary: words.summary({ good: formatNumber(good, language), all: formatNumber(items.length, language) }),
    counts,
    codes: text,
    items: [...items].sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind)),
  };
}

/** The model of `views/verify/page.eta`, with or without codes to check. */
export function verifyPage(making: Making): VerifyPageModel {
  return {
    page: making.frame,
    t: speak(verificationStrings, making.frame.language),
    codeBox: making.box,
    form: codesForm(making),
    result: making.asked ? resultOf(making) : null,
  };
}
