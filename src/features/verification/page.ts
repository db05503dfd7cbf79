import { readCode } from '../../domain/batch-code/batch-code.ts';
import { formatNumber } from '../../platform/format.ts';
import { fieldMaker, formModel, type FormState } from '../../platform/form-state.ts';
import { speak, type Language, type Strings } from '../../platform/i18n.ts';
import type { PageFrame } from '../../platform/page-frame.ts';
import type { CodeBoxModel } from '../../platform/view-parts.ts';
import type { FormModel } from '../../platform/form-view-model.ts';
import { VERDICT_SHAPES, type VerdictKind } from '../trace/contract.ts';
import { CODES_MAX } from './input.ts';
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
  /** What was typed or read from a file, and what is wrong with it: `codes` and `file`. */
  readonly state: FormState;
  readonly items: readonly VerificationItemModel[];
  /** Whether codes were asked for, so that an answer is shown. */
  readonly asked: boolean;
};

function codesForm({ frame, most, state }: Making): FormModel {
  const { language, csrfToken } = frame;
  const t = speak(verificationStrings, language);
  const field = fieldMaker(state);
  const shops =
    most < CODES_MAX.retailer ? [t.shopsHint({ max: formatNumber(CODES_MAX.retailer, language) })] : [];
  const hint = [t.manyHint({ max: formatNumber(most, language) }), ...shops].join(' ');
  const fields = [
    field('codes', { kind: 'textarea', label: t.manyLabel, hint, rows: 6 }),
    field('file', {
      kind: 'file',
      label: t.fileLabel,
      hint: t.fileHint,
      accept: '.csv,.txt,text/csv,text/plain',
    }),
  ];
  return formModel(state, language, {
    action: '/verify',
    csrfToken,
    idempotencyKey: null,
    multipart: true,
    groups: [{ legend: '', hint: null, fields }],
    submit: t.manySubmit,
  });
}

/** How often each code was asked about. */
function countsOf(items: readonly VerificationItemModel[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { codeText } of items) counts.set(codeText, (counts.get(codeText) ?? 0) + 1);
  return counts;
}

/** The answers as a shop is to see them: a pack's own code is on one label only, whatever else is true of it. */
export function asOneDelivery(
  items: readonly VerificationItemModel[],
  language: Language,
): readonly VerificationItemModel[] {
  const t = speak(verificationStrings, language);
  const counts = countsOf(items);
  return items.map((item) => {
    const count = counts.get(item.codeText) ?? 1;
    const isOfPack = readCode(item.codeText)?.kind === 'unit';
    if (item.kind !== 'genuine' || count === 1 || !isOfPack) return item;
    return {
      ...item,
      kind: 'suspect',
      shape: VERDICT_SHAPES.suspect,
      verdict: t.repeated({ count: formatNumber(count, language) }),
      reason: t.repeatedReason,
    };
  });
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

function resultOf({ frame, items, state }: Making): NonNullable<VerifyPageModel['result']> {
  const { language } = frame;
  const t = speak(verificationStrings, language);
  const words = speak(countStrings, language);
  const counts = ORDER.flatMap((kind) => {
    const these = items.filter((item) => item.kind === kind);
    const [first] = these;
    return first === undefined
      ? []
      : [{ kind, shape: first.shape, text: `${formatNumber(these.length, language)} ${words[kind]}` }];
  });
  const good = items.filter((item) => item.kind === 'genuine').length;
  const each = new Map(items.map((item) => [item.codeText, item]));
  const times = countsOf(items);
  const rows = [...each.values()].map((item) => {
    const count = times.get(item.codeText) ?? 1;
    return { ...item, times: count === 1 ? null : t.times({ count: formatNumber(count, language) }) };
  });
  return {
    summary: words.summary({ good: formatNumber(good, language), all: formatNumber(items.length, language) }),
    counts,
    codes: state.values['codes'] ?? '',
    items: rows.sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind)),
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
