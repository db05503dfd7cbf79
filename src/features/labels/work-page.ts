import type { LabelTemplate } from '../../domain/label/template.ts';
import { formModel, type FormState } from '../../platform/form-state.ts';
import { formatNumber } from '../../platform/format.ts';
import { inLanguage, speak, type Language } from '../../platform/i18n.ts';
import { labelWords, planSentence, symbolSentence } from './preview.ts';
import { runStrings } from './run-strings.ts';
import { leftText, type Around } from './runs-page.ts';
import type { Balance } from './contract.ts';
import { LABELS_MAX } from './input.ts';
import type { BatchPlace, Draft } from './service.ts';
import type { FillModel, FittingModel, LabelPreviewModel, NewLabelsPageModel } from './view-model.ts';
import {
  codesChoice,
  filledCount,
  codesOf,
  hasMore,
  mainFields,
  moreFields,
  mostOf,
  type FieldsDeps,
} from './work-form.ts';
import { labelWorkStrings } from './work-strings.ts';

function previewModel(
  draft: Draft,
  { query, base }: { readonly query: string; readonly base: string },
  language: Language,
): LabelPreviewModel {
  const t = speak(labelWorkStrings, language);
  const plan = planSentence(draft.template, draft.plan, language);
  const src = (view: string) => `${base}.svg?${query}&view=${view}`;
  return {
    sheet:
      draft.template.kind === 'roll' && draft.template.columns === 1
        ? null
        : {
            src: src('sheet'),
            alt: t.sheetAlt({ text: plan }),
            caption: t.previewSheet({
              page: formatNumber(1, language),
              pages: formatNumber(draft.plan.pages, language),
            }),
          },
    label: { src: src('label'), alt: t.labelAlt({ text: labelWords(draft.shown.drawing) }) },
    plan,
    symbol: symbolSentence(draft.drawing, draft.symbol.size, language),
    warning: draft.template.checkWithRuler ? t.ruler : null,
  };
}

export type NewMaking = Around & {
  readonly at: BatchPlace;
  readonly state: FormState;
  readonly templates: readonly LabelTemplate[];
  readonly partUsed: FieldsDeps['partUsed'];
  readonly balance: Balance;
  readonly offered: FieldsDeps['offered'];
  readonly own: FieldsDeps['own'];
  readonly calibrationHref: string;
  /** Null when what was typed cannot be drawn. */
  readonly draft: Draft | null;
  /** The layout that fits where the one chosen does not; null where there is none. */
  readonly fittingLayout: string | null;
  readonly idempotencyKey: string;
};

function leadOf({ at, balance }: NewMaking, language: Language): string {
  const { product, packWord: word } = at;
  return `${inLanguage(product.name, language)} · ${leftText(balance, word, language)}`;
}

function fillsOf({ draft, balance, state }: NewMaking, language: Language): readonly FillModel[] {
  const t = speak(labelWorkStrings, language);
  const most = mostOf(balance, codesOf(state.values, balance));
  const count = draft === null ? 0 : filledCount(draft.plan, most);
  const left = Math.min(LABELS_MAX, most ?? 0);
  return [
    ...(draft === null || draft.plan.perPage === 1
      ? []
      : [{ value: 'sheets' as const, label: t.fillSheets, count }]),
    ...(left === 0 ? [] : [{ value: 'left' as const, label: t.fillLeft, count: left }]),
  ];
}

function fittingOf({ fittingLayout, offered }: NewMaking, language: Language): FittingModel | null {
  const layout = offered.layouts.find(({ id }) => id === fittingLayout);
  if (layout === undefined) return null;
  const t = speak(labelWorkStrings, language);
  return { layout: layout.id, label: t.useLayout.replace('{layout}', () => layout.name[language]) };
}

/** The form with its preview. */
export function newLabelsPage(making: NewMaking): NewLabelsPageModel {
  const { frame, work, at, state, draft } = making;
  const { language } = frame;
  const t = speak(labelWorkStrings, language);
  const action = `/manage/batches/${at.batch.id}/labels`;
  const base = `/api/v1/batches/${at.batch.id}/label-preview`;
  const deps = { ...making, language, word: at.packWord };
  const [fields, more] = [mainFields(deps), moreFields(deps)];
  const value = (name: string) => state.values[name] ?? '';
  const query = new URLSearchParams({
    template: value('template'),
    count: String(draft?.plan.count ?? ''),
    startAt: String(draft?.plan.startAt ?? ''),
    language: value('language'),
    layout: value('layout'),
    codes: codesOf(state.values, making.balance),
    numbered: value('numbered'),
  }).toString();
  return {
    page: frame,
    work,
    t,
    title: t.newTitle({ lot: at.batch.lotNumber }),
    lead: leadOf(making, language),
    back: { label: t.back({ lot: at.batch.lotNumber }), href: `/manage/batches/${at.batch.id}` },
    closed:
      at.batch.status === 'open'
        ? null
        : {
            tone: 'late',
            title: t.closed,
            sentence: t.closedMore,
            action: { label: speak(runStrings, language).backToList, href: '/manage/labels' },
          },
    form: formModel(state, language, {
      action,
      csrfToken: frame.csrfToken,
      idempotencyKey: making.idempotencyKey,
      groups: [{ legend: '', hint: null, fields: [...fields, ...more] }],
      submit: draft === null ? t.submitPlain : t.submit({ count: formatNumber(draft.plan.count, language) }),
    }),
    codes: codesChoice(deps),
    fields,
    fills: fillsOf(making, language),
    fitting: fittingOf(making, language),
    moreFields: more,
    moreOpen: hasMore(state),
    calibration: draft === null ? null : { label: t.calibrationPage, href: making.calibrationHref },
    preview: draft === null ? null : previewModel(draft, { query: query, base: base }, language),
    previewHref: base,
  };
}
