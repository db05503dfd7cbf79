import { formatDate, formatMonth } from '../../platform/format.ts';
import { speak, type Language, type Strings } from '../../platform/i18n.ts';
import type { OcopModel } from '../../platform/view-parts.ts';
import type { Product, ProductTier } from './contract.ts';

const badgeStrings = {
  national: { vi: 'Chủ lực quốc gia', en: 'National key product' },
  regional: { vi: 'Chủ lực vùng', en: 'Regional key product' },
  local: { vi: 'Sản phẩm địa phương', en: 'Local product' },
  ocopStars: {
    vi: (v: { stars: number }) => `${v.stars} sao`,
    en: (v: { stars: number }) => `${v.stars} stars`,
  },
  ocopUntil: {
    vi: (v: { month: string }) => `đến ${v.month}`,
    en: (v: { month: string }) => `to ${v.month}`,
  },
  ocopLapsed: {
    vi: (v: { date: string }) => `Chứng nhận OCOP đã hết hạn ngày ${v.date}`,
    en: (v: { date: string }) => `The OCOP certificate lapsed on ${v.date}`,
  },
  ocopLapsedShort: {
    vi: (v: { date: string }) => `OCOP hết hạn ${v.date}`,
    en: (v: { date: string }) => `OCOP lapsed ${v.date}`,
  },
  ocopNotYet: {
    vi: (v: { date: string }) => `OCOP có hiệu lực từ ${v.date}`,
    en: (v: { date: string }) => `OCOP rank valid from ${v.date}`,
  },
} satisfies Strings;

/** Which markets a product counts for, as a badge says it. */
export function tierName(tier: ProductTier, language: Language): string {
  return speak(badgeStrings, language)[tier];
}

/**
 * The OCOP badge on the day `today` (`YYYY-MM-DD`): stars only within the rank's term, otherwise one sentence. In a
 * `small` place the decision is left out and the sentence is short.
 */
export function ocopBadge(
  { ocop }: Pick<Product, 'ocop'>,
  { language, today, small = false }: { language: Language; today: string; small?: boolean },
): OcopModel | null {
  if (ocop === undefined) return null;
  const t = speak(badgeStrings, language);
  if (today < ocop.issuedOn)
    return { kind: 'lapsed', text: t.ocopNotYet({ date: formatDate(ocop.issuedOn) }) };
  if (today > ocop.expiresOn) {
    const say = small ? t.ocopLapsedShort : t.ocopLapsed;
    return { kind: 'lapsed', text: say({ date: formatDate(ocop.expiresOn) }) };
  }
  return {
    kind: 'valid',
    stars: ocop.stars,
    starsText: t.ocopStars({ stars: ocop.stars }),
    until: t.ocopUntil({ month: formatMonth(ocop.expiresOn) }),
    decision: small ? null : ocop.decision,
  };
}

/** The path of the picture that messengers show for a product; null where it has no photo. */
export function productImage(product: Pick<Product, 'photos'> | undefined): string | null {
  const cover = product?.photos[0];
  return cover === undefined ? null : `/pictures/${cover.id}-1280.jpg`;
}
