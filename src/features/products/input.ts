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
export const SHELF_LIFE_DAYS_MAX = 36_500;
/** An OCOP rank lasts 36 months (Decision 148/QĐ-TTg); a few days' difference in counting is let pass. */
const OCOP_DAYS_MAX = 36 * 31;

const wrongGtin = rule({
  vi: 'Mã số mã vạch chưa đúng. Vui lòng kiểm tra chữ số cuối.',
  en: 'The barcode number is not right. Please check its last digit.',
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
  const required = { name: lineText(200), tier: z.enum(PRODUCT_TIERS), category: code(lists.isCategory) };
  return {
    product: z.strictObject({ ...required, ...optional }),
    /** The whole of a field is replaced; what is not named stays. */
    change: z.strictObject({ ...required, ...optional }).partial(),
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
