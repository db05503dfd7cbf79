import { daysBetween } from '../../platform/clock.ts';
import { fieldMaker, formModel, type FormState } from '../../platform/form-state.ts';
import { formatDate, formatInstant, formatNumber } from '../../platform/format.ts';
import { inLanguage, speak, type Language, type Spoken } from '../../platform/i18n.ts';
import type { PageFrame } from '../../platform/page-frame.ts';
import type { ChipModel, LinkModel, NoticeModel } from '../../platform/view-parts.ts';
import type { WorkFrame } from '../../platform/workplace-view-model.ts';
import type { Product } from '../products/contract.ts';
import type { Certificate } from './contract.ts';
import { certificateStatus } from './rules.ts';
import type { CertificateList } from './service.ts';
import { workCertificateStrings } from './work-strings.ts';
import type {
  NewCertificatePageModel,
  OwnCertificateModel,
  OwnCertificatesPageModel,
  WithdrawCertificatePageModel,
} from './work-view-model.ts';

export type Around = { readonly frame: PageFrame; readonly work: WorkFrame };
type Words = Spoken<typeof workCertificateStrings>;
type Telling = {
  readonly t: Words;
  readonly language: Language;
  readonly today: string;
  readonly products: ReadonlyMap<string, Product>;
};
export type FormKeys = { readonly csrfToken: string; readonly idempotencyKey: string };

/** What the last deed was; the words of the notice after a redirect. */
export const CERTIFICATE_DEEDS = ['added', 'withdrawn'] as const;
export type CertificateDeed = (typeof CERTIFICATE_DEEDS)[number];

function statusChip(certificate: Certificate, { t, language, today }: Telling): ChipModel {
  const status = certificateStatus(certificate, today);
  switch (status) {
    case 'valid':
      return { label: t.valid, tone: 'good' };
    case 'lapses-soon': {
      const days = daysBetween(today, certificate.expiresOn);
      return { label: days === 0 ? t.lastDay : t.soon({ days: formatNumber(days, language) }), tone: 'late' };
    }
    case 'lapsed':
      return { label: t.lapsed, tone: 'bad' };
    case 'not-yet':
      return { label: t.notYet, tone: 'plain' };
    default:
      return status satisfies never;
  }
}

function linesOf(certificate: Certificate, { t, language, products }: Telling): readonly string[] {
  const { number, issuer, issuedOn, expiresOn, productIds } = certificate;
  const names = productIds.flatMap((id) => {
    const product = products.get(id);
    return product === undefined ? [] : [inLanguage(product.name, language)];
  });
  return [
    t.numberLine({ number, issuer }),
    t.term({ from: formatDate(issuedOn), to: formatDate(expiresOn) }),
    productIds.length === 0 ? t.coversAll : t.covers({ names: names.join(', ') }),
  ];
}

function linksOf(certificate: Certificate, mayChange: boolean, { t, today }: Telling): readonly LinkModel[] {
  const lapses = ['lapsed', 'lapses-soon'].includes(certificateStatus(certificate, today));
  return [
    ...(certificate.fileId === undefined
      ? []
      : [{ label: t.file, href: `/certificates/${certificate.id}/file` }]),
    ...(mayChange && lapses ? [{ label: t.renew, href: '/manage/certificates/new' }] : []),
    ...(mayChange ? [{ label: t.withdraw, href: `/manage/certificates/${certificate.id}/withdraw` }] : []),
  ];
}

function notice(list: Pick<CertificateList, 'cooperative' | 'mayChange'>, t: Words): NoticeModel | null {
  const waits = list.cooperative.status !== 'active';
  if (list.mayChange && !waits) return null;
  const title = list.mayChange ? t.notActive : t.managerOnly;
  return { tone: list.mayChange ? 'late' : 'plain', title, sentence: null, action: null };
}

function telling(products: readonly Product[], today: string, language: Language): Telling {
  const byId = new Map(products.map((product) => [product.id, product]));
  return { t: speak(workCertificateStrings, language), language, today, products: byId };
}

