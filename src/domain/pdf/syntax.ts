/** The spelling of PDF objects. Source: ISO 32000-1 §7.3. */

export const POINTS_PER_MM = 72 / 25.4;

const DECIMALS = 4;

/** A number with at most four decimals: a 28,000th of an inch. Never in exponent form, which PDF does not read. */
export function pdfNumber(value: number): string {
  const fixed = value.toFixed(DECIMALS);
  const short = fixed.includes('.') ? fixed.replace(/\.?0+$/, '') : fixed;
  return short === '-0' ? '0' : short;
}

export const pdfNumbers = (...values: readonly number[]): string => values.map(pdfNumber).join(' ');

const ESCAPED = /[\\()]/g;

/** A name's or operator's ASCII text as a literal string. */
export const pdfAscii = (text: string): string => `(${text.replace(ESCAPED, '\\$&')})`;

/** Any text, in UTF-16BE with its mark. Source: ISO 32000-1 §7.9.2.2 */
export function pdfText(text: string): string {
  const bytes = Buffer.from(`\uFEFF${text}`, 'utf16le').swap16();
  return `<${bytes.toString('hex').toUpperCase()}>`;
}

/** `D:20261124083000Z`. Source: ISO 32000-1 §7.9.4 */
export function pdfDate(instant: Date): string {
  return `(D:${instant.toISOString().slice(0, 19).replace(/[-:T]/g, '')}Z)`;
}

export const reference = (id: number): string => `${id} 0 R`;
