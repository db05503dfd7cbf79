import { fieldMaker, formModel, type FormState } from '../../platform/form-state.ts';
import { formatDay, formatNumber } from '../../platform/format.ts';
import { speak, type Language, type Spoken } from '../../platform/i18n.ts';
import { section } from '../../platform/plain-page.ts';
import type { FilterModel, PartModel, PlainPageModel } from '../../platform/plain-page-view-model.ts';
import type { LinkModel, PaginationModel } from '../../platform/view-parts.ts';
import type { TableModel } from '../../platform/workplace-view-model.ts';
import { alikePart, factsOf, type Around, type Names } from './approval-page.ts';
import { PAGE_SIZE, type DirectoryRequest, type Registration } from './directory-service.ts';
import { cooperativeGroups, retailerGroups, unionGroups } from './fields.ts';
import { organizationFormStrings } from './form-strings.ts';
import type { FormPlaces } from './places.ts';
import type { StoredOrganization } from './store.ts';
import { organizationWorkStrings } from './work-strings.ts';

type Words = Spoken<typeof organizationWorkStrings>;
export type NewKind = 'cooperative' | 'retailer' | 'union';

const TONES = { active: 'good', pending: 'late', rejected: 'bad' } as const;

/** The address of the same list with something else asked. */
export function listAddress(request: DirectoryRequest, changed: Partial<Record<string, string>>): string {
  const { kind, status = '', q = '', sort, page } = request;
  const all = { kind, status, q, sort, page: String(page), ...changed };
  const kept = Object.entries(all).filter(([, value]) => value !== '' && value !== undefined);
  return `/manage/organizations?${new URLSearchParams(kept as [string, string][]).toString()}`;
}

function filterOf(request: DirectoryRequest, t: Words, administrator: boolean): FilterModel {
  const option = (chosen: string | undefined) => (value: string, label: string) => ({
    value,
    label,
    selected: (chosen ?? '') === value,
  });
  const kind = option(request.kind);
  const status = option(request.status);
  const sort = option(request.sort);
  return {
    action: '/manage/organizations',
    label: t.filter,
    search: { name: 'q', label: t.search, value: request.q ?? '' },
    selects: [
      {
        name: 'kind',
        label: t.kind,
        options: [
          kind('cooperative', t.cooperatives),
          kind('retailer', t.retailers),
          ...(administrator ? [kind('union', t.unions)] : []),
        ],
      },
      {
        name: 'status',
        label: t.status,
        options: [
          status('', t.any),
          status('active', t.active),
          status('pending', t.pending),
          status('rejected', t.rejected),
        ],
      },
      {
        name: 'sort',
        label: t.sort,
        options: [sort('name', t.sortName), sort('newest', t.sortNewest), sort('oldest', t.sortOldest)],
      },
    ],
    button: t.show,
  };
}

function tableOf(
  items: readonly StoredOrganization[],
  t: Words,
  place: { caption: string; names: Names },
): TableModel {
  return {
    caption: place.caption,
    columns: [
      { label: t.name, numeric: false },
      { label: t.province, numeric: false },
      { label: t.since, numeric: false },
      { label: t.status, numeric: false },
    ],
    rows: items.map((one) => ({
      href: `/manage/organizations/${one.id}`,
      cells: [
        { text: one.name },
        { text: place.names.provinceName(one.provinceCode) },
        { text: formatDay(one.createdAt) },
        { text: t[one.status], chip: TONES[one.status] },
      ],
    })),
  };
}

function pagination(
  request: DirectoryRequest,
  count: number,
  { t, language }: { t: Words; language: Language },
) {
  const { page } = request;
  const number = (value: number) => formatNumber(value, language);
  const link = (to: number, label: string): LinkModel => ({
    label,
    href: listAddress(request, { page: String(to) }),
  });
  const model: PaginationModel = {
    label: t.pages,
    position: t.position({
      from: number((page - 1) * PAGE_SIZE + 1),
      to: number(Math.min(count, page * PAGE_SIZE)),
      of: number(count),
    }),
    previous: page > 1 ? link(page - 1, t.previous) : null,
    next: page * PAGE_SIZE < count ? link(page + 1, t.next) : null,
  };
  return model;
}