/** A cooperative's certificates, as its own people see them: what ends first needs a hand first. */
export function ownCertificatesPage(
  list: CertificateList,
  { today, done }: { readonly today: string; readonly done: CertificateDeed | null },
  { frame, work }: Around,
): OwnCertificatesPageModel {
  const told = telling(list.products, today, frame.language);
  const { t } = told;
  const hindrance = notice(list, t);
  const addHref = hindrance === null ? '/manage/certificates/new' : null;
  const model = (certificate: Certificate): OwnCertificateModel => ({
    name: certificate.standard,
    chip: statusChip(certificate, told),
    lines: linesOf(certificate, told),
    links: linksOf(certificate, hindrance === null, told),
  });
  const titles = { added: t.doneAdded, withdrawn: t.doneWithdrawn };
  const isEmpty = list.certificates.length === 0;
  const first = addHref === null ? null : { label: t.add, href: addHref };
  return {
    page: frame,
    work,
    t,
    done: done === null ? null : { tone: 'good', title: titles[done], sentence: null, action: null },
    notice: hindrance,
    addHref: isEmpty ? null : addHref,
    certificates: list.certificates.map(model),
    empty: isEmpty ? { title: t.emptyTitle, sentence: t.emptySentence, action: first } : null,
    withdrawn: list.withdrawn.map((one) => ({
      name: one.standard,
      chip: { label: t.withdrawnTitle, tone: 'plain' },
      lines: [
        ...linesOf(one, told),
        t.withdrawnLine({ at: formatInstant(one.withdrawn.at), reason: one.withdrawn.reason }),
      ],
      links: [],
    })),
  };
}

/** The form of a certificate that is to be entered. */
export function newCertificatePage(
  list: Pick<CertificateList, 'cooperative' | 'mayChange' | 'products'>,
  { state, keys }: { readonly state: FormState; readonly keys: FormKeys },
  { frame, work }: Around,
): NewCertificatePageModel {
  const { language } = frame;
  const t = speak(workCertificateStrings, language);
  const field = fieldMaker(state);
  const hindrance = notice(list, t);
  const paper = [
    field('standard', { label: t.standard, hint: t.standardHint, required: true, maxlength: 120 }),
    field('number', { label: t.number, required: true, maxlength: 80 }),
    field('issuer', { label: t.issuer, required: true, maxlength: 200, wide: true }),
    field('issuedOn', { label: t.issuedOn, kind: 'date', required: true }),
    field('expiresOn', { label: t.expiresOn, kind: 'date', required: true }),
    field('file', {
      label: t.fileLabel,
      hint: t.fileHint,
      kind: 'file',
      accept: 'application/pdf,image/jpeg,image/png,image/webp',
    }),
  ];
  const offered = list.products.map((product) => ({
    value: product.id,
    label: inLanguage(product.name, language),
    selected: false,
  }));
  const products = field('productIds', {
    label: t.products,
    hint: t.productsHint,
    kind: 'checkboxes',
    options: offered,
  });
  const form = formModel(state, language, {
    ...keys,
    action: '/manage/certificates/new',
    multipart: true,
    groups: [
      { legend: t.paperLegend, hint: null, fields: paper },
      ...(offered.length === 0 ? [] : [{ legend: t.coverLegend, hint: null, fields: [products] }]),
    ],
    submit: t.save,
    cancel: { label: t.cancel, href: '/manage/certificates' },
  });
  return { page: frame, work, t, form: hindrance === null ? form : null, notice: hindrance };
}

/** What withdrawing a certificate does, before it is done. */
export function withdrawCertificatePage(
  certificate: Certificate,
  making: {
    readonly state: FormState;
    readonly keys: FormKeys;
    readonly today: string;
    readonly products: readonly Product[];
  },
  { frame, work }: Around,
): WithdrawCertificatePageModel {
  const told = telling(making.products, making.today, frame.language);
  const { t, language } = told;
  const reason = fieldMaker(making.state)('reason', {
    label: t.reason,
    hint: t.reasonHint,
    kind: 'textarea',
    required: true,
    maxlength: 1_000,
    rows: 3,
  });
  return {
    page: frame,
    work,
    t,
    certificate: {
      name: certificate.standard,
      chip: statusChip(certificate, told),
      lines: linesOf(certificate, told),
      links: linksOf(certificate, false, told),
    },
    what: { tone: 'late', title: t.withdrawNow, sentence: t.withdrawWhat, action: null },
    form: formModel(making.state, language, {
      ...making.keys,
      action: `/manage/certificates/${certificate.id}/withdraw`,
      groups: [{ legend: '', hint: null, fields: [reason] }],
      submit: t.withdrawSubmit,
      cancel: { label: t.cancel, href: '/manage/certificates' },
    }),
  };
}
