import { groupCode } from '../../domain/batch-code/batch-code.ts';
import { formatDate } from '../../platform/format.ts';
import { speak } from '../../platform/i18n.ts';
import { printedRange, type Printout } from './printout.ts';
import { csvStrings } from './strings.ts';

/** Without it Excel reads UTF-8 as the machine's own code page, and every Vietnamese letter is lost. */
const BYTE_ORDER_MARK = '\uFEFF';
/** Rows per chunk: some 100 kB, so that a million rows never stand in memory. */
const ROWS_PER_CHUNK = 500;

// A cell that begins like this is run as a formula by spreadsheets; an apostrophe makes it text.
const FORMULA = /^[=+\-@\t\r]/;

/** One cell. Source: RFC 4180 §2, with what spreadsheets would run as a formula made harmless. */
export function csvCell(value: string | number): string {
  const text = typeof value === 'string' && FORMULA.test(value) ? `'${value}` : String(value);
  return `"${text.replaceAll('"', '""')}"`;
}

const csvRow = (cells: readonly (string | number)[]): string => `${cells.map(csvCell).join(',')}\r\n`;

/** What is printed as a table for a printing house: a row per label, in the order of the sheets. */
export function* labelsCsv(printout: Printout): Generator<Buffer> {
  const { run } = printout;
  const t = speak(csvStrings, run.language);
  const { facts } = run;
  const head = [t.number, t.code, t.codeGrouped, t.address, t.product, t.cooperative, t.province, t.lot];
  const tail = [t.producedOn, t.expiresOn, t.netContent, t.ocop];
  yield Buffer.from(BYTE_ORDER_MARK + csvRow([...head, ...tail]), 'utf8');
  const rest = csvRow([
    run.code,
    groupCode(run.code),
    run.address,
    facts.productName,
    facts.cooperativeName,
    facts.provinceName,
    facts.lotNumber,
    formatDate(facts.producedOn),
    facts.expiresOn === undefined ? '' : formatDate(facts.expiresOn),
    facts.netContent ?? '',
    facts.ocop ?? '',
  ]);
  const { from, to } = printedRange(printout);
  for (let first = from; first <= to; first += ROWS_PER_CHUNK) {
    const last = Math.min(to, first + ROWS_PER_CHUNK - 1);
    let rows = '';
    for (let number = first; number <= last; number += 1) rows += `${csvCell(number)},${rest}`;
    yield Buffer.from(rows, 'utf8');
  }
}
