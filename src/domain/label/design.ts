import { BARCODE_GAP_MM, barcodeMarks, fitBarcode, type BarcodeRoom, type BarcodeSize } from './barcode.ts';
import type { EanSymbol } from '../gs1/ean.ts';
import { codeParagraph, frameOf, inkSize, paragraphsOf, traceLayout } from './content.ts';
import type { LabelContent, LabelFrame } from './content.ts';
import type { LabelDrawing, LabelField, Mark, OwnText } from './drawing.ts';
import type { LabelLayout } from './layout.ts';
import { QUIET_MODULES, smallestModuleMm, symbolNeed, wholeDots, type SymbolNeed } from './symbol.ts';
import { LEADING, setParagraph, starCentreMm, starsWidthMm } from './text.ts';
import type { Paragraph, SetParagraph, SetPiece, Typefaces } from './text.ts';
import { dotMm, type LabelTemplate } from './template.ts';

/** Why a label cannot be made: what does not fit, and by how much; or a letter that the font has not. */
export type Misfit =
  | {
      readonly kind: 'space';
      readonly field: LabelField;
      readonly byMm: number;
      /** Of a symbol that the paper is too small for. */
      readonly symbol?: SymbolNeed | undefined;
    }
  | { readonly kind: 'letter'; readonly field: LabelField; readonly letter: string };

export type Design =
  { readonly fits: true; readonly drawing: LabelDrawing } | { readonly fits: false; readonly misfit: Misfit };

export type DesignRequest = {
  readonly template: LabelTemplate;
  readonly content: LabelContent;
  /** Absent: the plain trace label, as much of it as there is room for. */
  readonly layout?: LabelLayout | undefined;
  /** Modules on a side of the symbol, without its quiet zone. */
  readonly symbolSize: number;
  readonly typefaces: Typefaces;
};

const MM_PER_POINT = 25.4 / 72;
/** At 5 pt the x of Be Vietnam Pro is 0.93 mm high: Regulation (EU) 1169/2011 art. 13(3) asks 0.9 mm of small packs. */
const TEXT_MIN_PT = 5;
const TEXT_MAX_PT = 18;
const TEXT_STEP_PT = 0.5;
/** The em of a label's text grows with its side: 8.5 pt on 63.5 × 38.1 mm. */
const SIDE_MM_PER_PT = 5.8;
const MODULE_MAX_MM = 1.6;
/** Below these a symbol is read from close by only, and letters with good eyes: the other gives way first. */
const MODULE_COMFORT_MM = 0.45;
const TEXT_COMFORT_PT = 6;
const MODULE_STEPS = 8;
/** Room above a paragraph that stands apart, in ems of the label's text. */
const APART_GAP = 0.5;
const BASELINE = 0.97;
/** Groups of the code on one line under its symbol: a batch's three stay together, a pack's five take two lines. */
const CODE_GROUPS_PER_LINE = 3;

type Place = {
  readonly request: DesignRequest;
  readonly frame: LabelFrame;
  readonly layout: LabelLayout;
  readonly paragraphs: readonly Paragraph[];
  readonly code: Paragraph;
};
type Attempt = Place & {
  readonly moduleMm: number;
  readonly textMm: number;
  /** Whether the code stands under its symbol; else it ends the text. */
  readonly codeBelow: boolean;
  /** Whether the linear symbol's bars may be lower than the standard's. */
  readonly lowBars: boolean;
};
type Block = { readonly paragraphs: readonly SetParagraph[]; readonly heightMm: number };
type Shortage = { readonly short: { readonly field: LabelField; readonly byMm: number } };
type Outcome = { readonly marks: readonly Mark[] } | Shortage;

function block(paragraphs: readonly Paragraph[], widthMm: number, attempt: Attempt): Block {
  const { textMm, request } = attempt;
  const set = paragraphs.map((one) => setParagraph(one, { widthMm, textMm, typefaces: request.typefaces }));
  const lines = set.reduce((sum, one) => sum + one.lines.length * one.sizeMm * LEADING, 0);
  const gaps = set.filter(({ apart }, at) => apart && at > 0).length;
  return { paragraphs: set, heightMm: lines + gaps * APART_GAP * textMm };
}

