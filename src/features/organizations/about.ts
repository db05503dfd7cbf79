import { formatNumber } from '../../platform/format.ts';
import { speak, type Language, type Strings } from '../../platform/i18n.ts';
import type { CooperativeCardModel } from '../../platform/view-parts.ts';
import type { Organization } from './contract.ts';

const aboutStrings = {
  members: {
    vi: (v: { count: string }) => `${v.count} thành viên`,
    en: (v: { count: string; one: boolean }) => `${v.count} ${v.one ? 'member' : 'members'}`,
  },
  since: { vi: (v: { year: string }) => `từ ${v.year}`, en: (v: { year: string }) => `since ${v.year}` },
  products: {
    vi: (v: { count: string }) => `${v.count} sản phẩm`,
    en: (v: { count: string; one: boolean }) => `${v.count} ${v.one ? 'product' : 'products'}`,
  },
  noProducts: { vi: 'chưa có sản phẩm', en: 'no products yet' },
  cooperative: { vi: 'Hợp tác xã', en: 'Cooperative' },
  federation: { vi: 'Liên hiệp hợp tác xã', en: 'Federation of cooperatives' },
  group: { vi: 'Tổ hợp tác', en: 'Cooperative group' },
} satisfies Strings;

const counted = (count: number, language: Language) => ({
  count: formatNumber(count, language),
  one: count === 1,
});

/** Its English name for those who read English, where it has one. */
export function cooperativeName(organization: Organization, language: Language): string {
  return language === 'en' ? (organization.nameEn ?? organization.name) : organization.name;
}

/** “64 thành viên · từ 2016”; empty where neither is known. */
export function aboutCooperative(organization: Organization, language: Language): string {
  return aboutParts(organization, language).join(' · ');
}

function aboutParts({ memberCount, foundedOn }: Organization, language: Language): readonly string[] {
  const t = speak(aboutStrings, language);
  return [
    ...(memberCount === undefined ? [] : [t.members(counted(memberCount, language))]),
    ...(foundedOn === undefined ? [] : [t.since({ year: foundedOn.slice(0, 4) })]),
  ];
}

/** “Hợp tác xã · 64 thành viên · từ 2016” */
export function describeCooperative(organization: Organization, language: Language): string {
  const kind = speak(aboutStrings, language)[organization.cooperativeKind ?? 'cooperative'];
  return [kind, ...aboutParts(organization, language)].join(' · ');
}

/** A cooperative in a list; `place` is where it is, as exactly as the list needs. */
export function cooperativeCard(
  organization: Organization,
  around: { readonly language: Language; readonly place: string; readonly products: number },
): CooperativeCardModel {
  const { language, place, products } = around;
  const t = speak(aboutStrings, language);
  const made = products === 0 ? t.noProducts : t.products(counted(products, language));
  return {
    name: cooperativeName(organization, language),
    href: `/cooperatives/${organization.slug}`,
    place,
    about: [...aboutParts(organization, language), made].join(', '),
  };
}
