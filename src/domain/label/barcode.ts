import {
  EAN_DIGIT_MODULES,
  EAN_GUARD_MODULES,
  EAN_MODULE_MM,
  eanHeightModules,
  type EanSymbol,
} from '../gs1/ean.ts';
import type { Mark } from './drawing.ts';
import type { Typeface } from './text.ts';
import { MM_PER_INCH, type LabelTemplate } from './template.ts';

/** Where a linear symbol may stand. */
export type BarcodeRoom = { readonly widthMm: number; readonly heightMm: number };

/** A linear symbol as large as its place; `widthMm` has its quiet zones. */
export type BarcodeSize = {
  readonly moduleMm: number;
  readonly barMm: number;
  readonly widthMm: number;
  /** Bars and the digits under them. */
  readonly heightMm: number;
};

/** A desktop printer of 600 dots per inch and more draws its bars on whole dots; one of 300 smooths every other edge. */
const DESKTOP_DPI = 600;
/** Digits under the bars, from the bars' end to the last digit's foot. */
const DIGITS_MODULES = 9;
/** Lower bars than the standard's are read by hand scanners only where the beam meets them all. */
const TRUNCATED_MM = 10;
/** White between the text and the symbol under it. */
export const BARCODE_GAP_MM = 2;
/** Of the em, so that a digit fills its cell without touching the next one. */
const DIGIT_WIDTH = 0.92;

/** The X-dimensions that this printer draws on whole dots, within 80 % to 200 % of the nominal one; largest first. */
function moduleSizes({ dotsPerInch }: Pick<LabelTemplate, 'dotsPerInch'>): readonly number[] {
  const dotMm = MM_PER_INCH / (dotsPerInch ?? DESKTOP_DPI);
  const most = Math.floor(EAN_MODULE_MM.most / dotMm + 1e-9);
  const least = Math.ceil(EAN_MODULE_MM.least / dotMm - 1e-9);
  return Array.from({ length: most - least + 1 }, (_, at) => (most - at) * dotMm);
}

const widthModules = ({ width, quietLeft, quietRight }: EanSymbol): number => width + quietLeft + quietRight;

function sizeOf(symbol: EanSymbol, moduleMm: number, barMm: number): BarcodeSize {
  return {
    moduleMm,
    barMm,
    widthMm: widthModules(symbol) * moduleMm,
    heightMm: barMm + DIGITS_MODULES * moduleMm,
  };
}

/**
 * The largest symbol up to the nominal size that has room, with bars of the standard's height, or, `truncated`, with
 * lower ones. Otherwise what the smallest lacks. Source: GS1 General Specifications §5.2.3, §5.12
 */
export function fitBarcode(
  symbol: EanSymbol,
  room: BarcodeRoom,
  { template, truncated }: { readonly template: LabelTemplate; readonly truncated: boolean },
): BarcodeSize | { readonly byMm: number } {
  const modules = moduleSizes(template);
  const nominal = modules.filter((mm) => mm <= EAN_MODULE_MM.nominal * 1.15);
  const sizes = (nominal.length > 0 ? nominal : modules.slice(-1)).map((moduleMm) => {
    const full = eanHeightModules(symbol) * moduleMm;
    const low = room.heightMm - DIGITS_MODULES * moduleMm;
    return sizeOf(symbol, moduleMm, truncated ? Math.min(full, Math.max(TRUNCATED_MM, low)) : full);
  });
  const fits = ({ widthMm, heightMm }: BarcodeSize) =>
    widthMm <= room.widthMm + 1e-6 && heightMm <= room.heightMm + 1e-6;
  const found = sizes.find(fits);
  if (found !== undefined) return found;
  const smallest = sizes.at(-1) ?? sizeOf(symbol, EAN_MODULE_MM.least, TRUNCATED_MM);
  return { byMm: Math.max(smallest.widthMm - room.widthMm, smallest.heightMm - room.heightMm) };
}

/** The bars and digits; `xMm` is the left edge of the first bar, on a dot. */
export function barcodeMarks(
  symbol: EanSymbol,
  size: BarcodeSize,
  place: { readonly xMm: number; readonly yMm: number; readonly typeface: Typeface },
): readonly Mark[] {
  const { moduleMm, barMm } = size;
  const { xMm, yMm, typeface } = place;
  const cellMm = EAN_DIGIT_MODULES * moduleMm;
  const widest = Math.max(...symbol.digits.map(({ digit }) => typeface.widthOf(digit)));
  const sizeMm = Math.min((DIGIT_WIDTH * cellMm) / widest, DIGITS_MODULES * moduleMm);
  const bars = symbol.bars.map(({ module, width, isGuard }) => ({
    kind: 'bar' as const,
    xMm: xMm + module * moduleMm,
    yMm,
    widthMm: width * moduleMm,
    heightMm: barMm + (isGuard ? EAN_GUARD_MODULES * moduleMm : 0),
  }));
  const digits = symbol.digits.map(({ digit, module }) => ({
    kind: 'text' as const,
    field: 'barcode' as const,
    text: digit,
    weight: 'regular' as const,
    sizeMm,
    xMm: xMm + module * moduleMm + (cellMm - typeface.widthOf(digit) * sizeMm) / 2,
    baselineMm: yMm + barMm + (DIGITS_MODULES - 0.5) * moduleMm,
  }));
  return [...bars, ...digits];
}
