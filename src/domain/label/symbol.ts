import { digitalLinkPath, type DigitalLinkKeys } from '../gs1/digital-link.ts';
import { wordsOf } from '../qr/encoder.ts';
import { rectanglesOfWords } from '../qr/rectangles.ts';
import type { SymbolLevel } from '../qr/plan.ts';
import { dotMm, type LabelTemplate } from './template.ts';

/** ISO/IEC 18004 §6.3.8: a QR code has four light modules on every side. */
export const QUIET_MODULES = 4;

/** A QR code's modules, row by row from the top left; 1 is dark. */
export type SymbolMatrix = {
  readonly size: number;
  readonly version: number;
  readonly level: SymbolLevel;
  readonly modules: Uint8Array;
};

/** Encodes in the densest mixture of modes, in the smallest version that holds the text. */
export type SymbolEncoder = (text: string, level: SymbolLevel) => SymbolMatrix;

/**
 * What a label's symbol says: the address of the code's page. Scheme and host do not tell capitals from small
 * letters (RFC 3986 §6.2.2.1), and capitals let the whole of it be in alphanumeric mode; a path does tell them,
 * so it stays as the operator wrote it.
 */
export const labelAddress = (publicUrl: string, code: string): string => addressAt(publicUrl, `/${code}`);

/**
 * What a label's symbol says for a retailer's systems: the GS1 Digital Link of the product, its lot and, of a pack with
 * a code of its own, that code as serial number. It leads to the same page.
 */
export const digitalLinkAddress = (publicUrl: string, keys: DigitalLinkKeys): string =>
  addressAt(publicUrl, digitalLinkPath(keys));

function addressAt(publicUrl: string, path: string): string {
  const { protocol, host, pathname } = new URL(publicUrl);
  const root = pathname === '/' ? '' : pathname.replace(/\/+$/, '');
  return `${protocol}//${host}`.toUpperCase() + root + path;
}

/** Level M, or Q where that costs no larger symbol: a scratched label still reads. */
export function symbolFor(text: string, encode: SymbolEncoder): SymbolMatrix {
  const plain = encode(text, 'M');
  const sturdy = encode(text, 'Q');
  return sturdy.version === plain.version ? sturdy : plain;
}

// GS1 General Specifications ask 0.396 mm in trade; phones read less. Below these, cheap printers smear.
const MODULE_MIN_MM = 0.33;
const MODULE_MIN_203_MM = 0.375;
const COARSE_DPI = 300;

/**
 * The smallest module that a template's printer prints well: of a thermal head, a whole number of dots. A desktop
 * printer smooths what lies between its dots, so there the smallest is what a phone reads.
 */
export function smallestModuleMm(template: Pick<LabelTemplate, 'dotsPerInch'>): number {
  const dpi = template.dotsPerInch;
  const least = dpi !== null && dpi < COARSE_DPI ? MODULE_MIN_203_MM : MODULE_MIN_MM;
  const dot = dotMm(template);
  // The tolerance keeps three dots of 0.12512 mm from counting as four for a digit far behind the point.
  return dpi === null ? least : Math.ceil(least / dot - 1e-9) * dot;
}

/** What a symbol needs at least: modules on a side, with its quiet zone, and the printer's smallest module. */
export type SymbolNeed = { readonly modules: number; readonly moduleMm: number };

/** @param size modules on a side, without the quiet zone */
export const symbolNeed = (size: number, template: Pick<LabelTemplate, 'dotsPerInch'>): SymbolNeed => ({
  modules: size + 2 * QUIET_MODULES,
  moduleMm: smallestModuleMm(template),
});

/** `moduleMm` made smaller to a whole number of the printer's dots, so that every edge falls between two. */
export function wholeDots(moduleMm: number, template: Pick<LabelTemplate, 'dotsPerInch'>): number {
  const dot = dotMm(template);
  return Math.floor(moduleMm / dot + 1e-9) * dot;
}

export type ModuleRectangle = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

/** The dark modules as few rectangles that do not overlap. */
export function rectanglesOf({ size, modules }: SymbolMatrix): readonly ModuleRectangle[] {
  const numbers = rectanglesOfWords(wordsOf(modules, size), size);
  const rectangles: ModuleRectangle[] = [];
  for (let at = 0; at < numbers.length; at += 4) {
    const [x = 0, y = 0, width = 0, height = 0] = numbers.slice(at, at + 4);
    rectangles.push({ x, y, width, height });
  }
  return rectangles;
}
