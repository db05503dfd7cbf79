import { organizationStrings } from '../../src/features/organizations/strings.ts';
import type { RegisterPageModel } from '../../src/features/organizations/view-model.ts';
import { verificationStrings } from '../../src/features/verification/strings.ts';
import type { VerifyPageModel } from '../../src/features/verification/view-model.ts';
import { VERDICT_SHAPES, type VerdictKind } from '../../src/features/trace/view-model.ts';
import type { FieldGroupModel, FieldModel, FormModel } from '../../src/platform/form-view-model.ts';
import type { Sample, Sampling } from './frame.ts';

export function field(name: string, label: string, own: Partial<FieldModel> = {}): FieldModel {
  return { id: name, name, kind: 'text', label, hint: null, error: null, value: '', required: true, ...own };
}

export function emptyForm(submit: string, groups: readonly FieldGroupModel[]): FormModel {
  return {
    action: '/send',
    csrfToken: 'sample',
    idempotencyKey: 'sample',
    multipart: false,
    errorTitle: '',
    errors: [],
    notice: null,
    groups,
    submit,
    cancel: null,
  };
}

function registerForm({ say, spoken }: Sampling, wrong: boolean): FormModel {
  const t = spoken(organizationStrings);
  const nameError = wrong ? say('Hãy nhập tên hợp tác xã.', 'Please enter the name.') : null;
  const phoneError = wrong
    ? say(
        'Số điện thoại chưa đúng, ví dụ 0912 345 678.',
        'This number is not right, for example 0912 345 678.',
      )
    : null;
  const optional = (label: string) => `${label} (${t.optional})`;
  const form = emptyForm(t.submit, [
    {
      legend: t.cooperativeLegend,
      hint: null,
      fields: [
        field('name', t.name, { hint: t.nameHint, error: nameError, autocomplete: 'organization' }),
        field('kind', t.kind, {
          kind: 'select',
          hint: say('Ghi trên giấy đăng ký', 'Written on the certificate'),
          options: [
            { value: 'cooperative', label: t.kindCooperative, selected: true },
            { value: 'federation', label: t.kindFederation, selected: false },
            { value: 'group', label: t.kindGroup, selected: false },
          ],
        }),
        field('province', t.province, {
          kind: 'select',
          options: [
            { value: '', label: t.provinceChoose, selected: true },
            {
              value: '08',
              label: 'Tuyên Quang',
              selected: false,
              group: say('Miền núi phía Bắc', 'Northern mountains'),
            },
            {
              value: '91',
              label: 'An Giang',
              selected: false,
              group: say('Đồng bằng sông Cửu Long', 'Mekong delta'),
            },
          ],
        }),
        field('address', t.address, { autocomplete: 'street-address' }),
        field('phone', t.phone, {
          kind: 'tel',
          error: phoneError,
          value: wrong ? '0912' : '',
          inputmode: 'tel',
        }),
        field('taxCode', optional(t.taxCode), { required: false, inputmode: 'numeric' }),
        field('description', optional(t.description), { kind: 'textarea', required: false, rows: 3 }),
      ],
    },
    {
      legend: t.managerLegend,
      hint: t.managerHint,
      fields: [
        field('managerName', t.managerName, { autocomplete: 'name' }),
        field('managerEmail', t.email, { kind: 'email', autocomplete: 'email' }),
        field('password', t.password, {
          kind: 'password',
          hint: t.passwordHint,
          autocomplete: 'new-password',
        }),
      ],
    },
  ]);
  const errors = [
    { label: nameError ?? '', href: '#name' },
    { label: phoneError ?? '', href: '#phone' },
  ];
  return wrong ? { ...form, errorTitle: t.errorTitle, errors } : form;
}

