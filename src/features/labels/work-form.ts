import { fieldMaker, type FormState } from '../../platform/form-state.ts';
import { inputFromForm } from '../../platform/form.ts';
import { formatNumber } from '../../platform/format.ts';
import { speak, type Language } from '../../platform/i18n.ts';
import type { FieldModel, OptionModel } from '../../platform/form-view-model.ts';
import type { LabelTemplate, PrintPlan } from '../../domain/label/template.ts';
import { perPage, printPlan } from '../../domain/label/template.ts';
import type { Offered } from './choices.ts';
import { LABEL_CODES, type Balance, type LabelCodes } from './contract.ts';
import { LABELS_MAX } from './input.ts';
import type { PackWord } from './messages.ts';
import type { StoredRun } from './store.ts';
import type { ChoiceCardsModel } from './view-model.ts';
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
  own: ReadonlySet<string> = new Set(),
): readonly Omit<OptionModel, 'selected'>[] {
  const t = speak(labelWorkStrings, language);
  const order = [t.sizeOwn, t.sizeMiddle, t.sizeLarge, t.sizeSmall, t.sizeRoll, t.sizeRound, t.sizeLetter];
  return templates
    .map((template) => ({ template, group: own.has(template.id) ? t.sizeOwn : groupOf(template, t) }))
    .sort(
      (a, b) =>
        order.indexOf(a.group) - order.indexOf(b.group) ||
        b.template.widthMm * b.template.heightMm - a.template.widthMm * a.template.heightMm,
    )
    .map(({ template, group }) => ({ value: template.id, label: template.name[language], group }));
}

/** How many labels of this kind the batch may still have; null where no number of packs says so. */
export function mostOf(balance: Balance, codes: LabelCodes): number | null {
  return codes === 'unit' ? balance.unitsLeft : balance.left;
}

/** How many labels make the last sheet full, as far as the batch has packs for them. */
export function filledCount(plan: PrintPlan, most: number | null): number {
  const full = plan.count + plan.free;
  return most === null ? full : Math.min(full, most);
}

/** What kind of codes a form asks for; without a word, codes of their own wherever packs are known. */
export function codesOf(values: FormState['values'], balance: Balance): LabelCodes {
  const typed = LABEL_CODES.find((one) => one === values['codes']);
  return typed ?? ((balance.unitsLeft ?? 0) > 0 ? 'unit' : 'batch');
}

/**
 * `Lô này còn 128 hộp chưa có tem. In nhiều nhất 128.` Labels of the batch's one code leave codes of packs their own:
 * where the two counts differ, the sentence says which one it means.
 */
export function leftSentence(
  { balance, codes }: { readonly balance: Balance | undefined; readonly codes: LabelCodes },
  word: PackWord,
  language: Language,
): string {
  const t = speak(labelWorkStrings, language);
  const most = balance === undefined ? null : mostOf(balance, codes);
  if (most === null) return t.leftUnknown;
  if (most === 0) return t.leftNone;
  const isOwn = codes === 'unit' && most !== balance?.left;
  const said = { packs: word(most)[language], most: formatNumber(most, language) };
  return isOwn ? t.leftMostOwn(said) : t.leftMost(said);
}

/** Which codes: one of the batch, or one of each pack. */
export function codesChoice({ state, language, balance }: FieldsDeps): ChoiceCardsModel {
  const t = speak(labelWorkStrings, language);
  const chosen = codesOf(state.values, balance);
  const isKnown = balance.packs !== null;
  return {
    name: 'codes',
    legend: t.codes,
    error: state.errors.get('codes') ?? null,
    options: [
      {
        value: 'unit',
        label: t.codesUnit,
        about: isKnown ? t.codesUnitAbout : t.codesUnitUnknown,
        selected: chosen === 'unit',
        disabled: !isKnown,
      },
      {
        value: 'batch',
        label: t.codesBatch,
        about: t.codesBatchAbout,
        selected: chosen === 'batch',
        disabled: false,
      },
    ],
  };
}

const NO_PRINTER = '';

export type FieldsDeps = {
  readonly balance: Balance;
  readonly word: PackWord;
  readonly offered: Offered;
  readonly own: ReadonlySet<string>;
  readonly state: FormState;
  readonly language: Language;
  readonly templates: readonly LabelTemplate[];
  /** The sheet used last and its first free place; null when there is none. */
  readonly partUsed: { readonly template: LabelTemplate; readonly place: number } | null;
};

