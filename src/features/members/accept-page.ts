import type { Actor } from '../../platform/access.ts';
import { fieldMaker, formModel, type FormState } from '../../platform/form-state.ts';
import { formatDay } from '../../platform/format.ts';
import { speak } from '../../platform/i18n.ts';
import type { PageFrame } from '../../platform/page-frame.ts';
import type { Organization } from '../organizations/contract.ts';
import type { Invitation } from './store.ts';
import { memberStrings, roleNames } from './strings.ts';
import type { InvitationPageModel } from './view-model.ts';

type Accepting = {
  readonly frame: PageFrame;
  readonly state: FormState;
  readonly token: string;
  readonly idempotencyKey: string;
  readonly invitation: Invitation;
  readonly organization: Organization;
  readonly actor: Actor | null;
  /** Whether the address has an account, whose password must be given. */
  readonly known: boolean;
};

/** How the person proves who they are: by being signed in, by their password, or by choosing one. */
export function acceptPage(making: Accepting): InvitationPageModel {
  const { frame, state, invitation, organization, actor, known } = making;
  const { language } = frame;
  const t = speak(memberStrings, language);
  const field = fieldMaker(state);
  const { email } = invitation;
  const own = actor?.email === email;
  const other = actor !== null && !own ? ` ${t.otherHint({ name: actor.name, email })}` : '';
  const hint = own
    ? t.signedInHint({ name: actor.name })
    : known
      ? t.knownHint({ email })
      : t.newHint({ email });
  const password = field('password', {
    label: known ? t.passwordOwn : t.passwordNew,
    kind: 'password',
    required: true,
    hint: known ? null : t.passwordHint,
    autocomplete: known ? 'current-password' : 'new-password',
  });
  const name = field('name', { label: t.name, autocomplete: 'name', required: true, maxlength: 120 });
  return {
    page: frame,
    t,
    sentence: `${t.invitationSentence({
      organization: organization.name,
      role: speak(roleNames, language)[invitation.role],
    })} ${t.until({ date: formatDay(invitation.expiresAt) })}`,
    form: formModel(state, language, {
      action: `/invitations/${making.token}`,
      csrfToken: frame.csrfToken,
      idempotencyKey: making.idempotencyKey,
      groups: [
        { legend: '', hint: `${hint}${other}`, fields: own ? [] : known ? [password] : [name, password] },
      ],
      submit: t.accept,
    }),
    refused: null,
  };
}

/** What stands there when the link is no longer good, or never was. */
export function refusedPage(frame: PageFrame): InvitationPageModel {
  const t = speak(memberStrings, frame.language);
  return {
    page: frame,
    t,
    sentence: '',
    form: null,
    refused: {
      tone: 'late',
      title: t.refusedTitle,
      sentence: t.refusedSentence,
      action: { label: t.signIn, href: '/login' },
    },
  };
}
