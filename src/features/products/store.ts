import { Schema, type Connection, type InferRawDocType } from 'mongoose';
import { STRICT, duplicateKey, insertOnce } from '../../store/connect.ts';
import { COUNT_MAX, PAGE_SIZE, type Numbered } from '../../platform/search-page.ts';
import { RARE_MAX, afterKey, indexedWord, searchTerms, wordsFilter } from '../../store/search.ts';
import { decodeCursor, listPage, type ListPage, type ListRequest } from '../../platform/list-page.ts';
import type { Text } from '../../platform/i18n.ts';
import type { OcopRank, Product, ProductTier } from './contract.ts';

const text = { type: { vi: { type: String, required: true }, en: { type: String } }, _id: false } as const;

const definition = {
  _id: { type: String, required: true },
  slug: { type: String, required: true },
  cooperativeId: { type: String, required: true },
  provinceCode: { type: String, required: true },
  name: { ...text, required: true },
  tier: { type: String, required: true },
  nationalKeyProduct: { type: String },
  category: { type: String, required: true },
  geographicalIndication: { type: String },
  valueChain: { type: String },
  ocop: {
    type: {
      stars: { type: Number, required: true },
      decision: { type: String, required: true },
      issuedOn: { type: String, required: true },
      expiresOn: { type: String, required: true },
    },
    _id: false,
  },
  gtin: { type: String },
  /** `gtinKey` of the number: what no other product may have. */
  gtinKey: { type: String },
  brand: { type: String },
  description: text,
  netContent: {
    type: { value: { type: Number, required: true }, unit: { type: String, required: true } },
    _id: false,
  },
  ingredients: text,
  storage: text,
  usage: text,
  warnings: text,
  standards: [{ type: String, required: true }],
  shelfLifeDays: { type: Number },
  photos: [
    {
      _id: false,
      id: { type: String, required: true },
      width: { type: Number, required: true },
      height: { type: Number, required: true },
    },
  ],
  /** Folded names of product, brand, cooperative and province. */
  searchKey: { type: String, required: true },
  /** Its words, each once, so that an index finds them. */
  searchTerms: [{ type: String, required: true }],
  demo: { type: Boolean, required: true },
  createdAt: { type: Date, required: true },
  version: { type: Number, required: true },
  updatedAt: { type: Date, required: true },
  updatedBy: { type: String },
} as const;

type Row = InferRawDocType<typeof definition>;
type TextRow = { readonly vi?: string | null; readonly en?: string | null } | null | undefined;

export type StoredProduct = Product & { readonly searchKey: string };

const toText = (row: TextRow): Text | undefined =>
  row?.vi === undefined || row.vi === null ? undefined : { vi: row.vi, en: row.en ?? undefined };

function toProduct(row: Row): StoredProduct {
  const { ocop, netContent } = row;
  return {
    id: row._id,
    slug: row.slug,
    cooperativeId: row.cooperativeId,
    provinceCode: row.provinceCode,
    name: toText(row.name) ?? { vi: '' },
    tier: row.tier as ProductTier,
    nationalKeyProduct: row.nationalKeyProduct ?? undefined,
    category: row.category,
    geographicalIndication: row.geographicalIndication ?? undefined,
    valueChain: row.valueChain ?? undefined,
    ocop:
      ocop?.decision === undefined
        ? undefined
        : {
            stars: ocop.stars as OcopRank['stars'],
            decision: ocop.decision,
            issuedOn: ocop.issuedOn,
            expiresOn: ocop.expiresOn,
          },
    gtin: row.gtin ?? undefined,
    brand: row.brand ?? undefined,
    description: toText(row.description),
    netContent:
      netContent?.unit === undefined ? undefined : { value: netContent.value, unit: netContent.unit },
    ingredients: toText(row.ingredients),
    storage: toText(row.storage),
    usage: toText(row.usage),
    warnings: toText(row.warnings),
    standards: [...(row.standards ?? [])],
    shelfLifeDays: row.shelfLifeDays ?? undefined,
    photos: (row.photos ?? []).map(({ id, width, height }) => ({ id, width, height })),
    searchKey: row.searchKey,
    demo: row.demo,
    createdAt: row.createdAt,
    version: row.version,
    updatedAt: row.updatedAt,
    updatedBy: row.updatedBy ?? '',
  };
}

