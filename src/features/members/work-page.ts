import type { MemberRole } from '../../platform/access.ts';
import { fieldMaker, formModel, type FormState } from '../../platform/form-state.ts';
import { formatDay } from '../../platform/format.ts';
import { speak, type Language, type Spoken } from '../../platform/i18n.ts';
import type { PageFrame } from '../../platform/page-frame.ts';
import { deed, section } from '../../platform/plain-page.ts';
import type { PartModel, PlainPageModel, RowModel } from '../../platform/plain-page-view-model.ts';
import type { NoticeModel } from '../../platform/view-parts.ts';
import type { WorkFrame } from '../../platform/workplace-view-model.ts';
import type { Organization } from '../organizations/contract.ts';
import { rolesOf } from './rules.ts';
import type { ListedInvitation, OwnMember } from './service.ts';
import { roleNames } from './strings.ts';
import { memberWorkStrings } from './work-strings.ts';

type Making = {
  readonly frame: PageFrame;
  readonly work: WorkFrame;
  readonly done: NoticeModel | null;
  readonly state: FormState;
  readonly idempotencyKey: string;
  readonly organization: Organization;
  readonly members: readonly OwnMember[];
  /** Null for who may not see them. */
  readonly invitations: readonly ListedInvitation[] | null;
  readonly userId: string;
  urlOf(token: string): string;
};
type Words = Spoken<typeof memberWorkStrings>;

/** Where the page's forms go, for one organisation. */
export const membersPath = (organizationId: string): string =>
  `/manage/members?organization=${encodeURIComponent(organizationId)}`;

const actionOf = (organizationId: string, what: string): string =>
  `/manage/members/${what}?organization=${encodeURIComponent(organizationId)}`;

const roleName = (role: MemberRole, language: Language): string => speak(roleNames, language)[role];

function memberRow(
  member: OwnMember,
  { frame, organization, userId, invitations }: Making,
  t: Words,
): RowModel {
  const { language } = frame;
  const own = member.userId === userId;
  const mayManage = invitations !== null;
  const { name: about } = member;
  const fields = { userId: member.userId };
  const others = rolesOf(organization.kind).filter((role) => role !== member.role);
  const change = others.map((role) =>
    deed(frame, actionOf(organization.id, 'role'), {
      label: t.makeRole({ role: roleName(role, language) }),
      about,
      fields: { ...fields, role },
    }),
  );
  const remove = deed(frame, actionOf(organization.id, 'removal'), {
    label: own ? t.leave : t.remove,
    about,
    fields,
  });
  return {
    title: own ? `${member.name} (${t.you})` : member.name,
    href: null,
    detail: member.email,
    chip: { label: roleName(member.role, language), tone: 'plain' },
    copy: null,
    deeds: mayManage ? [...change, remove] : own ? [remove] : [],
  };
}

function invitationRow(
  invitation: ListedInvitation,
  { frame, organization, urlOf }: Making,
  t: Words,
): RowModel {
  const { id, email, role, expiresAt, token } = invitation;
  const revoke = { label: t.revoke, about: email, fields: { invitationId: id } };
  return {
    title: email,
    href: null,
    detail: t.openUntil({ date: formatDay(expiresAt) }),
    chip: { label: roleName(role, frame.language), tone: 'press' },
    copy:
      token === null
        ? null
        : { id: `link-${id}`, label: t.link, value: urlOf(token), button: t.copy, done: t.copied },
    deeds: [deed(frame, actionOf(organization.id, 'revocation'), revoke)],
  };
}

function inviteForm({ frame, state, idempotencyKey, organization }: Making, t: Words): PartModel {
  const { language } = frame;
  const field = fieldMaker(state);
  const options = rolesOf(organization.kind).map((value) => ({
    value,
    label: roleName(value, language),
    selected: false,
  }));
  const form = formModel(state, language, {
    action: membersPath(organization.id),
    csrfToken: frame.csrfToken,
    idempotencyKey,
    groups: [
      {
        legend: '',
        hint: t.inviteHint,
        fields: [
          field('email', { label: t.email, kind: 'email', inputmode: 'email', required: true }),
          field('role', { label: t.role, kind: 'select', required: true, options }),
        ],
      },
    ],
    submit: t.invite,
  });
  return { kind: 'form', form, showPassword: null };
}

/** Who belongs to an organisation, who is invited, and the form to invite. */
export function membersPage(making: Making): PlainPageModel {
  const { frame, work, done, organization, members, invitations } = making;
  const t = speak(memberWorkStrings, frame.language);
  const open = (invitations ?? []).filter(({ now }) => now === 'open');
  const empty = { title: t.membersEmptyTitle, sentence: t.membersEmpty, action: null };
  const people: PartModel =
    members.length === 0
      ? { kind: 'empty', empty }
      : { kind: 'rows', rows: members.map((member) => memberRow(member, making, t)) };
  const mayInvite = invitations !== null && organization.status === 'active';
  return {
    page: frame,
    work,
    done,
    back: null,
    title: t.title,
    lead: t.lead({ organization: organization.name }),
    sections: [
      ...(open.length === 0
        ? []
        : [
            section(t.invitationsTitle, [
              { kind: 'rows', rows: open.map((invitation) => invitationRow(invitation, making, t)) },
            ]),
          ]),
      section(t.membersTitle, [people]),
      ...(mayInvite ? [section(t.inviteTitle, [inviteForm(making, t)], 'invite')] : []),
    ],
  };
}
