import { checkDigit } from './check-digit.ts';

/** A GTIN as read: `digits` as printed (8, 12, 13 or 14), `gtin14` padded for comparing (GS1 GS §3.3.2). */
export type Gtin = {
  readonly digits: string;
  readonly gtin14: string;
  /** In a range that is for use inside a shop or company only and never for open trade. */
  readonly restricted: boolean;
};

const LENGTHS: ReadonlySet<number> = new Set([8, 12, 13, 14]);

/**
 * The GTIN in a text, spaces and hyphens ignored; null when the length or the check digit is wrong.
 * Source: GS1 General Specifications §2.1.2 (data structures), §7.9 (check digit)
 */
export function parseGtin(text: string): Gtin | null {
  const digits = text.replace(/[\s-]/g, '');
  if (!/^\d+$/.test(digits) || !LENGTHS.has(digits.length)) return null;
  if (checkDigit(digits.slice(0, -1)) !== Number(digits.at(-1))) return null;
  if (/^0+$/.test(digits)) return null;
  const gtin14 = digits.padStart(14, '0');
  return { digits, gtin14, restricted: isRestricted(gtin14, digits.length) };
}

/**
 * GS1 prefixes 02, 04 and 20–29 are for restricted circulation (GS1 GS §1.4.2, figure 1.4.2-1), and so are 8 digits
 * that begin with 0 or 2 (figure 1.4.3-1).
 */
function isRestricted(gtin14: string, length: number): boolean {
  return length === 8 ? /^[02]/.test(gtin14.slice(6)) : /^(2|02|04)/.test(gtin14.slice(1));
}