/** What of a block lacks room: its widest word, else its tallest paragraph when it is too high. */
function shortage(set: Block, heightMm: number): { field: LabelField; byMm: number } | null {
  const wide = set.paragraphs.flatMap(({ tooWide }) => (tooWide === null ? [] : [tooWide]));
  const [widest] = wide.sort((a, b) => b.byMm - a.byMm);
  if (widest !== undefined) return widest;
  const byMm = set.heightMm - heightMm;
  if (byMm <= 1e-6) return null;
  const [tallest] = [...set.paragraphs].sort((a, b) => b.lines.length * b.sizeMm - a.lines.length * a.sizeMm);
  return { field: tallest?.lines[0]?.pieces[0]?.field ?? 'name', byMm };
}

type BlockPlace = {
  readonly xMm: number;
  readonly yMm: number;
  readonly widthMm: number;
  readonly centred: boolean;
};

const OWN_FIELDS: ReadonlySet<LabelField> = new Set(['code', 'packNumber']);

/** Which part of a label's own text each mark has: lines of a field follow one another, a space apart. */
function ownTexts(content: LabelContent) {
  const ends = new Map<LabelField, number>();
  return (piece: SetPiece, box: Pick<OwnText, 'align' | 'boxXMm' | 'boxWidthMm'>): OwnText | undefined => {
    if (content.isUnit !== true || !OWN_FIELDS.has(piece.field)) return undefined;
    const from = ends.get(piece.field) ?? 0;
    const to = from + piece.text.length;
    ends.set(piece.field, to + 1);
    return { from, to, ...box };
  };
}

function starMarks({ stars = 0 }: SetPiece, startMm: number, line: { sizeMm: number; baselineMm: number }) {
  const { sizeMm, baselineMm } = line;
  return Array.from({ length: stars }, (_, star) => ({
    kind: 'star' as const,
    centreXMm: startMm + starCentreMm(star, sizeMm),
    centreYMm: baselineMm - 0.37 * sizeMm,
    radiusMm: 0.44 * sizeMm,
  }));
}

function blockMarks(set: Block, place: BlockPlace, { textMm, request }: Attempt): readonly Mark[] {
  const marks: Mark[] = [];
  const ownText = ownTexts(request.content);
  let topMm = place.yMm;
  for (const [at, { lines, sizeMm, weight, apart }] of set.paragraphs.entries()) {
    if (apart && at > 0) topMm += APART_GAP * textMm;
    for (const line of lines) {
      const lineMm = place.xMm + (place.centred ? (place.widthMm - line.widthMm) / 2 : 0);
      const baselineMm = topMm + BASELINE * sizeMm;
      for (const piece of line.pieces) {
        const startMm = lineMm + piece.xMm;
        marks.push(...starMarks(piece, startMm, { sizeMm, baselineMm }));
        const { field, text, stars = 0 } = piece;
        if (text === '') continue;
        const xMm = startMm + starsWidthMm(stars, sizeMm);
        const isCentred = place.centred && line.pieces.length === 1;
        const own = ownText(
          piece,
          isCentred
            ? { align: 'centre', boxXMm: place.xMm, boxWidthMm: place.widthMm }
            : { align: 'left', boxXMm: xMm, boxWidthMm: piece.widthMm },
        );
        const mark = { kind: 'text' as const, field, text, weight, sizeMm, xMm, baselineMm };
        marks.push(own === undefined ? mark : { ...mark, own });
      }
      topMm += LEADING * sizeMm;
    }
  }
  return marks;
}

type Barcode = {
  readonly symbol: EanSymbol;
  readonly size: BarcodeSize;
  readonly gapMm: number;
  readonly heightMm: number;
};

