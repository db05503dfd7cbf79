import { formatDay, formatNumber } from '../../platform/format.ts';
import { inLanguage, speak, type Language, type Spoken } from '../../platform/i18n.ts';
import type { PageFrame } from '../../platform/page-frame.ts';
import type { ComparisonModel } from '../../platform/plain-page-view-model.ts';
import type { ChipModel } from '../../platform/view-parts.ts';
import type { ProgressCardModel, WorkFrame } from '../../platform/workplace-view-model.ts';
import type { Batch } from '../batches/contract.ts';
import type { Product } from '../products/contract.ts';
import { percentOf } from './account.ts';
import { both } from './circulation.ts';
import type { Balance } from './contract.ts';
import type { PackWord } from './messages.ts';
import type { LabelsPageModel } from './run-view-model.ts';
import { runsStrings } from './runs-strings.ts';
import type { StoredRun } from './store.ts';

export type Around = { readonly frame: PageFrame; readonly work: WorkFrame };
type Words = Spoken<typeof runsStrings>;

/** A batch that labels can be printed of. */
export type OpenBatch = {
  readonly batch: Batch;
  readonly product: Product | null;
  readonly balance: Balance;
  readonly word: PackWord;
};

/** How many packs still lack a label, in words. */
export function leftText({ left }: Balance, word: PackWord, language: Language): string {
  const t = speak(runsStrings, language);
  if (left === null) return t.packsUnknown;
  return left === 0 ? t.noneLeft : t.left({ packs: word(left)[language] });
}

function batchCard({ batch, product, balance, word }: OpenBatch, language: Language): ProgressCardModel {
  const t = speak(runsStrings, language);
  const { packs } = balance;
  const [printed, voided, out] = [balance.printed, balance.voided, balance.inCirculation].map(both);
  const show = (value = 0) => formatNumber(value, language);
  const said =
    packs === null
      ? t.printedOnly({ printed: show(printed) })
      : t.labelledOf({ labels: show(out), packs: word(packs)[language] });
  const rest = leftText(balance, word, language);
  const gone = voided === 0 ? [] : [t.voided({ count: show(voided) })];
  return {
    title: `${batch.lotNumber} · ${product === null ? '' : inLanguage(product.name, language)}`,
    href: `/manage/batches/${batch.id}/labels`,
    aside: formatDay(new Date(`${batch.producedOn}T00:00:00Z`)),
    bar: packs === null ? null : { label: said, donePercent: percentOf(out ?? 0, packs), partPercent: null },
    detail: [...(printed === 0 ? [] : [said]), ...gone, rest].join(' · '),
    chips: [],
  };
}

/** A run with what became of it. */
export type ListedRun = {
  readonly run: StoredRun;
  /** What it is called in the reader's language; null of a product that is gone. */
  readonly product: string | null;
  readonly reprints: number;
  readonly voided: number;
};

function chipsOf({ run, reprints, voided }: ListedRun, t: Words, language: Language): readonly ChipModel[] {
  return [
    ...(run.reason === undefined ? [] : [{ label: t.over, tone: 'late' as const }]),
    ...(voided === 0
      ? []
      : [{ label: t.voided({ count: formatNumber(voided, language) }), tone: 'late' as const }]),
    ...(reprints === 0
      ? []
      : [{ label: t.reprinted({ count: formatNumber(reprints, language) }), tone: 'plain' as const }]),
  ];
}

function runCard(listed: ListedRun, language: Language): ProgressCardModel {
  const t = speak(runsStrings, language);
  const { run } = listed;
  return {
    title: t.runName({ run: formatNumber(run.run, language), lot: run.facts.lotNumber }),
    href: `/manage/print-runs/${run.id}`,
    aside: formatDay(run.createdAt),
    bar: null,
    detail: t.runDetail({
      product: listed.product ?? run.facts.productName,
      count: formatNumber(run.count, language),
      by: run.createdByName,
    }),
    chips: chipsOf(listed, t, language),
  };
}

export type ListMaking = Around & {
  readonly batches: readonly OpenBatch[];
  readonly runs: readonly ListedRun[];
  readonly next: string | null;
  /** Whether this is the first page of the list. */
  readonly isFirst: boolean;
  /** The batch whose runs these are; null for all. */
  readonly only: Batch | null;
  /** How far that batch's labels have come. */
  readonly account: ComparisonModel | null;
  readonly cooperativeId: string;
  /** Batches to narrow the list to, newest first. */
  readonly known: readonly Batch[];
};

function emptyRuns({ only, batches, runs }: ListMaking, t: Words): LabelsPageModel['runsEmpty'] {
  if (runs.length > 0) return null;
  if (only === null)
    return batches.length === 0 ? null : { title: t.noRuns, sentence: t.noRunsMore, action: null };
  const href = `/manage/batches/${only.id}/labels`;
  return {
    title: t.noRunsOfBatch,
    sentence: t.noRunsOfBatchMore,
    action: only.status === 'open' ? { label: t.printOfBatch, href } : null,
  };
}

function filterOf({ only, known }: ListMaking, t: Words): LabelsPageModel['filter'] {
  if (known.length === 0) return null;
  const shown = only === null || known.some(({ id }) => id === only.id) ? known : [only, ...known];
  const option = (value: string, label: string) => ({ value, label, selected: value === (only?.id ?? '') });
  return {
    label: t.filter,
    select: {
      label: t.filterBatch,
      options: [option('', t.filterAll), ...shown.map(({ id, lotNumber }) => option(id, lotNumber))],
    },
    button: t.filterButton,
  };
}

/** The label tab: a batch to print of comes first, then what was printed. */
export function labelsPage(making: ListMaking): LabelsPageModel {
  const { frame, work, batches, runs, next, isFirst, only, known } = making;
  const { language } = frame;
  const t = speak(runsStrings, language);
  const query = only === null ? '' : `batch=${only.id}`;
  const first = query === '' ? '/manage/labels' : `/manage/labels?${query}`;
  return {
    page: frame,
    work,
    t,
    title: only === null ? t.listTitle : t.ofBatch({ lot: only.lotNumber }),
    lead: only === null ? t.listLead : null,
    back: only === null ? null : { label: t.ofBatchBack, href: '/manage/labels' },
    print:
      only === null || only.status !== 'open' || runs.length === 0
        ? null
        : { label: t.printOfBatch, href: `/manage/batches/${only.id}/labels` },
    batches: batches.map((one) => batchCard(one, language)),
    batchesEmpty:
      batches.length > 0 || !isFirst || only !== null
        ? null
        : {
            title: t.noBatches,
            sentence: t.noBatchesMore,
            action: { label: t.addBatch, href: '/manage/batches/new' },
          },
    account: making.account,
    accountCsv:
      known.length === 0
        ? null
        : {
            label: t.accountCsv,
            href: `/api/v1/cooperatives/${making.cooperativeId}/label-account.csv${query === '' ? '' : `?${query}`}`,
          },
    filter: filterOf(making, t),
    runs: runs.map((run) => runCard(run, language)),
    runsEmpty: emptyRuns(making, t),
    newer: isFirst ? null : { label: t.newest, href: first },
    older:
      next === null
        ? null
        : {
            label: t.older,
            href: `/manage/labels?${query}${query === '' ? '' : '&'}cursor=${encodeURIComponent(next)}`,
          },
  };
}
