import { z } from 'zod';
import { parseGtin } from '../../domain/gs1/gtin.ts';
import { addDays } from '../../platform/clock.ts';
import { dateField, idField, line, lineText, paragraphText, quantityField } from '../../platform/fields.ts';
import { listQuery } from '../../platform/list-page.ts';
import { rule } from '../../platform/validate.ts';
import { PRODUCT_TIERS } from './contract.ts';

export type ProductCodeLists = {
  isUnit(code: string): boolean;
  isCategory(code: string): boolean;
  isKeyProduct(code: string): boolean;
  isIndication(code: string): boolean;
  isTemplate(code: string): boolean;
};

export const STANDARDS_MAX = 20;
/** Enough for every side of a box. */
export const PHOTOS_MAX = 8;
export const SHELF_LIFE_DAYS_MAX = 36_500;
/** An OCOP rank lasts 36 months (Decision 148/QĐ-TTg); a few days' difference in counting is let pass. */
const OCOP_DAYS_MAX = 36 * 31;

const wrongGtin = rule({
  vi: 'Mã số mã vạch chưa đúng. Vui lòng kiểm tra chữ số cuối.',
  en: 'The barcode number is not right. Please check its last digit.',
});
const wrongOrder = rule({
  vi: 'Vui lòng nêu mỗi ảnh một lần.',
  en: 'Please name each photo once.',
});
const notInList = rule({ vi: 'Mã này không có trong danh mục.', en: 'This code is not in the list.' });
const dateOrder = rule({
  vi: 'Ngày hết hạn phải sau ngày cấp.',
  en: 'The end must come after the day of issue.',
});
const ocopTerm = rule({
  vi: 'Chứng nhận OCOP có thời hạn nhiều nhất 36 tháng.',
  en: 'An OCOP certificate lasts 36 months at most.',
});

/** The schemas of this feature's requests. */
export function productInputs(lists: ProductCodeLists) {
  const code = (isKnown: (code: string) => boolean) => z.string().max(80).refine(isKnown, notInList);
  const ocop = z
    .strictObject({
      stars: z.literal([3, 4, 5]),
      decision: line(120),
      issuedOn: dateField,
      expiresOn: dateField,
    })
    .refine((rank) => rank.expiresOn > rank.issuedOn, { ...dateOrder, path: ['expiresOn'] })
    .refine((rank) => rank.expiresOn <= addDays(rank.issuedOn, OCOP_DAYS_MAX), {
      ...ocopTerm,
      path: ['expiresOn'],
    });
  const optional = {
    nationalKeyProduct: code(lists.isKeyProduct).optional(),
    geographicalIndication: code(lists.isIndication).optional(),
    valueChain: code(lists.isTemplate).optional(),
    ocop: ocop.optional(),
    gtin: z
      .string()
      .trim()
      .max(20)
      .refine((text) => parseGtin(text) !== null, wrongGtin)
      .transform((text) => parseGtin(text)?.digits ?? text)
      .optional(),
    brand: line(120).optional(),
    description: paragraphText(3_000).optional(),
    netContent: quantityField(lists.isUnit).optional(),
    ingredients: paragraphText(2_000).optional(),
    storage: paragraphText(1_000).optional(),
    usage: paragraphText(1_000).optional(),
    warnings: paragraphText(1_000).optional(),
    standards: z.array(line(120)).max(STANDARDS_MAX).optional(),
    shelfLifeDays: z.number().int().min(1).max(SHELF_LIFE_DAYS_MAX).optional(),
  };
  /** In a change, `null` takes an optional field away. */
  const removable = {
    nationalKeyProduct: optional.nationalKeyProduct.nullable(),
    geographicalIndication: optional.geographicalIndication.nullable(),
    valueChain: optional.valueChain.nullable(),
    ocop: optional.ocop.nullable(),
    gtin: optional.gtin.nullable(),
    brand: optional.brand.nullable(),
    description: optional.description.nullable(),
    netContent: optional.netContent.nullable(),
    ingredients: optional.ingredients.nullable(),
    storage: optional.storage.nullable(),
    usage: optional.usage.nullable(),
    warnings: optional.warnings.nullable(),
    standards: optional.standards.nullable(),
    shelfLifeDays: optional.shelfLifeDays.nullable(),
  };
  const changeOnly = {
    photos: z
      .array(idField)
      .max(PHOTOS_MAX)
      .refine((ids) => new Set(ids).size === ids.length, wrongOrder)
      .optional()
      .meta({
        description: 'The ids of all photos in their new order; the first is the face of the product.',
      }),
    version: z.number().int().min(1).optional().meta({
      description:
        'The version that was read; when the product has another by now, the answer is 409 changed-meanwhile.',
    }),
  };
  const required = { name: lineText(200), tier: z.enum(PRODUCT_TIERS), category: code(lists.isCategory) };
  return {
    product: z.strictObject({ ...required, ...optional }),
    /** The whole of a field is replaced, `null` takes it away, and what is not named stays. */
    change: z
      .strictObject({ ...z.object(required).partial().shape, ...removable, ...changeOnly })
      .meta({ description: 'Fields that are not named stay; null takes an optional field away.' }),
    list: z.object({
      ...listQuery,
      province: z.string().max(10).optional(),
      tier: z.enum(PRODUCT_TIERS).optional(),
      cooperative: idField.optional(),
      q: z.string().max(200).optional(),
    }),
  };
}

export type ProductInputs = ReturnType<typeof productInputs>;
export type NewProduct = z.output<ProductInputs['product']>;
export type ProductChange = z.output<ProductInputs['change']>;
export type ProductQuery = z.output<ProductInputs['list']>;
