import { dateInVietnam, daysBetween } from '../../platform/clock.ts';
import { formatDate, formatDay, formatNumber } from '../../platform/format.ts';
import { speak, type Language, type Spoken } from '../../platform/i18n.ts';
import type { PageFrame } from '../../platform/page-frame.ts';
import { section } from '../../platform/plain-page.ts';
import type {
  BarsModel,
  PartModel,
  PlainPageModel,
  SectionModel,
} from '../../platform/plain-page-view-model.ts';
import { COUNT_MAX } from '../../platform/search-page.ts';
import type { LinkModel, StatModel } from '../../platform/view-parts.ts';
import type { ActionCardModel, TaskModel, WorkFrame } from '../../platform/workplace-view-model.ts';
import type { Certificate } from '../certificates/contract.ts';
import { cooperativeName, type ProvinceInUse } from '../organizations/contract.ts';
import type { AdministratorToday, OfficerToday } from './office-service.ts';
import { officeStrings } from './office-strings.ts';
import { RENEW_AHEAD_DAYS, type Lapse } from './rules.ts';

export type OfficePageDeps = { provinceName(code: string): string };

type Around = { readonly frame: PageFrame; readonly work: WorkFrame };
type Today = OfficerToday | AdministratorToday;
type Making = OfficePageDeps & {
  readonly language: Language;
  readonly t: Spoken<typeof officeStrings>;
};

const BARS_SHOWN = 8;
const GAPS_SHOWN = 5;
const CERTIFICATES_SHOWN = 10;
/** A cooperative that has waited so long is told in the colour of what is late. */
const LATE_AFTER_DAYS = 7;

const COOPERATIVES = '/manage/organizations?kind=cooperative';

function actionsOf({ counts }: Today, { t, language }: Making): PartModel {
  const { pending } = counts;
  const decide: ActionCardModel = {
    label: t.decide,
    detail:
      pending === 0
        ? t.decideNone
        : t.decideWaiting({ count: formatNumber(pending, language), one: pending === 1 }),
    href: '/manage/approvals',
    icon: 'check',
    main: true,
  };
  const cooperative: ActionCardModel = {
    label: t.addCooperative,
    href: '/manage/organizations/new?kind=cooperative',
    main: false,
    detail: t.addCooperativeDetail,
    icon: 'people',
  };
  return { kind: 'actions', actions: [decide, cooperative] };
}

function waitingTasks(
  { waiting, today }: Today,
  making: Making,
  withProvince: boolean,
): readonly TaskModel[] {
  const { t, provinceName } = making;
  return waiting.map(({ id, name, provinceCode, createdAt }) => {
    const date = formatDay(createdAt);
    const late = daysBetween(dateInVietnam(createdAt), today) > LATE_AFTER_DAYS;
    return {
      title: t.waitingTitle({ name }),
      detail: withProvince
        ? t.waitingPlace({ province: provinceName(provinceCode), date })
        : t.waitingSince({ date }),
      tone: late ? 'late' : 'press',
      action: { label: t.look, href: `/manage/approvals/${id}` },
    };
  });
}

/** A province in which nobody near can decide. */
function gapTask(province: ProvinceInUse, { t, language, provinceName }: Making): TaskModel {
  const { provinceCode, active, pending, unionId } = province;
  const named = { province: provinceName(provinceCode) };
  return {
    title: unionId === null ? t.noUnion(named) : t.noOfficer(named),
    detail: t.gapDetail({
      active: formatNumber(active, language),
      pending: formatNumber(pending, language),
    }),
    tone: pending > 0 ? 'late' : 'press',
    action:
      unionId === null
        ? { label: t.addUnion, href: `/manage/organizations/new?kind=union&province=${provinceCode}` }
        : { label: t.invite, href: `/manage/members?organization=${unionId}` },
  };
}

function gapsSection({ provinces }: AdministratorToday, making: Making): readonly SectionModel[] {
  const { t, language } = making;
  const gaps = provinces
    .filter(({ hasOfficer }) => !hasOfficer)
    .sort((a, b) => b.pending - a.pending || b.active - a.active);
  if (gaps.length === 0) return [];
  const rest = gaps.slice(GAPS_SHOWN).map(({ provinceCode }) => making.provinceName(provinceCode));
  return [
    section(t.gapsTitle, [
      { kind: 'text', text: t.gapsLead },
      { kind: 'tasks', tasks: gaps.slice(0, GAPS_SHOWN).map((province) => gapTask(province, making)) },
      rest.length === 0
        ? null
        : {
            kind: 'text',
            text: t.gapsMore({
              count: formatNumber(rest.length, language),
              one: rest.length === 1,
              names: rest.join(', '),
            }),
          },
    ]),
  ];
}

