import { groupCode } from '../../domain/batch-code/batch-code.ts';
import { fieldMaker, formModel, freshForm, type FormState } from '../../platform/form-state.ts';
import { formatDate, formatDelay, formatInstant, formatNumber } from '../../platform/format.ts';
import { inLanguage, speak, type Language, type Spoken } from '../../platform/i18n.ts';
import type { PageFrame } from '../../platform/page-frame.ts';
import type { ComparisonModel } from '../../platform/plain-page-view-model.ts';
import type { PhotoModel, FactModel, ChipModel, LinkModel } from '../../platform/view-parts.ts';
import type { CompletenessModel, ProgressCardModel, WorkFrame } from '../../platform/workplace-view-model.ts';
import type { Product } from '../products/contract.ts';
import {
  currentContent,
  originalContent,
  type Batch,
  type BatchEvent,
  type BatchListRequest,
  type Completeness,
  type EventContent,
  type Measure,
} from './contract.ts';
import type { Measures } from './measures.ts';
import { expectedStep } from './suggestions.ts';
import type { BatchListPageModel, BatchPageModel, DoneModel, EventModel } from './view-model.ts';
import { batchWorkStrings } from './work-strings.ts';

/** What the pages ask of code lists, units and pictures. */
export type BatchPageDeps = {
  readonly publicUrl: string;
  readonly measures: Measures;
  stepName(code: string, language: Language): string;
  eventPhoto(id: string, alt: string): PhotoModel & { readonly href: string };
};

export type Around = { readonly frame: PageFrame; readonly work: WorkFrame };
type Words = Spoken<typeof batchWorkStrings>;
type Making = BatchPageDeps & { readonly language: Language; readonly t: Words };

/** A record written more than a day after the event is shown as late. */
const LATE_AFTER_MS = 24 * 3_600_000;

export const productName = (product: Product | undefined | null, language: Language): string =>
  product === undefined || product === null ? '' : inLanguage(product.name, language);

function statusChip(batch: Batch, t: Words): ChipModel {
  return batch.status === 'open' ? { label: t.open, tone: 'press' } : { label: t.closed, tone: 'plain' };
}

function listCard(batch: Batch, product: Product | undefined, making: Making): ProgressCardModel {
  const { t, language, measures } = making;
  const packs = batch.packs === null ? '' : t.packs({ count: formatNumber(batch.packs, language) });
  const left = t.cardLeft({
    left: measures.format(batch.remaining, language),
    all: measures.format(batch.quantity, language),
  });
  return {
    title: t.cardTitle({ lot: batch.lotNumber, product: productName(product, language) }),
    href: `/manage/batches/${batch.id}`,
    aside: formatDate(batch.producedOn),
    bar: null,
    detail: [left, packs].filter((part) => part !== '').join(' · '),
    chips: [statusChip(batch, t)],
  };
}

export type ListFacts = {
  readonly items: readonly Batch[];
  readonly next: string | null;
  readonly products: readonly Product[];
  readonly asked: BatchListRequest;
};

function listHref(asked: BatchListRequest, cursor: string | null): string {
  const query = new URLSearchParams();
  if (asked.productId !== undefined) query.set('product', asked.productId);
  if (asked.status !== undefined) query.set('status', asked.status);
  if (asked.lot !== undefined) query.set('lot', asked.lot);
  if (cursor !== null) query.set('cursor', cursor);
  return query.size === 0 ? '/manage/batches' : `/manage/batches?${query.toString()}`;
}

function listFilter({ asked, products }: ListFacts, { t, language }: Making): BatchListPageModel['filter'] {
  const values = { product: asked.productId ?? '', status: asked.status ?? '', lot: asked.lot ?? '' };
  const field = fieldMaker(freshForm(values));
  const option = (value: string, label: string) => ({ value, label, selected: false });
  return {
    action: '/manage/batches',
    open: Object.values(values).some((value) => value !== ''),
    fields: [
      field('product', {
        kind: 'select',
        label: t.filterProduct,
        options: [
          option('', t.filterAll),
          ...products.map((product) => option(product.id, productName(product, language))),
        ],
      }),
      field('status', {
        kind: 'select',
        label: t.filterStatus,
        options: [option('', t.filterAll), option('open', t.openMany), option('closed', t.closedMany)],
      }),
      field('lot', { label: t.filterLot, maxlength: 20, autocomplete: 'off' }),
    ],
  };
}

