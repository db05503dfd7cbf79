/** Without it Excel reads UTF-8 as the machine's own code page, and every Vietnamese letter is lost. */
export const BYTE_ORDER_MARK = '\uFEFF';

const FORMULA = /^[=+\-@\t\r]/;

/** A cell's text that no spreadsheet runs as a formula, whatever somebody put into a name: an apostrophe makes it text. */
export const harmless = (text: string): string => (FORMULA.test(text) ? `'${text}` : text);

const cell = (value: string | number): string => {
  const safe = harmless(String(value));
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** Rows as a CSV file that spreadsheets open with Vietnamese letters intact. Source: RFC 4180, with a byte order mark */
export function csvFile(rows: readonly (readonly (string | number)[])[]): Buffer {
  const lines = rows.map((row) => row.map(cell).join(','));
  return Buffer.from(`${BYTE_ORDER_MARK}${lines.join('\r\n')}\r\n`, 'utf8');
}