/** The linear symbol under the text: what it is, what it lacks, or nothing where none is asked for. */
function barcodeIn(
  { request, layout, lowBars }: Attempt,
  room: BarcodeRoom,
  text: Block,
): Barcode | Shortage | null {
  const { content, template } = request;
  if (!layout.barcode || content.barcode === undefined) return null;
  const gapMm = text.heightMm > 0 ? BARCODE_GAP_MM : 0;
  const left = { widthMm: room.widthMm, heightMm: room.heightMm - text.heightMm - gapMm };
  const size = fitBarcode(content.barcode, left, { template, truncated: lowBars });
  if ('moduleMm' in size) return { symbol: content.barcode, size, gapMm, heightMm: gapMm + size.heightMm };
  return { short: { field: 'barcode', byMm: size.byMm } };
}
function barsAt(barcode: Barcode | null, place: BlockPlace, request: DesignRequest): readonly Mark[] {
  if (barcode === null) return [];
  const { symbol, size, gapMm } = barcode;
  const spareMm = place.centred ? (place.widthMm - size.widthMm) / 2 : 0;
  const firstMm = place.xMm + spareMm + symbol.quietLeft * size.moduleMm;
  // Down to a dot, never into the quiet zone of what is beside it.
  const dot = dotMm(request.template);
  return barcodeMarks(symbol, size, {
    xMm: Math.floor(firstMm / dot + 1e-9) * dot,
    yMm: place.yMm + gapMm,
    typeface: request.typefaces.regular,
  });
}

/** Moves a symbol's corner right or down to the printer's next dot. */
function onDot(mm: number, template: LabelTemplate): number {
  const dot = dotMm(template);
  return Math.ceil(mm / dot - 1e-9) * dot;
}

/** Symbol at the left, its code under it where that fits, text at the right. */
function beside(attempt: Attempt): Outcome {
  const { frame, moduleMm, codeBelow, paragraphs, code, request } = attempt;
  const { insets } = frame;
  const ink = inkSize(frame);
  const quietMm = QUIET_MODULES * moduleMm;
  const darkMm = request.symbolSize * moduleMm;
  const leftMm = onDot(Math.max(insets.leftMm, quietMm), request.template);
  // A code under its symbol is wider than it: the text stands clear of both, or they read as one line.
  const columnMm = leftMm + darkMm + (codeBelow ? 1.5 : 1) * quietMm;
  const widthMm = frame.widthMm - insets.rightMm - columnMm;
  // Three quarters of a quiet zone of white stay between the code and the text beside it.
  const underMm = darkMm + 1.5 * quietMm;
  const under = block(codeBelow ? [code] : [], underMm, attempt);
  const text = block(codeBelow ? paragraphs : [...paragraphs, code], widthMm, attempt);
  const topMm = Math.max(insets.topMm, quietMm);
  const lowestMm = frame.heightMm - (codeBelow ? insets.bottomMm : Math.max(insets.bottomMm, quietMm));
  const groupMm = darkMm + (codeBelow ? quietMm + under.heightMm : 0);
  const groups = request.content.code.split(' ').length;
  if ((under.paragraphs[0]?.lines.length ?? 0) > Math.ceil(groups / CODE_GROUPS_PER_LINE)) {
    return { short: { field: 'code', byMm: Infinity } };
  }
  const symbolShort = groupMm - (lowestMm - topMm);
  if (symbolShort > 1e-6) return { short: { field: codeBelow ? 'code' : 'symbol', byMm: symbolShort } };
  const short = shortage(under, Infinity) ?? shortage(text, ink.heightMm);
  if (short !== null) return { short };
  const bars = barcodeIn(attempt, { widthMm, heightMm: ink.heightMm }, text);
  if (bars !== null && 'short' in bars) return bars;
  const yMm = onDot(topMm + (lowestMm - topMm - groupMm) / 2, request.template);
  const textYMm = insets.topMm + (ink.heightMm - text.heightMm - (bars?.heightMm ?? 0)) / 2;
  const column = { xMm: columnMm, yMm: textYMm, widthMm, centred: attempt.layout.alignment === 'centre' };
  return {
    marks: [
      { kind: 'symbol', xMm: leftMm, yMm, moduleMm, size: request.symbolSize },
      ...blockMarks(
        under,
        { xMm: leftMm - 0.75 * quietMm, yMm: yMm + darkMm + quietMm, widthMm: underMm, centred: true },
        attempt,
      ),
      ...blockMarks(text, column, attempt),
      ...barsAt(bars, { ...column, yMm: textYMm + text.heightMm }, request),
    ],
  };
}

