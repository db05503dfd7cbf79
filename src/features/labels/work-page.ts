import { groupCode } from '../../domain/batch-code/batch-code.ts';
import { printPlan, type LabelTemplate } from '../../domain/label/template.ts';
import { formModel, type FormState } from '../../platform/form-state.ts';
import { formatDay, formatInstant, formatNumber } from '../../platform/format.ts';
import { inLanguage, speak, type Language, type Spoken } from '../../platform/i18n.ts';
import type { PageFrame } from '../../platform/page-frame.ts';
import type { FactModel } from '../../platform/view-parts.ts';
import type { ProgressCardModel, WorkFrame } from '../../platform/workplace-view-model.ts';
import type { Batch } from '../batches/contract.ts';
import type { Product } from '../products/contract.ts';
import type { PackWord } from './messages.ts';
import { labelWords, planSentence, symbolSentence } from './preview.ts';
import type { BatchPlace, Draft } from './service.ts';
import type { StoredRun } from './store.ts';
import type {
  LabelPreviewModel,
  LabelsPageModel,
  NewLabelsPageModel,
  PrintRunPageModel,
} from './view-model.ts';
import { hasMore, mainFields, moreFields, type FieldsDeps } from './work-form.ts';
import { labelWorkStrings } from './work-strings.ts';

export type Around = { readonly frame: PageFrame; readonly work: WorkFrame };
type Words = Spoken<typeof labelWorkStrings>;

const PERCENT = 100;
const percentOf = (part: number, whole: number): number =>
  whole === 0 ? 0 : Math.min(PERCENT, Math.round((part * PERCENT) / whole));

/** A batch that labels can be printed of. */
export type OpenBatch = {
  readonly batch: Batch;
  readonly product: Product | null;
  readonly printed: number;
  readonly word: PackWord;
};

type Left = {
  readonly packs: number;
  readonly printed: number;
  readonly word: PackWord;
  readonly t: Words;
  readonly language: Language;
};

function leftText({ packs, printed, word, t, language }: Left): string {
  return printed >= packs ? t.noneLeft : t.left({ packs: word(packs - printed)[language] });
}

function batchCard({ batch, product, printed, word }: OpenBatch, language: Language): ProgressCardModel {
  const t = speak(labelWorkStrings, language);
  const { packs } = batch;
  const shown = formatNumber(printed, language);
  const rest = packs === null ? t.packsUnknown : leftText({ packs, printed, word, t, language });
  const said =
    packs === null
      ? t.printedOnly({ printed: shown })
      : t.printedOf({ printed: shown, packs: word(packs)[language] });
  return {
    title: `${batch.lotNumber} · ${product === null ? '' : inLanguage(product.name, language)}`,
    href: `/manage/batches/${batch.id}/labels`,
    aside: formatDay(new Date(`${batch.producedOn}T00:00:00Z`)),
    bar: packs === null ? null : { label: said, donePercent: percentOf(printed, packs), partPercent: null },
    detail: printed === 0 ? rest : `${said} · ${rest}`,
    chips: [],
  };
}

function runCard(run: StoredRun, language: Language): ProgressCardModel {
  const t = speak(labelWorkStrings, language);
  return {
    title: t.runName({ run: formatNumber(run.run, language), lot: run.facts.lotNumber }),
    href: `/manage/print-runs/${run.id}`,
    aside: formatDay(run.createdAt),
    bar: null,
    detail: t.runDetail({
      product: run.facts.productName,
      count: formatNumber(run.count, language),
      by: run.createdByName,
    }),
    chips: run.reason === undefined ? [] : [{ label: t.over, tone: 'late' }],
  };
}

export type ListMaking = Around & {
  readonly batches: readonly OpenBatch[];
  readonly runs: readonly StoredRun[];
  readonly next: string | null;
  /** Whether this is the first page of the list. */
  readonly isFirst: boolean;
};

/** The label tab: a batch to print of comes first. */
export function labelsPage({ frame, work, batches, runs, next, isFirst }: ListMaking): LabelsPageModel {
  const { language } = frame;
  const t = speak(labelWorkStrings, language);
  return {
    page: frame,
    work,
    t,
    batches: batches.map((one) => batchCard(one, language)),
    batchesEmpty:
      batches.length > 0 || !isFirst
        ? null
        : {
            title: t.noBatches,
            sentence: t.noBatchesMore,
            action: { label: t.addBatch, href: '/manage/batches/new' },
          },
    runs: runs.map((run) => runCard(run, language)),
    runsEmpty:
      runs.length > 0 || batches.length === 0
        ? null
        : { title: t.noRuns, sentence: t.noRunsMore, action: null },
    newer: isFirst ? null : { label: t.newest, href: '/manage/labels' },
    older:
      next === null ? null : { label: t.older, href: `/manage/labels?cursor=${encodeURIComponent(next)}` },
  };
}

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
    label: { src: src('label'), alt: t.labelAlt({ text: labelWords(draft.drawing) }) },
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
  /** Null when what was typed cannot be drawn. */
  readonly draft: Draft | null;
  readonly idempotencyKey: string;
};

