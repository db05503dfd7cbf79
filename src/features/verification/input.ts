import { z } from 'zod';
import { TYPED_CODE_MAX_LENGTH, readCode } from '../../domain/batch-code/batch-code.ts';

/** How many codes one request may check: a stranger's handful, a shop's delivery. */
export const CODES_MAX = { everyone: 20, retailer: 1_000 } as const;

/** The codes of one request, as typed or scanned; `most` by who asks. */
export const verificationInput = (most: number) =>
  z.strictObject({ codes: z.array(z.string().max(TYPED_CODE_MAX_LENGTH)).min(1).max(most) });

/** The codes in a pasted text or file: one a line, or separated by commas or semicolons; quotes of a CSV go. */
export function codesInText(text: string): readonly string[] {
  return text
    .split(/[\r\n,;\t]+/)
    .map((code) => code.trim().replace(/^"|"$/g, '').trim())
    .filter((code) => code !== '');
}

/** Text as spreadsheets save it: UTF-8, or UTF-16 where its first two bytes say so. */
function textOf(bytes: Buffer): string {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return new TextDecoder(isUtf16 ? 'utf-16le' : 'utf-8').decode(bytes);
}

/**
 * The codes of a delivery's list, one a line: the first cell that can be one. A line without any still counts, with
 * its first cell, so that no label of the delivery goes unanswered; only a first line of headings does not.
 */
export function codesInFile(bytes: Buffer): readonly string[] {
  const lines = textOf(bytes)
    .split(/\r?\n|\r/)
    .map(codesInText)
    .filter((cells) => cells.length > 0);
  return lines.flatMap((cells, at) => {
    const code = cells.find((cell) => readCode(cell) !== null);
    if (code !== undefined) return [code];
    return at === 0 && lines.length > 1 ? [] : cells.slice(0, 1);
  });
}
