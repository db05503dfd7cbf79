import type { EanSymbol } from '../gs1/ean.ts';
import type { LabelField } from './drawing.ts';
import type { Paragraph, Piece } from './text.ts';
import { TEXT_SCALES, TRACE_LAYOUTS, type LabelLayout, type LayoutField, type LayoutRow } from './layout.ts';
import { insetsOf, type LabelTemplate, type Sides } from './template.ts';

/** What a label says, in the words of one language, captions included (“Số lô: CX-01”). */
export type LabelContent = {
  readonly name: string;
  readonly cooperative: string;
  readonly lot: string;
  /** In groups of four, for a person to type. Of a unit run, the widest that any of its labels has. */
  readonly code: string;
  /** The product's EAN or UPC, where it has one that can be a linear symbol. */
  readonly barcode?: EanSymbol | undefined;
  /** Which pack of how many, the widest of the run; it stays on one line. Only where that is asked for. */
  readonly packNumber?: string | undefined;
  /** What all packs were packed from, beside the pack number. */
  readonly packedFrom?: string | undefined;
  /** Whether code and pack number are each label's own. */
  readonly isUnit?: boolean | undefined;
  readonly place?: string | undefined;
  readonly ocop?: { readonly stars: number; readonly texts: readonly string[] } | undefined;
  readonly producedOn?: string | undefined;
  readonly expiresOn?: string | undefined;
  readonly netContent?: string | undefined;
  readonly brand?: string | undefined;
  readonly address?: string | undefined;
  readonly origin?: string | undefined;
  readonly ingredients?: string | undefined;
  readonly usage?: string | undefined;
  readonly storage?: string | undefined;
  readonly warnings?: string | undefined;
};

/** How much a trace label of this size says. */
export type ContentLevel = 'code' | 'short' | 'full';

/** The part of a label that is drawn on: of a round one, a rectangle inside its circle. */
export type LabelFrame = {
  readonly xMm: number;
  readonly yMm: number;
  readonly widthMm: number;
  readonly heightMm: number;
  readonly insets: Sides;
};

const ROUND_INSET_MM = 0.4;
// A little higher than wide, as a symbol over lines of text is; the corners stay inside: 0.66² + 0.75² < 1.
const ROUND_WIDTH = 0.66;
const ROUND_HEIGHT = 0.75;

/** The part of a label that may be printed on: all of a rectangle, the middle of a round one. */
export function frameOf(template: LabelTemplate): LabelFrame {
  if (template.shape === 'rect') {
    const { widthMm, heightMm } = template;
    return { xMm: 0, yMm: 0, widthMm, heightMm, insets: insetsOf(template) };
  }
  const diameter = Math.min(template.widthMm, template.heightMm);
  const [widthMm, heightMm] = [ROUND_WIDTH * diameter, ROUND_HEIGHT * diameter];
  const inset = ROUND_INSET_MM;
  return {
    xMm: (template.widthMm - widthMm) / 2,
    yMm: (template.heightMm - heightMm) / 2,
    widthMm,
    heightMm,
    insets: { leftMm: inset, rightMm: inset, topMm: inset, bottomMm: inset },
  };
}

/** What is left of a frame inside its margins, in millimetres. */
export function inkSize({ widthMm, heightMm, insets }: LabelFrame): { widthMm: number; heightMm: number } {
  return {
    widthMm: widthMm - insets.leftMm - insets.rightMm,
    heightMm: heightMm - insets.topMm - insets.bottomMm,
  };
}

// Found by trying real names: below the first, a name and a cooperative need letters smaller than may be read;
// below the second, dates and rank do.
const SHORT_FROM_MM2 = 560;
const SHORT_SIDE_FROM_MM = 17.5;
const FULL_FROM_MM2 = 1_480;
const FULL_SIDE_FROM_MM = 22;

/** What there is room for on a label of this template. */
export function levelOf(template: LabelTemplate): ContentLevel {
  const { widthMm, heightMm } = inkSize(frameOf(template));
  const side = Math.min(widthMm, heightMm);
  const area = widthMm * heightMm;
  if (area >= FULL_FROM_MM2 && side >= FULL_SIDE_FROM_MM) return 'full';
  return area >= SHORT_FROM_MM2 && side >= SHORT_SIDE_FROM_MM ? 'short' : 'code';
}