/** The cooperative's batches, newest first. */
export function listPage(facts: ListFacts, { frame, work }: Around, deps: BatchPageDeps): BatchListPageModel {
  const { language } = frame;
  const t = speak(batchWorkStrings, language);
  const making: Making = { ...deps, language, t };
  const { items, next, asked } = facts;
  const known = new Map(facts.products.map((product) => [product.id, product]));
  const filtered = asked.productId !== undefined || asked.status !== undefined || asked.lot !== undefined;
  const paged = next !== null || asked.cursor !== undefined;
  return {
    page: frame,
    work,
    t,
    filter: listFilter(facts, making),
    addHref: `/manage/batches/new${asked.productId === undefined ? '' : `?product=${asked.productId}`}`,
    cards: items.map((batch) => listCard(batch, known.get(batch.productId), making)),
    empty:
      items.length > 0
        ? null
        : filtered
          ? {
              title: t.emptyFilter,
              sentence: t.emptyFilterSentence,
              action: { label: t.showAll, href: '/manage/batches' },
            }
          : {
              title: t.emptyTitle,
              sentence: t.emptySentence,
              action: { label: t.add, href: '/manage/batches/new' },
            },
    pagination: !paged
      ? null
      : {
          label: t.pages,
          position: t.shown({ count: formatNumber(items.length, language) }),
          previous: asked.cursor === undefined ? null : { label: t.firstPage, href: listHref(asked, null) },
          next: next === null ? null : { label: t.nextPage, href: listHref(asked, next) },
        },
  };
}

function contentFacts(content: EventContent, { t, language, measures, ...making }: Making): FactModel[] {
  const facts: readonly (FactModel | null)[] = [
    { label: t.step, value: making.stepName(content.step, language) },
    { label: t.occurredAt, value: formatInstant(content.occurredAt) },
    content.place === undefined ? null : { label: t.place, value: content.place.name },
    content.quantity === undefined
      ? null
      : { label: t.amount, value: measures.format(content.quantity, language) },
    content.note === undefined ? null : { label: t.note, value: inLanguage(content.note, language) },
  ];
  return facts.filter((fact) => fact !== null);
}

function eventModel(event: BatchEvent, mayCorrect: boolean, making: Making): EventModel {
  const { t, language, measures } = making;
  const current = currentContent(event);
  const shown = current ?? originalContent(event);
  const delayMs = event.recordedAt.getTime() - shown.occurredAt.getTime();
  const title = making.stepName(shown.step, language);
  return {
    id: event.id,
    number: formatNumber(event.sequence, language),
    title,
    occurredAt: shown.occurredAt.toISOString(),
    when: formatInstant(shown.occurredAt),
    place: shown.place?.name ?? null,
    recorded:
      delayMs < 60_000
        ? { text: t.recordedAt({ at: formatInstant(event.recordedAt) }), late: false }
        : {
            text: t.recordedLate({ delay: formatDelay(delayMs, language) }),
            late: delayMs > LATE_AFTER_MS,
          },
    quantity: shown.quantity === undefined ? null : measures.format(shown.quantity, language),
    note: shown.note === undefined ? null : inLanguage(shown.note, language),
    photos: shown.photos.map((id) => making.eventPhoto(id, t.photoAlt({ step: title }))),
    withdrawn: current === null,
    corrections: event.corrections.map(({ recordedAt, reason, replacement }) => {
      const told = { at: formatInstant(recordedAt), reason: inLanguage(reason, language) };
      return replacement === undefined ? t.withdrawnOn(told) : t.correctedOn(told);
    }),
    original: event.corrections.length === 0 ? [] : contentFacts(originalContent(event), making),
    correctHref: mayCorrect ? `/manage/events/${event.id}/correct` : null,
  };
}

