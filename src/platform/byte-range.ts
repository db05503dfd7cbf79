/** A part of a file: from byte `from` to before `end`; null: to the file's end. */
export type ByteRange = { readonly from: number; readonly end: number | null };

const ONE_RANGE = /^bytes=(\d{1,15})-(\d{1,15})?$/;

/**
 * The one range that a request asks for. Several ranges, ranges counted from the end and other units may be answered
 * with the whole file (RFC 9110 §14.2), and are: null.
 */
export function readByteRange(header: string | undefined): ByteRange | null {
  const [, from, last] = ONE_RANGE.exec(header ?? '') ?? [];
  if (from === undefined) return null;
  const range = { from: Number(from), end: last === undefined ? null : Number(last) + 1 };
  return range.end !== null && range.end <= range.from ? null : range;
}