function leadOf(
  { batch, product, printed, packWord: word }: BatchPlace,
  t: Words,
  language: Language,
): string {
  const rest =
    batch.packs === null ? t.packsUnknown : leftText({ packs: batch.packs, printed, word, t, language });
  return `${inLanguage(product.name, language)} · ${rest}`;
}

/** The form with its preview. */
export function newLabelsPage(making: NewMaking): NewLabelsPageModel {
  const { frame, work, at, state, draft } = making;
  const { language } = frame;
  const t = speak(labelWorkStrings, language);
  const action = `/manage/batches/${at.batch.id}/labels`;
  const base = `/api/v1/batches/${at.batch.id}/label-preview`;
  const deps = { ...making, language };
  const [fields, more] = [mainFields(deps), moreFields(deps)];
  const value = (name: string) => state.values[name] ?? '';
  const query = new URLSearchParams({
    template: value('template'),
    count: String(draft?.plan.count ?? ''),
    startAt: String(draft?.plan.startAt ?? ''),
    language: value('language'),
    goodsLabel: value('goodsLabel'),
  }).toString();
  return {
    page: frame,
    work,
    t,
    title: t.newTitle({ lot: at.batch.lotNumber }),
    lead: leadOf(at, t, language),
    back: { label: t.back({ lot: at.batch.lotNumber }), href: `/manage/batches/${at.batch.id}` },
    closed:
      at.batch.status === 'open'
        ? null
        : {
            tone: 'late',
            title: t.closed,
            sentence: t.closedMore,
            action: { label: t.backToList, href: '/manage/labels' },
          },
    form: formModel(state, language, {
      action,
      csrfToken: frame.csrfToken,
      idempotencyKey: making.idempotencyKey,
      groups: [{ legend: '', hint: null, fields: [...fields, ...more] }],
      submit: draft === null ? t.submitPlain : t.submit({ count: formatNumber(draft.plan.count, language) }),
    }),
    fields,
    moreFields: more,
    moreOpen: hasMore(state),
    calibration:
      draft === null
        ? null
        : { label: t.calibrationPage, href: `/api/v1/label-templates/${draft.template.id}/calibration.pdf` },
    preview: draft === null ? null : previewModel(draft, { query: query, base: base }, language),
    previewHref: base,
  };
}

function runFacts(run: StoredRun, t: Words, language: Language): readonly FactModel[] {
  const { xMm, yMm, scale } = run.calibration;
  const isMoved = xMm !== 0 || yMm !== 0 || scale !== 1;
  const show = (value: number) => formatNumber(value, language);
  return [
    { label: t.factCount, value: show(run.count) },
    { label: t.factPaper, value: run.template.name[language] },
    { label: t.factStart, value: show(run.startAt) },
    { label: t.factCode, value: `${groupCode(run.code)} (${t.batchLevel})` },
    { label: t.factBy, value: run.createdByName },
    { label: t.factAt, value: formatInstant(run.createdAt, language) },
    { label: t.factKind, value: run.goodsLabel ? t.kindGoods : t.kindTrace },
    { label: t.factLanguage, value: run.language === 'vi' ? t.vietnamese : t.english },
    ...(isMoved
      ? [{ label: t.factCalibration, value: `${show(xMm)} mm, ${show(yMm)} mm, ${show(scale * PERCENT)} %` }]
      : []),
    ...(run.reason === undefined ? [] : [{ label: t.factReason, value: run.reason }]),
  ];
}

export type RunMaking = Around & {
  readonly run: StoredRun;
  readonly word: PackWord;
  readonly isNew: boolean;
  /** Whether the reader may print more of the batch. */
  readonly mayPrint: boolean;
};

function balanceOf({ run, word, frame }: RunMaking, t: Words): string {
  const { language } = frame;
  const total = run.printedBefore + run.count;
  const printed = formatNumber(total, language);
  if (run.packs === null) return t.balanceUnknown({ printed });
  const left =
    total > run.packs
      ? t.balanceOver({ more: formatNumber(total - run.packs, language) })
      : leftText({ packs: run.packs, printed: total, word, t, language });
  return t.balance({ printed, packs: word(run.packs)[language], left });
}

/** What was printed, its files, and how far the batch has come with it. */
export function printRunPage(making: RunMaking): PrintRunPageModel {
  const { frame, work, run, isNew, mayPrint } = making;
  const { language } = frame;
  const t = speak(labelWorkStrings, language);
  const base = `/api/v1/print-runs/${run.id}`;
  return {
    page: frame,
    work,
    t,
    title: t.runTitle({ run: formatNumber(run.run, language), lot: run.facts.lotNumber }),
    lead: run.facts.productName,
    back: { label: t.backToList, href: '/manage/labels' },
    notice: isNew ? { tone: 'good', title: t.done, sentence: t.doneMore, action: null } : null,
    pdf: { label: t.pdf, href: `${base}/labels.pdf` },
    csv: { label: t.csv, href: `${base}/labels.csv` },
    another: mayPrint ? { label: t.another, href: `/manage/batches/${run.batchId}/labels` } : null,
    label: { src: `${base}/label.svg`, alt: t.labelAlt({ text: labelWords(run.drawing) }) },
    facts: runFacts(run, t, language),
    plan: planSentence(run.template, printPlan(run.template, run), language),
    balance: balanceOf(making, t),
  };
}