function measureModel(
  { measure, mayMend }: { readonly measure: Measure; readonly mayMend: boolean },
  { t, language }: Making,
  title: (v: { met: number; of: number }) => string,
): CompletenessModel {
  const { met, of, missing } = measure;
  return {
    title: title({ met, of }),
    bar: { label: title({ met, of }), donePercent: Math.round((100 * met) / of), partPercent: null },
    missing: missing.map((item) => ({ label: item.name[language], href: mayMend ? item.fix : null })),
    missingTitle: t.missing,
  };
}

export type BatchFacts = {
  readonly batch: Batch;
  readonly product: Product;
  readonly events: readonly BatchEvent[];
  readonly completeness: Completeness;
  readonly sources: ReadonlyMap<string, Batch>;
  /** Codes of the product's own chain, in order. */
  readonly chain: readonly string[];
  readonly role: 'manager' | 'clerk' | 'reader';
  /** Its labels against its packs. */
  readonly account: ComparisonModel;
};

export const DONE = ['created', 'recorded', 'corrected', 'withdrawn', 'closed', 'filled'] as const;
export type Done = { readonly done: (typeof DONE)[number]; readonly eventId: string | null };

function doneModel(
  facts: BatchFacts,
  { done, eventId, key }: Done & { readonly key: string },
  { t, language, ...making }: Making,
): DoneModel {
  const { batch, events } = facts;
  const event = events.find(({ id }) => id === eventId);
  const step = event === undefined ? '' : making.stepName(originalContent(event).step, language);
  const titles: Readonly<Record<Done['done'], string>> = {
    created: t.doneCreated({ lot: batch.lotNumber }),
    recorded: t.doneRecorded({ step }),
    corrected: t.doneCorrected,
    withdrawn: t.doneWithdrawn,
    closed: t.doneClosed,
    filled: t.doneFilled,
  };
  const undoable = done === 'recorded' && event?.corrections.length === 0 && facts.role !== 'reader';
  return {
    notice: { tone: 'good', title: titles[done], sentence: null, action: null },
    undo: undoable
      ? {
          action: `/manage/events/${event.id}/correct`,
          label: t.undo,
          hidden: [
            { name: 'withdraw', value: '1' },
            { name: 'reason', value: t.undoReason },
            { name: 'seen', value: '0' },
            { name: 'idempotencyKey', value: key },
          ],
        }
      : null,
  };
}

function batchFacts({ batch, product }: BatchFacts, { t, language, measures }: Making): FactModel[] {
  return [
    { label: t.quantity, value: measures.format(batch.quantity, language) },
    { label: t.remaining, value: measures.format(batch.remaining, language) },
    { label: t.packsLabel, value: batch.packs === null ? t.unknownYet : formatNumber(batch.packs, language) },
    { label: t.producedOn, value: formatDate(batch.producedOn) },
    { label: t.expiresOn, value: batch.expiresOn === undefined ? t.unknownYet : formatDate(batch.expiresOn) },
    ...(product.gtin === undefined ? [] : [{ label: 'GTIN', value: product.gtin }]),
    ...(batch.boughtIn.length === 0
      ? []
      : [
          {
            label: t.boughtIn,
            value: batch.boughtIn
              .map(
                ({ name, quantity }) =>
                  `${inLanguage(name, language)} ${measures.format(quantity, language)}`,
              )
              .join('; '),
          },
        ]),
  ];
}

function sourceLinks({ batch, sources }: BatchFacts, { language, measures }: Making): LinkModel[] {
  return batch.inputs.map(({ batchId, quantity }) => ({
    label: `${sources.get(batchId)?.lotNumber ?? batchId}, ${measures.format(quantity, language)}`,
    href: `/manage/batches/${batchId}`,
  }));
}

