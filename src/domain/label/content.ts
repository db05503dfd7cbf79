import type { LabelField } from './drawing.ts';
import type { Paragraph, Piece } from './text.ts';
import { insetsOf, type LabelTemplate, type Sides } from './template.ts';

/** What a label says, in the words of one language, captions included (“Số lô: CX-01”). */
export type LabelContent = {
  readonly name: string;
  readonly cooperative: string;
  readonly lot: string;
  /** In groups of four, for a person to type. Of a unit run, the widest that any of its labels has. */
  readonly code: string;
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
  /** What a goods label must say besides, in order; empty of a plain trace label. */
  readonly goods: readonly { readonly field: LabelField; readonly text: string }[];
};

/** How much a label of this size says. `goods` is asked for, never chosen by size. */
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

const NAME_SCALE = 1.22;

function piece(field: LabelField, text: string | undefined): readonly Piece[] {
  return text === undefined ? [] : [{ field, text }];
}

const plain = (pieces: readonly Piece[]): Paragraph => ({ pieces, weight: 'regular', scale: 1 });
const strong = (pieces: readonly Piece[], scale = 1): Paragraph => ({ pieces, weight: 'semibold', scale });
/** With room above: what begins here is about something else. */
const apart = (paragraph: Paragraph): Paragraph => ({ ...paragraph, apart: true });

/** The rank on a line of its own, under it the decision and until when. */
function ocopParagraphs(ocop: LabelContent['ocop']): readonly Paragraph[] {
  const [rank, ...proof] = ocop?.texts ?? [];
  if (ocop === undefined || rank === undefined) return [];
  return [
    strong([{ field: 'ocop', text: rank, stars: ocop.stars }]),
    plain(proof.map((text) => ({ field: 'ocop' as const, text }))),
  ];
}

/** The code on lines of its own. */
export function codeParagraph(content: LabelContent): Paragraph {
  return apart(strong(piece('code', content.code)));
}

/** The label's text beside the code, most important first; a level says which of it. */
export function paragraphsOf(content: LabelContent, level: ContentLevel): readonly Paragraph[] {
  const lot = apart(strong(piece('lot', content.lot)));
  const number = piece('packNumber', content.packNumber);
  const numberAlone = number.length === 0 ? [] : [plain(number)];
  if (level === 'code') return [lot, ...numberAlone];
  const name = strong(piece('name', content.name), NAME_SCALE);
  const cooperative = plain(piece('cooperative', content.cooperative));
  if (level === 'short') return [name, cooperative, lot, ...numberAlone];
  return [
    name,
    ...ocopParagraphs(content.ocop),
    apart(cooperative),
    plain(piece('place', content.place)),
    lot,
    plain([...piece('producedOn', content.producedOn), ...piece('expiresOn', content.expiresOn)]),
    plain(piece('netContent', content.netContent)),
    plain([...number, ...(number.length === 0 ? [] : piece('packedFrom', content.packedFrom))]),
    ...content.goods.map(({ field, text }, at) => ({ ...plain(piece(field, text)), apart: at === 0 })),
  ].filter((paragraph) => paragraph.pieces.length > 0);
}
