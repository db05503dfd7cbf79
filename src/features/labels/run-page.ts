import { groupCode } from '../../domain/batch-code/batch-code.ts';
import { printPlan } from '../../domain/label/template.ts';
import { formatInstant, formatNumber } from '../../platform/format.ts';
import { speak, type Language, type Spoken } from '../../platform/i18n.ts';
import type { ChipModel, FactModel, LinkModel, NoticeModel } from '../../platform/view-parts.ts';
import { sizeOf } from '../../domain/unit-code/ranges.ts';
import type { Reprint } from './contract.ts';
import { rangesText } from './void-form.ts';
import type { LabelVoid } from './void-store.ts';
import type { PackWord } from './messages.ts';
import { labelWords, planSentence } from './preview.ts';
import { printoutName, type Printout } from './printout.ts';
import { runStrings } from './run-strings.ts';
import type { DownloadModel, HistoryModel, PrintRunPageModel } from './run-view-model.ts';
import { leftText, type Around } from './runs-page.ts';
import { runsStrings } from './runs-strings.ts';
import type { StoredRun } from './store.ts';

type Words = Spoken<typeof runStrings>;

const PERCENT = 100;

/** What was just done, as the address of the page says it. */
export const RUN_DEEDS = ['printed', 'reprinted', 'voided'] as const;
export type RunDeed = (typeof RUN_DEEDS)[number];

export type RunMaking = Around & {
  readonly run: StoredRun;
  readonly word: PackWord;
  readonly done: RunDeed | null;
  /** Whether the reader may print more of the batch. */
  readonly mayPrint: boolean;
  /** Whether the reader may print labels of the run again. */
  readonly mayReprint: boolean;
  /** Newest first. */
  readonly reprints: readonly Reprint[];
  /** How many there are in all. */
  readonly reprintCount: number;
  readonly olderReprints: string | null;
  /** Oldest first. */
  readonly voids: readonly LabelVoid[];
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
    { label: t.factAt, value: formatInstant(run.createdAt, language) },
    { label: t.factKind, value: run.goodsLabel ? t.kindGoods : t.kindTrace },
    { label: t.factLanguage, value: run.language === 'vi' ? t.vietnamese : t.english },
    ...(isMoved
      ? [{ label: t.factCalibration, value: `${show(xMm)} mm, ${show(yMm)} mm, ${show(scale * PERCENT)} %` }]
      : []),
    ...(run.reason === undefined ? [] : [{ label: t.factReason, value: run.reason }]),
  ];
}

function balanceOf({ run, word, frame }: RunMaking, t: Words): string {
  const { language } = frame;
  const total = run.printedBefore + run.count;
  const printed = formatNumber(total, language);
  if (run.packs === null) return t.balanceUnknown({ printed });
  const left =
    total > run.packs
      ? t.balanceOver({ more: formatNumber(total - run.packs, language) })
      : leftText({ packs: run.packs, printed: total, word }, language);
  return t.balance({ printed, packs: word(run.packs)[language], left });
}

/** The files of a printout, the one that most people want first. */
export function downloadsOf(printout: Printout, language: Language): readonly DownloadModel[] {
  const t = speak(runStrings, language);
  const { run, reprint } = printout;
  const base = `/api/v1/print-runs/${run.id}${reprint === null ? '' : `/reprints/${reprint.number}`}/labels`;
  const file = (ending: string, words: { readonly label: string; readonly about: string | null }) => {
    const isFirst = ending === 'pdf';
    const name = printoutName(printout, ending);
    const own = { href: `${base}.${ending}`, name };
    if (reprint === null) return { ...own, ...words, main: isFirst, short: false, unseen: null };
    const unseen = t.reprintName({ number: formatNumber(reprint.number, language) });
    return { ...own, label: ending.toUpperCase(), about: null, main: false, short: true, unseen };
  };
  // A thermal printer takes its own language; a sheet goes through any desktop printer.
  const thermal = run.template.kind === 'roll' ? [t.zpl, t.tspl] : [];
  return [
    file('pdf', { label: t.pdf, about: null }),
    ...thermal.map((label, at) => file(at === 0 ? 'zpl' : 'tspl', { label, about: t.thermalAbout })),
    file('csv', { label: t.csv, about: t.csvAbout }),
    file('zip', { label: t.zip, about: t.zipAbout }),
  ];
}

