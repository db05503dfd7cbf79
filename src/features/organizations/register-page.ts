import { fieldMaker, formModel, type FormState } from '../../platform/form-state.ts';
import { speak } from '../../platform/i18n.ts';
import type { PageFrame } from '../../platform/page-frame.ts';
import { cooperativeGroups } from './fields.ts';
import { organizationFormStrings } from './form-strings.ts';
import type { FormPlaces } from './places.ts';
import { organizationStrings } from './strings.ts';
import type { RegisterPageModel } from './view-model.ts';

type Making = {
  readonly frame: PageFrame;
  readonly state: FormState;
  readonly idempotencyKey: string;
  readonly places: FormPlaces;
  /** The province that stays although the address names another. */
  readonly keptProvince: string;
};

/** The form in which a cooperative asks to join. */
export function registerPage({
  frame,
  state,
  idempotencyKey,
  places,
  keptProvince,
}: Making): RegisterPageModel {
  const { language } = frame;
  const t = speak(organizationStrings, language);
  const words = speak(organizationFormStrings, language);
  const field = fieldMaker(state);
  const manager = {
    legend: words.managerLegend,
    hint: words.managerHint,
    fields: [
      field('manager.name', {
        label: words.managerName,
        required: true,
        autocomplete: 'name',
        maxlength: 120,
      }),
      field('manager.email', {
        label: words.email,
        hint: words.managerEmailHint,
        kind: 'email',
        inputmode: 'email',
        required: true,
        autocomplete: 'username',
      }),
      field('manager.phone', {
        label: words.optional(words.phone),
        kind: 'tel',
        inputmode: 'tel',
        autocomplete: 'tel',
      }),
      field('manager.password', {
        label: words.password,
        hint: words.passwordHint,
        kind: 'password',
        required: true,
        autocomplete: 'new-password',
      }),
    ],
  };
  const groups = cooperativeGroups({ t: words, language, field, places, prefix: 'cooperative.' });
  const [main, ...rest] = groups;
  return {
    page: frame,
    t,
    form: formModel(state, language, {
      action: '/register',
      csrfToken: frame.csrfToken,
      idempotencyKey,
      hidden: keptProvince === '' ? [] : [{ name: 'keptProvince', value: keptProvince }],
      groups: [...(main === undefined ? [] : [main]), manager, ...rest],
      submit: t.submit,
    }),
    sent: null,
  };
}

/** What follows after the form was sent. */
export function registeredPage(frame: PageFrame, unionName: string | null): RegisterPageModel {
  const t = speak(organizationStrings, frame.language);
  const words = speak(organizationFormStrings, frame.language);
  return {
    page: frame,
    t,
    form: null,
    sent: {
      tone: 'good',
      title: t.sentTitle,
      sentence: words.sentSentence({ union: unionName ?? words.unionUnnamed }),
      action: { label: t.signIn, href: '/login' },
    },
  };
}
