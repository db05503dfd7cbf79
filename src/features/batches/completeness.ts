import { validOn } from '../../platform/clock.ts';
import type { Bilingual } from '../../platform/i18n.ts';
import type { Organization } from '../organizations/contract.ts';
import type { Product } from '../products/contract.ts';
import type { Batch, Completeness, EventContent, Measure, MissingItem } from './contract.ts';

/** What a product can be measured on before anything is made of it. */
export type ProductFacts = {
  readonly product: Product;
  readonly cooperative: Organization;
  /** Of the certificates that cover the product: how many there are, and how many are valid today. */
  readonly certificates: { readonly all: number; readonly valid: number };
  /** `YYYY-MM-DD`. */
  readonly today: string;
  readonly batch?: Pick<Batch, 'id' | 'producedOn' | 'expiresOn'>;
};

/** What a batch's record is measured on; events are those that count, corrections applied. */
export type RecordFacts = ProductFacts & {
  readonly batch: Pick<Batch, 'id' | 'producedOn' | 'expiresOn'>;
  readonly events: readonly EventContent[];
};

/** `fix` is where it is put right. An item of level `product` is the same for all batches of a product. */
type ItemOf<Level extends string, Facts> = {
  readonly level: Level;
  readonly code: string;
  readonly name: Bilingual;
  readonly fix: (facts: Facts) => string;
  readonly met: (facts: Facts) => boolean;
};
type ProductItem = ItemOf<'product', ProductFacts>;
type Item = ProductItem | ItemOf<'batch', RecordFacts>;

/** OCOP groups 1 (food) and 2 (drink): what the label law calls food. */
export const isFood = (category: string): boolean => category.startsWith('1.') || category.startsWith('2.');

const product = (field: string) => (facts: ProductFacts) =>
  `/manage/products/${facts.product.id}#field-${field}`;
const cooperative = (field: string) => () => `/manage/cooperative#field-${field}`;
const batch = (facts: RecordFacts) => `/manage/batches/${facts.batch.id}`;
/** A batch made before its product had a shelf life takes its date on its own page. */
const expiry = (facts: ProductFacts) =>
  facts.batch === undefined
    ? product('shelfLifeDays')(facts)
    : `/manage/batches/${facts.batch.id}#field-expiresOn`;
const events = (facts: RecordFacts) => `/manage/batches/${facts.batch.id}/record`;

const has = (value: unknown): boolean => value !== undefined && value !== '';

// Circular 02/2024/TT-BKHCN, the least trace data, C1–C10 as market.md numbers them. Where the circular says “if
// any”, a thing that the goods cannot have is not missing: a scarf has no shelf life.
const CIRCULAR_02: readonly Item[] = [
  {
    level: 'product',
    code: 'C1',
    name: { vi: 'Tên sản phẩm', en: 'Product name' },
    fix: product('name.vi'),
    met: (facts) => has(facts.product.name.vi),
  },
  {
    level: 'product',
    code: 'C2',
    name: { vi: 'Hình ảnh sản phẩm', en: 'Product picture' },
    fix: (facts) => `/manage/products/${facts.product.id}#photos`,
    met: (facts) => facts.product.photos.length > 0,
  },
  {
    level: 'product',
    code: 'C3',
    name: { vi: 'Tên đơn vị sản xuất', en: "Producer's name" },
    fix: cooperative('name'),
    met: (facts) => has(facts.cooperative.name),
  },
  {
    level: 'product',
    code: 'C4',
    name: { vi: 'Địa chỉ đơn vị sản xuất', en: "Producer's address" },
    fix: cooperative('address'),
    met: (facts) => has(facts.cooperative.address),
  },
  {
    level: 'batch',
    code: 'C5',
    name: { vi: 'Địa điểm của từng công đoạn', en: 'The place of each step' },
    fix: events,
    met: (facts) => facts.events.length > 0 && facts.events.every((event) => event.place !== undefined),
  },
  {
    level: 'batch',
    code: 'C6',
    name: { vi: 'Thời gian sản xuất, kinh doanh', en: 'Times of production and trade' },
    fix: events,
    met: (facts) => has(facts.batch.producedOn) && facts.events.length > 0,
  },
  {
    level: 'batch',
    code: 'C7',
    name: { vi: 'Mã truy vết sản phẩm', en: 'Product trace code' },
    fix: batch,
    met: () => true,
  },
  {
    level: 'product',
    code: 'C8',
    name: { vi: 'Thương hiệu, nhãn hiệu', en: 'Brand' },
    fix: product('brand'),
    met: (facts) => has(facts.product.brand),
  },
  {
    level: 'product',
    code: 'C9',
    name: { vi: 'Thời hạn sử dụng', en: 'Shelf life' },
    fix: expiry,
    met: (facts) =>
      has(facts.batch?.expiresOn) || has(facts.product.shelfLifeDays) || !isFood(facts.product.category),
  },
  {
    level: 'product',
    code: 'C10',
    name: { vi: 'Tiêu chuẩn áp dụng', en: 'Standards applied' },
    fix: product('standards'),
    met: (facts) => facts.product.standards.length > 0,
  },
];