export type ProductFilter = {
  readonly provinceCode?: string | undefined;
  readonly tier?: ProductTier | undefined;
  readonly cooperativeId?: string | undefined;
  readonly words?: readonly string[];
};

export type ProductPage = { readonly items: readonly StoredProduct[]; readonly total: number };
type InsertOutcome = 'inserted' | 'existed' | 'slug-taken' | 'gtin-taken';

/** The query of a filter; `more` must hold as well. */
function conditions({ words = [], ...equal }: ProductFilter, more: readonly object[] = []) {
  const given = Object.fromEntries(Object.entries(equal).filter(([, value]) => value !== undefined));
  const parts = [...wordsFilter('searchKey', words), ...more];
  return { ...given, ...(parts.length === 0 ? {} : { $and: parts }) };
}

/** The words go along whenever the text that they are of changes. */
function termsIn({ searchKey }: Readonly<Record<string, unknown>>): {
  readonly searchTerms?: readonly string[];
} {
  return typeof searchKey === 'string' ? { searchTerms: searchTerms(searchKey) } : {};
}

const BY_WORD = { searchTerms: 1 } as const;

/** Products of active cooperatives: only those can have any. */
export function productStore(connection: Connection) {
  const schema = new Schema(definition, STRICT);
  schema.index({ slug: 1 }, { unique: true });
  schema.index({ gtinKey: 1 }, { unique: true, sparse: true });
  schema.index({ cooperativeId: 1, searchKey: 1, _id: 1 });
  schema.index({ provinceCode: 1, searchKey: 1, _id: 1 });
  schema.index({ searchKey: 1, _id: 1 });
  schema.index({ tier: 1, searchKey: 1, _id: 1 });
  schema.index(BY_WORD);
  schema.index({ createdAt: -1, _id: -1 });
  schema.index({ provinceCode: 1, createdAt: -1, _id: -1 });
  const Products = connection.model('Product', schema, 'products');

  /**
   * How to find and how to count: a rare word's few records by its index, then sorted; common words in the order of
   * names, where a page is soon full.
   */
  async function search(filter: ProductFilter, rest: readonly object[]) {
    const { words = [] } = filter;
    const first = await indexedWord(words, (pattern) =>
      Products.countDocuments({ searchTerms: pattern }, { limit: RARE_MAX + 1, hint: BY_WORD }),
    );
    const inOrder = { where: conditions(filter, rest), options: {} };
    if (first === null) return { find: inOrder, count: inOrder };
    const others = { ...filter, words: words.filter((word) => word !== first.word) };
    const byWord = {
      where: { ...conditions(others, rest), searchTerms: first.pattern },
      options: { hint: BY_WORD },
    };
    return { find: first.rare ? byWord : inOrder, count: byWord };
  }

  return {
    async byId(id: string): Promise<StoredProduct | null> {
      const row = await Products.findById(id).lean();
      return row === null ? null : toProduct(row);
    },
    async bySlug(slug: string): Promise<StoredProduct | null> {
      const row = await Products.findOne({ slug }).lean();
      return row === null ? null : toProduct(row);
    },
    async byIds(ids: readonly string[]): Promise<readonly StoredProduct[]> {
      if (ids.length === 0) return [];
      return (await Products.find({ _id: { $in: [...new Set(ids)] } }).lean()).map(toProduct);
    },
    async byGtin(gtinKey: string): Promise<StoredProduct | null> {
      const row = await Products.findOne({ gtinKey }).lean();
      return row === null ? null : toProduct(row);
    },
    async list(filter: ProductFilter, { limit, cursor }: ListRequest): Promise<ListPage<StoredProduct>> {
      const after = decodeCursor(cursor, 2);
      const rest = after === null ? [] : [afterKey(String(after[0]), String(after[1]))];
      const { find } = await search(filter, rest);
      const rows = await Products.find(find.where, null, find.options)
        .sort({ searchKey: 1, _id: 1 })
        .limit(limit + 1)
        .lean();
      return listPage(rows.map(toProduct), limit, (one) => [one.searchKey, one.id]);
    },
    /** One page of a list by its place, for a list short enough to be counted. */
    async page(filter: ProductFilter, place: { skip: number; limit: number }): Promise<ProductPage> {
      const query = conditions(filter);
      const [rows, total] = await Promise.all([
        Products.find(query).sort({ searchKey: 1, _id: 1 }).skip(place.skip).limit(place.limit).lean(),
        Products.countDocuments(query),
      ]);
      return { items: rows.map(toProduct), total };
    },
    /** By folded name, the numbered page `page` (from 1). */
    async numbered(filter: ProductFilter, page: number): Promise<Numbered<StoredProduct>> {
      const { find, count } = await search(filter, []);
      const [rows, total] = await Promise.all([
        Products.find(find.where, null, find.options)
          .sort({ searchKey: 1, _id: 1 })
          .skip((page - 1) * PAGE_SIZE)
          .limit(PAGE_SIZE + 1)
          .lean(),
        Products.countDocuments(count.where, { limit: COUNT_MAX + 1, ...count.options }),
      ]);
      return { items: rows.slice(0, PAGE_SIZE).map(toProduct), more: rows.length > PAGE_SIZE, count: total };
    },
    async newest(limit: number, provinceCode?: string): Promise<readonly StoredProduct[]> {
      const rows = await Products.find(conditions({ provinceCode }))
        .sort({ createdAt: -1, _id: -1 })
        .limit(limit)
        .lean();
      return rows.map(toProduct);
    },
    async count(provinceCode?: string): Promise<number> {
      return provinceCode === undefined
        ? Products.estimatedDocumentCount()
        : Products.countDocuments({ provinceCode }, { limit: COUNT_MAX + 1 });
    },
    /** How many products each of these cooperatives has. */
    async countByCooperative(ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
      const counts = await Products.aggregate<{ _id: string; count: number }>([
        { $match: { cooperativeId: { $in: [...new Set(ids)] } } },
        { $group: { _id: '$cooperativeId', count: { $sum: 1 } } },
      ]);
      return new Map(counts.map(({ _id, count }) => [_id, count]));
    },
    async insert(product: StoredProduct & { readonly gtinKey?: string | undefined }): Promise<InsertOutcome> {
      const { id, ...rest } = product;
      try {
        const record = { _id: id, ...rest, searchTerms: searchTerms(rest.searchKey) };
        return (await insertOnce(Products, record)) ? 'inserted' : 'existed';
      } catch (error) {
        const fields = duplicateKey(error);
        if (fields === null) throw error;
        return fields.includes('gtinKey') ? 'gtin-taken' : 'slug-taken';
      }
    },
    /** Writes the next version, but only over the version that was read; a field with `null` is taken away. */
    async change(
      { id, version }: Pick<StoredProduct, 'id' | 'version'>,
      fields: Readonly<Record<string, unknown>>,
      by: { readonly updatedAt: Date; readonly updatedBy: string },
    ): Promise<'changed' | 'gtin-taken' | 'changed-meanwhile'> {
      const entries = Object.entries(fields);
      const kept = entries.filter(([, value]) => value !== null && value !== undefined);
      const gone = entries.filter(([, value]) => value === null).map(([name]) => [name, 1] as const);
      try {
        const { matchedCount } = await Products.updateOne(
          { _id: id, version },
          {
            $set: { ...Object.fromEntries(kept), ...termsIn(fields), ...by },
            $inc: { version: 1 },
            ...(gone.length === 0 ? {} : { $unset: Object.fromEntries(gone) }),
          },
        );
        return matchedCount === 1 ? 'changed' : 'changed-meanwhile';
      } catch (error) {
        if (duplicateKey(error) === null) throw error;
        return 'gtin-taken';
      }
    },
  };
}

export type ProductStore = ReturnType<typeof productStore>;
