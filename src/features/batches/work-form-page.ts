import { formModel, freshForm, type FormState } from '../../platform/form-state.ts';
import type { FieldModel, FormModel } from '../../platform/form-view-model.ts';
import { formatNumber } from '../../platform/format.ts';
import { speak, type Language } from '../../platform/i18n.ts';
import type { Unit } from '../../domain/quantity/quantity.ts';
import type { Product } from '../products/contract.ts';
import { lastContent } from './rules.ts';
import type { Batch, BatchEvent } from './contract.ts';
import type { Measures } from './measures.ts';
import { fieldsOf, quantityFields, type Fields } from './work-fields.ts';
import { BOUGHT_IN_ROWS, eventValues, takenField } from './work-form.ts';
import { productName, type Around } from './work-page.ts';
import type { BatchFormPageModel, ClosePageModel, RecordPageModel } from './view-model.ts';
import { batchWorkStrings } from './work-strings.ts';

export type FormPageDeps = {
  readonly units: readonly Unit[];
  readonly measures: Measures;
  stepName(code: string, language: Language): string;
};

/** A form being shown: what was typed, and the key that makes a double tap one deed. */
export type Shown = Around & { readonly state: FormState; readonly key: string };

export type NewBatchFacts = {
  readonly product: Product;
  /** Own batches of which something is left, with their products. */
  readonly sources: readonly { readonly batch: Batch; readonly product: Product | undefined }[];
  /** Whether there are other products to choose. */
  readonly choice: boolean;
};

function batchFields({ product }: NewBatchFacts, fields: Fields, measures: Measures): readonly FieldModel[] {
  const { field, t, language } = fields;
  const { netContent, shelfLifeDays } = product;
  return [
    field('lotNumber', {
      label: t.lotNumber,
      hint: t.lotHint,
      required: true,
      maxlength: 20,
      autocomplete: 'off',
    }),
    ...quantityFields(fields, 'quantity', { label: t.quantity, hint: t.quantityHint, required: true }),
    field('packs', {
      label: `${t.packsLabel} (${t.optional})`,
      hint:
        netContent === undefined
          ? t.packsHintNone
          : t.packsHint({ net: measures.format(netContent, language) }),
      inputmode: 'numeric',
      maxlength: 12,
      autocomplete: 'off',
    }),
    field('producedOn', { kind: 'date', label: t.producedOn, required: true }),
    field('expiresOn', {
      kind: 'date',
      label: `${t.expiresOn} (${t.optional})`,
      hint:
        shelfLifeDays === undefined
          ? t.expiresHintNone
          : t.expiresHint({ days: formatNumber(shelfLifeDays, language) }),
    }),
  ];
}

function inputFields({ sources }: NewBatchFacts, fields: Fields, measures: Measures): readonly FieldModel[] {
  const { field, t, language } = fields;
  return sources.map(({ batch, product }) =>
    field(takenField(batch.id), {
      label: t.inputLabel({ lot: batch.lotNumber, product: productName(product, language) }),
      hint: t.inputLeft({ left: measures.format(batch.remaining, language) }),
      suffix: measures.format({ value: 1, unit: batch.quantity.unit }, language).replace(/^\S+\s/, ''),
      inputmode: 'decimal',
      maxlength: 20,
      autocomplete: 'off',
    }),
  );
}

function boughtFields(fields: Fields): readonly FieldModel[] {
  const { field, t } = fields;
  return Array.from({ length: BOUGHT_IN_ROWS }, (_, row) => [
    {
      ...field(`boughtIn.${row}.name.vi`, { label: t.boughtName({ n: row + 1 }), maxlength: 200 }),
      kind: 'text' as const,
    },
    ...quantityFields(fields, `boughtIn.${row}.quantity`, { label: t.boughtQuantity }),
  ]).flat();
}