function tasksSection(tasks: readonly TaskModel[], { counts, waiting }: Today, making: Making): SectionModel {
  const { t, language } = making;
  const empty = { title: t.tasksEmptyTitle, sentence: t.tasksEmpty, action: null };
  const more =
    counts.pending > waiting.length
      ? [
          {
            label: t.waitingMore({ count: formatNumber(counts.pending, language) }),
            href: '/manage/approvals',
          },
        ]
      : [];
  return section(t.tasksTitle, [
    tasks.length === 0 ? { kind: 'empty', empty } : { kind: 'tasks', tasks },
    more.length === 0 ? null : { kind: 'links', links: more },
  ]);
}

type Counted = { readonly count: number; readonly href: string | null; label(v: { one: boolean }): string };

function countsSection(
  counted: readonly Counted[],
  other: 'retailer' | 'union',
  { t, language }: Making,
): SectionModel {
  const stats = counted.map(({ count, href, label }): StatModel => {
    const value =
      count > COUNT_MAX
        ? t.moreThan({ count: formatNumber(COUNT_MAX, language) })
        : formatNumber(count, language);
    return { value, label: label({ one: count === 1 }), href };
  });
  const links: readonly LinkModel[] = [
    {
      label: other === 'union' ? t.addUnion : t.addRetailer,
      href: `/manage/organizations/new?kind=${other}`,
    },
    { label: t.download, href: '/manage/organizations.csv?kind=cooperative' },
  ];
  return section(t.countsTitle, [
    { kind: 'stats', stats },
    { kind: 'links', links },
  ]);
}

function barsOf(
  counted: readonly { readonly label: string; readonly count: number; readonly href: string }[],
  { t, language }: Making,
): BarsModel {
  const sorted = counted.filter(({ count }) => count > 0).sort((a, b) => b.count - a.count);
  const most = sorted[0]?.count ?? 1;
  const shown = sorted.slice(0, BARS_SHOWN);
  return {
    caption:
      shown.length === sorted.length
        ? t.mostFirst
        : t.barsCaption({
            shown: formatNumber(shown.length, language),
            of: formatNumber(sorted.length, language),
          }),
    bars: shown.map(({ label, count, href }) => ({
      label,
      value: formatNumber(count, language),
      percent: Math.round((100 * count) / most),
      href,
    })),
  };
}

function stateOf({ expiresOn, lapsed }: Lapse<Certificate>, today: string, { t, language }: Making): string {
  if (lapsed) return t.lapsed;
  const days = daysBetween(today, expiresOn);
  return days === 0 ? t.lapsesToday : t.lapses({ days: formatNumber(days, language), one: days === 1 });
}

function certificatesSection(found: OfficerToday, making: Making): SectionModel {
  const { t, language } = making;
  const { certificates, today } = found;
  if (certificates.length === 0) {
    return section(t.certificatesTitle, [{ kind: 'text', text: t.certificatesNone }]);
  }
  const byId = new Map(found.cooperatives.map(({ cooperative }) => [cooperative.id, cooperative]));
  const nameOf = (id: string) => {
    const cooperative = byId.get(id);
    return cooperative === undefined ? '' : cooperativeName(cooperative, language);
  };
  const columns = [t.columnCooperative, t.columnCertificate, t.columnEnds, t.columnState];
  const rows = certificates.slice(0, CERTIFICATES_SHOWN).map((lapse) => ({
    href: `/manage/organizations/${lapse.of.cooperativeId}`,
    cells: [
      { text: nameOf(lapse.of.cooperativeId) },
      { text: t.certificate({ standard: lapse.of.standard, number: lapse.of.number }) },
      { text: formatDate(lapse.expiresOn) },
      { text: stateOf(lapse, today, making), chip: lapse.lapsed ? ('bad' as const) : ('late' as const) },
    ],
  }));
  const more = certificates.length - rows.length;
  return section(t.certificatesTitle, [
    { kind: 'text', text: t.certificatesLead({ days: formatNumber(RENEW_AHEAD_DAYS, language) }) },
    {
      kind: 'table',
      table: {
        caption: t.certificatesCaption,
        columns: columns.map((label) => ({ label, numeric: false })),
        rows,
      },
    },
    more === 0 ? null : { kind: 'text', text: t.certificatesMore({ count: formatNumber(more, language) }) },
  ]);
}

