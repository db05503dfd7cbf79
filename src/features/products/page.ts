import { formatDate, formatNumber } from '../../platform/format.ts';
import { inLanguage, speak, type Language, type Text } from '../../platform/i18n.ts';
import type { Quantity } from '../../domain/quantity/quantity.ts';
import type { PageFrame } from '../../platform/page-frame.ts';
import type { ChipModel, FactModel } from '../../platform/view-parts.ts';
import type { RecentBatch } from '../batches/contract.ts';
import { certificateItem, type Certificate } from '../certificates/contract.ts';
import { aboutCooperative, cooperativeName, type Organization } from '../organizations/contract.ts';
import { ocopBadge, tierName } from './badges.ts';
import { pictureOf, type Drawing } from './cards.ts';
import type { Product } from './contract.ts';
import { productStrings } from './strings.ts';
import type { ProductPageModel } from './view-model.ts';

/** What the page asks of code lists, drawings and pictures. */
export type ProductPageDeps = Drawing & {
  provinceHref(code: string): string;
  categoryName(code: string, language: Language): string;
  keyProductName(code: string, language: Language): string;
  indicationName(code: string): string | null;
  formatQuantity(quantity: Quantity, language: Language): string;
  map(provinceCode: string, language: Language): string;
};

/** Everything that a product's page shows. `chips` has a word for each batch that is not simply genuine. */
export type ProductFacts = {
  readonly product: Product;
  readonly cooperative: Organization;
  readonly certificates: readonly Certificate[];
  readonly batches: readonly RecentBatch[];
  readonly chips: ReadonlyMap<string, ChipModel>;
  /** `YYYY-MM-DD` in Vietnam. */
  readonly today: string;
};

const counted = (count: number, language: Language) => ({
  count: formatNumber(count, language),
  one: count === 1,
});

function factsOf(product: Product, language: Language, deps: ProductPageDeps): readonly FactModel[] {
  const t = speak(productStrings, language);
  const text = (value: Text | undefined) => (value === undefined ? null : inLanguage(value, language));
  const { nationalKeyProduct, geographicalIndication, netContent, shelfLifeDays } = product;
  const facts: readonly (readonly [string, string | null | undefined])[] = [
    [t.category, deps.categoryName(product.category, language)],
    [
      t.keyProduct,
      nationalKeyProduct === undefined ? null : deps.keyProductName(nationalKeyProduct, language),
    ],
    [t.indication, geographicalIndication === undefined ? null : deps.indicationName(geographicalIndication)],
    [t.brand, product.brand],
    [t.netContent, netContent === undefined ? null : deps.formatQuantity(netContent, language)],
    [t.shelfLife, shelfLifeDays === undefined ? null : t.days(counted(shelfLifeDays, language))],
    [t.ingredients, text(product.ingredients)],
    [t.usage, text(product.usage)],
    [t.storage, text(product.storage)],
    [t.standards, product.standards.length === 0 ? null : product.standards.join(', ')],
    [t.gtin, product.gtin],
  ];
  return facts.flatMap(([label, value]) => (value === null || value === undefined ? [] : [{ label, value }]));
}

function batchRow(batch: RecentBatch, chip: ChipModel | undefined, language: Language) {
  const t = speak(productStrings, language);
  const steps = batch.eventCount === 0 ? t.noSteps : t.steps(counted(batch.eventCount, language));
  return {
    label: t.lot({ lot: batch.lotNumber }),
    href: `/${batch.code}`,
    detail: t.batchDetail({ date: formatDate(batch.producedOn), steps }),
    chip: chip ?? null,
  };
}

/** One sentence for search engines and messengers. */
export function productDescription(
  { product, cooperative }: Pick<ProductFacts, 'product' | 'cooperative'>,
  language: Language,
  deps: Drawing,
): string {
  return speak(productStrings, language).descriptionOf({
    product: inLanguage(product.name, language),
    cooperative: cooperativeName(cooperative, language),
    province: deps.provinceName(cooperative.provinceCode, language),
  });
}

/** The model of `views/products/page.eta`. */
export function productPage(facts: ProductFacts, frame: PageFrame, deps: ProductPageDeps): ProductPageModel {
  const { language } = frame;
  const { product, cooperative, today } = facts;
  const t = speak(productStrings, language);
  const name = inLanguage(product.name, language);
  const { warnings, description } = product;
  return {
    page: frame,
    t,
    name,
    picture: pictureOf(product, name, deps),
    morePhotos: product.photos
      .slice(1)
      .map((photo, index) => deps.photo(photo, t.photoOf({ product: name, number: index + 2 }))),
    tier: tierName(product.tier, language),
    ocop: ocopBadge(product, { language, today }),
    description: description === undefined ? null : inLanguage(description, language),
    facts: factsOf(product, language, deps),
    warnings:
      warnings === undefined
        ? null
        : { tone: 'late', title: t.warningTitle, sentence: inLanguage(warnings, language), action: null },
    cooperative: {
      name: cooperativeName(cooperative, language),
      href: `/cooperatives/${cooperative.slug}`,
      about: aboutCooperative(cooperative, language),
    },
    province: {
      name: deps.provinceName(cooperative.provinceCode, language),
      href: deps.provinceHref(cooperative.provinceCode),
      map: deps.map(cooperative.provinceCode, language),
    },
    certificates: facts.certificates.map((one) => certificateItem(one, today, language)),
    batches: facts.batches.map((batch) => batchRow(batch, facts.chips.get(batch.code), language)),
  };
}