const folded = (state: FormState, start: string): 'open' | 'closed' =>
  [
    ...state.errors.keys(),
    ...Object.entries(state.values).flatMap(([name, value]) => (value === '' ? [] : [name])),
  ]
    .filter((name) => !name.endsWith('.unit'))
    .some((name) => name.startsWith(start))
    ? 'open'
    : 'closed';

/** The form of a new batch. */
export function newBatchPage(
  facts: NewBatchFacts,
  { frame, work, state, key }: Shown,
  { units, measures }: FormPageDeps,
): BatchFormPageModel {
  const { language } = frame;
  const t = speak(batchWorkStrings, language);
  const fields = fieldsOf(state, { t, language, units });
  const inputs = inputFields(facts, fields, measures);
  return {
    page: frame,
    work,
    t,
    title: t.newTitle,
    sentence: productName(facts.product, language),
    back: { label: t.back, href: '/manage/batches' },
    draft: `batch-${facts.product.id}`,
    other: facts.choice ? { label: t.otherProduct, href: '/manage/batches/new' } : null,
    form: formModel(state, language, {
      action: `/manage/batches/new?product=${facts.product.id}`,
      csrfToken: frame.csrfToken,
      idempotencyKey: key,
      groups: [
        { legend: '', hint: null, fields: batchFields(facts, fields, measures) },
        ...(inputs.length === 0
          ? []
          : [{ legend: t.inputsLegend, hint: t.inputsHint, fields: inputs, folded: folded(state, 'take.') }]),
        {
          legend: t.boughtLegend,
          hint: t.boughtHint,
          fields: boughtFields(fields),
          folded: folded(state, 'boughtIn.'),
        },
      ],
      submit: t.create,
      cancel: { label: t.cancel, href: '/manage/batches' },
    }),
    second: null,
  };
}

function photoFields({ field, t, language }: Fields, kept: number): readonly FieldModel[] {
  return [
    field('photos', {
      kind: 'file',
      label: t.camera,
      hint: kept === 0 ? null : t.keptPhotos({ count: formatNumber(kept, language) }),
      accept: 'image/*',
      capture: 'environment',
    }),
    {
      ...field('photos', { kind: 'file', label: t.gallery, accept: 'image/*', multiple: true }),
      id: 'field-photos-gallery',
      error: null,
    },
  ];
}

/** The form of one event: under a minute on a phone. */
export function recordPage(
  { batch, step, kept }: { batch: Batch; step: string; kept: readonly string[] },
  { frame, work, state, key }: Shown,
  { units, stepName }: FormPageDeps,
): RecordPageModel {
  const { language } = frame;
  const t = speak(batchWorkStrings, language);
  const fields = fieldsOf(state, { t, language, units });
  const { field } = fields;
  const path = `/manage/batches/${batch.id}/record`;
  return {
    page: frame,
    work,
    t,
    title: stepName(step, language),
    back: { label: t.backToBatch({ lot: batch.lotNumber }), href: `/manage/batches/${batch.id}` },
    changeStep: { label: t.changeStep, href: path },
    draft: `record-${batch.id}`,
    form: formModel(state, language, {
      action: `${path}?step=${step}`,
      csrfToken: frame.csrfToken,
      idempotencyKey: key,
      multipart: true,
      hidden: [
        { name: 'step', value: step },
        { name: 'place.lat', value: state.values['place.lat'] ?? '' },
        { name: 'place.lon', value: state.values['place.lon'] ?? '' },
        { name: 'kept', value: kept.join(',') },
      ],
      groups: [
        {
          legend: '',
          hint: null,
          fields: [
            ...photoFields(fields, kept.length),
            field('occurredAt', { kind: 'datetime-local', label: t.occurredAt, required: true }),
            field('place.name', { label: t.place, hint: t.placeHint, maxlength: 200 }),
            ...quantityFields(fields, 'quantity', { label: `${t.amount} (${t.optional})` }),
            field('note.vi', {
              kind: 'textarea',
              label: `${t.note} (${t.optional})`,
              rows: 2,
              maxlength: 2_000,
            }),
          ],
        },
      ],
      submit: t.saveRecord,
    }),
  };
}