/** The sheet that the last run left part-used, and its first free place; null when it left none. */
export function partUsed(last: StoredRun | undefined): FieldsDeps['partUsed'] {
  if (last === undefined || last.template.kind === 'roll') return null;
  const { free, perPage } = printPlan(last.template, last);
  return free === 0 ? null : { template: last.template, place: perPage - free + 1 };
}

/** Where to begin: at the first free place of the paper's part-used sheet, or how to count to it. */
export function startAtHint(used: FieldsDeps['partUsed'], language: Language): string {
  const t = speak(labelWorkStrings, language);
  if (used === null) return t.startAtHint;
  // “Avery L7160 – 21 tem/tờ, …”: what stands on the pack is before the dash.
  const [paper = ''] = used.template.name[language].split(' – ');
  return t.startAtFrom({ paper, place: formatNumber(used.place, language) });
}

/** What everybody answers: paper, how many, from where. */
export function mainFields({
  state,
  language,
  templates,
  partUsed,
  balance,
  word,
  offered,
  own,
}: FieldsDeps): readonly FieldModel[] {
  const t = speak(labelWorkStrings, language);
  const field = fieldMaker(state);
  const options = templateOptions(templates, language, own).map((option) => ({ ...option, selected: false }));
  const hint = startAtHint(partUsed, language);
  return [
    field('template', { kind: 'select', label: t.template, hint: t.templateHint, required: true, options }),
    field('layout', {
      kind: 'select',
      label: t.layout,
      options: offered.layouts.map(({ id, name }) => ({ value: id, label: name[language], selected: false })),
    }),
    field('count', {
      kind: 'number',
      label: t.count,
      hint: leftSentence({ balance, codes: codesOf(state.values, balance) }, word, language),
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
export function moreFields({ state, language, offered }: FieldsDeps): readonly FieldModel[] {
  const t = speak(labelWorkStrings, language);
  const field = fieldMaker(state);
  const option = (value: string, label: string) => ({ value, label, selected: false });
  return [
    field('reason', { label: t.reason, hint: t.reasonHint, maxlength: 300 }),
    field('numbered', {
      kind: 'select',
      label: t.numbered,
      hint: t.numberedHint,
      options: [option('false', t.numberedNo), option('true', t.numberedYes)],
    }),
    field('shuffled', {
      kind: 'select',
      label: t.order,
      hint: t.orderHint,
      options: [option('false', t.orderPlain), option('true', t.orderShuffled)],
    }),
    field('language', {
      kind: 'select',
      label: t.language,
      options: [option('vi', t.vietnamese), option('en', t.english)],
    }),
    ...(offered.printers.length === 0
      ? []
      : [
          field('printer', {
            kind: 'select',
            label: t.printer,
            hint: t.printerHint,
            options: [
              option(NO_PRINTER, t.noPrinter),
              ...offered.printers.map(({ id, name }) => option(id, name)),
            ],
          }),
        ]),
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
  const isTrue = (name: string) => values[name] === 'true';
  const isTyped = (name: string) => (values[name] ?? '') !== '';
  const chosen = ['numbered', 'shuffled'].some(isTrue) || values['language'] === 'en' || isTyped('printer');
  const names = [...errors.keys()];
  // A count that is too high is mended here as well: by a reason.
  const wrong = names.some((name) =>
    /^(count|reason|numbered|shuffled|language|printer|calibration)/.test(name),
  );
  return typed || chosen || wrong;
}

/** The form's fields as a print run's input. The scale is typed in per cent. */
export function runFromForm(body: unknown, language: Language): unknown {
  const input = inputFromForm(body, language, {
    numbers: ['count', 'startAt', 'calibration.xMm', 'calibration.yMm', 'calibration.scale'],
  });
  const { preview: _, fill: _fill, goodsLabel, numbered, shuffled, codes, calibration, ...rest } = input;
  const typed = calibration as { readonly scale?: unknown } | undefined;
  const scaled =
    typeof typed?.scale === 'number' ? { ...typed, scale: Number((typed.scale / 100).toFixed(6)) } : typed;
  return {
    ...rest,
    codes: codes ?? 'batch',
    // What is about codes of their own says nothing of a batch's one code.
    numbered: codes === 'unit' && numbered === 'true',
    shuffled: codes === 'unit' && shuffled === 'true',
    goodsLabel: goodsLabel === 'true',
    ...(scaled === undefined ? {} : { calibration: scaled }),
  };
}
