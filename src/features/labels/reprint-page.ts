import { sizeOf, type Ranges } from '../../domain/unit-code/ranges.ts';
import { printPlan, type LabelTemplate, type PrintPlan } from '../../domain/label/template.ts';
import { fieldMaker, formModel, type FormState } from '../../platform/form-state.ts';
import { formatNumber } from '../../platform/format.ts';
import { speak, type Language } from '../../platform/i18n.ts';
import type { FieldModel } from '../../platform/form-view-model.ts';
import { labelWords, planSentence, symbolSentence } from './preview.ts';
import { reprintedNumbers } from './printout.ts';
import { leftOutSentence } from './range-words.ts';
import type { ReprintPlaces } from './reprints.ts';
import { runStrings } from './run-strings.ts';
import type { ReprintPageModel } from './run-view-model.ts';
import type { Around } from './runs-page.ts';
import type { StoredRun } from './store.ts';
import type { LabelPreviewModel } from './view-model.ts';
import { labelWorkStrings } from './work-strings.ts';

export type ReprintMaking = Around & {
  readonly run: StoredRun;
  readonly state: FormState;
  /** Null where what was typed names no labels. */
  readonly places: ReprintPlaces | null;
  readonly idempotencyKey: string;
};

/** Which labels there are, and how they fell on the sheets: a jam is known by its sheet. */
function rangeHint(run: StoredRun, language: Language): string {
  const t = speak(runStrings, language);
  const plan = printPlan(run.template, run);
  const show = (value: number) => formatNumber(value, language);
  const count = show(run.count);
  if (run.template.kind === 'roll' || plan.pages === 1) return t.rangeHint({ count });
  return t.rangeHintSheets({ count, first: show(plan.perPage - plan.startAt + 1), each: show(plan.perPage) });
}

function fieldsOf({ run, state }: ReprintMaking, language: Language): readonly FieldModel[] {
  const t = speak(runStrings, language);
  const words = speak(labelWorkStrings, language);
  const field = fieldMaker(state);
  const number = { kind: 'number', required: true, inputmode: 'numeric', min: '1' } as const;
  const most = String(run.count);
  return [
    field('from', {
      ...number,
      label: t.from,
      hint: rangeHint(run, language),
      max: most,
    }),
    field('to', { ...number, label: t.to, max: most }),
    ...(run.template.kind === 'roll' && run.template.columns === 1
      ? []
      : [field('startAt', { ...number, label: words.startAt, hint: words.startAtHint })]),
    field('reason', { label: t.reprintReason, hint: t.reprintReasonHint, required: true, maxlength: 300 }),
  ];
}

const countOf = (places: ReprintPlaces): number => sizeOf(reprintedNumbers(places));

/** How the labels fall on sheets, and which are left out. */
export function reprintSentence(
  made: { readonly template: LabelTemplate; readonly plan: PrintPlan; readonly leftOut: Ranges },
  language: Language,
): string {
  const { template, plan, leftOut } = made;
  const sentence = planSentence(template, plan, language);
  return leftOut.length === 0 ? sentence : `${sentence}. ${leftOutSentence(leftOut, language)}`;
}

function previewOf({ run }: ReprintMaking, places: ReprintPlaces, language: Language): LabelPreviewModel {
  const t = speak(labelWorkStrings, language);
  const { template, drawing, symbol } = run;
  const plan = printPlan(template, { count: countOf(places), startAt: places.startAt });
  const sentence = reprintSentence({ template, plan, ...places }, language);
  const query = `from=${places.from}&to=${places.to}&startAt=${places.startAt}`;
  const src = (view: string) => `/api/v1/print-runs/${run.id}/reprint-preview.svg?${query}&view=${view}`;
  return {
    sheet:
      plan.perPage === 1
        ? null
        : {
            src: src('sheet'),
            alt: t.sheetAlt({ text: sentence }),
            caption: t.previewSheet({
              page: formatNumber(1, language),
              pages: formatNumber(plan.pages, language),
            }),
          },
    label: { src: src('label'), alt: t.labelAlt({ text: labelWords(drawing) }) },
    plan: sentence,
    symbol: symbolSentence(drawing, symbol.size, language),
    warning: null,
  };
}

/** The form for printing labels of a run again, with how they fall on the sheets. */
export function reprintPage(making: ReprintMaking): ReprintPageModel {
  const { frame, work, run, state, places } = making;
  const { language } = frame;
  const t = speak(runStrings, language);
  const number = formatNumber(run.run, language);
  const fields = fieldsOf(making, language);
  return {
    page: frame,
    work,
    t,
    words: speak(labelWorkStrings, language),
    title: t.reprintTitle({ run: number, lot: run.facts.lotNumber }),
    back: { label: t.reprintBack({ run: number }), href: `/manage/print-runs/${run.id}` },
    form: formModel(state, language, {
      action: `/manage/print-runs/${run.id}/reprint`,
      csrfToken: frame.csrfToken,
      idempotencyKey: making.idempotencyKey,
      groups: [{ legend: '', hint: null, fields }],
      submit:
        places === null
          ? t.reprintSubmit
          : t.reprintSubmitCount({ count: formatNumber(countOf(places), language) }),
    }),
    fields,
    preview: places === null ? null : previewOf(making, places, language),
    previewHref: `/api/v1/print-runs/${run.id}/reprint-preview`,
  };
}