type CorrectFacts = {
  readonly batch: Batch;
  readonly event: BatchEvent;
  /** Steps to choose from, the product's own first. */
  readonly steps: readonly string[];
};

function withdrawForm(event: BatchEvent, { frame, key }: Shown): FormModel {
  const t = speak(batchWorkStrings, frame.language);
  const { field } = fieldsOf(freshForm(), { t, language: frame.language, units: [] });
  const reason = {
    ...field('reason', { label: t.withdrawReason, required: true, maxlength: 1_000 }),
    id: 'withdraw-reason',
  };
  return formModel(freshForm(), frame.language, {
    action: `/manage/events/${event.id}/correct`,
    csrfToken: frame.csrfToken,
    idempotencyKey: `${key}w`,
    hidden: [
      { name: 'withdraw', value: '1' },
      { name: 'seen', value: String(event.corrections.length) },
    ],
    groups: [{ legend: '', hint: null, fields: [reason] }],
    submit: t.withdrawSubmit,
  });
}

/** The form of a correction, filled with what the event says now. */
export function correctPage(
  { batch, event, steps }: CorrectFacts,
  shown: Shown,
  { units, stepName }: FormPageDeps,
): BatchFormPageModel {
  const { frame, work, state, key } = shown;
  const { language } = frame;
  const t = speak(batchWorkStrings, language);
  const content = lastContent(event);
  const filled: FormState = { values: { ...eventValues(content), ...state.values }, errors: state.errors };
  const fields = fieldsOf(filled, { t, language, units });
  const { field } = fields;
  const home = `/manage/batches/${batch.id}`;
  const options = steps.map((step) => ({ value: step, label: stepName(step, language), selected: false }));
  return {
    page: frame,
    work,
    t,
    title: t.correctTitle({ step: stepName(content.step, language) }),
    sentence: t.correctSentence,
    back: { label: t.backToBatch({ lot: batch.lotNumber }), href: home },
    draft: `correct-${event.id}`,
    other: null,
    form: formModel(filled, language, {
      action: `/manage/events/${event.id}/correct`,
      csrfToken: frame.csrfToken,
      idempotencyKey: key,
      hidden: [{ name: 'seen', value: String(event.corrections.length) }],
      groups: [
        {
          legend: '',
          hint: null,
          fields: [
            field('reason', { label: t.reason, hint: t.reasonHint, required: true, maxlength: 1_000 }),
            field('step', { kind: 'select', label: t.step, options }),
            field('occurredAt', { kind: 'datetime-local', label: t.occurredAt }),
            field('place.name', { label: t.place, maxlength: 200 }),
            ...quantityFields(fields, 'quantity', { label: t.amount }),
            field('note.vi', { kind: 'textarea', label: t.note, rows: 3, maxlength: 2_000 }),
          ],
        },
      ],
      submit: t.correctSubmit,
      cancel: { label: t.cancel, href: home },
    }),
    second:
      event.corrections.at(-1)?.replacement === undefined && event.corrections.length > 0
        ? null
        : { title: t.withdrawTitle, sentence: t.withdrawSentence, form: withdrawForm(event, shown) },
  };
}

/** What closing does, before it does it. */
export function closePage(batch: Batch, { frame, work }: Around, { measures }: FormPageDeps): ClosePageModel {
  const { language } = frame;
  const t = speak(batchWorkStrings, language);
  return {
    page: frame,
    work,
    t,
    title: t.closeTitle({ lot: batch.lotNumber }),
    back: { label: t.backToBatch({ lot: batch.lotNumber }), href: `/manage/batches/${batch.id}` },
    consequences: [
      t.closeNoEvents,
      t.closeNoLabels,
      t.closeTrace,
      t.closeLeft({ left: measures.format(batch.remaining, language) }),
    ],
    form: { action: `/manage/batches/${batch.id}/close`, csrfToken: frame.csrfToken },
  };
}
