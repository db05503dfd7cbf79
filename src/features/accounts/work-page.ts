import type { Actor } from '../../platform/access.ts';
import { fieldMaker, formModel, freshForm, type FormState } from '../../platform/form-state.ts';
import { formatInstant } from '../../platform/format.ts';
import { speak, type Spoken } from '../../platform/i18n.ts';
import type { PageFrame } from '../../platform/page-frame.ts';
import { deed, section } from '../../platform/plain-page.ts';
import type { PartModel, PlainPageModel, SectionModel } from '../../platform/plain-page-view-model.ts';
import type { NoticeModel } from '../../platform/view-parts.ts';
import { workingMembership } from '../../platform/work-frame.ts';
import type { ActionCardModel, WorkFrame } from '../../platform/workplace-view-model.ts';
import type { SignIn } from './sign-in-store.ts';
import { accountWorkStrings } from './work-strings.ts';

export type MorePage = {
  readonly frame: PageFrame;
  readonly work: WorkFrame;
  readonly done: NoticeModel | null;
  readonly actor: Actor;
  readonly signIns: readonly SignIn[];
  readonly signInId: string | null;
  readonly organizationNames: ReadonlyMap<string, string>;
  /** Which form was refused, with what was typed into it. */
  readonly refused: { readonly form: 'name' | 'password'; readonly state: FormState } | null;
};
type Words = Spoken<typeof accountWorkStrings>;

function menu(actor: Actor, t: Words): readonly ActionCardModel[] {
  const membership = workingMembership(actor);
  const card = (
    icon: ActionCardModel['icon'],
    href: string,
    words: readonly [string, string],
  ): ActionCardModel => ({
    icon,
    href,
    label: words[0],
    detail: words[1],
    main: false,
  });
  const members = card('people', '/manage/members', [t.members, t.membersDetail]);
  if (membership === null) return [];
  if (membership.kind !== 'cooperative') return [members];
  return [
    card('tag', '/manage/products', [t.products, t.productsDetail]),
    card('shield', '/manage/certificates', [t.certificates, t.certificatesDetail]),
    ...(membership.role === 'manager'
      ? [card('home', '/manage/cooperative', [t.profile, t.profileDetail])]
      : []),
    members,
  ];
}

function switchSection({ frame, actor, organizationNames }: MorePage, t: Words): readonly SectionModel[] {
  if (actor.memberships.length < 2) return [];
  const rows = actor.memberships.map(({ organizationId }, index) => {
    const title = organizationNames.get(organizationId) ?? organizationId;
    const words = { label: t.work, about: title, fields: { organizationId } };
    return {
      title,
      href: null,
      detail: '',
      chip: index === 0 ? ({ label: t.workingNow, tone: 'good' } as const) : null,
      copy: null,
      deeds: index === 0 ? [] : [deed(frame, '/manage/more/organization', words)],
    };
  });
  return [section(t.switchTitle, [{ kind: 'rows', rows }], 'organizations')];
}

function nameForm({ frame, actor, refused }: MorePage, t: Words): PartModel {
  const state = refused?.form === 'name' ? refused.state : freshForm({ name: actor.name });
  const field = fieldMaker(state);
  const form = formModel(state, frame.language, {
    action: '/manage/more/name',
    csrfToken: frame.csrfToken,
    idempotencyKey: null,
    groups: [
      {
        legend: '',
        hint: null,
        fields: [field('name', { label: t.name, required: true, autocomplete: 'name', maxlength: 120 })],
      },
    ],
    submit: t.saveName,
  });
  return { kind: 'form', form, showPassword: null };
}

function passwordForm({ frame, refused }: MorePage, t: Words): PartModel {
  const state = refused?.form === 'password' ? refused.state : freshForm();
  const field = fieldMaker(state);
  const form = formModel(state, frame.language, {
    action: '/manage/more/password',
    csrfToken: frame.csrfToken,
    idempotencyKey: null,
    groups: [
      {
        legend: '',
        hint: t.passwordHint,
        fields: [
          field('currentPassword', {
            label: t.currentPassword,
            kind: 'password',
            required: true,
            autocomplete: 'current-password',
          }),
          field('password', {
            label: t.newPassword,
            hint: t.newPasswordHint,
            kind: 'password',
            required: true,
            autocomplete: 'new-password',
          }),
        ],
      },
    ],
    submit: t.savePassword,
  });
  return { kind: 'form', form, showPassword: t.showPassword };
}

function sessionParts({ frame, signIns, signInId }: MorePage, t: Words): readonly PartModel[] {
  const rows = signIns.map(({ id, device, seenAt }) => ({
    title: device,
    href: null,
    detail: t.seen({ at: formatInstant(seenAt) }),
    chip: id === signInId ? ({ label: t.here, tone: 'good' } as const) : null,
    copy: null,
    deeds:
      id === signInId
        ? []
        : [deed(frame, '/manage/more/sessions', { label: t.end, about: device, fields: { id } })],
  }));
  const others = deed(frame, '/manage/more/sessions', { label: t.endOthers, about: t.sessionsTitle });
  return [{ kind: 'rows', rows }, ...(rows.length > 1 ? [{ kind: 'deeds', deeds: [others] } as const] : [])];
}

/** The menu of the rest, and the person's own account. */
export function morePage(making: MorePage): PlainPageModel {
  const { frame, work, done, actor } = making;
  const t = speak(accountWorkStrings, frame.language);
  const actions = menu(actor, t);
  return {
    page: frame,
    work,
    done,
    back: null,
    title: t.title,
    lead: null,
    sections: [
      ...(actions.length === 0 ? [] : [section(t.menuTitle, [{ kind: 'actions', actions }])]),
      ...switchSection(making, t),
      section(
        t.accountTitle,
        [{ kind: 'facts', facts: [{ label: t.email, value: actor.email }] }, nameForm(making, t)],
        'account',
      ),
      section(t.passwordTitle, [passwordForm(making, t)], 'password'),
      section(t.sessionsTitle, sessionParts(making, t), 'sessions'),
    ],
  };
}
