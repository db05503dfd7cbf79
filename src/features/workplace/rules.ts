import { byCharacters } from '../../domain/text/alphabet.ts';
import { addDays } from '../../platform/clock.ts';
import type { Certificate } from '../certificates/contract.ts';
import type { Product } from '../products/contract.ts';

/** A certificate or a rank is worth a task this many days before it ends: renewing one takes weeks. */
export const RENEW_AHEAD_DAYS = 60;

/** What is about to lapse or has lapsed; `expiresOn` is `YYYY-MM-DD`. */
export type Lapse<T> = { readonly of: T; readonly expiresOn: string; readonly lapsed: boolean };

function lapseOf<T>(of: T, expiresOn: string, today: string): Lapse<T> | null {
  return expiresOn > addDays(today, RENEW_AHEAD_DAYS) ? null : { of, expiresOn, lapsed: expiresOn < today };
}

/** The first to end first. */
const byEnd = (a: Lapse<unknown>, b: Lapse<unknown>): number => byCharacters(a.expiresOn, b.expiresOn);

/**
 * Certificates to renew, those that ended first. One that a later certificate of the same standard for the same
 * products takes over from is nobody's task any more.
 */
export function certificatesToRenew(
  certificates: readonly Certificate[],
  today: string,
): readonly Lapse<Certificate>[] {
  const covers = (one: Certificate, other: Certificate) =>
    one.productIds.length === 0 || other.productIds.every((id) => one.productIds.includes(id));
  const renewed = (old: Certificate) =>
    certificates.some(
      (other) =>
        other.id !== old.id &&
        other.standard === old.standard &&
        other.expiresOn > old.expiresOn &&
        (old.productIds.length > 0 || other.productIds.length === 0) &&
        covers(other, old),
    );
  return certificates
    .filter((certificate) => !renewed(certificate))
    .flatMap((certificate) => lapseOf(certificate, certificate.expiresOn, today) ?? [])
    .sort(byEnd);
}

/** Products whose OCOP rank ends soon or has ended, the first to end first. */
export function ranksToRenew(products: readonly Product[], today: string): readonly Lapse<Product>[] {
  return products
    .flatMap((product) =>
      product.ocop === undefined ? [] : (lapseOf(product, product.ocop.expiresOn, today) ?? []),
    )
    .sort(byEnd);
}

/**
 * The certificates of many cooperatives that need renewing: those that still hold first, the first to end before the
 * others; then those that have ended, the latest first.
 */
export function certificatesOfManyToRenew(
  certificates: readonly Certificate[],
  today: string,
): readonly Lapse<Certificate>[] {
  const held = new Map<string, Certificate[]>();
  for (const one of certificates) held.set(one.cooperativeId, [...(held.get(one.cooperativeId) ?? []), one]);
  const lapses = [...held.values()].flatMap((own) => certificatesToRenew(own, today));
  return [
    ...lapses.filter(({ lapsed }) => !lapsed).sort(byEnd),
    ...lapses.filter(({ lapsed }) => lapsed).sort((a, b) => byEnd(b, a)),
  ];
}
