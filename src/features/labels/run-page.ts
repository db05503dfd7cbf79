import { groupCode } from '../../domain/batch-code/batch-code.ts';
import { printPlan } from '../../domain/label/template.ts';
import { formatInstant, formatNumber } from '../../platform/format.ts';
import { speak, type Language, type Spoken } from '../../platform/i18n.ts';
import type { ComparisonModel } from '../../platform/plain-page-view-model.ts';
import type { ChipModel, FactModel, LinkModel, NoticeModel } from '../../platform/view-parts.ts';
import { sizeOf } from '../../domain/unit-code/ranges.ts';
import type { Reprint } from './contract.ts';
import type { Happening } from './history.ts';
import { labelWords, planSentence } from './preview.ts';
import { printedPlaces } from './printout.ts';
import { leftOutSentence, someNumbers } from './range-words.ts';
import { downloadsOf, type FileSizes } from './run-downloads.ts';
import { isReleased, proofModel, stoppedNotice, type RunRelease } from './run-proof.ts';
import { runStrings } from './run-strings.ts';
import type { HistoryModel, PrintRunPageModel } from './run-view-model.ts';
import type { Around } from './runs-page.ts';
import { runsStrings } from './runs-strings.ts';
import type { StoredRun } from './store.ts';
import type { LabelVoid } from './void-store.ts';

type Words = Spoken<typeof runStrings>;

const PERCENT = 100;
const NONE: FileSizes = new Map();

/** What was just done, as the address of the page says it. */
export const RUN_DEEDS = ['printed', 'reprinted', 'voided'] as const;
export type RunDeed = (typeof RUN_DEEDS)[number];

export type RunMaking = Around & {
  readonly run: StoredRun;
  /** In the reader's language; null of a product that is gone. */
  readonly productName: string | null;
  readonly done: RunDeed | null;
  /** Whether the reader may print more of the batch. */
  readonly mayPrint: boolean;
  /** Whether the reader may print labels of the run again. */
  readonly mayReprint: boolean;
  /** Newest first. */
  readonly history: readonly Happening[];
  readonly olderHistory: string | null;
  readonly reprintCount: number;
  /** How many of its labels are void. */
  readonly voided: number;
  readonly account: ComparisonModel | null;
  readonly release: RunRelease;
  /** How large the files are that are offered; null where none is. */
  readonly sizes: { readonly run: FileSizes; readonly reprints: ReadonlyMap<string, FileSizes> } | null;
  /** Whether the reader may void labels of the run. */
  readonly mayVoid: boolean;
};

function runFacts(run: StoredRun, t: Words, language: Language): readonly FactModel[] {
  const { xMm, yMm, scale } = run.calibration;
  const isMoved = xMm !== 0 || yMm !== 0 || scale !== 1;
  const show = (value: number) => formatNumber(value, language);
  return [
    { label: t.factCount, value: show(run.count) },
    { label: t.factPaper, value: run.template.name[language] },
    { label: t.factStart, value: show(run.startAt) },
    {
      label: t.factCode,
      value: run.codes === 'unit' ? t.unitLevel : `${groupCode(run.code)} (${t.batchLevel})`,
    },
    { label: t.factBy, value: run.createdByName },
    { label: t.factAt, value: formatInstant(run.createdAt) },
    { label: t.factKind, value: run.goodsLabel ? t.kindGoods : t.kindTrace },
    { label: t.factLanguage, value: run.language === 'vi' ? t.vietnamese : t.english },
    ...(isMoved
      ? [{ label: t.factCalibration, value: `${show(xMm)} mm, ${show(yMm)} mm, ${show(scale * PERCENT)} %` }]
      : []),
    ...(run.reason === undefined ? [] : [{ label: t.factReason, value: run.reason }]),
  ];
}

function reprintModel({ run, sizes }: RunMaking, reprint: Reprint, language: Language): HistoryModel {
  const t = speak(runStrings, language);
  const show = (value: number) => formatNumber(value, language);
  const { from, to, leftOut } = reprint;
  const printout = { run, reprint };
  const count = show(printedPlaces(printout).count);
  const detail = t.labelsFromTo({ from: show(from), to: show(to), count });
  return {
    title: t.reprintName({ number: show(reprint.number) }),
    detail: leftOut.length === 0 ? `${detail}.` : `${detail}. ${leftOutSentence(leftOut, language)}`,
    reason: reprint.reason,
    by: t.reprintedBy({ by: reprint.createdByName, at: formatInstant(reprint.createdAt) }),
    downloads: sizes === null ? [] : downloadsOf(printout, sizes.reprints.get(reprint.id) ?? NONE, language),
  };
}

