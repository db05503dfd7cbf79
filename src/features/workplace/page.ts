import { daysBetween } from '../../platform/clock.ts';
import { formatDate, formatDay, formatInstant, formatNumber } from '../../platform/format.ts';
import { inLanguage, speak, type Language, type Spoken } from '../../platform/i18n.ts';
import type { PageFrame } from '../../platform/page-frame.ts';
import type {
  ActionCardModel,
  ProgressCardModel,
  TaskModel,
  WorkFrame,
} from '../../platform/workplace-view-model.ts';
import type { ChipModel } from '../../platform/view-parts.ts';
import { currentContent, originalContent, type BatchEvent, type Measure } from '../batches/contract.ts';
import type { Product } from '../products/contract.ts';
import type { OpenBatch, RecentRecord, Today } from './service.ts';
import { todayStrings } from './strings.ts';
import type { MenuPageModel, RecentModel, TodayPageModel, WaitingPageModel } from './view-model.ts';

export type TodayPageDeps = { stepName(code: string, language: Language): string };

type Around = { readonly frame: PageFrame; readonly work: WorkFrame };
type Working = Extract<Today, { kind: 'working' }>;
type Making = TodayPageDeps & {
  readonly language: Language;
  readonly t: Spoken<typeof todayStrings>;
};

/** More than this on one screen is a list, not a reminder. */
const TASKS_SHOWN = 8;

const nameOf = (product: Product | null, language: Language): string =>
  product === null ? '' : inLanguage(product.name, language);

function actions({ open }: Working, { t, language }: Making): readonly ActionCardModel[] {
  const [only, second] = open;
  const single = only !== undefined && second === undefined ? only.batch : null;
  if (only === undefined) return [];
  return [
    {
      label: t.record,
      detail: single === null ? t.recordDetail : t.recordDetailLot({ lot: single.lotNumber }),
      href: single === null ? '/manage/record' : `/manage/batches/${single.id}/record`,
      icon: 'camera',
      main: true,
    },
    {
      label: t.print,
      detail:
        single === null
          ? t.printDetail
          : t.printDetailLot({
              lot: single.lotNumber,
              packs: single.packs === null ? null : formatNumber(single.packs, language),
            }),
      href: single === null ? '/manage/labels' : `/manage/batches/${single.id}/labels`,
      icon: 'printer',
      main: false,
    },
  ];
}

function renewTasks({ certificates, ranks, today }: Working, { t, language }: Making): readonly TaskModel[] {
  const days = (until: string) => formatNumber(daysBetween(today, until), language);
  return [
    ...certificates.map(({ of, expiresOn, lapsed }): TaskModel => ({
      title: lapsed
        ? t.certificateLapsed({ standard: of.standard, date: formatDate(expiresOn) })
        : t.certificateLapses({ standard: of.standard, days: days(expiresOn) }),
      detail: t.certificateDetail({ number: of.number }),
      tone: lapsed ? 'bad' : 'late',
      action: { label: t.renew, href: '/manage/certificates/new' },
    })),
    ...ranks.map(({ of, expiresOn, lapsed }): TaskModel => {
      const product = nameOf(of, language);
      return {
        title: lapsed
          ? t.rankLapsed({ product, date: formatDate(expiresOn) })
          : t.rankLapses({ product, days: days(expiresOn) }),
        detail: t.rankDetail({ stars: of.ocop?.stars ?? 3, decision: of.ocop?.decision ?? '' }),
        tone: lapsed ? 'bad' : 'late',
        action: { label: t.renew, href: `/manage/products/${of.id}#field-ocop.decision` },
      };
    }),
  ];
}

function lackTask({ batch }: OpenBatch, measure: Measure, making: Making): TaskModel | null {
  const { t, language } = making;
  const [first] = measure.missing;
  if (first === undefined) return null;
  const more = measure.missing.length - 1;
  const what = first.name[language];
  return {
    title: t.batchLacks({
      lot: batch.lotNumber,
      what: more === 0 ? what : t.batchLacksMore({ what, more: formatNumber(more, language) }),
    }),
    detail: '',
    tone: 'press',
    action: { label: t.mend, href: first.fix },
  };
}

/** What stops the labels first, then what the law asks beside it; one line per batch. */
function batchTask(open: OpenBatch, making: Making): TaskModel | null {
  const { label, circular02 } = open.completeness;
  const blocked = lackTask(open, label, making);
  if (blocked !== null) return { ...blocked, tone: 'late', detail: making.t.labelBlocked };
  const lacking = lackTask(open, circular02, making);
  return lacking === null
    ? null
    : { ...lacking, detail: making.t.lawCount({ met: circular02.met, of: circular02.of }) };
}

function stateChip({ completeness }: OpenBatch, { t, language }: Making): ChipModel {
  const { circular02, passport, label } = completeness;
  if (label.missing.length > 0) {
    return { label: t.labelLacking({ count: formatNumber(label.missing.length, language) }), tone: 'late' };
  }
  const codes = circular02.missing.length + passport.missing.length;
  return codes === 0
    ? { label: t.complete, tone: 'good' }
    : { label: t.lacking({ count: formatNumber(codes, language) }), tone: 'plain' };
}

const inForce = (events: readonly BatchEvent[]) => events.filter((event) => currentContent(event) !== null);