/** The list of organisations that a person looks after. */
export function directoryPage(
  request: DirectoryRequest,
  found: { readonly items: readonly StoredOrganization[]; readonly count: number },
  { around, names, administrator }: { around: Around; names: Names; administrator: boolean },
): PlainPageModel {
  const { frame, work, done } = around;
  const { language } = frame;
  const t = speak(organizationWorkStrings, language);
  const caption = { cooperative: t.cooperatives, retailer: t.retailers, union: t.unions }[request.kind];
  const empty: PartModel = {
    kind: 'empty',
    empty: { title: t.emptyTitle, sentence: t.emptySentence, action: null },
  };
  const list: readonly PartModel[] =
    found.items.length === 0
      ? [empty]
      : [
          { kind: 'table', table: tableOf(found.items, t, { caption, names }) },
          { kind: 'pagination', pagination: pagination(request, found.count, { t, language }) },
        ];
  const csv = listAddress(request, { page: '' }).replace('/organizations?', '/organizations.csv?');
  const links = [
    { label: t.addCooperative, href: '/manage/organizations/new?kind=cooperative' },
    { label: t.addRetailer, href: '/manage/organizations/new?kind=retailer' },
    ...(administrator ? [{ label: t.addUnion, href: '/manage/organizations/new?kind=union' }] : []),
    ...(found.items.length === 0 ? [] : [{ label: t.download, href: csv }]),
  ];
  const filter = filterOf(request, t, administrator);
  const base = { page: frame, work, done, back: null, title: t.organizationsTitle, lead: null };
  return {
    ...base,
    sections: [
      section(null, [{ kind: 'filter', filter }, ...list]),
      section(null, [{ kind: 'links', links }]),
    ],
  };
}

/** The same list as rows of a spreadsheet. */
export function directoryRows(
  items: readonly StoredOrganization[],
  language: Language,
  names: Names,
): readonly (readonly string[])[] {
  const t = speak(organizationWorkStrings, language);
  const words = speak(organizationFormStrings, language);
  const head = [
    t.name,
    t.status,
    t.province,
    words.commune,
    words.address,
    words.taxCode,
    words.phone,
    words.email,
  ];
  return [
    [...head, words.foundedOn, words.memberCount, t.since],
    ...items.map((one) => [
      one.name,
      t[one.status],
      names.provinceName(one.provinceCode),
      one.communeCode === undefined ? '' : (names.communeName(one.communeCode) ?? ''),
      one.address,
      one.taxCode ?? '',
      one.phone ?? '',
      one.email ?? '',
      one.foundedOn ?? '',
      one.memberCount === undefined ? '' : String(one.memberCount),
      one.createdAt.toISOString().slice(0, 10),
    ]),
  ];
}

/** One organisation, with where its people are. */
export function organizationPage(registration: Registration, around: Around, names: Names): PlainPageModel {
  const { frame, work, done } = around;
  const t = speak(organizationWorkStrings, frame.language);
  const { organization } = registration;
  const alike = alikePart(registration, t, names);
  const { id, kind, status, slug } = organization;
  const links = [
    ...(status === 'pending' ? [{ label: t.decide, href: `/manage/approvals/${id}` }] : []),
    ...(status === 'active' ? [{ label: t.members, href: `/manage/members?organization=${id}` }] : []),
    ...(kind === 'cooperative' && status === 'active'
      ? [{ label: t.publicPage, href: `/cooperatives/${slug}` }]
      : []),
  ];
  const facts = [{ label: t.status, value: t[status] }, ...factsOf(organization, frame, names)];
  return {
    page: frame,
    work,
    done,
    back: { label: t.backOrganizations, href: `/manage/organizations?kind=${kind}` },
    title: organization.name,
    lead: null,
    sections: [
      section(null, [{ kind: 'facts', facts }, links.length === 0 ? null : { kind: 'links', links }]),
      ...(alike === null ? [] : [section(t.alikeTitle, [alike])]),
    ],
  };
}

/** The form of a new organisation. */
export function newOrganizationPage(
  kind: NewKind,
  { frame, work, done }: Around,
  form: { readonly state: FormState; readonly idempotencyKey: string; readonly places: FormPlaces },
): PlainPageModel {
  const { language } = frame;
  const t = speak(organizationWorkStrings, language);
  const words = speak(organizationFormStrings, language);
  const { places, state, idempotencyKey } = form;
  const making = { t: words, language, places, field: fieldMaker(state), prefix: '' };
  const groups = { cooperative: cooperativeGroups, retailer: retailerGroups, union: unionGroups }[kind](
    making,
  );
  const model = formModel(state, language, {
    action: `/manage/organizations/new?kind=${kind}`,
    csrfToken: frame.csrfToken,
    idempotencyKey,
    groups,
    submit: t.create,
    cancel: { label: t.cancel, href: `/manage/organizations?kind=${kind}` },
  });
  return {
    page: frame,
    work,
    done,
    back: { label: t.backOrganizations, href: `/manage/organizations?kind=${kind}` },
    title: { cooperative: t.addCooperative, retailer: t.addRetailer, union: t.addUnion }[kind],
    lead: null,
    sections: [section(null, [{ kind: 'form', form: model, showPassword: null }])],
  };
}