/** The plain trace label for this template. */
export const traceLayout = (template: LabelTemplate): LabelLayout => TRACE_LAYOUTS[levelOf(template)];

function piece(field: LabelField, text: string | undefined): readonly Piece[] {
  return text === undefined ? [] : [{ field, text }];
}

const styled = (pieces: readonly Piece[], { size, bold }: Pick<LayoutRow, 'size' | 'bold'>): Paragraph => ({
  pieces,
  weight: bold ? 'semibold' : 'regular',
  scale: TEXT_SCALES[size],
});
/** With room above: what begins here is about something else. */
const apart = (paragraph: Paragraph): Paragraph => ({ ...paragraph, apart: true });

/** The rank on a line of its own, under it the decision and until when. */
function ocopParagraphs(ocop: LabelContent['ocop'], row: LayoutRow): readonly Paragraph[] {
  const [rank, ...proof] = ocop?.texts ?? [];
  if (ocop === undefined || rank === undefined) return [];
  return [
    styled([{ field: 'ocop', text: rank, stars: ocop.stars }], { ...row, bold: true }),
    styled(
      proof.map((text) => ({ field: 'ocop' as const, text })),
      row,
    ),
  ];
}

/** The code on lines of its own. */
export function codeParagraph(content: LabelContent): Paragraph {
  return apart(styled(piece('code', content.code), { size: 'normal', bold: true }));
}

type Subject = 'goods' | 'maker' | 'batch' | 'law';
const SUBJECTS: Readonly<Record<LayoutField, Subject>> = {
  name: 'goods',
  brand: 'goods',
  ocop: 'goods',
  cooperative: 'maker',
  place: 'maker',
  lot: 'batch',
  producedOn: 'batch',
  expiresOn: 'batch',
  netContent: 'batch',
  packNumber: 'batch',
  packedFrom: 'batch',
  address: 'law',
  origin: 'law',
  ingredients: 'law',
  usage: 'law',
  storage: 'law',
  warnings: 'law',
};
/** A label of so few lines has room above its lot only. */
const FEW_ROWS = 4;

/** What stands side by side where there is room. */
const PAIRS: Partial<Readonly<Record<LayoutField, 'dates' | 'packs'>>> = {
  producedOn: 'dates',
  expiresOn: 'dates',
  packNumber: 'packs',
  packedFrom: 'packs',
};

function arePaired(one: LayoutRow, other: LayoutRow): boolean {
  const pair = PAIRS[one.field];
  return (
    pair !== undefined && pair === PAIRS[other.field] && one.size === other.size && one.bold === other.bold
  );
}

function paragraphsOfRow(row: LayoutRow, content: LabelContent): readonly Paragraph[] {
  if (row.field === 'ocop') return ocopParagraphs(content.ocop, row);
  const pieces = piece(row.field, content[row.field]);
  return pieces.length === 0 ? [] : [styled(pieces, row)];
}

/**
 * The label's text beside the code, in the layout's order; a field without a text takes no room.
 * @param isLeft whether lines begin one below the other, where captions can stand out
 */
export function paragraphsOf(
  content: LabelContent,
  { rows }: Pick<LabelLayout, 'rows'>,
  isLeft: boolean,
): readonly Paragraph[] {
  const made: { readonly row: LayoutRow; readonly paragraph: Paragraph }[] = [];
  for (const row of rows) {
    const hanging = isLeft && SUBJECTS[row.field] === 'law';
    for (const paragraph of paragraphsOfRow(row, content)) {
      const last = made.at(-1);
      if (last !== undefined && arePaired(last.row, row)) {
        const pieces = [...last.paragraph.pieces, ...paragraph.pieces];
        made[made.length - 1] = { row, paragraph: { ...last.paragraph, pieces } };
        continue;
      }
      const isNext = last !== undefined && SUBJECTS[last.row.field] !== SUBJECTS[row.field];
      const isApart = isNext && (rows.length > FEW_ROWS || row.field === 'lot');
      const set = hanging ? { ...paragraph, hanging } : paragraph;
      made.push({ row, paragraph: isApart ? apart(set) : set });
    }
  }
  return made.map(({ paragraph }) => paragraph);
}
