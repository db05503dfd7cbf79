import type { FormModel } from '../../platform/form-view-model.ts';
import type { Spoken } from '../../platform/i18n.ts';
import type { PageFrame } from '../../platform/page-frame.ts';
import type { accountStrings } from './strings.ts';

/** `views/login/page.eta`. */
export type LoginPageModel = {
  readonly page: PageFrame;
  readonly t: Spoken<typeof accountStrings>;
  readonly form: FormModel;
  readonly registerHref: string;
  /** How to come by the passwords. */
  readonly demoHint: string;
  /** In a demonstration: who can sign in, and as what. Empty otherwise. */
  readonly demoAccounts: readonly {
    readonly role: string;
    readonly login: string;
    readonly password: string | null;
  }[];
};
