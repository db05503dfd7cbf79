import type { Bilingual, Text } from '../../platform/i18n.ts';
import type { Numbered } from '../../platform/search-page.ts';
import type { Quantity } from '../../domain/quantity/quantity.ts';
import type { Organization } from '../organizations/contract.ts';

export const PRODUCT_TIERS = ['national', 'regional', 'local'] as const;
export type ProductTier = (typeof PRODUCT_TIERS)[number];

/** An OCOP rank always stands with its decision and its term (market.md: 36 months). Dates are `YYYY-MM-DD`. */
export type OcopRank = {
  readonly stars: 3 | 4 | 5;
  readonly decision: string;
  readonly issuedOn: string;
  readonly expiresOn: string;
};

export type ProductPhoto = {
  readonly id: string;
  /** Of the stored picture, in pixels. */
  readonly width: number;
  readonly height: number;
};

/** A product of a cooperative, as its newest version has it. Optional texts are absent, never empty. */
export type Product = {
  readonly id: string;
  readonly slug: string;
  readonly cooperativeId: string;
  /** For lists by province; a cooperative does not move. */
  readonly provinceCode: string;
  readonly name: Text;
  readonly tier: ProductTier;
  readonly nationalKeyProduct?: string | undefined;
  /** Subgroup code of the OCOP groups. */
  readonly category: string;
  /** Code of a geographical indication. */
  readonly geographicalIndication?: string | undefined;
  /** Template of value-chain steps; without one the category's is offered. */
  readonly valueChain?: string | undefined;
  readonly ocop?: OcopRank | undefined;
  /** As typed: 8, 12, 13 or 14 digits with a right check digit. */
  readonly gtin?: string | undefined;
  readonly brand?: string | undefined;
  readonly description?: Text | undefined;
  readonly netContent?: Quantity | undefined;
  readonly ingredients?: Text | undefined;
  readonly storage?: Text | undefined;
  readonly usage?: Text | undefined;
  readonly warnings?: Text | undefined;
  readonly standards: readonly string[];
  readonly shelfLifeDays?: number | undefined;
  readonly photos: readonly ProductPhoto[];
  readonly demo: boolean;
  readonly createdAt: Date;
  /** From 1; each change of anything above makes the next one, and keeps what was. */
  readonly version: number;
  /** When this version was written, and by whom: the id of an account, for the cooperative's own people only. */
  readonly updatedAt: Date;
  readonly updatedBy: string;
};

/** Something that the law asks and the record lacks; `fix` is the page where it is put right. */
export type MissingItem = { readonly code: string; readonly name: Bilingual; readonly fix: string };

export type Measure = {
  readonly met: number;
  readonly of: number;
  readonly missing: readonly MissingItem[];
};

/** How much of what the law asks is there: of a product by itself, or of a whole batch. */
export type Completeness = {
  readonly circular02: Measure;
  readonly passport: Measure;
  readonly label: Measure;
};

/** Measures a cooperative's products on what does not depend on a batch; by product id. */
export type MeasureProducts = (
  products: readonly Product[],
  cooperative: Organization,
) => Promise<ReadonlyMap<string, Completeness>>;
export { ocopBadge, productImage, tierName } from './badges.ts';
export type { ProductCards } from './cards.ts';

/** What other features may ask of products. */
export type Products = {
  byId(id: string): Promise<Product | null>;
  byIds(ids: readonly string[]): Promise<ReadonlyMap<string, Product>>;
  /** The product of a number of open trade, padded to 14 digits. */
  byGtin(gtin14: string): Promise<Product | null>;
  /** A cooperative's products by name, at most 1,000. */
  ofCooperative(cooperativeId: string): Promise<readonly Product[]>;
  /** One numbered page of products by name, with those whose names have every word of `q`. */
  search(
    filter: {
      readonly q?: string | undefined;
      readonly provinceCode?: string | undefined;
      readonly tier?: ProductTier | undefined;
      readonly cooperativeId?: string | undefined;
    },
    page: number,
  ): Promise<Numbered<Product>>;
  /** The latest products, of one province or of all. */
  newest(limit: number, provinceCode?: string): Promise<readonly Product[]>;
  /** How many there are; of one province counted no further than `COUNT_MAX` + 1. */
  count(provinceCode?: string): Promise<number>;
  /** How many products each of these cooperatives has; none where it is not in the map. */
  countByCooperative(cooperativeIds: readonly string[]): Promise<ReadonlyMap<string, number>>;
};
