import { fieldMaker, type FormState } from '../../platform/form-state.ts';
import { inputFromForm } from '../../platform/form.ts';
import { formatNumber } from '../../platform/format.ts';
import { speak, type Language } from '../../platform/i18n.ts';
import type { FieldModel, OptionModel } from '../../platform/form-view-model.ts';
import type { LabelTemplate } from '../../domain/label/template.ts';
import { perPage } from '../../domain/label/template.ts';
import { LABELS_MAX } from './input.ts';
import { labelWorkStrings } from './work-strings.ts';

type Words = ReturnType<typeof speak<typeof labelWorkStrings>>;

/** The group of a template in the list: what a person sees first of a label is its size. */
function groupOf(template: LabelTemplate, t: Words): string {
  if (template.kind === 'roll') return t.sizeRoll;
  if (template.shape === 'round') return t.sizeRound;
  if (template.paper !== 'A4') return t.sizeLetter;
  const places = perPage(template);
  if (places <= 16) return t.sizeLarge;
  return places <= 33 ? t.sizeMiddle : t.sizeSmall;
}

/** Templates by group, larger labels first. */
export function templateOptions(
  templates: readonly LabelTemplate[],
  language: Language,
): readonly Omit<OptionModel, 'selected'>[] {
  const t = speak(labelWorkStrings, language);
  const order = [t.sizeMiddle, t.sizeLarge, t.sizeSmall, t.sizeRoll, t.sizeRound, t.sizeLetter];
  return templates
    .map((template) => ({ template, group: groupOf(template, t) }))
    .sort(
      (a, b) =>
        order.indexOf(a.group) - order.indexOf(b.group) ||
        b.template.widthMm * b.template.heightMm - a.template.widthMm * a.template.heightMm,
    )
    .map(({ template, group }) => ({ value: template.id, label: template.name[language], group }));
}

export type FieldsDeps = {
  readonly state: FormState;
  readonly language: Language;
  readonly templates: readonly LabelTemplate[];
  /** The sheet used last and its first free place; null when there is none. */
  readonly partUsed: { readonly template: LabelTemplate; readonly place: number } | null;
};

/** What everybody answers: paper, how many, from where. */
export function mainFields({ state, language, templates, partUsed }: FieldsDeps): readonly FieldModel[] {
  const t = speak(labelWorkStrings, language);
  const field = fieldMaker(state);
  const options = templateOptions(templates, language).map((option) => ({ ...option, selected: false }));
  // “Avery L7160 – 21 tem/tờ, …”: what stands on the pack is before the dash.
  const [paper = ''] = partUsed?.template.name[language].split(' – ') ?? [];
  const hint =
    partUsed === null
      ? t.startAtHint
      : t.startAtFrom({ paper, place: formatNumber(partUsed.place, language) });
  return [
    field('template', { kind: 'select', label: t.template, hint: t.templateHint, required: true, options }),
    field('count', {
      kind: 'number',
      label: t.count,
      required: true,
      inputmode: 'numeric',
      min: '1',
      max: String(LABELS_MAX),
    }),
    field('startAt', {
      kind: 'number',
      label: t.startAt,
      hint,
      required: true,
      inputmode: 'numeric',
      min: '1',
    }),
  ];
}

/** What few people need. */
export function moreFields({ state, language }: FieldsDeps): readonly FieldModel[] {
  const t = speak(labelWorkStrings, language);
  const field = fieldMaker(state);
  const option = (value: string, label: string) => ({ value, label, selected: false });
  return [
    field('reason', { label: t.reason, hint: t.reasonHint, maxlength: 300 }),
    field('goodsLabel', {
      kind: 'select',
      label: t.kind,
      options: [option('false', t.kindTrace), option('true', t.kindGoods)],
    }),
    field('language', {
      kind: 'select',
      label: t.language,
      options: [option('vi', t.vietnamese), option('en', t.english)],
    }),
    field('calibration.xMm', {
      label: t.calibrationX,
      hint: t.calibrationHint,
      inputmode: 'text',
      suffix: 'mm',
    }),
    field('calibration.yMm', { label: t.calibrationY, inputmode: 'text', suffix: 'mm' }),
    field('calibration.scale', { label: t.calibrationScale, inputmode: 'decimal', suffix: '%' }),
  ];
}

/** Typed offsets that are not where a new form begins: then the options stand open. */
export function hasMore(state: FormState): boolean {
  const { values, errors } = state;
  const typed = ['reason', 'calibration.xMm', 'calibration.yMm', 'calibration.scale'].some(
    (name) => (values[name] ?? '') !== '',
  );
  const chosen = values['goodsLabel'] === 'true' || values['language'] === 'en';
  const names = [...errors.keys()];
  // A count that is too high is mended here as well: by a reason.
  const wrong = names.some((name) => /^(count|reason|goodsLabel|language|calibration)/.test(name));
  return typed || chosen || wrong;
}

/** The form's fields as a print run's input. The scale is typed in per cent. */
export function runFromForm(body: unknown, language: Language): unknown {
  const input = inputFromForm(body, language, {
    numbers: ['count', 'startAt', 'calibration.xMm', 'calibration.yMm', 'calibration.scale'],
  });
  const { preview: _, goodsLabel, calibration, ...rest } = input;
  const typed = calibration as { readonly scale?: unknown } | undefined;
  const scaled =
    typeof typed?.scale === 'number' ? { ...typed, scale: Number((typed.scale / 100).toFixed(6)) } : typed;
  return {
    ...rest,
    codes: 'batch',
    goodsLabel: goodsLabel === 'true',
    ...(scaled === undefined ? {} : { calibration: scaled }),
  };
}
