import { blankBitmap, drawInto, fillDots, symbolBitmap, type Bitmap } from '../../domain/label/bitmap.ts';
import { starCorners, type LabelDrawing, type Mark } from '../../domain/label/drawing.ts';
import { fillContours } from '../../domain/label/outline.ts';
import { lettersOf, startMm, textAt } from '../../domain/label/own-text.ts';
import { MM_PER_INCH } from '../../domain/label/template.ts';
import type { Fonts } from './fonts.ts';
import { symbolsOf } from './address-encoder.ts';
import type { RunLabel } from './run-labels.ts';
import type { StoredRun } from './store.ts';

/** A part of a label and where its top-left dot is. */
export type PlacedBitmap = { readonly x: number; readonly y: number; readonly bitmap: Bitmap };

/** A run's labels in the dots of a printer. */
export type LabelDots = {
  readonly width: number;
  readonly height: number;
  /** What all labels have; of a run of the batch's code, everything. */
  readonly shared: Bitmap;
  /** What is one label's own, beside what all have. */
  own(label: RunLabel): readonly PlacedBitmap[];
  /** All of a label. */
  whole(label: RunLabel): Bitmap;
};

type TextMark = Extract<Mark, { kind: 'text' }>;
type SymbolMark = Extract<Mark, { kind: 'symbol' }>;

/** What letters reach beyond their advance, and accents above the em, in ems. */
const CELL_SIDE = 0.25;
const CELL_ABOVE = 1.2;
const CELL_BELOW = 0.4;

type Scale = { readonly dotMm: number; readonly fonts: Fonts };

type OutlinedMark = TextMark | Extract<Mark, { kind: 'star' }>;

function drawOutlined(target: Bitmap, mark: OutlinedMark, { dotMm, fonts }: Scale): void {
  if (mark.kind === 'star') {
    const place = {
      x: mark.centreXMm / dotMm,
      y: mark.centreYMm / dotMm,
      scaleX: 1 / dotMm,
      scaleY: 1 / dotMm,
    };
    fillContours(target, [starCorners(mark.radiusMm).flat()], place);
    return;
  }
  const em = mark.sizeMm / dotMm;
  const scale = em / fonts.unitsPerEm;
  let x = mark.xMm / dotMm;
  for (const letter of mark.text) {
    // Heights of a font are counted upwards.
    fillContours(target, fonts.contours(mark.weight, letter), {
      x,
      y: mark.baselineMm / dotMm,
      scaleX: scale,
      scaleY: -scale,
    });
    x += fonts.typefaces[mark.weight].widthOf(letter) * em;
  }
}

/** Each letter of a mark by itself, drawn once and then set by its advance. */
function lettersFor(mark: TextMark, scale: Scale): (text: string) => Bitmap {
  const { dotMm, fonts } = scale;
  const em = mark.sizeMm / dotMm;
  const [side, above] = [Math.ceil(CELL_SIDE * em), Math.ceil(CELL_ABOVE * em)];
  const height = above + Math.ceil(CELL_BELOW * em);
  const widthOf = (text: string) => fonts.typefaces[mark.weight].widthOf(text) * em;
  const cells = new Map<string, Bitmap>();
  for (const letter of new Set(lettersOf(mark))) {
    const width = Math.ceil(widthOf(letter)) + 2 * side;
    const placed = { ...mark, own: undefined, text: letter, xMm: side * dotMm, baselineMm: above * dotMm };
    const cell = blankBitmap(width, height);
    drawOutlined(cell, placed, scale);
    cells.set(letter, cell);
  }
  return (text) => {
    const line = blankBitmap(Math.ceil(widthOf(text)) + 2 * side, height);
    let before = '';
    for (const letter of text) {
      const cell = cells.get(letter);
      if (cell === undefined) throw new RangeError(`No “${letter}” was drawn`);
      drawInto(line, cell, { x: Math.round(widthOf(before)), y: 0 });
      before += letter;
    }
    return line;
  };
}

type OwnText = { readonly mark: TextMark; readonly set: (text: string) => Bitmap };

function placedText({ mark, set }: OwnText, label: RunLabel, { dotMm, fonts }: Scale): PlacedBitmap {
  const text = textAt(mark, label.texts);
  const em = mark.sizeMm / dotMm;
  const xMm = startMm(mark, fonts.typefaces[mark.weight].widthOf(text) * mark.sizeMm);
  return {
    x: Math.round(xMm / dotMm) - Math.ceil(CELL_SIDE * em),
    y: Math.round(mark.baselineMm / dotMm) - Math.ceil(CELL_ABOVE * em),
    bitmap: set(text),
  };
}

function placedSymbol(mark: SymbolMark, words: Int32Array, dotMm: number): PlacedBitmap {
  // Of a thermal head a whole number by the drawing; of anything else the nearest.
  const scale = Math.max(1, Math.round(mark.moduleMm / dotMm));
  const [x, y] = [Math.round(mark.xMm / dotMm), Math.round(mark.yMm / dotMm)];
  return { x, y, bitmap: symbolBitmap(words, mark.size, scale) };
}

/** Bars by whole dots, letters and stars by their outlines. */
function sharedDots(run: StoredRun, shared: Bitmap, scale: Scale): Bitmap {
  const dots = (mm: number) => Math.round(mm / scale.dotMm);
  for (const mark of run.drawing.marks) {
    if (mark.kind === 'star' || (mark.kind === 'text' && mark.own === undefined))
      drawOutlined(shared, mark, scale);
    if (mark.kind !== 'bar') continue;
    const [x, y] = [dots(mark.xMm), dots(mark.yMm)];
    fillDots(shared, {
      x,
      y,
      width: dots(mark.xMm + mark.widthMm) - x,
      height: dots(mark.yMm + mark.heightMm) - y,
    });
  }
  return shared;
}

/** A label without anything on it, in a printer's dots. */
export function blankLabel({ widthMm, heightMm }: LabelDrawing, dotsPerInch: number): Bitmap {
  const dots = (mm: number): number => Math.round((mm * dotsPerInch) / MM_PER_INCH);
  return blankBitmap(dots(widthMm), dots(heightMm));
}

/** Draws a run's labels in dots of this size. @param dotsPerInch the printer's */
export function labelDots(run: StoredRun, dotsPerInch: number, fonts: Fonts): LabelDots {
  const dotMm = MM_PER_INCH / dotsPerInch;
  const scale: Scale = { dotMm, fonts };
  const { drawing } = run;
  const blank = blankLabel(drawing, dotsPerInch);
  const { width, height } = blank;
  const shared = sharedDots(run, blank, scale);
  const symbolOf = symbolsOf(run);
  const symbols = drawing.marks.filter((mark) => mark.kind === 'symbol');
  const texts: OwnText[] = [];
  for (const mark of drawing.marks) {
    if (mark.kind === 'text' && mark.own !== undefined) {
      texts.push({ mark, set: lettersFor(mark, scale) });
    }
  }
  const own = (label: RunLabel): readonly PlacedBitmap[] => {
    const words = symbolOf(label);
    return [
      ...symbols.map((mark) => placedSymbol(mark, words, dotMm)),
      ...texts.map((text) => placedText(text, label, scale)),
    ];
  };
  const whole = (label: RunLabel): Bitmap => {
    const bitmap = { ...shared, bits: shared.bits.slice() };
    for (const { bitmap: part, ...at } of own(label)) drawInto(bitmap, part, at);
    return bitmap;
  };
  return { width, height, shared, own, whole };
}
