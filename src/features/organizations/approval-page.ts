import { fieldMaker, formModel, type FormState } from '../../platform/form-state.ts';
import { formatDate, formatDay, formatNumber } from '../../platform/format.ts';
import { inLanguage, speak, type Spoken } from '../../platform/i18n.ts';
import type { PageFrame } from '../../platform/page-frame.ts';
import { section } from '../../platform/plain-page.ts';
import type { PartModel, PlainPageModel } from '../../platform/plain-page-view-model.ts';
import type { FactModel, NoticeModel } from '../../platform/view-parts.ts';
import type { WorkFrame } from '../../platform/workplace-view-model.ts';
import type { Registration } from './directory-service.ts';
import { kindName } from './fields.ts';
import { organizationFormStrings } from './form-strings.ts';
import type { StoredOrganization } from './store.ts';
import { organizationWorkStrings } from './work-strings.ts';

export type Around = {
  readonly frame: PageFrame;
  readonly work: WorkFrame;
  readonly done: NoticeModel | null;
};
export type Names = {
  readonly provinceName: (code: string) => string;
  readonly communeName: (code: string) => string | null;
};
type Words = Spoken<typeof organizationWorkStrings>;

/** The registrations that wait. */
export function approvalsPage(
  found: readonly { readonly organization: StoredOrganization; readonly doubtful: boolean }[],
  { frame, work, done }: Around,
  names: Names,
): PlainPageModel {
  const t = speak(organizationWorkStrings, frame.language);
  const rows = found.map(({ organization, doubtful }) => ({
    title: organization.name,
    href: `/manage/approvals/${organization.id}`,
    detail: [
      names.provinceName(organization.provinceCode),
      t.sentOn({ date: formatDay(organization.createdAt) }),
    ].join(' · '),
    chip: doubtful ? ({ label: t.alikeChip, tone: 'late' } as const) : null,
    copy: null,
    deeds: [],
  }));
  const empty = { title: t.approvalsEmptyTitle, sentence: t.approvalsEmpty, action: null };
  const list: PartModel = rows.length === 0 ? { kind: 'empty', empty } : { kind: 'rows', rows };
  const base = { page: frame, work, done, back: null, title: t.approvalsTitle, lead: t.approvalsLead };
  return { ...base, sections: [section(rows.length === 0 ? null : t.approvalsWaiting, [list])] };
}

/** Everything that an organisation says of itself. */
export function factsOf(
  organization: StoredOrganization,
  frame: PageFrame,
  names: Names,
): readonly FactModel[] {
  const { language } = frame;
  const words = speak(organizationFormStrings, language);
  const { cooperativeKind, communeCode, memberCount, foundedOn, description } = organization;
  const facts: readonly (readonly [string, string | undefined | null])[] = [
    [words.kind, cooperativeKind === undefined ? null : kindName(cooperativeKind, words)],
    [words.province, names.provinceName(organization.provinceCode)],
    [words.commune, communeCode === undefined ? null : names.communeName(communeCode)],
    [words.address, organization.address],
    [words.taxCode, organization.taxCode],
    [words.phone, organization.phone],
    [words.email, organization.email],
    [words.foundedOn, foundedOn === undefined ? null : formatDate(foundedOn)],
    [words.memberCount, memberCount === undefined ? null : formatNumber(memberCount, language)],
    [words.nameEn, organization.nameEn],
    [words.descriptionVi, description === undefined ? null : inLanguage(description, language)],
  ];
  return facts.flatMap(([label, value]) => (typeof value === 'string' ? [{ label, value }] : []));
}

/** Cooperatives of the same tax code or name, for the officer to compare; null when there are none. */
export function alikePart({ organization, alike }: Registration, t: Words, names: Names): PartModel | null {
  if (alike.length === 0) return null;
  const rows = alike.map((other) => ({
    title: other.name,
    href: `/manage/organizations/${other.id}`,
    detail: [
      names.provinceName(other.provinceCode),
      t[other.status],
      other.taxCode !== undefined && other.taxCode === organization.taxCode ? t.alikeTax : t.alikeName,
    ].join(' · '),
    chip: { label: t.alikeChip, tone: 'late' } as const,
    copy: null,
    deeds: [],
  }));
  return { kind: 'rows', rows };
}

function decisionForm(
  { organization }: Registration,
  { frame, state, idempotencyKey }: { frame: PageFrame; state: FormState; idempotencyKey: string },
): PartModel {
  const t = speak(organizationWorkStrings, frame.language);
  const field = fieldMaker(state);
  const options = [
    { value: '', label: t.choose, selected: false },
    { value: 'approve', label: t.approve, selected: false },
    { value: 'reject', label: t.reject, selected: false },
  ];
  const form = formModel(state, frame.language, {
    action: `/manage/approvals/${organization.id}`,
    csrfToken: frame.csrfToken,
    idempotencyKey,
    hidden: [{ name: 'version', value: String(organization.version) }],
    groups: [
      {
        legend: '',
        hint: null,
        fields: [
          field('decision', { label: t.decision, kind: 'select', required: true, options }),
          field('note', { label: t.note, hint: t.noteHint, kind: 'textarea', rows: 3, maxlength: 1_000 }),
        ],
      },
    ],
    submit: t.send,
  });
  return { kind: 'form', form, showPassword: null };
}

/** One registration with everything that is needed to decide. */
export function approvalPage(
  registration: Registration,
  { frame, work, done }: Around,
  form: { readonly state: FormState; readonly idempotencyKey: string; readonly names: Names },
): PlainPageModel {
  const t = speak(organizationWorkStrings, frame.language);
  const { organization, people } = registration;
  const { names } = form;
  const alike = alikePart(registration, t, names);
  const waits = organization.status === 'pending';
  const notice = (title: string, tone: 'good' | 'late'): PartModel => ({
    kind: 'notice',
    notice: { tone, title, sentence: organization.decision?.note ?? null, action: null },
  });
  return {
    page: frame,
    work,
    done,
    back: { label: t.backApprovals, href: '/manage/approvals' },
    title: organization.name,
    lead: t.sentOn({ date: formatDay(organization.createdAt) }),
    sections: [
      ...(waits ? [] : [section(null, [notice(t.decidedAlready, 'late')])]),
      ...(alike === null ? [] : [section(t.alikeTitle, [alike])]),
      section(null, [{ kind: 'facts', facts: factsOf(organization, frame, names) }]),
      section(t.people, [
        { kind: 'facts', facts: people.map(({ name, email }) => ({ label: name, value: email })) },
      ]),
      ...(waits
        ? [
            section(t.decideTitle, [
              { kind: 'text', text: t.decideLead },
              decisionForm(registration, { frame, ...form }),
            ]),
          ]
        : []),
    ],
  };
}
