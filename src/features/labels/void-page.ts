import { sizeOf } from '../../domain/unit-code/ranges.ts';
import { fieldMaker, formModel, type FormState } from '../../platform/form-state.ts';
import { formatNumber } from '../../platform/format.ts';
import { speak } from '../../platform/i18n.ts';
import { runStrings } from './run-strings.ts';
import type { VoidPageModel } from './run-view-model.ts';
import type { Around } from './runs-page.ts';
import type { StoredRun } from './store.ts';
import { rangesText, someNumbers, someOf } from './range-words.ts';
import { voidStrings } from './void-strings.ts';
import type { VoidPlan } from './voids.ts';

export type VoidMaking = Around & {
  readonly run: StoredRun;
  readonly state: FormState;
  readonly idempotencyKey: string;
};

function titled({ frame, work, run }: Omit<VoidMaking, 'state' | 'idempotencyKey'>) {
  const { language } = frame;
  const t = speak(voidStrings, language);
  const number = formatNumber(run.run, language);
  return {
    page: frame,
    work,
    t,
    title: t.title({ run: number, lot: run.facts.lotNumber }),
    lead: run.codes === 'unit' ? t.lead : t.leadBatch,
    back: {
      label: speak(runStrings, language).reprintBack({ run: number }),
      href: `/manage/print-runs/${run.id}`,
    },
  };
}

/** The form that asks which labels are void, and why. */
export function voidPage(making: VoidMaking): VoidPageModel {
  const { frame, run, state } = making;
  const { language } = frame;
  const t = speak(voidStrings, language);
  const field = fieldMaker(state);
  const count = formatNumber(run.count, language);
  const fields = [
    field('numbers', {
      label: t.numbers,
      hint: t.numbersHint({ count }),
      inputmode: 'text',
      maxlength: 4_000,
    }),
    ...(run.codes === 'unit'
      ? [field('codes', { kind: 'textarea', label: t.codes, hint: t.codesHint, rows: 5 })]
      : []),
    field('reason', { label: t.reason, hint: t.reasonHint, required: true, maxlength: 300 }),
  ];
  return {
    ...titled(making),
    consequences: [],
    change: null,
    scans: run.codes === 'unit',
    form: formModel(state, language, {
      action: `/manage/print-runs/${run.id}/void`,
      csrfToken: frame.csrfToken,
      idempotencyKey: making.idempotencyKey,
      groups: [{ legend: '', hint: null, fields }],
      submit: t.look,
    }),
  };
}

/** Exactly what would be void, before it is. */
export function voidConfirmPage(
  making: VoidMaking & {
    readonly plan: VoidPlan;
    readonly reason: string;
    readonly typed: FormState['values'];
  },
): VoidPageModel {
  const { frame, run, plan, reason, state } = making;
  const { language } = frame;
  const t = speak(voidStrings, language);
  const show = (value: number) => formatNumber(value, language);
  const { fresh, already, beyond, strange } = plan;
  const numbers = rangesText(fresh);
  const count = show(sizeOf(fresh));
  const isNothing = fresh.length === 0;
  const action = `/manage/print-runs/${run.id}/void`;
  return {
    ...titled(making),
    title: isNothing ? t.nothingTitle : t.confirmTitle({ count }),
    // What was typed goes back with it: on a form there is nothing to type once more.
    change: {
      action,
      label: t.change,
      hidden: ['numbers', 'codes', 'reason'].map((name) => ({ name, value: making.typed[name] ?? '' })),
    },
    scans: false,
    consequences: [
      ...(isNothing ? [] : [t.willVoid({ count, numbers: someNumbers(fresh, language) })]),
      ...(already === 0 ? [] : [t.already({ count: show(already) })]),
      ...(beyond.length === 0
        ? []
        : [t.beyond({ numbers: someNumbers(beyond, language), count: show(run.count) })]),
      ...(strange.length === 0
        ? []
        : [t.strange({ count: show(strange.length), codes: someOf(strange, language) })]),
      ...(isNothing ? [] : [t.noUndo]),
    ],
    form: isNothing
      ? null
      : formModel(state, language, {
          action,
          csrfToken: frame.csrfToken,
          idempotencyKey: making.idempotencyKey,
          hidden: [
            { name: 'numbers', value: numbers },
            { name: 'reason', value: reason },
            { name: 'confirm', value: '1' },
          ],
          groups: [],
          submit: t.confirm({ count }),
        }),
  };
}