/** Symbol on top, code and text under it, centred. */
function stacked(attempt: Attempt): Outcome {
  const { frame, moduleMm, paragraphs, code, request } = attempt;
  const { insets } = frame;
  const ink = inkSize(frame);
  const quietMm = QUIET_MODULES * moduleMm;
  const darkMm = request.symbolSize * moduleMm;
  const roomMm = Math.min(ink.widthMm, frame.widthMm - 2 * quietMm);
  if (darkMm - roomMm > 1e-6) return { short: { field: 'symbol', byMm: darkMm - roomMm } };
  const [first, ...others] = paragraphs;
  const lead = first === undefined ? [] : [{ ...first, apart: true }];
  const text = block([code, ...lead, ...others], ink.widthMm, attempt);
  const topMm = Math.max(insets.topMm, quietMm);
  const leftoverMm = frame.heightMm - insets.bottomMm - topMm - darkMm - quietMm;
  const short = shortage(text, leftoverMm);
  if (short !== null) return { short };
  const bars = barcodeIn(attempt, { widthMm: ink.widthMm, heightMm: leftoverMm }, text);
  if (bars !== null && 'short' in bars) return bars;
  const spareMm = leftoverMm - text.heightMm - (bars?.heightMm ?? 0);
  const yMm = onDot(topMm + spareMm / 2, request.template);
  const centred = attempt.layout.alignment !== 'left';
  const besideMm = centred ? insets.leftMm + (ink.widthMm - darkMm) / 2 : Math.max(insets.leftMm, quietMm);
  const xMm = onDot(besideMm, request.template);
  const place = { xMm: insets.leftMm, yMm: yMm + darkMm + quietMm, widthMm: ink.widthMm, centred };
  return {
    marks: [
      { kind: 'symbol', xMm, yMm, moduleMm, size: request.symbolSize },
      ...blockMarks(text, place, attempt),
      ...barsAt(bars, { ...place, yMm: place.yMm + text.heightMm }, request),
    ],
  };
}

/** Module sizes to try, best first: from what the label's shape suggests down to the least that scans. */
function modulesFor({ request, frame, layout }: Place, isWide: boolean): readonly number[] {
  const { template, symbolSize } = request;
  if (layout.symbolMm !== null) return [wholeDots(layout.symbolMm / symbolSize, template)];
  const boxes = symbolSize + 2 * QUIET_MODULES;
  const ink = inkSize(frame);
  const ideal = isWide
    ? Math.min(ink.heightMm / symbolSize, frame.heightMm / boxes, (0.39 * frame.widthMm) / boxes)
    : Math.min(ink.widthMm / symbolSize, frame.widthMm / boxes, (0.6 * frame.heightMm) / boxes);
  const least = smallestModuleMm(template);
  const most = Math.max(least, wholeDots(Math.min(ideal, MODULE_MAX_MM), template));
  const steps = Array.from({ length: MODULE_STEPS + 1 }, (_, step) =>
    Math.max(least, wholeDots(most - ((most - least) * step) / MODULE_STEPS, template)),
  );
  return [...new Set(steps)];
}

/** The ems to try, the largest first; the smallest print of the label is never below what may be read. */
function textSizes({ frame, paragraphs }: Place): readonly number[] {
  const { widthMm, heightMm } = inkSize(frame);
  const wished = Math.sqrt(widthMm * heightMm) / SIDE_MM_PER_PT;
  const least = TEXT_MIN_PT / Math.min(1, ...paragraphs.map(({ scale }) => scale));
  const first = Math.min(TEXT_MAX_PT, Math.max(least + 1, Math.round(wished / TEXT_STEP_PT) * TEXT_STEP_PT));
  const count = Math.floor((first - least) / TEXT_STEP_PT + 1e-9) + 1;
  return Array.from({ length: count }, (_, step) => (first - step * TEXT_STEP_PT) * MM_PER_POINT);
}

function missingLetter({ paragraphs, code, request }: Place): Misfit | null {
  for (const { pieces, weight } of [...paragraphs, code]) {
    for (const { field, text } of pieces) {
      const letter = request.typefaces[weight].missing(text);
      if (letter !== null) return { kind: 'letter', field, letter };
    }
  }
  return null;
}

/** A symbol's side that a layout asks for and this printer cannot print clearly. */
function tooSmallSymbol({ layout, request }: Place): Misfit | null {
  const { symbolMm } = layout;
  const leastMm = smallestModuleMm(request.template) * request.symbolSize;
  if (symbolMm === null || symbolMm >= leastMm - 1e-6) return null;
  return { kind: 'space', field: 'symbol', byMm: leastMm - symbolMm };
}

