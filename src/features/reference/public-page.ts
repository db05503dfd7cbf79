import { formatNumber } from '../../platform/format.ts';
import { speak, type Language } from '../../platform/i18n.ts';
import type { PageFrame } from '../../platform/page-frame.ts';
import { countText, listAddress, pagination, type Numbered } from '../../platform/search-page.ts';
import type { CooperativeCardModel, FactModel, ProductCardModel } from '../../platform/view-parts.ts';
import type { Province } from './code-lists.ts';
import { referenceStrings } from './strings.ts';
import type { ProvincePageModel, ProvincesPageModel } from './view-model.ts';

export const provinceName = (province: Province, language: Language): string =>
  language === 'en' ? province.nameEn : province.name;

const counted = (count: number, language: Language) => ({
  count: formatNumber(count, language),
  one: count === 1,
});

/** Every province by region, in the order of the official list. */
export function provincesPage(
  around: {
    readonly provinces: readonly Province[];
    /** How many active cooperatives a province has, by its code. */
    readonly counts: ReadonlyMap<string, number>;
    readonly map: string;
  },
  frame: PageFrame,
): ProvincesPageModel {
  const { language } = frame;
  const t = speak(referenceStrings, language);
  const regions = new Map<string, Province[]>();
  for (const province of around.provinces) {
    regions.set(province.regionId, [...(regions.get(province.regionId) ?? []), province]);
  }
  return {
    page: frame,
    t,
    map: around.map,
    regions: [...regions.values()].map((members) => ({
      name: members[0]?.region[language] ?? '',
      provinces: members.map((province) => {
        const count = around.counts.get(province.code) ?? 0;
        return {
          name: provinceName(province, language),
          href: `/provinces/${province.slug}`,
          count: count === 0 ? null : t.count(counted(count, language)),
        };
      }),
    })),
  };
}

/** What one province's page shows. */
export type ProvinceFacts = {
  readonly province: Province;
  /** The former province whose address was used. */
  readonly former: string | null;
  readonly page: number;
  readonly found: Numbered<unknown>;
  readonly cooperatives: readonly CooperativeCardModel[];
  readonly products: readonly ProductCardModel[];
  readonly productCount: number;
  readonly communeCount: number;
  readonly unionName: string | null;
  readonly map: string;
};

/** “Trước 01/07/2025: Hà Giang, Tuyên Quang”; null for one that was never merged. */
function formerly({ name, formerProvinces }: Province, language: Language): string | null {
  const [only, ...more] = formerProvinces;
  if (only === undefined || (more.length === 0 && only.name === name)) return null;
  const names = formerProvinces.map((former) => former.name).join(', ');
  return speak(referenceStrings, language).formerly({ names });
}

function statsOf({ found, productCount, province }: ProvinceFacts, language: Language) {
  const t = speak(referenceStrings, language);
  return [
    {
      value: countText(found.count, language),
      label: t.statCooperatives({ one: found.count === 1 }),
      href: null,
    },
    {
      value: countText(productCount, language),
      label: t.statProducts({ one: productCount === 1 }),
      href: listAddress('/products', { province: province.slug }),
    },
  ];
}

function factsOf({ province, communeCount, unionName }: ProvinceFacts, language: Language): FactModel[] {
  const t = speak(referenceStrings, language);
  return [
    { label: t.type, value: province.fullName.startsWith('Thành phố') ? t.typeCity : t.typeProvince },
    { label: t.region, value: province.region[language] },
    { label: t.communes, value: formatNumber(communeCount, language) },
    ...(unionName === null ? [] : [{ label: t.union, value: unionName }]),
  ];
}

/** The address of a province’s page. */
export function provinceAddress(province: Province, page: number): string {
  return listAddress(`/provinces/${province.slug}`, { page });
}

/** The model of `views/provinces/page.eta`. */
export function provincePage(facts: ProvinceFacts, frame: PageFrame): ProvincePageModel {
  const { language } = frame;
  const { province, former, productCount } = facts;
  const t = speak(referenceStrings, language);
  const name = provinceName(province, language);
  return {
    page: frame,
    t,
    name,
    formerly: formerly(province, language),
    redirectedFrom: former === null ? null : t.redirected({ old: former, now: name }),
    map: facts.map,
    stats: facts.found.count === 0 ? [] : statsOf(facts, language),
    facts: factsOf(facts, language),
    cooperatives: facts.cooperatives,
    cooperativesEmpty: {
      title: t.cooperativesEmptyTitle,
      sentence: t.cooperativesEmptySentence,
      action: { label: t.register, href: '/register' },
    },
    pagination: pagination(facts.found, {
      page: facts.page,
      language,
      address: (page) => provinceAddress(province, page),
    }),
    products: facts.products,
    allProducts:
      productCount <= facts.products.length
        ? null
        : { label: t.allProducts, href: listAddress('/products', { province: province.slug }) },
  };
}