function voidModel({ numbers, reason, ...one }: LabelVoid, language: Language): HistoryModel {
  const t = speak(runStrings, language);
  const count = formatNumber(sizeOf(numbers), language);
  return {
    title: t.voidName({ count }),
    detail: `${t.voidNumbers({ numbers: someNumbers(numbers, language), count })}.`,
    reason,
    by: t.reprintedBy({ by: one.createdByName, at: formatInstant(one.createdAt) }),
    downloads: [],
  };
}

function noticeOf({ done, history, frame }: RunMaking, t: Words): NoticeModel | null {
  const good = { tone: 'good', action: null } as const;
  switch (done) {
    case null:
      return null;
    case 'printed':
      return { ...good, title: t.donePrinted, sentence: t.donePrintedMore };
    case 'reprinted': {
      const last = history.find(({ kind }) => kind === 'reprint')?.entry;
      const number = formatNumber(last !== undefined && 'number' in last ? last.number : 1, frame.language);
      return { ...good, title: t.doneReprinted({ number }), sentence: t.doneReprintedMore };
    }
    case 'voided':
      return { ...good, title: t.doneVoided, sentence: t.doneVoidedMore };
    default:
      return done satisfies never;
  }
}

function chipsOf({ reprintCount, run, frame, voided }: RunMaking): readonly ChipModel[] {
  const t = speak(runsStrings, frame.language);
  const count = formatNumber(reprintCount, frame.language);
  return [
    ...(run.reason === undefined ? [] : [{ label: t.over, tone: 'late' as const }]),
    ...(voided === 0
      ? []
      : [{ label: t.voided({ count: formatNumber(voided, frame.language) }), tone: 'late' as const }]),
    ...(reprintCount === 0 ? [] : [{ label: t.reprinted({ count }), tone: 'plain' as const }]),
  ];
}

function nextDeeds(making: RunMaking, t: Words): readonly LinkModel[] {
  const { run, mayPrint, mayReprint, mayVoid } = making;
  const mayAgain = mayReprint && isReleased(making.release);
  return [
    ...(mayAgain ? [{ label: t.reprintLink, href: `/manage/print-runs/${run.id}/reprint` }] : []),
    ...(mayVoid ? [{ label: t.voidLink, href: `/manage/print-runs/${run.id}/void` }] : []),
    ...(mayPrint ? [{ label: t.another, href: `/manage/batches/${run.batchId}/labels` }] : []),
    ...(mayReprint ? [{ label: t.runsOfBatch, href: `/manage/labels?batch=${run.batchId}` }] : []),
  ];
}

/** What was printed, its files, what became of it, and how far the batch has come with it. */
export function printRunPage(making: RunMaking): PrintRunPageModel {
  const { frame, work, run, olderHistory, release, sizes, voided } = making;
  const { language } = frame;
  const t = speak(runStrings, language);
  const older = `/manage/print-runs/${run.id}?cursor=${encodeURIComponent(olderHistory ?? '')}#history`;
  const stopped = stoppedNotice(release, language);
  return {
    page: frame,
    work,
    t,
    title: t.runTitle({ run: formatNumber(run.run, language), lot: run.facts.lotNumber }),
    lead: making.productName ?? run.facts.productName,
    back: { label: t.backToList, href: '/manage/labels' },
    // “The labels are ready” is not said of labels that are not.
    notice: stopped !== null && making.done === 'printed' ? null : noticeOf(making, t),
    chips: chipsOf(making),
    downloads: sizes === null ? [] : downloadsOf({ run, reprint: null }, sizes.run, language),
    progress: `/api/v1/print-runs/${run.id}/progress`,
    label: release.isRetired
      ? null
      : {
          src: `/api/v1/print-runs/${run.id}/label.svg`,
          alt: t.labelAlt({ text: labelWords(run.drawing) }),
        },
    facts: runFacts(run, t, language),
    plan: planSentence(run.template, printPlan(run.template, run), language),
    proof: proofModel(release, language),
    stopped,
    caution: voided === 0 || sizes === null ? null : t.fileHasVoid({ count: formatNumber(voided, language) }),
    account: making.account,
    next: nextDeeds(making, t),
    history: making.history.map((one) =>
      one.kind === 'reprint' ? reprintModel(making, one.entry, language) : voidModel(one.entry, language),
    ),
    older: olderHistory === null ? null : { label: t.historyOlder, href: older },
  };
}
