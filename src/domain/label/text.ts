import type { LabelField, Weight } from './drawing.ts';

/** A font as setting needs it; widths are in ems. */
export type Typeface = {
  widthOf(text: string): number;
  /** The first character that the font cannot draw, or null. */
  missing(text: string): string | null;
};
export type Typefaces = Readonly<Record<Weight, Typeface>>;

/** A piece of a line: text, or a row of stars. Pieces stand side by side while there is room. */
export type Piece = {
  readonly field: LabelField;
  readonly text: string;
  /** Stars before the text, drawn as shapes: the font has none. */
  readonly stars?: number | undefined;
};

export type Paragraph = {
  readonly pieces: readonly Piece[];
  readonly weight: Weight;
  /** In parts of the label's ordinary size. */
  readonly scale: number;
  /** Whether room stands above it. */
  readonly apart?: boolean | undefined;
  /** Whether its further lines are set in, so that its first word, a caption, stands out. */
  readonly hanging?: boolean | undefined;
};

export type SetPiece = Piece & { readonly xMm: number; readonly widthMm: number };
export type SetLine = { readonly pieces: readonly SetPiece[]; readonly widthMm: number };
export type SetParagraph = {
  readonly lines: readonly SetLine[];
  readonly sizeMm: number;
  readonly weight: Weight;
  readonly apart: boolean;
  /** The widest word's excess over the column, of the field that has it; null when every word fits. */
  readonly tooWide: { readonly field: LabelField; readonly byMm: number } | null;
};

/** Between two lines' baselines, in ems: a capital with two accents clears the line above. */
export const LEADING = 1.26;
/** Between two pieces of a line, in ems. */
const PIECE_GAP = 0.8;
const STAR_ADVANCE = 0.92;
/** How far the further lines of a hanging paragraph are set in, in ems. */
const HANGING_INDENT = 0.8;
/** Between the last star and the text after it. */
const STARS_GAP = 0.25;

type Column = { readonly widthMm: number; readonly sizeMm: number; readonly typeface: Typeface };

/** Where the text of a piece begins that has this many stars before it. */
export const starsWidthMm = (stars: number, sizeMm: number): number =>
  stars === 0 ? 0 : (stars * STAR_ADVANCE + STARS_GAP) * sizeMm;

/** The middle of star number `star`, from 0, from where its piece begins. */
export const starCentreMm = (star: number, sizeMm: number): number => (star + 0.5) * STAR_ADVANCE * sizeMm;

function pieceWidth(piece: Piece, { sizeMm, typeface }: Column): number {
  return starsWidthMm(piece.stars ?? 0, sizeMm) + typeface.widthOf(piece.text) * sizeMm;
}

/** The longest beginnings of `text` that fit, word by word; a word alone on its line may be too wide. */
function greedyLines(text: string, ems: number, typeface: Typeface): readonly string[] {
  const lines: string[] = [];
  let line = '';
  // A non-breaking space holds a number and its unit together; only a plain one is a place to break.
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && typeface.widthOf(longer) > ems) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return [...lines, line];
}

const BALANCE_STEPS = 7;

/** As few lines as fit, of lengths as even as may be: no single word is left over on the last one. */
function wrapWords(text: string, { widthMm, sizeMm, typeface }: Column): readonly string[] {
  let wide = widthMm / sizeMm;
  let best = greedyLines(text, wide, typeface);
  let narrow = typeface.widthOf(text) / best.length;
  for (let step = 0; step < BALANCE_STEPS && narrow < wide; step += 1) {
    const middle = (narrow + wide) / 2;
    const lines = greedyLines(text, middle, typeface);
    if (lines.length === best.length) {
      best = lines;
      wide = middle;
    } else {
      narrow = middle;
    }
  }
  return best;
}

function piecesThatFit(piece: Piece, column: Column): readonly Piece[] {
  if (pieceWidth(piece, column) <= column.widthMm || piece.text === '') return [piece];
  const stars = piece.stars === undefined ? [] : [{ ...piece, text: '' }];
  return [...stars, ...wrapWords(piece.text, column).map((text) => ({ field: piece.field, text }))];
}

/** Sets a paragraph into a column; nothing is cut and nothing is made smaller. */
export function setParagraph(
  paragraph: Paragraph,
  place: { readonly widthMm: number; readonly textMm: number; readonly typefaces: Typefaces },
): SetParagraph {
  const sizeMm = place.textMm * paragraph.scale;
  const whole: Column = { widthMm: place.widthMm, sizeMm, typeface: place.typefaces[paragraph.weight] };
  const wraps = paragraph.pieces.some((piece) => pieceWidth(piece, whole) > whole.widthMm);
  const indentMm = paragraph.hanging === true && wraps ? HANGING_INDENT * sizeMm : 0;
  const column: Column = { ...whole, widthMm: whole.widthMm - indentMm };
  const lines: SetLine[] = [];
  let pieces: SetPiece[] = [];
  let endMm = 0;
  let tooWide: SetParagraph['tooWide'] = null;
  const finish = () => {
    const inMm = lines.length === 0 ? 0 : indentMm;
    const moved = pieces.map((piece) => ({ ...piece, xMm: piece.xMm + inMm }));
    if (pieces.length > 0) lines.push({ pieces: moved, widthMm: endMm + inMm });
    pieces = [];
    endMm = 0;
  };
  for (const original of paragraph.pieces) {
    const parts = piecesThatFit(original, column);
    for (const [at, part] of parts.entries()) {
      const widthMm = pieceWidth(part, column);
      const startMm = pieces.length === 0 ? 0 : endMm + PIECE_GAP * sizeMm;
      if (pieces.length > 0 && (at > 0 || startMm + widthMm > column.widthMm)) finish();
      const xMm = pieces.length === 0 ? 0 : startMm;
      pieces.push({ ...part, xMm, widthMm });
      endMm = xMm + widthMm;
      const byMm = widthMm - column.widthMm;
      if (byMm > (tooWide?.byMm ?? 1e-6)) tooWide = { field: part.field, byMm };
    }
  }
  finish();
  return { lines, sizeMm, weight: paragraph.weight, apart: paragraph.apart ?? false, tooWide };
}