// Decree 37/2026/NĐ-CP art. 32, digital product passport, P1–P8 as market.md numbers them.
const PASSPORT: readonly Item[] = [
  {
    level: 'product',
    code: 'P1',
    name: { vi: 'Tên và mã GTIN', en: 'Name and GTIN' },
    fix: product('gtin'),
    met: (facts) => has(facts.product.gtin),
  },
  {
    level: 'product',
    code: 'P2',
    name: { vi: 'Tên, địa chỉ, mã số thuế của đơn vị', en: "Producer's name, address and tax code" },
    fix: cooperative('taxCode'),
    met: (facts) => has(facts.cooperative.address) && has(facts.cooperative.taxCode),
  },
  {
    level: 'batch',
    code: 'P3',
    name: { vi: 'Xuất xứ hoặc nơi làm công đoạn cuối', en: 'Origin or place of the last step' },
    fix: events,
    met: (facts) => has(facts.cooperative.provinceCode),
  },
  {
    level: 'batch',
    code: 'P4',
    name: { vi: 'Thông tin truy xuất nguồn gốc', en: 'Traceability information' },
    fix: events,
    met: (facts) => facts.events.length > 0,
  },
  {
    level: 'product',
    code: 'P5',
    name: { vi: 'Chứng nhận hợp quy còn hiệu lực', en: 'Conformity certificates in force' },
    fix: () => '/manage/certificates',
    met: ({ certificates }) => certificates.all === 0 || certificates.valid > 0,
  },
  {
    level: 'batch',
    code: 'P6',
    name: { vi: 'Ngày sản xuất và hạn sử dụng', en: 'Production and expiry dates' },
    fix: expiry,
    met: (facts) => has(facts.batch.expiresOn) || !isFood(facts.product.category),
  },
  {
    level: 'product',
    code: 'P7',
    name: { vi: 'Cảnh báo an toàn', en: 'Safety warnings' },
    fix: product('warnings.vi'),
    met: (facts) => has(facts.product.warnings) || !isFood(facts.product.category),
  },
  {
    level: 'product',
    code: 'P8',
    name: { vi: 'Quyết định OCOP còn hiệu lực', en: 'OCOP decision in force' },
    fix: product('ocop.decision'),
    met: ({ product: { ocop }, today }) => ocop === undefined || validOn(ocop, today),
  },
];

// Decree 43/2017/NĐ-CP and its Annex I, 111/2021/NĐ-CP, Decree 37/2026/NĐ-CP ch. IV: the goods label.
const LABEL: readonly Item[] = [
  {
    level: 'product',
    code: 'name',
    name: { vi: 'Tên hàng hóa', en: 'Name of goods' },
    fix: product('name.vi'),
    met: (facts) => has(facts.product.name.vi),
  },
  {
    level: 'product',
    code: 'responsible',
    name: { vi: 'Tên và địa chỉ tổ chức chịu trách nhiệm', en: 'Responsible organisation and address' },
    fix: cooperative('address'),
    met: (facts) => has(facts.cooperative.name) && has(facts.cooperative.address),
  },
  {
    level: 'product',
    code: 'origin',
    name: { vi: 'Xuất xứ hàng hóa', en: 'Origin of goods' },
    fix: cooperative('provinceCode'),
    met: (facts) => has(facts.cooperative.provinceCode),
  },
];

const FOOD_LABEL: readonly Item[] = [
  {
    level: 'product',
    code: 'quantity',
    name: { vi: 'Định lượng', en: 'Quantity' },
    fix: product('netContent.value'),
    met: (facts) => has(facts.product.netContent),
  },
  {
    level: 'batch',
    code: 'productionDate',
    name: { vi: 'Ngày sản xuất', en: 'Production date' },
    fix: batch,
    met: (facts) => has(facts.batch.producedOn),
  },
  {
    level: 'batch',
    code: 'expiryDate',
    name: { vi: 'Hạn sử dụng', en: 'Expiry date' },
    fix: expiry,
    met: (facts) => has(facts.batch.expiresOn),
  },
  {
    level: 'product',
    code: 'ingredients',
    name: { vi: 'Thành phần', en: 'Ingredients' },
    fix: product('ingredients.vi'),
    met: (facts) => has(facts.product.ingredients),
  },
  {
    level: 'product',
    code: 'warnings',
    name: { vi: 'Thông tin cảnh báo', en: 'Warnings' },
    fix: product('warnings.vi'),
    met: (facts) => has(facts.product.warnings),
  },
  {
    level: 'product',
    code: 'usage',
    name: { vi: 'Hướng dẫn sử dụng', en: 'Instructions for use' },
    fix: product('usage.vi'),
    met: (facts) => has(facts.product.usage),
  },
  {
    level: 'product',
    code: 'storage',
    name: { vi: 'Hướng dẫn bảo quản', en: 'Storage instructions' },
    fix: product('storage.vi'),
    met: (facts) => has(facts.product.storage),
  },
];

function measure<Facts>(
  items: readonly Pick<ItemOf<string, Facts>, 'code' | 'name' | 'fix' | 'met'>[],
  facts: Facts,
): Measure {
  const missing: MissingItem[] = items
    .filter((item) => !item.met(facts))
    .map(({ code, name, fix }) => ({ code, name, fix: fix(facts) }));
  return { met: items.length - missing.length, of: items.length, missing };
}

const labelItems = (category: string): readonly Item[] =>
  isFood(category) ? [...LABEL, ...FOOD_LABEL] : LABEL;

/** How much of what the law asks is recorded: 10 items, 8 items, and the goods label's. */
export function completenessOf(facts: RecordFacts): Completeness {
  return {
    circular02: measure(CIRCULAR_02, facts),
    passport: measure(PASSPORT, facts),
    label: measure(labelItems(facts.product.category), facts),
  };
}

const ofProduct = (items: readonly Item[]): readonly ProductItem[] =>
  items.filter((item) => item.level === 'product');

/** The same, of those items that a product has or lacks whatever its batches say: fewer than 10 and 8. */
export function productCompletenessOf(facts: ProductFacts): Completeness {
  return {
    circular02: measure(ofProduct(CIRCULAR_02), facts),
    passport: measure(ofProduct(PASSPORT), facts),
    label: measure(ofProduct(labelItems(facts.product.category)), facts),
  };
}
