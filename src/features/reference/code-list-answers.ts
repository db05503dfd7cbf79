import { z } from 'zod';
import { PRODUCT_TIERS } from '../products/contract.ts';
import type { Bilingual } from '../../platform/i18n.ts';
import type { CodeLists, Province } from './code-lists.ts';

/** What the API answers about places and code lists, as the OpenAPI document shows it. */

const bilingual = z.object({ vi: z.string(), en: z.string() });

export const provinceSchema = z.object({
  code: z.string(),
  name: z.string(),
  fullName: z.string(),
  nameEn: z.string(),
  slug: z.string(),
  type: z.string(),
  region: bilingual,
  formerProvinces: z.array(z.object({ code: z.string(), name: z.string(), slug: z.string() })),
});

/** `former` names the province of before 1 July 2025 that was asked for; null when today's was. */
export const foundProvinceSchema = provinceSchema.extend({
  former: z.object({ code: z.string(), name: z.string() }).nullable(),
});

export const communeSchema = z.object({ code: z.string(), name: z.string(), provinceCode: z.string() });

/** Every list's items have a code and a name; what else they have depends on the list. */
export const codeSchema = z.looseObject({ code: z.string(), name: bilingual });

export const pageOf = (item: z.ZodType) => z.object({ items: z.array(item), next: z.string().nullable() });

/** A province as the API tells it. */
export function provinceAnswer(province: Province) {
  const { code, name, fullName, nameEn, slug, type, region, formerProvinces } = province;
  return { code, name, fullName, nameEn, slug, type, region, formerProvinces };
}

type CodeItem = { readonly code: string; readonly name: Bilingual } & Readonly<Record<string, unknown>>;

const TIER_NAMES = {
  national: { vi: 'Sản phẩm chủ lực quốc gia', en: 'National key product' },
  regional: { vi: 'Sản phẩm chủ lực vùng', en: 'Regional key product' },
  local: { vi: 'Sản phẩm địa phương', en: 'Local product' },
} as const;

/** The code lists by their name in the address, each with what its codes are for. */
export function codeListAnswers(lists: CodeLists) {
  const { categories, keyProducts, indications, units, steps, stages, templates } = lists;
  const made: Readonly<Record<string, { readonly purpose: string; readonly items: readonly CodeItem[] }>> = {
    categories: {
      purpose: 'category of a product',
      items: categories.map(({ code, name, group }) => ({ code, name, group })),
    },
    'national-key-products': {
      purpose: 'nationalKeyProduct of a product',
      items: keyProducts.map(({ code, name }) => ({ code, name })),
    },
    'geographical-indications': {
      purpose: 'geographicalIndication of a product',
      items: indications.map(({ code, name, product, provinceCode }) => ({
        code,
        name: { vi: name, en: name },
        product,
        provinceCode,
      })),
    },
    tiers: {
      purpose: 'tier of a product',
      items: PRODUCT_TIERS.map((code) => ({ code, name: TIER_NAMES[code] })),
    },
    units: {
      purpose: 'unit of a quantity; quantities of one dimension convert into each other',
      items: units.map(({ code, name, symbol, dimension, factorToBase }) => ({
        code,
        name,
        symbol,
        dimension,
        factorToBase,
      })),
    },
    steps: {
      purpose: 'step of an event',
      items: steps.map(({ code, name, publicWording, stage, epcisEventType, cbvBizStep }) => ({
        code,
        name,
        publicWording,
        stage,
        epcisEventType,
        cbvBizStep,
      })),
    },
    stages: { purpose: 'stage of a step', items: stages.map(({ code, name }) => ({ code, name })) },
    'value-chains': {
      purpose: 'valueChain of a product: the steps offered for its batches',
      items: templates.map(({ code, name, productGroup, steps: chain }) => ({
        code,
        name,
        category: productGroup,
        steps: chain,
      })),
    },
  };
  return new Map(Object.entries(made));
}
