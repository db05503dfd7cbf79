import { fieldMaker, formModel, type FormState } from '../../platform/form-state.ts';
import { speak } from '../../platform/i18n.ts';
import type { PageFrame } from '../../platform/page-frame.ts';
import { accountStrings } from './strings.ts';
import type { LoginPageModel } from './view-model.ts';

/** An account of the demonstration, offered on the sign-in page. */
export type DemoAccount = {
  readonly role: { readonly vi: string; readonly en: string };
  readonly login: string;
  /** Null where the page may not show it. */
  readonly password: string | null;
};

type Making = {
  readonly frame: PageFrame;
  readonly state: FormState;
  readonly next: string;
  readonly demoAccounts: readonly DemoAccount[];
};

/** The sign-in page; `next` is where it leads afterwards. */
export function loginPage({ frame, state, next, demoAccounts }: Making): LoginPageModel {
  const { language } = frame;
  const t = speak(accountStrings, language);
  const field = fieldMaker(state);
  const fields = [
    field('login', {
      label: t.login,
      kind: 'email',
      autocomplete: 'username',
      inputmode: 'email',
      required: true,
    }),
    field('password', {
      label: t.password,
      kind: 'password',
      autocomplete: 'current-password',
      required: true,
    }),
  ];
  return {
    page: frame,
    t,
    form: formModel(state, language, {
      action: `/login?next=${encodeURIComponent(next)}`,
      csrfToken: frame.csrfToken,
      idempotencyKey: null,
      groups: [{ legend: '', hint: null, fields }],
      submit: t.submit,
    }),
    registerHref: '/register',
    demoHint: demoAccounts.some(({ password }) => password === null) ? t.demoHintPrinted : t.demoHint,
    demoAccounts: demoAccounts.map(({ role, login, password }) => ({
      role: role[language],
      login,
      password,
    })),
  };
}
