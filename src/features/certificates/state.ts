import { daysBetween } from '../../platform/clock.ts';
import { formatDate, formatNumber } from '../../platform/format.ts';
import { speak, type Language, type Strings } from '../../platform/i18n.ts';
import type { Certificate } from './contract.ts';
import { certificateStatus } from './rules.ts';

const stateStrings = {
  valid: { vi: 'còn hiệu lực', en: 'valid' },
  notYet: {
    vi: (v: { date: string }) => `có hiệu lực từ ${v.date}`,
    en: (v: { date: string }) => `valid from ${v.date}`,
  },
  lapsesSoon: {
    vi: (v: { days: string }) => `còn ${v.days} ngày`,
    en: (v: { days: string; one: boolean }) => `${v.days} ${v.one ? 'day' : 'days'} left`,
  },
  lapsesToday: { vi: 'hết hạn hôm nay', en: 'lapses today' },
  lapsed: {
    vi: (v: { days: string }) => `hết hạn ${v.days} ngày`,
    en: (v: { days: string; one: boolean }) => `lapsed ${v.days} ${v.one ? 'day' : 'days'} ago`,
  },
  detail: {
    vi: (v: { number: string; issuer: string; date: string }) => `${v.number}, ${v.issuer}, đến ${v.date}`,
    en: (v: { number: string; issuer: string; date: string }) => `${v.number}, ${v.issuer}, until ${v.date}`,
  },
} satisfies Strings;

/** How a certificate stands, in words and as one of the three states that pages colour and mark. */
export type CertificateState = { readonly state: 'valid' | 'soon' | 'lapsed'; readonly text: string };

/** How it stands on `today` (`YYYY-MM-DD`). */
export function certificateState(
  certificate: Pick<Certificate, 'issuedOn' | 'expiresOn'>,
  today: string,
  language: Language,
): CertificateState {
  const t = speak(stateStrings, language);
  const days = Math.abs(daysBetween(today, certificate.expiresOn));
  const counted = { days: formatNumber(days, language), one: days === 1 };
  switch (certificateStatus(certificate, today)) {
    case 'not-yet':
      return { state: 'soon', text: t.notYet({ date: formatDate(certificate.issuedOn) }) };
    case 'lapsed':
      return { state: 'lapsed', text: t.lapsed(counted) };
    case 'lapses-soon':
      return { state: 'soon', text: days === 0 ? t.lapsesToday : t.lapsesSoon(counted) };
    default:
      return { state: 'valid', text: t.valid };
  }
}

/** One certificate in a list on a public page. */
export type CertificateItemModel = {
  readonly name: string;
  /** “VG-0426-118, Trung tâm chứng nhận, đến 30/11/2027” */
  readonly detail: string;
  readonly today: CertificateState;
  /** The copy that the cooperative uploaded. */
  readonly fileHref: string | null;
};

/** One certificate as a page shows it, judged on the day of viewing. */
export function certificateItem(
  certificate: Certificate,
  today: string,
  language: Language,
): CertificateItemModel {
  const { standard, number, issuer, expiresOn, fileId, id } = certificate;
  return {
    name: standard,
    detail: speak(stateStrings, language).detail({ number, issuer, date: formatDate(expiresOn) }),
    today: certificateState(certificate, today, language),
    fileHref: fileId === undefined ? null : `/certificates/${id}/file`,
  };
}