function productsSection({ cooperatives }: OfficerToday, making: Making): SectionModel {
  const { t, language } = making;
  const counted = cooperatives.map(({ cooperative, products }) => ({
    label: cooperativeName(cooperative, language),
    count: products,
    href: `/manage/organizations/${cooperative.id}`,
  }));
  const without = counted.filter(({ count }) => count === 0).length;
  const bars = barsOf(counted, making);
  return section(t.productsTitle, [
    bars.bars.length === 0 ? null : { kind: 'bars', bars },
    without === 0
      ? null
      : {
          kind: 'text',
          text: t.withoutProducts({ count: formatNumber(without, language), one: without === 1 }),
        },
  ]);
}

function emptySection({ t }: Making): SectionModel {
  const action = { label: t.addCooperative, href: '/manage/organizations/new?kind=cooperative' };
  return section(null, [
    { kind: 'empty', empty: { title: t.emptyTitle, sentence: t.emptySentence, action } },
  ]);
}

const pageOf = (
  { frame, work }: Around,
  lead: string,
  sections: readonly SectionModel[],
): PlainPageModel => ({
  page: frame,
  work,
  back: null,
  title: speak(officeStrings, frame.language).greeting({ name: frame.user?.name ?? '' }),
  lead,
  done: null,
  sections,
});

const makingOf = ({ frame }: Around, deps: OfficePageDeps): Making => ({
  ...deps,
  language: frame.language,
  t: speak(officeStrings, frame.language),
});

/** An officer's first screen: the own province. */
export function officerPage(found: OfficerToday, around: Around, deps: OfficePageDeps): PlainPageModel {
  const making = makingOf(around, deps);
  const { t } = making;
  const { counts, provinceCode } = found;
  const lead = t.officerLead({ province: deps.provinceName(provinceCode) });
  return pageOf(around, lead, [
    section(null, [actionsOf(found, making)]),
    tasksSection(waitingTasks(found, making, false), found, making),
    countsSection(
      [
        { count: counts.active, href: `${COOPERATIVES}&status=active`, label: t.cooperatives },
        { count: counts.products, href: `/products?province=${provinceCode}`, label: t.products },
        { count: counts.batches, href: null, label: t.batches },
        { count: counts.retailers, href: '/manage/organizations?kind=retailer', label: t.retailers },
      ],
      'retailer',
      making,
    ),
    ...(found.cooperatives.length === 0
      ? [emptySection(making)]
      : [certificatesSection(found, making), productsSection(found, making)]),
  ]);
}

/** The administrator's first screen: every province. */
export function administratorPage(
  found: AdministratorToday,
  around: Around,
  deps: OfficePageDeps,
): PlainPageModel {
  const making = makingOf(around, deps);
  const { t } = making;
  const { counts, provinces } = found;
  const bars = barsOf(
    provinces.map(({ provinceCode, active }) => ({
      label: deps.provinceName(provinceCode),
      count: active,
      href: `/cooperatives?province=${provinceCode}`,
    })),
    making,
  );
  return pageOf(around, t.administratorLead, [
    section(null, [actionsOf(found, making)]),
    tasksSection(waitingTasks(found, making, true), found, making),
    ...gapsSection(found, making),
    countsSection(
      [
        { count: counts.active, href: `${COOPERATIVES}&status=active`, label: t.cooperatives },
        { count: counts.products, href: '/products', label: t.products },
        { count: counts.batches, href: null, label: t.batches },
        { count: counts.unions, href: '/manage/organizations?kind=union', label: t.unions },
        { count: counts.retailers, href: '/manage/organizations?kind=retailer', label: t.retailers },
      ],
      'union',
      making,
    ),
    bars.bars.length === 0 ? emptySection(making) : section(t.provincesTitle, [{ kind: 'bars', bars }]),
  ]);
}
