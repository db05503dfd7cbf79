import { readCode } from '../../domain/batch-code/batch-code.ts';
import { CODES_MAX } from './input.ts';

/** Rows that are read: headings, and one more than may be asked about, so that a longer list is refused. */
const ROWS_MAX = CODES_MAX.retailer + 2;

/** A cell, in quotes (RFC 4180) or without, and what ends it. Spreadsheets separate by comma, semicolon or tab. */
const CELL = /(?:"((?:[^"]|"")*)"|([^\r\n,;\t]*))(\r\n|[\r\n,;\t]|$)/gy;

/** The rows that have something in them. */
function rowsOf(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let cells: string[] = [];
  for (const [whole, quoted, bare = '', end = ''] of text.matchAll(CELL)) {
    cells.push((quoted?.replaceAll('""', '"') ?? bare).trim().replace(/^"|"$/g, ''));
    if (end !== '' && !/[\r\n]/.test(end)) continue;
    if (cells.some((cell) => cell !== '')) rows.push(cells);
    cells = [];
    if (whole === '' || rows.length === ROWS_MAX) break;
  }
  return rows;
}

const codesOf = (cells: readonly string[]): ReadonlySet<string> =>
  new Set(cells.flatMap((cell) => readCode(cell)?.code ?? []));

type Place = (cells: readonly string[]) => number;

const placeOfCode: Place = (cells) => cells.findIndex((cell) => readCode(cell) !== null);

/** Of what is written without a space. */
const placeOfLongest: Place = (cells) => {
  const lengths = cells.map((cell) => (/\s/.test(cell) ? 0 : cell.length));
  return lengths.indexOf(Math.max(...lengths));
};

/** The column that most rows agree on; -1 where no row has one. */
function commonColumn(rows: readonly (readonly string[])[], place: Place): number {
  const counts = new Map<number, number>();
  for (const at of rows.map(place)) if (at >= 0) counts.set(at, (counts.get(at) ?? 0) + 1);
  return [...counts].reduce((best, one) => (one[1] > best[1] ? one : best), [-1, 0] as const)[0];
}

/** Headings have no number in them; of a code nearly every one has. */
const isHeading = (cell: string): boolean => !/\d/.test(cell);

/**
 * The codes of a delivery's list, so that no label of it goes unanswered. In a table, whose rows have one code each, a
 * row without any still counts, with what stands where the others have theirs; a first row of headings does not. In any
 * other list every entry counts.
 * @param source a pasted list in one column has no headings; a file may
 */
export function codesInList(text: string, source: 'pasted' | 'file'): readonly string[] {
  const rows = rowsOf(text);
  if (rows.length === 1 || rows.some((cells) => codesOf(cells).size > 1)) {
    return rows.flat().filter((cell) => cell !== '');
  }
  const known = commonColumn(rows, placeOfCode);
  const column = known >= 0 ? known : commonColumn(rows, placeOfLongest);
  return rows.flatMap((cells, at) => {
    const code = cells[placeOfCode(cells)];
    if (code !== undefined) return [code];
    const instead = cells[column] || (cells.find((cell) => cell !== '') ?? '');
    const mayBeHeading = at === 0 && (source === 'file' || cells.length > 1);
    return mayBeHeading && isHeading(instead) ? [] : [instead];
  });
}

/**
 * A file's text as spreadsheets save it: UTF-8, or UTF-16 where its first two bytes say so. null where it is no text: a
 * workbook or a picture.
 */
export function textOfFile(bytes: Buffer): string | null {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  const text = new TextDecoder(isUtf16 ? 'utf-16le' : 'utf-8').decode(bytes);
  return text.includes('\0') ? null : text;
}