function fillForm(
  { batch, role }: BatchFacts,
  state: FormState,
  { t, language, frame, key }: Making & FillMaking,
) {
  if (role === 'reader' || (batch.expiresOn !== undefined && batch.packs !== null)) return null;
  const field = fieldMaker(state);
  const fields = [
    ...(batch.expiresOn === undefined ? [field('expiresOn', { kind: 'date', label: t.expiresOn })] : []),
    ...(batch.packs === null
      ? [field('packs', { label: t.packsLabel, inputmode: 'numeric', maxlength: 12 })]
      : []),
  ];
  return formModel(state, language, {
    action: `/manage/batches/${batch.id}/fill`,
    csrfToken: frame.csrfToken,
    idempotencyKey: key,
    groups: [{ legend: t.fillTitle, hint: t.fillHint, fields }],
    submit: t.fill,
  });
}

type FillMaking = { readonly frame: PageFrame; readonly key: string };

function batchActions(facts: BatchFacts, { t, language, ...making }: Making): BatchPageModel['actions'] {
  const { batch, events, chain, completeness, role } = facts;
  if (role === 'reader' || batch.status !== 'open') return [];
  const next = expectedStep(chain, events);
  const lacking = completeness.label.missing.length;
  return [
    {
      label: t.record,
      detail: next === null ? t.recordDetailNone : t.recordDetail({ step: making.stepName(next, language) }),
      href: `/manage/batches/${batch.id}/record`,
      icon: 'camera',
      main: true,
    },
    {
      label: t.print,
      detail: lacking === 0 ? t.printDetail : t.printBlocked({ count: formatNumber(lacking, language) }),
      href: lacking === 0 ? `/manage/batches/${batch.id}/labels` : '#complete',
      icon: 'printer',
      main: false,
    },
  ];
}

/** Everything about a batch; `state` is of the form that fills in what was left empty. */
export function batchPage(
  facts: BatchFacts,
  { frame, work, state, key, done }: Around & { state: FormState; key: string; done: Done | null },
  deps: BatchPageDeps,
): BatchPageModel {
  const { language } = frame;
  const t = speak(batchWorkStrings, language);
  const making: Making = { ...deps, language, t };
  const { batch, product, events, completeness, role } = facts;
  const code = groupCode(batch.code);
  const mayMend = role !== 'reader';
  const mayRecord = role !== 'reader' && batch.status === 'open';
  return {
    page: frame,
    work,
    t,
    title: t.batchTitle({ lot: batch.lotNumber }),
    product: { label: productName(product, language), href: `/manage/products/${product.id}` },
    chips: [statusChip(batch, t)],
    back: { label: t.back, href: '/manage/batches' },
    done: done === null ? null : doneModel(facts, { ...done, key }, making),
    actions: batchActions(facts, making),
    code: {
      text: code,
      qrHref: `/api/v1/batches/${batch.id}/qr.svg`,
      alt: t.codeAlt({ code }),
      trace: { label: t.seeTrace, href: `/${batch.code}` },
      url: `${deps.publicUrl}/${batch.code}`,
    },
    labels: {
      account: facts.account,
      runs: mayMend ? { label: t.labelsAccount, href: `/manage/labels?batch=${batch.id}` } : null,
    },
    facts: batchFacts(facts, making),
    sources: sourceLinks(facts, making),
    events: [...events].reverse().map((event) => eventModel(event, role !== 'reader', making)),
    eventsEmpty:
      events.length > 0
        ? null
        : {
            title: t.wayEmptyTitle,
            sentence: t.wayEmpty,
            action: mayRecord ? { label: t.record, href: `/manage/batches/${batch.id}/record` } : null,
          },
    measures: [
      measureModel({ measure: completeness.circular02, mayMend }, making, t.circular02),
      measureModel({ measure: completeness.passport, mayMend }, making, t.passport),
      measureModel({ measure: completeness.label, mayMend }, making, t.label),
    ],
    fill: fillForm(facts, state, { ...making, frame, key }),
    closeHref: role === 'manager' && batch.status === 'open' ? `/manage/batches/${batch.id}/close` : null,
  };
}
