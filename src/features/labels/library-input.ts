import { z } from 'zod';
import {
  ALIGNMENTS,
  LAYOUT_FIELDS,
  SYMBOL_CONTENTS,
  SYMBOL_PLACES,
  TEXT_SIZES,
} from '../../domain/label/layout.ts';
import type { LabelLayout } from '../../domain/label/layout.ts';
import type { OwnStock } from '../../domain/label/own-stock.ts';
import { idField, line } from '../../platform/fields.ts';
import { LANGUAGES } from '../../platform/i18n.ts';
import { rule } from '../../platform/validate.ts';
import { offsetField, scaleField, templateIdField } from './input.ts';

/** Requests for what a cooperative keeps for its labels: paper, layouts, printers. */

const NAME_MAX = 60;
/** Larger than any office printer's paper, smaller than a typing mistake of one digit. */
const PAPER_MAX_MM = 700;
const LABEL_MAX_MM = 420;
const LABEL_MIN_MM = 8;
const ACROSS_MAX = 30;
const DOWN_MAX = 60;
const GAP_MAX_MM = 30;
export const HEADS_DPI = [203, 300, 600] as const;

const named = {
  name: line(NAME_MAX),
  /** The one that this replaces: a mistake is mended by a new one, and what was printed stays as it was. */
  supersedes: idField.optional(),
};

const label = {
  widthMm: z.number().min(LABEL_MIN_MM).max(LABEL_MAX_MM),
  heightMm: z.number().min(LABEL_MIN_MM).max(LABEL_MAX_MM),
  shape: z.enum(['rect', 'round']).default('rect'),
  cornerRadiusMm: z.number().min(0).max(LABEL_MAX_MM).default(0),
};
const across = z.number().int().min(1).max(ACROSS_MAX);
const marginMm = z.number().min(0).max(PAPER_MAX_MM);
const pitchMm = z.number().min(LABEL_MIN_MM).max(PAPER_MAX_MM).optional();

const sheetInput = z.strictObject({
  ...named,
  ...label,
  kind: z.literal('sheet'),
  pageWidthMm: z.number().min(40).max(PAPER_MAX_MM),
  pageHeightMm: z.number().min(40).max(PAPER_MAX_MM),
  columns: across,
  rows: z.number().int().min(1).max(DOWN_MAX),
  leftMm: marginMm,
  topMm: marginMm,
  /** From one label's edge to the next one's; a label's own size where labels touch. */
  pitchXMm: pitchMm,
  pitchYMm: pitchMm,
});

const rollInput = z.strictObject({
  ...named,
  ...label,
  kind: z.literal('roll'),
  columns: across.default(1),
  /** Liner left and right of the labels. */
  leftMm: z.number().min(0).max(GAP_MAX_MM).default(0),
  pitchXMm: pitchMm,
  /** Between two rows; 0 of a continuous roll, which is cut at the label's height. */
  gapMm: z.number().min(0).max(GAP_MAX_MM),
  dotsPerInch: z.literal(HEADS_DPI),
});

export const stockInput = z.discriminatedUnion('kind', [sheetInput, rollInput]);
export type StockInput = z.output<typeof stockInput>;

/** The measures that were told, with those that follow from them. */
export function stockOf(input: StockInput): OwnStock {
  const { name: _, supersedes: __, ...told } = input;
  const pitchXMm = told.pitchXMm ?? told.widthMm;
  if (told.kind === 'sheet') {
    return { ...told, pitchXMm, pitchYMm: told.pitchYMm ?? told.heightMm, gapMm: 0, dotsPerInch: null };
  }
  return {
    ...told,
    pitchXMm,
    rows: 1,
    topMm: 0,
    pitchYMm: told.heightMm,
    pageHeightMm: told.heightMm,
    pageWidthMm: 2 * told.leftMm + (told.columns - 1) * pitchXMm + told.widthMm,
  };
}

const onceEach = rule({ vi: 'Mỗi mục chỉ chọn một lần.', en: 'Each field can be there only once.' });

const layoutRow = z.strictObject({
  field: z.enum(LAYOUT_FIELDS),
  size: z.enum(TEXT_SIZES).default('normal'),
  bold: z.boolean().default(false),
});

/** What a layout says, without a name: enough to look at it. */
export const layoutShape = z.strictObject({
  rows: z
    .array(layoutRow)
    .min(1)
    .max(LAYOUT_FIELDS.length)
    .refine((rows) => new Set(rows.map(({ field }) => field)).size === rows.length, onceEach),
  symbolPlace: z.enum(SYMBOL_PLACES).default('auto'),
  symbolMm: z.number().min(5).max(100).nullable().default(null),
  symbolContent: z.enum(SYMBOL_CONTENTS).default('short'),
  alignment: z.enum(ALIGNMENTS).default('auto'),
  barcode: z.boolean().default(false),
  goodsLabel: z.boolean().default(false),
});
export const layoutInput = layoutShape.extend(named);
export type LayoutInput = z.output<typeof layoutInput>;

/** A layout as it is kept: what was sent without its name and its predecessor. */
export function layoutOf({ name: _, supersedes: __, ...layout }: LayoutInput): LabelLayout {
  return layout;
}

export const printerInput = z.strictObject({
  ...named,
  xMm: offsetField.default(0),
  yMm: offsetField.default(0),
  scale: scaleField.default(1),
});
export type PrinterInput = z.output<typeof printerInput>;

export const libraryQuery = z.object({ removed: z.enum(['true', 'false']).default('false') });

/** What a layout is looked at with; `layout` is JSON, as it would be saved. */
export const layoutPreviewQuery = z.object({
  layout: z.string().max(6_000),
  template: templateIdField,
  batch: idField.optional(),
  language: z.enum(LANGUAGES).default('vi'),
});