function register(sampled: Sampling, state: 'new' | 'wrong' | 'sent'): RegisterPageModel {
  const { say, spoken, frame } = sampled;
  const t = spoken(organizationStrings);
  const union = say('Liên minh Hợp tác xã tỉnh Tuyên Quang', 'The Tuyên Quang Cooperative Union');
  return {
    page: frame(t.registerTitle, state === 'new' ? '/register' : `/register-${state}`),
    t,
    form: state === 'sent' ? null : registerForm(sampled, state === 'wrong'),
    sent:
      state === 'sent'
        ? {
            tone: 'good',
            title: t.sentTitle,
            sentence: t.sentSentence({ union, email: 'quan-ly@may-ngu.example' }),
            action: null,
          }
        : null,
  };
}

function verify(sampled: Sampling, asked: boolean): VerifyPageModel {
  const { say, spoken, frame } = sampled;
  const t = spoken(verificationStrings);
  const item = (kind: VerdictKind, codeText: string, verdict: string, reason: string | null) => ({
    times: kind === 'sold' ? t.times({ count: '2' }) : null,
    codeText,
    href: `/trace/${kind}`,
    kind,
    shape: VERDICT_SHAPES[kind],
    verdict,
    reason,
    product: kind === 'unknown' ? null : say('Chè Shan tuyết, lô CX-01', 'Shan Tuyết tea, lot CX-01'),
    cooperative: kind === 'unknown' ? null : say('HTX Chè cổ thụ Mây Ngủ', 'Mây Ngủ Cooperative'),
  });
  const count = (kind: VerdictKind, text: string) => ({ kind, shape: VERDICT_SHAPES[kind], text });
  return {
    page: frame(t.title, asked ? '/verify-result' : '/verify'),
    t,
    codeBox: {
      action: '/verify',
      label: t.codeLabel,
      hint: t.codeHint,
      button: t.codeButton,
      value: asked ? 'NGKT 82' : '',
      error: asked ? t.codeError : null,
    },
    form: emptyForm(t.manySubmit, [
      {
        legend: '',
        hint: null,
        fields: [field('codes', t.manyLabel, { kind: 'textarea', rows: 6, hint: t.manyHint({ max: '20' }) })],
      },
    ]),
    result: asked
      ? {
          codes: '',
          summary: say('3 trong 5 tem cần xem lại', '3 of 5 labels need a look'),
          counts: [
            count('recalled', say('1 đang thu hồi', '1 recalled')),
            count('sold', say('1 đã bán', '1 sold')),
            count('unknown', say('1 không tìm thấy', '1 not found')),
            count('genuine', say('2 không có gì lạ', '2 with nothing odd')),
          ],
          items: [
            item(
              'recalled',
              'NGKT 82QD 5M0X R4ZA C7TV',
              say('Đang thu hồi', 'Recalled'),
              say('từ 22/11/2026', 'since 22/11/2026'),
            ),
            item(
              'sold',
              'NGKT 82QD 5M0X R4ZB 11KM',
              say('Đã bán', 'Already sold'),
              say('ngày 18/11/2026', 'on 18/11/2026'),
            ),
            item('unknown', 'ABCD EFGH 1234', say('Không tìm thấy', 'Not found'), null),
            item('genuine', 'NGKT 82QD 5M0X R4ZC 7W2P', say('Mã do hệ thống cấp', 'Code issued here'), null),
            item('genuine', 'NGKT 82QD 5M0X R4ZD 90HT', say('Mã do hệ thống cấp', 'Code issued here'), null),
          ],
        }
      : null,
  };
}

/** Pages that are mostly a form, in each of their states. */
export function formSamples(sampled: Sampling): readonly Sample[] {
  return [
    { path: '/register', view: 'register/page', model: register(sampled, 'new') },
    { path: '/register-wrong', view: 'register/page', model: register(sampled, 'wrong') },
    { path: '/register-sent', view: 'register/page', model: register(sampled, 'sent') },
    { path: '/verify', view: 'verify/page', model: verify(sampled, false) },
    { path: '/verify-result', view: 'verify/page', model: verify(sampled, true) },
  ];
}
