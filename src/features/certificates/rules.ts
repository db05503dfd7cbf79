import { daysBetween } from '../../platform/clock.ts';
import type { Certificate, CertificateStatus } from './contract.ts';

/** How many days before its end a certificate is said to lapse soon. */
export const SOON_DAYS = 30;

/** How a certificate stands on `date`; it counts from its first to its last day. All dates are `YYYY-MM-DD`. */
export function certificateStatus(
  { issuedOn, expiresOn }: Pick<Certificate, 'issuedOn' | 'expiresOn'>,
  date: string,
): CertificateStatus {
  if (date < issuedOn) return 'not-yet';
  if (date > expiresOn) return 'lapsed';
  return daysBetween(date, expiresOn) <= SOON_DAYS ? 'lapses-soon' : 'valid';
}
