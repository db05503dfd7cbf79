import { groupCode } from '../../domain/batch-code/batch-code.ts';
import { BYTE_ORDER_MARK, harmless } from '../../platform/csv.ts';
import { formatDate } from '../../platform/format.ts';
import { speak } from '../../platform/i18n.ts';
import type { FilePart, LabelFile } from './making.ts';
import { printedLabels, printedPlaces } from './printout.ts';
import { csvStrings } from './strings.ts';

/** Rows per part: some 100 kB, so that a million rows never stand in memory. */
const ROWS_PER_PART = 500;

/** One cell. Source: RFC 4180 §2, with what spreadsheets would run as a formula made harmless. */
export function csvCell(value: string | number): string {
  const text = typeof value === 'string' ? harmless(value) : String(value);
  return `"${text.replaceAll('"', '""')}"`;
}

const csvRow = (cells: readonly (string | number)[]): string => `${cells.map(csvCell).join(',')}\r\n`;

/** What is printed as a table for a printing house: a row per label, in the order of the sheets. */
export function* labelsCsv({ printout, labels }: LabelFile): Generator<FilePart> {
  const { run } = printout;
  const t = speak(csvStrings, run.language);
  const { facts } = run;
  const head = [t.number, t.code, t.codeGrouped, t.address, t.product, t.cooperative, t.province, t.lot];
  const tail = [t.producedOn, t.expiresOn, t.netContent, t.ocop];
  yield { bytes: Buffer.from(BYTE_ORDER_MARK + csvRow([...head, ...tail]), 'utf8'), labels: 0 };
  const rest = csvRow([
    facts.productName,
    facts.cooperativeName,
    facts.provinceName,
    facts.lotNumber,
    formatDate(facts.producedOn),
    facts.expiresOn === undefined ? '' : formatDate(facts.expiresOn),
    facts.netContent ?? '',
    facts.ocop ?? '',
  ]);
  const { count } = printedPlaces(printout);
  const labelAt = printedLabels(printout, labels);
  for (let first = 1; first <= count; first += ROWS_PER_PART) {
    const last = Math.min(count, first + ROWS_PER_PART - 1);
    let rows = '';
    for (let place = first; place <= last; place += 1) {
      const { number, code, address } = labelAt(place);
      rows += `${[number, code, groupCode(code), address].map(csvCell).join(',')},${rest}`;
    }
    yield { bytes: Buffer.from(rows, 'utf8'), labels: last };
  }
}