function reprintModel(run: StoredRun, reprint: Reprint, language: Language): HistoryModel {
  const t = speak(runStrings, language);
  const show = (value: number) => formatNumber(value, language);
  const { from, to } = reprint;
  return {
    title: t.reprintName({ number: show(reprint.number) }),
    detail: t.labelsFromTo({ from: show(from), to: show(to), count: show(to - from + 1) }),
    reason: reprint.reason,
    by: t.reprintedBy({ by: reprint.createdByName, at: formatInstant(reprint.createdAt, language) }),
    downloads: downloadsOf({ run, reprint }, language),
  };
}

function voidModel({ numbers, reason, ...one }: LabelVoid, language: Language): HistoryModel {
  const t = speak(runStrings, language);
  const count = formatNumber(sizeOf(numbers), language);
  return {
    title: t.voidName({ count }),
    detail: t.voidNumbers({ numbers: rangesText(numbers) }),
    reason,
    by: t.reprintedBy({ by: one.createdByName, at: formatInstant(one.createdAt, language) }),
    downloads: [],
  };
}

/** Everything that happened to the run's labels, newest first. */
function historyOf({ run, reprints, voids, frame }: RunMaking): readonly HistoryModel[] {
  const { language } = frame;
  return [
    ...reprints.map((one) => ({ at: one.createdAt, model: reprintModel(run, one, language) })),
    ...voids.map((one) => ({ at: one.createdAt, model: voidModel(one, language) })),
  ]
    .sort((a, b) => b.at.getTime() - a.at.getTime())
    .map(({ model }) => model);
}

function noticeOf({ done, reprints, frame }: RunMaking, t: Words): NoticeModel | null {
  const good = { tone: 'good', action: null } as const;
  switch (done) {
    case null:
      return null;
    case 'printed':
      return { ...good, title: t.donePrinted, sentence: t.donePrintedMore };
    case 'reprinted': {
      const number = formatNumber(reprints[0]?.number ?? 1, frame.language);
      return { ...good, title: t.doneReprinted({ number }), sentence: t.doneReprintedMore };
    }
    case 'voided':
      return { ...good, title: t.doneVoided, sentence: t.doneVoidedMore };
    default:
      return done satisfies never;
  }
}

function chipsOf({ reprintCount, run, frame, voids }: RunMaking): readonly ChipModel[] {
  const voided = voids.reduce((sum, { numbers }) => sum + sizeOf(numbers), 0);
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

function nextDeeds({ run, mayPrint, mayReprint, mayVoid }: RunMaking, t: Words): readonly LinkModel[] {
  return [
    ...(mayReprint ? [{ label: t.reprintLink, href: `/manage/print-runs/${run.id}/reprint` }] : []),
    ...(mayVoid ? [{ label: t.voidLink, href: `/manage/print-runs/${run.id}/void` }] : []),
    ...(mayPrint ? [{ label: t.another, href: `/manage/batches/${run.batchId}/labels` }] : []),
    ...(mayReprint ? [{ label: t.runsOfBatch, href: `/manage/labels?batch=${run.batchId}` }] : []),
  ];
}

/** What was printed, its files, what became of it, and how far the batch has come with it. */
export function printRunPage(making: RunMaking): PrintRunPageModel {
  const { frame, work, run, olderReprints } = making;
  const { language } = frame;
  const t = speak(runStrings, language);
  const older = `/manage/print-runs/${run.id}?cursor=${encodeURIComponent(olderReprints ?? '')}#history`;
  return {
    page: frame,
    work,
    t,
    title: t.runTitle({ run: formatNumber(run.run, language), lot: run.facts.lotNumber }),
    lead: run.facts.productName,
    back: { label: t.backToList, href: '/manage/labels' },
    notice: noticeOf(making, t),
    chips: chipsOf(making),
    downloads: downloadsOf({ run, reprint: null }, language),
    progress: `/api/v1/print-runs/${run.id}/progress`,
    label: {
      src: `/api/v1/print-runs/${run.id}/label.svg`,
      alt: t.labelAlt({ text: labelWords(run.drawing) }),
    },
    facts: runFacts(run, t, language),
    plan: planSentence(run.template, printPlan(run.template, run), language),
    balance: balanceOf(making, t),
    next: nextDeeds(making, t),
    history: historyOf(making),
    older: olderReprints === null ? null : { label: t.historyOlder, href: older },
  };
}