/** Text and symbol sizes that may be tried, those first that keep both near what the label's size suggests. */
function attempts(place: Place, isWide: boolean): readonly Attempt[] {
  const modules = modulesFor(place, isWide);
  const sizes = textSizes(place);
  const [largestModule = 1] = modules;
  const [largestText = 1] = sizes;
  const worth = (moduleMm: number, textMm: number): number => {
    const both = Math.min(moduleMm / largestModule, textMm / largestText);
    const isTiny = moduleMm < Math.min(MODULE_COMFORT_MM, largestModule) - 1e-9;
    const isSmallPrint = textMm < Math.min(TEXT_COMFORT_PT * MM_PER_POINT, largestText) - 1e-9;
    return both / ((isTiny ? 2 : 1) * (isSmallPrint ? 2 : 1));
  };
  const pairs = sizes.flatMap((textMm) =>
    modules.map((moduleMm) => ({ moduleMm, textMm, worth: worth(moduleMm, textMm) })),
  );
  const under = isWide ? [true, false] : [true];
  const sorted = pairs.sort((a, b) => b.worth - a.worth || b.textMm - a.textMm || b.moduleMm - a.moduleMm);
  // Smaller print first, then lower bars: a scanner has more use of high ones.
  const bars = place.layout.barcode ? [false, true] : [false];
  return bars.flatMap((lowBars) =>
    sorted.flatMap(({ moduleMm, textMm }) =>
      under.map((codeBelow) => ({ ...place, moduleMm, textMm, codeBelow, lowBars })),
    ),
  );
}

function moved(mark: Mark, { xMm, yMm }: LabelFrame): Mark {
  switch (mark.kind) {
    case 'text': {
      const { own } = mark;
      const there = { ...mark, xMm: mark.xMm + xMm, baselineMm: mark.baselineMm + yMm };
      return own === undefined ? there : { ...there, own: { ...own, boxXMm: own.boxXMm + xMm } };
    }
    case 'symbol':
    case 'bar':
      return { ...mark, xMm: mark.xMm + xMm, yMm: mark.yMm + yMm };
    case 'star':
      return { ...mark, centreXMm: mark.centreXMm + xMm, centreYMm: mark.centreYMm + yMm };
    default:
      return mark satisfies never;
  }
}

/**
 * A label of this template with this content. The symbol never gets smaller than its printer prints well, nor
 * the text than a person can read; between there and what the label's size suggests, both give way to each other.
 * What still does not fit is a misfit that names the field and the millimetres that lack.
 */
export function designLabel(request: DesignRequest): Design {
  const { template, content } = request;
  const frame = frameOf(template);
  const layout = request.layout ?? traceLayout(template);
  const ink = inkSize(frame);
  const isWide =
    layout.symbolPlace === 'auto' ? ink.widthMm >= 1.3 * ink.heightMm : layout.symbolPlace === 'side';
  const isLeft = layout.alignment === 'auto' ? isWide : layout.alignment === 'left';
  const place: Place = {
    request,
    frame,
    layout,
    paragraphs: paragraphsOf(content, layout, isLeft),
    code: codeParagraph(content),
  };
  const refused = missingLetter(place) ?? tooSmallSymbol(place);
  if (refused !== null) return { fits: false, misfit: refused };
  let nearest: { field: LabelField; byMm: number } | null = null;
  for (const attempt of attempts(place, isWide)) {
    const outcome = isWide ? beside(attempt) : stacked(attempt);
    if ('marks' in outcome) {
      const marks = outcome.marks.map((mark) => moved(mark, frame));
      const { widthMm, heightMm } = template;
      const { moduleMm, textMm } = attempt;
      return { fits: true, drawing: { widthMm, heightMm, moduleMm, textMm, marks } };
    }
    // A code that has no room under its symbol can stand in the text: it is not what is in the way.
    if (isWide && attempt.codeBelow) continue;
    if (nearest === null || outcome.short.byMm <= nearest.byMm) nearest = outcome.short;
  }
  const short = nearest ?? { field: 'symbol', byMm: 0 };
  const symbol = short.field === 'symbol' ? { symbol: symbolNeed(request.symbolSize, template) } : {};
  return { fits: false, misfit: { kind: 'space', ...short, ...symbol } };
}