function openCard(open: OpenBatch, making: Making): ProgressCardModel {
  const { t, language } = making;
  const { batch, completeness } = open;
  const { met, of } = completeness.circular02;
  const counted = inForce(open.events);
  const last = counted
    .map((event) => currentContent(event) ?? originalContent(event))
    .sort((a, b) => b.occurredAt.getTime() - a.occurredAt.getTime())[0];
  const step =
    last === undefined
      ? t.noStep
      : t.lastStep({ step: making.stepName(last.step, language), date: formatDay(last.occurredAt) });
  const parts = [
    step,
    counted.length === 0 ? '' : t.records({ count: formatNumber(counted.length, language) }),
    batch.packs === null ? '' : t.packs({ count: formatNumber(batch.packs, language) }),
  ];
  return {
    title: t.cardTitle({ lot: batch.lotNumber, product: nameOf(open.product, language) }),
    href: `/manage/batches/${batch.id}`,
    aside: formatDate(batch.producedOn),
    bar: {
      label: t.lawCount({ met, of }),
      donePercent: Math.round((100 * met) / of),
      partPercent: null,
    },
    detail: parts.filter((part) => part !== '').join(' · '),
    chips: [stateChip(open, making)],
  };
}

function recentModel({ event, batch, product }: RecentRecord, making: Making): RecentModel {
  const { t, language } = making;
  const current = currentContent(event);
  const chip: ChipModel | null =
    current === null
      ? { label: t.withdrawn, tone: 'late' }
      : event.corrections.length > 0
        ? { label: t.corrected, tone: 'late' }
        : null;
  return {
    title: making.stepName((current ?? originalContent(event)).step, language),
    detail: t.recentLine({
      lot: batch.lotNumber,
      product: nameOf(product, language),
      at: formatInstant(event.recordedAt),
    }),
    href: `/manage/batches/${batch.id}#way`,
    chip,
  };
}

/** How far a new cooperative has come; null once something is recorded. */
function start(today: Working, role: 'manager' | 'clerk', { t }: Making): TodayPageModel['start'] {
  const recorded = today.open.some(({ events }) => events.length > 0) || today.recent.length > 0;
  if (recorded || (today.batchCount === 'some' && today.open.length === 0)) return null;
  const [firstOpen] = today.open;
  const at = today.productCount === 0 ? 0 : firstOpen === undefined ? 1 : 2;
  const labels = [t.stepProduct, t.stepBatch, t.stepRecord, t.stepPrint];
  const hrefs = [
    '/manage/products/new',
    '/manage/batches/new',
    `/manage/batches/${firstOpen?.batch.id ?? ''}/record`,
  ];
  const waits = at === 0 && role === 'clerk';
  return {
    steps: labels.map((label, index) => ({
      label,
      state: index < at ? 'done' : index === at ? 'current' : 'ahead',
    })),
    empty: {
      title: t.startTitle,
      sentence: waits ? t.managerFirst : t.startSentence,
      action: waits ? null : { label: labels[at] ?? '', href: hrefs[at] ?? '' },
    },
  };
}

/** The cooperative's first screen. */
export function todayPage(
  today: Working,
  { frame, work, role }: Around & { readonly role: 'manager' | 'clerk' },
  deps: TodayPageDeps,
): TodayPageModel {
  const { language } = frame;
  const t = speak(todayStrings, language);
  const making: Making = { ...deps, language, t };
  const tasks = [
    ...renewTasks(today, making),
    ...today.open.flatMap((open) => batchTask(open, making) ?? []),
  ];
  const idle = today.open.length === 0 && today.batchCount === 'some';
  return {
    page: frame,
    work,
    t,
    greeting: t.greeting({ name: frame.user?.name ?? '' }),
    actions: actions(today, making),
    start: start(today, role, making),
    tasks: tasks.slice(0, TASKS_SHOWN),
    open: today.open.map((open) => openCard(open, making)),
    openEmpty: idle
      ? { title: t.noOpen, sentence: '', action: { label: t.addBatch, href: '/manage/batches/new' } }
      : null,
    allHref: today.moreOpen ? '/manage/batches' : null,
    recent: today.recent.map((record) => recentModel(record, making)),
  };
}

/** What a cooperative sees that is not approved. */
export function waitingPage(
  { cooperative, note, union }: Extract<Today, { kind: 'waiting' }>,
  { frame, work }: Around,
): WaitingPageModel {
  const t = speak(todayStrings, frame.language);
  const name = (frame.language === 'en' ? union?.nameEn : union?.name) ?? union?.name ?? t.unionUnnamed;
  const rejected = cooperative.status === 'rejected';
  const phone = union?.phone;
  return {
    page: frame,
    work,
    t,
    title: rejected ? t.rejectedTitle : t.pendingTitle,
    sentence: rejected ? t.rejectedSentence({ union: name }) : t.pendingSentence({ union: name }),
    note: rejected ? (note ?? t.rejectedNoNote) : null,
    next: rejected ? t.rejectedNext : null,
    links: [
      { label: t.profile, href: '/manage/cooperative' },
      ...(phone === undefined ? [] : [{ label: t.call, href: `tel:${phone.replace(/[^+\d]/g, '')}` }]),
    ],
  };
}

/** The tabs as a menu, for whoever has no first screen of their own. */
export function menuPage({ frame, work }: Around): MenuPageModel {
  const t = speak(todayStrings, frame.language);
  const others = work.tabs.filter((tab) => !tab.current);
  return {
    page: frame,
    work,
    t,
    actions: others.map(({ label, href, icon }, index) => ({
      label,
      href,
      icon,
      detail: '',
      main: index === 0,
    })),
  };
}
