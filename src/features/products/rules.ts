import { parseGtin } from '../../domain/gs1/gtin.ts';
import type { Product } from './contract.ts';
import type { ProductChange } from './input.ts';

/**
 * What makes a GTIN one of a kind. A number of open trade belongs to one product of the whole world, whatever length
 * it is printed in; one of a restricted range is a company's own and means nothing outside it (GS1 GS §2.1.10).
 */
export function gtinKey(gtin: string, cooperativeId: string): string {
  const parsed = parseGtin(gtin);
  if (parsed === null) throw new RangeError(`${gtin} is no GTIN`);
  return parsed.restricted ? `${cooperativeId}/${parsed.gtin14}` : parsed.gtin14;
}

/** The fields of a product that a person writes; the rest is kept by the platform. */
export const PRODUCT_FIELDS = [
  'name',
  'tier',
  'category',
  'nationalKeyProduct',
  'geographicalIndication',
  'valueChain',
  'ocop',
  'gtin',
  'brand',
  'description',
  'netContent',
  'ingredients',
  'storage',
  'usage',
  'warnings',
  'standards',
  'shelfLifeDays',
  'photos',
] as const satisfies readonly (keyof Product)[];
export type ProductField = (typeof PRODUCT_FIELDS)[number];

type Fields = Readonly<Partial<Record<ProductField, unknown>>>;

const isEmptyList = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

/** Absent, null and an empty list all say that there is nothing. */
const comparable = (value: unknown): string => JSON.stringify(isEmptyList(value) ? null : (value ?? null));

/** The fields in which two versions differ. */
export function differingFields(one: Fields, other: Fields): readonly ProductField[] {
  return PRODUCT_FIELDS.filter((field) => comparable(one[field]) !== comparable(other[field]));
}

/** Of the fields that a change names, those that would really be another; `null` is a field to be taken away. */
export function realChanges(product: Product, { version: _, photos: __, ...named }: ProductChange): Fields {
  const changed = Object.entries({ ...named, ...standardsOf(named) }).filter(([field, value]) => {
    return value !== undefined && comparable(value) !== comparable(product[field as ProductField]);
  });
  return Object.fromEntries(changed);
}

/** A product without standards has an empty list, not none. */
function standardsOf({ standards }: ProductChange): Fields {
  return standards === undefined ? {} : { standards: standards ?? [] };
}
