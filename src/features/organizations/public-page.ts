import { z } from 'zod';
import { searchKey } from '../../domain/text/search-key.ts';
import { formatDate, formatNumber } from '../../platform/format.ts';
import { inLanguage, speak, type Language } from '../../platform/i18n.ts';
import type { PageFrame } from '../../platform/page-frame.ts';
import {
  choice,
  countText,
  listAddress,
  pagination,
  searchQuery,
  type Numbered,
} from '../../platform/search-page.ts';
import type { CooperativeCardModel, FactModel, ProductCardModel } from '../../platform/view-parts.ts';
import { certificateItem, type Certificate } from '../certificates/contract.ts';
import { cooperativeName, describeCooperative } from './about.ts';
import type { Organization } from './contract.ts';
import { cooperativeListStrings } from './public-strings.ts';
import { organizationStrings } from './strings.ts';
import type { CooperativeListModel, CooperativePageModel } from './view-model.ts';

/** What the pages ask of places and the map. */
export type CooperativePlaces = {
  provinceName(code: string, language: Language): string;
  provinceHref(code: string): string;
  communeName(code: string): string | null;
  map(provinceCode: string, language: Language): string;
};

export type CooperativeFacts = {
  readonly cooperative: Organization;
  readonly certificates: readonly Certificate[];
  readonly products: readonly ProductCardModel[];
  readonly productCount: number;
  /** `YYYY-MM-DD` in Vietnam. */
  readonly today: string;
};

function factsOf(cooperative: Organization, language: Language): readonly FactModel[] {
  const t = speak(cooperativeListStrings, language);
  const { taxCode, foundedOn, phone, email, name, nameEn } = cooperative;
  const facts: readonly (readonly [string, string | undefined])[] = [
    [t.otherName, language === 'vi' ? nameEn : nameEn === undefined ? undefined : name],
    [t.foundedOn, foundedOn === undefined ? undefined : formatDate(foundedOn)],
    [t.taxCode, taxCode],
    [t.phone, phone],
    [t.email, email],
  ];
  return facts.flatMap(([label, value]) => (value === undefined ? [] : [{ label, value }]));
}

function addressOf({ address, communeCode }: Organization, places: CooperativePlaces): string {
  const commune = communeCode === undefined ? null : places.communeName(communeCode);
  const told = commune === null || searchKey(address).includes(searchKey(commune));
  return told ? address : `${address}, ${commune}`;
}

/** One sentence for search engines and messengers. */
export function cooperativeDescription(
  cooperative: Organization,
  language: Language,
  places: CooperativePlaces,
): string {
  return speak(cooperativeListStrings, language).descriptionOf({
    name: cooperativeName(cooperative, language),
    province: places.provinceName(cooperative.provinceCode, language),
  });
}

/** The model of `views/cooperatives/page.eta`. */
export function cooperativePage(
  facts: CooperativeFacts,
  frame: PageFrame,
  places: CooperativePlaces,
): CooperativePageModel {
  const { language } = frame;
  const { cooperative, products, productCount, today } = facts;
  const t = speak(organizationStrings, language);
  const words = speak(cooperativeListStrings, language);
  const { phone, email, description, provinceCode } = cooperative;
  return {
    page: frame,
    t,
    name: cooperativeName(cooperative, language),
    about: describeCooperative(cooperative, language),
    description: description === undefined ? null : inLanguage(description, language),
    photo: null,
    province: {
      name: places.provinceName(provinceCode, language),
      href: places.provinceHref(provinceCode),
      map: places.map(provinceCode, language),
    },
    address: addressOf(cooperative, places),
    facts: factsOf(cooperative, language),
    certificates: facts.certificates.map((one) => certificateItem(one, today, language)),
    products,
    moreProducts:
      productCount <= products.length
        ? null
        : {
            label: words.allProducts({ count: formatNumber(productCount, language) }),
            href: listAddress('/products', { cooperative: cooperative.id }),
          },
    productsEmpty: { title: t.productsEmptyTitle, sentence: t.productsEmptySentence, action: null },
    recall: null,
    phone: phone === undefined ? null : { label: t.call, href: `tel:${phone.replace(/[^+\d]/g, '')}` },
    email: email === undefined ? null : { label: t.write, href: `mailto:${email}` },
  };
}

/** What the list's address may ask; what is wrong in it counts as not asked. */
export const cooperativeListQuery = z.object(searchQuery);
export type CooperativeListQuery = z.output<typeof cooperativeListQuery>;

/** Where page `page` of the same search is. */
export function cooperativeListAddress({ q, province }: CooperativeListQuery, page: number): string {
  return listAddress('/cooperatives', { q, province, page });
}

export type CooperativeList = {
  readonly asked: CooperativeListQuery;
  /** The code of the province asked for, when there is one. */
  readonly provinceCode: string | undefined;
  readonly found: Numbered<Organization>;
  readonly cards: readonly CooperativeCardModel[];
  readonly provinces: readonly { readonly code: string; readonly label: string }[];
};

/** The model of the list of cooperatives. */
export function cooperativeListPage(list: CooperativeList, frame: PageFrame): CooperativeListModel {
  const { language } = frame;
  const { asked, found, provinceCode } = list;
  const t = speak(cooperativeListStrings, language);
  const reset =
    asked.q === '' && provinceCode === undefined ? null : { label: t.searchReset, href: '/cooperatives' };
  return {
    page: frame,
    t,
    search: {
      action: '/cooperatives',
      language,
      label: t.searchLabel,
      value: asked.q,
      hint: t.searchHint,
      choices: [
        choice('province', t.province, [
          { value: '', label: t.anyProvince, selected: provinceCode === undefined },
          ...list.provinces.map(({ code, label }) => ({
            value: code,
            label,
            selected: code === provinceCode,
          })),
        ]),
      ],
      submit: t.searchSubmit,
      reset,
    },
    summary: t.found({ count: countText(found.count, language), one: found.count === 1 }),
    cooperatives: list.cards,
    empty:
      reset === null
        ? {
            title: t.emptyTitle,
            sentence: t.emptySentence,
            action: { label: t.emptyAction, href: '/register' },
          }
        : { title: t.nothingTitle, sentence: t.nothingSentence, action: reset },
    pagination: pagination(found, {
      page: asked.page,
      language,
      address: (page) => cooperativeListAddress(asked, page),
    }),
  };
}
