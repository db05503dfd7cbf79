import type { LabelField } from './drawing.ts';

/** What a layout may put on a label beside its symbol and the code under it, in the order in which it is offered. */
export const LAYOUT_FIELDS = [
  'name',
  'brand',
  'ocop',
  'cooperative',
  'place',
  'address',
  'origin',
  'lot',
  'producedOn',
  'expiresOn',
  'netContent',
  'packNumber',
  'packedFrom',
  'ingredients',
  'usage',
  'storage',
  'warnings',
] as const satisfies readonly LabelField[];
export type LayoutField = (typeof LAYOUT_FIELDS)[number];

export const TEXT_SIZES = ['small', 'normal', 'large'] as const;
export type TextSize = (typeof TEXT_SIZES)[number];
export const SYMBOL_PLACES = ['auto', 'side', 'top'] as const;
export type SymbolPlace = (typeof SYMBOL_PLACES)[number];
export const ALIGNMENTS = ['auto', 'left', 'centre'] as const;
export type Alignment = (typeof ALIGNMENTS)[number];
/** `short`: the code's page; `gs1`: the same as a GS1 Digital Link, for a retailer's systems. */
export const SYMBOL_CONTENTS = ['short', 'gs1'] as const;
export type SymbolContent = (typeof SYMBOL_CONTENTS)[number];

export type LayoutRow = { readonly field: LayoutField; readonly size: TextSize; readonly bold: boolean };

/** How a label is laid out on whatever paper: which fields in which order, how strong, and where the symbol is. */
export type LabelLayout = {
  readonly rows: readonly LayoutRow[];
  /** `auto`: beside the text of a wide label, above it on any other. */
  readonly symbolPlace: SymbolPlace;
  /** The side of the symbol without its quiet zone; null: as large as the label's shape suggests. */
  readonly symbolMm: number | null;
  readonly symbolContent: SymbolContent;
  /** `auto`: left beside a symbol, centred under one. */
  readonly alignment: Alignment;
  /** Whether the product's EAN stands under the text. */
  readonly barcode: boolean;
  /** Whether it claims to be the label that the law asks of goods: then all of it must be there. */
  readonly goodsLabel: boolean;
};

/** In parts of the label's ordinary text. */
export const TEXT_SCALES: Readonly<Record<TextSize, number>> = { small: 0.82, normal: 1, large: 1.22 };

const row = (field: LayoutField): LayoutRow => ({
  field,
  size: field === 'name' ? 'large' : 'normal',
  bold: field === 'name' || field === 'lot',
});

const layoutOf = (fields: readonly LayoutField[], goodsLabel = false): LabelLayout => ({
  rows: fields.map(row),
  symbolPlace: 'auto',
  symbolMm: null,
  symbolContent: 'short',
  alignment: 'auto',
  barcode: false,
  goodsLabel,
});

const TRACE_FIELDS = [
  'name',
  'ocop',
  'cooperative',
  'place',
  'lot',
  'producedOn',
  'expiresOn',
  'netContent',
  // The number is narrower on most labels than the room kept for it: last on its line, that shows as no gap.
  'packedFrom',
  'packNumber',
] as const satisfies readonly LayoutField[];

/** The plain trace label, by how much there is room for. */
export const TRACE_LAYOUTS = {
  code: layoutOf(['lot', 'packNumber']),
  short: layoutOf(['name', 'cooperative', 'lot', 'packNumber']),
  full: layoutOf(TRACE_FIELDS),
} as const;

/** What the label of packed food must say. Source: Decree 43/2017/NĐ-CP art. 10 and annex I, now Decree 37/2026/NĐ-CP ch. IV */
export const MANDATORY_FIELDS = [
  'name',
  'cooperative',
  'address',
  'origin',
  'producedOn',
  'expiresOn',
  'netContent',
  'ingredients',
  'usage',
  'storage',
  'warnings',
] as const satisfies readonly LayoutField[];

/** The goods label, whole. The place is in its origin already. */
export const GOODS_LAYOUT: LabelLayout = layoutOf(
  [
    ...TRACE_FIELDS.filter((field) => field !== 'place'),
    'address',
    'origin',
    'ingredients',
    'usage',
    'storage',
    'warnings',
  ],
  true,
);

/** The mandatory fields that a layout leaves out. */
export function mandatoryLeftOut({ rows }: Pick<LabelLayout, 'rows'>): readonly LayoutField[] {
  const there = new Set<LabelField>(rows.map(({ field }) => field));
  return MANDATORY_FIELDS.filter((field) => !there.has(field));
}
